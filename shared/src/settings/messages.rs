//! Messages that the widget shows by itself, before a visitor asks for anything.

use super::words::{MAX_OWN_CHARS, Texts};
use crate::locale::is_tag;
use crate::problem::{Problem, ProblemCode};
use crate::protocol::MAX_TOLD_NAME;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A message that is shown beside the launcher, once to each visitor, when all of its conditions hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProactiveMessage {
    /// Its slug, by which a browser knows that it was shown.
    pub id: String,
    /// What it says. `{name}` stands for the name of the visitor, whom the site has to name and who has to be there again.
    pub text: Texts,
    /// When it is shown.
    pub when: When,
}

/// The conditions of a message. All that are given have to hold, and one has to be given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// On pages whose path begins with one of these, such as `/pricing`; on all of them if none is given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
    /// After this number of seconds on the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u16>,
    /// Once the page has told of this by `track`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// To whom.
    #[serde(default, skip_serializing_if = "Visits::is_any")]
    pub visitors: Visits,
}

/// How often a visitor was here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visits {
    /// Whatever.
    #[default]
    Any,
    /// For the first time.
    New,
    /// Not for the first time.
    Returning,
}

impl Visits {
    fn is_any(&self) -> bool {
        *self == Self::Any
    }
}

/// The most messages: each page with them carries them all.
pub const MAX_MESSAGES: usize = 20;
/// The longest time on a page, in seconds.
const MAX_SECONDS: u16 = 600;
/// The most places of one message.
const MAX_PLACES: usize = 20;
/// The longest place.
const MAX_PLACE_CHARS: usize = 200;
/// The longest id.
const MAX_ID_CHARS: usize = 60;
/// Where the name of the visitor is put in.
const NAME: &str = "{name}";

/// Everything that is wrong with messages. Places are paths into their list.
pub(super) fn problems(messages: &[ProactiveMessage]) -> Vec<Problem> {
    let mut out = Vec::new();
    if messages.len() > MAX_MESSAGES {
        let sentence = format!("These are {} messages, and {MAX_MESSAGES} are possible.", messages.len());
        out.push(Problem::new(ProblemCode::TooMany, "", sentence));
    }
    let mut ids = BTreeSet::new();
    for (place, message) in messages.iter().enumerate().take(MAX_MESSAGES) {
        let own = message.problems().into_iter().map(|problem| problem.inside(&format!("[{place}]")));
        out.extend(own);
        if !ids.insert(message.id.as_str()) {
            let sentence = format!("Another message is called \"{}\", too.", message.id);
            out.push(Problem::new(ProblemCode::DuplicateId, format!("[{place}].id"), sentence));
        }
    }
    out
}

impl ProactiveMessage {
    fn problems(&self) -> Vec<Problem> {
        let mut out = Vec::new();
        let is_slug = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if self.id.is_empty() || self.id.len() > MAX_ID_CHARS || !self.id.bytes().all(is_slug) {
            let sentence = format!("Write up to {MAX_ID_CHARS} letters from a to z, digits and hyphens.");
            out.push(Problem::new(ProblemCode::InvalidId, "id", sentence));
        }
        if self.text.is_empty() {
            out.push(Problem::new(ProblemCode::EmptyText, "text", "The message says nothing, and is not shown."));
        }
        for (locale, text) in &self.text {
            out.extend(self.problems_of_text(locale, text));
        }
        out.extend(self.when.problems().into_iter().map(|problem| problem.inside("when")));
        out
    }

    fn problems_of_text(&self, locale: &str, text: &str) -> Vec<Problem> {
        let (mut out, at, length) = (Vec::new(), format!("text.{locale}"), text.chars().count());
        let mut add = |code, sentence: String| out.push(Problem::new(code, at.clone(), sentence));
        if !is_tag(locale) {
            add(ProblemCode::InvalidLocale, format!("\"{locale}\" is not a language tag such as en or pt-BR."));
        }
        if text.trim().is_empty() {
            add(ProblemCode::EmptyText, String::from("The message says nothing, and is not shown."));
        } else if length > MAX_OWN_CHARS {
            add(ProblemCode::TooLong, format!("The text has {length} characters, and {MAX_OWN_CHARS} are possible."));
        }
        if text.replace(NAME, "").contains(['{', '}']) {
            add(ProblemCode::UnknownGap, String::from("Only {name} stands for something in a message."));
        }
        if text.contains(NAME) && self.when.visitors != Visits::Returning {
            let sentence =
                "Nobody wants to be called by name at the first visit. Let the message be for returning visitors.";
            add(ProblemCode::NameToStrangers, String::from(sentence));
        }
        out
    }
}

impl When {
    fn problems(&self) -> Vec<Problem> {
        let mut out = Vec::new();
        if self.places.is_empty() && self.seconds.is_none() && self.event.is_none() {
            let sentence =
                "It would meet everybody at once. Say where it is shown, after how long, or after which event.";
            out.push(Problem::new(ProblemCode::EmptyCondition, "", sentence));
        }
        if self.places.len() > MAX_PLACES {
            let sentence = format!("These are {} places, and {MAX_PLACES} are possible.", self.places.len());
            out.push(Problem::new(ProblemCode::TooMany, "places", sentence));
        }
        let is_path = |path: &str| path.starts_with('/') && path.chars().count() <= MAX_PLACE_CHARS;
        for (number, place) in self.places.iter().enumerate().filter(|(_, place)| !is_path(place)) {
            let sentence = format!("\"{place}\" is not the beginning of a path, such as /pricing.");
            out.push(Problem::new(ProblemCode::EmptyCondition, format!("places[{number}]"), sentence));
        }
        if self.seconds.is_some_and(|seconds| seconds > MAX_SECONDS) {
            let sentence = format!("Up to {MAX_SECONDS} seconds are possible.");
            out.push(Problem::new(ProblemCode::InvalidSize, "seconds", sentence));
        }
        if let Some(event) = &self.event {
            let length = event.chars().count();
            if event.trim().is_empty() {
                out.push(Problem::new(ProblemCode::EmptyCondition, "event", "The event has no name."));
            } else if length > MAX_TOLD_NAME {
                let sentence = format!("The name has {length} characters, and {MAX_TOLD_NAME} are possible.");
                out.push(Problem::new(ProblemCode::TooLong, "event", sentence));
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(id: &str, text: &[(&str, &str)], when: When) -> ProactiveMessage {
        let text = text.iter().map(|(locale, text)| ((*locale).into(), (*text).into())).collect();
        ProactiveMessage { id: id.into(), text, when }
    }

    fn found(messages: &[ProactiveMessage]) -> Vec<(ProblemCode, String)> {
        problems(messages).into_iter().map(|problem| (problem.code, problem.at)).collect()
    }

    fn after(seconds: u16) -> When {
        When { seconds: Some(seconds), ..When::default() }
    }

    #[test]
    fn a_name_is_for_those_who_come_again() {
        for (visitors, expected) in [(Visits::Any, false), (Visits::New, false), (Visits::Returning, true)] {
            let when = When { visitors, ..after(5) };
            let found = found(&[message("hello", &[("en", "Hi {name}, good to see you.")], when)]);
            let codes = [(ProblemCode::NameToStrangers, String::from("[0].text.en"))];
            assert_eq!(found.is_empty(), expected, "{visitors:?}");
            assert_eq!(found, codes.get(..usize::from(!expected)).unwrap(), "{visitors:?}");
        }
    }

    #[test]
    fn what_could_not_be_shown_is_found_with_its_place() {
        let good = message("plans", &[("en", "Questions about plans? We're here.")], after(20));
        assert_eq!(found(std::slice::from_ref(&good)), []);
        let bad =
            When { places: vec!["pricing".into()], seconds: Some(601), event: Some(" ".into()), visitors: Visits::Any };
        let bad = message(
            "Two words",
            &[("e!", " "), ("en", "You looked at {page} for long."), ("es", &"x".repeat(241))],
            bad,
        );
        let nothing = message("plans", &[], When::default());
        let at = |at: &str| String::from(at);
        assert_eq!(
            found(&[good.clone(), bad, nothing]),
            [
                (ProblemCode::InvalidId, at("[1].id")),
                (ProblemCode::InvalidLocale, at("[1].text.e!")),
                (ProblemCode::EmptyText, at("[1].text.e!")),
                (ProblemCode::UnknownGap, at("[1].text.en")),
                (ProblemCode::TooLong, at("[1].text.es")),
                (ProblemCode::EmptyCondition, at("[1].when.places[0]")),
                (ProblemCode::InvalidSize, at("[1].when.seconds")),
                (ProblemCode::EmptyCondition, at("[1].when.event")),
                (ProblemCode::EmptyText, at("[2].text")),
                (ProblemCode::EmptyCondition, at("[2].when")),
                (ProblemCode::DuplicateId, at("[2].id")),
            ]
        );
        let many: Vec<_> =
            (0..=MAX_MESSAGES).map(|number| message(&format!("m-{number}"), &[("en", "x")], after(1))).collect();
        assert_eq!(found(&many), [(ProblemCode::TooMany, String::new())]);
    }
}
