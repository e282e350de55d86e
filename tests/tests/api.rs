//! What a page can call, hear and set: before the script is there and after, with a panel that stands in for the edge's and keeps what it
//! is told.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use tests::site::{Page, serve};
use tests::stand_in::{self, READY, heard, say, site, told, visit};
use tests::{Browser, Host, eventually};

/// The stub of the documents.
const STUB: &str = "<script>window.Beforehand = window.Beforehand || function () {
    var call = arguments; (Beforehand.q = Beforehand.q || []).push(call);
    return function () { Beforehand('off', call[1], call[2]); }; };</script>";

/// What the console says of ours.
fn said(browser: &Browser) -> Vec<String> {
    let lines = browser.console().into_iter();
    lines.filter_map(|line| Some(line.split_once("Beforehand: ")?.1.replace('\\', ""))).collect()
}

fn more_is_there(browser: &Browser) {
    browser.until("the second part", "return Beforehand('state').version !== undefined");
}

#[test]
fn calls_from_before_the_script_and_from_after_reach_the_panel_in_order() {
    let edge = stand_in::serve(READY);
    let calls = "Beforehand('attributes', { plan: 'pro', seats: 3, trial: false, owner: null });
        Beforehand('track', 'ordered', { total: 89 }); Beforehand('track', 'looked');
        Beforehand('compose', 'My lamp hums'); Beforehand('article', 'track-a-parcel'); Beforehand('attributes', { plan: 'team' });
        Beforehand('identify', 'a.b.c');";
    let early = format!("{STUB}<script>{calls}</script>{}", stand_in::tag(""));
    let port = site(edge, &[("early", early, ""), ("late", stand_in::tag(""), "")]);
    for name in ["early", "late"] {
        let browser = Browser::beside(edge);
        visit(&browser, port, name);
        if name == "late" {
            browser.script(calls, &[]);
        }
        browser.css("iframe").wait();
        assert_eq!(told(&browser, "compose", 1), [json!({ "text": "My lamp hums" })], "{name}");
        assert_eq!(told(&browser, "open-article", 1), [json!({ "id": "track-a-parcel" })], "{name}");
        let tracked = [json!({ "name": "ordered", "data": { "total": 89 } }), json!({ "name": "looked", "data": {} })];
        assert_eq!(told(&browser, "track", 2), tracked, "{name}");
        let values = told(&browser, "attributes", 1).pop().unwrap();
        assert_eq!(
            values,
            json!({ "values": { "plan": "team", "seats": 3, "trial": false, "owner": null } }),
            "{name}"
        );
        eventually("who they are", || (told(&browser, "page", 1).last()?["identity"] == "a.b.c").then_some(()));
        let order = "heard.map((one) => one.kind).filter((kind) => !['page', 'shown'].includes(kind))";
        browser.enter(&browser.css("iframe"));
        let order = browser.script(&format!("return {order}"), &[]);
        browser.leave();
        let place = |kind: &str| order.as_array().unwrap().iter().position(|one| one == kind);
        assert!(place("attributes") < place("compose") && place("compose") < place("open-article"), "{name}: {order}");

        browser.script(
            "Beforehand('conversation', 'abc'); Beforehand('search', 'refund'); Beforehand('showArticle', 7)",
            &[],
        );
        assert_eq!(told(&browser, "open-conversation", 1), [json!({ "id": "abc" })]);
        assert_eq!(told(&browser, "search", 1), [json!({ "text": "refund" })]);
        assert_eq!(told(&browser, "open-article", 2)[1], json!({ "id": "7" }));
        assert_eq!(said(&browser), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn what_was_told_of_a_visitor_and_waits_is_forgotten_by_a_reset() {
    let edge = stand_in::serve(READY);
    let port = site(edge, &[("", stand_in::tag(""), "")]);
    let browser = Browser::beside(edge);
    visit(&browser, port, "");
    browser.script("Beforehand('attributes', { plan: 'pro' }); Beforehand('track', 'ordered'); Beforehand('identify', 'a.b.c'); Beforehand('reset'); Beforehand('track', 'came')", &[]);
    assert!(
        !browser.requests().iter().any(|url| url.contains("/a/") || url.contains("/panel")),
        "nothing is asked for it"
    );
    browser.script("Beforehand('show')", &[]);
    assert_eq!(told(&browser, "track", 1), [json!({ "name": "came", "data": {} })]);
    assert_eq!(heard(&browser, "attributes"), Vec::<Value>::new());
    let pages = told(&browser, "page", 1);
    assert!(pages.iter().any(|page| page["forget"] == "all"), "{pages:#?}");
    assert_eq!(pages.last().unwrap()["identity"], Value::Null, "{pages:#?}");
}

#[test]
fn a_log_out_counts_though_the_page_goes_elsewhere_at_once() {
    let edge = stand_in::serve(READY);
    let port = site(edge, &[("", stand_in::tag(""), ""), ("next", stand_in::tag(""), "")]);
    for call in ["Beforehand('reset')", "Beforehand('update', { identity: 'a.b.c' }); Beforehand('shutdown')"] {
        let browser = Browser::beside(edge);
        visit(&browser, port, "");
        browser.script(&format!("{call}; location.href = '/next'"), &[]);
        browser.until("the next page", "return location.pathname === '/next'");
        visit(&browser, port, "next");
        browser.script("Beforehand('show')", &[]);
        assert_eq!(told(&browser, "page", 1)[0]["forget"], "all", "{call}");
        say(&browser, "forgotten", &json!({}));
        browser.until("it to be over", "return localStorage['beforehand:demo'] === undefined");
    }
}

#[test]
fn events_are_heard_and_whoever_comes_late_is_told_what_is_so() {
    let edge = stand_in::serve(READY);
    let port = site(edge, &[("", stand_in::tag(""), "")]);
    let browser = Browser::beside(edge);
    visit(&browser, port, "");
    browser.script(
        "window.log = []; const note = (event) => log.push([event.type.slice(11), event.detail]);
         for (const name of ['ready', 'open', 'close', 'show', 'hide', 'unread', 'message', 'rated', 'resolved', 'escalated', 'error', 'identity-expired', 'shutdown'])
             Beforehand('on', name, note);
         window.once = 0; Beforehand('once', 'open', () => once++);
         Beforehand('on', 'open', () => { throw new Error('of the page') });
         Beforehand('show')",
        &[],
    );
    browser.css("iframe").wait();
    let log = |browser: &Browser| browser.script("return log.splice(0)", &[]);
    browser.until("ready", "return log.some(([name]) => name === 'ready')");
    let first = log(&browser);
    let names: Vec<&str> = first.as_array().unwrap().iter().map(|one| one[0].as_str().unwrap()).collect();
    // One that listens late is told in the order in which it asks.
    assert!(["open", "show", "ready"].iter().all(|name| names.contains(name)), "{first}");
    say(&browser, "unread", &json!({ "count": 2, "words": "2 unread", "peek": false, "waits": true }));
    say(&browser, "event", &json!({ "name": "rated", "detail": { "score": 5 } }));
    say(&browser, "event", &json!({ "name": "made-up", "detail": { "score": 5 } }));
    say(&browser, "error", &json!({ "code": "identity_expired" }));
    browser.until("the error", "return log.some(([name]) => name === 'identity-expired')");
    let expected = json!([["unread", { "count": 2 }], ["rated", { "score": 5 }], ["error", { "code": "identity_expired" }], ["identity-expired", null]]);
    assert_eq!(log(&browser), expected);
    let state = browser.script("return Beforehand('state')", &[]);
    let edge_origin = format!("http://127.0.0.1:{edge}");
    let expected = json!({ "booted": true, "open": true, "ready": true, "unread": 2, "workspace": "demo", "edge": edge_origin,
        "locale": "en", "version": state["version"] });
    assert_eq!(state, expected);
    assert!(state["version"].as_str().is_some_and(|version| version.contains('.')));

    // Late ones.
    let late = "const late = []; for (const name of ['ready', 'open', 'unread', 'close', 'rated']) Beforehand('on', name, (event) => late.push([name, event.count ?? null]))();
        Beforehand('once', 'unread', (event) => late.push(event.count)); return late";
    assert_eq!(browser.script(late, &[]), json!([["ready", null], ["open", null], ["unread", 2], 2]));
    browser.script("Beforehand('hide'); Beforehand('toggle'); Beforehand('toggle')", &[]);
    let names = "return log.splice(0).map(([name]) => name)";
    assert_eq!(browser.script(names, &[]), json!(["close", "hide", "open", "show", "close", "hide"]));
    assert_eq!(browser.script("return once", &[]), 1);
    browser.script("Beforehand('shutdown')", &[]);
    browser.until("the end", "return log.some(([name]) => name === 'shutdown')");
}

#[test]
fn wrong_use_is_answered_once_with_what_to_write() {
    let edge = stand_in::serve(READY);
    let port = site(edge, &[("", stand_in::tag("data-cfasync='false'"), "")]);
    let browser = Browser::beside(edge);
    visit(&browser, port, "");
    for _ in 0..2 {
        browser.script(
            "Beforehand('sho'); Beforehand('on', 'opened', () => {}); Beforehand('on', 'open'); Beforehand('identify', 5); Beforehand('attributes', 'x');
             Beforehand('attributes', { basket: [1] }); Beforehand('track'); Beforehand('article'); Beforehand('conversation', '');
             Beforehand('update', { positon: 'left', theme: 'night', offset: 'far', launcher: '[', radius: 'round' }); Beforehand('update', { accent: 'nocolour' })",
            &[],
        );
    }
    more_is_there(&browser);
    let said = eventually("all sentences", || Some(said(&browser)).filter(|said| said.len() >= 14));
    for part in [
        "there is no command \"sho\": write \"show\"",
        "there is no event \"opened\": write \"open\"",
        "on(\"open\") needs a function",
        "identify needs a JWT",
        "attributes needs an object",
        "the attribute \"basket\" needs a text",
        "track needs a name",
        "article needs an id",
        "conversation needs an id",
        "there is no setting \"positon\": write \"position\"",
        "theme \"night\" means nothing: write light, dark, auto or page",
        "offset \"far\" means nothing",
        "radius \"round\" means nothing",
        "accent \"nocolour\" means nothing",
    ] {
        assert_eq!(said.iter().filter(|line| line.contains(part)).count(), 1, "{part}: {said:#?}");
    }
    assert!(!said.iter().any(|line| line.contains("cfasync")), "what others write on the tag is theirs: {said:#?}");
    assert!(Host { browser: &browser }.launcher().is_there(), "a selector that is none hides no launcher");
}

#[test]
fn destroy_leaves_nothing_behind() {
    let edge = stand_in::serve(READY);
    let watch = "<script>
        window.listeners = new Map();
        const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
        const keyOf = (target, name, heard, options) => [name, options === true || Boolean(options?.capture)].join();
        EventTarget.prototype.addEventListener = function (name, heard, options) {
            const target = this ?? window;
            if ([window, visualViewport, window.navigation].includes(target)) {
                const key = keyOf(target, name, heard, options), all = listeners.get(key) ?? [];
                if (!all.includes(heard)) listeners.set(key, [...all, heard]);
                options?.signal?.addEventListener('abort', () => listeners.set(key, (listeners.get(key) ?? []).filter((one) => one !== heard)));
            }
            return add.call(target, name, heard, options);
        };
        EventTarget.prototype.removeEventListener = function (name, heard, options) {
            const key = keyOf(this, name, heard, options);
            listeners.set(key, (listeners.get(key) ?? []).filter((one) => one !== heard));
            return remove.call(this ?? window, name, heard, options);
        };
        window.left = () => [...listeners].flatMap(([key, all]) => all.map(() => key));
        window.globals = Object.keys(window).length;
        </script>";
    let plain = format!("{watch}{}", stand_in::tag(""));
    let stubbed = format!("{watch}{STUB}{}", stand_in::tag(""));
    let port = site(edge, &[("plain", plain, ""), ("stubbed", stubbed, "")]);
    for name in ["plain", "stubbed"] {
        let browser = Browser::beside(edge);
        visit(&browser, port, name);
        browser.script("Beforehand('on', 'open', () => {}); Beforehand('show'); window.kept = Beforehand", &[]);
        eventually("the panel", || heard(&browser, "shown").pop());
        browser.script("Beforehand('destroy')", &[]);
        let nothing =
            "[...document.querySelectorAll('*')].some((one) => one.shadowRoot) || document.adoptedStyleSheets.length";
        assert_eq!(browser.script(&format!("return {nothing}"), &[]), 0, "{name}");
        assert_eq!(
            browser.script("return left().filter((key) => !key.startsWith('DOMContentLoaded'))", &[]),
            json!([]),
            "{name}"
        );
        let is_there = if name == "plain" { "'Beforehand' in window" } else { "Beforehand.live !== undefined" };
        assert_eq!(browser.script(&format!("return {is_there}"), &[]), false, "{name}");
        browser.script(
            "kept('show'); kept('compose', 'x'); window.dispatchEvent(new Event('focus')); document.body.click()",
            &[],
        );
        assert_eq!(browser.script(&format!("return {nothing}"), &[]), 0, "{name}: it stays away");
        assert_eq!(browser.script("return Object.keys(sessionStorage).length", &[]), 0, "{name}");
        // It comes back as if for the first time.
        browser.script("const script = document.createElement('script'); script.src = arguments[0] + '/beforehand.js'; script.dataset.workspace = 'demo'; document.head.append(script)",
            &[json!(format!("http://127.0.0.1:{edge}"))]);
        Host { browser: &browser }.launcher().wait();
    }
}

#[test]
fn where_the_second_part_is_refused_the_first_still_has_the_panel() {
    let edge = stand_in::serve(READY);
    let copy = std::fs::read_to_string(tests::tools::dist().join("assets/beforehand.js")).unwrap();
    let tag = "<script src='/beforehand.js' data-workspace='demo' data-edge='{edge}'></script>";
    let headers = vec![("Content-Security-Policy", "script-src 'self'")];
    let port = serve(BTreeMap::from([
        ("/".into(), Page { headers, ..stand_in::page(edge, tag, "") }),
        ("/beforehand.js".into(), Page { kind: "text/javascript", body: copy, ..Page::default() }),
    ]));
    let browser = Browser::beside(edge);
    visit(&browser, port, "");
    let host = Host { browser: &browser };
    host.launcher().click();
    browser.css("iframe").wait();
    let is_refused = browser.console().iter().any(|line| line.contains("Content Security Policy"));
    assert!(is_refused, "{:#?}", browser.console());
    eventually("the page to be told", || heard(&browser, "page").pop());
    say(&browser, "unread", &json!({ "count": 3, "words": "3 unread", "peek": false }));
    eventually("the badge", || (host.launcher().text() == "3").then_some(()));
    say(&browser, "close", &json!({}));
    browser.css("iframe").wait_gone();
    browser.script("Beforehand('compose', 'x'); Beforehand('show')", &[]);
    browser.css("iframe").wait();
    browser.script("Beforehand('hide')", &[]);
    browser.css("iframe").wait_gone();
    browser.script("Beforehand('toggle')", &[]);
    browser.css("iframe").wait();
}

#[test]
fn strict_policies_let_the_second_part_in() {
    let edge = stand_in::serve(READY);
    let tag = "<script nonce='n1' src='{edge}/beforehand.js' data-workspace='demo'></script>";
    let nonce = format!("script-src 'nonce-n1'; frame-src http://127.0.0.1:{edge}; style-src 'none'");
    let policies = [
        nonce.clone(),
        "script-src 'nonce-n1' 'strict-dynamic'; require-trusted-types-for 'script'; trusted-types 'none'; object-src 'none'; base-uri 'none'".into(),
        format!("script-src http://127.0.0.1:{edge}; frame-src http://127.0.0.1:{edge}; default-src 'none'"),
    ];
    for policy in policies {
        let headers = vec![("Content-Security-Policy", &*Box::leak(policy.clone().into_boxed_str()))];
        let port = serve(BTreeMap::from([("/".into(), Page { headers, ..stand_in::page(edge, tag, "") })]));
        let browser = Browser::beside(edge);
        visit(&browser, port, "");
        Host { browser: &browser }.launcher().click();
        browser.css("iframe").wait();
        more_is_there(&browser);
        let said = browser.console();
        assert!(said.iter().all(|line| line.contains("favicon.ico")), "{policy}: {said:#?}");
    }
}
