//! What the library is still to do by itself, and when: an object has one alarm, so that the next thing of all sets it.

use super::compiled::{compiled, put_compiled};
use super::kind::Kind;
use super::pending::Pending;
use super::pieces::Changed;
use super::{Library, arrive, indexes, pictures, staging, written};
use crate::calls::library::Change;
use crate::failure::Failure;
use crate::platform::{arm, now, transaction, turn};
use crate::sql;
use shared::readership::Readership;
use shared::turns::Turns;
use worker::{Env, Storage};

/// From this many pieces of a language on, to make its index takes a second and more; tools that put one piece after the other would
/// wait as often.
const MANY: u64 = 200;

/// Whether the index of a change can follow: it puts one of many pieces, and nobody may read less than before. A piece that is taken
/// away is in no index any more when that is answered.
pub(super) fn can_follow(storage: &Storage, change: &Change) -> Result<bool, Failure> {
    let (kind, locale) = match change {
        Change::Article(article) => {
            let query = "SELECT 1 FROM articles WHERE locale = ? AND id = ? AND audience <> ?";
            let audience = serde_json::to_string(&Readership::of(&article.audience))?;
            let values = [article.locale.as_str(), article.id.as_str(), &audience].map(Into::into).to_vec();
            if sql::exists(storage, query, values)? {
                return Ok(false);
            }
            (Kind::Articles, &article.locale)
        }
        Change::Answer(answer) => (Kind::Answers, &answer.locale),
        _ => return Ok(false),
    };
    let query = ["SELECT COUNT(*) AS count FROM ", kind.sources(), " WHERE locale = ?"].concat();
    Ok(sql::count(storage, &query, vec![locale.as_str().into()])? > MANY)
}

/// Sets the alarm to when there is something to do next. It is called whenever something was done, or has become due.
pub(super) fn arm_next(storage: &Storage, env: &Env) -> Result<(), Failure> {
    let note = compiled(storage)?;
    let times = [
        arrive::due(storage)?,
        note.must_renew().then(now),
        note.pending.as_ref().and_then(Pending::at),
        pictures::due(storage)?,
        written::due(storage, env)?,
    ];
    match times.into_iter().flatten().min() {
        Some(at) => arm(storage, at),
        None => Ok(()),
    }
}

impl Library {
    /// Makes the indexes whose time has come.
    pub(super) async fn make_pending(&self) -> Result<(), Failure> {
        let _taken = self.press.take().await;
        let storage = &self.state.storage();
        let mut note = compiled(storage)?;
        let Some(pending) = note.pending.as_mut().filter(|pending| pending.at().is_some_and(|at| at <= now())) else {
            return Ok(());
        };
        let mut changed = Changed::default();
        pending.note_in(&mut changed);
        pending.tries += 1;
        put_compiled(storage, &note)?;
        storage.sync().await?;
        staging::clear(storage)?;
        let made = indexes::make(storage, changed, false, &Turns::giving(turn)).await?;
        transaction(storage, || indexes::take_over(storage, made, compiled(storage)?))
    }
}
