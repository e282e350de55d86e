//! All that is wrong with the shape of a small document. serde stops at the first mistake, so what is wrong is put right by some
//! value that can be read, and the rest is read on.

use super::PER_PIECE;
use super::mistake::{may_be_more, misshapen};
use crate::problem::Problem;
use crate::turns::Turns;
use serde_json::{Error, Map, Value, json};

/// The longest text that is read again and again.
pub(super) const SMALL: usize = 32 * 1_024;
/// About as many values as are tried in the place of a mistake, each by reading the whole again.
pub(super) const CANDIDATES: usize = 12;
/// The most mistakes that are looked past. A writer who has made more will send the document again anyway.
const MOST: usize = 30;

/// Why a text is no document of one kind; none if it is one. The one thing here that knows the kind, so that all else is compiled once.
pub(super) type Fails = fn(&str) -> Option<Error>;

/// A document that is read past its mistakes.
pub(super) struct Read {
    /// The text of a document with something else where the mistakes were; none if no value was found that can stand there.
    pub(super) document: Option<String>,
    /// The mistakes.
    pub(super) mistakes: Vec<Problem>,
    /// The places where something else stands now.
    pub(super) places: Vec<String>,
}

impl Read {
    /// Whether a problem is about what the document says itself.
    pub(super) fn is_its_own(&self, problem: &Problem) -> bool {
        let is_within = |place: &String| {
            let rest = problem.at.strip_prefix(place.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        !self.places.iter().any(is_within)
    }

    /// As `is_its_own`, where what was looked past may have made a whole of its parts that says something else.
    pub(super) fn is_surely_its_own(&self, problem: &Problem) -> bool {
        let is_around = |place: &String| place.rsplit_once('.').is_some_and(|(around, _)| around == problem.at);
        self.is_its_own(problem) && !self.places.iter().any(is_around)
    }
}

/// Reads a document past its mistakes.
pub(super) async fn past_mistakes(mut value: Value, fails: Fails, turns: &Turns) -> Read {
    let mut read = Read { document: None, mistakes: Vec::new(), places: Vec::new() };
    for _ in 0..MOST {
        let text = value.to_string();
        turns.did(PER_PIECE + (1 + CANDIDATES) * text.len()).await;
        let Some(error) = fails(&text) else {
            read.document = Some(text);
            return read;
        };
        let mistake = misshapen(&error, &text);
        let mended = mended(&value, &mistake, &error, fails);
        // A value that was put there is nobody's mistake.
        if read.is_its_own(&mistake) {
            read.mistakes.push(mistake);
        }
        let Some((other, place)) = mended else { break };
        value = other;
        read.places.push(place);
    }
    read.mistakes.push(may_be_more());
    read
}

/// The document with another value where the mistake is, and that place.
fn mended(value: &Value, mistake: &Problem, error: &Error, fails: Fails) -> Option<(Value, String)> {
    let said = error.to_string();
    let missing = said.starts_with("missing field").then(|| quoted(&said)).flatten();
    let place = match missing {
        Some(field) if mistake.at.is_empty() => String::from(field),
        Some(field) => [&mistake.at, ".", field].concat(),
        None => mistake.at.clone(),
    };
    let steps = steps(&place);
    if said.starts_with("unknown field") {
        let mut other = value.clone();
        let (last, before) = steps.split_last()?;
        object(at(&mut other, before)?)?.remove(*last)?;
        return Some((other, place));
    }
    let is_past = |candidate: &Value| {
        let text = candidate.to_string();
        let Some(error) = fails(&text) else { return true };
        let next = misshapen(&error, &text);
        let is_deeper = error.to_string().starts_with("missing field") && next.at == place && missing.is_some();
        is_deeper || !(next.at.starts_with(&place) || (next.at == mistake.at && next.sentence == mistake.sentence))
    };
    candidates(&said).into_iter().find_map(|candidate| {
        let mut other = value.clone();
        *at(&mut other, &steps)? = candidate;
        is_past(&other).then(|| (other, place.clone()))
    })
}

/// Values of every kind that documents have, those first that the mistake itself names.
fn candidates(said: &str) -> Vec<Value> {
    let named = said.split_once("expected").and_then(|(_, expected)| quoted(expected)).map(Value::from);
    let id = "a".repeat(22);
    let texts = ["x", "en", "00:00", "00:00-01:00", &id].map(Value::from);
    named.into_iter().chain([json!(1), json!([]), json!({}), json!(false)]).chain(texts).collect()
}

/// The first word between backticks.
fn quoted(said: &str) -> Option<&str> {
    said.split('`').nth(1)
}

/// The names and numbers of a path such as `teams[2].members[0].agent`.
fn steps(path: &str) -> Vec<&str> {
    path.split(['.', '[', ']']).filter(|step| !step.is_empty()).collect()
}

/// The value at a path; a field that is missing there is made.
fn at<'a>(value: &'a mut Value, steps: &[&str]) -> Option<&'a mut Value> {
    steps.iter().try_fold(value, |value, step| match value {
        Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?),
        Value::Object(fields) => Some(fields.entry(*step).or_insert(Value::Null)),
        _ => None,
    })
}

fn object(value: &mut Value) -> Option<&mut Map<String, Value>> {
    value.as_object_mut()
}
