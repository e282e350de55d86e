//! What stands on the shelves: articles and answers as they are given to readers and to the team.

use super::{links, pictures, readers};
use crate::failure::Failure;
use crate::sql;
use serde::Deserialize;
use shared::ids::{AnswerId, ArticleId, WorkspaceId};
use shared::protocol::{AnswerSource, Article, ArticleRef, ErrorCode, ListedArticle, Section, Sections};
use shared::readership::{Guarded, Reader, Readership};
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

#[derive(Deserialize)]
struct SectionRow {
    id: ArticleId,
    title: String,
    audience: String,
    section: String,
}

/// An article as it is read, with its pictures and with links that lead to other articles.
pub(super) fn to_read(
    storage: &Storage,
    workspace: &WorkspaceId,
    wanted: &str,
    id: &ArticleId,
    reader: &Reader,
) -> Result<Article, Failure> {
    let mut article = article(storage, wanted, id, reader)?;
    pictures::put_in(storage, workspace, &mut article)?;
    links::lead_inside(storage, &mut article, reader)?;
    Ok(article)
}

/// An article in the language that serves `wanted` best of those that have it for this reader. One that is for others is as one that is
/// not there.
pub(super) fn article(storage: &Storage, wanted: &str, id: &ArticleId, reader: &Reader) -> Result<Article, Failure> {
    for locale in readers::places(storage, wanted, reader)? {
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
    let locale = readers::place_of_team(storage, wanted)?;
    let query = "SELECT id, title, audience FROM articles WHERE locale = ? ORDER BY title";
    let rows: Vec<TitleRow> = sql::all(storage, query, vec![locale.into()])?;
    let listed = |row: TitleRow| {
        let readership: Readership = serde_json::from_str(&row.audience)?;
        Ok(ListedArticle { id: row.id, title: row.title, audience: readership.into_audiences() })
    };
    rows.into_iter().map(listed).collect()
}

/// All articles that a reader may read, by section and title, in the language that serves `wanted` best.
pub(super) fn sections(storage: &Storage, wanted: &str, reader: &Reader) -> Result<Sections, Failure> {
    let locale = readers::place(storage, wanted, reader)?.locale;
    // What a build of before has stored without its source stands in no section.
    let query = "SELECT articles.id AS id, articles.title AS title, articles.audience AS audience, \
                 COALESCE(json_extract(article_sources.json, '$.section'), '') AS section \
                 FROM articles LEFT JOIN article_sources \
                 ON article_sources.locale = articles.locale AND article_sources.id = articles.id \
                 WHERE articles.locale = ? ORDER BY section = '', section, articles.title";
    let rows: Vec<SectionRow> = sql::all(storage, query, vec![locale.into()])?;
    let mut sections: Vec<Section> = Vec::new();
    for SectionRow { id, title, audience, section } in rows {
        let article = Guarded::new(ArticleRef { id, title }, serde_json::from_str(&audience)?);
        let Some(article) = article.for_reader(reader) else { continue };
        match sections.last_mut().filter(|last| last.name == section) {
            Some(last) => last.articles.push(article),
            None => sections.push(Section { name: section, articles: vec![article] }),
        }
    }
    Ok(Sections { sections })
}

/// An answer of a language; none if it is not there.
pub(super) fn answer(storage: &Storage, locale: &str, id: &str) -> Result<Option<AnswerSource>, Failure> {
    let Ok(id) = AnswerId::parse(id) else { return Ok(None) };
    let query = "SELECT json FROM answers WHERE locale = ? AND id = ?";
    sql::document(storage, query, vec![locale.into(), id.as_str().into()])
}
