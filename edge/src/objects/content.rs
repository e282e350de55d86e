//! What a site owner has published: articles, answers and the indexes made of them.

use super::operations;
use super::workspace::{BootFacts, Matched};
use crate::failure::Failure;
use crate::platform::transaction;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use shared::assistant::{Found, Rules};
use shared::ids::{AnswerId, ArticleId, base64url};
use shared::matching::{Corpus, Doc, Index, Query, compile};
use shared::protocol::{
    AnswerSource, ApiError, Article, ArticleRef, ArticleSource, Content, ErrorCode, MAX_RETENTION_DAYS, Published,
    PublishedIndex,
};
use shared::richtext::{Block, headings, is_safe_url, plain_text};
use shared::settings::Operations;
use shared::{locale, markdown};
use std::collections::{BTreeMap, BTreeSet};
use worker::{SqlStorageValue, Storage};

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS settings (id INTEGER PRIMARY KEY CHECK (id = 1), json TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS articles (locale TEXT, id TEXT, title TEXT NOT NULL, url TEXT NOT NULL, blocks TEXT NOT NULL, restricted INTEGER NOT NULL, PRIMARY KEY (locale, id));
CREATE TABLE IF NOT EXISTS answers (locale TEXT, id TEXT, json TEXT NOT NULL, PRIMARY KEY (locale, id));
CREATE TABLE IF NOT EXISTS indexes (locale TEXT, kind TEXT, part INTEGER, hash TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (locale, kind, part));
";

/// A row of a Durable Object holds at most 2 MB: larger indexes lie in several.
const PART_BYTES: usize = 1_000_000;
/// Enough of a SHA-256 to tell indexes apart for ever.
const HASH_CHARS: usize = 16;
/// How many articles the assistant may choose from.
const FOUND_ARTICLES: usize = 8;
/// How many origins may hold the panel: more do not fit into a header.
const MAX_ORIGINS: usize = 50;

/// What holds for the whole workspace.
#[derive(Serialize, Deserialize)]
pub(super) struct Settings {
    pub(super) name: String,
    pub(super) origins: Vec<String>,
    pub(super) default_locale: String,
    #[serde(default)]
    pub(super) assistant: Option<Rules>,
    pub(super) retention_days: Option<u32>,
    #[serde(default)]
    pub(super) operations: Option<Operations>,
    /// The languages that have articles, in alphabetical order, each with the hash of its index.
    pub(super) indexes: BTreeMap<String, String>,
}

/// Which documents an index holds.
#[derive(Clone, Copy)]
enum Kind {
    Articles,
    Answers,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Articles => "articles",
            Kind::Answers => "answers",
        }
    }
}

#[derive(Deserialize)]
struct JsonRow {
    json: String,
}

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

/// Refuses a workspace in which nothing was ever published.
pub(super) fn require(storage: &Storage) -> Result<(), Failure> {
    let query = "SELECT name AS json FROM sqlite_master WHERE name = 'settings'";
    let rows: Vec<JsonRow> = storage.sql().exec(query, None)?.to_array()?;
    if rows.is_empty() { Err(ErrorCode::UnknownWorkspace.into()) } else { Ok(()) }
}

/// What holds for the whole workspace.
pub(super) fn settings(storage: &Storage) -> Result<Settings, Failure> {
    let rows: Vec<JsonRow> = storage.sql().exec("SELECT json FROM settings", None)?.to_array()?;
    let row = rows.first().ok_or(ErrorCode::UnknownWorkspace)?;
    Ok(serde_json::from_str(&row.json)?)
}

/// Replaces what is published, all or nothing.
pub(super) fn publish(storage: &Storage, content: &Content) -> Result<Published, Failure> {
    check(content)?;
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
        name: content.name.clone(),
        origins: content.origins.clone(),
        default_locale: content.default_locale.clone(),
        assistant: content.assistant.clone(),
        retention_days: content.retention_days,
        operations: content.operations.clone(),
        indexes: published.iter().map(|index| (index.locale.clone(), index.url.clone())).collect(),
    };
    transaction(storage, || {
        let sql = storage.sql();
        // All of it is replaced, and so may its shape be.
        sql.exec("DROP TABLE IF EXISTS articles; DROP TABLE IF EXISTS answers; DROP TABLE IF EXISTS indexes;", None)?;
        sql.exec(SCHEMA, None)?;
        for (article, blocks) in &articles {
            let texts =
                [&article.locale, article.id.as_str(), &article.title, &article.url, &serde_json::to_string(blocks)?];
            let mut values: Vec<SqlStorageValue> = texts.map(Into::into).to_vec();
            values.push((!article.audience.is_empty()).into());
            let query = "INSERT INTO articles (locale, id, title, url, blocks, restricted) VALUES (?, ?, ?, ?, ?, ?)";
            sql.exec(query, values)?;
        }
        for answer in &content.answers {
            let values = [&answer.locale, answer.id.as_str(), &serde_json::to_string(answer)?].map(Into::into).to_vec();
            sql.exec("INSERT INTO answers (locale, id, json) VALUES (?, ?, ?)", values)?;
        }
        for (locale, kind, bytes) in &parts {
            for (part, chunk) in (0i64..).zip(bytes.chunks(PART_BYTES)) {
                let values =
                    vec![(*locale).into(), kind.name().into(), part.into(), hash(bytes).into(), chunk.to_vec().into()];
                sql.exec("INSERT INTO indexes (locale, kind, part, hash, bytes) VALUES (?, ?, ?, ?, ?)", values)?;
            }
        }
        sql.exec("INSERT OR REPLACE INTO settings VALUES (1, ?)", vec![serde_json::to_string(&settings)?.into()])?;
        Ok(())
    })?;
    Ok(Published { indexes: published })
}

/// Refuses what could not be served: languages and addresses that are none, and the same article twice.
fn check(content: &Content) -> Result<(), Failure> {
    let refuse = |message: String| Err(Failure::Refused(ApiError::with(ErrorCode::InvalidRequest, message)));
    if content.origins.len() > MAX_ORIGINS || content.origins.iter().any(|origin| !is_origin(origin)) {
        return refuse(String::from(
            "An origin is a scheme, a host and perhaps a port, such as https://www.lumen.example. Nothing was stored.",
        ));
    }
    let problems = content.operations.as_ref().map(Operations::validate).unwrap_or_default();
    if let Some(problem) = problems.iter().find(|problem| !problem.is_warning()) {
        return refuse(["operations.", &problem.at, ": ", &problem.sentence, " Nothing was stored."].concat());
    }
    if content.retention_days.is_some_and(|days| !(1..=MAX_RETENTION_DAYS).contains(&days)) {
        return refuse(String::from("retention_days is from 1 to 3660. Nothing was stored."));
    }
    let articles = content.articles.iter().map(|article| ("article", article.id.as_str(), &article.locale));
    let answers = content.answers.iter().map(|answer| ("answer", answer.id.as_str(), &answer.locale));
    let mut seen = BTreeSet::new();
    for (kind, id, locale) in articles.chain(answers) {
        if !locale::is_tag(locale) {
            return refuse(
                ["The ", kind, " ", id, " has a locale that is not a language tag. Nothing was stored."].concat(),
            );
        }
        if !seen.insert((kind, id, locale)) {
            return refuse(["The ", kind, " ", id, " is there twice in one language. Nothing was stored."].concat());
        }
    }
    if let Some(article) = content.articles.iter().find(|article| !is_safe_url(&article.url)) {
        return refuse(
            ["The article ", article.id.as_str(), " has an address that is not http or https. Nothing was stored."]
                .concat(),
        );
    }
    if !locale::is_tag(&content.default_locale) {
        return refuse(String::from("default_locale is not a language tag. Nothing was stored."));
    }
    Ok(())
}

fn is_origin(origin: &str) -> bool {
    worker::Url::parse(origin)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.origin().ascii_serialization() == origin)
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

/// What the panel's start needs, in the language that serves `wanted` best.
pub(super) fn boot(storage: &Storage, wanted: &str) -> Result<BootFacts, Failure> {
    let settings = settings(storage)?;
    let locale = resolve(&settings, wanted);
    let terms = operations::terms(storage)?;
    Ok(BootFacts { index: settings.indexes.get(&locale).cloned(), name: settings.name, locale, terms })
}

fn resolve(settings: &Settings, wanted: &str) -> String {
    let available: Vec<&str> = settings.indexes.keys().map(String::as_str).collect();
    String::from(locale::resolve(wanted, &available, &settings.default_locale))
}

/// An article in the language that serves `wanted` best and has it, the default language otherwise.
pub(super) fn article(storage: &Storage, wanted: &str, id: &ArticleId) -> Result<Article, Failure> {
    let settings = settings(storage)?;
    for locale in [resolve(&settings, wanted), settings.default_locale] {
        let query =
            "SELECT id, locale, title, url, blocks FROM articles WHERE locale = ? AND id = ? AND NOT restricted";
        let rows: Vec<ArticleRow> = storage.sql().exec(query, vec![locale.into(), id.as_str().into()])?.to_array()?;
        if let Some(row) = rows.into_iter().next() {
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
    let locale = resolve(&settings(storage)?, wanted);
    let rows: Vec<TitleRow> = storage
        .sql()
        .exec("SELECT id, title FROM articles WHERE locale = ? ORDER BY title", vec![locale.into()])?
        .to_array()?;
    Ok(rows.into_iter().map(|row| ArticleRef { id: row.id, title: row.title }).collect())
}

/// The bytes of an index of articles, if the hash is still the one that is published.
pub(super) fn index_bytes(storage: &Storage, locale: &str, hash: &str) -> Result<Vec<u8>, Failure> {
    let bytes = stored_index(storage, locale, Kind::Articles, Some(hash))?;
    if bytes.is_empty() { Err(ErrorCode::UnknownDoor.into()) } else { Ok(bytes) }
}

fn stored_index(storage: &Storage, locale: &str, kind: Kind, hash: Option<&str>) -> Result<Vec<u8>, Failure> {
    let query = "SELECT bytes FROM indexes WHERE locale = ?1 AND kind = ?2 AND (?3 IS NULL OR hash = ?3) ORDER BY part";
    let cursor = storage.sql().exec(query, vec![locale.into(), kind.name().into(), hash.into()])?;
    let mut bytes = Vec::new();
    for row in cursor.raw() {
        if let Some(SqlStorageValue::Blob(part)) = row?.into_iter().next() {
            bytes.extend(part);
        }
    }
    Ok(bytes)
}

/// Searches the same indexes as the panel for a message that was sent: answers, then articles.
pub(super) fn find(storage: &Storage, text: &str, wanted: &str) -> Result<Matched, Failure> {
    let settings = settings(storage)?;
    let locale = resolve(&settings, wanted);
    // What was sent is finished: a trailing space closes the last word.
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
    let rows: Vec<JsonRow> = storage
        .sql()
        .exec("SELECT json FROM answers WHERE locale = ? AND id = ?", vec![locale.into(), id.as_str().into()])?
        .to_array()?;
    rows.first().map(|row| Ok(serde_json::from_str(&row.json)?)).transpose()
}
