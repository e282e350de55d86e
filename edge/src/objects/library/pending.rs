//! Indexes that are to be made anew of what is stored.

use super::kind::Kind;
use super::pieces::Changed;
use crate::platform::now;
use serde::{Deserialize, Serialize};
use shared::protocol::Millis;
use std::collections::BTreeSet;

/// An index is made once no piece has come for this time.
const QUIET_MS: Millis = 1_000;
/// Where pieces come again and again, it is made after this time.
const LONGEST_MS: Millis = 5_000;
/// How often it is tried to make an index of the same pieces.
const MOST_TRIES: u32 = 3;

/// The indexes that do not hold yet what is stored.
#[derive(Serialize, Deserialize)]
pub(super) struct Pending {
    /// When the first piece came that is in none of them.
    since: Millis,
    /// When the last one came.
    last: Millis,
    /// The languages in which articles have changed, and those in which answers have.
    pub(super) articles: BTreeSet<String>,
    answers: BTreeSet<String>,
    /// How often they were tried to be made.
    pub(super) tries: u32,
}

impl Pending {
    /// These languages, too, after what was to follow before.
    pub(super) fn with(before: Option<Self>, changed: &Changed) -> Self {
        let since = before.as_ref().map_or_else(now, |before| before.since);
        let (mut articles, mut answers) = before.map(|before| (before.articles, before.answers)).unwrap_or_default();
        for (kind, locale) in &changed.0 {
            match kind {
                Kind::Articles => articles.insert(locale.clone()),
                Kind::Answers => answers.insert(locale.clone()),
            };
        }
        Self { since, last: now(), articles, answers, tries: 0 }
    }

    /// When they are to be made; never, if what takes more than the platform gives would end this object for ever.
    pub(super) fn at(&self) -> Option<Millis> {
        (self.tries < MOST_TRIES).then(|| (self.last + QUIET_MS).min(self.since + LONGEST_MS))
    }

    /// Has them made by who makes others.
    pub(super) fn note_in(&self, changed: &mut Changed) {
        self.articles.iter().for_each(|locale| changed.note(Kind::Articles, locale));
        self.answers.iter().for_each(|locale| changed.note(Kind::Answers, locale));
    }
}
