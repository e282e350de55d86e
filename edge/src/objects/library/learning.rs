//! Learns from conversations: what came of each question is stored by conversation, masked; what several ask alike becomes a proposal, and
//! what nobody could answer lies in groups of what is alike.
//!
//! A conversation tells all of its lessons at once. So learning is replacing, and forgetting a conversation is replacing with nothing. The
//! proposals (`learnt`) and groups are counted anew from the lessons that are there.

mod about;
mod groups;
mod known;
mod learnt;

pub(super) use groups::{dismiss, list};
pub(super) use learnt::{Open, TABLES, decide, judge, of_pieces, open};

use super::kind::Kind;
use super::pieces::Changed;
use super::{proposals, written};
use crate::calls::library::Teacher;
use crate::failure::Failure;
use crate::hash::hash;
use crate::names::LessonsName;
use crate::objects::documents::settings;
use crate::platform::{day_ms, now, stored, transaction};
use crate::sql;
use about::{About, Resolved};
use known::Known;
use serde::Deserialize;
use shared::conversation::Held;
use shared::learning::{Lesson, Masking, masked, normal_form};
use shared::protocol::Millis;
use shared::settings::DEFAULT_RETENTION_DAYS;
use std::collections::BTreeSet;
use worker::{Env, SqlStorageValue, Storage};

/// How many conversations are forgotten with each that teaches, because they were kept for long enough.
const FORGOTTEN_AT_ONCE: i64 = 20;

#[derive(Deserialize)]
struct TaughtRow {
    revision: u32,
    digest: String,
}

#[derive(Deserialize)]
struct NameRow {
    conversation: String,
}

/// A lesson as it is stored.
#[derive(Debug, Clone, Deserialize)]
struct LessonRow {
    message: String,
    locale: String,
    about: String,
    id: String,
    /// The digest of the question's words: two with the same one are the same question.
    words: String,
    text: String,
    at: Millis,
}

/// Writes over a text in its place: a deleted row's bytes stay in SQLite's file until others need the room.
const WIPED: &str = "text = REPLACE(HEX(ZEROBLOB(LENGTH(CAST(text AS BLOB)))), '00', '0')";

/// The proposal or group that a lesson counts for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    locale: String,
    /// The kind of the piece; `nothing` for a group.
    about: String,
    /// The piece's id, or the group's number.
    id: String,
    words: String,
}

/// Where what nobody could answer stands in the place of a kind.
const NOTHING: &str = "nothing";

/// Takes what a conversation teaches, in the place of what it has taught before. An older telling changes nothing.
pub(super) fn learn(storage: &Storage, env: &Env, from: &Teacher, lessons: &[Lesson]) -> Result<Held, Failure> {
    let digest = hash(serde_json::to_string(lessons)?.as_bytes());
    let query = "SELECT revision, digest FROM taught WHERE conversation = ?";
    let held: Option<TaughtRow> = sql::one(storage, query, vec![from.conversation.as_str().into()])?;
    if let Some(held) = held.filter(|held| held.revision >= from.revision) {
        let agrees = held.revision > from.revision || held.digest == digest;
        return Ok(Held { revision: held.revision, agrees });
    }
    let taken = if settings(storage)?.learning.is_on() { taken(storage, from, lessons)? } else { Vec::new() };
    transaction(storage, || {
        replace(storage, &from.conversation, Some(&from.visitor), taken)?;
        let statement = "INSERT INTO taught (conversation, revision, digest, at) VALUES (?, ?, ?, ?) ON CONFLICT (conversation) \
                         DO UPDATE SET revision = excluded.revision, digest = excluded.digest, at = excluded.at";
        let values: Vec<SqlStorageValue> = vec![
            from.conversation.as_str().into(),
            i64::from(from.revision).into(),
            digest.as_str().into(),
            stored(now()),
        ];
        sql::run(storage, statement, values).map(drop)
    })?;
    forget_old(storage, env)?;
    Ok(Held::taken(from.revision))
}

/// Forgets what only this conversation has taught.
pub(super) fn unlearn(storage: &Storage, conversation: &LessonsName) -> Result<(), Failure> {
    transaction(storage, || {
        replace(storage, conversation, None, Vec::new())?;
        let statement = "DELETE FROM taught WHERE conversation = ?";
        sql::run(storage, statement, vec![conversation.as_str().into()]).map(drop)
    })
}

/// Conversations tell when they end. One that was put back from an older copy may not know what it has taught.
fn forget_old(storage: &Storage, env: &Env) -> Result<(), Failure> {
    let days = settings(storage)?.retention_days.unwrap_or(DEFAULT_RETENTION_DAYS);
    let before = now().saturating_sub(u64::from(days).saturating_mul(day_ms(env)));
    let query = "SELECT conversation FROM taught WHERE at < ? ORDER BY at LIMIT ?";
    let rows: Vec<NameRow> = sql::all(storage, query, vec![stored(before), FORGOTTEN_AT_ONCE.into()])?;
    rows.into_iter().try_for_each(|row| unlearn(storage, &LessonsName::new(row.conversation)))
}

/// A lesson that can be stored: masked, and about something.
struct Taken {
    message: String,
    locale: String,
    about: About,
    source: &'static str,
    text: String,
    words: String,
}

/// The lessons that say something once they are masked.
fn taken(storage: &Storage, from: &Teacher, lessons: &[Lesson]) -> Result<Vec<Taken>, Failure> {
    let rules = settings(storage)?.assistant.unwrap_or_default();
    let mut known = Known::default();
    let mut all = Vec::new();
    for lesson in lessons {
        // What is for people teaches the assistant nothing, whenever it was asked.
        if rules.people_first.subject_of(&lesson.text).is_some() {
            continue;
        }
        let Some(Resolved { locale, about, source }) = about::resolve(storage, lesson)? else { continue };
        known.open(storage, &locale)?;
        let is_known = |word: &str| known.has(storage, word);
        let (signed, agents) = (&from.signed, &from.agents);
        let masking = Masking { locale: &lesson.locale, signed, agents, is_known: &is_known };
        let text = masked(&lesson.text, &masking);
        known.settle()?;
        if let Some(text) = text {
            let words = hash(normal_form(&text, &locale).as_bytes());
            // The id itself would stay in the file behind a deleted row.
            let message = hash(lesson.message.as_str().as_bytes());
            all.push(Taken { message, locale, about, source: source.name(), text, words });
        }
    }
    Ok(all)
}

/// Puts lessons in the place of those that a conversation has, and counts anew what they count for.
fn replace(
    storage: &Storage,
    conversation: &LessonsName,
    visitor: Option<&LessonsName>,
    taken: Vec<Taken>,
) -> Result<(), Failure> {
    let query = "SELECT message, locale, about, id, words, text, at FROM lessons WHERE conversation = ?";
    let former: Vec<LessonRow> = sql::all(storage, query, vec![conversation.as_str().into()])?;
    let wipe = ["UPDATE lessons SET ", WIPED, " WHERE conversation = ?"].concat();
    for statement in [wipe.as_str(), "DELETE FROM lessons WHERE conversation = ?"] {
        sql::run(storage, statement, vec![conversation.as_str().into()])?;
    }
    let mut touched: BTreeSet<Key> = former.iter().map(key).collect();
    for one in taken {
        let same = former.iter().find(|row| row.message == one.message && row.text == one.text);
        let (about, id, in_vain) = match &one.about {
            About::Piece(kind, id) => (kind.name(), id.clone(), String::new()),
            About::Nothing { in_vain } => {
                let same = same.filter(|row| row.about == NOTHING && row.locale == one.locale);
                let group = match same {
                    Some(row) => row.id.clone(),
                    None => groups::join(storage, &one.locale, &one.text)?.to_string(),
                };
                (NOTHING, group, serde_json::to_string(in_vain)?)
            }
        };
        let statement = "INSERT INTO lessons (conversation, visitor, message, locale, about, id, words, text, source, in_vain, at) \
                         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let visitor = visitor.map_or("", LessonsName::as_str);
        let texts =
            [conversation.as_str(), visitor, &one.message, &one.locale, about, &id, &one.words, &one.text, one.source];
        let mut values: Vec<SqlStorageValue> = texts.map(SqlStorageValue::from).to_vec();
        values.extend([in_vain.into(), stored(same.map_or_else(now, |row| row.at))]);
        sql::run(storage, statement, values)?;
        touched.insert(Key { locale: one.locale, about: String::from(about), id, words: one.words });
    }
    settle(storage, touched)
}

fn key(row: &LessonRow) -> Key {
    let LessonRow { locale, about, id, words, .. } = row.clone();
    Key { locale, about, id, words }
}

/// Counts proposals and groups anew, has the engine judge what has come to be asked by several, and the indexes follow what is not any more.
fn settle(storage: &Storage, touched: BTreeSet<Key>) -> Result<(), Failure> {
    let (mut changed, mut to_judge) = (Changed::default(), BTreeSet::new());
    let mut groups = BTreeSet::new();
    for key in &touched {
        if key.about == NOTHING {
            groups.insert(key.id.clone());
            continue;
        }
        let learnt::Settled { was_kept, is_new } = learnt::settle(storage, key)?;
        if was_kept {
            let kind = if key.about == Kind::Answers.name() { Kind::Answers } else { Kind::Articles };
            changed.note(kind, &key.locale);
        }
        if is_new {
            to_judge.insert(key.locale.clone());
        }
    }
    groups.iter().try_for_each(|group| groups::settle(storage, group))?;
    if !changed.0.is_empty() {
        proposals::follow(storage, &changed)?;
    }
    to_judge.iter().try_for_each(|locale| written::judge_soon(storage, locale))
}
