//! One build at work behind a slow line, and a host page that has its launcher.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tests::browser::Key;
use tests::site::{self, Page};
use tests::waiting::lasting;
use tests::{Browser, Edge, eventually, line};

/// How many times as slow the page and the frame are made.
pub(crate) const SLOWED: u32 = 4;

/// A page with some text, the same for every build. It comes at once: what is measured begins when it is there.
const PAGE: &str = "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'><title>A shop</title>
    <link rel=icon href=data:,><style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; }</style>
    <h1>Lamps</h1><p>They are bright in the morning and warm in the evening.</p><p>Order before noon, and yours leaves today.</p>";

/// Notes when the mouse came over the launcher, when that was clicked, when the frame is painted where it can be seen, and when the composer in it has the keyboard and is
/// painted. It says when by the clocks of the page and of the frame, as times of day: they go by the same clock of the machine, in steps of
/// a tenth of a millisecond, and a look from outside would wait for the slowed threads and keep them from their work.
const NOTE: &str = "(() => {
    const at = (name, moment) => tell(JSON.stringify([name, performance.timeOrigin + moment]));
    const painted = (name) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => at(name, performance.now());
        port2.postMessage(0);
    });
    const ofPage = (type, hear) => top === window && addEventListener(type, hear, { capture: true });
    ofPage('pointerover', (event) => event.target.shadowRoot && at('over', event.timeStamp));
    ofPage('click', (event) => {
        at('clicked', event.timeStamp);
        const widget = event.composedPath().find((node) => node instanceof ShadowRoot);
        const look = () => {
            const seen = widget.querySelector('iframe')?.checkVisibility({ visibilityProperty: true });
            seen ? painted('seen') : requestAnimationFrame(look);
        };
        look();
    });
    if (top !== window) addEventListener('focusin', ({ target }) => {
        if (target.matches('[role=combobox], textarea')) painted('focused');
    }, true);
})()";

/// Every build has this button in the shadow tree of the widget, and nothing else in a shadow tree is on the page.
const LAUNCHER: &str = "button[aria-expanded]";
const CLICK: &str = "const widget = [...document.querySelectorAll('*')].find((node) => node.shadowRoot).shadowRoot;
    widget.querySelector('button[aria-expanded]').click()";
/// The composer of every build.
const COMPOSER: &str = "[role=combobox], textarea";

pub(crate) struct Side {
    _edge: Edge,
    /// The far end of the line to the edge.
    line: u16,
    /// Where the host page is.
    site: u16,
}

impl Side {
    /// Serves a build.
    pub(crate) fn new(dist: PathBuf) -> Self {
        let edge = Edge::of_build(dist);
        let line = line::start(edge.port());
        let tag = format!("<script async src=http://127.0.0.1:{line}/beforehand.js data-workspace=demo></script>");
        let site = site::serve(BTreeMap::from([(String::from("/"), Page::html([PAGE, &tag].concat()))]));
        edge.publish_for(&format!("http://localhost:{site}"));
        Self { _edge: edge, line, site }
    }

    /// Opens the panel in a browser that has never been here, and gives the milliseconds until it can be typed into.
    pub(crate) fn open(&self, hovered: Option<Duration>) -> f64 {
        let browser = Browser::beside(self.line);
        let slowed = browser.slowed(SLOWED, NOTE);
        browser.go(&format!("http://localhost:{}/", self.site));
        let launcher = browser.css(LAUNCHER);
        launcher.wait();
        if let Some(hovered) = hovered {
            browser.hover(&launcher);
            // The slow page has answered some time after that.
            let over = Duration::from_secs_f64(slowed.told("over", "page") / 1_000.0);
            let since = SystemTime::now().duration_since(UNIX_EPOCH + over).unwrap_or_default();
            lasting(hovered.saturating_sub(since));
        }
        // A mouse that comes in order to click tells of it before, for as long as the slow page takes to answer. A finger does not.
        browser.script(CLICK, &[]);
        // Whichever comes last.
        let usable = slowed.told("focused", "iframe").max(slowed.told("seen", "page"));
        let clicked = slowed.told("clicked", "page");
        drop(slowed);
        // Otherwise it would only look so.
        browser.enter(&browser.css("iframe"));
        browser.press(&[Key::Char('a')]);
        let composer = browser.css(COMPOSER);
        let typed = || ["value", "textContent"].iter().any(|name| composer.property(name) == "a");
        eventually("the composer to hold what was typed", || typed().then_some(()));
        usable - clicked
    }
}
