//! Publishing: what was written is checked, compiled, and kept with what was made of it. So whoever comes with a newer engine
//! makes it anew, and no site owner has to publish again.

use super::{Kind, Renewals, Settings, settings};
use crate::failure::Failure;
use crate::platform::transaction;
use crate::sql;
use crate::tables::Tables;
use sha2::{Digest, Sha256};
use shared::ids::base64url;
use shared::markdown;
use shared::matching::{Corpus, Doc, ENGINE, compile};
use shared::protocol::{AnswerSource, ArticleSource, Content, Published, PublishedIndex};
use shared::richtext::{Block, headings, plain_text};
use std::collections::BTreeSet;
use worker::{SqlStorageValue, Storage};

/// The tables of version 1.
pub(in crate::objects) const FIRST: &str = "
CREATE TABLE IF NOT EXISTS settings (id INTEGER PRIMARY KEY CHECK (id = 1), json TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS articles (locale TEXT, id TEXT, title TEXT NOT NULL, url TEXT NOT NULL, blocks TEXT NOT NULL, restricted INTEGER NOT NULL, PRIMARY KEY (locale, id));
CREATE TABLE IF NOT EXISTS answers (locale TEXT, id TEXT, json TEXT NOT NULL, PRIMARY KEY (locale, id));
CREATE TABLE IF NOT EXISTS indexes (locale TEXT, kind TEXT, part INTEGER, hash TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (locale, kind, part));
CREATE TABLE IF NOT EXISTS sources (part INTEGER PRIMARY KEY, json BLOB NOT NULL);
";

/// A row of a Durable Object holds at most 2 MB: what is larger lies in several.
const PART_BYTES: usize = 1_000_000;
/// Enough of a SHA-256 to tell indexes apart for ever.
const HASH_CHARS: usize = 16;
/// An engine tries so often to make a workspace's indexes.
const MOST_TRIES: u32 = 3;

/// Replaces what is published, all or nothing.
pub(in crate::objects) fn publish(storage: &Storage, tables: &Tables, content: &Content) -> Result<Published, Failure> {
    tables.ensure()?;
    put(storage, content)
}

/// Whether another engine has made what is published: this one may not find as much in it, or nothing. What was published
/// before sources were kept, or by a build that does not keep them, stays as it is.
pub(in crate::objects) fn is_old(storage: &Storage) -> Result<bool, Failure> {
    Ok(settings(storage)?.must_renew())
}

/// Makes it anew.
pub(in crate::objects) async fn renew(storage: &Storage) -> Result<(), Failure> {
    let mut settings = settings(storage)?;
    if !settings.must_renew() {
        return Ok(());
    }
    settings.renewals = Some(Renewals { engine: ENGINE, times: settings.tried() + 1 });
    sql::run(storage, "UPDATE settings SET json = ?", vec![serde_json::to_string(&settings)?.into()])?;
    // Counted before it is tried: what takes more than the platform gives ends this object, and would for ever.
    storage.sync().await?;
    match source(storage)? {
        Some(content) => put(storage, &content).map(drop),
        None => Ok(()),
    }
}

impl Settings {
    fn must_renew(&self) -> bool {
        self.engine.is_some_and(|engine| engine != ENGINE) && self.tried() < MOST_TRIES
    }

    /// How often this engine has tried it.
    fn tried(&self) -> u32 {
        self.renewals.as_ref().filter(|tried| tried.engine == ENGINE).map_or(0, |tried| tried.times)
    }
}

fn source(storage: &Storage) -> Result<Option<Content>, Failure> {
    let json = sql::bytes(storage, "SELECT json FROM sources ORDER BY part", None)?;
    if json.is_empty() { Ok(None) } else { Ok(Some(serde_json::from_str(str::from_utf8(&json)?)?)) }
}

fn put(storage: &Storage, content: &Content) -> Result<Published, Failure> {
    let articles: Vec<(&ArticleSource, Vec<Block>)> =
        content.articles.iter().map(|article| (article, markdown::parse(&article.markdown))).collect();
    let locales: BTreeSet<&str> = content.articles.iter().map(|article| article.locale.as_str()).collect();
    let mut published = Vec::new();
    let mut parts = Vec::new();
    for &locale in &locales {
        let docs: Vec<Doc> = articles
            .iter()
            .filter(|(article, _)| article.locale == locale)
            .map(|(article, blocks)| article_doc(article, blocks))
            .collect();
        let bytes = compile(&public(locale, &docs));
        published.push(PublishedIndex {
            locale: String::from(locale),
            url: hash(&bytes),
            articles: u32::try_from(docs.iter().filter(|doc| doc.audience.is_empty()).count()).unwrap_or(u32::MAX),
            bytes: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
        });
        parts.push((locale, Kind::Articles, bytes));
    }
    for locale in content.answers.iter().map(|answer| answer.locale.as_str()).collect::<BTreeSet<_>>() {
        let docs: Vec<Doc> = content.answers.iter().filter(|answer| answer.locale == locale).map(answer_doc).collect();
        parts.push((locale, Kind::Answers, compile(&public(locale, &docs))));
    }
    let settings = Settings {
        name: content.settings.panel.name.clone(),
        origins: content.settings.origins.clone(),
        default_locale: content.settings.default_locale.clone(),
        assistant: content.settings.assistant.clone(),
        retention_days: content.settings.retention_days,
        operations: content.operations.clone(),
        indexes: published.iter().map(|index| (index.locale.clone(), index.url.clone())).collect(),
        engine: Some(ENGINE),
        renewals: None,
    };
    let source = serde_json::to_vec(content)?;
    transaction(storage, || {
        sql::run(
            storage,
            "DELETE FROM articles; DELETE FROM answers; DELETE FROM indexes; DELETE FROM sources;",
            None,
        )?;
        for (part, chunk) in (0i64..).zip(source.chunks(PART_BYTES)) {
            let values = vec![part.into(), chunk.to_vec().into()];
            sql::run(storage, "INSERT INTO sources (part, json) VALUES (?, ?)", values)?;
        }
        for (article, blocks) in &articles {
            let texts =
                [&article.locale, article.id.as_str(), &article.title, &article.url, &serde_json::to_string(blocks)?];
            let mut values: Vec<SqlStorageValue> = texts.map(Into::into).to_vec();
            values.push((!article.audience.is_empty()).into());
            let query = "INSERT INTO articles (locale, id, title, url, blocks, restricted) VALUES (?, ?, ?, ?, ?, ?)";
            sql::run(storage, query, values)?;
        }
        for answer in &content.answers {
            let values = [&answer.locale, answer.id.as_str(), &serde_json::to_string(answer)?].map(Into::into).to_vec();
            sql::run(storage, "INSERT INTO answers (locale, id, json) VALUES (?, ?, ?)", values)?;
        }
        for (locale, kind, bytes) in &parts {
            for (part, chunk) in (0i64..).zip(bytes.chunks(PART_BYTES)) {
                let values =
                    vec![(*locale).into(), kind.name().into(), part.into(), hash(bytes).into(), chunk.to_vec().into()];
                let statement = "INSERT INTO indexes (locale, kind, part, hash, bytes) VALUES (?, ?, ?, ?, ?)";
                sql::run(storage, statement, values)?;
            }
        }
        let values = vec![serde_json::to_string(&settings)?.into()];
        sql::run(storage, "INSERT OR REPLACE INTO settings (id, json) VALUES (1, ?)", values)?;
        Ok(())
    })?;
    Ok(Published { indexes: published, warnings: Vec::new() })
}

fn article_doc(article: &ArticleSource, blocks: &[Block]) -> Doc {
    Doc {
        id: String::from(article.id.as_str()),
        title: article.title.clone(),
        headings: headings(blocks),
        keywords: article.keywords.clone(),
        examples: article.examples.clone(),
        body: plain_text(blocks),
        places: article.places.clone(),
        products: article.products.clone(),
        audience: article.audience.clone(),
    }
}

fn answer_doc(answer: &AnswerSource) -> Doc {
    Doc {
        id: String::from(answer.id.as_str()),
        examples: answer.examples.clone(),
        body: answer.text.clone(),
        ..Doc::default()
    }
}

/// What everybody may read.
fn public<'a>(locale: &'a str, docs: &'a [Doc]) -> Corpus<'a> {
    Corpus { locale, docs, audience: &[] }
}

fn hash(bytes: &[u8]) -> String {
    base64url(&Sha256::digest(bytes)).chars().take(HASH_CHARS).collect()
}
