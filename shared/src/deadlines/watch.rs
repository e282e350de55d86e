//! Watches over one conversation, so that nobody waits past what was promised.

use super::promise::{Kind, Promises};
use crate::hours::WorkingTime;
use crate::protocol::Millis;
use crate::routing::Priority;
use serde::{Deserialize, Serialize};

/// Of the promised time, this part is left when a conversation comes back: enough to read it and to answer.
const WARNING_PART: Millis = 4;
/// But no more than this is needed, however long the promise is.
const WARNING_MOST_MS: Millis = 30 * 60 * 1_000;

/// What happened to the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// The visitor wrote to people, or asked for one. If they wait already, they wait since the first time.
    VisitorWaits,
    /// A person answered.
    Replied,
    /// An agent puts it away until then.
    Snoozed {
        /// When it is to come back.
        until: Millis,
    },
    /// An agent takes it back before its time.
    Woken,
    /// It is solved: nobody waits.
    Resolved,
    /// It became more or less urgent.
    Prioritised(Priority),
    /// The schedule or the promises changed.
    TermsChanged,
}

/// Why a conversation needs somebody at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The promised reply is due soon.
    DueSoon(Kind),
    /// The promise is broken.
    Late(Kind),
    /// Nothing was promised, but it waits for long.
    Forgotten,
    /// It was put away until now.
    SnoozeOver,
}

/// What follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Output {
    /// It belongs before people's eyes again.
    Resurface(Reason),
    /// A reply came.
    Answered {
        /// Which.
        kind: Kind,
        /// After so much working time.
        after: Millis,
        /// Whether it was in the promised time; none if nothing was promised.
        kept: Option<bool>,
    },
}

/// What a watch goes by: the workspace's promises, and the time that counts.
#[derive(Clone, Copy)]
pub struct Terms<'a> {
    /// How soon.
    pub promises: &'a Promises,
    /// In which time.
    pub working: &'a dyn WorkingTime,
}

/// The watch over one conversation. It is stored with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    priority: Priority,
    /// Whether a person ever answered.
    answered: bool,
    waiting: Option<Waiting>,
    snoozed_until: Option<Millis>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Waiting {
    since: Millis,
    kind: Kind,
    /// When the promise is broken; none without one.
    due: Option<Millis>,
    /// When it comes back before that.
    warn_at: Millis,
    /// Whether it came back.
    told_warning: bool,
    /// Whether the broken promise was told.
    told_late: bool,
}

impl Watch {
    /// A watch over a conversation in which nobody waits.
    pub fn new(priority: Priority) -> Self {
        Self { priority, ..Self::default() }
    }

    /// Takes what happened.
    pub fn handle(&mut self, input: Input, now: Millis, terms: Terms<'_>) -> Vec<Output> {
        match input {
            Input::VisitorWaits => {
                self.snoozed_until = None;
                if self.waiting.is_none() {
                    let kind = if self.answered { Kind::Next } else { Kind::First };
                    self.waiting = Some(Waiting::new(now, kind, self.priority, terms));
                }
                Vec::new()
            }
            Input::Replied => {
                self.answered = true;
                self.waiting.take().map(|waiting| waiting.answered(now, terms)).into_iter().collect()
            }
            Input::Snoozed { until } => {
                self.snoozed_until = Some(until);
                Vec::new()
            }
            Input::Woken => {
                self.snoozed_until = None;
                Vec::new()
            }
            Input::Resolved => {
                self.snoozed_until = None;
                self.waiting = None;
                Vec::new()
            }
            Input::Prioritised(priority) => {
                self.priority = priority;
                self.reckon(terms);
                Vec::new()
            }
            Input::TermsChanged => {
                self.reckon(terms);
                Vec::new()
            }
        }
    }

    /// When it needs somebody next, and why.
    pub fn poll_timeout(&self) -> Option<(Millis, Reason)> {
        let snooze = self.snoozed_until.map(|at| (at, Reason::SnoozeOver));
        let waiting = self.waiting.and_then(|waiting| waiting.next());
        // Of two at once the promise is the better reason, so it comes first.
        waiting.into_iter().chain(snooze).min_by_key(|(at, _)| *at)
    }

    /// Takes the time, whether or not an alarm rang for it. What was told is not told again.
    pub fn handle_timeout(&mut self, now: Millis) -> Vec<Output> {
        let mut out = Vec::new();
        while let Some((_, reason)) = self.poll_timeout().filter(|(at, _)| *at <= now) {
            // Whatever brings it back, it is before people's eyes then.
            self.snoozed_until = None;
            if let Some(waiting) = self.waiting.as_mut() {
                waiting.told(reason);
            }
            out.push(Output::Resurface(reason));
        }
        out
    }

    /// When the promise to whoever waits is broken; none if nobody waits or nothing was promised.
    pub fn due(&self) -> Option<Millis> {
        self.waiting.and_then(|waiting| waiting.due)
    }

    /// Since when the visitor waits.
    pub fn waiting_since(&self) -> Option<Millis> {
        self.waiting.map(|waiting| waiting.since)
    }

    /// Until when it is put away.
    pub fn snoozed_until(&self) -> Option<Millis> {
        self.snoozed_until
    }

    /// Reckons the promise anew from the instant since when the visitor waits. Another promise is to be told of anew, and
    /// the same one is not.
    fn reckon(&mut self, terms: Terms<'_>) {
        let Some(waiting) = self.waiting.as_mut() else { return };
        let new = Waiting::new(waiting.since, waiting.kind, self.priority, terms);
        if (new.due, new.warn_at) != (waiting.due, waiting.warn_at) {
            *waiting = new;
        }
    }
}

impl Waiting {
    fn new(since: Millis, kind: Kind, priority: Priority, terms: Terms<'_>) -> Self {
        let forgotten = terms.promises.forgotten_after();
        let after = |work: Millis| terms.working.after(since, work);
        let (due, warn_at) = match terms.promises.target(priority, kind) {
            Some(target) => {
                let span = target.span();
                let warning = (span / WARNING_PART).min(WARNING_MOST_MS);
                (after(span), after(span.saturating_sub(warning)))
            }
            None => (None, after(forgotten)),
        };
        // With no working time in sight, nobody would ever see it: then all time counts.
        let warn_at = warn_at.unwrap_or_else(|| since.saturating_add(forgotten));
        Self { since, kind, due, warn_at, told_warning: false, told_late: false }
    }

    fn next(&self) -> Option<(Millis, Reason)> {
        let reason = if self.due.is_some() { Reason::DueSoon(self.kind) } else { Reason::Forgotten };
        let warning = (!self.told_warning).then_some((self.warn_at, reason));
        let late = self.due.filter(|_| !self.told_late).map(|at| (at, Reason::Late(self.kind)));
        warning.into_iter().chain(late).min_by_key(|(at, _)| *at)
    }

    fn told(&mut self, reason: Reason) {
        match reason {
            Reason::DueSoon(_) | Reason::Forgotten => self.told_warning = true,
            Reason::Late(_) => self.told_late = true,
            Reason::SnoozeOver => {}
        }
    }

    fn answered(self, now: Millis, terms: Terms<'_>) -> Output {
        let kept = self.due.map(|due| now <= due);
        Output::Answered { kind: self.kind, after: terms.working.between(self.since, now), kept }
    }
}
