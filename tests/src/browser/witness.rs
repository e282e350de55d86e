//! Sees and hears all that the browser's pages do, in every frame and process, through the DevTools protocol
//! (<https://chromedevtools.github.io/devtools-protocol/>). WebDriver's own logs leave out frames of another origin, and
//! the panel is one.

use super::devtools::DevTools;
use crate::waiting::eventually;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// A listener on a thread of its own, since new frames wait until it has taken them on.
pub(super) struct Witness {
    notes: Arc<Mutex<Notes>>,
    end: Arc<AtomicBool>,
    listener: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Notes {
    /// What was written to a console, or thrown, or refused.
    console: Vec<String>,
    /// The addresses that were asked for.
    requests: Vec<String>,
    /// All that left the browser: addresses, headers, bodies and frames.
    sent: Vec<String>,
    edge_is_down: bool,
    /// A test raises this number to have everything noted that has happened so far.
    sync_wanted: u64,
    sync_done: u64,
}

impl Witness {
    /// Begins to listen to the browser whose debugger has this address, such as `localhost:9222`.
    pub(super) fn watch(debugger: &str) -> Self {
        let notes = Arc::new(Mutex::new(Notes::default()));
        let end = Arc::new(AtomicBool::new(false));
        let devtools = DevTools::connect(debugger);
        let listener = std::thread::spawn({
            let (notes, end) = (notes.clone(), end.clone());
            move || listen(devtools, &notes, &end)
        });
        let witness = Self { notes, end, listener: Some(listener) };
        witness.sync();
        witness
    }

    pub(super) fn expect_quiet(&self, what: &str, port: u16) {
        self.sync();
        let notes = self.notes.lock().unwrap();
        assert!(notes.console.is_empty(), "{what}: the console is not empty:\n{}", notes.console.join("\n"));
        let foreign: Vec<&String> = notes.requests.iter().filter(|url| !is_ours(url, port)).collect();
        assert!(foreign.is_empty(), "{what}: foreign requests:\n{foreign:#?}");
    }

    /// What was on a console so far.
    pub(super) fn heard(&self) -> Vec<String> {
        self.sync();
        self.console()
    }

    /// What is known to have been on a console, as it is: for a test that has failed already.
    pub(super) fn console(&self) -> Vec<String> {
        self.notes.lock().map(|notes| notes.console.clone()).unwrap_or_default()
    }

    /// The addresses that were asked for so far.
    pub(super) fn requests(&self) -> Vec<String> {
        self.sync();
        self.notes.lock().unwrap().requests.clone()
    }

    /// All addresses, headers, bodies and frames that have left the browser so far.
    pub(super) fn sent(&self) -> Vec<String> {
        self.sync();
        self.notes.lock().unwrap().sent.clone()
    }

    pub(super) fn edge_goes_down(&self) {
        self.notes.lock().unwrap().edge_is_down = true;
    }

    pub(super) fn edge_is_back(&self) {
        self.sync();
        self.notes.lock().unwrap().edge_is_down = false;
    }

    /// Waits until all that has happened so far is noted.
    fn sync(&self) {
        let wanted = {
            let mut notes = self.notes.lock().unwrap();
            notes.sync_wanted += 1;
            notes.sync_wanted
        };
        eventually("the browser's reports", || {
            let ended = self.listener.as_ref().is_none_or(JoinHandle::is_finished);
            assert!(!ended, "the witness has lost the browser");
            (self.notes.lock().unwrap().sync_done >= wanted).then_some(())
        });
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        self.end.store(true, Ordering::Relaxed);
        if let Some(listener) = self.listener.take() {
            let _ = listener.join();
        }
    }
}

/// Only the edge by its own name, the demo's pages by theirs, and what never leaves the browser.
fn is_ours(url: &str, port: u16) -> bool {
    let within = ["data:", "blob:", "about:", "chrome:"];
    let names = ["http://127.0.0.1", "http://localhost", "ws://127.0.0.1"];
    within.iter().any(|scheme| url.starts_with(scheme))
        || names.iter().any(|name| url.starts_with(&format!("{name}:{port}/")))
}

fn listen(mut devtools: DevTools, notes: &Mutex<Notes>, end: &AtomicBool) {
    let mut sessions = BTreeSet::new();
    // Replies that the running sync still waits for, and the number that it will have done.
    let mut awaited: BTreeSet<u64> = BTreeSet::new();
    let mut syncing = 0;
    while !end.load(Ordering::Relaxed) {
        let Ok(message) = devtools.next() else { return };
        if let Some(message) = message {
            if let Some(reply) = message["id"].as_u64() {
                awaited.remove(&reply);
            } else if let Some(session) = attached(&message) {
                devtools.take_on(&session);
                sessions.insert(session);
            } else if message["method"] == "Target.detachedFromTarget" {
                sessions.remove(message["params"]["sessionId"].as_str().unwrap_or_default());
            } else {
                notes.lock().unwrap().take(&message);
            }
        }
        // A session that ends never replies; those that live do so in order, after their events.
        awaited.retain(|reply| devtools.session_of(*reply).is_none_or(|session| sessions.contains(session)));
        let mut notes = notes.lock().unwrap();
        if awaited.is_empty() && syncing > notes.sync_done {
            notes.sync_done = syncing;
        }
        if awaited.is_empty() && notes.sync_wanted > notes.sync_done {
            syncing = notes.sync_wanted;
            awaited = devtools.ask_all(&sessions);
        }
    }
}

fn attached(message: &Value) -> Option<String> {
    let new = message["method"] == "Target.attachedToTarget";
    new.then(|| message["params"]["sessionId"].as_str().map(String::from))?
}

impl Notes {
    fn take(&mut self, message: &Value) {
        let params = &message["params"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
        match message["method"].as_str().unwrap_or_default() {
            "Runtime.consoleAPICalled" => self.heard(format!("console.{}: {}", text(&params["type"]), params["args"])),
            "Runtime.exceptionThrown" => {
                let details = &params["exceptionDetails"];
                self.heard(format!("thrown: {} {}", text(&details["text"]), details["exception"]["description"]));
            }
            // What developers see only when they ask for it is not on the console.
            "Log.entryAdded" if params["entry"]["level"] != "verbose" => {
                let entry = &params["entry"];
                self.heard(format!("{}: {} ({})", text(&entry["level"]), text(&entry["text"]), text(&entry["url"])));
            }
            "Network.requestWillBeSent" => {
                let request = &params["request"];
                self.requests.push(text(&request["url"]));
                self.sent.push(format!(
                    "{} {} {}",
                    text(&request["url"]),
                    request["headers"],
                    text(&request["postData"])
                ));
            }
            "Network.webSocketCreated" => self.requests.push(text(&params["url"])),
            "Network.webSocketFrameSent" => self.sent.push(text(&params["response"]["payloadData"])),
            _ => {}
        }
    }

    fn heard(&mut self, line: String) {
        // An edge that has no time, or is behind, refuses; browsers write that down as well.
        let refused = ["status of 409", "status of 429", "status of 503"];
        let about_the_outage = line.contains("net::ERR_")
            || line.contains("WebSocket connection to")
            || refused.iter().any(|status| line.contains(status));
        if !(self.edge_is_down && about_the_outage) {
            self.console.push(line);
        }
    }
}
