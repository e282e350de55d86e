//! What agents do with a conversation beside answering it, and with their team, in browsers.

use serde_json::json;
use shared::protocol::{AgentAction, Destination, Priority, Status, Summary};
use std::sync::atomic::{AtomicBool, Ordering};
use tests::browser::{Browser, Key};
use tests::people::{ask_person, conversation, id, say};
use tests::{Agent, Edge, Host, InboxPage, Visitor, eventually};

/// An edge with a billing team, to which refunds go.
fn edge_with_billing() -> Edge {
    let edge = Edge::start();
    let mut content = edge.content();
    content["operations"] = json!({
        "teams": [{ "id": "billing", "name": "Billing" }],
        "rules": [{ "id": "money", "when": { "words": ["refund"] }, "then": { "team": "billing" } }]
    });
    edge.publish(&content);
    edge
}

fn ask(edge: &Edge, number: u8, text: &str) {
    let (visitor, thread) = (Visitor::new(edge, number), conversation(number));
    visitor.command(&thread, 0, id(2 * number), say(text));
    visitor.command(&thread, 0, id(2 * number + 1), ask_person());
}

/// Waits until the edge has this of the conversation.
fn until(agent: &Agent, number: u8, what: &str, holds: impl Fn(&Summary) -> bool) {
    eventually(what, || {
        let summary = agent.inbox().into_iter().find(|summary| summary.id == conversation(number))?;
        holds(&summary).then_some(())
    });
}

/// Opens a menu by its key, types some letters of a choice, and takes the first that fits.
fn choose(browser: &Browser, key: char, letters: &str, choice: &str) {
    browser.press(&[Key::Char(key)]);
    browser.role("combobox").wait_focused();
    browser.type_text(letters);
    eventually(&format!("{choice:?} as the first choice"), || {
        browser.role("option").texts().first().is_some_and(|first| first.starts_with(choice)).then_some(())
    });
    browser.expect_accessible("a menu of the conversation");
    browser.press(&[Key::Enter]);
    browser.role("dialog").wait_gone();
}

fn rows(browser: &Browser, list: &str, count: usize) {
    browser.css(&format!("nav a[href='{list}']")).click();
    eventually(&format!("{count} rows in {list}"), || {
        let here = browser.url().ends_with(list);
        (here && browser.css("a.list-row").texts().len() == count).then_some(())
    });
}

#[test]
fn a_conversation_is_taken_given_moved_and_put_aside_by_the_keyboard() {
    let edge = edge_with_billing();
    ask(&edge, 1, "I want a refund");
    let ben = Browser::open(&edge);
    let browser = Browser::open(&edge);
    let inbox = InboxPage::set_up(&browser, &edge, "Ada");
    let agent = Agent::sign_in(&edge, "Ada");

    browser.press(&[Key::Char('g'), Key::Char('p')]);
    browser.named("heading", "People").wait_focused();
    browser.named("button", "Make an invitation").click();
    browser.css("#invite-link").wait();
    let link = String::from(browser.css("#invite-link").property("value").as_str().unwrap());
    browser.expect_accessible("the people and an invitation");
    browser.screenshot("people");
    InboxPage::join(&ben, &link, "Ben");

    rows(&browser, "#/unassigned", 1);
    rows(&browser, "#/team/billing", 1);
    rows(&browser, "#/escalations", 0);
    rows(&browser, "#/team/billing", 1);
    inbox.open("refund");
    browser.css(".placing").wait_for_text("Nobody's yet · Billing");
    browser.expect_accessible("a conversation that is nobody's");
    browser.press(&[Key::Char('t')]);
    browser.css(".placing").wait_for_text("You · Billing");
    browser.css("[role=log]").wait_for_text("Given to you");
    until(&agent, 1, "it to be Ada's", |summary| {
        summary.hand_off.as_ref().unwrap().place.assignee.as_ref() == Some(&agent.me.id)
    });
    rows(&browser, "#/mine", 1);
    rows(&browser, "#/unassigned", 0);

    rows(&browser, "#/mine", 1);
    inbox.open("refund");
    choose(&browser, 'a', "ben", "Give it to Ben");
    browser.css(".placing").wait_for_text("Ben · Billing");
    choose(&browser, 'a', "urgent", "Priority: urgent");
    browser.css(".placing").wait_for_text("urgent");
    browser.screenshot("placing");
    choose(&browser, 'a', "escal", "Move it to Escalations");
    until(&agent, 1, "it to be nobody's, with the escalations, and urgent", |summary| {
        let place = &summary.hand_off.as_ref().unwrap().place;
        place.to == Destination::Escalations && place.assignee.is_none() && place.priority == Priority::Urgent
    });

    choose(&browser, 's', "tomorrow", "Tomorrow morning");
    browser.css(".placing").wait_for_text("Snoozed until");
    until(&agent, 1, "it to be out of sight", |summary| summary.snoozed_until.is_some());
    browser.expect_accessible("a conversation that is put aside");
    rows(&browser, "#/escalations", 0);
    rows(&browser, "#/snoozed", 1);
    inbox.open("refund");
    browser.named("button", "Bring back").click();
    until(&agent, 1, "it to be back", |summary| summary.snoozed_until.is_none());
    rows(&browser, "#/waiting", 1);
    browser.screenshot("lists");
    for (browser, what) in [(&browser, "Ada's inbox"), (&ben, "Ben's inbox")] {
        browser.expect_accessible(what);
        browser.expect_quiet(what);
    }
}

#[test]
fn an_agent_sees_that_the_visitor_writes_and_takes_by_beginning_to_what_is_nobodys() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    assert_eq!(agent.request("POST", "/api/w/demo/away").json(&json!({ "away": true })).send().status, 200);
    let at_visitor = Browser::open(&edge);
    let host = Host::visit(&at_visitor, &edge, "/plain/");
    host.open_panel();
    host.say("My lamp hums");
    at_visitor.named("button", "Talk to a person").click();
    at_visitor.role("log").wait_for_text("Our team has your conversation");
    let thread = agent.inbox()[0].id.clone();
    let assignee = || agent.inbox()[0].hand_off.as_ref().and_then(|hand_off| hand_off.place.assignee.clone());
    assert_eq!(assignee(), None, "it is nobody's");

    let browser = Browser::open(&edge);
    let inbox = InboxPage::sign_in(&browser, &edge, "Ada");
    inbox.open_escalation("lamp");
    browser.css("[role=log]").wait_for_text("My lamp hums");
    host.write("It is an old one");
    browser.css(".conversation-company").wait_for_text("typing");
    assert!(!agent.events(&thread).events.iter().any(|event| format!("{event:?}").contains("old one")), "words stay");

    browser.named("textbox", "Reply").type_text("Which");
    browser.css(".desk-done").wait();
    eventually("it to be Ada's", || (assignee().as_ref() == Some(&agent.me.id)).then_some(()));
    browser.named("button", "Undo").click();
    eventually("it to be nobody's again", || assignee().is_none().then_some(()));
    browser.named("textbox", "Reply").type_text(" lamp is it?");
    eventually("all of the reply", || {
        let text = browser.named("textbox", "Reply").property("value");
        text.as_str().is_some_and(|text| text.contains("lamp is it?")).then_some(())
    });
    assert_eq!(assignee(), None, "what was given back is not taken again by the same reply");
    browser.expect_quiet("beginning to write");
}

#[test]
fn what_the_edge_has_no_time_for_is_done_a_moment_later() {
    let edge = Edge::start();
    ask(&edge, 1, "My parcel is lost");
    let browser = Browser::open(&edge);
    let inbox = InboxPage::set_up(&browser, &edge, "Ada");
    let agent = Agent::sign_in(&edge, "Ada");
    inbox.open_escalation("parcel");
    browser.css("[role=log]").wait_for_text("parcel");
    // Another tab of the same agent uses up what agents may do in a conversation at once, and goes on.
    let (is_busy, is_full) = (AtomicBool::new(true), AtomicBool::new(false));
    // A refused request is told on the console, too: what is open may want to tell the edge something by itself.
    browser.edge_goes_down();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while is_busy.load(Ordering::Relaxed) {
                let read = agent.try_command(&conversation(1), 0, id(9), AgentAction::Read { up_to: 1 });
                is_full.fetch_or(read.status == 429, Ordering::Relaxed);
            }
        });
        eventually("the edge to have no time", || is_full.load(Ordering::Relaxed).then_some(()));
        browser.press(&[Key::Char('e')]);
        is_busy.store(false, Ordering::Relaxed);
    });
    until(&agent, 1, "it to be resolved", |summary| summary.status == Status::Resolved);
    browser.css(".desk-done").wait_for_text("Resolved");
    browser.edge_is_back();
    browser.expect_quiet("an edge without time");
}

#[test]
fn what_a_colleague_has_changed_since_is_not_undone() {
    let edge = Edge::start();
    ask(&edge, 1, "My parcel is lost");
    let browser = Browser::open(&edge);
    let inbox = InboxPage::set_up(&browser, &edge, "Ada");
    let ada = Agent::sign_in(&edge, "Ada");
    let ben = ada.invite(&edge, "Ben");
    inbox.open_escalation("parcel");
    browser.css("[role=log]").wait_for_text("My parcel is lost");
    browser.press(&[Key::Char('t')]);
    browser.css(".desk-done").wait();
    let is_of = |agent: &Agent| {
        let id = agent.me.id.clone();
        move |summary: &Summary| summary.hand_off.as_ref().unwrap().place.assignee.as_ref() == Some(&id)
    };
    until(&ada, 1, "it to be Ada's", is_of(&ada));
    let place = ada.inbox()[0].hand_off.clone().unwrap().place;
    let place = shared::protocol::Placement { assignee: Some(ben.me.id.clone()), ..place };
    ben.command(&conversation(1), 0, id(60), AgentAction::Assign { place });
    browser.css(".desk-done").wait_gone();
    browser.press(&[Key::Char('z')]);
    until(&ada, 1, "it to be Ben's", is_of(&ben));
    browser.expect_quiet("what a colleague has changed");
}

#[test]
fn who_resolved_offline_over_words_that_came_meanwhile_is_told_and_led_back() {
    let edge = Edge::start();
    ask(&edge, 1, "My parcel is lost");
    ask(&edge, 2, "My lamp hums");
    let browser = Browser::open(&edge);
    let inbox = InboxPage::set_up(&browser, &edge, "Ada");
    inbox.open_escalation("parcel");
    browser.css("[role=log]").wait_for_text("My parcel is lost");
    browser.edge_goes_down();
    browser.offline(true);
    edge.kill();
    edge.restart();
    browser.press(&[Key::Char('e')]);
    browser.named("heading", "My lamp hums").wait();
    Visitor::new(&edge, 1).command(&conversation(1), 0, id(50), say("No wait, it is still lost"));
    browser.offline(false);
    // A refused request is told on the console, too.
    browser.css(".desk-done").wait_for_text("Somebody has written since");
    browser.edge_is_back();
    browser.expect_accessible("what was not done");
    browser.named("button", "Look").click();
    browser.css("[role=log]").wait_for_text("No wait, it is still lost");
    let agent = Agent::sign_in(&edge, "Ada");
    until(&agent, 1, "it to wait still", |summary| summary.status == Status::Waiting);
    browser.expect_quiet("what was not done");
}

#[test]
fn what_an_agent_did_offline_outlives_the_tab_and_is_done_when_the_edge_is_back() {
    let edge = Edge::start();
    ask(&edge, 1, "My parcel is lost");
    let browser = Browser::open(&edge);
    let inbox = InboxPage::set_up(&browser, &edge, "Ada");
    inbox.open_escalation("parcel");
    browser.css("[role=log]").wait_for_text("parcel");
    browser.edge_goes_down();
    edge.kill();
    inbox.reply("It left our house yesterday.");
    browser.role("log").wait_for_text("Not sent yet");
    // What is kept for the tab alone ends with it.
    browser.script("sessionStorage.clear()", &[]);
    edge.restart();
    browser.go(&format!("{}/inbox?workspace=demo", edge.origin()));
    browser.edge_is_back();
    let agent = Agent::sign_in(&edge, "Ada");
    until(&agent, 1, "the reply", |summary| summary.last == "It left our house yesterday.");
    browser.expect_quiet("a reply that was written offline");
}

#[test]
fn a_used_invitation_says_so_and_leads_to_signing_in() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let invitation: shared::protocol::Invitation = agent.request("POST", "/api/w/demo/invitations").send().ok();
    let link = format!("{}/inbox?workspace=demo#setup={}", edge.origin(), invitation.token);
    let (first, second) = (Browser::open(&edge), Browser::open(&edge));
    InboxPage::join(&first, &link, "Ben");
    first.expect_quiet("joining");
    second.go(&link);
    second.css(".card").wait_for_text("This link is not valid");
    assert!(!second.url().contains("setup="), "the token leaves the address");
    second.named("button", "Sign in").wait();
    second.expect_accessible("signing in instead");
    second.expect_quiet("signing in instead");
}

#[test]
fn a_report_has_both_numbers_of_every_rate() {
    let edge = edge_with_billing();
    for (number, text) in [(1, "I want a refund"), (2, "My parcel is lost")] {
        ask(&edge, number, text);
    }
    let agent = Agent::set_up(&edge, "Ada");
    assert_eq!(agent.inbox().len(), 2);
    for open in [Browser::open, Browser::dark_phone] {
        let browser = open(&edge);
        InboxPage::sign_in(&browser, &edge, "Ada");
        browser.css("nav a[href='#/reports/28']").click();
        browser.named("heading", "Reports").wait_focused();
        let sheet = browser.css(".page-sheet");
        for part in ["Given to people", "To Billing", "50 %", "1 of 2", "The last 28 days"] {
            sheet.wait_for_text(part);
        }
        browser.expect_accessible("the reports");
        browser.css("a[href='#/reports/90']").click();
        sheet.wait_for_text("The last 90 days");
        browser.screenshot("reports");
        browser.expect_quiet("the reports");
    }
}
