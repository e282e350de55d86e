//! The npm package in a page that was bundled with it: the script is loaded once, and the launcher is there as long as a component wants it.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use tests::site::{self, Page};
use tests::stand_in::{self, READY};
use tests::{Browser, Host, eventually, tools};

const FRAMEWORKS: [&str; 3] = ["react", "vue", "svelte"];

const FIND: &str = "const host = [...document.querySelectorAll('*')].find((one) => one.shadowRoot);
    const launcher = host?.shadowRoot.querySelector('output + button');";

fn ask(browser: &Browser, question: &str) -> Value {
    browser.script(&format!("{FIND} return {question}"), &[])
}

fn expect_launcher(browser: &Browser, colour: &str) {
    eventually(&format!("a launcher in {colour}"), || {
        (ask(browser, "launcher && getComputedStyle(launcher).color") == colour).then_some(())
    });
}

#[test]
fn a_component_has_the_launcher_on_the_page_while_it_is_there() {
    let edge = stand_in::serve(READY);
    let mut pages = BTreeMap::new();
    for name in FRAMEWORKS {
        let path = tools::frameworks().join("wrappers").join(name).with_extension("js");
        let body = std::fs::read_to_string(&path).unwrap();
        pages.insert(format!("/{name}.js"), Page { kind: "text/javascript", body, ..Page::default() });
        let html = format!(
            "<!doctype html><html lang='en'><title>Shop</title><body><main></main>\
             <script>window.edge = 'http://127.0.0.1:{edge}'</script><script src='/{name}.js'></script></body></html>"
        );
        pages.insert(format!("/{name}"), Page::html(html));
    }
    let port = site::serve(pages);
    for name in FRAMEWORKS {
        let browser = Browser::beside(edge);
        browser.go(&format!("http://localhost:{port}/{name}"));
        expect_launcher(&browser, "rgb(1, 2, 3)");
        assert_eq!(browser.css("main").text(), "Lamps", "{name}");
        let scripts = || browser.requests().iter().filter(|url| url.ends_with("/beforehand.js")).count();
        assert_eq!(scripts(), 1, "{name}: once, though it may be mounted twice");
        browser.script("set({ accent: 'rgb(4, 5, 6)' })", &[]);
        expect_launcher(&browser, "rgb(4, 5, 6)");
        let host = Host { browser: &browser };
        host.launcher().click();
        browser.css("iframe").wait();
        browser.script("set(null)", &[]);
        eventually("it to leave the page", || {
            (ask(&browser, "Boolean(host ?? window.Beforehand?.live)") == false).then_some(())
        });
        browser.script("set({ accent: 'rgb(7, 8, 9)' })", &[]);
        expect_launcher(&browser, "rgb(7, 8, 9)");
        // Away and back at once, while it is leaving.
        browser.script("set(null); setTimeout(() => setTimeout(() => set({ accent: 'rgb(3, 2, 1)' })))", &[]);
        expect_launcher(&browser, "rgb(3, 2, 1)");
        host.launcher().click();
        browser.css("iframe").wait();
        assert_eq!(browser.script("return Beforehand('state').open", &[]), json!(true), "{name}");
        let said: Vec<String> = browser.console().into_iter().filter(|line| !line.contains("favicon")).collect();
        assert!(said.is_empty(), "{name}: {said:#?}");
    }
}
