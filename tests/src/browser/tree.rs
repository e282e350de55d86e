//! The accessibility tree as text, which can be compared and read.

use serde_json::Value;
use std::collections::BTreeMap;

/// The states that people are told of.
const STATES: [&str; 12] = [
    "level", "expanded", "selected", "checked", "pressed", "disabled", "invalid", "required", "readonly", "hasPopup",
    "live", "focused",
];
/// What a line is made of, and what is only a box.
const PLAIN: [&str; 4] = ["InlineTextBox", "generic", "none", "LineBreak"];

/// The nodes that are told, each under its parent.
pub(super) fn written(nodes: &[Value]) -> String {
    let by_id: BTreeMap<&str, &Value> =
        nodes.iter().filter_map(|node| Some((node["nodeId"].as_str()?, node))).collect();
    let mut out = String::new();
    if let Some(root) = nodes.first() {
        write(root, &by_id, 0, "", &mut out);
    }
    out
}

fn write(node: &Value, by_id: &BTreeMap<&str, &Value>, depth: usize, around: &str, out: &mut String) {
    let (role, name) = (text(&node["role"]["value"]), steady(&text(&node["name"]["value"])));
    let is_told =
        node["ignored"] != true && !PLAIN.contains(&role.as_str()) && !(role == "StaticText" && around.contains(&name));
    if is_told {
        out.push_str(&"  ".repeat(depth));
        out.push_str(&role);
        if !name.is_empty() {
            out.push_str(&format!(" {name:?}"));
        }
        for property in node["properties"].as_array().into_iter().flatten() {
            let (state, value) = (text(&property["name"]), text(&property["value"]["value"]));
            if STATES.contains(&state.as_str()) && !["false", "off"].contains(&value.as_str()) {
                out.push_str(&format!(" {state}={value}"));
            }
        }
        out.push('\n');
    }
    let (depth, around) = if is_told { (depth + 1, name.as_str()) } else { (depth, around) };
    for child in node["childIds"].as_array().into_iter().flatten() {
        if let Some(child) = child.as_str().and_then(|id| by_id.get(id)) {
            write(child, by_id, depth, around, out);
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| if value.is_null() { String::new() } else { value.to_string() }, String::from)
}

/// The same whenever it is looked at: a time of the day is another one each time.
fn steady(name: &str) -> String {
    let is_time = |word: &str| {
        word.split_once(':').is_some_and(|(hours, minutes)| {
            hours.ends_with(|c: char| c.is_ascii_digit()) && minutes.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let words = name.split_whitespace().map(|word| match word {
        "AM" | "PM" => "",
        word if is_time(word) => "12:00",
        word => word,
    });
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
