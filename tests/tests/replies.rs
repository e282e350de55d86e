//! What counts as seen, what is unread and where, and where the visitor's words wait.

use serde_json::json;
use shared::ids::ConversationId;
use shared::protocol::AgentAction;
use tests::browser::{Browser, Key};
use tests::identity::{identity, now};
use tests::people::{id, reply};
use tests::{Agent, Edge, Host, eventually};

fn unread(host: &Host<'_>, count: u32) {
    let name = if count == 0 { String::from("Help chat") } else { format!("Help chat, {count} unread") };
    eventually(&format!("a launcher with the name {name:?}"), || (host.launcher().name() == name).then_some(()));
}

/// A visitor who has asked for a person, in the open panel, and their conversation.
fn with_people<'b>(browser: &'b Browser, edge: &Edge, agent: &Agent) -> (Host<'b>, ConversationId) {
    let host = Host::visit(browser, edge, "/plain/");
    host.open_panel();
    host.say("My lamp hums");
    browser.named("button", "Talk to a person").click();
    browser.role("log").wait_for_text("Our team has your conversation");
    (host, agent.inbox()[0].id.clone())
}

/// The tab goes behind another one, or comes before it.
fn show_tab(browser: &Browser, shown: bool) {
    let state = if shown { "visible" } else { "hidden" };
    let change = "const [state] = arguments;
                  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
                  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));";
    browser.script(change, &[json!(state)]);
}

#[test]
fn what_is_said_while_another_tab_is_in_front_is_not_seen_until_this_one_is() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let browser = Browser::open(&edge);
    let (host, thread) = with_people(&browser, &edge, &agent);
    let seen = || agent.events(&thread).read.visitor;
    show_tab(&browser, false);
    let said = agent.command(&thread, 0, id(1), reply("Unplug it, please."));
    let last = said.last().unwrap().seq;
    browser.role("log").wait_for_text("Unplug it");
    browser.leave();
    unread(&host, 1);
    assert!(seen() < last, "nobody has seen it");
    host.enter_panel();
    show_tab(&browser, true);
    eventually("the visitor to have seen it", || (seen() >= last).then_some(()));
    browser.leave();
    unread(&host, 0);
}

#[test]
fn a_reply_below_what_is_on_the_screen_is_announced_and_is_seen_once_it_is_scrolled_to() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let browser = Browser::open(&edge);
    let (_host, thread) = with_people(&browser, &edge, &agent);
    agent.command(&thread, 0, id(1), reply(&"One line of many.\n".repeat(60)));
    let at_end = "const log = document.querySelector('.thread');
                  return log.scrollTop > 0 && log.scrollTop + log.clientHeight + 20 >= log.scrollHeight;";
    browser.until("the end to be in view", at_end);
    browser.script("document.querySelector('.thread').scrollTop = 0", &[]);
    browser.until("the thread to be at its beginning", "return document.querySelector('.thread').scrollTop === 0");
    let said = agent.command(&thread, 0, id(2), reply("The last word"));
    let last = said.last().unwrap().seq;
    browser.css(".thread-news").wait();
    browser.screenshot("news");
    assert!(agent.events(&thread).read.visitor < last, "it is below");
    assert_eq!(browser.script("return document.querySelector('.thread').scrollTop", &[]), 0, "nobody is moved");
    browser.css(".thread-news").click();
    eventually("the visitor to have seen it", || (agent.events(&thread).read.visitor >= last).then_some(()));
    browser.css(".thread-news").wait_gone();
}

#[test]
fn the_survey_comes_into_view_in_a_thread_that_was_opened_from_the_list() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let browser = Browser::open(&edge);
    let (_host, thread) = with_people(&browser, &edge, &agent);
    agent.command(&thread, 0, id(1), reply(&"One line of many.\n".repeat(20)));
    browser.css("button.is-back").click();
    browser.css(".home-recent button").click();
    browser.role("log").wait_for_text("One line of many");
    agent.command(&thread, 0, id(2), AgentAction::Resolve);
    browser.named("group", "How was the help you got?").wait();
    let in_view = "const log = document.querySelector('.thread');
                   return log.scrollTop + log.clientHeight + 20 >= log.scrollHeight;";
    browser.until("the survey to be in view", in_view);
}

#[test]
fn a_reply_in_an_older_thread_brings_the_badge_and_is_read_where_it_is() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    for text in ["The older question about brass", "The newer question about glass"] {
        host.say(text);
        browser.named("button", "Talk to a person").click();
        browser.role("log").wait_for_text("Our team has your conversation");
        if text.contains("older") {
            browser.css("button.is-back").click();
            browser.css(".home").wait();
        }
    }
    let older = agent.inbox().into_iter().find(|line| line.title.contains("older")).unwrap().id;
    agent.command(&older, 0, id(1), reply("About brass: yes."));
    browser.css(".header-count").wait_for_text("1");
    browser.leave();
    unread(&host, 1);
    host.enter_panel();
    browser.css("button.is-back").click();
    browser.css(".home-recent .is-fresh").wait_for_text("older question");
    browser.css(".home-recent .is-fresh button").click();
    browser.role("log").wait_for_text("About brass: yes.");
    browser.leave();
    unread(&host, 0);
}

#[test]
fn each_thread_and_each_tab_has_a_draft_of_its_own() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    let text = || host.composer().property("textContent");
    host.open_panel();
    host.say("The first question");
    host.write("draft in the thread");
    browser.css("button.is-back").click();
    eventually("an empty composer", || (text() == "").then_some(()));
    host.write("draft at home");
    browser.css(".home-recent button").click();
    eventually("the thread's draft", || (text() == "draft in the thread").then_some(()));
    // Another tab writes in the same thread.
    let other = "const key = Object.keys(sessionStorage).find((name) => name.includes('draft:'));
                 localStorage[key] = 'written in another tab';";
    browser.script(other, &[]);
    browser.leave();
    browser.reload();
    host.enter_panel();
    eventually("this tab's draft", || (text() == "draft in the thread").then_some(()));
    browser.css("button.is-back").click();
    eventually("the draft at home", || (text() == "draft at home").then_some(()));
    // A tab that is closed leaves what it wrote to the next one.
    browser.script("sessionStorage.clear()", &[]);
    browser.leave();
    browser.reload();
    host.open_panel();
    eventually("the draft at home", || (text() == "draft at home").then_some(()));
    host.composer().click();
    browser.press(&[Key::End, Key::Enter]);
    browser.role("log").wait_for_text("draft at home");
    browser.css("button.is-back").click();
    eventually("an empty composer", || (text() == "").then_some(()));
    let drafts = "return JSON.stringify(Object.entries(localStorage).filter(([name]) => name.includes('draft')))";
    let left = browser.script(drafts, &[]).to_string();
    assert!(!left.contains("draft at home"), "{left}");
}

#[test]
fn escape_closes_the_list_first_and_a_helpful_article_ends_the_question() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    host.write("change my delivery addr");
    host.suggestion("Change your delivery address").wait();
    browser.press(&[Key::Escape]);
    eventually("the list to close", || (!browser.role("option").is_there()).then_some(()));
    assert_eq!(host.composer().property("textContent"), "change my delivery addr");
    host.write("e");
    host.suggestion("Change your delivery address").open_by_keyboard();
    browser.named("button", "Yes, thanks").click();
    browser.css("button.is-back").click();
    browser.css(".home").wait();
    eventually("an empty composer", || (host.composer().property("textContent") == "").then_some(()));
    assert!(!browser.role("option").is_there());
    assert!(browser.named("button", "Send").attribute("disabled").is_some());
}

#[test]
fn each_text_goes_by_its_own_direction() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    let direction = |selector: &str| {
        let of = format!("return getComputedStyle([...document.querySelectorAll({selector:?})].pop()).direction");
        browser.script(&of, &[])
    };
    host.write("שלום, איך מאפסים את הסיסמה?");
    assert_eq!(direction(".composer"), "rtl");
    browser.press(&[Key::Enter]);
    browser.role("log").wait_for_text("שלום");
    assert_eq!(direction(".thread-bubble.is-mine"), "rtl");
    host.say("and my lamp?");
    assert_eq!(direction(".thread-bubble.is-mine"), "ltr");
    assert_eq!(direction(".composer"), "ltr");
}

#[test]
fn a_browser_that_keeps_nothing_says_that_the_conversation_ends_with_the_page() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    browser.script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })",
        &[],
    );
    host.say("My lamp hums");
    browser.css(".notice").wait_for_text("The conversation ends when you leave this page");
}

#[test]
fn an_identity_that_runs_out_leaves_the_thread_and_the_text_and_goes_on_with_the_next() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    browser.script(
        "window.errors = []; addEventListener('beforehand:error', (event) => errors.push(event.detail.code))",
        &[],
    );
    let token = |jti: u32, seconds: u64| json!(identity("17", jti, json!({ "exp": now() + seconds })));
    let identify = |token| browser.script("Beforehand('update', { identity: arguments[0] })", &[token]);
    identify(token(1, 15));
    host.open_panel();
    host.say("My lamp hums");
    browser.named("button", "Talk to a person").click();
    browser.role("log").wait_for_text("Our team has your conversation");
    host.write("half a sent");
    let ended = now() + 15;
    eventually("the identity to run out", || (now() > ended).then_some(()));
    browser.script("dispatchEvent(new Event('online'))", &[]);
    browser.css(".notice").wait_for_text("sign in again");
    browser.role("log").wait_for_text("My lamp hums");
    assert_eq!(host.composer().property("textContent"), "half a sent");
    browser.screenshot("expired");
    host.write("ence");
    browser.press(&[Key::Enter]);
    browser.role("log").wait_for_text("half a sentence");
    let thread = agent.inbox()[0].id.clone();
    agent.command(&thread, 0, id(1), reply("Unplug it, please."));
    assert!(!browser.css("body").text().contains("token"), "a visitor knows no tokens");
    browser.leave();
    let errors = browser.script("return errors", &[]);
    assert_eq!(errors, json!(["identity_expired"]), "the page is told once");
    identify(token(2, 3_600));
    host.enter_panel();
    browser.role("log").wait_for_text("Unplug it, please.");
    browser.css(".notice").wait_gone();
    eventually("the message to arrive", || {
        let said = format!("{:?}", agent.events(&thread).events);
        (said.matches("half a sentence").count() == 1).then_some(())
    });
    let said = host.said();
    assert_eq!(said.iter().filter(|text| *text == "Unplug it, please.").count(), 1, "{said:?}");
}

#[test]
fn two_users_whose_names_look_alike_to_a_short_hash_share_nothing_on_a_device() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    let sign_in = |subject: &str, jti: u32| {
        let token = json!(identity(subject, jti, json!({})));
        browser.script("Beforehand('update', { identity: arguments[0] })", &[token]);
    };
    sign_in("user-129599", 1);
    host.open_panel();
    host.write("what only the first may see");
    browser.leave();
    host.launcher().click();
    browser.go(&format!("{}/strict/", edge.site()));
    host.launcher().wait();
    sign_in("user-732382", 2);
    host.open_panel();
    assert_eq!(host.composer().property("textContent"), "");
    let kept = "return JSON.stringify(Object.keys(localStorage))";
    let names = browser.script(kept, &[]).to_string();
    assert!(names.contains("@") && !names.contains("user-"), "under a digest of the name: {names}");
    // The same in one page, without a load.
    host.write("what only the second may see");
    browser.leave();
    sign_in("user-129599", 3);
    eventually("the first one's draft", || {
        browser.leave();
        host.enter_panel();
        (host.composer().property("textContent") == "what only the first may see").then_some(())
    });
}
