//! Slows a browser's pages and frames down from their first moment, and hears what a script in each of them tells.

use super::devtools::DevTools;
use crate::waiting::eventually;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// The function by which scripts tell a name and a number.
const TELL: &str = "tell";

/// A listener on a thread of its own, since new frames wait until it has taken them on. All is as fast as before once this is dropped.
///
/// `localhost` and `127.0.0.1` are two sites, so a panel's frame has a process of its own, which the page's rate does not reach: each is slowed
/// by itself. Of one site, such as two ports of one name, both would be in one process, and the frame would be no target.
pub struct Slowed {
    told: Arc<Mutex<Told>>,
    end: Arc<AtomicBool>,
    listener: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Told {
    /// The kinds of what has been slowed, such as a page, by the session.
    slowed: BTreeMap<String, String>,
    /// What scripts have told, with the session of each.
    values: BTreeMap<String, (f64, String)>,
}

impl Slowed {
    /// Has everything in the page that is open, and in each frame to come, take this number of times as long, and runs a script at the start
    /// of each of their documents.
    pub(super) fn of(debugger: &str, times: u32, script: &str) -> Self {
        let told = Arc::new(Mutex::new(Told::default()));
        let end = Arc::new(AtomicBool::new(false));
        let devtools = DevTools::connect(debugger);
        let listener = std::thread::spawn({
            let (told, end, script) = (told.clone(), end.clone(), String::from(script));
            move || listen(devtools, times, &script, &told, &end)
        });
        let slowed = Self { told, end, listener: Some(listener) };
        eventually("the page to be slowed", || slowed.has_slowed("page").then_some(()));
        slowed
    }

    fn has_slowed(&self, kind: &str) -> bool {
        self.told.lock().unwrap().slowed.values().any(|slowed| slowed == kind)
    }

    /// Waits until a script in a document of this kind (`page` or `iframe`) has told a value by this name. Nothing is asked in the browser
    /// meanwhile.
    pub fn told(&self, name: &str, kind: &str) -> f64 {
        eventually(name, || {
            let told = self.told.lock().unwrap();
            let (value, session) = told.values.get(name)?;
            assert_eq!(told.slowed.get(session).map(String::as_str), Some(kind), "what has told {name} was not slowed");
            Some(*value)
        })
    }
}

impl Drop for Slowed {
    fn drop(&mut self) {
        self.end.store(true, Ordering::Relaxed);
        if let Some(listener) = self.listener.take() {
            let _ = listener.join();
        }
    }
}

fn listen(mut devtools: DevTools, times: u32, script: &str, told: &Mutex<Told>, end: &AtomicBool) {
    // The last commands for those that are being slowed.
    let mut awaited = BTreeMap::new();
    while !end.load(Ordering::Relaxed) {
        let Ok(message) = devtools.next() else { return };
        let Some(message) = message else { continue };
        let params = &message["params"];
        let text = |value: &Value| value.as_str().map(String::from);
        if let Some(slowed) = message["id"].as_u64().and_then(|id| awaited.remove(&id)) {
            let (session, kind) = slowed;
            told.lock().unwrap().slowed.insert(session, kind);
        } else if message["method"] == "Target.attachedToTarget" {
            let (Some(session), Some(kind)) = (text(&params["sessionId"]), text(&params["targetInfo"]["type"])) else {
                continue;
            };
            let last = devtools.slow(&session, times, script);
            awaited.insert(last, (session, kind));
        } else if message["method"] == "Runtime.bindingCalled" {
            let value = params["payload"].as_str().and_then(|value| serde_json::from_str(value).ok());
            if let (Some((name, value)), Some(session)) = (value, text(&message["sessionId"])) {
                told.lock().unwrap().values.insert(name, (value, session));
            }
        }
    }
}

impl DevTools {
    /// Slows what has come, and lets it begin; gives the number of the last reply.
    fn slow(&mut self, session: &str, times: u32, script: &str) -> u64 {
        self.send(Some(session), "Emulation.setCPUThrottlingRate", json!({ "rate": times }));
        self.send(Some(session), "Runtime.enable", json!({}));
        self.send(Some(session), "Runtime.addBinding", json!({ "name": TELL }));
        self.send(Some(session), "Page.enable", json!({}));
        self.send(Some(session), "Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }));
        self.attach_to_new(Some(session));
        self.send(Some(session), "Runtime.runIfWaitingForDebugger", json!({}))
    }
}
