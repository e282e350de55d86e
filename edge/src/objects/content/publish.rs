//! Publishing: what was written is kept with what is made of it. So a newer engine makes it anew, and no site owner has to
//! publish again.

use super::documents::{
    Compiled, Renewals, compiled, operations, put_compiled, put_operations, put_settings, settings,
};
use super::indexes;
use super::kind::Kind;
use super::pieces::{self, Changed, put, remove, replace_all};
use crate::calls::workspace::Change;
use crate::failure::Failure;
use crate::platform::{arm, now, transaction};
use crate::sql;
use crate::tables::Tables;
use shared::matching::ENGINE;
use shared::problem::Problem;
use shared::protocol::{AnswerSource, ErrorCode, Published};
use shared::publishing::unknown_article;
use worker::Storage;

/// How often an engine tries to make a workspace's indexes.
const MOST_TRIES: u32 = 3;

/// Changes what is published, all or nothing. Only the settings, alone or with the rest, make a workspace.
pub(in crate::objects) fn publish(storage: &Storage, tables: &Tables, change: Change) -> Result<Published, Failure> {
    match &change {
        Change::Everything(_) | Change::Settings(_) => tables.ensure()?,
        _ if tables.exist()? => drop(settings(storage)?),
        _ => return Err(ErrorCode::UnknownWorkspace.into()),
    }
    transaction(storage, || {
        pieces::spread(storage)?;
        if needs_sources(&change) {
            pieces::require_sources(storage)?;
        }
        let mut changed = Changed::default();
        let warnings = apply(storage, change, &mut changed)?;
        if !changed.0.is_empty() && compiled(storage)?.is_of_another_engine() {
            pieces::store_again(storage, &mut changed)?;
        }
        indexes::refresh(storage, changed)?;
        Ok(Published { indexes: indexes::list(storage)?, warnings })
    })
}

/// Whether a change leaves pieces as they are that an index has to be made of.
fn needs_sources(change: &Change) -> bool {
    match change {
        Change::Article(_) | Change::NoArticle(..) => true,
        Change::Answers(_) | Change::Answer(_) | Change::NoAnswer(..) => true,
        Change::Everything(_) | Change::Articles(_) | Change::Settings(_) | Change::Operations(_) => false,
    }
}

/// A document as it was written, in JSON: `content`, `settings` or `operations`.
pub(in crate::objects) fn written(storage: &Storage, name: &str) -> Result<String, Failure> {
    let settings = serde_json::to_string(&settings(storage)?)?;
    match name {
        "settings" => Ok(settings),
        "operations" => Ok(serde_json::to_string(&operations(storage)?)?),
        "content" => {
            transaction(storage, || pieces::spread(storage))?;
            pieces::require_sources(storage)?;
            let operations = serde_json::to_string(&operations(storage)?)?;
            let (articles, answers) =
                (pieces::written(storage, Kind::Articles)?, pieces::written(storage, Kind::Answers)?);
            let parts = [
                "{\"settings\":",
                &settings,
                ",\"operations\":",
                &operations,
                ",\"articles\":",
                &articles,
                ",\"answers\":",
                &answers,
                "}",
            ];
            Ok(parts.concat())
        }
        _ => Err(ErrorCode::UnknownDoor.into()),
    }
}

/// Whether another engine has made what is published: this one may not find as much in it, or nothing. What was published
/// before sources were kept, or by a build that does not keep them, stays as it is.
pub(in crate::objects) fn is_old(storage: &Storage) -> Result<bool, Failure> {
    Ok(compiled(storage)?.must_renew())
}

/// Has it made anew soon, for something of it is damaged. The alarm does it, so that no request is lost with it.
pub(super) fn renew_soon(storage: &Storage) -> Result<(), Failure> {
    let note = Compiled { damaged: true, ..compiled(storage)? };
    if note.must_renew() {
        put_compiled(storage, &note)?;
        arm(storage, now())?;
    }
    Ok(())
}

/// Makes it anew.
pub(in crate::objects) async fn renew(storage: &Storage) -> Result<(), Failure> {
    let mut note = compiled(storage)?;
    if !note.must_renew() {
        return Ok(());
    }
    note.renewals = Some(Renewals { engine: ENGINE, times: note.tried() + 1 });
    put_compiled(storage, &note)?;
    // Counted before it is tried: what takes more than the platform gives ends this object, and would for ever.
    storage.sync().await?;
    transaction(storage, || {
        pieces::spread(storage)?;
        pieces::require_sources(storage)?;
        let mut changed = Changed::default();
        pieces::store_again(storage, &mut changed)?;
        indexes::refresh(storage, changed)?;
        // The tries are kept: what is damaged again and again is not made anew for ever.
        put_compiled(storage, &Compiled { renewals: note.renewals, ..compiled(storage)? })
    })
}

impl Compiled {
    fn must_renew(&self) -> bool {
        (self.is_of_another_engine() || self.damaged) && self.tried() < MOST_TRIES
    }

    fn is_of_another_engine(&self) -> bool {
        self.engine.is_some_and(|engine| engine != ENGINE)
    }

    /// How often this engine has tried it.
    fn tried(&self) -> u32 {
        self.renewals.as_ref().filter(|tried| tried.engine == ENGINE).map_or(0, |tried| tried.times)
    }
}

/// Stores a change, and gives the warnings that only what is stored can show.
fn apply(storage: &Storage, change: Change, changed: &mut Changed) -> Result<Vec<Problem>, Failure> {
    match change {
        Change::Everything(content) => {
            put_settings(storage, &content.settings)?;
            put_operations(storage, &content.operations.unwrap_or_default())?;
            replace_all(storage, &content.articles, changed)?;
            replace_all(storage, &content.answers, changed)?;
        }
        Change::Settings(settings) => put_settings(storage, &settings)?,
        Change::Operations(operations) => put_operations(storage, &operations)?,
        Change::Articles(articles) => replace_all(storage, &articles, changed)?,
        Change::Article(article) => put(storage, &*article, changed)?,
        Change::NoArticle(locale, id) => remove(storage, Kind::Articles, &locale, id.as_str(), changed)?,
        Change::Answers(answers) => {
            replace_all(storage, &answers, changed)?;
            let mut warnings = Vec::new();
            for (place, answer) in answers.iter().enumerate() {
                let at = ["answers[", &place.to_string(), "]"].concat();
                warnings.extend(missing_article(storage, answer)?.map(|problem| problem.inside(&at)));
            }
            return Ok(warnings);
        }
        Change::Answer(answer) => {
            put(storage, &*answer, changed)?;
            return Ok(missing_article(storage, &answer)?.into_iter().collect());
        }
        Change::NoAnswer(locale, id) => remove(storage, Kind::Answers, &locale, id.as_str(), changed)?,
    }
    Ok(Vec::new())
}

fn missing_article(storage: &Storage, answer: &AnswerSource) -> Result<Option<Problem>, Failure> {
    let Some(id) = &answer.article else { return Ok(None) };
    let is_there = sql::exists(storage, "SELECT 1 FROM articles WHERE id = ? LIMIT 1", vec![id.as_str().into()])?;
    Ok(unknown_article(answer, |_| is_there))
}
