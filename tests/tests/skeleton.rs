//! What stands in the panel's place from the click on until the panel is there: it looks like the panel, and can be closed.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use tests::browser::Key;
use tests::site::{self, Page};
use tests::stand_in::{self, SILENT};
use tests::{Browser, Host, eventually};

/// The widget's tree.
const TREE: &str = "const root = [...document.querySelectorAll('*')].find((one) => one.shadowRoot).shadowRoot;";

fn shop(edge: u16, more: &str) -> u16 {
    let page = stand_in::page(edge, &stand_in::tag(more), "<button id='help'>Help</button>");
    site::serve(BTreeMap::from([("/".into(), page)]))
}

fn visit<'b>(browser: &'b Browser, port: u16) -> Host<'b> {
    browser.go(&format!("http://localhost:{port}/"));
    let host = Host { browser };
    host.launcher().wait();
    host
}

fn ask(browser: &Browser, question: &str) -> Value {
    browser.script(&format!("{TREE} return {question};"), &[])
}

/// The header with its two buttons, in the panel's place and on top of all.
fn expect_skeleton(browser: &Browser, what: &str) {
    browser.css("output").wait();
    let is_on_top = |selector: &str| {
        let spot = "const box = part.getBoundingClientRect();
            return box.width > 40 && root.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)";
        let script = format!("{TREE} const part = root.querySelector(arguments[0]); {spot} === part");
        browser.script(&script, &[json!(selector)])
    };
    assert_eq!(is_on_top("output button + button"), true, "{what}: the close button");
    browser.named("button", "Close").wait();
    browser.expect_accessible(what);
    browser.screenshot(&format!("skeleton-{what}"));
}

#[test]
fn the_skeleton_is_closed_by_its_button_and_by_escape_and_gives_the_keyboard_back() {
    let edge = stand_in::serve(SILENT);
    let browser = Browser::beside(edge);
    let host = visit(&browser, shop(edge, ""));
    let is_open = || host.launcher().attribute("aria-expanded").as_deref() == Some("true");
    host.launcher().click();
    expect_skeleton(&browser, "light");
    let same = "JSON.stringify(root.querySelector('output').getBoundingClientRect()) === JSON.stringify(root.querySelector('iframe').getBoundingClientRect())";
    assert_eq!(ask(&browser, same), true, "it is where the panel will be");
    browser.named("button", "Close").wait_focused();
    browser.press(&[Key::Escape]);
    browser.css("output").wait_gone();
    assert!(!is_open());
    host.launcher().wait_focused();
    host.launcher().click();
    browser.named("button", "Close").click();
    browser.css("output").wait_gone();
    assert!(!is_open());
    host.launcher().wait_focused();
}

#[test]
fn the_skeleton_in_the_dark_on_a_phone_covers_the_page_and_can_be_closed() {
    let edge = stand_in::serve(SILENT);
    let browser = Browser::dark_phone_beside(edge);
    let host = visit(&browser, shop(edge, ""));
    host.launcher().click();
    expect_skeleton(&browser, "phone");
    let size = "[root.querySelector('output').offsetWidth, root.querySelector('output').offsetHeight, getComputedStyle(root.querySelector('output')).backgroundColor]";
    let size = ask(&browser, size);
    assert_eq!((&size[0], &size[1]), (&json!(390), &browser.script("return innerHeight", &[])), "{size}");
    assert_ne!(size[2], "rgb(255, 255, 255)", "no white sheet in the dark");
    assert!(!host.launcher().is_there());
    browser.named("button", "Close").click();
    browser.css("output").wait_gone();
    host.launcher().wait();
}

#[test]
fn the_skeleton_in_the_visitors_own_colours_has_its_borders() {
    let edge = stand_in::serve(SILENT);
    let browser = Browser::beside(edge);
    let host = visit(&browser, shop(edge, ""));
    browser.forced_colours();
    host.launcher().click();
    expect_skeleton(&browser, "forced");
    for part in ["output", "output::before", "output + button"] {
        let (selector, pseudo) = part.split_once("::").unwrap_or((part, ""));
        let border = "const style = getComputedStyle(root.querySelector(arguments[0]), arguments[1] ? '::' + arguments[1] : null);
            return [style.borderTopStyle, style.borderTopWidth, style.borderTopColor]";
        let border = browser.script(&format!("{TREE} {border}"), &[json!(selector), json!(pseudo)]);
        assert_eq!((&border[0], &border[1]), (&json!("solid"), &json!("1px")), "{part}");
        assert!(!border[2].as_str().unwrap().contains("rgba(0, 0, 0, 0)"), "{part}: {border}");
    }
}

#[test]
fn a_panel_that_is_late_says_so_and_is_asked_for_again_by_a_button() {
    // The panel's first document never speaks; from the second on it does.
    let panel = "<!doctype html><title>Panel</title><script>
        const host = new URLSearchParams(location.search).get('host');
        addEventListener('storage', () => {});
        if (localStorage.asked) parent.postMessage({ beforehand: 1, kind: 'ready' }, host);
        </script><button>In the panel</button>";
    let edge = stand_in::serve(panel);
    let browser = Browser::beside(edge);
    let host = visit(&browser, shop(edge, ""));
    host.launcher().click();
    browser.named("button", "Help chat ⚠ Try again").wait();
    browser.screenshot("skeleton-late");
    browser.expect_accessible("late");
    let said = browser.console();
    assert!(said.iter().any(|line| line.contains("no panel: see frame-src")), "{said:#?}");
    browser.enter(&browser.css_any("iframe"));
    browser.script("localStorage.asked = 1", &[]);
    browser.leave();
    browser.named("button", "Help chat ⚠ Try again").click();
    browser.css("output").wait_gone();
    browser.enter(&browser.css("iframe"));
    browser.named("button", "In the panel").wait();
    browser.leave();
    eventually("the keyboard in the panel", || {
        (ask(&browser, "root.activeElement?.tagName") == "IFRAME").then_some(())
    });
}

#[test]
fn an_edge_that_is_away_is_known_at_once_and_the_button_works_without_the_second_part() {
    let port = {
        // Nobody listens there any more.
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        listener.local_addr().unwrap().port()
    };
    let script = std::fs::read_to_string(tests::tools::dist().join("assets/beforehand.js")).unwrap();
    let tag = "<script src='/beforehand.js' data-workspace='demo' data-edge='{edge}'></script>";
    let copy = Page { kind: "text/javascript", body: script, ..Page::default() };
    let shop =
        site::serve(BTreeMap::from([("/".into(), stand_in::page(port, tag, "")), ("/beforehand.js".into(), copy)]));
    let browser = Browser::beside(port);
    let host = visit(&browser, shop);
    host.launcher().click();
    browser.named("button", "Help chat ⚠ ↻").wait();
    let asked = || browser.requests().iter().filter(|url| url.contains("/a/more.")).count();
    assert_eq!(asked(), 1);
    browser.named("button", "Help chat ⚠ ↻").click();
    eventually("another try", || (asked() == 2).then_some(()));
    browser.css("output button + button").click();
    browser.css("output").wait_gone();
}
