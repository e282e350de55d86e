//! A browser with a fresh profile, driven by WebDriver, and a witness of all that its pages say and ask for.

mod axe;
mod devtools;
mod driver;
mod inspector;
mod keys;
mod locator;
mod picture;
mod session;
mod slowed;
mod tree;
mod witness;

pub use inspector::Inspector;
pub use keys::Key;
pub use locator::Locator;
pub use slowed::Slowed;

use crate::folder::Folder;
use crate::waiting::eventually;
use crate::{Edge, tools};
use driver::Driver;
use serde_json::{Value, json};
use session::{Failure, Session};
use std::cell::RefCell;
use witness::Witness;

/// An open browser with one window. The order of the fields is the order in which they end.
pub struct Browser {
    witness: Witness,
    session: Session,
    _driver: Driver,
    _profile: Folder,
    port: u16,
    /// The address of the debugger.
    debugger: String,
    /// The frame that commands go to, for messages.
    place: RefCell<&'static str>,
}

impl Browser {
    /// Opens a browser whose pages may speak to this edge and to nobody else.
    pub fn open(edge: &Edge) -> Self {
        Self::with_options(edge.port(), &[], json!({}))
    }

    /// As `open`, for a server of the caller's own on this port of the machine.
    pub fn beside(port: u16) -> Self {
        Self::with_options(port, &[], json!({}))
    }

    /// As `open`, for somebody who reads these languages, such as "es-MX,es".
    pub fn speaking(edge: &Edge, languages: &str) -> Self {
        Self::with_options(edge.port(), &[], json!({ "prefs": { "intl.accept_languages": languages } }))
    }

    /// As `open`, as small as a phone and in dark colours.
    pub fn dark_phone(edge: &Edge) -> Self {
        Self::with_options(edge.port(), &["--force-dark-mode"], sized(390, 844))
    }

    /// As `beside`, as small as a phone and in dark colours.
    pub fn dark_phone_beside(port: u16) -> Self {
        Self::with_options(port, &["--force-dark-mode"], sized(390, 844))
    }

    /// As `open`, with a page of this size in CSS pixels: what a small window shows that is zoomed in.
    pub fn of_size(edge: &Edge, width: u32, height: u32) -> Self {
        Self::with_options(edge.port(), &[], sized(width, height))
    }

    /// As `open`, for somebody whose browser lets no page keep anything.
    pub fn forgetful(edge: &Edge) -> Self {
        let blocked = json!({ "profile.default_content_setting_values.cookies": 2 });
        Self::with_options(edge.port(), &[], json!({ "prefs": blocked }))
    }

    /// As `open`, in a browser whose WebAssembly is switched off, as on a locked-down machine.
    pub fn without_wasm(edge: &Edge) -> Self {
        Self::with_options(edge.port(), &["--js-flags=--jitless"], json!({}))
    }

    fn with_options(port: u16, more: &[&str], mut options: Value) -> Self {
        let profile = Folder::new("profile");
        let driver = Driver::start(profile.path());
        let mut arguments: Vec<String> = ARGUMENTS.iter().chain(more).map(|one| String::from(*one)).collect();
        arguments.push(format!("--user-data-dir={}", profile.path().join("chromium").display()));
        options["binary"] = json!(tools::chromium());
        options["args"] = json!(arguments);
        let (session, capabilities) = Session::new(driver.port(), &options);
        let debugger = capabilities["goog:chromeOptions"]["debuggerAddress"].as_str().unwrap();
        let witness = Witness::watch(debugger);
        let debugger = debugger.to_owned();
        Self { witness, session, _driver: driver, _profile: profile, port, debugger, place: RefCell::new("page") }
    }

    pub fn go(&self, url: &str) {
        self.session.post("url", &json!({ "url": url })).unwrap();
        self.place.replace("page");
    }

    pub fn reload(&self) {
        self.session.post("refresh", &json!({})).unwrap();
        self.place.replace("page");
    }

    pub fn url(&self) -> String {
        self.session.get("url").unwrap().as_str().unwrap().into()
    }

    /// Whatever matches a CSS selector in the current document.
    pub fn css(&self, selector: &str) -> Locator<'_> {
        Locator::new(self, selector)
    }

    /// The same, though nobody can see it, such as the frame of a closed panel.
    pub fn css_any(&self, selector: &str) -> Locator<'_> {
        Locator::new(self, selector).or_hidden()
    }

    /// What assistive technology knows by this role and name, such as the button "Send".
    pub fn named(&self, role: &'static str, name: &str) -> Locator<'_> {
        Locator::new(self, locator::selector_of(role)).with_role(role).with_name(name)
    }

    /// What assistive technology knows by this role.
    pub fn role(&self, role: &'static str) -> Locator<'_> {
        Locator::new(self, locator::selector_of(role)).with_role(role)
    }

    /// The element that has the focus, looking into open shadow roots.
    pub fn focused(&self) -> Locator<'_> {
        Locator::focused(self)
    }

    /// Presses and releases keys, wherever the focus is.
    pub fn press(&self, keys: &[Key]) {
        let actions: Vec<Value> = keys.iter().flat_map(|key| key.actions()).collect();
        let source = json!({ "type": "key", "id": "keyboard", "actions": actions });
        self.session.post("actions", &json!({ "actions": [source] })).unwrap();
    }

    /// Types a text wherever the focus is, one key after the other.
    pub fn type_text(&self, text: &str) {
        self.press(&text.chars().map(Key::Char).collect::<Vec<_>>());
    }

    /// The same, at a person's pace: after each key the browser is left alone for some milliseconds.
    pub fn type_paced(&self, text: &str, pause: impl Fn(usize) -> u64) {
        let keys = text.chars().enumerate().flat_map(|(place, key)| {
            let pause = json!({ "type": "pause", "duration": pause(place) });
            Key::Char(key).actions().into_iter().chain([pause])
        });
        let source = json!({ "type": "key", "id": "keyboard", "actions": keys.collect::<Vec<_>>() });
        self.session.post("actions", &json!({ "actions": [source] })).unwrap();
    }

    /// What can be done to all pages and frames that are open now.
    pub fn inspector(&self) -> Inspector {
        Inspector::of(&self.debugger)
    }

    /// Has the page that is open, and each frame to come, take this number of times as long, with a script at the start of each document.
    pub fn slowed(&self, times: u32, script: &str) -> Slowed {
        Slowed::of(&self.debugger, times, script)
    }

    /// Moves the mouse over an element, and leaves it there.
    pub fn hover(&self, element: &Locator<'_>) {
        let element = eventually(&element.to_string(), || element.find().ok());
        let actions = json!([{ "type": "pointerMove", "duration": 0, "origin": element, "x": 0, "y": 0 }]);
        let source = json!({ "type": "pointer", "id": "mouse", "actions": actions });
        self.session.post("actions", &json!({ "actions": [source] })).unwrap();
    }

    /// Puts a text where the focus is, all at once, as an input method does.
    pub fn insert(&self, text: &str) {
        let command = json!({ "cmd": "Input.insertText", "params": { "text": text } });
        self.session.post("goog/cdp/execute", &command).unwrap();
    }

    /// Directs what follows to the document in a frame.
    pub fn enter(&self, frame: &Locator<'_>) {
        eventually(&format!("the frame {frame}"), || {
            let element = frame.find().ok()?;
            self.session.post("frame", &json!({ "id": element })).ok()
        });
        self.place.replace("frame");
    }

    /// Directs what follows to the page again.
    pub fn leave(&self) {
        self.session.post("frame", &json!({ "id": null })).unwrap();
        self.place.replace("page");
    }

    /// Runs a function's body in the current document.
    pub fn script(&self, body: &str, arguments: &[Value]) -> Value {
        self.try_script(body, arguments).unwrap_or_else(|error| panic!("{error}\nin {body}"))
    }

    fn try_script(&self, body: &str, arguments: &[Value]) -> Result<Value, Failure> {
        self.session.post("execute/sync", &json!({ "script": body, "args": arguments }))
    }

    /// Waits until a script's value is true.
    pub fn until(&self, what: &str, body: &str) {
        eventually(what, || (self.try_script(body, &[]).ok()? == json!(true)).then_some(()));
    }

    /// The page in the current document has no accessibility violation, and nothing in it is wider than its window
    /// (WCAG 2.2, 1.4.10).
    pub fn expect_accessible(&self, what: &str) {
        self.expect_accessible_but(what, &[]);
    }

    /// The same where the visitor's own colours are drawn: those have the contrast that the visitor has chosen, and the checker does not see
    /// them. No text keeps colours of ours.
    pub fn expect_accessible_in_own_colours(&self, what: &str) {
        let ours = "return [...document.querySelectorAll('body *')].filter((one) => one.textContent.trim()
            && getComputedStyle(one).forcedColorAdjust === 'none').map((one) => one.className)";
        assert_eq!(self.script(ours, &[]), json!([]), "{what}");
        self.expect_accessible_but(what, &["color-contrast"]);
    }

    fn expect_accessible_but(&self, what: &str, without: &[&str]) {
        let fits = "return document.documentElement.scrollWidth <= document.documentElement.clientWidth";
        assert_eq!(self.script(fits, &[]), true, "{what} ({}) scrolls sideways", self.place.borrow());
        let violations = axe::violations(&self.session, without);
        assert!(violations.is_empty(), "{what} ({}):\n{}", self.place.borrow(), violations.join("\n"));
    }

    /// Everything so far was quiet: nothing on any console, and no request to anybody but the edge.
    pub fn expect_quiet(&self, what: &str) {
        self.witness.expect_quiet(what, self.port);
    }

    /// The lines of all consoles since the browser was opened.
    pub fn console(&self) -> Vec<String> {
        self.witness.heard()
    }

    /// The addresses that were asked for since the browser was opened.
    pub fn requests(&self) -> Vec<String> {
        self.witness.requests()
    }

    /// All addresses, headers, bodies and frames that have left the browser.
    pub fn sent(&self) -> Vec<String> {
        self.witness.sent()
    }

    /// No address, header, body or frame that left the browser has this text in it.
    pub fn expect_never_sent(&self, text: &str) {
        let sent = self.witness.sent();
        assert!(!sent.is_empty(), "nothing was seen to be sent at all");
        let told: Vec<&String> = sent.iter().filter(|one| one.contains(text)).collect();
        assert!(told.is_empty(), "{text:?} left the browser: {told:#?}");
    }

    /// Takes note that the edge is down or refuses: what browsers themselves write about connections that break, and about requests that
    /// are refused for now, is no fault of ours.
    pub fn edge_goes_down(&self) {
        self.witness.edge_goes_down();
    }

    /// From here on every connection must work again.
    pub fn edge_is_back(&self) {
        self.witness.edge_is_back();
    }

    /// Has the browser draw all pages in the visitor's own colours, as high contrast does.
    pub fn forced_colours(&self) {
        let features = json!([{ "name": "forced-colors", "value": "active" }]);
        let command = json!({ "cmd": "Emulation.setEmulatedMedia", "params": { "features": features } });
        self.session.post("goog/cdp/execute", &command).unwrap();
    }

    /// Takes the network from this browser, or gives it back. Connections stay until the other end ends them.
    pub fn offline(&self, is_offline: bool) {
        let conditions = json!({ "offline": is_offline, "latency": 0, "throughput": -1 });
        self.session.post("chromium/network_conditions", &json!({ "network_conditions": conditions })).unwrap();
    }

    /// Saves a picture of the page, for a person who looks into a failure.
    pub fn screenshot(&self, name: &str) {
        if let Some(folder) = std::env::var_os("BEFOREHAND_SCREENSHOTS") {
            let picture = self.session.get("screenshot").unwrap();
            let bytes = picture::from_base64(picture.as_str().unwrap());
            std::fs::write(std::path::Path::new(&folder).join(format!("{name}.png")), bytes).unwrap();
        }
    }
}

fn sized(width: u32, height: u32) -> Value {
    let metrics = json!({ "width": width, "height": height, "pixelRatio": 1 });
    json!({ "mobileEmulation": { "deviceMetrics": metrics } })
}

impl Drop for Browser {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let test = std::thread::current().name().unwrap_or("a-test").replace("::", "-");
            self.screenshot(&format!("failed-{test}-{}", self.session.id()));
            eprintln!("the console said:\n{}", self.witness.console().join("\n"));
        }
    }
}

/// Tried with Debian's Chromium: no window, no sandbox (which root cannot have), and nothing of its own on the network.
/// Motion is reduced, so that what is looked at is not on its way. Elements know their computed role and name:
/// chromedriver's own commands for them fail in frames of another origin. The machine may have no mouse; the visitor has.
const ARGUMENTS: [&str; 14] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",
    "--enable-blink-features=ComputedAccessibilityInfo",
    "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
    "--window-size=1280,900",
];
