//! Articles and answers as they are stored: each with what was written, from which an index can be made again.

use super::kind::Kind;
use crate::failure::Failure;
use crate::sql;
use serde::{Deserialize, Serialize};
use shared::markdown;
use shared::protocol::{AnswerSource, ArticleSource, Content, ErrorCode};
use shared::readership::Readership;
use worker::{SqlStorageValue, Storage};

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

/// An article or an answer.
pub(super) trait Piece: Serialize {
    const KIND: Kind;
    fn locale(&self) -> &str;
    fn id(&self) -> &str;
    /// Stores it in the place of the one with the same language and id; `json` is how it was written.
    fn store(&self, storage: &Storage, json: String) -> Result<(), Failure>;
}

impl Piece for ArticleSource {
    const KIND: Kind = Kind::Articles;

    fn locale(&self) -> &str {
        &self.locale
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn store(&self, storage: &Storage, json: String) -> Result<(), Failure> {
        let (locale, id) = (self.locale.as_str(), self.id.as_str());
        let blocks = serde_json::to_string(&markdown::parse(&self.markdown))?;
        let mut values: Vec<SqlStorageValue> = [locale, id, &self.title, &self.url, &blocks].map(Into::into).to_vec();
        values.push(serde_json::to_string(&Readership::of(&self.audience))?.into());
        let statement =
            "INSERT OR REPLACE INTO articles (locale, id, title, url, blocks, audience) VALUES (?, ?, ?, ?, ?, ?)";
        sql::run(storage, statement, values)?;
        let statement = "INSERT OR REPLACE INTO article_sources (locale, id, json) VALUES (?, ?, ?)";
        sql::run(storage, statement, [locale, id, &json].map(Into::into).to_vec())?;
        Ok(())
    }
}

impl Piece for AnswerSource {
    const KIND: Kind = Kind::Answers;

    fn locale(&self) -> &str {
        &self.locale
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn store(&self, storage: &Storage, json: String) -> Result<(), Failure> {
        let statement = "INSERT OR REPLACE INTO answers (locale, id, json) VALUES (?, ?, ?)";
        let values = [&self.locale, self.id.as_str(), &json].map(Into::into).to_vec();
        sql::run(storage, statement, values)?;
        Ok(())
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
pub(super) fn replace_all<P: Piece>(storage: &Storage, pieces: &[P], changed: &mut Changed) -> Result<(), Failure> {
    // In the order of language and id.
    let before = rows(storage, P::KIND)?;
    let mut stays = vec![false; before.len()];
    for piece in pieces {
        let json = serde_json::to_string(piece)?;
        let key = (piece.locale(), piece.id());
        let place =
            before.binary_search_by(|row| (row.locale.as_str(), row.id.as_str()).cmp(&key)).unwrap_or(usize::MAX);
        if let Some(stays) = stays.get_mut(place) {
            *stays = true;
        }
        if before.get(place).and_then(|row| row.json.as_ref()) != Some(&json) {
            piece.store(storage, json)?;
            changed.note(P::KIND, piece.locale());
        }
    }
    for (row, _) in before.iter().zip(stays).filter(|(_, stays)| !stays) {
        delete(storage, P::KIND, &row.locale, &row.id)?;
        changed.note(P::KIND, &row.locale);
    }
    Ok(())
}

/// Adds a piece, or puts it in the place of the one with the same language and id. What is the same as before is left alone.
pub(super) fn put<P: Piece>(storage: &Storage, piece: &P, changed: &mut Changed) -> Result<(), Failure> {
    let json = serde_json::to_string(piece)?;
    let query = ["SELECT 1 FROM ", P::KIND.sources(), " WHERE locale = ? AND id = ? AND json = ?"].concat();
    if !sql::exists(storage, &query, [piece.locale(), piece.id(), &json].map(Into::into).to_vec())? {
        piece.store(storage, json)?;
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
    if !delete(storage, kind, locale, id)? {
        return Err(kind.unknown().into());
    }
    changed.note(kind, locale);
    Ok(())
}

/// Stores every article again, since another build may read Markdown in another way; each kind and language counts as changed.
pub(super) fn store_again(storage: &Storage, changed: &mut Changed) -> Result<(), Failure> {
    for row in rows(storage, Kind::Articles)? {
        let Some(json) = row.json else { continue };
        let article: ArticleSource = serde_json::from_str(&json)?;
        article.store(storage, json)?;
        changed.note(Kind::Articles, &article.locale);
    }
    rows(storage, Kind::Answers)?.iter().for_each(|row| changed.note(Kind::Answers, &row.locale));
    Ok(())
}

/// All pieces of a kind as they were written, as the items of a list in JSON, by language and id.
pub(super) fn written(storage: &Storage, kind: Kind) -> Result<String, Failure> {
    let texts: Vec<String> = rows(storage, kind)?.into_iter().filter_map(|row| row.json).collect();
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

fn rows(storage: &Storage, kind: Kind) -> Result<Vec<SourceRow>, Failure> {
    let query = match kind {
        Kind::Articles => {
            "SELECT shown.locale, shown.id, written.json FROM articles AS shown LEFT JOIN article_sources AS written \
             ON written.locale = shown.locale AND written.id = shown.id ORDER BY shown.locale, shown.id"
        }
        Kind::Answers => "SELECT locale, id, json FROM answers ORDER BY locale, id",
    };
    sql::all(storage, query, None)
}

/// Whether it was there.
fn delete(storage: &Storage, kind: Kind, locale: &str, id: &str) -> Result<bool, Failure> {
    let statements: &[&str] = match kind {
        Kind::Articles => &[
            "DELETE FROM article_sources WHERE locale = ? AND id = ?",
            "DELETE FROM articles WHERE locale = ? AND id = ?",
        ],
        Kind::Answers => &["DELETE FROM answers WHERE locale = ? AND id = ?"],
    };
    let mut written = 0;
    for statement in statements {
        written += sql::run(storage, statement, vec![locale.into(), id.into()])?;
    }
    Ok(written > 0)
}
