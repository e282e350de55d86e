//! Messages that the widget shows by itself: to whom, when, and how a visitor is rid of them.

use serde_json::{Value, json};
use tests::{Agent, Browser, Edge, Host, eventually};

/// The message beside the launcher, for a script.
const CARD: &str =
    "const card = [...document.querySelectorAll('*')].find((one) => one.shadowRoot?.querySelector('output + button'))
    ?.shadowRoot.querySelector('aside');";

fn ask(browser: &Browser, question: &str) -> Value {
    browser.script(&format!("{CARD} return {question};"), &[])
}

fn says(browser: &Browser) -> Value {
    ask(browser, "card?.querySelector('strong').textContent ?? null")
}

fn wait_for(browser: &Browser, text: &str) {
    browser.until(text, &format!("{CARD} return card?.querySelector('strong').textContent === {}", json!(text)));
}

/// Publishes messages, and has every page of the demo ask for them.
fn publish(edge: &Edge, messages: Value) {
    let mut content = edge.content();
    content["settings"]["messages"] = messages;
    edge.publish(&content);
}

/// Goes to a page as if its tag let messages in.
fn visit<'b>(browser: &'b Browser, edge: &Edge, path: &str, more: &str) -> Host<'b> {
    let host = Host::visit(browser, edge, path);
    again(browser, more);
    host
}

/// The widget begins anew with the setting, in the same document.
fn again(browser: &Browser, more: &str) {
    browser.script(
        // Nothing is to be forgotten for it.
        &format!(
            "Beforehand('shutdown'); delete localStorage['beforehand:demo'];
             Beforehand('boot', {{ workspace: 'demo', messages: '' {more} }})"
        ),
        &[],
    );
}

/// As after half an hour without a page: a visit has ended.
fn later(browser: &Browser) {
    browser.script(
        "sessionStorage.clear();
         const key = 'beforehand:demo:messages', kept = JSON.parse(localStorage[key] ?? '{}');
         if (kept.first) localStorage[key] = JSON.stringify({ ...kept, first: kept.first - 36e5 });",
        &[],
    );
}

/// Gives the widget time for what it should not do: two turns of the page's own clock.
fn settled(browser: &Browser) {
    browser.script("window.turned = 0; setTimeout(() => setTimeout(() => { window.turned = 1 }, 300), 300)", &[]);
    browser.until("the page's clock", "return window.turned === 1");
}

#[test]
fn a_message_is_shown_once_and_answered_in_the_panel() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Maya");
    let text = "Questions about lamps? We're here.";
    publish(
        &edge,
        json!([
            { "id": "lamps", "text": { "en": text }, "when": { "places": ["/plain"], "seconds": 1 } },
            { "id": "other", "text": { "en": "And another one" }, "when": { "places": ["/plain"], "seconds": 1 } },
        ]),
    );
    let browser = Browser::open(&edge);
    Host::visit(&browser, &edge, "/plain/");
    settled(&browser);
    let asked = || browser.requests().iter().filter(|url| url.contains("/messages")).count();
    assert_eq!(asked(), 0, "nothing is asked for without the setting");

    let host = visit(&browser, &edge, "/plain/", "");
    wait_for(&browser, text);
    assert_eq!(
        ask(&browser, "[card.querySelector('em').textContent, card.querySelector('b').textContent]"),
        json!(["Automatic", "Lumen help"])
    );
    assert!(!browser.requests().iter().any(|url| url.contains("/panel")), "no panel is loaded for it");
    browser.expect_accessible("a message");
    browser.screenshot("message");
    ask(&browser, "card.querySelector('.says').click()");
    host.enter_panel();
    browser.css(".home-hello").wait_for_text(text);
    assert_eq!(says_outside(&browser), Value::Null);
    host.say("Does the Dot come in red?");
    browser.role("log").wait_for_text("Does the Dot come in red?");
    let thread = eventually("the conversation", || {
        agent.inbox().into_iter().find(|line| line.title == "Does the Dot come in red?")
    });
    let events = serde_json::to_string(&agent.events(&thread.id).events).unwrap();
    assert!(events.contains(text), "the team knows what was answered: {events}");
    browser.leave();

    // Never twice, and no second one in the same visit.
    browser.script("Beforehand('hide')", &[]);
    browser.reload();
    again(&browser, "");
    settled(&browser);
    settled(&browser);
    assert_eq!(says(&browser), Value::Null);
    browser.expect_quiet("a message");
}

/// The same from inside of the panel.
fn says_outside(browser: &Browser) -> Value {
    browser.leave();
    let says = says(browser);
    browser.enter(&browser.css("iframe"));
    says
}

#[test]
fn a_visitor_is_rid_of_one_or_of_all_for_good() {
    let edge = Edge::start();
    let message = |id: &str, text: &str| json!({ "id": id, "text": { "en": text }, "when": { "seconds": 0 } });
    publish(&edge, json!([message("one", "One"), message("two", "Two"), message("three", "Three")]));
    let browser = Browser::open(&edge);
    visit(&browser, &edge, "/plain/", "");
    wait_for(&browser, "One");
    ask(&browser, "card.querySelector('.close').click()");
    assert_eq!(says(&browser), Value::Null);
    later(&browser);
    browser.reload();
    again(&browser, "");
    wait_for(&browser, "Two");
    ask(&browser, "card.querySelector('.never').click()");
    later(&browser);
    browser.reload();
    again(&browser, "");
    settled(&browser);
    assert_eq!(says(&browser), Value::Null);
}

#[test]
fn a_message_is_never_shown_over_something_else_nor_to_somebody_who_writes() {
    let edge = Edge::start();
    publish(
        &edge,
        json!([
            { "id": "basket", "text": { "en": "Need help with your order?" }, "when": { "event": "added-to-basket" } },
        ]),
    );
    let browser = Browser::open(&edge);
    let host = visit(&browser, &edge, "/contact/", "");
    settled(&browser);
    assert_eq!(says(&browser), Value::Null, "nothing was done");
    browser.css("[data-beforehand]").click();
    browser.script("Beforehand('track', 'added-to-basket', { item: 'dot' })", &[]);
    settled(&browser);
    assert_eq!(says(&browser), Value::Null, "somebody writes");
    browser.script("document.activeElement.blur()", &[]);
    wait_for(&browser, "Need help with your order?");
    host.open_panel();
    browser.leave();
    browser.until("it to go", &format!("{CARD} return !card"));

    // To one who waits for the team it says nothing.
    let browser = Browser::open(&edge);
    let host = visit(&browser, &edge, "/plain/", "");
    host.open_panel();
    host.say("My lamp hums");
    browser.named("button", "Talk to a person").click();
    browser.role("log").wait_for_text("Our team has your conversation");
    browser.leave();
    browser.script("Beforehand('hide'); Beforehand('track', 'added-to-basket')", &[]);
    settled(&browser);
    assert_eq!(says(&browser), Value::Null);
}

/// An unsigned token that says who somebody is: the edge would refuse it, and nothing asks the edge here.
fn token(name: &str) -> String {
    let part = |value: &Value| shared::ids::base64url(value.to_string().as_bytes());
    [part(&json!({ "alg": "HS256" })), part(&json!({ "sub": "1", "name": name })), String::from("x")].join(".")
}

#[test]
fn a_name_is_said_to_those_who_come_again_and_are_known() {
    let edge = Edge::start();
    publish(
        &edge,
        json!([
            { "id": "name", "text": { "en": "Good to see you, {name}." }, "when": { "seconds": 0, "visitors": "returning" } },
            { "id": "new", "text": { "en": "First time here?" }, "when": { "seconds": 0, "visitors": "new" } },
            { "id": "again", "text": { "en": "Welcome back." }, "when": { "seconds": 0, "visitors": "returning" } },
        ]),
    );
    let identity = format!(", identity: '{}'", token("Zoë"));
    let browser = Browser::open(&edge);
    visit(&browser, &edge, "/plain/", &identity);
    wait_for(&browser, "First time here?");
    later(&browser);
    browser.reload();
    // Nobody knows who it is now.
    again(&browser, "");
    wait_for(&browser, "Welcome back.");
    later(&browser);
    browser.reload();
    again(&browser, &identity);
    wait_for(&browser, "Good to see you, Zoë.");

    // Somebody else at the same computer is here for the first time.
    browser.script("Beforehand('reset')", &[]);
    later(&browser);
    browser.reload();
    again(&browser, &format!(", identity: '{}'", token("Ben")));
    wait_for(&browser, "First time here?");

    // It leaves nothing behind.
    browser.script("Beforehand('destroy')", &[]);
    browser.until("it to go", &format!("{CARD} return !card"));
    browser.script("document.documentElement.lang = 'de'; history.pushState(0, '', '/contact/')", &[]);
    settled(&browser);
    assert_eq!(says(&browser), Value::Null);
}

#[test]
fn who_reads_another_language_has_messages_in_that_one_or_none() {
    let edge = Edge::start();
    publish(
        &edge,
        json!([
            { "id": "both", "text": { "en": "Hello", "pt-BR": "Olá" }, "when": { "seconds": 0 } },
            { "id": "english", "text": { "en": "Only English" }, "when": { "seconds": 0 } },
        ]),
    );
    let get = |locale: &str| -> Value {
        let reply = edge.client().get(&format!("/w/demo/messages/{locale}.js")).send();
        assert_eq!((reply.status, reply.header("access-control-allow-origin")), (200, "*"));
        assert!(reply.header("content-type").starts_with("text/javascript"));
        serde_json::from_str(reply.text().strip_prefix("export default ").unwrap()).unwrap()
    };
    let texts = |locale: &str| -> Vec<String> {
        let said = get(locale);
        said["messages"].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap().into()).collect()
    };
    assert_eq!(texts("en-GB"), ["Hello", "Only English"]);
    assert_eq!(texts("pt"), ["Olá"]);
    assert_eq!(texts("ko"), Vec::<String>::new());
    assert_eq!(get("pt")["words"]["automatic"], "Automático");
    let unknown = edge.client().get("/w/nobody/messages/en.js").send();
    assert_eq!(unknown.status, 404);
}

#[test]
fn a_message_follows_the_language_of_the_page_and_none_comes_where_the_panel_was_open() {
    let edge = Edge::start();
    let hello = json!({ "id": "hello", "text": { "en": "Hello", "de": "Guten Tag" }, "when": { "seconds": 0, "places": ["/plain"] } });
    publish(&edge, json!([hello, { "id": "later", "text": { "en": "Later" }, "when": { "event": "looked" } }]));
    let browser = Browser::open(&edge);
    visit(&browser, &edge, "/contact/", "");
    settled(&browser);
    browser.script("Beforehand('show')", &[]);
    browser.css("iframe").wait();
    browser.script("Beforehand('hide'); Beforehand('track', 'looked')", &[]);
    browser.css("iframe").wait_gone();
    settled(&browser);
    assert_eq!(says(&browser), Value::Null);

    let browser = Browser::open(&edge);
    visit(&browser, &edge, "/contact/", "");
    browser.script("document.documentElement.lang = 'de'; history.pushState(0, '', '/plain/')", &[]);
    wait_for(&browser, "Guten Tag");
    assert_eq!(ask(&browser, "card.querySelector('.never').textContent"), "Nicht mehr anzeigen");
}
