//! What a site owner has published: articles, answers and the indexes made of them.

mod documents;
mod indexes;
mod kind;
mod pieces;
mod publish;

pub(super) use documents::{FIRST, SECOND, operations, settings};
pub(super) use publish::{is_old, publish, renew, written};

use crate::calls::workspace::{BootFacts, Matched, WorkspaceTerms};
use crate::failure::Failure;
use crate::sql;
use documents::{Compiled, compiled};
use kind::Kind;
use serde::Deserialize;
use shared::assistant::Found;
use shared::ids::{AnswerId, ArticleId};
use shared::locale;
use shared::matching::{Index, Query};
use shared::protocol::{AnswerSource, Article, ArticleRef, ErrorCode};
use shared::settings::Settings;
use worker::Storage;

/// How many articles the assistant may choose from.
const FOUND_ARTICLES: usize = 8;

#[derive(Deserialize)]
struct ArticleRow {
    id: ArticleId,
    locale: String,
    title: String,
    url: String,
    blocks: String,
}

#[derive(Deserialize)]
struct TitleRow {
    id: ArticleId,
    title: String,
}

/// What the panel's start needs, in the language that serves `wanted` best.
pub(super) fn boot(storage: &Storage, wanted: &str, terms: WorkspaceTerms) -> Result<BootFacts, Failure> {
    let (settings, compiled) = (settings(storage)?, compiled(storage)?);
    let locale = resolve(&settings, &compiled, wanted);
    Ok(BootFacts { index: compiled.indexes.get(&locale).cloned(), panel: settings.panel, locale, terms })
}

fn resolve(settings: &Settings, compiled: &Compiled, wanted: &str) -> String {
    let available: Vec<&str> = compiled.indexes.keys().map(String::as_str).collect();
    String::from(locale::resolve(wanted, &available, &settings.default_locale))
}

/// An article in the language that serves `wanted` best and has it, the default language otherwise.
pub(super) fn article(storage: &Storage, wanted: &str, id: &ArticleId) -> Result<Article, Failure> {
    let settings = settings(storage)?;
    for locale in [resolve(&settings, &compiled(storage)?, wanted), settings.default_locale] {
        let query =
            "SELECT id, locale, title, url, blocks FROM articles WHERE locale = ? AND id = ? AND NOT restricted";
        let row: Option<ArticleRow> = sql::one(storage, query, vec![locale.into(), id.as_str().into()])?;
        if let Some(row) = row {
            return Ok(Article {
                id: row.id,
                locale: row.locale,
                title: row.title,
                url: row.url,
                blocks: serde_json::from_str(&row.blocks)?,
            });
        }
    }
    Err(ErrorCode::UnknownArticle.into())
}

/// The articles of the language that serves `wanted` best, by title.
pub(super) fn articles(storage: &Storage, wanted: &str) -> Result<Vec<ArticleRef>, Failure> {
    let locale = resolve(&settings(storage)?, &compiled(storage)?, wanted);
    let query = "SELECT id, title FROM articles WHERE locale = ? ORDER BY title";
    let rows: Vec<TitleRow> = sql::all(storage, query, vec![locale.into()])?;
    Ok(rows.into_iter().map(|row| ArticleRef { id: row.id, title: row.title }).collect())
}

/// The bytes of an index of articles, if the hash is still the one that is published.
pub(super) fn index_bytes(storage: &Storage, locale: &str, hash: &str) -> Result<Vec<u8>, Failure> {
    let bytes = stored_index(storage, locale, Kind::Articles, Some(hash))?;
    if bytes.is_empty() { Err(ErrorCode::UnknownDoor.into()) } else { Ok(bytes) }
}

fn stored_index(storage: &Storage, locale: &str, kind: Kind, hash: Option<&str>) -> Result<Vec<u8>, Failure> {
    let query = "SELECT bytes FROM indexes WHERE locale = ?1 AND kind = ?2 AND (?3 IS NULL OR hash = ?3) ORDER BY part";
    sql::bytes(storage, query, vec![locale.into(), kind.name().into(), hash.into()])
}

/// Searches the same indexes as the panel for a message that was sent: answers, then articles.
pub(super) fn find(storage: &Storage, text: &str, wanted: &str) -> Result<Matched, Failure> {
    let settings = settings(storage)?;
    let locale = resolve(&settings, &compiled(storage)?, wanted);
    // A sent text is finished: a trailing space closes the last word.
    let mut text = String::from(text);
    text.push(' ');
    let search = |kind: Kind, limit: usize| -> Result<Vec<(String, String, f32)>, Failure> {
        let bytes = stored_index(storage, &locale, kind, None)?;
        let Ok(index) = Index::open(bytes) else { return Ok(Vec::new()) };
        let hits = index.search(&Query { text: &text, limit, ..Query::default() });
        Ok(hits.into_iter().map(|hit| (hit.id, hit.title, hit.confidence)).collect())
    };
    let mut found = Vec::new();
    for (id, _, confidence) in search(Kind::Answers, 1)? {
        let Some(answer) = answer(storage, &locale, &id)? else { continue };
        let article = match &answer.article {
            Some(id) => {
                article(storage, &locale, id).ok().map(|article| ArticleRef { id: article.id, title: article.title })
            }
            None => None,
        };
        found.push(Found::Answer { id: answer.id, text: answer.text, article, confidence });
    }
    for (id, title, confidence) in search(Kind::Articles, FOUND_ARTICLES)? {
        let Ok(id) = ArticleId::parse(&id) else { continue };
        found.push(Found::Article { article: ArticleRef { id, title }, confidence });
    }
    Ok(Matched { found, rules: settings.assistant.unwrap_or_default() })
}

fn answer(storage: &Storage, locale: &str, id: &str) -> Result<Option<AnswerSource>, Failure> {
    let Ok(id) = AnswerId::parse(id) else { return Ok(None) };
    let query = "SELECT json FROM answers WHERE locale = ? AND id = ?";
    sql::document(storage, query, vec![locale.into(), id.as_str().into()])
}
