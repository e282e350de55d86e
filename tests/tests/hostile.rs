//! Pages that are hard on the widget, as real shops are: the launcher stands in its corner on each, opens the panel by a click, and the
//! panel takes text.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use tests::site::{self, Page};
use tests::{Browser, Edge, Host, eventually, tools};

/// A page's name, its style, what stands in its body, and its script tag.
type Shop = (&'static str, &'static str, &'static str, &'static str);

const TAG: &str = "<script async src='{edge}/beforehand.js' data-workspace='demo'></script>";
const ISOLATED: &str = "Cross-Origin-Embedder-Policy";
const LONG: &str = "<p style='height:3000px'>A long page</p>";

/// Each has a host of its own, so that nothing that is kept on one is there on the next.
const SHOPS: [Shop; 38] = [
    ("plain", "", "", TAG),
    ("empty", "a:empty,ul:empty,dl:empty,div:empty,section:empty,p:empty{display:none}", "", TAG),
    ("all-empty", "*:empty{display:none!important}", "", TAG),
    ("children", "body>div,html>div,:root>:not(head,body){display:none!important}", "", TAG),
    ("unset", "*{all:unset!important}", "", TAG),
    (
        "away",
        "div{opacity:0!important;visibility:hidden!important;pointer-events:none!important;transform:scale(0)!important;\
         position:static!important;width:0!important;height:0!important;clip-path:inset(50%)!important;content-visibility:hidden!important}",
        "",
        TAG,
    ),
    ("narrow", "body>div{max-width:960px;margin:auto;overflow:hidden;transform:translateZ(0);opacity:.98}", LONG, TAG),
    ("body-transform", "body{transform:translateZ(0)}", LONG, TAG),
    ("body-filter", "body{filter:grayscale(1);backdrop-filter:blur(1px)}", LONG, TAG),
    ("body-contain", "body{contain:strict;height:300px;overflow:hidden}", "", TAG),
    ("body-zoom", "body{zoom:1.5}", LONG, TAG),
    ("body-inert", "body{user-select:none;pointer-events:none}", "<script>document.body.inert = true</script>", TAG),
    ("root-transform", "html{transform:translateX(0);perspective:9px}", LONG, TAG),
    ("root-filter", "html{filter:invert(1)}", LONG, TAG),
    ("root-contain", "html{contain:paint layout;will-change:transform}", LONG, TAG),
    ("root-overflow", "html,body{overflow:hidden;height:100%}", LONG, TAG),
    ("root-grid", "html{display:grid}body{display:flex;gap:9px}", "", TAG),
    ("backdrop", "::backdrop{background:#000c;pointer-events:auto!important}", "", TAG),
    (
        "properties",
        "*{--accent:220 90% 56%!important;--p:red!important;--i:blue!important;--h:9px!important;--t:50px!important}",
        "",
        TAG,
    ),
    (
        "registered",
        "@property --h{syntax:'<number>';inherits:true;initial-value:0}@property --t{syntax:'<angle>';inherits:true;initial-value:0deg}\
         @property --i{syntax:'<length>';inherits:true;initial-value:0px}@property --p{syntax:'<number>';inherits:true;initial-value:1}",
        "",
        TAG,
    ),
    ("highest", "", "<div style='position:fixed;inset:0;z-index:2147483647;background:#eee'></div>", TAG),
    ("right-to-left", "html{direction:rtl;writing-mode:vertical-rl}", "", TAG),
    (
        "focus-kept",
        "",
        "<button id='kept'>Kept</button><script>document.addEventListener('focusin', (event) => { if (event.target !== kept && !event.target.shadowRoot) kept.focus() })</script>",
        TAG,
    ),
    ("module", "", "", "<script type='module' src='{edge}/beforehand.js' data-workspace='demo'></script>"),
    (
        "module-decoy",
        "",
        "",
        "<script src='/cache/beforehand.js?own'></script><script type='module' src='{edge}/beforehand.js' data-workspace='demo'></script>",
    ),
    (
        "module-copy",
        "",
        "",
        "<script type='module' src='/cache/beforehand.js' data-workspace='demo' data-edge='{edge}'></script>",
    ),
    ("query", "", "", "<script async src='{edge}/beforehand.js?workspace=demo&amp;accent=%23ff8800&amp;x=%'></script>"),
    (
        "call",
        "",
        "",
        "{stub}<script>Beforehand('boot', { workspace: 'demo' })</script><script async src='{edge}/beforehand.js'></script>",
    ),
    (
        "call-over-tag",
        "",
        "",
        "{stub}<script>Beforehand('boot', { workspace: 'demo' })</script><script async src='{edge}/beforehand.js' data-workspace='nosuch'></script>",
    ),
    (
        "second-tag",
        "",
        "",
        "<script src='{edge}/beforehand.js'></script><script src='{edge}/beforehand.js' data-workspace='demo'></script>",
    ),
    (
        "late-call",
        "",
        "",
        "<script src='{edge}/beforehand.js'></script><script>setTimeout(() => Beforehand('boot', { workspace: 'demo' }))</script>",
    ),
    ("copy", "", "", "<script src='/cache/beforehand.js' data-workspace='demo' data-edge='{edge}/'></script>"),
    (
        "copy-call",
        "",
        "",
        "{stub}<script>Beforehand('boot', { workspace: 'demo', edge: '{edge}' })</script><script src='/beforehand.js'></script>",
    ),
    ("inlined", "", "", "<script data-workspace='demo' data-edge='{edge}'>{text}</script>"),
    (
        "inlined-module",
        "",
        "",
        "<script type='module'>{text}; Beforehand('boot', { workspace: 'demo', edge: '{edge}' })</script>",
    ),
    (
        "made-anew",
        "",
        "",
        "<script type='x-module' src='{edge}/beforehand.js' data-workspace='demo'></script><script>
         const old = document.querySelector('[type=x-module]'), script = document.createElement('script');
         script.dataset.workspace = old.dataset.workspace; script.src = old.src; old.replaceWith(script);</script>",
    ),
    (
        "variables",
        "",
        "",
        "<script>var URL = '/shop', URLSearchParams = null, origin = 'x', name = 'n', event = 7, status = 's';</script><script async src='{edge}/beforehand.js' data-workspace='demo'></script>",
    ),
    (
        "named",
        "",
        "<form id='Beforehand'><input name='live'><input name='q'></form>
         <img name='body'><img name='domain'><img name='adoptedStyleSheets'><img name='querySelector'>
         <img name='createElement'><img name='title'><a id='navigation'></a><a id='visualViewport'></a>",
        TAG,
    ),
];

/// The stub of the documents.
const STUB: &str = "<script>window.Beforehand = window.Beforehand || function () {
    var call = arguments; (Beforehand.q = Beforehand.q || []).push(call);
    return function () { Beforehand('off', call[1], call[2]); }; };</script>";

fn pages(edge: &Edge) -> BTreeMap<String, Page> {
    let text = std::fs::read_to_string(tools::dist().join("assets/beforehand.js")).unwrap();
    let script = Page { kind: "text/javascript", body: text.clone(), ..Page::default() };
    let mut pages: BTreeMap<String, Page> =
        ["/beforehand.js", "/cache/beforehand.js"].map(|path| (path.into(), script.clone())).into();
    for (name, style, body, tag) in SHOPS {
        let tag = tag.replace("{stub}", STUB).replace("{edge}", &edge.origin()).replace("{text}", &text);
        let html = format!(
            "<!doctype html><html lang='en'><meta name='viewport' content='width=device-width'><title>Shop</title>\
             <style>{style}</style>{tag}<body><main><h1>Lamps</h1><p>On sale</p>{body}</main></body></html>"
        );
        pages.insert(format!("/{name}"), Page::html(html));
    }
    let plain = pages["/plain"].clone();
    for policy in ["require-corp", "credentialless"] {
        let headers = vec![(ISOLATED, policy), ("Cross-Origin-Opener-Policy", "same-origin")];
        pages.insert(format!("/isolated-{policy}"), Page { headers, ..plain.clone() });
    }
    let quirks = TAG.replace("{edge}", &edge.origin());
    pages.insert("/quirks".into(), Page::html(format!("<title>Old</title>{quirks}<center>Old</center>")));
    let frames = format!("<html><head>{quirks}</head><frameset cols='*'><frame src='/blank'></frameset></html>");
    pages.insert("/frames".into(), Page::html(frames));
    pages.insert("/blank".into(), Page::html("<p>Nothing"));
    pages
}

/// The host of a page. Each is another site, since a browser keeps for all of a site; one is meant by a star.
fn host_of(name: &str) -> String {
    if name == "plain" { "plain.shops.localhost".into() } else { format!("{name}.localhost") }
}

/// Where the launcher is and what is there: width, height, distances from the right and from below, and whether it is on top.
const CORNER: &str = "const box = arguments[0].getBoundingClientRect(), root = arguments[0].getRootNode();
    const top = root.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return [box.width, box.height, document.documentElement.clientWidth - box.right, innerHeight - box.bottom,
            arguments[0].contains(top)];";

fn check(host: &Host<'_>, name: &str) {
    let browser = host.browser;
    host.launcher().wait();
    browser.script("scrollTo(0, 900)", &[]);
    let found =
        "const host = [...Document.prototype.querySelectorAll.call(document, '*')].find((one) => one.shadowRoot);
                 return host.shadowRoot.querySelector('output + button');";
    if name == "body-zoom" {
        // It is in the body until nothing takes over the document any more, and as large as that makes it.
        eventually("the widget behind the body", || {
            let parent = "return [...document.querySelectorAll('*')].find((one) => one.shadowRoot).parentNode.tagName";
            (browser.script(parent, &[]) == "HTML").then_some(())
        });
    }
    let launcher = browser.script(found, &[]);
    let corner = browser.script(CORNER, &[launcher]);
    // With a scroll bar at the left, the window's own edge is further away.
    let distance = |place: usize| corner[place].as_f64().unwrap();
    assert_eq!((distance(0), distance(1)), (56.0, 56.0), "{name}: {corner}");
    assert!((5.0..=20.0).contains(&distance(2)) && distance(3) == 20.0, "{name}: {corner}");
    assert_eq!(corner[4], true, "{name}: something lies over it");
    host.open_panel();
    host.write("half a question");
    let place = browser.script("return [innerWidth, innerHeight]", &[]);
    assert!(place[0].as_f64() >= Some(400.0) && place[1].as_f64() > Some(380.0), "{name}: the panel is {place}");
    browser.leave();
    let said = browser.console();
    assert!(said.iter().all(|line| !line.contains("Beforehand") && !line.contains("thrown")), "{name}: {said:#?}");
}

#[test]
fn the_launcher_is_in_its_corner_and_the_panel_takes_text_on_every_page() {
    let edge = Edge::start();
    let pages = pages(&edge);
    let names: Vec<String> = pages.keys().filter(|path| !path.ends_with(".js") && *path != "/blank").cloned().collect();
    let port = site::serve(pages);
    let origin = |path: &String| format!("http://{}:{port}", host_of(path.trim_start_matches('/')));
    let mut origins: Vec<String> = names.iter().filter(|path| *path != "/plain").map(origin).collect();
    origins.push(format!("http://*.shops.localhost:{port}"));
    let mut content = edge.content();
    content["settings"]["origins"] = json!(origins);
    edge.publish(&content);
    let browser = Browser::open(&edge);
    for path in names {
        let name = path.trim_start_matches('/');
        browser.go(&[origin(&path), path.clone()].concat());
        if name.starts_with("isolated") {
            assert_eq!(browser.script("return crossOriginIsolated", &[]), Value::Bool(true), "{name}");
        }
        check(&Host { browser: &browser }, name);
    }
}

#[test]
fn where_the_browser_keeps_nothing_the_panel_works_and_says_that_the_conversation_ends_with_the_page() {
    let edge = Edge::start();
    let browser = Browser::forgetful(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    let storage = "try { return localStorage.length } catch (error) { return error.name }";
    assert_eq!(browser.script(storage, &[]), "SecurityError");
    host.open_panel();
    assert_eq!(browser.script(storage, &[]), "SecurityError");
    host.say("My lamp hums");
    browser.css(".notice").wait_for_text("The conversation ends when you leave this page");
    browser.named("button", "Close").click();
    browser.leave();
    let is_open = || host.launcher().attribute("aria-expanded").as_deref() == Some("true");
    eventually("the panel to close", || (!is_open()).then_some(()));
    host.open_panel();
    browser.role("log").wait_for_text("My lamp hums");
    browser.expect_quiet("a browser that keeps nothing");
}

#[test]
fn a_page_that_tells_its_whole_address_to_everybody_does_not_tell_the_edge() {
    let edge = Edge::start();
    let tag = TAG.replace("{edge}", &edge.origin()).replace("async", "async referrerpolicy='no-referrer'");
    let html = format!("<!doctype html><html lang='en'><title>Shop</title>{tag}<main>Shop</main>");
    let headers = vec![("Referrer-Policy", "unsafe-url")];
    let port = site::serve([("/order-4711".into(), Page { headers, ..Page::html(html) })].into());
    let site = format!("http://shop.localhost:{port}");
    let mut content = edge.content();
    content["settings"]["origins"] = json!([site]);
    edge.publish(&content);
    let browser = Browser::open(&edge);
    browser.go(&format!("{site}/order-4711?card=8822"));
    Host { browser: &browser }.open_panel();
    browser.leave();
    let to_edge: Vec<String> = browser.sent().into_iter().filter(|one| one.starts_with(&edge.origin())).collect();
    assert!(to_edge.iter().any(|one| one.contains("/panel?")), "{to_edge:#?}");
    let told: Vec<&String> = to_edge.iter().filter(|one| one.contains("4711") || one.contains("8822")).collect();
    assert!(told.is_empty(), "{told:#?}");
}
