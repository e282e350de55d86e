//! Publishing: what was written is kept with what is made of it. So a newer engine makes it anew, and no site owner has to
//! publish again.

use super::Library;
use super::arrive::{arm_for_debt, put_documents};
use super::compiled::{Compiled, Renewals, compiled, put_compiled};
use super::kind::Kind;
use super::pending::Pending;
use super::pieces::{self, Changed, in_pages, put, remove, replace_all};
use super::press::Press;
use super::{due, indexes, pictures, staging};
use crate::calls::Workspace;
use crate::calls::library::{Change, How};
use crate::failure::Failure;
use crate::objects::documents::settings;
use crate::platform::{arm, now, transaction, turn};
use serde::Deserialize;
use shared::ids::WorkspaceId;
use shared::matching::ENGINE;
use shared::problem::Problem;
use shared::protocol::{ApiError, ErrorCode, Published};
use shared::publishing::Known;
use shared::readership::Readership;
use shared::turns::Turns;
use std::mem::take;
use worker::Storage;

/// How often an engine tries to make a workspace's indexes.
const MOST_TRIES: u32 = 3;

impl Library {
    /// Changes what is published, all or nothing. Long work is done beside what is there, in turns with everybody else's requests;
    /// then all of it takes its place at once. Settings and operations hold when this is answered.
    pub(super) async fn publish(
        &self,
        workspace: &WorkspaceId,
        change: Change,
        how: How,
    ) -> Result<Published, Failure> {
        let storage = &self.state.storage();
        let taken = self.press.take().await;
        transaction(storage, || pieces::spread(storage))?;
        if let Some(version) = &how.version {
            require_version(storage, &change, version)?;
        }
        // What was published before holds before what comes now.
        self.settle_debt().await?;
        let turns = Turns::giving(turn);
        staging::clear(storage)?;
        if needs_sources(&change) {
            pieces::require_sources(storage)?;
        }
        let mut changed = Changed::default();
        let mut warnings = stage(storage, &change, &mut changed, &turns).await?;
        if how.tried {
            let staged = pictures::staged(storage)?;
            staging::clear(storage)?;
            // Nobody else waits for their servers.
            drop(taken);
            warnings.extend(pictures::try_all(&staged, &self.env).await);
            let pending = compiled(storage)?.pending_articles();
            return Ok(Published { indexes: indexes::list(storage)?, pending, warnings });
        }
        let note = compiled(storage)?;
        let changes = !changed.0.is_empty();
        let follows = changes && !note.is_to_be_made_anew() && due::can_follow(storage, &change)?;
        if changes && note.is_of_another_engine() {
            pieces::stage_again(storage, &mut changed, &turns).await?;
        }
        let made = if follows {
            Vec::new()
        } else {
            note.pending.iter().filter(|_| changes).for_each(|pending| pending.note_in(&mut changed));
            indexes::make(storage, take(&mut changed), changes && note.is_to_be_made_anew(), &turns).await?
        };
        arm_for_debt(storage)?;
        let published = transaction(storage, || {
            put_documents(storage, workspace, change)?;
            staging::take_over(storage)?;
            let mut note = compiled(storage)?;
            if follows {
                note.pending = Some(Pending::with(note.pending.take(), &changed));
                put_compiled(storage, &note)?;
            } else {
                indexes::take_over(storage, made, note)?;
            }
            let pending = compiled(storage)?.pending_articles();
            Ok(Published { indexes: indexes::list(storage)?, pending, warnings })
        })?;
        self.settle_debt().await?;
        drop(taken);
        Ok(published)
    }

    /// Everything that was published, as it was written, in JSON.
    pub(super) async fn written(&self, workspace: &WorkspaceId) -> Result<String, Failure> {
        let storage = &self.state.storage();
        // It is read in turns, and all of it is of one instant.
        let _taken = self.press.take().await;
        let settings = serde_json::to_string(&settings(storage)?)?;
        let mut operations = Workspace::of(&self.env, workspace)?.fetch_raw("documents/operations").await?;
        if operations.status_code() != 200 {
            return Err(Failure::broken("the workspace does not give its operations"));
        }
        transaction(storage, || pieces::spread(storage))?;
        pieces::require_sources(storage)?;
        let turns = Turns::giving(turn);
        let articles = pieces::written(storage, Kind::Articles, &turns).await?;
        let answers = pieces::written(storage, Kind::Answers, &turns).await?;
        let operations = operations.text().await?;
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
}

/// Refuses a change of a piece that is not this version; an empty one says that it is not there.
fn require_version(storage: &Storage, change: &Change, version: &str) -> Result<(), Failure> {
    let (kind, locale, id) = match change {
        Change::Article(article) => (Kind::Articles, &article.locale, article.id.as_str()),
        Change::NoArticle(locale, id) => (Kind::Articles, locale, id.as_str()),
        Change::Answer(answer) => (Kind::Answers, &answer.locale, answer.id.as_str()),
        Change::NoAnswer(locale, id) => (Kind::Answers, locale, id.as_str()),
        _ => {
            let sentence = "Only an article or an answer by itself has a version. Send this without If-Match and If-None-Match. \
                            Nothing was stored.";
            return Err(ApiError::with(ErrorCode::InvalidRequest, sentence).into());
        }
    };
    let there = pieces::version(storage, kind, locale, id)?;
    let fits = match &there {
        Some(there) => version == "*" || version == there,
        None => version.is_empty(),
    };
    if fits { Ok(()) } else { Err(ErrorCode::ChangedMeanwhile.into()) }
}

/// Whether a change leaves pieces as they are that an index has to be made of.
fn needs_sources(change: &Change) -> bool {
    match change {
        Change::Article(_) | Change::NoArticle(..) => true,
        Change::Answers(_) | Change::Answer(_) | Change::NoAnswer(..) => true,
        Change::Everything(_) | Change::Articles(_) | Change::Settings(_) | Change::Operations(_) => false,
    }
}

/// Whether another engine has made what is published: this one may not find as much in it, or nothing. What was published
/// before sources were kept, or by a build that does not keep them, stays as it is.
pub(super) fn is_old(storage: &Storage) -> Result<bool, Failure> {
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
pub(super) async fn renew(storage: &Storage, press: &Press) -> Result<(), Failure> {
    let _taken = press.take().await;
    let mut note = compiled(storage)?;
    if !note.must_renew() {
        return Ok(());
    }
    note.renewals = Some(Renewals { engine: ENGINE, times: note.tried() + 1 });
    put_compiled(storage, &note)?;
    // Counted before it is tried: what takes more than the platform gives ends this object, and would for ever.
    storage.sync().await?;
    let turns = Turns::giving(turn);
    staging::clear(storage)?;
    transaction(storage, || pieces::spread(storage))?;
    pieces::require_sources(storage)?;
    let mut changed = Changed::default();
    pieces::stage_again(storage, &mut changed, &turns).await?;
    let made = indexes::make(storage, changed, true, &turns).await?;
    transaction(storage, || {
        staging::take_over(storage)?;
        indexes::take_over(storage, made, compiled(storage)?)?;
        // The tries are kept: what is damaged again and again is not made anew for ever.
        put_compiled(storage, &Compiled { renewals: note.renewals, ..compiled(storage)? })
    })
}

impl Compiled {
    pub(super) fn must_renew(&self) -> bool {
        self.is_to_be_made_anew() && self.tried() < MOST_TRIES
    }

    /// Whether what is made is not what this build would make.
    fn is_to_be_made_anew(&self) -> bool {
        self.is_of_another_engine() || self.damaged || (self.engine.is_some() && self.restricted.is_none())
    }

    fn is_of_another_engine(&self) -> bool {
        self.engine.is_some_and(|engine| engine != ENGINE)
    }

    /// How often this engine has tried it.
    fn tried(&self) -> u32 {
        self.renewals.as_ref().filter(|tried| tried.engine == ENGINE).map_or(0, |tried| tried.times)
    }
}

/// Puts the pieces of a change together, and gives the warnings that only what is stored can show.
async fn stage(
    storage: &Storage,
    change: &Change,
    changed: &mut Changed,
    turns: &Turns,
) -> Result<Vec<Problem>, Failure> {
    match change {
        Change::Everything(content) => {
            replace_all(storage, &content.articles, changed, turns).await?;
            replace_all(storage, &content.answers, changed, turns).await?;
        }
        Change::Settings(_) | Change::Operations(_) => {}
        Change::Articles(articles) => replace_all(storage, articles, changed, turns).await?,
        Change::Article(article) => {
            put(storage, &**article, changed)?;
            let mut known = known(storage, turns).await?;
            known.note(&article.locale, article.id.as_str(), &article.url, Readership::of(&article.audience));
            let spelling = known.spelling(&article.locale);
            return Ok(known.leads_of_article(article).into_iter().chain(spelling).collect());
        }
        Change::NoArticle(locale, id) => remove(storage, Kind::Articles, locale, id.as_str(), changed)?,
        Change::Answers(answers) => {
            replace_all(storage, answers, changed, turns).await?;
            return Ok(known(storage, turns).await?.leads_of_answers(answers));
        }
        Change::Answer(answer) => {
            put(storage, &**answer, changed)?;
            return Ok(known(storage, turns).await?.leads_of_answer(answer));
        }
        Change::NoAnswer(locale, id) => remove(storage, Kind::Answers, locale, id.as_str(), changed)?,
    }
    Ok(Vec::new())
}

#[derive(Deserialize)]
struct KnownRow {
    locale: String,
    id: String,
    url: String,
    audience: String,
}

/// The articles that are there.
async fn known(storage: &Storage, turns: &Turns) -> Result<Known, Failure> {
    let query =
        "SELECT locale, id, url, audience FROM articles WHERE (locale, id) > (?, ?) ORDER BY locale, id LIMIT ?";
    let key = |row: &KnownRow| [row.locale.clone(), row.id.clone()];
    let mut known = Known::default();
    for row in in_pages(storage, query, ["", ""], key, turns).await? {
        known.note(&row.locale, &row.id, &row.url, serde_json::from_str(&row.audience)?);
    }
    Ok(known)
}
