//! What a site owner has published: articles, answers and the indexes made of them.

mod documents;
mod indexes;
mod kind;
mod pieces;
mod publish;
mod search;
mod stored;

pub(super) use documents::{FIRST, SECOND, THIRD, begin, operations, settings};
pub(super) use publish::{is_old, publish, renew, written};
pub(super) use search::{explain, find};
pub(super) use stored::index_bytes;

use crate::calls::workspace::{BootFacts, WorkspaceTerms};
use crate::failure::Failure;
use crate::sql;
use documents::{Compiled, compiled};
use serde::Deserialize;
use shared::ids::{AnswerId, ArticleId};
use shared::locale;
use shared::protocol::{AnswerSource, Article, ErrorCode, ListedArticle};
use shared::readership::{Guarded, Reader, Readership};
use shared::settings::Settings;
use worker::Storage;

#[derive(Deserialize)]
struct ArticleRow {
    id: ArticleId,
    locale: String,
    title: String,
    url: String,
    blocks: String,
    audience: String,
}

#[derive(Deserialize)]
struct TitleRow {
    id: ArticleId,
    title: String,
    audience: String,
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

/// An article in the language that serves `wanted` best and has it for this reader, the default language otherwise. One that is for
/// others is as one that is not there.
pub(super) fn article(storage: &Storage, wanted: &str, id: &ArticleId, reader: &Reader) -> Result<Article, Failure> {
    let settings = settings(storage)?;
    for locale in [resolve(&settings, &compiled(storage)?, wanted), settings.default_locale] {
        if let Some(article) = stored_article(storage, locale, id)?.and_then(|article| article.for_reader(reader)) {
            return Ok(article);
        }
    }
    Err(ErrorCode::UnknownArticle.into())
}

fn stored_article(storage: &Storage, locale: String, id: &ArticleId) -> Result<Option<Guarded<Article>>, Failure> {
    let query = "SELECT id, locale, title, url, blocks, audience FROM articles WHERE locale = ? AND id = ?";
    let row: Option<ArticleRow> = sql::one(storage, query, vec![locale.into(), id.as_str().into()])?;
    let Some(row) = row else { return Ok(None) };
    let readership = serde_json::from_str(&row.audience)?;
    let blocks = serde_json::from_str(&row.blocks)?;
    let article = Article { id: row.id, locale: row.locale, title: row.title, url: row.url, blocks };
    Ok(Some(Guarded::new(article, readership)))
}

/// The articles of the language that serves `wanted` best, by title, for the team: those for some alone are marked.
pub(super) fn articles(storage: &Storage, wanted: &str) -> Result<Vec<ListedArticle>, Failure> {
    let locale = resolve(&settings(storage)?, &compiled(storage)?, wanted);
    let query = "SELECT id, title, audience FROM articles WHERE locale = ? ORDER BY title";
    let rows: Vec<TitleRow> = sql::all(storage, query, vec![locale.into()])?;
    let listed = |row: TitleRow| {
        let readership: Readership = serde_json::from_str(&row.audience)?;
        Ok(ListedArticle { id: row.id, title: row.title, audience: readership.into_audiences() })
    };
    rows.into_iter().map(listed).collect()
}

fn answer(storage: &Storage, locale: &str, id: &str) -> Result<Option<AnswerSource>, Failure> {
    let Ok(id) = AnswerId::parse(id) else { return Ok(None) };
    let query = "SELECT json FROM answers WHERE locale = ? AND id = ?";
    sql::document(storage, query, vec![locale.into(), id.as_str().into()])
}
