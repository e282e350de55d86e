//! What a value of an earlier build has, and the same value of this build lacks.

use serde_json::Value;

/// Fields that have another name or place today, which is a JSON pointer from the object that had them. Their types read both.
const MOVED: [(&str, &str); 8] = [
    ("name", "/settings/panel/name"),
    ("origins", "/settings/origins"),
    ("default_locale", "/settings/default_locale"),
    ("assistant", "/settings/assistant"),
    ("retention_days", "/settings/retention_days"),
    ("offer_at", "/suggest_at"),
    ("heading", "/heading/text"),
    ("code", "/code/text"),
];

/// The first thing of `old` that `new` lacks or has otherwise, as a path and both values. New fields beside it are no loss.
pub fn lost(old: &Value, new: &Value) -> Option<String> {
    match (old, new) {
        (Value::Object(old), Value::Object(fields)) => old.iter().find_map(|(name, value)| {
            let moved = MOVED.iter().filter(|(before, _)| before == name).filter_map(|(_, today)| new.pointer(today));
            let there = fields.get(name).into_iter().chain(moved);
            let losses: Vec<Option<String>> = there.map(|found| lost(value, found)).collect();
            let first = losses.first().cloned().unwrap_or_else(|| lost(value, &Value::Null));
            let is_whole = losses.iter().any(Option::is_none);
            first.filter(|_| !is_whole).map(|lost| format!(".{name}{lost}"))
        }),
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            let mut pairs = old.iter().zip(new).enumerate();
            pairs.find_map(|(at, (old, new))| lost(old, new).map(|lost| format!("[{at}]{lost}")))
        }
        // An empty field may be left out.
        _ if new.is_null() && (old == &Value::Array(Vec::new()) || old == "") => None,
        _ if old == new => None,
        _ => Some(format!(": {old} became {new}")),
    }
}
