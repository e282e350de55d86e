//! The two fields that are typed into: the panel's, and a plain one in the same frame.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use tests::browser::{Inspector, Key};
use tests::site::{self, Page};
use tests::{Browser, Edge, Host, eventually};

/// Nothing but a field, in the place and of the size of the composer.
const PLAIN: &str = "<!doctype html><meta charset=utf-8><title>A field</title><style>
    body { margin: 0; font: 16px/24px system-ui, sans-serif; }
    textarea { position: fixed; inset: auto 12px 60px; height: 44px; padding: 9px 12px; font: inherit; }
    </style><textarea aria-label=Text></textarea>";

/// Notes for each letter the milliseconds from the key to the end of the frame that shows it: the message comes when that is painted and
/// handed on.
const NOTE: &str = "
    window.painted = [];
    window.listed = 0;
    let begun = 0;
    addEventListener('keydown', (event) => { begun = event.timeStamp; }, true);
    addEventListener('input', () => {
        const key = begun;
        requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => {
                painted.push(performance.now() - key);
                listed += Boolean(document.querySelector('[role=option]'));
            };
            port2.postMessage(0);
        });
    }, true);";

/// Adds up the milliseconds that the browser's storage takes.
const TIME_DRAFTS: &str = "
    window.stored = 0;
    for (const name of ['setItem', 'getItem', 'removeItem']) {
        const plain = Storage.prototype[name];
        Storage.prototype[name] = function (...given) {
            const begun = performance.now();
            try { return plain.apply(this, given); } finally { stored += performance.now() - begun; }
        };
    }";

/// The key as WebDriver names it.
const DELETE: &str = "\u{E017}";

/// People take so long from key to key, and longer by one of these: a key meets every moment of a frame.
const PAUSE_MS: u64 = 90;
const MORE_MS: u64 = 17;

/// A browser with one of the fields.
pub(crate) struct Side {
    browser: Browser,
    pub(crate) painted: Vec<f64>,
}

impl Side {
    /// The panel on a page of the demo.
    pub(crate) fn panel(edge: &Edge) -> Self {
        let browser = Browser::open(edge);
        let host = Host::visit(&browser, edge, "/plain/");
        host.open_panel();
        host.composer().click();
        browser.type_text("set up your thermostat");
        browser.role("option").wait();
        browser.script(NOTE, &[]);
        Self { browser, painted: Vec::new() }
    }

    /// The same page and the same frame, in which there is a field and nothing else.
    pub(crate) fn plain(edge: &Edge) -> Self {
        let port = site::serve(BTreeMap::from([(String::from("/"), Page::html(PLAIN))]));
        let browser = Browser::open(edge);
        Host::visit(&browser, edge, "/plain/").open_panel();
        browser.leave();
        let frame = "const all = [...document.querySelectorAll('*')].find((one) => one.shadowRoot).shadowRoot;
            all.querySelector('iframe').src = arguments[0]";
        browser.script(frame, &[json!(format!("http://127.0.0.1:{port}/"))]);
        browser.enter(&browser.css("iframe"));
        browser.css("textarea").click();
        browser.script(NOTE, &[]);
        Self { browser, painted: Vec::new() }
    }

    /// Types a question at a person's pace into a frame that is slowed down, and keeps how long each key took.
    pub(crate) fn ask(&mut self, question: &str, slowed: u32) {
        self.clear();
        let mut inspector = self.inspector();
        inspector.slow(slowed);
        self.browser.type_paced(question, |place| PAUSE_MS + (place as u64 * 7) % MORE_MS);
        let painted = eventually("all keys to be painted", || {
            let painted = self.browser.script("return painted", &[]);
            let painted: Vec<f64> = painted.as_array()?.iter().filter_map(Value::as_f64).collect();
            (painted.len() == question.chars().count()).then_some(painted)
        });
        self.painted.extend(painted);
    }

    /// Takes away what was typed, and begins to note anew.
    fn clear(&self) {
        self.browser.press(&[Key::Control('a')]);
        self.browser.type_text(DELETE);
        self.browser.until(
            "the field to be empty",
            "const field = document.querySelector('textarea, [role=combobox]');
             return new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
                painted.length = 0; done((field.value ?? field.textContent).trim() === '');
             })))",
        );
    }

    /// Under how many keys something was suggested so far.
    pub(crate) fn listed(&self) -> u64 {
        self.browser.script("return listed", &[]).as_u64().unwrap()
    }

    /// Times what is kept of what is typed from now on.
    pub(crate) fn time_drafts(&self) {
        self.browser.script(TIME_DRAFTS, &[]);
    }

    /// The milliseconds that this has taken.
    pub(crate) fn taken_by_drafts(&self) -> f64 {
        self.browser.script("return stored", &[]).as_f64().unwrap()
    }

    pub(crate) fn inspector(&self) -> Inspector {
        self.browser.inspector()
    }
}
