//! Articles and answers as they are stored: each with what was written, from which an index can be made again.

use super::kind::Kind;
use super::staging::{Piece, stage_removal};
use crate::failure::Failure;
use crate::hash::hash;
use crate::sql;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use shared::protocol::{ArticleSource, Content, ErrorCode};
use shared::readership::Readership;
use shared::turns::Turns;
use worker::{Response, Storage};

/// How many rows are read at once, in less than a turn.
const PAGE: i64 = 200;
/// What it costs to read or to store a row, beside its bytes, in bytes of text that are cut into words.
pub(super) const PER_ROW: usize = 300;

/// The kinds and languages in which something has changed, each once.
#[derive(Default)]
pub(super) struct Changed(pub(super) Vec<(Kind, String)>);

impl Changed {
    /// Something of this kind and language has changed.
    pub(super) fn note(&mut self, kind: Kind, locale: &str) {
        if !self.0.iter().any(|(other, known)| *other == kind && known == locale) {
            self.0.push((kind, String::from(locale)));
        }
    }
}

/// A piece as it was written.
#[derive(Deserialize)]
struct SourceRow {
    locale: String,
    id: String,
    /// None for an article that was stored by a build which kept no sources.
    json: Option<String>,
}

/// Makes these all that there is of their kind. What is the same as before is left alone.
pub(super) async fn replace_all<P: Piece>(
    storage: &Storage,
    pieces: &[P],
    changed: &mut Changed,
    turns: &Turns,
) -> Result<(), Failure> {
    // In the order of language and id.
    let before = rows(storage, P::KIND, turns).await?;
    let mut stays = vec![false; before.len()];
    for piece in pieces {
        let json = serde_json::to_string(piece)?;
        turns.did(PER_ROW + json.len()).await;
        let key = (piece.locale(), piece.id());
        let place =
            before.binary_search_by(|row| (row.locale.as_str(), row.id.as_str()).cmp(&key)).unwrap_or(usize::MAX);
        if let Some(stays) = stays.get_mut(place) {
            *stays = true;
        }
        if before.get(place).and_then(|row| row.json.as_ref()) != Some(&json) {
            piece.stage(storage, json)?;
            changed.note(P::KIND, piece.locale());
        }
    }
    for (row, _) in before.iter().zip(stays).filter(|(_, stays)| !stays) {
        turns.did(PER_ROW).await;
        stage_removal(storage, P::KIND, &row.locale, &row.id)?;
        changed.note(P::KIND, &row.locale);
    }
    Ok(())
}

/// A piece as it was written, with its version.
pub(super) fn source(storage: &Storage, kind: &str, locale: &str, id: &str) -> Result<Response, Failure> {
    let kind = Kind::ALL.into_iter().find(|known| known.name() == kind).ok_or(ErrorCode::UnknownDoor)?;
    let json = written_piece(storage, kind, locale, id)?.ok_or(kind.unknown())?;
    let response = Response::ok(&json)?;
    response.headers().set("etag", &quoted(&hash(json.as_bytes())))?;
    Ok(response)
}

/// The version of a piece; none if it is not there.
pub(super) fn version(storage: &Storage, kind: Kind, locale: &str, id: &str) -> Result<Option<String>, Failure> {
    Ok(written_piece(storage, kind, locale, id)?.map(|json| hash(json.as_bytes())))
}

#[derive(Deserialize)]
struct JsonRow {
    json: String,
}

fn written_piece(storage: &Storage, kind: Kind, locale: &str, id: &str) -> Result<Option<String>, Failure> {
    let query = ["SELECT json FROM ", kind.sources(), " WHERE locale = ? AND id = ?"].concat();
    let row: Option<JsonRow> = sql::one(storage, &query, [locale, id].map(Into::into).to_vec())?;
    Ok(row.map(|row| row.json))
}

/// A version as HTTP writes it.
fn quoted(version: &str) -> String {
    ["\"", version, "\""].concat()
}

/// Adds a piece, or puts it in the place of the one with the same language and id. What is the same as before is left alone.
pub(super) fn put<P: Piece>(storage: &Storage, piece: &P, changed: &mut Changed) -> Result<(), Failure> {
    let json = serde_json::to_string(piece)?;
    let query = ["SELECT 1 FROM ", P::KIND.sources(), " WHERE locale = ? AND id = ? AND json = ?"].concat();
    if !sql::exists(storage, &query, [piece.locale(), piece.id(), &json].map(Into::into).to_vec())? {
        piece.stage(storage, json)?;
        changed.note(P::KIND, piece.locale());
    }
    Ok(())
}

/// Removes a piece. Refuses one that is not there.
pub(super) fn remove(
    storage: &Storage,
    kind: Kind,
    locale: &str,
    id: &str,
    changed: &mut Changed,
) -> Result<(), Failure> {
    let query = ["SELECT 1 FROM ", kind.name(), " WHERE locale = ? AND id = ?"].concat();
    if !sql::exists(storage, &query, [locale, id].map(Into::into).to_vec())? {
        return Err(kind.unknown().into());
    }
    stage_removal(storage, kind, locale, id)?;
    changed.note(kind, locale);
    Ok(())
}

/// Stages every article again that this change leaves as it is, since another build may read Markdown in another way; each kind and
/// language counts as changed.
pub(super) async fn stage_again(storage: &Storage, changed: &mut Changed, turns: &Turns) -> Result<(), Failure> {
    for row in rows(storage, Kind::Articles, turns).await? {
        let Some(json) = row.json else { continue };
        let is_staged = "SELECT 1 FROM staged_articles WHERE locale = ?1 AND id = ?2 \
                         UNION ALL SELECT 1 FROM staged_removals WHERE kind = 'articles' AND locale = ?1 AND id = ?2";
        turns.did(PER_ROW + json.len()).await;
        if !sql::exists(storage, is_staged, [&row.locale, &row.id].map(|text| text.as_str().into()).to_vec())? {
            let article: ArticleSource = serde_json::from_str(&json)?;
            article.stage(storage, json)?;
        }
        changed.note(Kind::Articles, &row.locale);
    }
    rows(storage, Kind::Answers, turns).await?.iter().for_each(|row| changed.note(Kind::Answers, &row.locale));
    Ok(())
}

/// All pieces of a kind as they were written, as the items of a list in JSON, by language and id.
pub(super) async fn written(storage: &Storage, kind: Kind, turns: &Turns) -> Result<String, Failure> {
    let texts: Vec<String> = rows(storage, kind, turns).await?.into_iter().filter_map(|row| row.json).collect();
    Ok(["[", &texts.join(","), "]"].concat())
}

/// Takes apart what an earlier build has stored as one text.
pub(super) fn spread(storage: &Storage) -> Result<(), Failure> {
    let json = sql::bytes(storage, "SELECT json FROM sources ORDER BY part", None)?;
    if json.is_empty() {
        return Ok(());
    }
    let content: Content = serde_json::from_str(str::from_utf8(&json)?)?;
    let statement = "INSERT INTO article_sources (locale, id, json) VALUES (?, ?, ?)";
    for article in &content.articles {
        let json = serde_json::to_string(article)?;
        sql::run(storage, statement, [&article.locale, article.id.as_str(), &json].map(Into::into).to_vec())?;
        let statement = "UPDATE articles SET audience = ? WHERE locale = ? AND id = ?";
        let readership = serde_json::to_string(&Readership::of(&article.audience))?;
        sql::run(storage, statement, [&readership, &article.locale, article.id.as_str()].map(Into::into).to_vec())?;
    }
    sql::run(storage, "DELETE FROM sources", None)?;
    Ok(())
}

/// Refuses a workspace in which an article has no source: it was published by a build that kept none, so that no index can be made
/// of it again.
pub(super) fn require_sources(storage: &Storage) -> Result<(), Failure> {
    let query = "SELECT 1 FROM articles WHERE NOT EXISTS (SELECT 1 FROM article_sources AS written \
                 WHERE written.locale = articles.locale AND written.id = articles.id)";
    if sql::exists(storage, query, None)? { Err(ErrorCode::NoSources.into()) } else { Ok(()) }
}

async fn rows(storage: &Storage, kind: Kind, turns: &Turns) -> Result<Vec<SourceRow>, Failure> {
    let query = match kind {
        Kind::Articles => {
            "SELECT shown.locale, shown.id, written.json FROM articles AS shown LEFT JOIN article_sources AS written \
             ON written.locale = shown.locale AND written.id = shown.id WHERE (shown.locale, shown.id) > (?, ?) \
             ORDER BY shown.locale, shown.id LIMIT ?"
        }
        Kind::Answers => "SELECT locale, id, json FROM answers WHERE (locale, id) > (?, ?) ORDER BY locale, id LIMIT ?",
    };
    in_pages(storage, query, ["", ""], |row: &SourceRow| [row.locale.clone(), row.id.clone()], turns).await
}

/// All rows of a query, page by page. It takes two texts, which say after which row the page begins, and the number of its rows.
pub(super) async fn in_pages<T: DeserializeOwned>(
    storage: &Storage,
    query: &str,
    first: [&str; 2],
    key: fn(&T) -> [String; 2],
    turns: &Turns,
) -> Result<Vec<T>, Failure> {
    let mut last = first.map(String::from);
    let mut all = Vec::new();
    loop {
        let mut values: Vec<_> = last.iter().map(|part| part.as_str().into()).collect();
        values.push(PAGE.into());
        let page: Vec<T> = sql::all(storage, query, values)?;
        let Some(row) = page.last() else { return Ok(all) };
        last = key(row);
        let is_last = page.len() < PAGE as usize;
        turns.did(PER_ROW * page.len()).await;
        all.extend(page);
        if is_last {
            return Ok(all);
        }
    }
}
