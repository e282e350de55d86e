//! What holds for every conversation of a workspace: how long it is kept, when people are there and what they promise.

use super::flights::Errand;
use super::others::{Agreement, Lost};
use super::work::{Step, Work};
use super::{Feed, Machine, Store};
use crate::conversation::Write;
use crate::deadlines::Terms;
use crate::protocol::{Events, Millis};

/// A conversation that is awake believes for this long what it was told.
const ASK_AGAIN_MS: Millis = 10 * 60 * 1_000;
/// A workspace that was asked this often in vain is away for longer; what waits goes by the usual terms then.
const MOST_TRIES: u32 = 10;
/// A site owner who shortens the time is heard within this many days by the conversations that are asleep.
const ASK_AGAIN_DAYS: u64 = 30;
/// An end whose time could not be found out about, or that could not be made, can wait this long.
const KEEP_RETRY_MS: Millis = 60_000;

/// What is known of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Agreed {
    /// What waiting is measured by; the usual terms until the workspace has said it.
    pub(super) terms: Terms,
    /// Whether rules may give a conversation to people before the assistant answers.
    pub(super) rules_come_first: bool,
    /// For how long a quiet conversation is kept, and when that was asked.
    kept: Option<(Millis, Millis)>,
    /// How often in a row it was asked in vain.
    missed: u32,
}

impl Agreed {
    pub(super) fn learn(&mut self, Agreement { kept_ms, terms, rules_come_first }: Agreement, now: Millis) {
        *self = Self { terms, rules_come_first, kept: Some((kept_ms, now)), missed: 0 };
    }

    /// Whether the clock may be looked at. By the usual terms a promise would come back hours too late.
    fn will_do(&self) -> bool {
        self.kept.is_some() || self.missed > MOST_TRIES
    }
}

impl<F: Feed> Machine<F> {
    pub(super) fn ask_terms(&mut self, now: Millis) -> Step<F> {
        if self.knows_terms(now) || self.flights.failed(&Errand::Terms) {
            return Step::Done;
        }
        if self.flights.has(&Errand::Terms, now) {
            return Step::Wait;
        }
        self.flights.start(Errand::Terms, 0, now);
        Step::Do(Work::AskTerms)
    }

    /// Whether the workspace was asked lately.
    pub(super) fn knows_terms(&self, now: Millis) -> bool {
        // A clock that was put back far does not make the answer last.
        let lately = |(_, asked_at)| now.abs_diff(asked_at) < ASK_AGAIN_MS.min(self.tuning.day_ms);
        self.agreed.kept.is_some_and(lately)
    }

    /// The terms have come, and with them what time makes happen if the alarm has rung before.
    pub(super) fn terms<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        answer: Result<Agreement, Lost>,
        now: Millis,
    ) -> Result<Option<Events>, S::Error> {
        match answer {
            Ok(agreement) => {
                self.flights.land(&Errand::Terms, 0);
                self.agreed.learn(agreement, now);
            }
            Err(Lost) => {
                self.flights.fail(Errand::Terms, 0);
                self.agreed.missed = self.agreed.missed.saturating_add(1);
            }
        }
        if self.clock_is_due && self.agreed.will_do() && !self.is_ending(now) {
            self.pass_time(store, now)
        } else {
            Ok(None)
        }
    }

    /// Whether the conversation has been quiet for as long as it is kept, by what was said last.
    pub(super) fn is_over<S: Store<Feed = F>>(&mut self, store: &S, now: Millis) -> Result<bool, S::Error> {
        let Some((kept_ms, _)) = self.agreed.kept else { return Ok(false) };
        Ok(self.state(store)?.updated_at.saturating_add(kept_ms) <= now)
    }

    /// Whether it was over a day ago already. A deletion is for good, and a clock that is ahead is put right within
    /// a day.
    pub(super) fn is_surely_over<S: Store<Feed = F>>(&mut self, store: &S, now: Millis) -> Result<bool, S::Error> {
        match self.seen_over(store, now)? {
            Some(since) => Ok(now.saturating_sub(since) >= self.tuning.day_ms),
            None => store.write(&[Write::SeenOver(now)]).map(|()| false),
        }
    }

    /// Since when it is known to be over; none if something was said since, or the clock was ahead then.
    fn seen_over<S: Store<Feed = F>>(&mut self, store: &S, now: Millis) -> Result<Option<Millis>, S::Error> {
        let Some((kept_ms, _)) = self.agreed.kept else { return Ok(None) };
        let over_at = self.state(store)?.updated_at.saturating_add(kept_ms);
        Ok(store.seen_over()?.filter(|since| (over_at..=now).contains(since)))
    }

    /// When to look whether it is over.
    pub(super) fn over_at<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        now: Millis,
    ) -> Result<(Millis, &'static str), S::Error> {
        let soon = now.saturating_add(KEEP_RETRY_MS);
        let Some((kept_ms, _)) = self.agreed.kept else { return Ok((soon, "how long it is kept is not known")) };
        let over_at = self.state(store)?.updated_at.saturating_add(kept_ms);
        if over_at <= now {
            let ends_at = self.seen_over(store, now)?.map(|since| since.saturating_add(self.tuning.day_ms));
            return Ok((ends_at.filter(|at| *at > now).unwrap_or(soon), "it was kept for long enough"));
        }
        let ask_at = now.saturating_add(ASK_AGAIN_DAYS.saturating_mul(self.tuning.day_ms));
        Ok((over_at.min(ask_at), "it is kept until then"))
    }
}
