//! When the lists learn of a change: at once when something in them would change colour, and otherwise not for each of
//! several messages in a row. Another object is called for every telling, and writes; a message is one row.

use super::super::store::{Store, Target};
use super::{Machine, Standing, begun};
use crate::protocol::{Millis, Seq};

/// What a list was told last, as far as somebody must see it at once.
#[derive(Debug, Clone)]
pub(super) struct LastTold {
    at: Millis,
    /// For how long it may go without what changes nobody's turn.
    lag: Millis,
    shown: Shown,
}

impl LastTold {
    /// The lag after this one. While somebody talks on and nobody's turn changes, a list falls due again and again: each
    /// time it may wait twice as long.
    fn lag_then(&self, target: Target, shown: &Shown, now: Millis) -> Millis {
        let is_calm = self.shown.is_as_good_as(shown, target);
        // None if the clock was put back.
        match now.checked_sub(self.at) {
            Some(since) if is_calm && since < self.lag => self.lag,
            Some(since) if is_calm && since < self.lag * 2 => target.longest_lag().min(self.lag * 2),
            _ => target.first_lag(),
        }
    }
}

/// What a list must show at once.
#[derive(Debug, Clone)]
struct Shown {
    standing: Standing,
    /// Whether the visitor has something to read.
    unread: bool,
}

impl Shown {
    /// Whether a list that shows this lacks nothing that it must show. The visitor's own says what is to be read, and agrees
    /// with the tab in which it was.
    fn is_as_good_as(&self, other: &Self, target: Target) -> bool {
        self.standing == other.standing && (target == Target::Inbox || self.unread == other.unread)
    }
}

impl Target {
    /// For how long a list may first go without what changes nobody's turn, in milliseconds. Agents see who waits and since
    /// when at once; that somebody who waits has said more can follow. A visitor who looks at the conversation sees it there; the
    /// list is what their other devices show, and they are told at once when the visitor no longer looks.
    pub const fn first_lag(self) -> Millis {
        match self {
            Target::Inbox => 5_000,
            Target::Visitor => 120_000,
        }
    }

    /// For how long it may at most, when somebody has talked on for long. Nobody follows by a list what is said in every second.
    pub const fn longest_lag(self) -> Millis {
        match self {
            Target::Inbox => 60_000,
            Target::Visitor => 120_000,
        }
    }
}

impl Machine {
    /// What a list was told did not arrive: it is told again soon.
    pub fn not_told(&mut self, target: Target) {
        self.lists_told.remove(&target);
    }

    /// Whoever has slept and owes a list nothing has told it everything.
    pub fn recall_told<S: Store>(&mut self, store: &S, now: Millis) -> Result<(), S::Error> {
        if Target::ALL.iter().all(|target| self.lists_told.contains_key(target)) || store.meta()?.is_none() {
            return Ok(());
        }
        let untold = store.untold()?;
        for target in Target::ALL {
            let owes = untold.iter().any(|(other, _)| *other == target);
            if !owes && !self.lists_told.contains_key(&target) {
                self.telling(store, target, now)?;
            }
        }
        Ok(())
    }

    /// The lists that may not go without the last changes. What changes the `Standing` never waits, nor whether the visitor has
    /// something to read; neither does what is said while the assistant may answer; and a visitor who does not look counts what
    /// is unread by the list.
    pub fn due<S: Store>(&mut self, store: &S, visitor_looks: bool, now: Millis) -> Result<Vec<Target>, S::Error> {
        let Some(meta) = store.meta()? else { return Ok(Target::ALL.to_vec()) };
        let is_calm = visitor_looks && !self.state(store)?.assistant_may_speak();
        let shown = self.shown(store, meta.read.visitor)?;
        let may_wait = |target: &Target| {
            let told = self.lists_told.get(target);
            told.is_some_and(|told| {
                // None if the clock was put back.
                let lately = now.checked_sub(told.at).is_some_and(|since| since < told.lag);
                lately && told.shown.is_as_good_as(&shown, *target)
            })
        };
        Ok(Target::ALL.into_iter().filter(|target| !(is_calm && may_wait(target))).collect())
    }

    /// `read` is how far the visitor has read.
    fn shown<S: Store>(&mut self, store: &S, read: Seq) -> Result<Shown, S::Error> {
        let fold = &self.folded(store)?.0;
        Ok(Shown { standing: fold.state.standing(), unread: fold.unread(read) > 0 })
    }

    /// When the alarm is to ring for a calm change. A list that was not told lately is told at once: for that the alarm is only
    /// the second try, and the first one for what follows. To set an alarm costs as much as a message.
    pub(super) fn calm_due(&self, now: Millis) -> Millis {
        self.inbox_waits_until(now).unwrap_or_else(|| now.saturating_add(Target::Inbox.first_lag()))
    }

    /// Until when the inbox may go without more, if it was told lately.
    pub(super) fn inbox_waits_until(&self, now: Millis) -> Option<Millis> {
        self.waits_until(Target::Inbox, now).filter(|until| *until > now)
    }

    /// When a list that has not learned of the last change is to learn of it: when it has waited, if it may, and `again`
    /// otherwise.
    pub(super) fn list_due(&self, target: Target, again: Millis, now: Millis) -> Millis {
        self.waits_until(target, now).map_or(again, |until| again.max(until))
    }

    /// A clock that is put back makes nobody wait for long.
    fn waits_until(&self, target: Target, now: Millis) -> Option<Millis> {
        let told = self.lists_told.get(&target)?;
        Some(told.at.min(now).saturating_add(told.lag))
    }

    /// Everything up to now is told.
    pub(super) fn telling<S: Store>(&mut self, store: &S, target: Target, now: Millis) -> Result<(), S::Error> {
        let read = begun(store)?.read.visitor;
        let shown = self.shown(store, read)?;
        let lag = self.lists_told.get(&target).map_or(target.first_lag(), |told| told.lag_then(target, &shown, now));
        self.lists_told.insert(target, LastTold { at: now, lag, shown });
        Ok(())
    }
}
