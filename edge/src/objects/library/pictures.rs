//! The pictures of articles: each is fetched once, kept here without what a camera has noted, and given out under the hash of its
//! bytes. So no visitor's address reaches the server on which it was.

use super::Library;
use crate::calls::library::Change;
use crate::failure::Failure;
use crate::hash::hash;
use crate::outside::{self, Missing};
use crate::platform::{now, transaction};
use crate::sql;
use futures_util::Stream;
use futures_util::future::{join_all, ready};
use futures_util::stream::unfold;
use serde::Deserialize;
use shared::ids::WorkspaceId;
use shared::picture::{Clean, MAX_PICTURE, clean};
use shared::problem::{Problem, ProblemCode};
use shared::protocol::{Article, ErrorCode, Millis, Published};
use shared::richtext::{Span, each_span_mut};
use std::cell::Cell;
use std::collections::BTreeMap;
use worker::{Env, Response, SqlStorageValue, Storage};

/// Pictures that are fetched at the same time: a platform allows six connections at once.
const AT_ONCE: usize = 6;
/// How often a picture is tried whose server is only away.
const MOST_TRIES: i64 = 3;
/// When a server that was away is asked again.
const AGAIN_MS: Millis = 60_000;
/// The pictures that are to be fetched now or later: those that nobody has tried, and those whose server was away.
const WANTED: &str = " FROM picture_uses LEFT JOIN pictures ON pictures.src = picture_uses.src \
                      WHERE hash IS NULL AND COALESCE(tries, 0) < 3";
/// Those of them that nobody has tried.
const UNTRIED: &str = " AND tries IS NULL";
/// Pictures that are fetched before others have their turn: a platform allows some fifty requests for one.
const MOST: u32 = 42;
/// How long the answer to publishing waits for them. The others come after it.
const PATIENCE_MS: Millis = 15_000;
/// What is read at once of a picture that is given out.
const PART_BYTES: usize = 128_000;
/// What the pictures of a workspace take together: a fifth of what its object can hold.
const MOST_BYTES: u64 = 2_000_000_000;
/// A picture never changes under its address.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// The most pictures that are named in an answer; the number of the others is.
const MOST_NAMED: usize = 100;

#[derive(Deserialize)]
struct SrcRow {
    src: String,
}

#[derive(Deserialize)]
struct LaterRow {
    later: Option<Millis>,
}

#[derive(Deserialize)]
struct PictureRow {
    src: String,
    hash: String,
    width: u32,
    height: u32,
}

#[derive(Deserialize)]
struct TypeRow {
    r#type: String,
}

/// A picture that cannot be had, with an article that has it.
#[derive(Deserialize)]
pub(super) struct WrongRow {
    src: String,
    wrong: String,
    locale: String,
    id: String,
}

/// Which articles a change is about.
pub(super) enum Scope {
    All,
    /// That of a language and an id.
    One(String, String),
}

/// The articles whose pictures a change can bring or take; none if it is about something else.
pub(super) fn scope(change: &Change) -> Option<Scope> {
    match change {
        Change::Everything(_) | Change::Articles(_) => Some(Scope::All),
        Change::Article(article) => Some(Scope::One(article.locale.clone(), String::from(article.id.as_str()))),
        Change::NoArticle(locale, id) => Some(Scope::One(locale.clone(), String::from(id.as_str()))),
        Change::Settings(_) | Change::Operations(_) => None,
        Change::Answers(_) | Change::Answer(_) | Change::NoAnswer(..) => None,
    }
}

impl Scope {
    /// The pictures of these articles, as a condition with its values.
    fn condition(&self) -> (&'static str, Vec<SqlStorageValue>) {
        match self {
            Self::All => ("", Vec::new()),
            Self::One(locale, id) => (
                " AND src IN (SELECT src FROM picture_uses WHERE locale = ? AND id = ?)",
                [locale, id].map(|text| text.as_str().into()).to_vec(),
            ),
        }
    }
}

/// Until when pictures are waited for.
pub(super) fn soon() -> Millis {
    now() + PATIENCE_MS
}

impl Library {
    /// Fetches the pictures of what was published, as many as come in time, and names those that cannot be had.
    pub(super) async fn with_pictures(&self, scope: &Scope, mut published: Published) -> Result<Published, Failure> {
        let storage = &self.state.storage();
        drop_unused(storage)?;
        // To publish an article is a reason to try again what could not be had.
        let (condition, values) = scope.condition();
        sql::run(storage, &["DELETE FROM pictures WHERE hash IS NULL", condition].concat(), values)?;
        self.fetch_pictures(soon(), scope).await?;
        let (condition, values) = scope.condition();
        let query = [
            "SELECT COUNT(*) AS count FROM (SELECT DISTINCT picture_uses.src AS src",
            WANTED,
            UNTRIED,
            ") WHERE 1",
            condition,
        ];
        let left = sql::count(storage, &query.concat(), values)?;
        if left > 0 {
            let sentence = format!(
                "Pictures that are still being fetched: {left}. Until they are here, their descriptions are shown in their place."
            );
            published.warnings.push(Problem::new(ProblemCode::NoPicture, "articles", sentence));
        }
        published.warnings.extend(wrong(storage, scope)?);
        Ok(published)
    }

    /// Fetches some of the pictures that are wanted; the others are due.
    pub(super) async fn fetch_pictures(&self, until: Millis, scope: &Scope) -> Result<(), Failure> {
        if self.fetching.is_taken() {
            return Ok(());
        }
        let _taken = self.fetching.take().await;
        let storage = &self.state.storage();
        fetch(storage, &self.env, until, scope).await
    }
}

/// When there are pictures to fetch; none if all are here or cannot be had.
pub(super) fn due(storage: &Storage) -> Result<Option<Millis>, Failure> {
    let query = ["SELECT MIN(COALESCE(later, 0)) AS later", WANTED].concat();
    let row: Option<LaterRow> = sql::one(storage, &query, None)?;
    Ok(row.and_then(|row| row.later).map(|later| later.max(now())))
}

/// Names those of the pictures that are staged and not here that cannot be had, as far as there is time to try.
pub(super) async fn try_all(rows: &[WrongRow], env: &Env) -> Vec<Problem> {
    let until = soon();
    let steps = Cell::new(MOST);
    let (mut problems, mut tried) = (Vec::new(), 0);
    for some in rows.chunks(AT_ONCE) {
        if now() >= until || steps.get() < AT_ONCE as u32 {
            break;
        }
        let all = some.iter().map(|row| outside::fetch(env, &row.src, MAX_PICTURE, &steps));
        for (row, fetched) in some.iter().zip(join_all(all).await) {
            tried += 1;
            let picture = fetched.map_err(|missing| missing.why);
            if let Err(wrong) = picture.and_then(|bytes| clean(&bytes).map_err(String::from)) {
                problems.push(missing(&row.src, &row.id, &row.locale, &wrong));
            }
        }
    }
    let left = rows.len() - tried;
    if left > 0 {
        let sentence = format!("Pictures that were not tried, for there are too many for one answer: {left}.");
        problems.push(Problem::new(ProblemCode::NoPicture, "articles", sentence));
    }
    problems
}

/// The staged pictures that are not here.
pub(super) fn staged(storage: &Storage) -> Result<Vec<WrongRow>, Failure> {
    let query = "SELECT src, MIN(locale) AS locale, id, '' AS wrong FROM staged_pictures WHERE NOT EXISTS \
                 (SELECT 1 FROM pictures WHERE pictures.src = staged_pictures.src AND hash IS NOT NULL) GROUP BY src ORDER BY src";
    sql::all(storage, query, None)
}

async fn fetch(storage: &Storage, env: &Env, until: Millis, scope: &Scope) -> Result<(), Failure> {
    let (condition, mut values) = scope.condition();
    let query = [
        "SELECT src FROM (SELECT DISTINCT picture_uses.src AS src, COALESCE(later, 0) AS later",
        WANTED,
        ") WHERE 1",
        condition,
        " AND later <= ? ORDER BY later, src LIMIT ?",
    ];
    values.extend([millis(now()), i64::from(MOST).into()]);
    let rows: Vec<SrcRow> = sql::all(storage, &query.concat(), values)?;
    // Each step from one address to the next is a request, too.
    let steps = Cell::new(MOST);
    for some in rows.chunks(AT_ONCE) {
        if now() >= until || steps.get() < AT_ONCE as u32 {
            break;
        }
        let all = some.iter().map(|row| outside::fetch(env, &row.src, MAX_PICTURE, &steps));
        for (row, fetched) in some.iter().zip(join_all(all).await) {
            let picture =
                fetched.and_then(|bytes| clean(&bytes).map_err(|wrong| Missing::for_good(String::from(wrong))));
            transaction(storage, || keep(storage, &row.src, picture))?;
        }
    }
    Ok(())
}

/// A picture as it is given out; it never changes under its address.
pub(super) fn given(storage: Storage, hash: &str) -> Result<Response, Failure> {
    let row: Option<TypeRow> =
        sql::one(&storage, "SELECT type FROM pictures WHERE hash = ? LIMIT 1", vec![hash.into()])?;
    let row = row.ok_or(ErrorCode::UnknownDoor)?;
    let query = "SELECT 1 FROM pictures JOIN picture_uses ON picture_uses.src = pictures.src JOIN articles \
                 ON articles.locale = picture_uses.locale AND articles.id = picture_uses.id \
                 WHERE hash = ? AND audience = '[]'";
    // A picture for some stays in no cache, least of all on a computer that others use.
    let is_public = sql::exists(&storage, query, vec![hash.into()])?;
    // Part by part, as fast as they are taken: a slow reader holds nothing here.
    let response = Response::from_stream(parts(storage, String::from(hash)))?;
    response.headers().set("content-type", &row.r#type)?;
    response.headers().set("cache-control", if is_public { IMMUTABLE } else { "private, no-store" })?;
    Ok(response)
}

/// The bytes of a picture.
fn parts(storage: Storage, hash: String) -> impl Stream<Item = Result<Vec<u8>, worker::Error>> {
    unfold(0i64, move |part| {
        let query = "SELECT bytes FROM picture_parts WHERE hash = ? AND part = ?";
        let bytes = sql::bytes(&storage, query, vec![hash.as_str().into(), part.into()]);
        ready(match bytes {
            Ok(bytes) => (!bytes.is_empty()).then(|| (Ok(bytes), part + 1)),
            Err(failure) => {
                failure.log();
                Some((Err(worker::Error::from("a picture does not come whole")), part))
            }
        })
    })
}

/// Puts the addresses of pictures that are here into an article, with their sizes; the others become their descriptions.
pub(super) fn put_in(storage: &Storage, workspace: &WorkspaceId, article: &mut Article) -> Result<(), Failure> {
    let query = "SELECT pictures.src, hash, width, height FROM picture_uses JOIN pictures ON pictures.src = picture_uses.src \
                 WHERE locale = ? AND id = ? AND hash IS NOT NULL";
    let values = [article.locale.as_str(), article.id.as_str()].map(Into::into).to_vec();
    let rows: Vec<PictureRow> = sql::all(storage, query, values)?;
    let here: BTreeMap<String, PictureRow> = rows.into_iter().map(|row| (row.src.clone(), row)).collect();
    each_span_mut(&mut article.blocks, &mut |span| {
        let Span::Picture(picture) = span else { return };
        match here.get(&picture.src) {
            Some(row) => {
                picture.src = ["/w/", workspace.as_str(), "/picture/", &row.hash].concat();
                picture.size = Some((row.width, row.height));
            }
            None => *span = Span::Text(std::mem::take(&mut picture.alt)),
        }
    });
    Ok(())
}

fn keep(storage: &Storage, src: &str, picture: Result<Clean, Missing>) -> Result<(), Failure> {
    let picture = match picture {
        Ok(picture) => picture,
        Err(missing) => {
            let tries = if missing.passes { 1 } else { MOST_TRIES };
            let values = vec![src.into(), missing.why.as_str().into(), tries.into(), millis(now() + AGAIN_MS)];
            let statement = "INSERT INTO pictures (src, wrong, tries, later) VALUES (?, ?, ?, ?) ON CONFLICT (src) DO UPDATE \
                             SET wrong = excluded.wrong, tries = tries + excluded.tries, later = excluded.later WHERE hash IS NULL";
            return sql::run(storage, statement, values).map(drop);
        }
    };
    let taken = sql::count(storage, "SELECT COALESCE(SUM(LENGTH(bytes)), 0) AS count FROM picture_parts", None)?;
    if taken + picture.bytes.len() as u64 > MOST_BYTES {
        let full = Missing::for_good(String::from("the pictures of all articles take more than 2 GB"));
        return keep(storage, src, Err(full));
    }
    let hash = hash(&picture.bytes);
    for (part, chunk) in (0i64..).zip(picture.bytes.chunks(PART_BYTES)) {
        let values: Vec<SqlStorageValue> = vec![hash.as_str().into(), part.into(), chunk.to_vec().into()];
        sql::run(storage, "INSERT OR REPLACE INTO picture_parts (hash, part, bytes) VALUES (?, ?, ?)", values)?;
    }
    let values: Vec<SqlStorageValue> = vec![
        src.into(),
        hash.as_str().into(),
        picture.kind.media_type().into(),
        i64::from(picture.width).into(),
        i64::from(picture.height).into(),
    ];
    let statement = "INSERT OR REPLACE INTO pictures (src, hash, type, width, height) VALUES (?, ?, ?, ?, ?)";
    sql::run(storage, statement, values).map(drop)
}

/// Pictures that no article has any more go.
fn drop_unused(storage: &Storage) -> Result<(), Failure> {
    transaction(storage, || {
        for statement in [
            "DELETE FROM pictures WHERE NOT EXISTS (SELECT 1 FROM picture_uses WHERE picture_uses.src = pictures.src)",
            "DELETE FROM picture_parts WHERE NOT EXISTS (SELECT 1 FROM pictures WHERE pictures.hash = picture_parts.hash)",
        ] {
            sql::run(storage, statement, None)?;
        }
        Ok(())
    })
}

/// The pictures that cannot be had, each with one article that has it.
fn wrong(storage: &Storage, scope: &Scope) -> Result<Vec<Problem>, Failure> {
    // SQLite takes the other columns from the row that has the least.
    let (condition, values) = scope.condition();
    let query = [
        "SELECT pictures.src, wrong, MIN(locale) AS locale, id FROM pictures \
         JOIN picture_uses ON picture_uses.src = pictures.src WHERE hash IS NULL AND pictures.src IN (SELECT src FROM pictures WHERE 1",
        condition,
        ") GROUP BY pictures.src ORDER BY pictures.src",
    ];
    let rows: Vec<WrongRow> = sql::all(storage, &query.concat(), values)?;
    let count = rows.len();
    let problem = |row: WrongRow| missing(&row.src, &row.id, &row.locale, &row.wrong);
    let mut all: Vec<Problem> = rows.into_iter().take(MOST_NAMED).map(problem).collect();
    if count > MOST_NAMED {
        let sentence = format!("Further pictures that cannot be had: {}.", count - MOST_NAMED);
        all.push(Problem::new(ProblemCode::NoPicture, "articles", sentence));
    }
    Ok(all)
}

fn millis(time: Millis) -> SqlStorageValue {
    i64::try_from(time).unwrap_or(i64::MAX).into()
}

fn missing(src: &str, id: &str, locale: &str, wrong: &str) -> Problem {
    let sentence = format!(
        "The picture {src} of article {id} ({locale}) cannot be had: {wrong}. Its description is shown in its place, if it has one."
    );
    Problem::new(ProblemCode::NoPicture, "articles", sentence)
}
