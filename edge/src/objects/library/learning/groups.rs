//! What was asked and not answered, in groups of what is alike: the next article to write.
//!
//! The text of a group is that of its oldest question that is still there. A question belongs to the group whose text it is most
//! like, and begins one of its own if it is like none.

use super::super::kind::Kind;
use super::super::stored;
use super::{NOTHING, WIPED};
use crate::failure::Failure;
use crate::objects::documents::{put, read};
use crate::platform::{now, stored as time, transaction};
use crate::sql;
use serde::{Deserialize, Serialize};
use shared::ids::ArticleId;
use shared::learning::{Informative, LIKE, UnansweredGroup, UnansweredPage};
use shared::matching::{Hit, Index, Query, SUGGEST_SENT};
use shared::protocol::{ApiError, ArticleRef, ErrorCode, Millis};
use shared::readership::Reader;
use std::collections::{BTreeMap, BTreeSet};
use worker::{SqlStorageValue, Storage};

/// The document that has the note.
const NOTE: &str = "unanswered";
/// The most groups of a workspace. Of more, the one that was asked least is forgotten, and of several the oldest.
const MOST_GROUPS: u64 = 500;
/// How many are listed at once.
const PAGE: i64 = 50;
/// How many questions of a group are shown beside its text.
const EXAMPLES: i64 = 5;

/// The largest number that passes through JavaScript as it is.
const LARGEST: u64 = (1 << 53) - 1;

/// What is remembered of all groups.
#[derive(Default, Serialize, Deserialize)]
struct Note {
    /// The number of the last group: none is given twice, so that a dismissal means what was read.
    last: u64,
    /// How many were forgotten.
    forgotten: u64,
}

#[derive(Deserialize)]
struct GroupRow {
    number: u64,
    locale: String,
    text: String,
    asked: u64,
    last: Millis,
}

#[derive(Deserialize)]
struct TextRow {
    text: String,
}

#[derive(Deserialize)]
struct VainRow {
    in_vain: String,
}

#[derive(Deserialize)]
struct NumberRow {
    number: u64,
}

/// The number of the group to which a question belongs.
pub(super) fn join(storage: &Storage, locale: &str, text: &str) -> Result<u64, Failure> {
    let query = "SELECT number, locale, text, asked, last FROM unanswered WHERE locale = ? ORDER BY number";
    let groups: Vec<GroupRow> = sql::all(storage, query, vec![locale.into()])?;
    let asked = Informative::of(text, locale);
    let mut best: Option<(f32, u64)> = None;
    for group in &groups {
        let likeness = asked.likeness(&Informative::of(&group.text, locale));
        if likeness >= LIKE && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, group.number));
        }
    }
    if let Some((_, number)) = best {
        return Ok(number);
    }
    let mut note: Note = read(storage, NOTE)?.unwrap_or_default();
    note.last += 1;
    if sql::count(storage, "SELECT COUNT(*) AS count FROM unanswered", None)? >= MOST_GROUPS {
        forget_least(storage)?;
        note.forgotten += 1;
    }
    put(storage, NOTE, &note)?;
    let statement = "INSERT INTO unanswered (number, locale, text, asked, last) VALUES (?, ?, ?, 0, ?)";
    let values: Vec<SqlStorageValue> = vec![number(note.last)?, locale.into(), text.into(), time(now())];
    sql::run(storage, statement, values)?;
    Ok(note.last)
}

fn forget_least(storage: &Storage) -> Result<(), Failure> {
    let query = "SELECT number FROM unanswered ORDER BY dismissed DESC, asked, last, number LIMIT 1";
    let Some(NumberRow { number: least }) = sql::one(storage, query, None)? else { return Ok(()) };
    let lessons = || vec![NOTHING.into(), least.to_string().as_str().into()];
    sql::run(storage, &["UPDATE lessons SET ", WIPED, " WHERE about = ? AND id = ?"].concat(), lessons())?;
    sql::run(storage, "DELETE FROM lessons WHERE about = ? AND id = ?", lessons())?;
    sql::run(storage, &["UPDATE unanswered SET ", WIPED, " WHERE number = ?"].concat(), vec![number(least)?])?;
    sql::run(storage, "DELETE FROM unanswered WHERE number = ?", vec![number(least)?]).map(drop)
}

/// Counts a group anew. One that nobody asks any more is gone.
pub(super) fn settle(storage: &Storage, group: &str) -> Result<(), Failure> {
    let question: Option<TextRow> = sql::one(
        storage,
        "SELECT text FROM lessons WHERE about = ? AND id = ? ORDER BY at, conversation, message LIMIT 1",
        [NOTHING, group].map(Into::into).to_vec(),
    )?;
    let wipe = ["UPDATE unanswered SET ", WIPED, " WHERE number = CAST(? AS INTEGER)"].concat();
    sql::run(storage, &wipe, vec![group.into()])?;
    let statement = "UPDATE unanswered SET \
                     asked = (SELECT COUNT(DISTINCT visitor) FROM lessons WHERE about = ?1 AND id = ?2), \
                     last = COALESCE((SELECT MAX(at) FROM lessons WHERE about = ?1 AND id = ?2), last), \
                     text = COALESCE(?3, text) WHERE number = CAST(?2 AS INTEGER)";
    let text = question.map_or(SqlStorageValue::Null, |question| question.text.as_str().into());
    sql::run(storage, statement, vec![NOTHING.into(), group.into(), text])?;
    sql::run(storage, "DELETE FROM unanswered WHERE number = CAST(? AS INTEGER) AND asked = 0", vec![group.into()])
        .map(drop)
}

/// Where a page begins: behind a group.
#[derive(Serialize, Deserialize)]
struct After(u64, Millis, u64);

/// A page of the groups that nobody has dismissed, what was asked most first.
pub(in crate::objects::library) fn list(
    storage: &Storage,
    locale: Option<&str>,
    after: Option<&str>,
) -> Result<UnansweredPage, Failure> {
    let After(asked, last, after) = match after {
        Some(after) => serde_json::from_str(after).map_err(|_| ErrorCode::InvalidRequest)?,
        None => After(LARGEST, LARGEST, LARGEST),
    };
    let query = "SELECT number, locale, text, asked, last FROM unanswered WHERE dismissed = 0 AND (asked, last, number) < (?1, ?2, ?3) \
                 AND (?4 = '' OR locale = ?4) ORDER BY asked DESC, last DESC, number DESC LIMIT ?5";
    let values = vec![number(asked)?, number(last)?, number(after)?, locale.unwrap_or_default().into(), PAGE.into()];
    let rows: Vec<GroupRow> = sql::all(storage, query, values)?;
    let next = rows.last().filter(|_| rows.len() == PAGE as usize).map(|row| After(row.asked, row.last, row.number));
    let mut indexes = BTreeMap::new();
    let mut groups = Vec::new();
    for row in rows {
        if !indexes.contains_key(&row.locale) {
            let index = stored::open(storage, &row.locale, Kind::Articles, &Reader::everybody())?;
            indexes.insert(row.locale.clone(), index);
        }
        groups.push(shown(storage, row, &indexes)?);
    }
    let note: Note = read(storage, NOTE)?.unwrap_or_default();
    let next = next.map(|next| serde_json::to_string(&next)).transpose()?;
    Ok(UnansweredPage { groups, next, forgotten: note.forgotten })
}

fn shown(
    storage: &Storage,
    row: GroupRow,
    indexes: &BTreeMap<String, Option<Index<Vec<u8>>>>,
) -> Result<UnansweredGroup, Failure> {
    let group = row.number.to_string();
    let query = "SELECT text FROM lessons WHERE about = ? AND id = ? AND text <> ? GROUP BY text ORDER BY MAX(at) DESC, text LIMIT ?";
    let values = vec![NOTHING.into(), group.as_str().into(), row.text.as_str().into(), EXAMPLES.into()];
    let examples: Vec<TextRow> = sql::all(storage, query, values)?;
    let query = "SELECT DISTINCT in_vain FROM lessons WHERE about = ? AND id = ?";
    let vain: Vec<VainRow> = sql::all(storage, query, vec![NOTHING.into(), group.as_str().into()])?;
    let mut in_vain = BTreeSet::new();
    for row in vain {
        in_vain.extend(serde_json::from_str::<Vec<ArticleId>>(&row.in_vain)?);
    }
    let exclude: Vec<String> = in_vain.into_iter().map(String::from).collect();
    let query = Query { text: &row.text, exclude: &exclude, limit: 1, ..Query::default() };
    let hit =
        indexes.get(&row.locale).and_then(Option::as_ref).and_then(|index| index.search(&query).into_iter().next());
    let found_now = hit.filter(|hit| hit.confidence >= SUGGEST_SENT).and_then(named);
    Ok(UnansweredGroup {
        group: row.number,
        locale: row.locale,
        question: row.text,
        examples: examples.into_iter().map(|row| row.text).collect(),
        asked: row.asked,
        last: row.last,
        found_now,
    })
}

fn named(hit: Hit) -> Option<ArticleRef> {
    Some(ArticleRef { id: ArticleId::parse(&hit.id).ok()?, title: hit.title })
}

/// Lists these groups no more, all or nothing. Later questions like them are not listed either.
pub(in crate::objects::library) fn dismiss(storage: &Storage, dismissed: &[u64]) -> Result<(), Failure> {
    transaction(storage, || {
        for group in dismissed {
            let statement = "UPDATE unanswered SET dismissed = 1 WHERE number = ?";
            if sql::run(storage, statement, vec![number(*group)?])? == 0 {
                let sentence = ["There is no group ", &group.to_string(), ". Nothing was stored."].concat();
                return Err(ApiError::with(ErrorCode::InvalidRequest, sentence).into());
            }
        }
        Ok(())
    })
}

fn number(number: u64) -> Result<SqlStorageValue, Failure> {
    let number = Some(number).filter(|number| *number <= LARGEST).and_then(|number| i64::try_from(number).ok());
    let number = number.ok_or(ErrorCode::InvalidRequest)?;
    Ok(number.into())
}
