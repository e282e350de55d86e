//! What is measured on the page, by the page's own clock.

use serde_json::Value;
use std::collections::BTreeMap;
use tests::browser::Key;
use tests::people::conversation;
use tests::{Browser, Edge, InboxPage, eventually};

/// As many letters as a short sentence has.
const LETTERS: &str = "It is on its way to you, and we are sorry";

/// Clicks a row or goes to a place, and leaves the milliseconds behind until something is drawn.
const UNTIL_DRAWN: &str = "
    const [row, hash, drawn] = arguments;
    window.benchResult = null;
    const begun = performance.now();
    const look = () => {
        if (!document.querySelector(drawn)) return requestAnimationFrame(look);
        requestAnimationFrame(() => { window.benchResult = performance.now() - begun; });
    };
    if (row) document.querySelector(row).click(); else location.hash = hash;
    requestAnimationFrame(look);";

/// From each key to the frame after it was drawn.
const KEYS: &str = "
    window.benchKeys = [];
    const field = document.querySelector('textarea');
    field.focus();
    field.addEventListener('keydown', (event) => {
        const begun = event.timeStamp;
        requestAnimationFrame(() => setTimeout(() => window.benchKeys.push(performance.now() - begun)));
    });";

/// Scrolls on in every frame; the work between two frames is what it costs.
const SCROLL: &str = "
    const [place, step] = arguments;
    const scrolled = document.querySelector(place);
    window.benchResult = null;
    const spans = [];
    let left = 60, last = null;
    const next = (now) => {
        if (last !== null) spans.push(now - last);
        last = now;
        if (left-- === 0) { spans.sort((a, b) => a - b); window.benchResult = spans[Math.floor(spans.length * 0.9)]; return; }
        scrolled.scrollTop += step;
        requestAnimationFrame(next);
    };
    requestAnimationFrame(next);";

/// Everything that was measured, by name.
#[derive(Default)]
pub(crate) struct Figures(BTreeMap<&'static str, Vec<f64>>);

impl Figures {
    pub(crate) fn add(&mut self, name: &'static str, figure: f64) {
        self.0.entry(name).or_default().push(figure);
    }

    pub(crate) fn median(&self, name: &str) -> f64 {
        let mut figures = self.0[name].clone();
        figures.sort_by(f64::total_cmp);
        figures[figures.len() / 2]
    }

    pub(crate) fn medians(&self) -> impl Iterator<Item = (&'static str, f64)> {
        self.0.keys().map(|name| (*name, self.median(name)))
    }
}

/// The agents' page in a browser in which somebody has signed in.
pub(crate) struct Page<'a> {
    browser: &'a Browser,
    address: String,
}

impl<'a> Page<'a> {
    pub(crate) fn sign_in(browser: &Browser, edge: &Edge, name: &str) {
        InboxPage::sign_in(browser, edge, name);
    }

    pub(crate) fn new(browser: &'a Browser, edge: &Edge) -> Self {
        Self { browser, address: format!("{}/inbox?workspace=demo", edge.origin()) }
    }

    /// Loads the page anew and works in it.
    pub(crate) fn measure(&self, figures: &mut Figures) {
        self.browser.go("about:blank");
        self.browser.go(&format!("{}#/waiting", self.address));
        let first = eventually("the first row", || {
            let ask = "return document.querySelector('a.list-row .list-title') ? performance.now() : null";
            self.browser.script(ask, &[]).as_f64()
        });
        figures.add("page: ms until the first row", first);
        figures.add("list: elements", self.elements());

        let row = format!("[data-row=\"{}\"]", conversation(1));
        let thread = self.until_drawn(&row, "", ".conversation-log li .entry-bubble");
        figures.add("open: ms until the thread is drawn", thread);
        figures.add("thread: elements", self.elements());

        self.browser.script(KEYS, &[]);
        self.browser.type_text(LETTERS);
        let all = eventually("all keys to be drawn", || {
            let drawn = self.browser.script("return window.benchKeys", &[]);
            let drawn: Vec<f64> = drawn.as_array()?.iter().filter_map(Value::as_f64).collect();
            (drawn.len() == LETTERS.len()).then_some(drawn)
        });
        let mut keys = all;
        keys.sort_by(f64::total_cmp);
        figures.add("type: ms from a key to its paint", keys[keys.len() / 2]);
        figures.add("type: the same, nine of ten", keys[keys.len() * 9 / 10]);
        self.browser.script("const field = document.querySelector('textarea'); field.value = ''; field.dispatchEvent(new Event('input', { bubbles: true }))", &[]);

        figures.add("scroll: ms a frame, nine of ten, list", self.scrolled(".list-rows", 90));
        figures.add("scroll: ms a frame, nine of ten, thread", self.scrolled(".conversation-log", -90));
        figures.add("scrolled: elements", self.elements());

        self.browser.press(&[Key::Escape]);
        let other = self.until_drawn("", "#/solved", "nav a[href='#/solved'][aria-current]");
        figures.add("list: ms until another one is drawn", other);
    }

    fn elements(&self) -> f64 {
        self.browser.script("return document.querySelectorAll('*').length", &[]).as_f64().unwrap()
    }

    fn until_drawn(&self, row: &str, hash: &str, drawn: &str) -> f64 {
        self.browser.script(UNTIL_DRAWN, &[row.into(), hash.into(), drawn.into()]);
        self.result(drawn)
    }

    fn scrolled(&self, place: &str, step: i32) -> f64 {
        self.browser.script(SCROLL, &[place.into(), step.into()]);
        self.result(place)
    }

    fn result(&self, what: &str) -> f64 {
        eventually(what, || self.browser.script("return window.benchResult", &[]).as_f64())
    }
}
