//! A stand-in for an edge, whose panel is a page of the test's own: what the loader tells it can be read, and it says what the test wants.

use crate::site::{self, Page};
use crate::{Browser, eventually, tools};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Every origin may run these files, as the edge has it.
const SHARED: (&str, &str) = ("Access-Control-Allow-Origin", "*");

/// A panel that has spoken as soon as it is there, and keeps all that it hears.
pub const READY: &str = "<!doctype html><title>Panel</title><button>In the panel</button><script>
    window.heard = [];
    window.host = new URLSearchParams(location.search).get('host');
    window.say = (kind, more) => parent.postMessage({ beforehand: 1, kind, ...more }, host);
    addEventListener('message', ({ data, origin }) => origin === host && heard.push(data));
    say('ready');
    </script>";

/// A panel that never speaks.
pub const SILENT: &str = "<!doctype html><title>Panel</title>";

/// The address of a new stand-in with this panel.
pub fn serve(panel: &str) -> u16 {
    let mut pages = BTreeMap::from([(String::from("/panel"), Page::html(panel))]);
    let assets = tools::dist().join("assets");
    let parts = std::fs::read_dir(assets.join("a")).unwrap().map(|entry| entry.unwrap().path());
    for path in parts.chain([assets.join("beforehand.js")]) {
        if path.extension().is_some_and(|ending| ending == "js") {
            let name = path.strip_prefix(&assets).unwrap().to_str().unwrap();
            let body = std::fs::read_to_string(&path).unwrap();
            let script = Page { kind: "text/javascript", headers: vec![SHARED], body };
            pages.insert(format!("/{name}"), script);
        }
    }
    site::serve(pages)
}

/// A page with the tag of the stand-in at this port; `{edge}` in its parts is the stand-in's origin.
pub fn page(edge: u16, tag: &str, body: &str) -> Page {
    let html = format!(
        "<!doctype html><html lang='en'><meta name='viewport' content='width=device-width'><title>Shop</title>{tag}\
         <body><main><h1>Lamps</h1>{body}</main></body></html>"
    );
    Page::html(html.replace("{edge}", &format!("http://127.0.0.1:{edge}")))
}

/// The usual tag, with more attributes.
pub fn tag(more: &str) -> String {
    format!("<script async src='{{edge}}/beforehand.js' data-workspace='demo' {more}></script>")
}

/// What the panel has heard of one kind, in order. The frame has to be there.
pub fn heard(browser: &Browser, kind: &str) -> Vec<Value> {
    browser.enter(&browser.css_any("iframe"));
    let script = "return (window.heard ?? []).filter((one) => !arguments[0] || one.kind === arguments[0])";
    let heard = browser.script(script, &[json!(kind)]);
    browser.leave();
    heard.as_array().unwrap().clone()
}

/// Has the panel say something.
pub fn say(browser: &Browser, kind: &str, more: &Value) {
    browser.enter(&browser.css_any("iframe"));
    browser.script("say(arguments[0], arguments[1])", &[json!(kind), more.clone()]);
    browser.leave();
}

/// The widget's element, its tree, and the launcher, for a script.
pub const TREE: &str = "const host = [...document.querySelectorAll('*')].find((one) => one.shadowRoot);
    const root = host?.shadowRoot, region = root?.firstChild, launcher = root?.querySelector('output + button');";

/// A site of pages, each with a name, its tag and its body.
pub fn site(edge: u16, pages: &[(&str, String, &str)]) -> u16 {
    let pages = pages.iter().map(|(name, tag, body)| (format!("/{name}"), page(edge, tag, body)));
    site::serve(pages.collect::<BTreeMap<_, _>>())
}

/// Goes to a page of it, and waits for the widget.
pub fn visit(browser: &Browser, port: u16, name: &str) {
    browser.go(&format!("http://localhost:{port}/{name}"));
    browser.until("the widget", &format!("{TREE} return Boolean(root)"));
}

/// The value of a script that can name the widget's parts.
pub fn ask(browser: &Browser, question: &str) -> Value {
    browser.script(&format!("{TREE} return {question};"), &[])
}

/// Waits until the panel has heard as much of a kind, and gives it without what every message has.
pub fn told(browser: &Browser, kind: &str, count: usize) -> Vec<Value> {
    let mut told = eventually(&format!("{count} of {kind}"), || {
        let told = heard(browser, kind);
        (told.len() >= count).then_some(told)
    });
    for one in &mut told {
        let message = one.as_object_mut().unwrap();
        assert_eq!(message.remove("beforehand"), Some(json!(1)));
        message.remove("kind");
    }
    told
}
