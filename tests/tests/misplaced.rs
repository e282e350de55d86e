//! Tags, calls and pages with which the widget cannot work: one plain sentence in the console says what to change, and the page is left
//! alone.

use serde_json::json;
use std::collections::BTreeMap;
use tests::site::{self, Page};
use tests::{Browser, Edge, Host, eventually, tools};

/// What the console says, in the order in which it was said.
fn said(browser: &Browser) -> Vec<String> {
    let lines = browser.console().into_iter();
    lines
        .filter_map(|line| {
            Some(line.split_once("Beforehand: ")?.1.trim_end_matches(['"', '}', ']', ' ']).replace('\\', ""))
        })
        .collect()
}

/// Whether anything of the widget can be seen.
const SHOWN: &str = "return [...document.querySelectorAll('*')].some((one) => one.shadowRoot &&
    [...one.shadowRoot.querySelectorAll('*')].some((part) => part.checkVisibility({ visibilityProperty: true })))";

fn html(tag: &str) -> Page {
    Page::html(format!(
        "<!doctype html><html lang='en'><title>Shop</title>{tag}<body><main><h1>Lamps</h1></main></body></html>"
    ))
}

#[test]
fn what_is_missing_on_the_tag_is_named_and_nothing_is_drawn() {
    let edge = Edge::start();
    let script = Page {
        kind: "text/javascript",
        body: std::fs::read_to_string(tools::dist().join("assets/beforehand.js")).unwrap(),
        ..Page::default()
    };
    let inlined = format!("<script>{};Beforehand('boot', {{ workspace: 'demo' }})</script>", script.body);
    let own = edge.origin();
    let cases = [
        ("none", format!("<script src='{own}/beforehand.js'></script>"), "the script tag needs data-workspace"),
        (
            "module",
            format!("<script type='module'>import('{own}/beforehand.js').then(() => Beforehand('show'))</script>"),
            "the script tag needs data-workspace",
        ),
        (
            "copy",
            "<script src='/beforehand.js' data-workspace='demo'></script>".into(),
            "the script tag needs data-edge",
        ),
        (
            "cache",
            "<script src='/cache/9f/beforehand.js' data-workspace='demo'></script>".into(),
            "the script tag needs data-edge",
        ),
        ("based", format!("<base href='https://elsewhere.example/'>{inlined}"), "the script tag needs data-edge"),
        ("inlined", inlined, "the script tag needs data-edge"),
        (
            "no-scheme",
            "<script src='/beforehand.js' data-workspace='demo' data-edge='help.example.com'></script>".into(),
            "the script tag needs data-edge",
        ),
        (
            "script",
            "<script src='/beforehand.js' data-workspace='demo' data-edge='javascript:alert(1)'></script>".into(),
            "the script tag needs data-edge",
        ),
        (
            "own",
            "<script src='/beforehand.js' data-workspace='demo' data-edge='/'></script>".into(),
            "the script tag needs data-edge",
        ),
        (
            "two",
            format!(
                "<script src='{own}/beforehand.js' data-workspace='demo'></script><script src='{own}/beforehand.js' data-workspace='other'></script>"
            ),
            "\"demo\" is here already",
        ),
    ];
    let mut pages: BTreeMap<String, Page> =
        ["/beforehand.js", "/cache/9f/beforehand.js"].map(|path| (path.into(), script.clone())).into();
    pages.extend(cases.iter().map(|(name, tag, _)| (format!("/{name}"), html(tag))));
    let frame = "<iframe sandbox='allow-scripts' srcdoc=\"<script src='{edge}/beforehand.js' data-workspace='demo'></script><body>\"></iframe>";
    pages.insert("/sandboxed".into(), html(&frame.replace("{edge}", &own)));
    let port = site::serve(pages);
    for (name, sentence) in
        cases.iter().map(|(name, _, sentence)| (*name, *sentence)).chain([("sandboxed", "the page needs an origin")])
    {
        let browser = Browser::open(&edge);
        browser.go(&format!("http://localhost:{port}/{name}"));
        eventually(&format!("a sentence on {name}"), || (!said(&browser).is_empty()).then_some(()));
        if name != "two" {
            browser.script("window.Beforehand?.('show')", &[]);
        }
        assert_eq!(said(&browser), [sentence], "{name}");
        assert_eq!(browser.script(SHOWN, &[]), name == "two", "{name}");
        let asked = browser.requests();
        assert!(!asked.iter().any(|url| url.contains("/panel")), "{name}: {asked:#?}");
    }
}

#[test]
fn an_edge_that_has_no_panel_for_the_page_says_why_and_the_launcher_takes_itself_back() {
    let edge = Edge::start();
    let tag = |workspace: &str| {
        html(&format!("<script async src='{}/beforehand.js' data-workspace='{workspace}'></script>", edge.origin()))
    };
    let pages = BTreeMap::from([
        ("/demo".into(), tag("demo")),
        ("/nobody".into(), tag("nobody")),
        ("/odd".into(), tag("No such&host=http://localhost")),
    ]);
    let port = site::serve(pages);
    let origin = format!("http://localhost:{port}");
    for (path, sentence) in [
        ("/demo", format!("add {origin} to the origins in the settings of the workspace demo")),
        ("/nobody", "There is no such workspace. Check data-workspace in the script tag.".into()),
        ("/odd", "There is no such workspace. Check data-workspace in the script tag.".into()),
    ] {
        let browser = Browser::open(&edge);
        browser.go(&format!("{origin}{path}"));
        let host = Host { browser: &browser };
        host.launcher().wait();
        assert!(said(&browser).is_empty(), "nothing is asked before it is wanted");
        host.launcher().click();
        browser.until("the launcher to go", &SHOWN.replace("return ", "return !"));
        assert_eq!(said(&browser), [sentence], "{path}");
        let kept = "return [Object.keys(localStorage), Object.keys(sessionStorage)]";
        assert_eq!(browser.script(kept, &[]), json!([[], []]), "nothing is kept of it");
    }
}

#[test]
fn a_page_that_lets_no_frame_in_is_told_what_the_panel_needs() {
    let edge = Edge::start();
    let tag = format!("<script async src='{}/beforehand.js' data-workspace='demo'></script>", edge.origin());
    let headers = vec![("Content-Security-Policy", "frame-src 'self'")];
    let shop = html(&tag);
    let around = html("<iframe src='/shop' style='width:900px;height:700px'></iframe>");
    let port = site::serve(BTreeMap::from([
        ("/framed".into(), around),
        ("/shop".into(), shop.clone()),
        ("/policy".into(), Page { headers, ..shop }),
    ]));
    let mut content = edge.content();
    content["settings"]["origins"] = json!([format!("http://shop.localhost:{port}")]);
    edge.publish(&content);
    // The page around it is of a site that is not published.
    let framed = format!("http://127.0.0.1:{port}/framed");
    for address in [format!("http://shop.localhost:{port}/policy"), framed] {
        let browser = Browser::open(&edge);
        browser.go(&address);
        if address.ends_with("framed") {
            browser.script("const frame = document.querySelector('iframe'); frame.src = frame.src.replace('127.0.0.1', 'shop.localhost')", &[]);
            browser.enter(&browser.css("iframe"));
        }
        let host = Host { browser: &browser };
        host.launcher().click();
        eventually("the sentence", || (!said(&browser).is_empty()).then_some(()));
        assert_eq!(said(&browser), ["no panel: see frame-src, and the origins around the page"], "{address}");
    }
}

#[test]
fn a_browser_without_webassembly_is_told_to_the_console_and_sees_no_empty_frame() {
    let edge = Edge::start();
    let browser = Browser::without_wasm(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.launcher().click();
    browser.until("the launcher to go", &SHOWN.replace("return ", "return !"));
    assert_eq!(said(&browser), ["this browser has WebAssembly switched off, which the panel needs"]);
}

#[test]
fn what_a_call_gets_wrong_is_told_once_and_the_rest_of_it_counts() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    browser.script(
        "for (let i = 0; i < 2; i++) {
            Beforehand('sho'); Beforehand('toString'); Beforehand('update', { colour: 'red', position: 'left', workspace: 'demo' });
            Beforehand('update', { workspace: 'other' }); Beforehand('showArticle'); Beforehand('update', null); Beforehand('update', 'x');
        }",
        &[],
    );
    let said = eventually("the last sentence", || {
        let said = said(&browser);
        said.iter().any(|line| line.starts_with("showArticle")).then_some(said)
    });
    let expected = [
        "\"demo\" is here already",
        "there is no setting \"colour\"",
        "there is no command \"sho\": write \"show",
        "there is no command \"toString\"",
        "showArticle needs an id",
        "there is no setting \"0\"",
    ];
    for part in expected {
        assert_eq!(said.iter().filter(|line| line.contains(part)).count(), 1, "{part}: {said:#?}");
    }
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    assert_eq!(browser.script("return arguments[0].getBoundingClientRect().left", &[browser.script("return [...document.querySelectorAll('*')].find((one) => one.shadowRoot).shadowRoot.querySelector('output + button')", &[])]), 20, "it stands at the left");
    host.open_panel();
}

#[test]
fn a_listener_is_taken_off_by_what_on_gave_before_the_script_was_there_and_after() {
    let edge = Edge::start();
    let stub = "window.Beforehand = window.Beforehand || function () { var call = arguments; (Beforehand.q = Beforehand.q || []).push(call);
        return function () { Beforehand('off', call[1], call[2]); }; };
        window.heard = []; const first = Beforehand('on', 'show', () => heard.push(1)); Beforehand('on', 'show', () => heard.push(2)); first();";
    let page = html(&format!(
        "<script>{stub}</script><script async src='{}/beforehand.js' data-workspace='demo'></script>",
        edge.origin()
    ));
    let port = site::serve(BTreeMap::from([("/".into(), page)]));
    let mut content = edge.content();
    content["settings"]["origins"] = json!([format!("http://localhost:{port}")]);
    edge.publish(&content);
    let browser = Browser::open(&edge);
    browser.go(&format!("http://localhost:{port}/"));
    let host = Host { browser: &browser };
    host.open_panel();
    browser.leave();
    assert_eq!(browser.script("return heard", &[]), json!([2]));
    browser.until(
        "how much is unread to be known",
        "const off = Beforehand('on', 'unread', (said) => window.late = said.count); off(); return window.late === 0",
    );
}
