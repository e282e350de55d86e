//! The whole way: from half a question on a host page to an agent's reply and back, through a power cut.

use tests::browser::Browser;
use tests::waiting::eventually_ok;
use tests::{Edge, Host, InboxPage, eventually};

const HALF: &str = "change my delivery addr";
const REST: &str = "ess of order 48377";
const ARTICLE: &str = "Change your delivery address";
const FIRST_REPLY: &str = "Hello, Ada here. I have opened your order.";
const SECOND_REPLY: &str = "It is changed now.";

#[test]
fn from_half_a_question_to_a_persons_reply_on_a_plain_page() {
    walk("/plain/", "Lumen Dot, a table lamp");
}

#[test]
fn from_half_a_question_to_a_persons_reply_on_a_strict_page() {
    walk("/strict/", "Your account");
}

fn walk(path: &str, title: &str) {
    let edge = Edge::start();
    let (visitors, agents) = (Browser::open(&edge), Browser::open(&edge));
    let host = Host::visit(&visitors, &edge, path);
    visitors.expect_accessible("the host page");
    host.open_panel();
    ask_and_read(&host);
    send_and_ask_for_a_person(&host);
    visitors.expect_quiet("the visitor's part");

    let inbox = InboxPage::set_up(&agents, &edge, "Ada");
    see_all_that_is_needed(&inbox, title);
    inbox.reply(FIRST_REPLY);
    visitors.role("log").wait_for_text(FIRST_REPLY);
    visitors.role("log").wait_for_text("Ada");
    visitors.expect_accessible("the thread with a person");

    hear_of_a_reply_with_the_panel_closed(&host, &inbox);
    agents.expect_quiet("the agent's part");

    for browser in [&visitors, &agents] {
        browser.edge_goes_down();
    }
    edge.kill();
    edge.restart();
    for browser in [&visitors, &agents] {
        browser.reload();
        browser.edge_is_back();
    }
    host.open_panel();
    let expected = [format!("{HALF}{REST}"), FIRST_REPLY.into(), SECOND_REPLY.into()];
    see_in_order_and_once("the panel", &expected, || host.said());
    see_in_order_and_once("the inbox", &expected, || inbox.said());
    for (browser, what) in [(&visitors, "the visitor's browser"), (&agents, "the agent's browser")] {
        browser.expect_accessible(what);
        browser.expect_quiet(what);
    }
}

fn ask_and_read(host: &Host<'_>) {
    let page = host.browser;
    host.composer().wait_focused();
    page.expect_accessible("the panel");
    host.write(HALF);
    host.suggestion(ARTICLE).wait();
    page.expect_accessible("the suggestions");
    page.screenshot("suggestions");
    host.suggestion(ARTICLE).open_by_keyboard();
    page.named("button", "No, I still need help").wait();
    page.expect_accessible("the article");
    page.screenshot("article");
    page.named("button", "No, I still need help").click();
    page.named("button", "Talk to a person").wait_focused();
    assert_eq!(host.composer().property("textContent"), HALF, "the text is kept");
}

fn send_and_ask_for_a_person(host: &Host<'_>) {
    let page = host.browser;
    host.say(REST);
    page.role("log").wait_for_text("Assistant");
    page.role("log").wait_for_text("Automatic");
    page.expect_accessible("the thread");
    page.screenshot("thread");
    page.named("button", "Talk to a person").click();
    page.role("log").wait_for_text("Our team has your conversation");
    page.expect_accessible("the thread with people");
}

fn see_all_that_is_needed(inbox: &InboxPage<'_>, title: &str) {
    let page = inbox.browser;
    page.expect_accessible("the inbox");
    inbox.open_escalation(HALF);
    page.role("log").wait_for_text(&format!("{HALF}{REST}"));
    let beside = page.css("aside");
    for part in ["Asked for a person", title, "English", ARTICLE, "did not help"] {
        beside.wait_for_text(part);
    }
    page.expect_accessible("a conversation in the inbox");
    page.screenshot("inbox");
}

fn hear_of_a_reply_with_the_panel_closed(host: &Host<'_>, inbox: &InboxPage<'_>) {
    let page = host.browser;
    page.named("button", "Close").click();
    page.leave();
    eventually("the panel to close", || (host.launcher().attribute("aria-expanded")? == "false").then_some(()));
    inbox.reply(SECOND_REPLY);
    eventually("the badge", || (host.launcher().name() == "Help chat, 1 unread").then_some(()));
    page.expect_accessible("the launcher with an unread reply");
    page.screenshot("badge");
    page.enter(&page.css("iframe"));
    page.css(".peek").wait_for_text(SECOND_REPLY);
    page.leave();
}

/// Of what was said, exactly these are there, in this order; what the assistant said may stand between.
fn see_in_order_and_once(place: &str, expected: &[String], said: impl Fn() -> Vec<String>) {
    eventually_ok(&format!("everything in {place}"), || {
        let known: Vec<String> = said().into_iter().filter(|text| expected.contains(text)).collect();
        if known == expected { Ok(()) } else { Err(format!("{known:#?}")) }
    });
}
