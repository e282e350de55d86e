//! What was published lay in the workspace until there was a library. Its tables stay in the layout, since objects have them; the library
//! asks for what is in them when it is asked first, and has them emptied once it has it.

use crate::calls::spare::Dump;
use crate::failure::Failure;
use crate::objects::documents;
use crate::objects::dump::dump;
use crate::platform::transaction;
use crate::sql;
use crate::tables::Step;
use worker::Storage;

/// The tables of the first layout. `settings` and `sources` had what `documents` and `article_sources` have since the second.
pub(super) const FIRST: &str = "
CREATE TABLE IF NOT EXISTS settings (id INTEGER PRIMARY KEY CHECK (id = 1), json TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS articles (locale TEXT, id TEXT, title TEXT NOT NULL, url TEXT NOT NULL, blocks TEXT NOT NULL, restricted INTEGER NOT NULL, PRIMARY KEY (locale, id));
CREATE TABLE IF NOT EXISTS answers (locale TEXT, id TEXT, json TEXT NOT NULL, PRIMARY KEY (locale, id));
CREATE TABLE IF NOT EXISTS indexes (locale TEXT, kind TEXT, part INTEGER, hash TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (locale, kind, part));
CREATE TABLE IF NOT EXISTS sources (part INTEGER PRIMARY KEY, json BLOB NOT NULL);
";

/// From one row for all that holds, and one text of all that was published, to a row for each document and each article.
/// `spread` in `library::pieces` takes the text apart, for SQLite cannot: it may be longer than any value.
pub(super) const SECOND: Step = &[
    "CREATE TABLE documents (name TEXT PRIMARY KEY, json TEXT NOT NULL)",
    "CREATE TABLE article_sources (locale TEXT, id TEXT, json TEXT NOT NULL, PRIMARY KEY (locale, id))",
    "INSERT INTO documents (name, json) SELECT 'settings', json_object('panel', json_object('name', json ->> '$.name'), \
     'origins', json -> '$.origins', 'default_locale', json ->> '$.default_locale', 'assistant', json -> '$.assistant', \
     'retention_days', json -> '$.retention_days') FROM settings",
    "INSERT INTO documents (name, json) SELECT 'operations', json -> '$.operations' FROM settings \
     WHERE json_type(json, '$.operations') = 'object'",
    "INSERT INTO documents (name, json) SELECT 'compiled', json_object('indexes', json -> '$.indexes', \
     'engine', json -> '$.engine', 'renewals', json -> '$.renewals') FROM settings",
    "DROP TABLE settings",
];

/// For whom an article is. A build that bound a truth value stored the texts `true` and `false`. Of an article for some whose source was
/// not kept, or still lies in `sources`, nobody knows for whom: a name that no audience can have keeps it from everybody until it is known.
pub(super) const THIRD: Step = &[
    "CREATE TABLE guarded (locale TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, url TEXT NOT NULL, blocks TEXT NOT NULL, \
     audience TEXT NOT NULL, PRIMARY KEY (locale, id)) STRICT",
    "INSERT INTO guarded (locale, id, title, url, blocks, audience) SELECT locale, id, title, url, blocks, COALESCE( \
     (SELECT json -> '$.audience' FROM article_sources AS written \
     WHERE written.locale = articles.locale AND written.id = articles.id), \
     CASE WHEN restricted IN (0, 'false') THEN '[]' ELSE '[\"\"]' END) FROM articles",
    "DROP TABLE articles",
    "ALTER TABLE guarded RENAME TO articles",
];

/// Whom an index is for, and where a change is put together before it takes its place.
pub(super) const FIFTH: Step = &[
    "CREATE TABLE made (locale TEXT NOT NULL, kind TEXT NOT NULL, readers TEXT NOT NULL, part INTEGER NOT NULL, hash TEXT NOT NULL, \
     bytes BLOB NOT NULL, PRIMARY KEY (locale, kind, readers, part)) STRICT",
    "INSERT INTO made (locale, kind, readers, part, hash, bytes) SELECT locale, kind, '[]', part, hash, bytes FROM indexes",
    "DROP TABLE indexes",
    "ALTER TABLE made RENAME TO indexes",
    "CREATE TABLE staged_articles (locale TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, url TEXT NOT NULL, \
     blocks TEXT NOT NULL, audience TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (locale, id)) STRICT",
    "CREATE TABLE staged_answers (locale TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (locale, id)) STRICT",
    "CREATE TABLE staged_removals (kind TEXT NOT NULL, locale TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, locale, id)) STRICT",
];

/// What the library takes over.
const TABLES: [&str; 5] = ["articles", "article_sources", "answers", "indexes", "sources"];
/// The documents of which it has a copy, or which are its own.
const DOCUMENTS: &str = "documents WHERE name IN ('settings', 'compiled')";

/// A part of what the library takes over; none past the last one.
pub(super) fn hand_over(storage: &Storage, part: u32, part_bytes: usize) -> Result<Option<Dump>, Failure> {
    let tables: Vec<&str> = TABLES.into_iter().chain([DOCUMENTS]).collect();
    let parts = dump(storage, &tables, part_bytes)?;
    Ok(parts.into_iter().nth(usize::try_from(part).unwrap_or(usize::MAX)))
}

/// The library has it, and it is nowhere else needed.
pub(super) fn let_go(storage: &Storage) -> Result<(), Failure> {
    transaction(storage, || {
        for table in TABLES {
            sql::run(storage, &["DELETE FROM ", table].concat(), None)?;
        }
        documents::remove(storage, "compiled")
    })
}
