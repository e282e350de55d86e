//! Pictures of the panel's main states, as a visitor sees them on the demo's pages: `cargo xtask shots` puts them into `docs/shots`.

use serde_json::json;
use tests::browser::{Browser, Key};
use tests::people::{id, reply};
use tests::{Agent, Edge, Host, eventually};

/// A desktop page, and a phone.
const DESK: (u32, u32) = (1040, 800);
const PHONE: (u32, u32) = (390, 844);
/// The pictures that `docs/panel.md` shows, but for the one from right to left.
const SHOWN: [&str; 11] = [
    "home-light",
    "typing-light",
    "article-light",
    "thread-light",
    "survey-light",
    "returning-light",
    "sections-light",
    "home-dark",
    "answer-dark",
    "home-phone",
    "typing-phone",
];
/// The host page on which all of it is.
const PAGE: &str = "/plain/";

fn main() {
    let edge = Edge::start();
    brand(&edge);
    for number in 0..9 {
        let article = ["track-a-parcel", "return-an-item", "connect-wifi"][usize::from(number) % 3];
        let body = json!({ "id": id(number), "article": article, "locale": "en", "helped": true });
        edge.client().post("/api/w/demo/resolutions").json(&body).send();
    }
    let agent = Agent::set_up(&edge, "Maya Lind");
    for (theme, (width, height)) in [("light", DESK), ("dark", DESK), ("phone", PHONE)] {
        visit(&edge, &agent, theme, &Browser::of_size(&edge, width, height));
    }
    right_to_left(&edge);
}

/// The demo's site with all that an owner can publish of a brand.
fn brand(edge: &Edge) {
    let mut content = edge.content();
    content["settings"]["outage"] =
        json!({ "text": { "en": "Payments by card are slow. We are on it." }, "since": 1_796_000_000_000_u64 });
    edge.publish(&content);
}

fn set_theme(browser: &Browser, theme: &str) {
    if theme == "dark" {
        browser.script("Beforehand('update', { theme: 'dark' })", &[]);
    }
}

/// A visit from the first look to the survey.
fn visit(edge: &Edge, agent: &Agent, theme: &str, browser: &Browser) {
    let shot = |state: &str| {
        let name = format!("{state}-{theme}");
        if SHOWN.contains(&name.as_str()) {
            browser.screenshot(&name);
        }
    };
    let host = Host::visit(browser, edge, PAGE);
    set_theme(browser, theme);
    host.open_panel();
    browser.css(".home-row").wait();
    shot("home");
    browser.named("button", "Browse all help").click();
    browser.css(".sections-one summary").wait();
    shot("sections");
    browser.css("button.is-back").click();
    host.write("change delivery");
    host.suggestion("Change your delivery address").wait();
    shot("typing");
    host.suggestion("Change your delivery address").open_by_keyboard();
    browser.named("button", "Yes, thanks").wait();
    shot("article");
    browser.css("button.is-back").click();
    browser.press(&[Key::Control('a'), Key::Control('x')]);
    host.write("when are you open");
    browser.css(".is-answer").wait();
    shot("answer");
    browser.press(&[Key::Control('a'), Key::Control('x')]);
    host.say("My lamp flickers since yesterday, and the app says E-42.");
    browser.named("button", "Talk to a person").wait();
    browser.named("button", "Talk to a person").click();
    browser.css(".desk-with-people").wait();
    let thread = eventually("the thread", || agent.inbox().into_iter().map(|line| line.id).next());
    for (number, text) in
        [(101, "Hello! That is a loose neutral, we see it now and then."), (102, "Is the lamp on a dimmer?")]
    {
        agent.command(&thread, 0, id(number + theme.len() as u8), reply(text));
    }
    browser.role("log").wait_for_text("on a dimmer");
    host.say("Yes, an old one in the hall.");
    browser.css(".header-title h1").wait_for_text("Maya");
    shot("thread");
    browser.css(".is-menu").click();
    browser.css(".menu").wait();
    shot("menu");
    browser.css(".is-menu").click();
    agent.command(&thread, 0, id(120 + theme.len() as u8), shared::protocol::AgentAction::Resolve);
    browser.css(".survey").wait();
    shot("survey");
    browser.css("button.is-back").click();
    browser.css(".recent-thread").wait();
    shot("returning");
}

/// Arabic: the panel's words, and the direction of all.
fn right_to_left(edge: &Edge) {
    let browser = Browser::of_size(edge, DESK.0, DESK.1);
    let host = Host::visit(&browser, edge, PAGE);
    browser.script("Beforehand('update', { locale: 'ar' })", &[]);
    host.open_panel();
    browser.css(".home-row").wait();
    browser.screenshot("home-rtl");
}
