//! A curated answer above the composer, in a browser: it is seen, opened, said to help, and counted; and what is asked most.

use serde_json::json;
use tests::browser::{Browser, Key};
use tests::people::id;
use tests::{Agent, Edge, Host, eventually};

/// Half of a question to which the demo surely has an answer, and what that answer is counted as.
const HALF: &str = "what are your opening h";
const ANSWER: &str = "opening-hours";

/// The answer in the list, if it is there.
fn listed(browser: &Browser) -> Option<String> {
    browser.css("[role=option].is-answer").texts().pop()
}

#[test]
fn half_a_question_shows_an_answer_that_is_read_and_counted_without_a_word_of_it_being_sent() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    host.write(HALF);
    let text = eventually("the answer", || listed(&browser));
    assert!(text.starts_with("Answer") && text.contains("Our team is here Monday to Friday"), "{text}");
    let name = browser.css("[role=option].is-answer").name();
    assert!(name.starts_with("Answer"), "a screen reader hears that it is one: {name}");
    assert!(browser.role("option").texts().len() <= 3);
    assert!(browser.role("option").texts().first().is_some_and(|first| *first == text), "it stands above the articles");
    browser.screenshot("answer-typed");
    browser.expect_accessible("the panel with an answer");

    browser.press(&[Key::Down]);
    eventually("the answer to be chosen", || {
        browser.css("[role=option][aria-selected=true].is-answer").is_there().then_some(())
    });
    browser.press(&[Key::Enter]);
    browser.named("heading", "Answer").wait_focused();
    browser.css(".article-text").wait_for_text("You can write at any hour");
    browser.screenshot("answer-open");
    browser.expect_accessible("an answer");
    browser.named("button", "Yes, thanks").click();
    browser.css(".article-thanks").wait();
    let counted = eventually("the answer to be counted", || {
        let report = agent.report();
        report.now.get(ANSWER).map(|counters| counters.roar().answers.part)
    });
    assert_eq!(counted, 1);
    browser.expect_never_sent("opening h");
    browser.expect_quiet("an answer while typing");
}

#[test]
fn an_answer_that_did_not_help_is_not_said_again() {
    let edge = Edge::start();
    let browser = Browser::dark_phone(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    host.write("do you ship to norwa");
    eventually("the answer", || listed(&browser));
    browser.screenshot("answer-dark-phone");
    browser.css("[role=option].is-answer").click();
    browser.css(".article-text").wait_for_text("We ship to 36 countries");
    browser.screenshot("answer-open-dark-phone");
    browser.named("button", "Where do you ship?").click();
    browser.named("heading", "Where do you ship?").wait();
    browser.css("button.is-back").click();
    browser.named("heading", "Answer").wait();
    browser.named("button", "No, I still need help").click();
    browser.named("button", "Talk to a person").wait_focused();
    host.write("y");
    assert_eq!(listed(&browser), None, "it was read");
    browser.named("button", "Send").click();
    browser.role("log").wait_for_text("Automatic");
    let thread = browser.role("log").text();
    assert!(!thread.contains("We ship to 36 countries"), "{thread}");
    browser.expect_quiet("an answer that did not help");
}

#[test]
fn what_is_for_people_is_not_answered_while_it_is_typed() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    host.write("what are your opening hours");
    eventually("the answer", || listed(&browser));
    host.write(", I want a human");
    eventually("the answer to be gone", || listed(&browser).is_none().then_some(()));
    browser.expect_quiet("what is for people");
}

#[test]
fn a_site_without_answers_asks_for_none() {
    let edge = Edge::start();
    let mut content = edge.content();
    content["answers"] = serde_json::json!([]);
    edge.publish(&content);
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    host.write("change my delivery address");
    host.suggestion("Change your delivery address").wait();
    let asked: Vec<String> = browser.requests().into_iter().filter(|url| url.contains("/answers/")).collect();
    assert_eq!(asked, Vec::<String>::new());
    browser.expect_quiet("a site without answers");
}

#[test]
fn what_is_asked_most_stands_on_the_first_screen() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    browser.named("heading", "Lumen help").wait();
    assert!(browser.role("option").texts().is_empty(), "a new site is quiet");
    for (number, what) in (0..).zip([("article", "track-a-parcel"), ("answer", ANSWER), ("article", "connect-wifi")]) {
        for time in 0..3 {
            let body = json!({ "id": id(10 * number + time), what.0: what.1, "locale": "en", "helped": true });
            assert_eq!(edge.client().post("/api/w/demo/resolutions").json(&body).send().status, 204);
        }
    }
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    browser.named("heading", "Often asked").wait();
    let listed = || browser.css(".home-row").texts();
    eventually("what is asked most", || (listed().len() == 3).then_some(()));
    for title in ["Track a parcel", "Connect your lamp to Wi-Fi"] {
        assert!(listed().iter().any(|text| text == title), "{title}: {:?}", listed());
    }
    browser.screenshot("often");
    browser.expect_accessible("what is asked most");
    assert!(browser.role("option").texts().is_empty(), "nothing is suggested for no text");

    host.write("reset my password");
    host.suggestion("Reset your password").wait();
    browser.press(&[Key::Control('a'), Key::Control('x')]);
    browser.named("button", "Connect your lamp to Wi-Fi").click();
    browser.named("heading", "Connect your lamp to Wi-Fi").wait_focused();
    browser.css("button.is-back").click();
    eventually("what was read to be gone", || {
        (listed().len() == 2 && !listed().iter().any(|text| text.starts_with("Connect"))).then_some(())
    });
    host.say("It hums");
    browser.role("log").wait_for_text("Automatic");
    assert!(!browser.css(".home-row").is_there(), "not in a thread");
    browser.css("button.is-back").click();
    browser.css(".home-recent").wait();
    assert_eq!(listed().len(), 2, "beside the visitor's own");
    browser.expect_quiet("what is asked most");
    let phone = Browser::dark_phone(&edge);
    let host = Host::visit(&phone, &edge, "/plain/");
    host.open_panel();
    phone.named("heading", "Often asked").wait();
    phone.screenshot("often-dark-phone");
    phone.expect_accessible("what is asked most on a phone");
}
