//! What a visitor has beside words: who types, a way back, all help by its sections, the menu, and how it was.

use serde_json::json;
use shared::protocol::{AgentAction, What};
use tests::browser::{Browser, Key};
use tests::people::{id, reply};
use tests::{Agent, Edge, Host, eventually};

/// A visitor who waits for a person, while nobody is there.
fn waiting<'b>(
    browser: &'b Browser,
    edge: &Edge,
    agent: &Agent,
    text: &str,
) -> (Host<'b>, shared::ids::ConversationId) {
    let host = Host::visit(browser, edge, "/plain/");
    host.open_panel();
    host.say(text);
    browser.named("button", "Talk to a person").click();
    browser.role("log").wait_for_text("Our team has your conversation");
    let lines = || agent.inbox().into_iter().find(|line| line.title == text);
    let thread = eventually("the conversation", lines).id;
    (host, thread)
}

#[test]
fn who_is_not_answered_at_once_can_leave_an_address_for_the_team() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Maya");
    let browser = Browser::open(&edge);
    let (host, thread) = waiting(&browser, &edge, &agent, "My lamp hums");
    let field = browser.css(".address input");
    assert_eq!(field.attribute("autocomplete").as_deref(), Some("email"));
    field.type_text("mara at example");
    browser.press(&[Key::Enter]);
    browser.css(".address-wrong").wait_for_text("look like an e-mail address");
    assert_eq!(field.attribute("aria-invalid").as_deref(), Some("true"));
    browser.expect_accessible("a wrong address");
    field.clear();
    field.type_text("mara@example.com");
    browser.named("button", "Save").click();
    browser.role("log").wait_for_text("mara@example.com");
    browser.css(".address").wait_gone();
    let left = |what: &What| matches!(what, What::AddressLeft { address } if address == "mara@example.com");
    eventually("the team to see it", || {
        agent.events(&thread).events.iter().any(|event| left(&event.what)).then_some(())
    });
    browser.leave();
    browser.reload();
    host.enter_panel();
    browser.role("log").wait_for_text("mara@example.com");
    assert!(!browser.css(".address").is_there(), "it was left already");
    browser.expect_quiet("an address");
}

#[test]
fn an_address_that_is_declined_is_not_asked_for_again() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Maya");
    let browser = Browser::open(&edge);
    let (host, _) = waiting(&browser, &edge, &agent, "My lamp hums");
    browser.named("button", "Not now").click();
    browser.css(".address").wait_gone();
    host.say("Are you there?");
    assert!(!browser.css(".address").is_there());
}

#[test]
fn all_help_is_read_by_its_sections_with_the_keyboard() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    browser.named("button", "Browse all help").click();
    browser.named("heading", "Browse all help").wait_focused();
    browser.css(".sections-one summary").wait();
    browser.press(&[Key::Tab, Key::Tab, Key::Enter]);
    browser.css(".sections-one[open] .home-row").wait();
    browser.expect_accessible("all help");
    browser.press(&[Key::Tab, Key::Enter]);
    browser.css(".article-text").wait();
    browser.css("button.is-back").click();
    browser.named("heading", "Browse all help").wait();
    browser.css("button.is-back").click();
    browser.css(".home-hello").wait();
    browser.expect_quiet("all help");
}

#[test]
fn a_visitor_can_have_everything_of_theirs_deleted() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Maya");
    let browser = Browser::open(&edge);
    let (_host, _) = waiting(&browser, &edge, &agent, "My lamp hums");
    browser.named("button", "Options").click();
    browser.named("button", "Turn sound on").click();
    browser.named("button", "Options").click();
    browser.named("button", "Turn sound off").wait();
    browser.expect_accessible("the menu");
    browser.named("button", "Delete my data").click();
    browser.named("button", "Cancel").click();
    browser.named("button", "Delete my data").click();
    browser.named("button", "Delete everything").click();
    browser.css(".notice").wait_for_text("Your data has been deleted");
    assert!(!browser.css(".home-recent").is_there());
    eventually("the conversation to go", || agent.inbox().is_empty().then_some(()));
    let kept =
        "return Object.keys(localStorage).filter((name) => name.includes('token') || name.includes('sound')).length";
    assert_eq!(browser.script(kept, &[]), json!(0));
    browser.expect_quiet("a visitor who wants to be forgotten");
}

#[test]
fn who_was_asked_how_it_was_is_not_asked_again_that_week() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Maya");
    let browser = Browser::open(&edge);
    let (host, first) = waiting(&browser, &edge, &agent, "My lamp hums");
    agent.command(&first, 0, id(1), reply("Unplug it."));
    agent.command(&first, 0, id(2), AgentAction::Resolve);
    browser.css(".survey").wait();
    browser.css(".header-title h1").wait_for_text("Lumen help");
    assert_eq!(host.composer().name(), "Type your question", "Maya is gone");
    browser.css("button.is-back").click();
    host.say("My other lamp hums");
    browser.named("button", "Talk to a person").click();
    browser.role("log").wait_for_text("Our team has your conversation");
    let second = eventually("the other", || agent.inbox().into_iter().find(|line| line.title.contains("other"))).id;
    agent.command(&second, 0, id(3), reply("That one as well."));
    agent.command(&second, 0, id(4), AgentAction::Resolve);
    browser.role("log").wait_for_text("Marked as solved");
    assert!(!browser.css(".survey").is_there());
}

#[test]
fn a_page_tells_the_team_of_its_visitor() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Maya");
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    browser.script(
        "Beforehand('attributes', { plan: 'pro', seats: 3 }); Beforehand('track', 'ordered', { total: 89 })",
        &[],
    );
    browser.script("Beforehand('compose', 'My lamp hums')", &[]);
    host.enter_panel();
    eventually("the text of the page", || {
        (host.composer().property("textContent") == json!("My lamp hums")).then_some(())
    });
    browser.named("button", "Send").click();
    browser.role("log").wait_for_text("My lamp hums");
    browser.named("button", "Talk to a person").click();
    let told = || {
        let context = agent.inbox().into_iter().find(|line| line.title == "My lamp hums")?.context;
        let told = context.told.into_iter().map(|one| (one.name, one.value, one.done)).collect::<Vec<_>>();
        (!told.is_empty()).then_some(told)
    };
    let told = eventually("what the page has told", told);
    let one = |name: &str, value: &str, done| (String::from(name), String::from(value), done);
    assert_eq!(told, [one("plan", "pro", false), one("seats", "3", false), one("ordered", "{\"total\":89}", true)]);
    browser.expect_quiet("a page that tells");
}

#[test]
fn a_part_of_the_second_module_that_did_not_come_is_asked_for_again() {
    let edge = Edge::start();
    for part in ["wasm", "css", "js"] {
        let browser = Browser::open(&edge);
        let host = Host::visit(&browser, &edge, "/plain/");
        host.open_panel();
        browser.edge_goes_down();
        let mut inspector = browser.inspector();
        inspector.block(&[&format!("*panel-more*.{part}*")]);
        browser.script("location.reload()", &[]);
        browser.leave();
        host.enter_panel();
        browser.css(".notice").wait_for_text("Help could not be loaded");
        host.write("My lamp hums");
        browser.named("button", "Send").click();
        host.write(" and");
        inspector.block(&[]);
        browser.named("button", "Try again").click();
        browser.named("button", "Browse all help").wait();
        browser.css(".notice").wait_gone();
        browser.named("button", "Options").click();
        browser.css(".menu").wait();
        let text = host.composer().property("textContent");
        assert_eq!(text, json!("My lamp hums and"), "without the {part}: what was changed since was not to be sent");
        browser.named("button", "Options").click();
        browser.named("button", "Send").click();
        browser.role("log").wait_for_text("My lamp hums and");
    }
}

#[test]
fn the_menu_gives_the_keyboard_back() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    Host::visit(&browser, &edge, "/plain/").open_panel();
    let open = || {
        browser.css(".is-menu").click();
        browser.css(".menu").wait_focused();
    };
    open();
    browser.named("button", "Turn sound on").click();
    browser.css(".is-menu").wait_focused();
    open();
    browser.named("button", "Delete my data").click();
    browser.css(".menu-asks p").wait_focused();
    browser.named("button", "Cancel").click();
    browser.css(".menu").wait_focused();
    browser.press(&[Key::Escape]);
    browser.css(".is-menu").wait_focused();
}
