//! What follows from a change or from the clock, in order: debts, mirrors, grants, feeds, the end.

use super::flights::Errand;
use super::mirrors::{inbox_waits_until, update_due};
use super::others::Lost;
use super::work::{Aim, Step, Work};
use super::{Feed, Machine, RETRY_MS};
use crate::conversation::feed::MOST_FED;
use crate::conversation::store::{Mirror, Store};
use crate::conversation::{next_time, on_time};
use crate::protocol::{Events, Millis, Seq};

/// An object that is down for long is not asked more often than twice a minute.
const MAX_RETRY_MS: Millis = 32_000;

impl<F: Feed> Machine<F> {
    pub(super) fn follow<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        aim: &Aim,
        now: Millis,
    ) -> Result<Step<F>, S::Error> {
        if self.is_ending(now) || store.meta()?.is_none() {
            return Ok(Step::Done);
        }
        if self.clock_is_due {
            match self.ask_terms(now) {
                Step::Done => {}
                step => return Ok(step),
            }
        }
        if let Some(step) = self.settle(store, aim, now)? {
            return Ok(step);
        }
        let step = match aim {
            Aim::Soon => self.draw_ahead(store, now)?,
            Aim::Clock => self.wind_up(store, now)?,
            _ => None,
        };
        if let Some(step) = step {
            return Ok(step);
        }
        if self.flights.is_calm(now) {
            // The next failure is the first one.
            self.failures = 0;
        }
        Ok(Step::Done)
    }

    /// Debts first, so that a mirror learns with one update what has become of them; then the mirrors.
    fn settle<S: Store<Feed = F>>(&mut self, store: &S, aim: &Aim, now: Millis) -> Result<Option<Step<F>>, S::Error> {
        let (mirrors, is_asked) = match aim {
            Aim::Everything => (Mirror::ALL.to_vec(), true),
            Aim::Clock if is_quiet(&store.behind()?) => (Mirror::ALL.to_vec(), true),
            Aim::Clock => (self.due(store, now)?, store.owed()?.is_some()),
            _ => (self.due(store, now)?, false),
        };
        // A message that changes nobody's turn ends here: it has read nothing but what is in memory.
        if mirrors.is_empty() && !is_asked {
            return Ok(None);
        }
        match self.pay(store, now)? {
            // The loop that has the debt goes on with the mirrors. The answer to a request has to have what follows.
            Some(Step::Wait) if *aim != Aim::Everything => return Ok(Some(Step::Done)),
            Some(step) => return Ok(Some(step)),
            None => {}
        }
        let behind: Vec<Mirror> = store.behind()?.into_iter().filter(|mirror| mirrors.contains(mirror)).collect();
        if behind.is_empty() {
            return Ok(None);
        }
        if self.state(store)?.waiting_since.is_some() {
            match self.ask_terms(now) {
                Step::Done => {}
                step => return Ok(Some(step)),
            }
        }
        self.tell(store, &behind, now)
    }

    /// What only the alarm does.
    fn wind_up<S: Store<Feed = F>>(&mut self, store: &S, now: Millis) -> Result<Option<Step<F>>, S::Error> {
        for feed in F::ALL {
            let after = store.fed(*feed)?;
            if after < self.state(store)?.last_seq && self.flights.may_start(&Errand::Feed(*feed), now) {
                let events = store.events_after(after)?.into_iter().take(MOST_FED).collect();
                self.flights.start(Errand::Feed(*feed), after, now);
                return Ok(Some(Step::Do(Work::Feed { feed: *feed, after, events })));
            }
        }
        if let Some(step) = self.teach(store, now)? {
            return Ok(Some(step));
        }
        if !self.is_over(store, now)? || !self.is_surely_over(store, now)? {
            return Ok(None);
        }
        // It ends by what holds now.
        match self.ask_terms(now) {
            Step::Done if self.knows_terms(now) => {
                self.begin_end(&Mirror::ALL, now);
                self.end(store, now).map(Some)
            }
            Step::Done => Ok(None),
            step => Ok(Some(step)),
        }
    }

    pub(super) fn fed<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        feed: F,
        after: Seq,
        answer: Result<Seq, Lost>,
    ) -> Result<(), S::Error> {
        let Ok(has) = answer else {
            self.flights.fail(Errand::Feed(feed), after);
            return Ok(());
        };
        let is_of_this_batch = self.flights.land(&Errand::Feed(feed), after);
        let has = has.min(self.state(store)?.last_seq);
        if has > store.fed(feed)? {
            return store.acknowledge(feed, has);
        }
        // It has taken nothing: only the next alarm tries again, so that no loop goes round in circles.
        if is_of_this_batch {
            self.flights.fail(Errand::Feed(feed), after);
        }
        Ok(())
    }

    /// The alarm has rung. The clock's events wait for the terms.
    pub(super) fn alarm<S: Store<Feed = F>>(&mut self, store: &S, now: Millis) -> Result<Option<Events>, S::Error> {
        if self.is_ending(now) || store.meta()?.is_none() {
            return Ok(None);
        }
        self.flights.try_again();
        self.look_at_clock(store, now)?;
        let unsettled = store.owed()?.is_some() || !store.behind()?.is_empty();
        self.failures = if unsettled { self.failures.saturating_add(1) } else { 0 };
        self.clock_is_due = true;
        if self.knows_terms(now) { self.pass_time(store, now) } else { Ok(None) }
    }

    /// Does what time makes happen.
    pub(super) fn pass_time<S: Store<Feed = F>>(&mut self, store: &S, now: Millis) -> Result<Option<Events>, S::Error> {
        let mut passed: Option<Events> = None;
        loop {
            let (fold, terms) = self.measured(store)?;
            let Some(draft) = on_time(&fold.state, terms, now) else { break };
            let Some(next) = self.append(store, vec![draft], None, Vec::new(), now)? else { break };
            match &mut passed {
                Some(passed) => passed.events.extend(next.events),
                None => passed = Some(next),
            }
        }
        self.clock_is_due = false;
        Ok(passed)
    }

    /// When the alarm is to ring next, and why; none if nothing is left to do.
    pub fn deadline<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        now: Millis,
    ) -> Result<Option<(Millis, &'static str)>, S::Error> {
        if store.meta()?.is_none() {
            return Ok(None);
        }
        // While the alarm was handled the clock may have been put right: an alarm for a time to come would ring then.
        self.look_at_clock(store, now)?;
        let wait = RETRY_MS.saturating_mul(1 << self.failures.min(8)).min(MAX_RETRY_MS);
        let again = now.saturating_add(wait);
        let behind = store.behind()?;
        let mut times = vec![self.over_at(store, now)?];
        if store.owed()?.is_some() {
            times.push((again, "something is owed"));
        } else if let Some(at) = behind.iter().map(|mirror| update_due(&self.mirrors, *mirror, again, now)).min() {
            times.push((at, "a mirror has not learned of the last change"));
        }
        // If a mirror may wait, people are still talking and the inbox will be behind again soon. Setting the alarm for that
        // moment now saves one write.
        if let Some(at) = inbox_waits_until(&self.mirrors, now).filter(|_| !behind.is_empty()) {
            times.push((at, "people are talking"));
        }
        let last_seq = self.state(store)?.last_seq;
        for feed in F::ALL {
            if store.fed(*feed)? < last_seq {
                times.push((again, "a feed lacks events"));
            }
        }
        if self.is_to_teach(store)? {
            times.push((again, "the library lacks a lesson"));
        }
        if self.clock_is_due {
            times.push((now.saturating_add(RETRY_MS), "the terms of the workspace are not known"));
        } else {
            let (fold, terms) = self.measured(store)?;
            times.extend(next_time(&fold.state, terms));
        }
        Ok(times.into_iter().min())
    }
}

/// Whether the inbox has everything, so that nobody has talked since it was told, and another mirror has not.
fn is_quiet(behind: &[Mirror]) -> bool {
    !behind.is_empty() && !behind.contains(&Mirror::Inbox)
}
