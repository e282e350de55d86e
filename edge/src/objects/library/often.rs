//! What is asked most: which articles and answers have helped before anything was sent. Older ones count for less, so that one
//! number of each is enough.

use super::kind::Kind;
use crate::calls::library::PlacedAnswers;
use crate::failure::Failure;
use crate::sql;
use serde::Deserialize;
use shared::ids::{AnswerId, ArticleId};
use shared::protocol::{Millis, Solution};
use shared::readership::{Guarded, Reader, Readership};
use worker::Storage;

/// The table. A weight is as it was at `BEGINNING`, so that time passes for all of them without a write.
pub(super) const TABLE: &str = "
CREATE TABLE often (locale TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, weight REAL NOT NULL, PRIMARY KEY (locale, kind, id)) STRICT;
CREATE INDEX often_weights ON often (weight);
";

/// The beginning of 2026. From there it takes 80 years until a weight is too large for a number.
const BEGINNING: Millis = 1_767_225_600_000;
/// In this time what helped comes to count half.
const HALF_MS: f64 = 30.0 * 24.0 * 60.0 * 60.0 * 1_000.0;
/// A piece is asked often that has helped three times in the last days, or more often in a longer time.
const OFTEN: f64 = 2.5;
/// What is left of one time after 90 days; less is forgotten.
const FORGOTTEN: f64 = 0.125;
/// How many are told to a panel, which chooses three for its page.
const MOST: usize = 12;

#[derive(Deserialize)]
struct OftenRow {
    kind: String,
    id: String,
    /// None of an answer, which is for everybody.
    audience: Option<String>,
}

/// Counts that something has helped in this language.
pub(super) fn count(storage: &Storage, about: &Solution, locale: &str, now: Millis) -> Result<(), Failure> {
    let (kind, id) = match about {
        Solution::Article(id) => (Kind::Articles, id.as_str()),
        Solution::Answer(id) => (Kind::Answers, id.as_str()),
    };
    sql::run(storage, "DELETE FROM often WHERE weight < ?", vec![weight(FORGOTTEN, now).into()])?;
    let statement = "INSERT INTO often (locale, kind, id, weight) VALUES (?, ?, ?, ?) \
                     ON CONFLICT (locale, kind, id) DO UPDATE SET weight = weight + excluded.weight";
    let values = vec![locale.into(), kind.name().into(), id.into(), weight(1.0, now).into()];
    sql::run(storage, statement, values).map(drop)
}

/// The pieces that are asked most, of those that the reader may read, the most first.
pub(super) fn most(
    storage: &Storage,
    articles: &str,
    answers: Option<&PlacedAnswers>,
    reader: &Reader,
    now: Millis,
) -> Result<Vec<Solution>, Failure> {
    let query = "SELECT often.kind AS kind, often.id AS id, articles.audience AS audience FROM often \
        LEFT JOIN articles ON often.kind = 'articles' AND articles.locale = often.locale AND articles.id = often.id \
        LEFT JOIN answers ON often.kind = 'answers' AND answers.locale = often.locale AND answers.id = often.id \
        WHERE often.weight >= ?1 AND ((articles.id IS NOT NULL AND often.locale = ?2) OR (answers.id IS NOT NULL AND often.locale = ?3)) \
        AND (?4 OR articles.audience IS NULL OR articles.audience = '[]') ORDER BY often.weight DESC LIMIT ?5";
    // Pieces for some are looked for among all of them.
    let (reads_more, limit) =
        if reader.is_everybody() { (false, i64::try_from(MOST).unwrap_or(i64::MAX)) } else { (true, -1) };
    let values = vec![
        weight(OFTEN, now).into(),
        articles.into(),
        answers.map_or("", |answers| answers.locale.as_str()).into(),
        i64::from(reads_more).into(),
        limit.into(),
    ];
    let mut most = Vec::new();
    for OftenRow { kind, id, audience } in sql::all::<OftenRow>(storage, query, values)? {
        let about = if kind == Kind::Answers.name() {
            AnswerId::parse(&id).ok().map(Solution::Answer)
        } else {
            ArticleId::parse(&id).ok().map(Solution::Article)
        };
        let readership = audience.map(|audience| serde_json::from_str(&audience)).transpose()?;
        let readership = readership.unwrap_or_else(|| Readership::of(&[]));
        most.extend(about.and_then(|about| Guarded::new(about, readership).for_reader(reader)));
        if most.len() >= MOST {
            break;
        }
    }
    Ok(most)
}

/// The weight at `BEGINNING` of a number of times now.
fn weight(times: f64, now: Millis) -> f64 {
    times * (now.saturating_sub(BEGINNING) as f64 / HALF_MS).exp2()
}
