//! What a model has written, beside the articles: for each proposal what the engine says of it, and what people do.

use super::compiled::{compiled, put_compiled};
use super::kind::Kind;
use super::learning;
use super::pending::Pending;
use super::pieces::Changed;
use crate::failure::Failure;
use crate::platform::transaction;
use crate::sql;
use serde::{Deserialize, Serialize};
use shared::ids::{AnswerId, ArticleId};
use shared::learning::Source;
use shared::protocol::{ApiError, ErrorCode, Solution};
use shared::written::{self, Decision, DecisionAbout, Listed, ListedProposal, Missed, Verdict};
use std::collections::BTreeMap;
use worker::{SqlStorageValue, Storage};

/// How many are listed at once.
const PAGE: i64 = 500;

/// A proposal with which a piece may be found.
#[derive(Deserialize)]
struct ProposalRow {
    id: String,
    text: String,
    edited: Option<String>,
    verdict: Option<String>,
    decision: String,
}

/// A proposal to be listed.
#[derive(Deserialize)]
struct ListedRow {
    locale: String,
    id: String,
    kind: String,
    text: String,
    /// `model`, or what tells questions of visitors apart: about what, by whom, and their words.
    source: String,
    about: String,
    asked: u64,
    edited: Option<String>,
    verdict: Option<String>,
    decision: String,
}

#[derive(Deserialize)]
struct MissedRow {
    locale: String,
    id: String,
    wrong: String,
}

#[derive(Deserialize)]
struct OpenRow {
    id: String,
    kind: String,
    text: String,
}

/// A proposal that nobody has decided about.
pub(super) struct Open {
    pub(super) article: String,
    pub(super) kind: written::Kind,
    pub(super) text: String,
}

/// Which proposals an index is made with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum With {
    /// Those that the engine keeps, and those that people have accepted.
    Kept,
    /// Only the latter: the others are to be judged.
    Accepted,
}

/// What the articles of a language are found with beside what their author wrote, by article.
pub(super) fn of_articles(
    storage: &Storage,
    locale: &str,
    with: With,
) -> Result<BTreeMap<String, Vec<(String, Verdict)>>, Failure> {
    let query = "SELECT id, text, edited, verdict, decision FROM proposals WHERE locale = ? AND (decision = 'accepted' \
                 OR decision = 'open' AND is_kept = 1) ORDER BY id, kind, text";
    let rows: Vec<ProposalRow> = sql::all(storage, query, vec![locale.into()])?;
    let mut found: BTreeMap<String, Vec<(String, Verdict)>> = BTreeMap::new();
    for row in rows {
        let is_accepted = row.decision == Decision::Accepted.name();
        let verdict = verdict(row.verdict.as_deref())?;
        let verdict = match (verdict, is_accepted) {
            (Some(verdict), true) if verdict.is_kept() => verdict,
            (_, true) => Verdict::KeptAsWords,
            (Some(verdict), false) if with == With::Kept => verdict,
            (_, false) => continue,
        };
        found.entry(row.id).or_default().push((row.edited.unwrap_or(row.text), verdict));
    }
    Ok(found)
}

/// The proposals of a language that the engine decides about, in order.
pub(super) fn open(storage: &Storage, locale: &str) -> Result<Vec<Open>, Failure> {
    let query = "SELECT id, kind, text FROM proposals WHERE locale = ? AND decision = 'open' ORDER BY id, kind, place";
    let rows: Vec<OpenRow> = sql::all(storage, query, vec![locale.into()])?;
    let open = rows.into_iter().map(|row| Ok(Open { article: row.id, kind: kind(&row.kind)?, text: row.text }));
    open.collect()
}

/// Stores what is said of a proposal that nobody has decided about meanwhile.
pub(super) fn judge(storage: &Storage, locale: &str, one: &Open, verdict: &Verdict) -> Result<(), Failure> {
    let statement =
        "UPDATE proposals SET verdict = ?, is_kept = ? WHERE locale = ? AND id = ? AND kind = ? AND text = ?";
    let mut values: Vec<SqlStorageValue> = vec![serde_json::to_string(verdict)?.into()];
    values.push(i64::from(verdict.is_kept()).into());
    values.extend([locale, &one.article, name(one.kind), &one.text].map(SqlStorageValue::from));
    sql::run(storage, statement, values).map(drop)
}

/// Puts what a model has written about an article in the place of what it wrote before. Those that people have decided about stay.
pub(super) fn put(storage: &Storage, locale: &str, id: &str, all: &[(written::Kind, String)]) -> Result<(), Failure> {
    let former = "DELETE FROM proposals WHERE locale = ? AND id = ? AND decision = 'open'";
    sql::run(storage, former, [locale, id].map(SqlStorageValue::from).to_vec())?;
    for (place, (kind, text)) in (0i64..).zip(all) {
        let statement = "INSERT OR IGNORE INTO proposals (locale, id, kind, text, place) VALUES (?, ?, ?, ?, ?)";
        let mut values: Vec<SqlStorageValue> = [locale, id, name(*kind), text].map(SqlStorageValue::from).to_vec();
        values.push(place.into());
        sql::run(storage, statement, values)?;
    }
    Ok(())
}

/// Where a page begins: behind a proposal.
#[derive(Default, Serialize, Deserialize)]
struct After(String, String, String, String, String);

/// A page of all proposals, by language and piece; those of a language model beside those of visitors.
pub(super) fn list(storage: &Storage, after: Option<&str>) -> Result<Listed, Failure> {
    let first = after.is_none();
    let After(locale, id, kind_name, text, source) = match after {
        Some(after) => serde_json::from_str(after).map_err(|_| ErrorCode::InvalidRequest)?,
        None => After::default(),
    };
    let query = "SELECT locale, id, kind, text, source, about, asked, edited, verdict, decision FROM (\
                 SELECT locale, id, kind, text, 'model' AS source, 'articles' AS about, 0 AS asked, edited, verdict, decision FROM proposals UNION ALL \
                 SELECT locale, id, 'question' AS kind, text, about || '/' || source || '/' || words AS source, about, asked, edited, verdict, decision FROM learnt) \
                 WHERE (locale, id, kind, text, source) > (?, ?, ?, ?, ?) ORDER BY locale, id, kind, text, source LIMIT ?";
    let parts = [&locale, &id, &kind_name, &text, &source];
    let mut values: Vec<SqlStorageValue> = parts.map(|part| part.as_str().into()).to_vec();
    values.push(PAGE.into());
    let rows: Vec<ListedRow> = sql::all(storage, query, values)?;
    let last = rows.last().filter(|_| rows.len() == PAGE as usize);
    let next = last.map(|row| {
        let ListedRow { locale, id, kind, text, source, .. } = row;
        After(locale.clone(), id.clone(), kind.clone(), text.clone(), source.clone())
    });
    let waiting = sql::count(storage, "SELECT COUNT(*) AS count FROM written WHERE waits = 1", None)?;
    let missed = if first { missed(storage)? } else { Vec::new() };
    Ok(Listed {
        proposals: rows.into_iter().map(listed).collect::<Result<_, Failure>>()?,
        next: next.map(|next| serde_json::to_string(&next)).transpose()?,
        waiting,
        missed,
    })
}

fn missed(storage: &Storage) -> Result<Vec<Missed>, Failure> {
    let query = "SELECT locale, id, wrong FROM written WHERE wrong IS NOT NULL ORDER BY locale, id LIMIT ?";
    let rows: Vec<MissedRow> = sql::all(storage, query, vec![PAGE.into()])?;
    let missed = rows
        .into_iter()
        .map(|MissedRow { locale, id, wrong }| Ok(Missed { locale, article: article(&id)?, sentence: wrong }));
    missed.collect()
}

fn listed(row: ListedRow) -> Result<ListedProposal, Failure> {
    Ok(ListedProposal {
        about: match row.about.as_str() {
            "answers" => Solution::Answer(answer(&row.id)?),
            _ => Solution::Article(article(&row.id)?),
        },
        locale: row.locale,
        kind: kind(&row.kind)?,
        source: match row.source.split('/').nth(1) {
            Some("visitors") => Source::Visitors,
            Some("agents") => Source::Agents,
            _ => Source::Model,
        },
        asked: row.asked,
        text: row.text,
        edited: row.edited,
        judged: verdict(row.verdict.as_deref())?,
        decision: match row.decision.as_str() {
            "accepted" => Decision::Accepted,
            "rejected" => Decision::Rejected,
            _ => Decision::Open,
        },
    })
}

/// Stores what people decide, all or nothing, and has the indexes follow.
pub(super) fn decide(storage: &Storage, decisions: &[DecisionAbout]) -> Result<(), Failure> {
    transaction(storage, || {
        let mut changed = Changed::default();
        for one in decisions {
            let (about, id) = match &one.about {
                Solution::Article(id) => (Kind::Articles, id.as_str()),
                Solution::Answer(id) => (Kind::Answers, id.as_str()),
            };
            // A language model may have written what visitors have asked: one decision is about both.
            let of_model = about == Kind::Articles && decide_written(storage, one, id)?;
            let of_visitors = one.kind == written::Kind::Question
                && learning::decide(storage, about, (&one.locale, id, &one.text), one.decision, one.edited.as_deref())?;
            if !of_model && !of_visitors {
                return Err(unknown(one, id));
            }
            changed.note(about, &one.locale);
        }
        follow(storage, &changed)
    })
}

/// The same of what a language model has written. Gives whether it is there.
fn decide_written(storage: &Storage, one: &DecisionAbout, id: &str) -> Result<bool, Failure> {
    let statement =
        "UPDATE proposals SET decision = ?, edited = ? WHERE locale = ? AND id = ? AND kind = ? AND text = ?";
    let edited = one.edited.as_deref().map_or(SqlStorageValue::Null, SqlStorageValue::from);
    let mut values: Vec<SqlStorageValue> = vec![one.decision.name().into(), edited];
    values.extend([&one.locale, id, name(one.kind), &one.text].map(SqlStorageValue::from));
    Ok(sql::run(storage, statement, values)? > 0)
}

/// Has the indexes of these languages made anew soon.
pub(super) fn follow(storage: &Storage, changed: &Changed) -> Result<(), Failure> {
    let mut note = compiled(storage)?;
    note.pending = Some(Pending::with(note.pending.take(), changed));
    put_compiled(storage, &note)
}

fn unknown(one: &DecisionAbout, id: &str) -> Failure {
    let (code, piece) = match one.about {
        Solution::Article(_) => (ErrorCode::UnknownArticle, "article "),
        Solution::Answer(_) => (ErrorCode::UnknownAnswer, "answer "),
    };
    let parts = ["There is no such proposal for ", piece, id, " in ", &one.locale, ". Nothing was stored."];
    ApiError::with(code, parts.concat()).into()
}

fn name(kind: written::Kind) -> &'static str {
    match kind {
        written::Kind::Keyword => "keyword",
        written::Kind::Question => "question",
    }
}

fn kind(name: &str) -> Result<written::Kind, Failure> {
    match name {
        "keyword" => Ok(written::Kind::Keyword),
        "question" => Ok(written::Kind::Question),
        _ => Err(Failure::broken("a proposal is of no kind")),
    }
}

fn verdict(json: Option<&str>) -> Result<Option<Verdict>, Failure> {
    Ok(json.map(serde_json::from_str).transpose()?)
}

fn answer(id: &str) -> Result<AnswerId, Failure> {
    AnswerId::parse(id).map_err(|_| Failure::broken("an answer has a name that is none"))
}

fn article(id: &str) -> Result<ArticleId, Failure> {
    ArticleId::parse(id).map_err(|_| Failure::broken("an article has a name that is none"))
}
