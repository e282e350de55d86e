//! Pages that a server has made and that their framework takes over as a whole: it finds the document as it was sent, whenever it comes and
//! wherever the tag stands.

use serde_json::json;
use std::collections::BTreeMap;
use tests::site::{self, Page};
use tests::{Browser, Edge, Host, eventually, tools};

const VERSIONS: [&str; 2] = ["react-18", "react-19"];
/// How the tag is written in the head; none for a page without the widget.
const TAGS: [(&str, &str); 4] = [
    ("none", ""),
    ("sync", "<script src=\"{edge}/beforehand.js\" data-workspace=\"demo\"></script>"),
    ("async", "<script async=\"\" src=\"{edge}/beforehand.js\" data-workspace=\"demo\"></script>"),
    ("defer", "<script defer=\"\" src=\"{edge}/beforehand.js\" data-workspace=\"demo\"></script>"),
];
/// How long after the page the framework comes, in milliseconds; with the page if that is empty.
const LATE: [&str; 2] = ["", "?late=1500"];

const WIDGETS: &str = "[...document.querySelectorAll('*')].filter((one) => one.shadowRoot)";

fn page(version: &str, tag: &str, edge: &Edge) -> Page {
    let tag = tag.replace("{edge}", &edge.origin());
    Page::html(format!(
        "<!doctype html><html lang=\"en\"><head><title>Shop</title>{tag}<script async=\"\" src=\"/{version}.js\"></script></head>\
         <body><main><button>Lamps: 0</button></main></body></html>"
    ))
}

fn pages(edge: &Edge) -> BTreeMap<String, Page> {
    let mut pages = BTreeMap::new();
    for version in VERSIONS {
        let path = format!("{version}.js");
        let body = std::fs::read_to_string(tools::frameworks().join(&path)).unwrap();
        pages.insert(format!("/{path}"), Page { kind: "text/javascript", body, ..Page::default() });
        for (name, tag) in TAGS {
            pages.insert(format!("/{version}/{name}"), page(version, tag, edge));
        }
    }
    pages
}

/// The framework has the page that the server has made, without a mistake; the page works.
fn expect_taken_over(browser: &Browser, what: &str) {
    let click = "document.querySelector('main button').click(); return document.querySelector('main button').textContent !== 'Lamps: 0'";
    browser.until(&format!("{what} to be taken over"), click);
    assert_eq!(browser.script("return mistakes", &[]), json!([]), "{what}");
    assert_eq!(browser.script("return document.documentElement === made", &[]), true, "{what} was drawn anew");
}

#[test]
fn a_framework_that_takes_over_the_whole_document_finds_it_as_it_was_sent() {
    let edge = Edge::start();
    let port = site::serve(pages(&edge));
    let site = format!("http://shop.localhost:{port}");
    let mut content = edge.content();
    content["settings"]["origins"] = json!([site]);
    edge.publish(&content);
    let browser = Browser::open(&edge);
    for version in VERSIONS {
        for (tag, _) in TAGS {
            for late in LATE {
                let what = format!("/{version}/{tag}{late}");
                browser.go(&[&site, what.as_str()].concat());
                if tag != "none" {
                    Host { browser: &browser }.launcher().wait();
                }
                expect_taken_over(&browser, &what);
                let widgets = if tag == "none" { json!([]) } else { json!([true]) };
                let drawn = format!("return {WIDGETS}.map((one) => one.matches(':popover-open'))");
                assert_eq!(browser.script(&drawn, &[]), widgets, "{what}");
            }
        }
        let host = Host { browser: &browser };
        host.open_panel();
        host.write(version);
        browser.leave();
        let home = format!("return {WIDGETS}.map((one) => one.parentNode.tagName)");
        eventually("the widget behind the body", || (browser.script(&home, &[]) == json!(["HTML"])).then_some(()));
        host.enter_panel();
        // Beside it is what was typed in the other version's page.
        let typed = host.composer().property("textContent");
        assert!(typed.as_str().is_some_and(|typed| typed.ends_with(version)), "{version}: {typed}");
        browser.leave();
        assert_eq!(
            browser.script("return mistakes", &[]),
            json!([]),
            "{version}, once the widget stands behind the body"
        );
    }
}
