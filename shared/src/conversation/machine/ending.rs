//! The end of a conversation: because its visitor wants it, or because it has been quiet for as long as the site keeps
//! conversations. It is taken out of every other object first, then out of the world. An ending that is cut short begins again,
//! by the visitor's object or by the alarm.

use super::flights::Errand;
use super::others::{Follower, Lost};
use super::work::{Step, Work};
use super::{Feed, Machine, Store};
use crate::conversation::store::Mirror;
use crate::protocol::{ApiError, ErrorCode, Millis};
use std::collections::BTreeSet;

/// How long an end waits for what this conversation is just telling others.
const QUIET_WITHIN_MS: Millis = 5_000;
/// An end that has not come within this time was cut short: the conversation goes on, and is ended again by what has ended it.
const ENDS_WITHIN_MS: Millis = 60_000;

/// A conversation that is being ended.
#[derive(Debug, Clone)]
pub(super) struct Ending<F> {
    since: Millis,
    /// Who is still to forget it.
    left: BTreeSet<Follower<F>>,
}

impl<F: Feed> Machine<F> {
    /// The visitor's object forgets the conversation by itself: it has asked for the end.
    pub(super) fn end_for_visitor<S: Store<Feed = F>>(&mut self, store: &S, now: Millis) -> Result<(), S::Error> {
        if store.meta()?.is_some() {
            self.begin_end(&[Mirror::Inbox], now);
        }
        Ok(())
    }

    /// The library is asked in any case: a conversation that was put back from an older copy does not know what it has taught.
    pub(super) fn begin_end(&mut self, mirrors: &[Mirror], now: Millis) {
        if self.is_ending(now) {
            return;
        }
        let feeds = F::ALL.iter().copied().map(Follower::Feed);
        let mirrors = mirrors.iter().copied().map(Follower::Mirror);
        self.ending = Some(Ending { since: now, left: mirrors.chain(feeds).chain([Follower::Library]).collect() });
    }

    pub(super) fn is_ending(&self, now: Millis) -> bool {
        let lasts = |since| now.checked_sub(since).is_some_and(|lasts| lasts < ENDS_WITHIN_MS);
        self.ending.as_ref().is_some_and(|ending| lasts(ending.since))
    }

    /// Nothing is taken by a conversation that is being ended. It passes: afterwards there is nothing here, and the caller
    /// is told that.
    pub(super) fn require_lasting(&self, now: Millis) -> Result<(), ApiError> {
        if self.is_ending(now) { Err(ApiError::new(ErrorCode::Internal)) } else { Ok(()) }
    }

    /// Ends the conversation, step by step.
    pub(super) fn end<S: Store<Feed = F>>(&mut self, store: &S, now: Millis) -> Result<Step<F>, S::Error> {
        let is_ending = self.is_ending(now);
        let Some(ending) = self.ending.as_ref().filter(|_| is_ending) else {
            // The loop that began the end has made it, or has given it up.
            return if store.meta()?.is_none() {
                Ok(Step::Done)
            } else {
                Err(ApiError::new(ErrorCode::Internal).into())
            };
        };
        // An update that is on its way would come to life again behind our back.
        if self.flights.has_others_than_end(now) {
            if now.saturating_sub(ending.since) < QUIET_WITHIN_MS {
                return Ok(Step::Wait);
            }
            self.ending = None;
            return Err(ApiError::new(ErrorCode::Internal).into());
        }
        if self.flights.has(&Errand::End, now) {
            return Ok(Step::Wait);
        }
        let work = ending.left.first().map_or(Work::Wipe, |first| Work::Forget(*first));
        self.flights.start(Errand::End, 0, now);
        Ok(Step::Do(work))
    }

    pub(super) fn forgotten(&mut self, by: Follower<F>, answer: Result<(), Lost>) -> Result<(), ApiError> {
        self.flights.land(&Errand::End, 0);
        match (answer, &mut self.ending) {
            (Ok(()), Some(ending)) => {
                ending.left.remove(&by);
                Ok(())
            }
            (Ok(()), None) => Ok(()),
            (Err(Lost), _) => self.give_up_end(),
        }
    }

    /// Nothing is stored any more: whatever is remembered is of nobody.
    pub(super) fn wiped(&mut self, answer: Result<(), Lost>, now: Millis) -> Result<(), ApiError> {
        self.flights.land(&Errand::End, 0);
        match answer {
            Ok(()) => {
                *self = Self::new(self.tuning, now);
                Ok(())
            }
            Err(Lost) => self.give_up_end(),
        }
    }

    fn give_up_end(&mut self) -> Result<(), ApiError> {
        self.ending = None;
        Err(ApiError::new(ErrorCode::Internal))
    }
}
