//! Where a change is put together, piece by piece, before it takes the place of what is there in one step. A change that was begun and not ended
//! is thrown away by the next change.

use super::kind::Kind;
use crate::failure::Failure;
use crate::sql;
use serde::Serialize;
use shared::protocol::{AnswerSource, ArticleSource};
use shared::publishing::reading;
use shared::readership::Readership;
use shared::richtext::pictures_in;
use worker::{SqlStorageValue, Storage};

/// An article or an answer.
pub(super) trait Piece: Serialize {
    const KIND: Kind;
    fn locale(&self) -> &str;
    fn id(&self) -> &str;
    /// Puts it to what takes the place of what is there; `json` is how it was written.
    fn stage(&self, storage: &Storage, json: String) -> Result<(), Failure>;
}

impl Piece for ArticleSource {
    const KIND: Kind = Kind::Articles;

    fn locale(&self) -> &str {
        &self.locale
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn stage(&self, storage: &Storage, json: String) -> Result<(), Failure> {
        let blocks = reading(self).blocks;
        for picture in pictures_in(&blocks) {
            let statement = "INSERT OR IGNORE INTO staged_pictures (locale, id, src) VALUES (?, ?, ?)";
            let values = [self.locale.as_str(), self.id.as_str(), &picture.src].map(SqlStorageValue::from);
            sql::run(storage, statement, values.to_vec())?;
        }
        let blocks = serde_json::to_string(&blocks)?;
        let audience = serde_json::to_string(&Readership::of(&self.audience))?;
        let (locale, id) = (self.locale.as_str(), self.id.as_str());
        let values: [&str; 7] = [locale, id, &self.title, &self.url, &blocks, &audience, &json];
        let statement = "INSERT OR REPLACE INTO staged_articles (locale, id, title, url, blocks, audience, json) \
                         VALUES (?, ?, ?, ?, ?, ?, ?)";
        sql::run(storage, statement, values.map(SqlStorageValue::from).to_vec()).map(drop)
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

    fn stage(&self, storage: &Storage, json: String) -> Result<(), Failure> {
        let statement = "INSERT OR REPLACE INTO staged_answers (locale, id, json) VALUES (?, ?, ?)";
        sql::run(storage, statement, [&self.locale, self.id.as_str(), &json].map(Into::into).to_vec()).map(drop)
    }
}

/// The piece of this kind, language and id goes.
pub(super) fn stage_removal(storage: &Storage, kind: Kind, locale: &str, id: &str) -> Result<(), Failure> {
    let statement = "INSERT OR REPLACE INTO staged_removals (kind, locale, id) VALUES (?, ?, ?)";
    sql::run(storage, statement, [kind.name(), locale, id].map(Into::into).to_vec()).map(drop)
}

/// Begins a change: nothing is staged.
pub(super) fn clear(storage: &Storage) -> Result<(), Failure> {
    let statements = "DELETE FROM staged_articles; DELETE FROM staged_answers; DELETE FROM staged_removals; \
                      DELETE FROM staged_pictures;";
    sql::run(storage, statements, None).map(drop)
}

/// Has what is staged take the place of what is there. It is run in a transaction with what is made of it.
pub(super) fn take_over(storage: &Storage) -> Result<(), Failure> {
    for (table, kind) in [("articles", Kind::Articles), ("article_sources", Kind::Articles), ("answers", Kind::Answers)]
    {
        let statement =
            ["DELETE FROM ", table, " WHERE (locale, id) IN (SELECT locale, id FROM staged_removals WHERE kind = ?)"]
                .concat();
        sql::run(storage, &statement, vec![kind.name().into()])?;
    }
    sql::run(
        storage,
        "DELETE FROM picture_uses WHERE (locale, id) IN (SELECT locale, id FROM staged_articles UNION ALL \
                       SELECT locale, id FROM staged_removals WHERE kind = 'articles')",
        None,
    )?;
    for statement in [
        "INSERT INTO picture_uses (locale, id, src) SELECT locale, id, src FROM staged_pictures",
        "INSERT OR REPLACE INTO articles (locale, id, title, url, blocks, audience) \
         SELECT locale, id, title, url, blocks, audience FROM staged_articles",
        "INSERT OR REPLACE INTO article_sources (locale, id, json) SELECT locale, id, json FROM staged_articles",
        "INSERT OR REPLACE INTO answers (locale, id, json) SELECT locale, id, json FROM staged_answers",
        // A model is asked about what is new. That a text is the same as before it finds out itself.
        "INSERT INTO written (locale, id) SELECT locale, id FROM staged_articles WHERE 1 \
         ON CONFLICT (locale, id) DO UPDATE SET waits = 1, tries = 0, wrong = NULL, version = version + 1",
        "DELETE FROM written WHERE (locale, id) IN (SELECT locale, id FROM staged_removals WHERE kind = 'articles')",
        "DELETE FROM proposals WHERE (locale, id) IN (SELECT locale, id FROM staged_removals WHERE kind = 'articles')",
        "DELETE FROM learnt WHERE (about, locale, id) IN (SELECT kind, locale, id FROM staged_removals)",
        "DELETE FROM lessons WHERE (about, locale, id) IN (SELECT kind, locale, id FROM staged_removals)",
    ] {
        sql::run(storage, statement, None)?;
    }
    clear(storage)
}
