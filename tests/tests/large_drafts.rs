//! Texts that are far too long to be sent, as a log is that was pasted: typing goes on, and what cannot be kept is said.

use serde_json::json;
use tests::browser::{Browser, Key};
use tests::{Edge, Host};

/// More characters than Chromium keeps for a site, which is ten megabytes at two bytes each.
const SIZE: u32 = 5 * 1024 * 1024;

/// Puts a text of a number of characters into the composer as a paste does.
const PASTE: &str = "
    const line = 'at line 7: the reference is null, see the log of 12 May\\n';
    const field = document.querySelector('[role=combobox]');
    field.focus();
    field.textContent = line.repeat(Math.ceil(arguments[0] / line.length)).slice(0, arguments[0]);
    const selection = getSelection();
    selection.selectAllChildren(field);
    selection.collapseToEnd();
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    return field.textContent.length";

/// Notes how long the panel takes for each event of a key.
const MEASURE: &str = "
    window.taken = {};
    for (const kind of ['keydown', 'input']) {
        let begun = 0;
        window.addEventListener(kind, () => { begun = performance.now(); }, true);
        window.addEventListener(kind, () => { (taken[kind] ??= []).push(performance.now() - begun); });
    }";

#[test]
fn a_key_in_a_text_of_a_million_characters_is_answered_within_a_frame() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    host.composer().click();
    assert_eq!(browser.script(PASTE, &[json!(1_000_000)]), json!(1_000_000));
    browser.css(".desk-warning").wait_for_text("characters too many");
    browser.script(MEASURE, &[]);
    browser.type_text("where is my parcel");
    browser.press(&[Key::Down, Key::Up]);
    let taken = browser.script("return taken", &[]);
    let median = |kind: &str| {
        let mut taken: Vec<f64> = taken[kind].as_array().unwrap().iter().map(|one| one.as_f64().unwrap()).collect();
        assert!(taken.len() >= "where is my parcel".len(), "{kind}: {taken:?}");
        taken.sort_by(f64::total_cmp);
        taken[taken.len() / 2]
    };
    let (down, input) = (median("keydown"), median("input"));
    eprintln!("a key in a million characters: {down:.1} ms for keydown, {input:.1} ms for input");
    assert!(down + input < 16.0, "keydown {down} ms, input {input} ms");
}

#[test]
fn a_text_for_which_there_is_no_room_stays_and_says_so() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    host.composer().click();
    assert_eq!(browser.script(PASTE, &[json!(SIZE)]), json!(SIZE));
    browser.css(".desk-hint").wait_for_text("too large to be kept");
    let said = "return document.querySelector('.desk-hint').closest('[role=status]') !== null";
    assert_eq!(browser.script(said, &[]), json!(true), "screen readers hear it when they have finished");
    browser.screenshot("draft-too-large");
    browser.expect_accessible("a text that is too large");
    let length = "return document.querySelector('[role=combobox]').textContent.length";
    assert_eq!(browser.script(length, &[]), json!(SIZE));
    assert_eq!(browser.script(PASTE, &[json!(5_000)]), json!(5_000));
    browser.css(".desk-hint").wait_gone();
    let kept =
        "return Object.entries(localStorage).some(([name, text]) => name.includes('draft') && text.length === 5000)";
    browser.until("the shorter text to be kept", kept);
    browser.expect_quiet("a text that is too large");
}
