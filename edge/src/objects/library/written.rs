//! Has a language model write about articles: once for each version of an article's text, one after the other, by the alarm. Where it left off
//! is stored, so that an end of the process costs one question at most.

use super::kind::Kind;
use super::pieces::Changed;
use super::proposals;
use super::{Library, indexes, learning, staging};
use crate::failure::Failure;
use crate::hash::hash;
use crate::objects::documents::{put, read};
use crate::outside::Missing;
use crate::outside::model::{Model, Said};
use crate::platform::{day_ms, now, transaction, turn};
use crate::sql;
use futures_util::future::{Either, select};
use serde::{Deserialize, Serialize};
use shared::protocol::Millis;
use shared::richtext::{Block, plain_text};
use shared::turns::Turns;
use shared::written::{self, Budget, Prompt, Proposal, Verdict, judged, proposals_in};
use std::collections::BTreeMap;
use std::pin::pin;
use std::time::Duration;
use worker::{Delay, Env, Storage};

const WRITTEN: &str = "written";
/// How long one alarm goes from article to article; the next one goes on.
const ROUND_MS: Millis = 15_000;
/// While a model writes, what else is due is done so often.
const MEANWHILE: Duration = Duration::from_secs(1);
/// A server that is away is asked again after this time, then after twice as long, and so on.
const AGAIN_MS: Millis = 60_000;
const MOST_AGAIN_MS: Millis = 60 * 60_000;
/// How often an article is tried about which a model says nothing of use, and a language whose proposals are to be judged.
const MOST_TRIES: i64 = 2;
const MOST_JUDGED: u32 = 3;

/// How far it is.
#[derive(Default, Serialize, Deserialize)]
struct Progress {
    /// It goes on then.
    until: Millis,
    /// How often the server was away, one time after the other.
    away: u32,
    /// The day for which tokens are counted, and how many it has cost so far.
    day: Millis,
    tokens: u64,
    /// The languages whose proposals are to be judged, and how often that was tried.
    judge: BTreeMap<String, u32>,
}

#[derive(Deserialize)]
struct WaitingRow {
    locale: String,
    id: String,
    digest: Option<String>,
    version: i64,
    tries: i64,
    title: String,
    blocks: String,
}

/// When there is something to do; none if there is no model and nothing to judge.
pub(super) fn due(storage: &Storage, env: &Env) -> Result<Option<Millis>, Failure> {
    let progress = progress(storage)?;
    let to_judge = progress.judge.values().any(|tries| *tries < MOST_JUDGED);
    let until = progress.until.max(now());
    let model = Model::of(env).unwrap_or_else(|failure| {
        // How it is set is wrong: the operator learns it with every publish, and nobody else.
        failure.log();
        None
    });
    let is_waiting = model.is_some() && next(storage)?.is_some();
    Ok(match (is_waiting, to_judge) {
        // They are judged once nothing more comes for now.
        (true, false) => Some(until),
        (true, true) if until <= now() => Some(until),
        (_, true) => Some(now()),
        (false, false) => None,
    })
}

impl Library {
    /// Has the model write about the articles that wait, as far as there is time, then judges what it wrote.
    pub(super) async fn write_on(&self) -> Result<(), Failure> {
        let storage = &self.state.storage();
        let is_idle = match Model::of(&self.env)? {
            Some(model) => self.write(&model).await?,
            None => true,
        };
        if is_idle && let Some(locale) = to_judge(storage)? {
            self.judge(&locale).await?;
        }
        Ok(())
    }

    /// Goes from article to article. Gives whether there is none to go on with for now.
    async fn write(&self, model: &Model) -> Result<bool, Failure> {
        let storage = &self.state.storage();
        let end = now() + ROUND_MS;
        while now() < end {
            if !may_ask(storage, &self.env)? {
                return Ok(true);
            }
            let Some(row) = next(storage)? else { return Ok(true) };
            let blocks: Vec<Block> = serde_json::from_str(&row.blocks)?;
            let prompt = Prompt::about(&row.locale, &row.title, &plain_text(&blocks));
            let digest = hash(&prompt.version());
            if row.digest.as_deref() == Some(&digest) {
                settle(storage, &row, &digest, None)?;
                continue;
            }
            let said = self.asked(model, &prompt).await?;
            take(storage, &self.env, &row, &digest, &prompt, said)?;
        }
        Ok(false)
    }

    /// What the model says. Meanwhile indexes that are due are made: nobody waits for a model.
    async fn asked(&self, model: &Model, prompt: &Prompt) -> Result<Result<Said, Missing>, Failure> {
        let mut asked = pin!(model.ask(&self.env, prompt));
        loop {
            match select(asked.as_mut(), pin!(Delay::from(MEANWHILE))).await {
                Either::Left((said, _)) => return Ok(said),
                Either::Right(_) => self.make_pending().await?,
            }
        }
    }

    /// Judges what was written in a language, and has its index follow.
    async fn judge(&self, locale: &str) -> Result<(), Failure> {
        let storage = &self.state.storage();
        let mut progress = progress(storage)?;
        *progress.judge.entry(String::from(locale)).or_default() += 1;
        put(storage, WRITTEN, &progress)?;
        // Counted before it is tried: what takes more than the platform gives ends this object, and would for ever.
        storage.sync().await?;
        let turns = Turns::giving(turn);
        let mut changed = Changed::default();
        for kind in Kind::ALL {
            if self.judge_kind(kind, locale, &turns).await? {
                changed.note(kind, locale);
            }
        }
        transaction(storage, || {
            let mut progress = self::progress(storage)?;
            progress.judge.remove(locale);
            put(storage, WRITTEN, &progress)?;
            proposals::follow(storage, &changed)
        })
    }

    /// Judges what is proposed for the pieces of a kind. Gives whether there was anything.
    async fn judge_kind(&self, kind: Kind, locale: &str, turns: &Turns) -> Result<bool, Failure> {
        let storage = &self.state.storage();
        let docs = {
            let _taken = self.press.take().await;
            staging::clear(storage)?;
            indexes::for_judging(storage, kind, locale, turns).await?
        };
        let open = if kind == Kind::Articles { proposals::open(storage, locale)? } else { Vec::new() };
        let asked = learning::open(storage, kind, locale)?;
        if open.is_empty() && asked.is_empty() {
            return Ok(false);
        }
        let of_model =
            |one: &proposals::Open| Proposal { article: one.article.clone(), kind: one.kind, text: one.text.clone() };
        // Questions of visitors come first: of two with the same words the later one is repeated.
        let of_visitors = |one: &learning::Open| {
            let (article, text) = (one.id.clone(), one.text.clone());
            Proposal { article, kind: written::Kind::Question, text }
        };
        let all: Vec<Proposal> = asked.iter().map(of_visitors).chain(open.iter().map(of_model)).collect();
        // The press is free meanwhile, so that no publisher waits for this.
        let mut verdicts = judged(&docs, &all, locale, Budget::default(), turns).await;
        let of_open = verdicts.split_off(asked.len().min(verdicts.len()));
        transaction(storage, || {
            for (one, verdict) in open.iter().zip(&of_open) {
                proposals::judge(storage, locale, one, verdict)?;
            }
            let asked: Vec<(learning::Open, Verdict)> = asked.into_iter().zip(verdicts).collect();
            learning::judge(storage, kind, locale, &asked)
        })?;
        Ok(true)
    }
}

/// Has the proposals of a language judged anew.
pub(super) fn judge_soon(storage: &Storage, locale: &str) -> Result<(), Failure> {
    let mut progress = progress(storage)?;
    progress.judge.insert(String::from(locale), 0);
    put(storage, WRITTEN, &progress)
}

fn progress(storage: &Storage) -> Result<Progress, Failure> {
    Ok(read(storage, WRITTEN)?.unwrap_or_default())
}

/// The next article that waits.
fn next(storage: &Storage) -> Result<Option<WaitingRow>, Failure> {
    let query = "SELECT written.locale AS locale, written.id AS id, digest, version, tries, title, blocks FROM written \
                 JOIN articles ON articles.locale = written.locale AND articles.id = written.id \
                 WHERE waits = 1 ORDER BY written.locale, written.id LIMIT 1";
    sql::one(storage, query, None)
}

/// The next language to judge.
fn to_judge(storage: &Storage) -> Result<Option<String>, Failure> {
    let judge = progress(storage)?.judge;
    Ok(judge.into_iter().find(|(_, tries)| *tries < MOST_JUDGED).map(|(locale, _)| locale))
}

/// Whether a model may be asked now: its server is not away, and the day's tokens are not spent.
fn may_ask(storage: &Storage, env: &Env) -> Result<bool, Failure> {
    let mut progress = progress(storage)?;
    if now() < progress.until {
        return Ok(false);
    }
    let day = now() / day_ms(env);
    if progress.day != day {
        (progress.day, progress.tokens) = (day, 0);
    } else if progress.tokens >= Model::tokens_a_day(env)? {
        progress.until = (day + 1) * day_ms(env);
    }
    put(storage, WRITTEN, &progress)?;
    Ok(now() >= progress.until)
}

/// Takes what a model has said about an article, or that it has not.
fn take(
    storage: &Storage,
    env: &Env,
    row: &WaitingRow,
    digest: &str,
    prompt: &Prompt,
    said: Result<Said, Missing>,
) -> Result<(), Failure> {
    transaction(storage, || {
        let mut progress = progress(storage)?;
        let (outcome, tokens) = match said {
            Err(missing) if missing.passes => {
                let wait = AGAIN_MS.saturating_mul(1 << progress.away.min(6)).min(MOST_AGAIN_MS).min(day_ms(env));
                progress.until = now() + wait;
                progress.away += 1;
                put(storage, WRITTEN, &progress)?;
                Failure::broken(["the model cannot be asked: ", &missing.why].concat()).log();
                return Ok(());
            }
            Err(missing) => (Err(["The model cannot be asked: ", &missing.why, "."].concat()), prompt.tokens()),
            Ok(said) => (proposals_in(&said.text).map_err(|wrong| String::from(wrong.sentence())), said.tokens),
        };
        progress.away = 0;
        progress.tokens = progress.tokens.saturating_add(tokens);
        match outcome {
            Ok(all) => {
                // An article that has changed or gone meanwhile is asked about again, or never.
                if settle(storage, row, digest, None)? {
                    proposals::put(storage, &row.locale, &row.id, &all)?;
                    progress.judge.insert(row.locale.clone(), 0);
                }
            }
            Err(wrong) if row.tries + 1 >= MOST_TRIES => {
                settle(storage, row, digest, Some(&wrong))?;
            }
            Err(_) => {
                let statement = "UPDATE written SET tries = tries + 1 WHERE locale = ? AND id = ? AND version = ?";
                sql::run(
                    storage,
                    statement,
                    vec![row.locale.as_str().into(), row.id.as_str().into(), row.version.into()],
                )?;
            }
        }
        put(storage, WRITTEN, &progress)
    })
}

/// The article waits no longer, if it is still this version. Gives whether it is.
fn settle(storage: &Storage, row: &WaitingRow, digest: &str, wrong: Option<&str>) -> Result<bool, Failure> {
    let statement = "UPDATE written SET waits = 0, digest = ?, wrong = ? WHERE locale = ? AND id = ? AND version = ?";
    let wrong = wrong.map_or(worker::SqlStorageValue::Null, Into::into);
    let values = vec![digest.into(), wrong, row.locale.as_str().into(), row.id.as_str().into(), row.version.into()];
    Ok(sql::run(storage, statement, values)? > 0)
}
