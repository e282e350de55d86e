//! The panel's states as a visitor comes through them, in any language: for what has to hold in each of them. Nothing is found by its words.

use crate::browser::{Browser, Key};
use crate::people::{id, reply};
use crate::{Agent, Edge, Host, eventually};
use serde_json::json;
use shared::protocol::AgentAction;

/// Their names, in the order in which they come.
pub const STATES: [&str; 11] = [
    "home",
    "sections",
    "typing",
    "article",
    "answer",
    "assistant",
    "waiting",
    "thread",
    "menu",
    "survey",
    "returning",
];

/// Something is asked often here, and something is known not to work.
pub fn prepare(edge: &Edge) {
    let mut content = edge.content();
    content["settings"]["outage"] = json!({ "text": { "en": "Payments by card are slow. We are on it." } });
    edge.publish(&content);
    for number in 0..3 {
        let body = json!({ "id": id(number), "article": "track-a-parcel", "locale": "en", "helped": true });
        edge.client().post("/api/w/demo/resolutions").json(&body).send();
    }
}

/// Goes through all of them in a language, on the open page, and shows each in the panel's own document.
pub fn through(browser: &Browser, agent: &Agent, tongue: &str, shown: &mut dyn FnMut(&'static str)) {
    let host = Host { browser };
    let empty = || browser.press(&[Key::Control('a'), Key::Control('x')]);
    let send = |text: &str| {
        host.write(text);
        browser.css(".desk-send").click();
        browser.role("log").wait_for_text(text);
    };
    browser.script("Beforehand('update', { locale: arguments[0] })", &[json!(tongue)]);
    host.open_panel();
    browser.until("the language", &format!("return document.documentElement.lang === {}", json!(tongue)));
    browser.css(".home-row").wait();
    shown("home");
    browser.css(".home-browse").click();
    browser.css(".sections-one summary").wait();
    shown("sections");
    browser.css("button.is-back").click();
    host.write("change delivery");
    host.suggestion("Change your delivery address").wait();
    shown("typing");
    host.suggestion("Change your delivery address").open_by_keyboard();
    browser.css(".question.is-end .choice").wait();
    shown("article");
    browser.css("button.is-back").click();
    host.composer().click();
    empty();
    host.write("when are you open");
    browser.css(".is-answer").wait();
    shown("answer");
    empty();
    send("My lamp hums since yesterday");
    eventually("the assistant", || (host.said().len() >= 2).then_some(()));
    shown("assistant");
    browser.css(".desk-person").click();
    browser.css(".address input").wait();
    shown("waiting");
    let line = || agent.inbox().into_iter().find(|line| line.title == "My lamp hums since yesterday");
    let thread = eventually("the thread", line).id;
    let number = tongue.bytes().fold(0_u8, u8::wrapping_add);
    agent.command(&thread, 0, id(number), reply("Hello! Is the lamp on a dimmer?"));
    browser.role("log").wait_for_text("on a dimmer");
    send("Yes, an old one in the hall.");
    eventually("it to be sent", || {
        browser.css(".header-title h1").texts().iter().any(|name| name.contains("Maya")).then_some(())
    });
    shown("thread");
    browser.css(".is-menu").click();
    browser.css(".menu .is-grave").click();
    browser.css(".menu-asks").wait();
    shown("menu");
    browser.css(".is-menu").click();
    browser.css(".menu").wait_gone();
    agent.command(&thread, 0, id(number.wrapping_add(1)), AgentAction::Resolve);
    browser.css(".survey").wait();
    shown("survey");
    browser.css("button.is-back").click();
    browser.css(".recent-thread").wait();
    shown("returning");
}
