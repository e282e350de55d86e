//! Slows the browser down and traces what it does, through a connection of its own.

use super::devtools::DevTools;
use crate::waiting::eventually;
use serde_json::{Value, json};

/// What a trace tells of: the work of each thread, as DevTools shows it, and the drawing of the browser's other process.
const CATEGORIES: [&str; 3] = ["devtools.timeline", "cc", "viz"];

/// A connection to the frames of another origin that were open when it was made. A frame that was slowed is as fast as before once this is
/// dropped.
///
/// A process that is slowed is kept busy for the time that it is to lose, even if it has nothing to do: so only the frames are, and not the
/// pages around them, or there would be nothing left of a small machine.
pub struct Inspector {
    devtools: DevTools,
    sessions: Vec<String>,
}

impl Inspector {
    pub(super) fn of(debugger: &str) -> Self {
        let mut inspector = Self { devtools: DevTools::open(debugger), sessions: Vec::new() };
        let all = inspector.call(None, "Target.getTargets", json!({}));
        for target in all["targetInfos"].as_array().unwrap() {
            if target["type"] == "iframe" {
                let wanted = json!({ "targetId": target["targetId"], "flatten": true });
                let attached = inspector.call(None, "Target.attachToTarget", wanted);
                inspector.sessions.push(attached["sessionId"].as_str().unwrap().into());
            }
        }
        inspector
    }

    /// Makes everything in them take this number of times as long.
    pub fn slow(&mut self, times: u32) {
        for session in self.sessions.clone() {
            self.call(Some(&session), "Emulation.setCPUThrottlingRate", json!({ "rate": times }));
        }
    }

    /// Lets no request through whose address is like one of these, with `*` for anything; none lets all through again.
    pub fn block(&mut self, addresses: &[&str]) {
        for session in self.sessions.clone() {
            self.call(Some(&session), "Network.enable", json!({}));
            self.call(Some(&session), "Network.setCacheDisabled", json!({ "cacheDisabled": true }));
            self.call(Some(&session), "Network.setBlockedURLs", json!({ "urls": addresses }));
        }
    }

    /// Has them drawn in the visitor's own colours, as high contrast does, until this is dropped.
    pub fn forced_colours(&mut self) {
        let features = json!([{ "name": "forced-colors", "value": "active" }]);
        for session in self.sessions.clone() {
            self.call(Some(&session), "Emulation.setEmulatedMedia", json!({ "features": features }));
        }
    }

    /// The accessibility tree of the panel, a line for each node that assistive technology is told of: its role, its name and its states.
    pub fn tree(&mut self) -> String {
        let session = self.sessions.first().expect("a frame of another origin").clone();
        self.call(Some(&session), "Accessibility.enable", json!({}));
        let tree = self.call(Some(&session), "Accessibility.getFullAXTree", json!({}));
        super::tree::written(tree["nodes"].as_array().unwrap())
    }

    /// What all threads have done meanwhile, as Chromium's trace events.
    pub fn traced(&mut self, work: impl FnOnce()) -> Vec<Value> {
        let wanted = json!({ "traceConfig": { "includedCategories": CATEGORIES } });
        self.call(None, "Tracing.start", wanted);
        work();
        self.devtools.send(None, "Tracing.end", json!({}));
        let mut events = Vec::new();
        eventually("the trace", || {
            while let Some(mut message) = self.devtools.next().unwrap() {
                if message["method"] == "Tracing.dataCollected" {
                    let Value::Array(more) = message["params"]["value"].take() else { continue };
                    events.extend(more);
                } else if message["method"] == "Tracing.tracingComplete" {
                    return Some(());
                }
            }
            None
        });
        events
    }

    /// Sends a command and gives its result.
    fn call(&mut self, session: Option<&str>, method: &str, params: Value) -> Value {
        let id = self.devtools.send(session, method, params);
        eventually(method, || {
            let mut message = self.devtools.next().unwrap()?;
            (message["id"] == id).then(|| {
                assert!(message["error"].is_null(), "{method}: {message}");
                message["result"].take()
            })
        })
    }
}
