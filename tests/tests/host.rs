//! The loader on its host page: what a page can do to it, what it tells the page, and what stays over a page load.

use serde_json::json;
use tests::browser::{Browser, Key};
use tests::people::{id, reply};
use tests::{Agent, Edge, Host, eventually};

/// What the agent says, which is nobody's business but the visitor's.
const SECRET: &str = "Your code is 4711";

/// Everything that is kept in the current document.
fn kept(browser: &Browser) -> String {
    let all = "return JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])";
    String::from(browser.script(all, &[]).as_str().unwrap())
}

fn is_open(host: &Host<'_>) -> bool {
    host.launcher().attribute("aria-expanded").as_deref() == Some("true")
}

/// A visitor who waits for a person and has closed the panel, and the agent who will answer.
fn waiting<'b>(edge: &Edge, browser: &'b Browser) -> (Host<'b>, Agent) {
    let agent = Agent::set_up(edge, "Ada");
    let host = Host::visit(browser, edge, "/plain/");
    host.open_panel();
    host.say("My lamp hums");
    browser.named("button", "Talk to a person").click();
    browser.role("log").wait_for_text("Our team has your conversation");
    browser.named("button", "Close").click();
    browser.leave();
    eventually("the panel to close", || (!is_open(&host)).then_some(()));
    (host, agent)
}

#[test]
fn what_a_page_can_name_or_inherit_does_not_reach_the_loader() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    browser.script(
        "Beforehand('shutdown');
         delete window.Beforehand;
         const script = document.createElement('script');
         const named = ['currentScript', 'body', 'title', 'createElement'];
         document.querySelector('main').insertAdjacentHTML('beforeend', named.map((name) =>
             `<img name='${name}' src='data:,' data-workspace='demo' data-accent='red'>`).join('')
             + `<form id='Beforehand'><input name='live' value='1'><input name='q' value='1'></form>`);
         const inherited = { identity: 'somebody.elses.identity', position: 'left', locale: 'tr', once: true, words: 'W', count() { return 5 } };
         for (const [name, value] of Object.entries(inherited))
             Object.defineProperty(Object.prototype, name, { __proto__: null, value, writable: true, configurable: true });
         script.src = arguments[0] + '/beforehand.js';
         script.dataset.workspace = 'demo';
         document.querySelector('main').append(script);",
        &[json!(edge.origin())],
    );
    host.launcher().wait();
    assert_eq!((host.launcher().name(), host.launcher().text()), ("Help chat".into(), String::new()));
    host.open_panel();
    assert_eq!(host.composer().name(), "Type your question", "its language is the page's");
    host.say("My card is blue");
    browser.leave();
    let frame = browser.css("iframe").property("src");
    assert!(frame.as_str().unwrap().starts_with(&format!("{}/panel?", edge.origin())), "{frame}");
    let left = browser.css("iframe").property("offsetLeft").as_f64().unwrap();
    assert!(left > 400.0, "it stands at the right: {left}");
    browser.expect_never_sent("elses");
}

#[test]
fn the_host_page_hears_how_much_is_unread_and_never_what_it_says() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let (host, agent) = waiting(&edge, &browser);
    browser.script(
        "window.heard = [];
         addEventListener('message', (event) => heard.push(JSON.stringify(event.data)));
         addEventListener('beforehand:unread', (event) => heard.push(JSON.stringify(event.detail)));",
        &[],
    );
    let title = || browser.script("return document.title", &[]).as_str().unwrap().to_owned();
    let plain = title();
    agent.command(&agent.inbox()[0].id.clone(), 0, id(1), reply(SECRET));
    eventually("the badge", || (host.launcher().name() == "Help chat, 1 unread").then_some(()));
    assert_eq!(title(), format!("(1) {plain}"));
    // A page of many views gives itself another title, and has the mark again.
    browser.script("document.title = 'Basket'; document.documentElement.dataset.view = 'basket'", &[]);
    eventually("the mark", || (title() == "(1) Basket").then_some(()));
    browser.enter(&browser.css("iframe"));
    browser.css(".peek").wait_for_text(SECRET);
    browser.expect_accessible("the glimpse");
    browser.screenshot("peek");
    browser.leave();
    let heard = browser.script("return heard", &[]).to_string();
    assert!(heard.contains("count") && !heard.contains("4711"), "{heard}");
    let seen = "const root = [...document.querySelectorAll('*')].find((one) => one.shadowRoot).shadowRoot;
                return document.documentElement.innerHTML + root.innerHTML;";
    assert!(!browser.script(seen, &[]).to_string().contains("4711"));

    browser.enter(&browser.css("iframe"));
    browser.css(".peek-open").click();
    browser.role("log").wait_for_text(SECRET);
    browser.leave();
    eventually("the badge to go", || (host.launcher().name() == "Help chat").then_some(()));
    assert!(is_open(&host));
    assert_eq!(title(), "Basket");
    browser.expect_quiet("the glimpse");
}

#[test]
fn a_glimpse_that_is_dismissed_stays_away_until_something_else_is_said() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let (host, agent) = waiting(&edge, &browser);
    let thread = agent.inbox()[0].id.clone();
    agent.command(&thread, 0, id(1), reply("One moment"));
    eventually("the badge", || (host.launcher().name() == "Help chat, 1 unread").then_some(()));
    browser.enter(&browser.css("iframe"));
    browser.css(".peek .is-close").click();
    browser.css(".peek").wait_gone();
    browser.leave();
    let is_away = "const host = [...document.querySelectorAll('*')].find((one) => one.shadowRoot);
                   return !host.shadowRoot.querySelector('iframe').checkVisibility({ visibilityProperty: true });";
    browser.until("the frame to go", is_away);
    assert_eq!(host.launcher().name(), "Help chat, 1 unread", "it stays unread");
    agent.command(&thread, 0, id(2), reply(SECRET));
    browser.enter(&browser.css("iframe"));
    browser.css(".peek").wait_for_text(SECRET);
}

#[test]
fn a_glimpse_of_articles_says_what_they_are() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    browser.edge_goes_down();
    edge.kill();
    host.say("Where is my parcel?");
    browser.named("button", "Close").click();
    browser.leave();
    edge.restart();
    eventually("the badge", || host.launcher().name().ends_with("unread").then_some(()));
    browser.edge_is_back();
    browser.enter(&browser.css("iframe"));
    browser.css(".peek").wait_for_text("These articles may answer your question");
    browser.css(".peek").wait_for_text("Automatic");
    browser.screenshot("peek-articles");
    browser.css(".peek-open").click();
    browser.role("log").wait_for_text("These articles may answer your question");
    browser.named("button", "Back").click();
    browser.css(".recent-last").wait_for_text("These articles may answer your question");
}

#[test]
fn who_waits_for_a_person_hears_of_the_reply_on_the_next_page_without_the_pointer() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let (host, agent) = waiting(&edge, &browser);
    browser.go(&format!("{}/strict/", edge.site()));
    host.launcher().wait();
    agent.command(&agent.inbox()[0].id.clone(), 0, id(1), reply(SECRET));
    eventually("the badge", || (host.launcher().name() == "Help chat, 1 unread").then_some(()));
    browser.enter(&browser.css("iframe"));
    browser.css(".peek").wait_for_text(SECRET);
    browser.expect_quiet("the next page");
}

#[test]
fn an_open_panel_stays_open_over_a_page_load_and_leaves_the_keyboard_where_it_is() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    host.write("half a question");
    browser.leave();
    browser.go(&format!("{}/strict/", edge.site()));
    host.enter_panel();
    eventually("the draft", || (host.composer().property("textContent") == "half a question").then_some(()));
    assert_eq!(browser.script("return document.hasFocus()", &[]), false, "nobody has asked for the keyboard");
    browser.leave();
    assert!(is_open(&host));
    host.launcher().click();
    browser.reload();
    host.launcher().wait();
    assert!(!is_open(&host), "what was closed stays closed");
    browser.expect_quiet("two pages");
}

#[test]
fn a_panel_that_does_not_come_says_so_and_comes_when_the_network_is_back() {
    let edge = Edge::start();
    let browser = Browser::dark_phone(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    browser.edge_goes_down();
    edge.kill();
    host.launcher().click();
    browser.css("output").wait();
    browser.css("output").wait_for_text("⚠");
    browser.screenshot("wait");
    browser.named("button", "Help chat ⚠ ↻").wait();
    browser.css("output button + button").click();
    browser.css("output").wait_gone();
    assert!(!is_open(&host));
    host.launcher().click();
    edge.restart();
    browser.script("dispatchEvent(new Event('online'))", &[]);
    host.enter_panel();
    host.say("There you are");
    browser.leave();
    browser.css("output").wait_gone();
}

#[test]
fn a_reset_forgets_the_visitor_at_once_and_where_no_panel_is_before_it_shows_anything() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    host.say("Asked by who was here before");
    host.write("and half a sent");
    browser.leave();
    browser.script("Beforehand('reset')", &[]);
    browser.enter(&browser.css_any("iframe"));
    let is_empty = "const kept = JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]);
                    return !['token', 'half', 'open', 'out:'].some((part) => kept.includes(part));";
    browser.until("the frame to forget", is_empty);
    browser.leave();
    host.open_panel();
    assert_eq!(host.composer().property("textContent"), "");
    assert!(!browser.css(".home-recent").is_there());

    host.say("Asked by the next one");
    browser.leave();
    host.launcher().click();
    browser.reload();
    host.launcher().wait();
    browser.script("Beforehand('reset')", &[]);
    browser.reload();
    host.launcher().wait();
    host.open_panel();
    browser.css(".home-hello").wait();
    assert!(!browser.css("body").text().contains("next one"));
    assert!(!kept(&browser).contains("token"));
    browser.leave();
    assert!(!kept(&browser).contains("all"), "it is forgotten once: {}", kept(&browser));
    browser.expect_quiet("two resets");
}

#[test]
fn a_shutdown_forgets_the_place_and_keeps_the_anonymous_visitor() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    host.say("My lamp hums");
    browser.leave();
    browser.script("Beforehand('shutdown'); Beforehand('boot');", &[]);
    host.launcher().wait();
    assert!(!is_open(&host));
    host.open_panel();
    browser.css(".home-recent").wait_for_text("My lamp hums");
}

#[test]
fn the_key_that_ends_a_composition_closes_nothing() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    host.write("にほん");
    let ended = "const composer = document.querySelector('#composer');
                 composer.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
                 for (const target of [composer, document.body])
                     for (const key of ['Escape', 'Enter'])
                         target.dispatchEvent(new KeyboardEvent('keydown', { key, keyCode: 229, bubbles: true, cancelable: true }));";
    browser.script(ended, &[]);
    assert_eq!(host.composer().property("textContent"), "にほん");
    browser.leave();
    assert!(is_open(&host));
    host.enter_panel();
    browser.press(&[Key::Escape]);
    browser.press(&[Key::Escape]);
    browser.leave();
    eventually("the panel to close", || (!is_open(&host)).then_some(()));
}
