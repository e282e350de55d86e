//! Where in a JSON text something is: the path to the value at a column. The reader of JSON tells a column alone.

/// The path to the value in which this column is, counted in bytes from 1, such as `teams[2].members[0].agent`; empty for the whole.
/// The text is one line of JSON.
pub(super) fn path_at(text: &str, column: usize) -> String {
    walk(text, column).path()
}

/// The path to the object that ends at this column: a field that is missing is nowhere else.
pub(super) fn object_at(text: &str, column: usize) -> String {
    let mut walk = walk(text, column);
    if let Some(Step::Field { name, .. }) = walk.steps.last_mut() {
        name.clear();
    }
    walk.path()
}

/// The text that ends at this column, if that is where one ends.
pub(super) fn value_at(text: &str, column: usize) -> Option<String> {
    walk(text, column).last_text
}

enum Step {
    /// Inside of an object: the name that came last, and whether its value is what comes.
    Field { name: String, value: bool },
    /// Inside of a list: the number of the item.
    Item(usize),
}

#[derive(Default)]
struct Walk {
    steps: Vec<Step>,
    last_text: Option<String>,
}

impl Walk {
    fn path(&self) -> String {
        let mut out = String::new();
        for step in &self.steps {
            match step {
                Step::Field { name, .. } if name.is_empty() => {}
                Step::Field { name, .. } if out.is_empty() => out.push_str(name),
                Step::Field { name, .. } => out.extend([".", name]),
                Step::Item(place) => out.push_str(&format!("[{place}]")),
            }
        }
        out
    }
}

/// Reads up to the column. What comes after it changes nothing.
fn walk(text: &str, column: usize) -> Walk {
    let mut walk = Walk::default();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if at >= column {
            break;
        }
        match c {
            // What the reader stopped at is not gone into, nor left.
            '{' | '[' if at + 1 == column => {}
            '}' if at + 1 == column => {}
            '}' => drop(walk.steps.pop()),
            ']' if at + 1 == column => {}
            ']' => drop(walk.steps.pop()),
            '{' => walk.steps.push(Step::Field { name: String::new(), value: false }),
            '[' => walk.steps.push(Step::Item(0)),
            ',' => match walk.steps.last_mut() {
                Some(Step::Item(place)) => *place += 1,
                Some(Step::Field { value, .. }) => *value = false,
                None => {}
            },
            ':' => {
                if let Some(Step::Field { value, .. }) = walk.steps.last_mut() {
                    *value = true;
                }
            }
            '"' => {
                let read = read_text(text, at, &mut chars);
                match walk.steps.last_mut() {
                    Some(Step::Field { name, value: false }) => *name = read,
                    _ => walk.last_text = Some(read),
                }
            }
            _ => {}
        }
    }
    walk
}

/// The text that begins at this quote, without it; the marks that stand for other characters are read.
fn read_text(text: &str, start: usize, chars: &mut std::iter::Peekable<std::str::CharIndices<'_>>) -> String {
    let mut end = text.len();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '"' => {
                end = at + 1;
                break;
            }
            _ => {}
        }
    }
    text.get(start..end).and_then(|quoted| serde_json::from_str(quoted).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::Operations;
    use crate::protocol::ArticleSource;
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};

    fn check<T: DeserializeOwned>(value: Value, expected: &str) {
        let text = value.to_string();
        let error = serde_json::from_str::<T>(&text).map(|_| "nothing is wrong").unwrap_err();
        let is_missing = error.to_string().starts_with("missing field");
        let place = if is_missing { object_at } else { path_at };
        assert_eq!(place(&text, error.column()), expected, "{error}: {text}");
    }

    #[test]
    fn the_field_is_found_in_which_the_reader_stops() {
        let member = |agent: &str| json!({ "agent": agent });
        let good = "aaaaaaaaaaaaaaaaaaaaaa";
        let team = |members: Value| json!({ "teams": [{ "id": "a", "name": "A, \"[{:\\" }, { "id": "b", "name": "B", "members": members }] });
        check::<Operations>(team(json!([member(good), member("Ada")])), "teams[1].members[1].agent");
        check::<Operations>(
            team(json!([member(good), { "agent": good, "capacity": "two" }])),
            "teams[1].members[1].capacity",
        );
        check::<Operations>(team(json!([member(good), { "agent": good, "caps": 2 }])), "teams[1].members[1].caps");
        check::<Operations>(team(json!(17)), "teams[1].members");
        let article =
            |id: Value| json!({ "id": id, "locale": "en", "title": "x", "markdown": "", "url": "https://x.example" });
        check::<ArticleSource>(article(json!("Getting Started")), "id");
        check::<ArticleSource>(article(json!(["x"])), "id");
        check::<Operations>(team(json!([member(good), {}])), "teams[1].members[1]");
        check::<ArticleSource>(json!({ "id": "a", "keywords": ["x", 7], "locale": "en" }), "keywords[1]");
    }

    #[test]
    fn the_text_is_given_that_was_read_last() {
        let text = r#"{"a":"b","c":["d \"e\"","f"]}"#;
        let end = text.find(r#","f"#).unwrap();
        assert_eq!(value_at(text, end).as_deref(), Some("d \"e\""));
        assert_eq!(path_at(text, end), "c[0]");
        assert_eq!(path_at("", 7), "");
    }
}
