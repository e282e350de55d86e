//! The agents' page with thousands of conversations and a thread of hundreds of messages, and what it keeps and says while an agent
//! works through them, in browsers.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use serde_json::json;
use shared::ids::{ConversationId, EventId};
use shared::protocol::*;
use tests::browser::{Browser, Key};
use tests::people::{ask_person, conversation, id, say};
use tests::seed::{Seed, line, seeded};
use tests::{Agent, Edge, InboxPage, Visitor, eventually};

/// No more elements than this are ever drawn.
const MOST_ELEMENTS: u64 = 1_500;

/// An edge on which one visitor waits, with this many messages in the thread and a number of other conversations, all of which wait.
fn edge_with(messages: u32, others: u32) -> (Edge, Agent, Visitor) {
    let edge = Edge::start_with(&[("UNPACED", "1")]);
    let agent = Agent::set_up(&edge, "Ada");
    let visitor = Visitor::new(&edge, 1);
    visitor.command(&conversation(1), 0, id(1), say("My lamp hums"));
    visitor.command(&conversation(1), 0, id(2), ask_person());
    let at = agent.inbox().first().unwrap().updated_at;
    edge.kill();
    let seed = Seed::open(&edge);
    seed.messages(messages, &agent.me, at);
    let lines = (0..others).map(|number| line(number, Status::Waiting, at + Millis::from(number)));
    seed.lines(&lines.collect::<Vec<_>>());
    drop(seed);
    edge.restart();
    (edge, agent, visitor)
}

fn expect_few_elements(browser: &Browser, what: &str) {
    let count = browser.script("return document.querySelectorAll('*').length", &[]).as_u64().unwrap();
    assert!(count <= MOST_ELEMENTS, "{what}: {count} elements");
}

fn row(id: &ConversationId) -> String {
    format!("[data-row='{id}']")
}

#[test]
fn two_thousand_conversations_are_scrolled_and_walked_through_and_few_of_them_are_drawn() {
    let (edge, _agent, _visitor) = edge_with(0, 2_000);
    let browser = Browser::open(&edge);
    InboxPage::sign_in(&browser, &edge, "Ada");
    browser.css("nav a[href='#/waiting']").click();
    browser.css(&row(&seeded(0))).wait();
    expect_few_elements(&browser, "the list");
    browser.css("nav a[href='#/waiting'] .rail-count").wait_for_text("2,001");
    let first = browser.css(".list-rows li");
    assert_eq!(first.attribute("aria-setsize").as_deref(), Some("2001"), "a screen reader knows how many there are");
    assert_eq!(first.attribute("aria-posinset").as_deref(), Some("1"));
    browser.expect_accessible("a long list");

    // By the wheel, until the last one is there.
    eventually("the last row", || {
        browser.script("const rows = document.querySelector('.list-rows'); rows.scrollTop = rows.scrollHeight", &[]);
        browser.css(&row(&seeded(1_999))).is_there().then_some(())
    });
    expect_few_elements(&browser, "the end of the list");
    let last = format!("{} ", row(&seeded(1_999)));
    let place = "return document.querySelector(arguments[0]).closest('li').getAttribute('aria-posinset')";
    assert_eq!(browser.script(place, &[json!(last.trim())]), "2001");

    // By the keyboard, beyond the first page: the row has the focus and can be seen.
    browser.script("document.querySelector('.list-rows').scrollTop = 0", &[]);
    browser.css("#list-title").click();
    for _ in 0..70 {
        browser.press(&[Key::Char('j')]);
    }
    let focused = "const row = document.activeElement.closest('li'); const place = row && row.getBoundingClientRect();
        return place && place.top >= 0 && place.bottom <= innerHeight ? row.getAttribute('aria-posinset') : null";
    eventually("the seventieth row to have the focus", || (browser.script(focused, &[]) == "70").then_some(()));
    expect_few_elements(&browser, "after seventy steps");
    browser.expect_quiet("a long list");
}

#[test]
fn a_long_thread_begins_at_its_end_and_says_when_something_new_has_come_below() {
    let (edge, _agent, visitor) = edge_with(900, 3);
    let browser = Browser::open(&edge);
    InboxPage::sign_in(&browser, &edge, "Ada");
    browser.css("nav a[href='#/escalations']").click();
    browser.css(&row(&conversation(1))).click();
    let at_end = "const log = document.querySelector('[role=log]');
        return log.scrollHeight - log.scrollTop - log.clientHeight < 4 && log.textContent.includes('Message 899')";
    browser.until("the end of the thread", at_end);
    let at_end_again = "const log = document.querySelector('[role=log]');
        return log.scrollHeight - log.scrollTop - log.clientHeight < 4 && log.textContent.includes('And now it smokes')";
    expect_few_elements(&browser, "a long thread");
    assert_eq!(browser.css("[role=log]").attribute("aria-live").as_deref(), Some("polite"));

    browser.script("document.querySelector('[role=log]').scrollTop = 9000", &[]);
    let reads = "const log = document.querySelector('[role=log]'); const box = log.getBoundingClientRect();
        const seen = [...log.querySelectorAll('li')].filter((li) => li.getBoundingClientRect().bottom > box.top && li.getBoundingClientRect().top < box.bottom);
        return seen.length > 4 ? seen.map((li) => li.textContent).join('|') : null";
    let before = eventually("the middle of the thread", || {
        let text = browser.script(reads, &[]).as_str()?.to_owned();
        (!text.contains("Message 899") && !text.contains("Message 0:")).then_some(text)
    });
    assert_eq!(
        browser.css("[role=log]").attribute("aria-live").as_deref(),
        Some("off"),
        "what is scrolled to is no news"
    );
    expect_few_elements(&browser, "the middle of a long thread");

    visitor.command(&conversation(1), 0, id(7), say("And now it smokes"));
    browser.named("button", "1 new message ↓").wait();
    assert_eq!(browser.script(reads, &[]), before.as_str(), "what is read stays where it is");
    browser.expect_accessible("new words below");
    browser.named("button", "1 new message ↓").click();
    browser.until(
        "the new words",
        "return document.querySelector('[role=log]').textContent.includes('And now it smokes')",
    );
    browser.css(".conversation-news").wait_gone();
    // The keys of a page lead to its ends.
    browser.script("document.querySelector('[role=log]').focus()", &[]);
    browser.press(&[Key::Home]);
    browser.until(
        "the beginning of the thread",
        "const log = document.querySelector('[role=log]'); return log.scrollTop === 0 && log.textContent.includes('My lamp hums')",
    );
    browser.press(&[Key::End]);
    browser.until("the end again", at_end_again);
    browser.expect_quiet("a long thread");
}

#[test]
fn who_resolves_sees_that_it_is_done_gets_the_next_one_and_can_undo_it() {
    let (edge, agent, visitor) = edge_with(0, 0);
    let second = Visitor::new(&edge, 2);
    second.command(&conversation(2), 0, id(3), say("My parcel is lost"));
    second.command(&conversation(2), 0, id(4), ask_person());
    let browser = Browser::open(&edge);
    let inbox = InboxPage::sign_in(&browser, &edge, "Ada");
    inbox.open_escalation("My lamp hums");
    browser.role("log").wait_for_text("My lamp hums");
    browser.named("heading", "My lamp hums").wait_focused();
    // Pressed twice, it means one conversation.
    browser.press(&[Key::Char('e'), Key::Char('e')]);
    browser.named("heading", "My parcel is lost").wait_focused();
    browser.css(".desk-done").wait_for_text("Resolved");
    browser.expect_accessible("what was just done");
    browser.screenshot("desk-done");
    let status = |number| agent.inbox().into_iter().find(|line| line.id == conversation(number)).unwrap().status;
    eventually("the first to be resolved", || (status(1) == Status::Resolved).then_some(()));
    assert_eq!(status(2), Status::Waiting);
    browser.press(&[Key::Char('z')]);
    browser.named("heading", "My lamp hums").wait_focused();
    eventually("the first to be open again", || (status(1) != Status::Resolved).then_some(()));
    browser.css(".desk-done").wait_gone();
    browser.expect_quiet("resolving and undoing");
    drop(visitor);
}

#[test]
fn what_was_typed_outlives_the_tab_once_for_all_tabs_and_not_the_agents_signing_out() {
    let (edge, agent, _visitor) = edge_with(0, 0);
    let browser = Browser::open(&edge);
    let inbox = InboxPage::sign_in(&browser, &edge, "Ada");
    inbox.open_escalation("My lamp hums");
    browser.css("textarea").click();
    browser.type_text("Half a sen");
    browser.script("sessionStorage.clear()", &[]);
    browser.go("about:blank");
    let address = format!("{}/inbox?workspace=demo#/escalations/{}", edge.origin(), conversation(1));
    browser.go(&address);
    let typed = |text: &str| {
        let holds =
            format!("const field = document.querySelector('textarea'); return field && field.value === {text:?}");
        browser.until(text, &holds);
    };
    typed("Half a sen");

    // Another tab of the same agent sends it: here nobody can send it again.
    let sent = "localStorage.removeItem(arguments[0]);
        window.dispatchEvent(new StorageEvent('storage', { key: arguments[0], oldValue: 'Half a sen', newValue: null }))";
    let name = "return Object.keys(localStorage).find((name) => localStorage[name] === 'Half a sen')";
    let name = browser.script(name, &[]);
    assert!(name.as_str().unwrap().contains(agent.me.id.as_str()), "{name} is this agent's");
    browser.script(sent, &[name]);
    typed("");

    browser.css("textarea").click();
    browser.type_text("Not for the next one");
    browser.css("h2[tabindex]").click();
    browser.named("button", "Sign out").click();
    browser.named("button", "Sign in").wait();
    let left = browser.script("return JSON.stringify([{ ...localStorage }, { ...sessionStorage }])", &[]);
    assert!(!left.as_str().unwrap().contains("Not for"), "{left}");
    browser.expect_quiet("drafts");
}

#[test]
fn a_key_that_composes_a_letter_closes_and_sends_nothing() {
    let (edge, agent, _visitor) = edge_with(0, 0);
    let browser = Browser::open(&edge);
    let inbox = InboxPage::sign_in(&browser, &edge, "Ada");
    inbox.open_escalation("My lamp hums");
    browser.css("textarea").click();
    browser.type_text("안ㄴ");
    browser.css(".desk-done").wait();
    let said = || {
        let events = agent.events(&conversation(1)).events;
        events.iter().filter(|event| matches!(event.what, What::Said { .. })).count()
    };
    let before = said();
    // As Safari tells it: the composition has ended before the key that has ended it is told of.
    let press = "const field = document.querySelector('textarea');
        field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
        field.dispatchEvent(new KeyboardEvent('keydown', { key: arguments[0], keyCode: 229, bubbles: true, cancelable: true }));
        return [document.activeElement === field, field.value]";
    for key in ["Escape", "Enter"] {
        assert_eq!(browser.script(press, &[json!(key)]), json!([true, "안ㄴ"]), "{key}");
    }
    browser.press(&[Key::Escape]);
    browser.until("an ordinary Escape to leave the field", "return document.activeElement.tagName !== 'TEXTAREA'");
    assert!(browser.url().contains(conversation(1).as_str()));
    assert_eq!(said(), before, "nothing was sent");
    browser.expect_quiet("composing");
}

#[test]
fn titles_have_the_direction_of_their_words_and_unread_ones_are_marked() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let visitor = Visitor::new(&edge, 1);
    let words = "مرحبا، لا أستطيع طباعة ملصقات الشحن. رقم الطلب ABC-12";
    visitor.command(&conversation(1), 0, id(1), say(words));
    visitor.command(&conversation(1), 0, id(2), ask_person());
    let browser = Browser::open(&edge);
    InboxPage::sign_in(&browser, &edge, "Ada");
    let row = row(&conversation(1));
    browser.css(&row).wait();
    browser.css(".list-unread").wait_for_text("1");
    let direction = "return getComputedStyle(document.querySelector(arguments[0])).direction";
    assert_eq!(browser.script(direction, &[json!(".list-title")]), "rtl");
    browser.screenshot("right-to-left");
    browser.css(&row).click();
    browser.named("heading", words).wait_focused();
    assert_eq!(browser.script(direction, &[json!(".conversation-heading h2")]), "rtl");
    browser.css(".list-unread").wait_gone();
    eventually("the message to be read for all", || {
        (agent.inbox().first().map(|line| line.unread) == Some(0)).then_some(())
    });

    // Nobody looks at the page: its title says that something has come.
    let hide = "Object.defineProperty(document, 'hidden', { configurable: true, get: () => arguments_0 })";
    browser.script(&hide.replace("arguments_0", "true"), &[]);
    let event: EventId = id(5);
    visitor.command(&conversation(1), 0, event, say("مرة أخرى"));
    browser.until("a title that says so", "return document.title.startsWith('1 new message')");
    browser.script(&hide.replace("arguments_0", "false"), &[]);
    browser.script("window.dispatchEvent(new Event('focus'))", &[]);
    browser.until("a title as before", "return !document.title.includes('new message')");
    browser.expect_quiet("titles");
}
