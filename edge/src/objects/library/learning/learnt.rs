//! Questions that visitors have asked, as proposals: each with the number of visitors who have asked it.
//!
//! **Invariant:** what one visitor alone has asked is in no index, unless a person has accepted it.

use super::super::kind::Kind;
use super::{Key, WIPED};
use crate::failure::Failure;
use crate::sql;
use serde::Deserialize;
use shared::written::{Decision, Verdict};
use std::collections::BTreeMap;
use worker::{SqlStorageValue, Storage};

/// The tables of version 6: what each conversation has taught, and what is made of that.
pub(in crate::objects::library) const TABLES: &str = "
CREATE TABLE taught (conversation TEXT PRIMARY KEY, revision INTEGER NOT NULL, digest TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX taught_times ON taught (at);
CREATE TABLE lessons (conversation TEXT NOT NULL, visitor TEXT NOT NULL, message TEXT NOT NULL, locale TEXT NOT NULL, about TEXT NOT NULL, id TEXT NOT NULL, words TEXT NOT NULL, text TEXT NOT NULL, source TEXT NOT NULL, in_vain TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (conversation, message)) STRICT;
CREATE INDEX lessons_about ON lessons (about, id, locale, words);
CREATE TABLE learnt (locale TEXT NOT NULL, about TEXT NOT NULL, id TEXT NOT NULL, words TEXT NOT NULL, text TEXT NOT NULL, source TEXT NOT NULL, asked INTEGER NOT NULL, edited TEXT, verdict TEXT, is_kept INTEGER NOT NULL DEFAULT 0, decision TEXT NOT NULL DEFAULT 'open', PRIMARY KEY (locale, about, id, words)) STRICT;
CREATE TABLE unanswered (number INTEGER PRIMARY KEY, locale TEXT NOT NULL, text TEXT NOT NULL, asked INTEGER NOT NULL, last INTEGER NOT NULL, dismissed INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX unanswered_most ON unanswered (asked, last, number);
";

/// The engine keeps a question by itself once this many visitors have asked it: then it is of no one of them, and nobody can teach it alone.
const SEVERAL: i64 = 2;
/// The most questions of a piece that the engine judges, of those that were asked most: as many as it takes of a language model.
const MOST_JUDGED: i64 = 20;

#[derive(Deserialize)]
struct CountRow {
    asked: i64,
    text: Option<String>,
    source: Option<String>,
}

#[derive(Deserialize)]
struct LearntRow {
    asked: i64,
    is_kept: i64,
    decision: String,
}

#[derive(Deserialize)]
struct KeptRow {
    id: String,
    text: String,
    edited: Option<String>,
    verdict: Option<String>,
    decision: String,
}

/// What has become of a proposal.
pub(super) struct Settled {
    /// Whether it was a part of the index, and is none any more.
    pub(super) was_kept: bool,
    /// Whether it is to be judged from now on.
    pub(super) is_new: bool,
}

/// A question that the engine is to judge.
#[derive(Deserialize)]
pub(in crate::objects::library) struct Open {
    pub(in crate::objects::library) id: String,
    words: String,
    pub(in crate::objects::library) text: String,
}

/// Counts a proposal anew.
pub(super) fn settle(storage: &Storage, key: &Key) -> Result<Settled, Failure> {
    let place =
        || [&key.locale, &key.about, &key.id, &key.words].map(|text| SqlStorageValue::from(text.as_str())).to_vec();
    let query = "SELECT asked, is_kept, decision FROM learnt WHERE locale = ? AND about = ? AND id = ? AND words = ?";
    let before: Option<LearntRow> = sql::one(storage, query, place())?;
    // The oldest text speaks for all; a visitor's word counts for more than an agent's guess.
    let query = "SELECT COUNT(DISTINCT visitor) AS asked, MAX(source) AS source, \
                 (SELECT text FROM lessons WHERE locale = ?1 AND about = ?2 AND id = ?3 AND words = ?4 ORDER BY at, conversation LIMIT 1) AS text \
                 FROM lessons WHERE locale = ?1 AND about = ?2 AND id = ?3 AND words = ?4";
    let CountRow { asked, text, source } =
        sql::one(storage, query, place())?.unwrap_or(CountRow { asked: 0, text: None, source: None });
    let is_accepted = before.as_ref().is_some_and(|before| before.decision == Decision::Accepted.name());
    let was_several = before.as_ref().is_some_and(|before| before.asked >= SEVERAL);
    let was_kept = before.as_ref().is_some_and(|before| before.is_kept != 0) && !is_accepted && asked < SEVERAL;
    if !is_accepted {
        let statement =
            ["UPDATE learnt SET ", WIPED, " WHERE locale = ? AND about = ? AND id = ? AND words = ?"].concat();
        sql::run(storage, &statement, place())?;
    }
    match (text, source) {
        (Some(text), Some(source)) => {
            // An accepted question stays as a person has read it.
            let statement = "INSERT INTO learnt (locale, about, id, words, text, source, asked) VALUES (?, ?, ?, ?, ?, ?, ?) \
                             ON CONFLICT (locale, about, id, words) DO UPDATE SET asked = excluded.asked, source = excluded.source, \
                             text = CASE WHEN decision = 'accepted' THEN text ELSE excluded.text END";
            let mut values = place();
            values.extend([text.as_str().into(), source.as_str().into(), asked.into()]);
            sql::run(storage, statement, values)?;
        }
        _ => {
            let statement = if is_accepted {
                "UPDATE learnt SET asked = 0 WHERE locale = ? AND about = ? AND id = ? AND words = ?"
            } else {
                "DELETE FROM learnt WHERE locale = ? AND about = ? AND id = ? AND words = ?"
            };
            sql::run(storage, statement, place())?;
        }
    }
    if asked < SEVERAL && !is_accepted {
        let statement =
            "UPDATE learnt SET verdict = NULL, is_kept = 0 WHERE locale = ? AND about = ? AND id = ? AND words = ?";
        sql::run(storage, statement, place())?;
    }
    Ok(Settled { was_kept, is_new: asked >= SEVERAL && !was_several })
}

/// The questions of a kind and language that the engine decides about, in order.
pub(in crate::objects::library) fn open(storage: &Storage, kind: Kind, locale: &str) -> Result<Vec<Open>, Failure> {
    let query = "SELECT id, words, text FROM (SELECT id, words, text, ROW_NUMBER() OVER (PARTITION BY id ORDER BY asked DESC, words) AS place \
                 FROM learnt WHERE locale = ? AND about = ? AND decision = 'open' AND asked >= ?) WHERE place <= ? ORDER BY id, place";
    sql::all(storage, query, vec![locale.into(), kind.name().into(), SEVERAL.into(), MOST_JUDGED.into()])
}

/// Stores what the engine says of all of them; it keeps no other one that nobody has decided about.
pub(in crate::objects::library) fn judge(
    storage: &Storage,
    kind: Kind,
    locale: &str,
    all: &[(Open, Verdict)],
) -> Result<(), Failure> {
    let statement =
        "UPDATE learnt SET verdict = NULL, is_kept = 0 WHERE locale = ? AND about = ? AND decision = 'open'";
    sql::run(storage, statement, [locale, kind.name()].map(Into::into).to_vec())?;
    for (one, verdict) in all {
        // One that was forgotten meanwhile, or is of one visitor alone by now, is not kept.
        let statement = "UPDATE learnt SET verdict = ?, is_kept = ? WHERE locale = ? AND about = ? AND id = ? AND words = ? AND asked >= ?";
        let mut values: Vec<SqlStorageValue> = vec![serde_json::to_string(verdict)?.into()];
        values.push(i64::from(verdict.is_kept()).into());
        values.extend([locale, kind.name(), &one.id, &one.words].map(SqlStorageValue::from));
        values.push(SEVERAL.into());
        sql::run(storage, statement, values)?;
    }
    Ok(())
}

/// What the pieces of a kind and language are found with, by piece; without what the engine keeps by itself, if that is to be judged.
pub(in crate::objects::library) fn of_pieces(
    storage: &Storage,
    kind: Kind,
    locale: &str,
    keeps_open: bool,
) -> Result<BTreeMap<String, Vec<(String, Verdict)>>, Failure> {
    let query = "SELECT id, text, edited, verdict, decision FROM learnt WHERE locale = ? AND about = ? AND (decision = 'accepted' \
                 OR decision = 'open' AND is_kept = 1 AND ?) ORDER BY id, text, words";
    let values = vec![locale.into(), kind.name().into(), i64::from(keeps_open).into()];
    let rows: Vec<KeptRow> = sql::all(storage, query, values)?;
    let mut found: BTreeMap<String, Vec<(String, Verdict)>> = BTreeMap::new();
    for row in rows {
        let verdict: Option<Verdict> = row.verdict.as_deref().map(serde_json::from_str).transpose()?;
        let kept = verdict.filter(Verdict::is_kept);
        // An answer is found by its examples.
        let accepted = if kind == Kind::Answers { Verdict::KeptAsLesson } else { Verdict::KeptAsWords };
        let verdict = match kept {
            Some(kept) if kind == Kind::Articles || row.decision != Decision::Accepted.name() => kept,
            _ => accepted,
        };
        found.entry(row.id).or_default().push((row.edited.unwrap_or(row.text), verdict));
    }
    Ok(found)
}

/// Stores what a person decides about a question. Gives whether it is there.
pub(in crate::objects::library) fn decide(
    storage: &Storage,
    kind: Kind,
    (locale, id, text): (&str, &str, &str),
    decision: Decision,
    edited: Option<&str>,
) -> Result<bool, Failure> {
    let statement = "UPDATE learnt SET decision = ?, edited = ? WHERE locale = ? AND about = ? AND id = ? AND text = ?";
    let edited = edited.map_or(SqlStorageValue::Null, SqlStorageValue::from);
    let mut values: Vec<SqlStorageValue> = vec![decision.name().into(), edited];
    values.extend([locale, kind.name(), id, text].map(SqlStorageValue::from));
    if sql::run(storage, statement, values)? == 0 {
        return Ok(false);
    }
    // Given back to the engine, what nobody asks any more is nobody's.
    let nobodys = "WHERE asked = 0 AND decision <> 'accepted'";
    for statement in [["UPDATE learnt SET ", WIPED, " ", nobodys], ["DELETE FROM learnt ", "", "", nobodys]] {
        sql::run(storage, &statement.concat(), None)?;
    }
    Ok(true)
}
