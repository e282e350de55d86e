//! What a lesson is about: an article, an answer, or what is not there yet.

use super::super::kind::Kind;
use super::super::links::addresses;
use super::super::readers;
use crate::failure::Failure;
use crate::objects::documents::settings;
use crate::sql;
use serde::Deserialize;
use shared::ids::ArticleId;
use shared::learning::{Lesson, Missed, Outcome, Source};
use shared::locale::serving;
use shared::protocol::Solution;
use shared::readership::Reader;
use std::collections::BTreeSet;
use worker::Storage;

/// What it is about.
pub(super) enum About {
    Piece(Kind, String),
    /// Nothing was found; the visitor had seen these in vain.
    Nothing {
        in_vain: Vec<ArticleId>,
    },
}

/// What a lesson is about, in which language.
pub(super) struct Resolved {
    pub(super) locale: String,
    pub(super) about: About,
    pub(super) source: Source,
}

#[derive(Deserialize)]
struct LocaleRow {
    locale: String,
}

#[derive(Deserialize)]
struct IdRow {
    id: String,
}

/// What a lesson is about; none if what it names is not there.
pub(super) fn resolve(storage: &Storage, lesson: &Lesson) -> Result<Option<Resolved>, Failure> {
    match &lesson.outcome {
        Outcome::Solved(Solution::Article(id)) => {
            piece(storage, Kind::Articles, id.as_str(), &lesson.locale, Source::Visitors)
        }
        Outcome::Solved(Solution::Answer(id)) => {
            piece(storage, Kind::Answers, id.as_str(), &lesson.locale, Source::Visitors)
        }
        Outcome::Linked { addresses, missed } => match (linked(storage, addresses)?, missed) {
            (Some(id), _) => piece(storage, Kind::Articles, &id, &lesson.locale, Source::Agents),
            (None, Some(missed)) => nothing(storage, lesson, missed).map(Some),
            (None, None) => Ok(None),
        },
        Outcome::Unanswered(missed) => nothing(storage, lesson, missed).map(Some),
    }
}

fn nothing(storage: &Storage, lesson: &Lesson, missed: &Missed) -> Result<Resolved, Failure> {
    let locale = readers::place(storage, &lesson.locale, &Reader::everybody())?.locale;
    Ok(Resolved { locale, about: About::Nothing { in_vain: missed.in_vain.clone() }, source: Source::Visitors })
}

/// A piece in the language that serves best of those in which it is there.
fn piece(storage: &Storage, kind: Kind, id: &str, wanted: &str, source: Source) -> Result<Option<Resolved>, Failure> {
    let query = ["SELECT locale FROM ", kind.name(), " WHERE id = ? ORDER BY locale"].concat();
    let rows: Vec<LocaleRow> = sql::all(storage, &query, vec![id.into()])?;
    let available: Vec<&str> = rows.iter().map(|row| row.locale.as_str()).collect();
    let default = settings(storage)?.default_locale;
    let best = serving(wanted, &available).into_iter().chain(serving(&default, &available)).next();
    let locale = best.map(String::from);
    Ok(locale.map(|locale| Resolved { locale, about: About::Piece(kind, String::from(id)), source }))
}

/// The one article to which these addresses lead; none if they lead to none, or to several.
fn linked(storage: &Storage, urls: &[String]) -> Result<Option<String>, Failure> {
    let mut ids = BTreeSet::new();
    for url in urls {
        let spellings: Vec<String> = addresses(url).collect();
        let places = vec!["?"; spellings.len()].join(", ");
        let query = ["SELECT DISTINCT id FROM articles WHERE url IN (", &places, ") LIMIT 2"].concat();
        let values = spellings.iter().map(|text| text.as_str().into()).collect::<Vec<_>>();
        ids.extend(sql::all::<IdRow>(storage, &query, values)?.into_iter().map(|row| row.id));
    }
    let first = ids.pop_first();
    Ok(first.filter(|_| ids.is_empty()))
}
