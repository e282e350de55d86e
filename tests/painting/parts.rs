//! What the panel's thread does for a key, by Chromium's trace.

use super::side::Side;
use serde_json::Value;
use std::collections::BTreeMap;

/// Dumps.
pub(crate) fn of(panel: &mut Side) -> BTreeMap<String, f64> {
    let mut inspector = panel.inspector();
    let events = inspector.traced(|| {
        for question in &super::QUESTIONS[..3] {
            panel.ask(question, 1);
        }
    });
    if let Some(path) = std::env::var_os("TRACE") {
        std::fs::write(path, serde_json::to_vec(&events).unwrap()).unwrap();
    }
    let _ = Value::Null;
    BTreeMap::new()
}

pub(crate) fn table(_: &BTreeMap<String, f64>) -> String {
    String::new()
}
