//! The indexes that are made of what was published: of each kind and language one of what everybody may read, and of the articles one
//! more for each set of audiences whose visitors have come.

use super::compiled::{Compiled, put_compiled};
use super::kind::Kind;
use super::learning;
use super::pieces::{Changed, PER_ROW, in_pages};
use super::proposals::{self, With};
use crate::failure::Failure;
use crate::hash::hash;
use crate::sql;
use serde::Deserialize;
use shared::matching::{Corpus, Doc, ENGINE, FORMAT, compile_in_turns};
use shared::protocol::{AnswerSource, ArticleSource, PublishedIndex};
use shared::readership::{Guarded, Reader, Readership};
use shared::richtext::{Block, headings, plain_text};
use shared::turns::Turns;
use shared::written::add_kept;
use std::collections::BTreeSet;
use worker::{SqlStorageValue, Storage};

/// A row of a Durable Object holds at most 2 MB: what is larger lies in several.
const PART_BYTES: usize = 1_000_000;
/// How many sets of audiences have an index in a language at once. The oldest is made again when somebody of that set comes.
const MOST_SETS: i64 = 64;

#[derive(Deserialize)]
struct ArticleRow {
    locale: String,
    id: String,
    json: String,
    blocks: String,
    audience: String,
}

#[derive(Deserialize)]
struct AnswerRow {
    locale: String,
    id: String,
    json: String,
}

#[derive(Deserialize)]
struct LocaleRow {
    locale: String,
}

#[derive(Deserialize)]
struct IndexRow {
    locale: String,
    hash: String,
    bytes: u32,
    articles: u32,
}

#[derive(Deserialize)]
struct HashRow {
    hash: String,
}

/// An index that is made and not stored yet.
pub(super) struct Made {
    kind: Kind,
    locale: String,
    /// None if there is nothing to search for.
    bytes: Option<Vec<u8>>,
    /// The audiences for which there is something among the articles.
    audiences: BTreeSet<String>,
}

/// Makes the indexes in which something changes by what is staged, for everybody. All of them, if `all` says so.
pub(super) async fn make(
    storage: &Storage,
    mut changed: Changed,
    all: bool,
    turns: &Turns,
) -> Result<Vec<Made>, Failure> {
    if all {
        for kind in Kind::ALL {
            locales(storage, kind)?.iter().for_each(|locale| changed.note(kind, locale));
        }
    }
    let mut made = Vec::new();
    for (kind, locale) in changed.0 {
        let docs = docs(storage, kind, &locale, With::Kept, turns).await?;
        let audiences = docs.iter().flat_map(|(_, readership)| readership.audiences()).map(String::from).collect();
        let docs = readable(docs, &Reader::everybody());
        let bytes = if docs.is_empty() { None } else { Some(compiled(&locale, &docs, turns).await) };
        made.push(Made { kind, locale, bytes, audiences });
    }
    Ok(made)
}

/// Stores what was made, with all that was to follow, in the transaction in which what it is made of takes its place. The indexes for
/// some are made again when somebody of them comes.
pub(super) fn take_over(storage: &Storage, made: Vec<Made>, mut note: Compiled) -> Result<(), Failure> {
    if made.is_empty() {
        return Ok(());
    }
    for Made { kind, locale, bytes, audiences } in made {
        sql::run(
            storage,
            "DELETE FROM indexes WHERE locale = ? AND kind = ?",
            vec![locale.as_str().into(), kind.name().into()],
        )?;
        let hash =
            bytes.as_deref().map(|bytes| put(storage, kind, &locale, &Reader::everybody(), bytes)).transpose()?;
        if kind == Kind::Articles {
            let restricted = note.restricted.get_or_insert_default();
            if audiences.is_empty() {
                restricted.remove(&locale);
            } else {
                restricted.insert(locale.clone(), audiences);
            }
            match hash {
                Some(hash) => note.indexes.insert(locale, hash),
                None => note.indexes.remove(&locale),
            };
        }
    }
    note.engine = Some(ENGINE);
    note.damaged = false;
    note.renewals = None;
    note.pending = None;
    note.restricted.get_or_insert_default();
    put_compiled(storage, &note)
}

/// The hash of the index of a kind and language for a reader; none if it is not made.
pub(super) fn hash_for(
    storage: &Storage,
    locale: &str,
    kind: Kind,
    reader: &Reader,
) -> Result<Option<String>, Failure> {
    let query = "SELECT hash FROM indexes WHERE locale = ? AND kind = ? AND readers = ? LIMIT 1";
    let values = vec![locale.into(), kind.name().into(), serde_json::to_string(reader)?.into()];
    let row: Option<HashRow> = sql::one(storage, query, values)?;
    Ok(row.map(|row| row.hash))
}

/// Whether a panel of this build can open the index with this hash. After an update one of another engine stands there until it is made
/// anew: it is better not to be named than to be loaded in vain.
pub(super) fn opens(storage: &Storage, locale: &str, hash: &str) -> Result<bool, Failure> {
    let query = "SELECT 1 FROM indexes WHERE locale = ? AND hash = ? AND part = 0 AND SUBSTR(bytes, 1, ?) = ?";
    let length = FORMAT.len() as i64;
    sql::exists(storage, query, vec![locale.into(), hash.into(), length.into(), FORMAT.to_vec().into()])
}

/// Makes the index of the articles of a language for a reader who may read more than everybody, and stores it.
pub(super) async fn make_for(storage: &Storage, locale: &str, reader: &Reader, turns: &Turns) -> Result<(), Failure> {
    let docs = readable(docs(storage, Kind::Articles, locale, With::Kept, turns).await?, reader);
    let bytes = compiled(locale, &docs, turns).await;
    put(storage, Kind::Articles, locale, reader, &bytes)?;
    let oldest = "DELETE FROM indexes WHERE locale = ?1 AND kind = 'articles' AND readers IN (SELECT readers FROM indexes \
                  WHERE locale = ?1 AND kind = 'articles' AND readers <> '[]' AND part = 0 ORDER BY rowid DESC LIMIT -1 OFFSET ?2)";
    sql::run(storage, oldest, vec![locale.into(), MOST_SETS.into()]).map(drop)
}

/// The pieces of a language as proposals are judged by them, no matter who may read which.
pub(super) async fn for_judging(
    storage: &Storage,
    kind: Kind,
    locale: &str,
    turns: &Turns,
) -> Result<Vec<Doc>, Failure> {
    let docs = docs(storage, kind, locale, With::Accepted, turns).await?;
    let mut docs: Vec<Doc> = docs.into_iter().map(|(doc, _)| doc.for_team().0).collect();
    Doc::tell_apart(&mut docs);
    Ok(docs)
}

/// The indexes of articles for everybody, for the answer to publishing; each has its hash in the place of its address.
pub(super) fn list(storage: &Storage) -> Result<Vec<PublishedIndex>, Failure> {
    let query = "SELECT locale, hash, SUM(LENGTH(bytes)) AS bytes, (SELECT COUNT(*) FROM articles \
                 WHERE articles.locale = indexes.locale AND audience = '[]') AS articles \
                 FROM indexes WHERE kind = ? AND readers = '[]' GROUP BY locale ORDER BY locale";
    let rows: Vec<IndexRow> = sql::all(storage, query, vec![Kind::Articles.name().into()])?;
    let index = |row: IndexRow| {
        let IndexRow { locale, hash, bytes, articles } = row;
        PublishedIndex { locale, url: hash, articles, bytes }
    };
    Ok(rows.into_iter().map(index).collect())
}

/// The languages in which there are curated answers, in alphabetical order.
pub(super) fn languages_of_answers(storage: &Storage) -> Result<Vec<String>, Failure> {
    let query = "SELECT locale FROM indexes WHERE kind = ? AND part = 0 ORDER BY locale";
    let rows: Vec<LocaleRow> = sql::all(storage, query, vec![Kind::Answers.name().into()])?;
    Ok(rows.into_iter().map(|row| row.locale).collect())
}

/// The languages in which there is something of a kind.
fn locales(storage: &Storage, kind: Kind) -> Result<Vec<String>, Failure> {
    let query = ["SELECT DISTINCT locale FROM ", kind.sources()].concat();
    let rows: Vec<LocaleRow> = sql::all(storage, &query, None)?;
    Ok(rows.into_iter().map(|row| row.locale).collect())
}

async fn compiled(locale: &str, docs: &[Doc], turns: &Turns) -> Vec<u8> {
    // Each of them is one that the reader may read: what the corpus says of audiences is not asked again.
    let audience: Vec<String> = docs.iter().flat_map(|doc| doc.audience.iter().cloned()).collect();
    compile_in_turns(&Corpus { locale, docs, audience: &audience }, turns).await
}

/// The documents that a reader may read. Titles are told apart among these alone: nothing is said of others.
fn readable(docs: Vec<(Guarded<Doc>, Readership)>, reader: &Reader) -> Vec<Doc> {
    let mut readable: Vec<Doc> = docs.into_iter().filter_map(|(doc, _)| doc.for_reader(reader)).collect();
    Doc::tell_apart(&mut readable);
    readable
}

/// The documents as they are once the staged ones have taken their place, in the order of ids, so that the same documents always give the same bytes.
async fn docs(
    storage: &Storage,
    kind: Kind,
    locale: &str,
    with: With,
    turns: &Turns,
) -> Result<Vec<(Guarded<Doc>, Readership)>, Failure> {
    let mut docs = Vec::new();
    let asked = learning::of_pieces(storage, kind, locale, with == With::Kept)?;
    match kind {
        Kind::Articles => {
            let written = proposals::of_articles(storage, locale, with)?;
            let query = "SELECT locale, id, json, blocks, audience FROM (\
                SELECT locale, id, json, blocks, audience FROM staged_articles UNION ALL \
                SELECT shown.locale, shown.id, written.json, shown.blocks, shown.audience FROM articles AS shown \
                JOIN article_sources AS written ON written.locale = shown.locale AND written.id = shown.id \
                WHERE NOT EXISTS (SELECT 1 FROM staged_articles AS staged WHERE staged.locale = shown.locale AND staged.id = shown.id) \
                AND NOT EXISTS (SELECT 1 FROM staged_removals AS gone WHERE gone.kind = 'articles' \
                AND gone.locale = shown.locale AND gone.id = shown.id)) \
                WHERE locale = ? AND id > ? ORDER BY id LIMIT ?";
            let rows =
                in_pages(storage, query, [locale, ""], |row: &ArticleRow| [row.locale.clone(), row.id.clone()], turns)
                    .await?;
            for row in rows {
                let article: ArticleSource = serde_json::from_str(&row.json)?;
                let readership: Readership = serde_json::from_str(&row.audience)?;
                turns.did(PER_ROW + row.json.len() + row.blocks.len()).await;
                let mut doc = article_doc(article, &serde_json::from_str::<Vec<Block>>(&row.blocks)?);
                let kept = asked.get(&row.id).into_iter().chain(written.get(&row.id)).flatten();
                add_kept(&mut doc, kept.map(|(text, verdict)| (text.as_str(), verdict)), locale);
                docs.push((Guarded::new(doc, readership.clone()), readership));
            }
        }
        Kind::Answers => {
            let query = "SELECT locale, id, json FROM (\
                SELECT locale, id, json FROM staged_answers UNION ALL SELECT locale, id, json FROM answers AS shown \
                WHERE NOT EXISTS (SELECT 1 FROM staged_answers AS staged WHERE staged.locale = shown.locale AND staged.id = shown.id) \
                AND NOT EXISTS (SELECT 1 FROM staged_removals AS gone WHERE gone.kind = 'answers' \
                AND gone.locale = shown.locale AND gone.id = shown.id)) \
                WHERE locale = ? AND id > ? ORDER BY id LIMIT ?";
            let rows =
                in_pages(storage, query, [locale, ""], |row: &AnswerRow| [row.locale.clone(), row.id.clone()], turns)
                    .await?;
            for row in rows {
                turns.did(PER_ROW + row.json.len()).await;
                let readership = Readership::of(&[]);
                let mut doc = answer_doc(serde_json::from_str(&row.json)?);
                let kept = asked.get(&row.id).into_iter().flatten();
                add_kept(&mut doc, kept.map(|(text, verdict)| (text.as_str(), verdict)), locale);
                docs.push((Guarded::new(doc, readership.clone()), readership));
            }
        }
    }
    Ok(docs)
}

/// Stores an index in the place of the one for the same readers, and gives its hash.
fn put(storage: &Storage, kind: Kind, locale: &str, reader: &Reader, bytes: &[u8]) -> Result<String, Failure> {
    let readers = serde_json::to_string(reader)?;
    let values = [locale, kind.name(), &readers].map(Into::into).to_vec();
    sql::run(storage, "DELETE FROM indexes WHERE locale = ? AND kind = ? AND readers = ?", values)?;
    let hash = hash(bytes);
    for (part, chunk) in (0i64..).zip(bytes.chunks(PART_BYTES)) {
        let mut values: Vec<SqlStorageValue> = [locale, kind.name(), &readers].map(Into::into).to_vec();
        values.extend([part.into(), hash.as_str().into(), chunk.to_vec().into()]);
        let statement = "INSERT INTO indexes (locale, kind, readers, part, hash, bytes) VALUES (?, ?, ?, ?, ?, ?)";
        sql::run(storage, statement, values)?;
    }
    Ok(hash)
}

fn article_doc(article: ArticleSource, blocks: &[Block]) -> Doc {
    Doc {
        id: article.id.into(),
        title: article.title,
        section: article.section,
        headings: headings(blocks),
        keywords: article.keywords,
        examples: article.examples,
        body: plain_text(blocks),
        places: article.places,
        products: article.products,
        audience: article.audience,
    }
}

fn answer_doc(answer: AnswerSource) -> Doc {
    Doc { id: answer.id.into(), examples: answer.examples, body: answer.text, ..Doc::default() }
}
