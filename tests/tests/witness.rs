//! The witness sees what it is there to see: a check that cannot fail would be worth nothing.

use serde_json::json;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tests::browser::Browser;
use tests::{Edge, Host, eventually};

/// What a check says when it fails; none if it does not.
fn complaint(check: impl FnOnce()) -> Option<String> {
    let failed = catch_unwind(AssertUnwindSafe(check)).err()?;
    Some(failed.downcast_ref::<String>().cloned().unwrap_or_default())
}

fn panel() -> (Edge, Browser) {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    Host::visit(&browser, &edge, "/plain/").open_panel();
    (edge, browser)
}

#[test]
fn a_word_on_the_console_is_heard_from_the_frame_too() {
    for script in ["console.log('a small word')", "setTimeout(() => { throw new Error('a small word') })"] {
        let (_edge, browser) = panel();
        browser.script(script, &[]);
        let said = eventually("the witness", || complaint(|| browser.expect_quiet("a loud panel")));
        assert!(said.contains("a small word"), "{said}");
    }
}

#[test]
fn what_a_policy_stops_is_heard() {
    let (_edge, browser) = panel();
    browser.script("fetch('https://elsewhere.example/').catch(() => {})", &[]);
    let said = eventually("the witness", || complaint(|| browser.expect_quiet("a panel that reaches out")));
    assert!(said.contains("Content Security Policy"), "{said}");
}

#[test]
fn a_request_to_somebody_else_is_seen() {
    let (edge, browser) = panel();
    browser.leave();
    browser.script("new Image().src = arguments[0].replace('127.0.0.1', '127.0.0.2')", &[json!(edge.origin())]);
    eventually("the request", || browser.requests().into_iter().find(|url| url.contains("127.0.0.2")));
    assert!(complaint(|| browser.expect_quiet("a page that calls somebody else")).is_some());
}

#[test]
fn what_is_sent_in_a_body_or_a_frame_is_seen() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    host.say("My first message");
    browser.role("log").wait_for_text("Automatic");
    host.say("My second message");
    for text in ["My first message", "My second message"] {
        eventually(text, || complaint(|| browser.expect_never_sent(text)));
    }
}

#[test]
fn a_page_that_shuts_people_out_is_found() {
    let (_edge, browser) = panel();
    browser.script("document.body.append(document.createElement('img'))", &[]);
    let said = complaint(|| browser.expect_accessible("a panel with a nameless picture")).unwrap();
    assert!(said.contains("image-alt"), "{said}");
}
