//! Single promises of the panel and the loader, each in a real browser.

use shared::protocol::{AgentAction, Boot, What};
use tests::browser::{Browser, Key};
use tests::people::{id, reply};
use tests::{Agent, Edge, Host, InboxPage, eventually};

#[test]
fn before_a_visitor_shows_intent_the_page_pays_for_the_loader_alone() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    Host::visit(&browser, &edge, "/plain/");
    let to_edge: Vec<String> = browser.requests().into_iter().filter(|url| url.starts_with(&edge.origin())).collect();
    assert_eq!(to_edge, [format!("{}/beforehand.js", edge.origin())]);
    let stored = "return [localStorage.length, sessionStorage.length, document.cookie.length]";
    assert_eq!(browser.script(stored, &[]), serde_json::json!([0, 0, 0]));
    browser.expect_quiet("a page with the launcher");
}

#[test]
fn what_is_typed_and_not_sent_never_leaves_the_browser() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    host.write("change my delivery addr");
    host.suggestion("Change your delivery address").open_by_keyboard();
    browser.named("button", "No, I still need help").click();
    browser.named("button", "Talk to a person").wait_focused();
    host.write("ess zebrafish");
    browser.named("button", "Talk to a person").click();
    browser.role("log").wait_for_text("Our team has your conversation");
    browser.expect_never_sent("my delivery");
    browser.expect_never_sent("zebrafish");
    browser.expect_quiet("typing");
}

#[test]
fn the_keyboard_alone_goes_the_whole_way() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    tab_to(&browser, "Help chat");
    browser.press(&[Key::Enter]);
    host.enter_panel();
    host.composer().wait_focused();
    browser.type_text("change my delivery addr");
    host.suggestion("Change your delivery address").open_by_keyboard();
    tab_to(&browser, "No, I still need help");
    browser.press(&[Key::Enter]);
    browser.named("button", "Talk to a person").wait_focused();
    browser.press(&[Key::Enter]);
    browser.role("log").wait_for_text("Our team has your conversation");
    host.composer().wait_focused();
    browser.press(&[Key::Enter]);
    browser.role("log").wait_for_text("change my delivery addr");
    browser.press(&[Key::Escape]);
    browser.leave();
    host.launcher().wait_focused();
    assert_eq!(host.launcher().attribute("aria-expanded").as_deref(), Some("false"));
    browser.expect_quiet("the keyboard's way");
}

/// Presses Tab until what has the focus has this name.
fn tab_to(browser: &Browser, name: &str) {
    // More than any page of the demo has to stop at.
    const STOPS: usize = 80;
    let reached = (0..STOPS).any(|_| {
        browser.press(&[Key::Tab]);
        browser.focused().is_there() && browser.focused().name() == name
    });
    assert!(reached, "Tab never comes to {name:?}");
}

#[test]
fn a_change_of_page_without_a_load_is_noticed() {
    let edge = Edge::start();
    let (browser, agents) = (Browser::open(&edge), Browser::open(&edge));
    let host = Host::visit(&browser, &edge, "/app/");
    browser.css("a[href='/app/lamps/arc/']").click();
    browser.named("heading", "Lumen Arc").wait();
    host.open_panel();
    host.say("Does it come in brass?");
    browser.named("button", "Talk to a person").click();
    browser.css(".desk-with-people").wait();
    let inbox = InboxPage::set_up(&agents, &edge, "Ada");
    inbox.open_escalation("brass");
    agents.css("aside").wait_for_text("Lumen Arc");
    agents.css("aside").wait_for_text("/app/lamps/arc");

    browser.leave();
    browser.css("a[href='/app/orders/']").click();
    browser.named("heading", "Your orders").wait();
    host.enter_panel();
    host.say("And where is my order?");
    agents.css("aside").wait_for_text("/app/orders");
    agents.role("log").wait_for_text("Visitor is now on");
    browser.leave();
    browser.expect_accessible("the single-page app");
    for (browser, what) in [(&browser, "the single-page app"), (&agents, "the inbox")] {
        browser.expect_quiet(what);
    }
}

#[test]
fn the_panel_speaks_the_language_of_the_page_and_finds_in_it() {
    let edge = Edge::start();
    for (locale, half, title) in [("tr", "teslimat adres", "Teslimat adres"), ("ko", "배송지를 변", "배송지를 변경")]
    {
        let browser = Browser::open(&edge);
        let host = Host::visit(&browser, &edge, &format!("/help/{locale}/"));
        host.open_panel();
        let boot: Boot = edge.client().get(&format!("/api/w/demo/boot?locale={locale}")).send().ok();
        let words = |key: &str| boot.words[key].as_str();
        browser.named("button", words("person")).wait();
        assert_eq!(browser.script("return document.documentElement.lang", &[]), locale);
        assert_eq!(host.composer().name(), words("composer"));
        host.write(half);
        let found = || browser.role("option").texts().into_iter().find(|text| text.contains(title));
        eventually(&format!("an article in {locale}"), found);
        browser.expect_accessible(&format!("the panel in {locale}"));
        browser.expect_quiet(&format!("the panel in {locale}"));
    }
}

#[test]
fn who_is_handed_over_is_told_when_a_reply_comes_and_is_asked_how_it_was() {
    let edge = Edge::start();
    let mut content = edge.content();
    content["operations"] = serde_json::json!({ "hours": { "zone": "UTC", "week": {}, "holidays": [] } });
    edge.publish(&content);
    let agent = Agent::set_up(&edge, "Ada");
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    browser.css(".header-presence").wait_for_text("Away right now");
    host.say("My lamp hums");
    browser.named("button", "Talk to a person").click();
    browser.css(".desk-with-people").wait_for_text("Leave a message");

    let thread = agent.inbox()[0].id.clone();
    agent.command(&thread, 0, id(1), reply("It is the driver. A new one is on its way."));
    agent.command(&thread, 0, id(2), AgentAction::Resolve);
    browser.named("group", "How was the help you got?").wait();
    browser.screenshot("survey");
    browser.named("button", "Good").click();
    browser.named("button", "Great").click();
    browser.role("log").wait_for_text("You can change your rating");
    let scores = || {
        let score = |what| if let What::Rated { score, .. } = what { Some(score) } else { None };
        let events = agent.events(&thread).events;
        events.into_iter().filter_map(|event| score(event.what)).collect::<Vec<_>>()
    };
    eventually("the scores to arrive", || (scores() == [4, 5]).then_some(()));
    let pressed = browser.named("button", "Great").attribute("aria-pressed");
    assert_eq!(pressed.as_deref(), Some("true"));
    browser.screenshot("survey-answered");
    browser.expect_accessible("the survey");
    browser.expect_quiet("the survey");
}

#[test]
fn a_message_waits_out_a_power_cut_and_arrives_once() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    host.say("The first message");
    browser.role("log").wait_for_text("Automatic");
    browser.edge_goes_down();
    edge.kill();
    host.say("Said while nobody could hear it");
    edge.restart();
    eventually("the message to arrive", || {
        agent.inbox().iter().any(|summary| summary.version > 0 && summary.last != "The first message").then_some(())
    });
    eventually("the message to be sent", || {
        let thread = agent.inbox()[0].id.clone();
        let said = format!("{:?}", agent.events(&thread).events);
        (said.matches("Said while nobody could hear it").count() == 1).then_some(())
    });
    browser.edge_is_back();
    browser.expect_accessible("the thread after the cut");
    browser.expect_quiet("after the cut");
}
