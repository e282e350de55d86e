//! A body that is JSON and no document: where it is wrong, and all that is wrong with its other parts.

use super::bounds::{beginning, of_count};
use super::every::{CANDIDATES, SMALL, past_mistakes};
use super::mistake::{misshapen, misshapen_at};
use super::{Document, PER_PIECE};
use crate::problem::{Problem, ProblemCode};
use crate::turns::{Turns, at_once};
use serde_json::Value;

/// A field of a document with what looks at its value, or at each item of the list that it holds.
pub struct Part {
    name: &'static str,
    /// What an item of the list is called, and how many there can be, if it is a list.
    item: Option<(&'static str, usize)>,
    judge: fn(&Value) -> Vec<Problem>,
    /// The same for one of many: of what cannot be read, the first mistake.
    glance: fn(&Value) -> Vec<Problem>,
}

impl Part {
    pub(super) const fn one<T: Document>(name: &'static str) -> Self {
        Self { name, item: None, judge: judge::<T>, glance: glance::<T> }
    }

    pub(super) const fn list_of<T: Document>(name: &'static str, item: &'static str, most: usize) -> Self {
        Self { name, item: Some((item, most)), judge: judge::<T>, glance: glance::<T> }
    }
}

/// Whether a body that is JSON can be a document at all.
pub fn is_object(body: &str) -> bool {
    body.trim_ascii_start().starts_with('{')
}

/// Everything that is wrong with a body that is JSON but not a `T`; at least one problem says why it is none.
pub async fn shape_problems<T: Document>(body: &str, turns: &Turns) -> Vec<Problem> {
    let mut problems = match serde_json::from_str(body) {
        Ok(value) => judge_in_turns::<T>(&value, turns).await,
        // Nested too deeply to be looked at, or half of a character.
        Err(error) => return vec![misplaced(&error, body)],
    };
    // A field that is there twice is one by now.
    if problems.iter().all(Problem::is_warning)
        && let Err(error) = serde_json::from_str::<T>(body)
    {
        problems.insert(0, misplaced(&error, body));
    }
    problems
}

/// What a reader of a whole body says of it, with the place in the place of line and column.
fn misplaced(error: &serde_json::Error, body: &str) -> Problem {
    let before: usize = body.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    misshapen_at(error, body, before + error.column())
}

/// The same problem, with the item of a list named as its writer knows it: by its number from one on, and by its title.
pub(super) fn of_item(problem: Problem, at: &str, item: &str, place: usize, title: &str) -> Problem {
    let named = match title.trim() {
        "" => format!("{item} {}: ", place + 1),
        title => format!("{item} {}, \"{}\": ", place + 1, beginning(title)),
    };
    let sentence = named + &problem.sentence;
    Problem { sentence, ..problem }.inside(&format!("{at}[{place}]"))
}

/// From this many problems on, an item is not read past its first mistake: its writer is a program that has made the same ones everywhere.
const MANY: usize = 100;

fn glance<T: Document>(value: &Value) -> Vec<Problem> {
    let text = value.to_string();
    match serde_json::from_str::<T>(&text) {
        Ok(document) => at_once(document.problems(&Turns::none())),
        Err(error) => vec![misshapen(&error, &text)],
    }
}

fn judge<T: Document>(value: &Value) -> Vec<Problem> {
    at_once(judge_in_turns::<T>(value, &Turns::none()))
}

async fn judge_in_turns<T: Document>(value: &Value, turns: &Turns) -> Vec<Problem> {
    if !value.is_object() {
        // serde would take a list of the fields' values as well.
        return vec![Problem::new(ProblemCode::InvalidShape, "", "This must be an object with named fields.")];
    }
    // Through text, since the reader of text is there already: another one would double its code.
    let text = value.to_string();
    match serde_json::from_str::<T>(&text) {
        Ok(document) => document.problems(turns).await,
        Err(_) if text.len() <= SMALL && !T::PARTS.iter().any(|part| part.item.is_some()) => {
            let read = past_mistakes(value.clone(), |text| serde_json::from_str::<T>(text).err(), turns).await;
            let document = read.document.as_ref().and_then(|text| serde_json::from_str::<T>(text).ok());
            let mut problems = match &document {
                Some(document) => document.problems(turns).await,
                None => Vec::new(),
            };
            problems.retain(|problem| read.is_surely_its_own(problem));
            read.mistakes.into_iter().chain(problems).collect()
        }
        Err(error) => {
            let mut out = problems_of_parts(T::PARTS, value, turns).await;
            if !out.iter().any(is_of_shape) {
                out.push(misshapen(&error, &text));
            }
            out
        }
    }
}

fn is_of_shape(problem: &Problem) -> bool {
    matches!(problem.code, ProblemCode::InvalidShape | ProblemCode::InvalidId)
}

async fn problems_of_parts(parts: &[Part], value: &Value, turns: &Turns) -> Vec<Problem> {
    let mut out = Vec::new();
    for part in parts {
        match (value.get(part.name), part.item) {
            (Some(Value::Array(items)), Some((item, most))) => {
                // The rest is not looked at: the list is too long anyway, and says so.
                out.extend(of_count(part.name, part.name, items.len(), most));
                for (place, value) in items.iter().take(most).enumerate() {
                    let text = |field: &str| value.get(field).and_then(Value::as_str);
                    let title = text("title").or_else(|| text("id")).unwrap_or_default();
                    let length = text("markdown").or_else(|| text("html")).or_else(|| text("text")).map_or(0, str::len);
                    turns.did(PER_PIECE + 3 * length).await;
                    let look = if out.len() < MANY { part.judge } else { part.glance };
                    let problems = look(value);
                    turns.did(problems.len() * CANDIDATES * PER_PIECE).await;
                    let named = problems.into_iter().map(|problem| of_item(problem, part.name, item, place, title));
                    out.extend(named);
                }
            }
            (Some(value), None) if !value.is_null() => {
                out.extend((part.judge)(value).into_iter().map(|problem| problem.inside(part.name)));
            }
            _ => {}
        }
    }
    out
}
