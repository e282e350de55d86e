//! What a reader of JSON says of a text, in the words of the one who has written it.

use super::bounds::beginning;
use super::place::{object_at, path_at, value_at};
use crate::problem::{Problem, ProblemCode};

/// What serde says of a text, with the place in the place of its line and column: nobody has seen the text.
pub(super) fn misshapen(error: &serde_json::Error, text: &str) -> Problem {
    misshapen_at(error, text, error.column())
}

/// The same, of what ends at this byte of a text.
pub(super) fn misshapen_at(error: &serde_json::Error, text: &str, end: usize) -> Problem {
    let said = error.to_string();
    let words = said.split(" at line ").next().unwrap_or(&said);
    let at = if words.starts_with("missing field") { object_at } else { path_at }(text, end);
    if words == NO_ID {
        let given = value_at(text, end).unwrap_or_default();
        let sentence = format!("\"{}\" cannot be an id. {}", beginning(&given), allowed(&at));
        return Problem::new(ProblemCode::InvalidId, at, sentence);
    }
    // The one who writes the document does not know the types of this program.
    let words = words
        .replace("expected u8", "expected a whole number from 0 to 255")
        .replace("expected u32", "expected a whole number")
        .replace("expected u64", "expected a whole number");
    Problem::new(ProblemCode::InvalidShape, at, format!("This cannot be read: {words}."))
}

/// What is said where the rest was not looked at.
pub(super) fn may_be_more() -> Problem {
    let sentence = "There may be more mistakes than these. Mend them and send the document again.";
    Problem::new(ProblemCode::MoreWarnings, "", sentence)
}

/// What `InvalidId` says.
const NO_ID: &str = "not a valid identifier";

fn allowed(at: &str) -> &'static str {
    if at.ends_with("agent") {
        "An agent's id has 22 characters; `GET team` tells it."
    } else {
        "An id has 1 to 96 of the letters a to z, digits, \"-\", \"_\" and \"/\", no capitals and no spaces."
    }
}
