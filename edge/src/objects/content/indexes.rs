//! The indexes that are made of what was published, one for each kind and language.

use super::documents::{compiled, put_compiled};
use super::kind::Kind;
use super::pieces::Changed;
use crate::failure::Failure;
use crate::sql;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use shared::ids::base64url;
use shared::matching::{Corpus, Doc, ENGINE, compile};
use shared::protocol::{AnswerSource, ArticleSource, PublishedIndex};
use shared::richtext::{Block, headings, plain_text};
use worker::Storage;

/// A row of a Durable Object holds at most 2 MB: what is larger lies in several.
const PART_BYTES: usize = 1_000_000;
/// Enough of a SHA-256 to tell indexes apart for ever.
const HASH_CHARS: usize = 16;

#[derive(Deserialize)]
struct ArticleRow {
    json: String,
    blocks: String,
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

/// Makes the indexes anew in which something has changed; all of them if another engine has made them, or one of them is damaged.
pub(super) fn refresh(storage: &Storage, mut changed: Changed) -> Result<(), Failure> {
    if changed.0.is_empty() {
        return Ok(());
    }
    let mut note = compiled(storage)?;
    if note.engine != Some(ENGINE) || note.damaged {
        for kind in Kind::ALL {
            locales(storage, kind)?.iter().for_each(|locale| changed.note(kind, locale));
        }
    }
    for (kind, locale) in changed.0 {
        let docs = docs(storage, kind, &locale)?;
        let made = (!docs.is_empty()).then(|| compile(&public(&locale, &docs)));
        put(storage, kind, &locale, made.as_deref())?;
        if kind == Kind::Articles {
            match made {
                Some(bytes) => note.indexes.insert(locale, hash(&bytes)),
                None => note.indexes.remove(&locale),
            };
        }
    }
    note.engine = Some(ENGINE);
    note.damaged = false;
    note.renewals = None;
    put_compiled(storage, &note)
}

/// The indexes of articles, for the answer to publishing; each has its hash in the place of its address.
pub(super) fn list(storage: &Storage) -> Result<Vec<PublishedIndex>, Failure> {
    let query = "SELECT locale, hash, SUM(LENGTH(bytes)) AS bytes, (SELECT COUNT(*) FROM articles \
                 WHERE articles.locale = indexes.locale AND audience = '[]') AS articles \
                 FROM indexes WHERE kind = ? GROUP BY locale ORDER BY locale";
    let rows: Vec<IndexRow> = sql::all(storage, query, vec![Kind::Articles.name().into()])?;
    let index = |row: IndexRow| {
        let IndexRow { locale, hash, bytes, articles } = row;
        PublishedIndex { locale, url: hash, articles, bytes }
    };
    Ok(rows.into_iter().map(index).collect())
}

/// The languages in which there is something of a kind.
fn locales(storage: &Storage, kind: Kind) -> Result<Vec<String>, Failure> {
    let query = ["SELECT DISTINCT locale FROM ", kind.sources()].concat();
    let rows: Vec<LocaleRow> = sql::all(storage, &query, None)?;
    Ok(rows.into_iter().map(|row| row.locale).collect())
}

/// In the order of ids, so that the same documents always give the same bytes.
fn docs(storage: &Storage, kind: Kind, locale: &str) -> Result<Vec<Doc>, Failure> {
    match kind {
        Kind::Articles => {
            let query = "SELECT written.json, articles.blocks FROM article_sources AS written JOIN articles \
                         ON articles.locale = written.locale AND articles.id = written.id \
                         WHERE written.locale = ? ORDER BY written.id";
            let rows: Vec<ArticleRow> = sql::all(storage, query, vec![locale.into()])?;
            let doc = |row: ArticleRow| {
                let article: ArticleSource = serde_json::from_str(&row.json)?;
                Ok(article_doc(article, &serde_json::from_str::<Vec<Block>>(&row.blocks)?))
            };
            rows.into_iter().map(doc).collect()
        }
        Kind::Answers => {
            let query = "SELECT json FROM answers WHERE locale = ? ORDER BY id";
            let answers: Vec<AnswerSource> = sql::documents(storage, query, vec![locale.into()])?;
            Ok(answers.into_iter().map(answer_doc).collect())
        }
    }
}

fn put(storage: &Storage, kind: Kind, locale: &str, bytes: Option<&[u8]>) -> Result<(), Failure> {
    let values = vec![locale.into(), kind.name().into()];
    sql::run(storage, "DELETE FROM indexes WHERE locale = ? AND kind = ?", values)?;
    let Some(bytes) = bytes else { return Ok(()) };
    let hash = hash(bytes);
    for (part, chunk) in (0i64..).zip(bytes.chunks(PART_BYTES)) {
        let values = vec![locale.into(), kind.name().into(), part.into(), hash.as_str().into(), chunk.to_vec().into()];
        let statement = "INSERT INTO indexes (locale, kind, part, hash, bytes) VALUES (?, ?, ?, ?, ?)";
        sql::run(storage, statement, values)?;
    }
    Ok(())
}

fn article_doc(article: ArticleSource, blocks: &[Block]) -> Doc {
    Doc {
        id: article.id.into(),
        title: article.title,
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

/// What everybody may read.
fn public<'a>(locale: &'a str, docs: &'a [Doc]) -> Corpus<'a> {
    Corpus { locale, docs, audience: &[] }
}

/// What tells an index from every other one.
pub(super) fn hash(bytes: &[u8]) -> String {
    base64url(&Sha256::digest(bytes)).chars().take(HASH_CHARS).collect()
}
