//! The pictures of articles: each is fetched once, kept here without what a camera has noted, and given out under the hash of its
//! bytes. So no visitor's address reaches the server on which it was.

use super::Library;
use super::hash::hash;
use crate::failure::Failure;
use crate::platform::{arm, now, transaction};
use crate::{outside, sql};
use futures_util::future::join_all;
use serde::Deserialize;
use shared::ids::WorkspaceId;
use shared::picture::{Clean, MAX_PICTURE, clean};
use shared::problem::{Problem, ProblemCode};
use shared::protocol::{Article, ErrorCode, Millis, Published};
use shared::richtext::{Span, each_span_mut};
use std::collections::BTreeMap;
use worker::{Env, Response, SqlStorageValue, Storage};

/// Pictures that are fetched at the same time: a platform allows six connections at once.
const AT_ONCE: usize = 6;
/// Pictures that are fetched before others have their turn: a platform allows some fifty requests for one.
const MOST: u32 = 42;
/// How long the answer to publishing waits for them. The others come after it.
const PATIENCE_MS: Millis = 15_000;
/// A row of a Durable Object holds at most 2 MB.
const PART_BYTES: usize = 1_000_000;
/// The most pictures that are named in an answer; the number of the others is.
const MOST_NAMED: usize = 100;

#[derive(Deserialize)]
struct SrcRow {
    src: String,
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

#[derive(Deserialize)]
struct WrongRow {
    src: String,
    wrong: String,
    locale: String,
    id: String,
}

impl Library {
    /// Fetches the pictures of what was published, as many as come in time, and names those that cannot be had.
    pub(super) async fn with_pictures(&self, mut published: Published) -> Result<Published, Failure> {
        let storage = &self.state.storage();
        drop_unused(storage)?;
        // Those that could not be had before as well: they may be a reason to publish again.
        sql::run(storage, "DELETE FROM pictures WHERE wrong IS NOT NULL", None)?;
        let until = now() + PATIENCE_MS;
        let mut more = true;
        while more && now() < until {
            more = fetch(storage, &self.env).await?;
        }
        let left = count_new(storage)?;
        if left > 0 {
            arm(storage, now())?;
            let sentence = format!(
                "{left} pictures are still being fetched. Until they are here, their descriptions are shown in their place."
            );
            published.warnings.push(Problem::new(ProblemCode::NoPicture, "articles", sentence));
        }
        published.warnings.extend(wrong(storage)?);
        Ok(published)
    }
}

/// Names those of the pictures that are staged and not here that cannot be had, as far as there is time to try.
pub(super) async fn try_staged(storage: &Storage, env: &Env) -> Result<Vec<Problem>, Failure> {
    let query = "SELECT src, MIN(locale) AS locale, MIN(id) AS id, '' AS wrong FROM staged_pictures WHERE NOT EXISTS \
                 (SELECT 1 FROM pictures WHERE pictures.src = staged_pictures.src AND wrong IS NULL) GROUP BY src ORDER BY src";
    let rows: Vec<WrongRow> = sql::all(storage, query, None)?;
    let until = now() + PATIENCE_MS;
    let (mut problems, mut tried) = (Vec::new(), 0);
    for some in rows.chunks(AT_ONCE) {
        if now() >= until || tried + AT_ONCE > MOST as usize {
            break;
        }
        let all = some.iter().map(|row| outside::fetch(env, &row.src, MAX_PICTURE));
        for (row, fetched) in some.iter().zip(join_all(all).await) {
            tried += 1;
            if let Err(wrong) = fetched.and_then(|bytes| clean(&bytes).map_err(String::from)) {
                problems.push(missing(&row.src, &row.id, &row.locale, &wrong));
            }
        }
    }
    let left = rows.len() - tried;
    if left > 0 {
        let sentence = format!("{left} pictures were not tried: there are too many for one answer.");
        problems.push(Problem::new(ProblemCode::NoPicture, "articles", sentence));
    }
    Ok(problems)
}

/// Fetches some of the pictures that nobody has tried to fetch; true if there are more.
pub(super) async fn fetch(storage: &Storage, env: &Env) -> Result<bool, Failure> {
    let query = "SELECT DISTINCT src FROM picture_uses \
                 WHERE NOT EXISTS (SELECT 1 FROM pictures WHERE pictures.src = picture_uses.src) ORDER BY src LIMIT ?";
    let rows: Vec<SrcRow> = sql::all(storage, query, vec![i64::from(MOST).into()])?;
    for some in rows.chunks(AT_ONCE) {
        let all = some.iter().map(|row| outside::fetch(env, &row.src, MAX_PICTURE));
        for (row, fetched) in some.iter().zip(join_all(all).await) {
            let picture = fetched.and_then(|bytes| clean(&bytes).map_err(String::from));
            transaction(storage, || keep(storage, &row.src, picture))?;
        }
    }
    Ok(count_new(storage)? > 0)
}

/// A picture as it is given out; it never changes under its address.
pub(super) fn given(storage: &Storage, hash: &str) -> Result<Response, Failure> {
    let row: Option<TypeRow> =
        sql::one(storage, "SELECT type FROM pictures WHERE hash = ? LIMIT 1", vec![hash.into()])?;
    let row = row.ok_or(ErrorCode::UnknownDoor)?;
    let bytes = sql::bytes(storage, "SELECT bytes FROM picture_parts WHERE hash = ? ORDER BY part", vec![hash.into()])?;
    let response = Response::from_bytes(bytes)?;
    response.headers().set("content-type", &row.r#type)?;
    Ok(response)
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

fn keep(storage: &Storage, src: &str, picture: Result<Clean, String>) -> Result<(), Failure> {
    let picture = match picture {
        Ok(picture) => picture,
        Err(wrong) => {
            let values = vec![src.into(), wrong.as_str().into()];
            return sql::run(storage, "INSERT OR REPLACE INTO pictures (src, wrong) VALUES (?, ?)", values).map(drop);
        }
    };
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

fn count_new(storage: &Storage) -> Result<u64, Failure> {
    let query = "SELECT COUNT(DISTINCT src) AS count FROM picture_uses \
                 WHERE NOT EXISTS (SELECT 1 FROM pictures WHERE pictures.src = picture_uses.src)";
    sql::count(storage, query, None)
}

/// The pictures that cannot be had, each with one article that has it.
fn wrong(storage: &Storage) -> Result<Vec<Problem>, Failure> {
    let query = "SELECT pictures.src, wrong, MIN(locale) AS locale, MIN(id) AS id FROM pictures \
                 JOIN picture_uses ON picture_uses.src = pictures.src WHERE wrong IS NOT NULL \
                 GROUP BY pictures.src ORDER BY pictures.src";
    let rows: Vec<WrongRow> = sql::all(storage, query, None)?;
    let count = rows.len();
    let problem = |row: WrongRow| missing(&row.src, &row.id, &row.locale, &row.wrong);
    let mut all: Vec<Problem> = rows.into_iter().take(MOST_NAMED).map(problem).collect();
    if count > MOST_NAMED {
        let sentence = format!("{} more pictures cannot be had.", count - MOST_NAMED);
        all.push(Problem::new(ProblemCode::NoPicture, "articles", sentence));
    }
    Ok(all)
}

fn missing(src: &str, id: &str, locale: &str, wrong: &str) -> Problem {
    let sentence = format!(
        "The picture {src} of article {id} ({locale}) cannot be had: {wrong}. Its description is shown in its place."
    );
    Problem::new(ProblemCode::NoPicture, "articles", sentence)
}
