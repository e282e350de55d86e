//! Reads what a model answers. Whatever it is, it is only ever some short texts.

use super::Kind;
use serde::Deserialize;
use std::collections::BTreeSet;

/// How many of each are asked for.
pub(super) const KEYWORDS: usize = 8;
pub(super) const QUESTIONS: usize = 12;
/// A model that writes more is listened to so far.
const MOST: usize = 20;
/// A longer text is no keyword and no question.
const MOST_CHARS: usize = 200;

/// An answer that holds no proposals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not JSON of the wanted shape: a refusal, a half of one, another text.
    NotTheShape,
    /// It has the shape, and nothing of use in it.
    Empty,
}

impl Unreadable {
    /// What people are told.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::NotTheShape => "The model answered with something else than keywords and questions.",
            Self::Empty => "The model answered with no keyword and no question that can be used.",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reply {
    keywords: Vec<String>,
    questions: Vec<String>,
}

/// The proposals in an answer, keywords first, each once.
pub fn proposals_in(answer: &str) -> Result<Vec<(Kind, String)>, Unreadable> {
    let Reply { keywords, questions } =
        serde_json::from_str(without_fence(answer)).map_err(|_| Unreadable::NotTheShape)?;
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (kind, texts) in [(Kind::Keyword, keywords), (Kind::Question, questions)] {
        let usable = texts.iter().filter_map(|text| usable(text));
        found.extend(usable.filter(|text| seen.insert((kind, text.clone()))).take(MOST).map(|text| (kind, text)));
    }
    if found.is_empty() { Err(Unreadable::Empty) } else { Ok(found) }
}

/// A text in one line; none if it is no phrase.
fn usable(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_phrase = text.chars().any(char::is_alphanumeric)
        && text.chars().count() <= MOST_CHARS
        && !text.chars().any(char::is_control);
    is_phrase.then_some(text)
}

/// The JSON of an answer in a block of code, as models like to give it.
fn without_fence(answer: &str) -> &str {
    let answer = answer.trim();
    let inside = answer.strip_prefix("```json").or_else(|| answer.strip_prefix("```"));
    inside.and_then(|inside| inside.strip_suffix("```")).unwrap_or(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(answer: &str, expected: Result<&[(Kind, &str)], Unreadable>) {
        let found = proposals_in(answer);
        let found: Result<Vec<(Kind, &str)>, Unreadable> = found
            .as_ref()
            .map(|found| found.iter().map(|(kind, text)| (*kind, text.as_str())).collect())
            .map_err(|wrong| *wrong);
        assert_eq!(found, expected.map(<[_]>::to_vec), "{answer}");
    }

    #[test]
    fn phrases_are_taken_and_nothing_else() {
        let both: &[(Kind, &str)] = &[(Kind::Keyword, "refund"), (Kind::Question, "where is my money?")];
        check(r#"{"keywords":["refund"],"questions":["where is\n my  money?"]}"#, Ok(both));
        check(
            "```json\n{\"keywords\":[\"refund\",\"refund\",\"\",\"?!\"],\"questions\":[\"where is my money?\"]}\n```",
            Ok(both),
        );
        check(&format!(r#"{{"keywords":["refund","{}"],"questions":["\u0000 a"]}}"#, "x".repeat(201)), Ok(&both[..1]));
        check(
            r#"{"keywords":["<script>alert(1)</script>"],"questions":[]}"#,
            Ok(&[(Kind::Keyword, "<script>alert(1)</script>")]),
        );
    }

    #[test]
    fn other_answers_are_refused() {
        for answer in
            ["", "I cannot help with that.", r#"{"keywords":["refund"],"questions":["whe"#, r#"{"keywords":"x"}"#, "[]"]
        {
            check(answer, Err(Unreadable::NotTheShape));
        }
        check(r#"{"keywords":["a"],"questions":["b"],"run":"rm"}"#, Err(Unreadable::NotTheShape));
        check(r#"{"keywords":[],"questions":["…"]}"#, Err(Unreadable::Empty));
    }

    #[test]
    fn a_model_that_never_ends_is_listened_to_so_far() {
        let many: Vec<String> = (0..500).map(|number| format!("\"keyword {number}\"")).collect();
        let found = proposals_in(&format!(r#"{{"keywords":[{}],"questions":[]}}"#, many.join(","))).unwrap();
        assert_eq!((found.len(), found.last().map(|(_, text)| text.as_str())), (20, Some("keyword 19")));
    }
}
