//! Criteria of WCAG 2.2 that a checker of rules does not see, measured in each state of the panel and on each screen of the inbox.

use serde_json::json;
use tests::browser::{Browser, Key};
use tests::criteria::expect_usable;
use tests::people::{id, reply};
use tests::states::{prepare, through};
use tests::{Agent, Edge, Host, InboxPage, eventually};

/// Two windows: a desk, and what is left of it at 400 %.
const SIZES: [(u32, u32); 2] = [(1280, 800), (320, 640)];

#[test]
fn what_can_be_pressed_in_the_panel_is_large_enough_and_shows_the_focus() {
    for (width, height) in SIZES {
        let edge = Edge::start();
        prepare(&edge);
        let agent = Agent::set_up(&edge, "Maya Lind");
        let browser = Browser::of_size(&edge, width, height);
        Host::visit(&browser, &edge, "/plain/");
        through(&browser, &agent, "en", &mut |state| expect_usable(&browser, &format!("{state}, {width} pixels wide")));
    }
}

/// The screens of the inbox, with a conversation.
fn screens(edge: &Edge, browser: &Browser, shown: &mut dyn FnMut(&str)) {
    browser.go(&format!("{}/inbox?workspace=demo", edge.origin()));
    browser.named("textbox", "Name").wait();
    shown("signing in");
    let inbox = InboxPage::sign_in(browser, edge, "Ada");
    shown("a list");
    inbox.open_escalation("My lamp hums");
    browser.role("log").wait_for_text("on a dimmer");
    shown("a conversation");
    for place in ["#/reports/28", "#/people"] {
        browser.script("location.hash = arguments[0]", &[json!(place)]);
        browser.until(
            place,
            &format!("return location.hash === {} && Boolean(document.querySelector('h1, h2'))", json!(place)),
        );
        shown(place);
    }
    browser.press(&[Key::Char('?')]);
    browser.role("dialog").wait();
    shown("the keys");
    browser.press(&[Key::Escape]);
    browser.role("dialog").wait_gone();
}

/// An edge with an agent and somebody who waits.
fn prepared() -> Edge {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    host.say("My lamp hums since yesterday");
    browser.named("button", "Talk to a person").click();
    browser.css(".desk-with-people").wait();
    let thread = eventually("the thread", || agent.inbox().into_iter().map(|line| line.id).next());
    agent.command(&thread, 0, id(1), reply("Hello! Is the lamp on a dimmer?"));
    edge
}

#[test]
fn what_can_be_pressed_in_the_inbox_is_large_enough_and_shows_the_focus() {
    let edge = prepared();
    for (width, height) in SIZES {
        let browser = Browser::of_size(&edge, width, height);
        screens(&edge, &browser, &mut |screen| expect_usable(&browser, &format!("{screen}, {width} pixels wide")));
    }
}

/// As WCAG 2.2 wants it: 1.4.4 (text at 200 %) and 1.4.12 (text spacing).
const RULES: [(&str, &str); 2] = [
    ("large", "html { font-size: 200% !important }"),
    (
        "spaced",
        "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }",
    ),
];

#[test]
fn the_inbox_is_whole_where_letters_are_twice_as_large_further_apart_or_the_window_is_small() {
    let edge = prepared();
    let fits = |browser: &Browser, what: &str| {
        let fits = "return document.documentElement.scrollWidth <= document.documentElement.clientWidth";
        assert_eq!(browser.script(fits, &[]), true, "{what} scrolls sideways");
    };
    let browser = Browser::of_size(&edge, 1280, 800);
    screens(&edge, &browser, &mut |screen| {
        for (name, rules) in RULES {
            let style = "const sheet = new CSSStyleSheet(); sheet.replaceSync(arguments[0]); document.adoptedStyleSheets = [sheet]";
            browser.script(style, &[json!(rules)]);
            fits(&browser, &format!("{screen}, {name}"));
            browser.script("document.adoptedStyleSheets = []", &[]);
        }
    });
    let browser = Browser::of_size(&edge, 320, 640);
    screens(&edge, &browser, &mut |screen| fits(&browser, &format!("{screen}, 320 pixels wide")));
}

#[test]
fn a_browser_or_a_password_manager_can_fill_what_it_knows() {
    let edge = Edge::start();
    Agent::set_up(&edge, "Ada");
    let browser = Browser::open(&edge);
    browser.go(&format!("{}/inbox?workspace=demo", edge.origin()));
    browser.named("textbox", "Name").wait();
    let purposes =
        "return [...document.querySelectorAll('input')].map((one) => [one.name, one.autocomplete, one.type])";
    assert_eq!(
        browser.script(purposes, &[]),
        json!([["name", "username", "text"], ["password", "current-password", "password"]])
    );
    // Pasting is let through.
    let pasted = "const field = document.querySelector('input[name=password]');
        return field.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true }))";
    assert_eq!(browser.script(pasted, &[]), true);
}

/// 2.1.4.
#[test]
fn keys_of_single_letters_can_be_turned_off_in_the_inbox() {
    let edge = Edge::start();
    Agent::set_up(&edge, "Ada");
    let browser = Browser::open(&edge);
    InboxPage::sign_in(&browser, &edge, "Ada");
    let help = || {
        browser.press(&[Key::Char('?')]);
        browser.role("dialog")
    };
    help().wait();
    browser.css("[role=dialog] [type=checkbox], dialog [type=checkbox]").click();
    browser.press(&[Key::Escape]);
    browser.role("dialog").wait_gone();
    assert!(!help().is_there());
    // Those with Control stay.
    browser.press(&[Key::Control('k')]);
    browser.role("combobox").wait();
}

/// 2.5.2: a finger that was put down by mistake can be taken away.
#[test]
fn nothing_happens_on_the_way_down() {
    let edge = Edge::start();
    prepare(&edge);
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    let down = |selector: &str| {
        format!(
            "for (const kind of ['pointerdown', 'mousedown', 'touchstart'])
                 {selector}.dispatchEvent(new Event(kind, {{ bubbles: true, composed: true, cancelable: true }}));"
        )
    };
    let launcher =
        "[...document.querySelectorAll('*')].find((one) => one.shadowRoot).shadowRoot.querySelector('output + button')";
    browser.script(&down(launcher), &[]);
    assert_eq!(host.launcher().attribute("aria-expanded").as_deref(), Some("false"));
    host.open_panel();
    host.write("change delivery");
    host.suggestion("Change your delivery address").wait();
    for selector in
        [".suggestions-option", ".desk-send", ".desk-person", ".home-browse", ".home-row", ".is-menu", ".is-close"]
    {
        browser.script(&down(&format!("document.querySelector('{selector}')")), &[]);
    }
    assert!(browser.css(".home-browse").is_there() && browser.css(".suggestions-option").is_there());
    assert!(!browser.css(".article").is_there() && !browser.css(".menu").is_there() && !browser.role("log").is_there());
}

/// 1.3.3: no words of ours lead by a side or a colour alone.
#[test]
fn words_lead_nobody_by_a_side_or_a_colour() {
    for file in ["panel", "inbox", "loader"] {
        let path = format!("{}/../languages/en/{file}.json", env!("CARGO_MANIFEST_DIR"));
        let words: std::collections::BTreeMap<String, String> =
            serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        for (key, text) in &words {
            let leads = |word: &str| {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
                ["left", "right", "above", "below", "green", "red", "blue", "round"].contains(&word.as_str())
            };
            // That is no side.
            let plain = text.replace("right now", "now").replace("Right at", "At");
            assert!(!plain.split_whitespace().any(leads), "{file} {key}: {text}");
        }
    }
}

/// 4.1.3: what is found is said, and the keyboard stays where it is.
#[test]
fn a_screen_reader_hears_how_much_is_found_while_the_keyboard_stays_in_the_text() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    host.write("change delivery");
    let said = "[...document.querySelectorAll('[role=status], [aria-live]')].map((one) => one.textContent).join(' ')";
    browser.until("it to be said", &format!("return {said}.includes('suggestions. Press the down arrow')"));
    host.composer().wait_focused();
}
