//! When the mirrors learn of a change: at once when something in them would change colour, and otherwise not for each of
//! several messages in a row. Another object is called for every update, and writes; a message is one row.

use super::flights::Errand;
use super::others::Lost;
use super::work::{InboxUpdate, Step, VisitorUpdate, Work};
use super::{Feed, Machine, RETRY_MS, begun};
use crate::conversation::store::{Held, Mirror, Store, Write};
use crate::conversation::{Standing, last_for_visitor, one_line, summary};
use crate::protocol::{Millis, Seq, Summary, Thread};
use std::collections::BTreeMap;

/// What each mirror was told last, if that is known.
pub(super) type Mirrors = BTreeMap<Mirror, LastTold>;

/// What a mirror was told last, as far as somebody must see it at once.
#[derive(Debug, Clone)]
pub(super) struct LastTold {
    at: Millis,
    /// For how long it may go without what changes nobody's turn.
    lag: Millis,
    shown: Shown,
}

impl LastTold {
    /// The lag after this one. While somebody talks on and nobody's turn changes, a mirror falls due again and again: each
    /// time it may wait twice as long.
    fn lag_then(&self, mirror: Mirror, shown: &Shown, now: Millis) -> Millis {
        let is_calm = self.shown.is_as_good_as(shown, mirror);
        // None if the clock was put back.
        match now.checked_sub(self.at) {
            Some(since) if is_calm && since < self.lag => self.lag,
            Some(since) if is_calm && since < self.lag * 2 => mirror.longest_lag().min(self.lag * 2),
            _ => mirror.first_lag(),
        }
    }

    /// A clock that is put back makes nobody wait for long.
    fn waits_until(&self, now: Millis) -> Millis {
        self.at.min(now).saturating_add(self.lag)
    }
}

/// What a mirror must show at once.
#[derive(Debug, Clone)]
struct Shown {
    standing: Standing,
    /// Whether the visitor has something to read.
    unread: bool,
}

impl Shown {
    /// Whether a mirror that shows `self` may stay as it is. The visitor's list must also have the right unread mark, so that
    /// two tabs agree.
    fn is_as_good_as(&self, other: &Self, mirror: Mirror) -> bool {
        self.standing == other.standing && (mirror == Mirror::Inbox || self.unread == other.unread)
    }
}

impl Mirror {
    /// For how long a mirror may first go without what changes nobody's turn, in milliseconds. Agents see who waits and since
    /// when at once; that somebody who waits has said more can follow. A visitor who looks at the conversation sees it there; the
    /// list is what their other devices show, and they are told at once when the visitor no longer looks.
    pub const fn first_lag(self) -> Millis {
        match self {
            Mirror::Inbox => 5_000,
            Mirror::Visitor => 120_000,
        }
    }

    /// For how long it may at most, when somebody has talked on for long. Nobody follows by a list what is said in every second.
    pub const fn longest_lag(self) -> Millis {
        match self {
            Mirror::Inbox => 60_000,
            Mirror::Visitor => 120_000,
        }
    }
}

/// When the alarm is to ring for a calm change. A mirror that was not told lately is told at once: for that the alarm is only
/// the second try, and the first one for what follows. To set an alarm costs as much as a message.
pub(super) fn calm_due(mirrors: &Mirrors, now: Millis) -> Millis {
    inbox_waits_until(mirrors, now).unwrap_or_else(|| now.saturating_add(Mirror::Inbox.first_lag()))
}

/// Until when the inbox may go without more, if it was told lately.
pub(super) fn inbox_waits_until(mirrors: &Mirrors, now: Millis) -> Option<Millis> {
    mirrors.get(&Mirror::Inbox).map(|told| told.waits_until(now)).filter(|until| *until > now)
}

/// When a mirror that has not learned of the last change is to learn of it: when it has waited, if it may, and `again`
/// otherwise.
pub(super) fn update_due(mirrors: &Mirrors, mirror: Mirror, again: Millis, now: Millis) -> Millis {
    mirrors.get(&mirror).map_or(again, |told| again.max(told.waits_until(now)))
}

impl<F: Feed> Machine<F> {
    /// A machine that has slept, and owes a mirror nothing, has told it everything.
    pub(super) fn recall_told<S: Store<Feed = F>>(&mut self, store: &S, now: Millis) -> Result<(), S::Error> {
        if Mirror::ALL.iter().all(|mirror| self.mirrors.contains_key(mirror)) {
            return Ok(());
        }
        // One in which nothing has happened has told nothing.
        if store.meta()?.is_none_or(|meta| meta.revision == 0) {
            return Ok(());
        }
        let behind = store.behind()?;
        for mirror in Mirror::ALL {
            if !behind.contains(&mirror) && !self.mirrors.contains_key(&mirror) {
                self.note_told(store, mirror, now)?;
            }
        }
        Ok(())
    }

    /// The mirrors that may not go without the last changes. A change of the `Standing` never waits, nor does a change of
    /// whether the visitor has something to read, nor a message while the assistant may answer. A visitor who does not look
    /// sees unread messages in the list only.
    pub(super) fn due<S: Store<Feed = F>>(&mut self, store: &S, now: Millis) -> Result<Vec<Mirror>, S::Error> {
        let meta = begun(store)?;
        let is_calm = self.visitor_looks && !self.state(store)?.assistant_may_speak();
        let shown = self.shown(store, meta.read.visitor)?;
        let may_wait = |mirror: &Mirror| {
            self.mirrors.get(mirror).is_some_and(|told| {
                // None if the clock was put back.
                let lately = now.checked_sub(told.at).is_some_and(|since| since < told.lag);
                lately && told.shown.is_as_good_as(&shown, *mirror)
            })
        };
        Ok(Mirror::ALL.into_iter().filter(|mirror| !(is_calm && may_wait(mirror))).collect())
    }

    /// Tells one of the mirrors that are behind, if nobody tells it just now.
    pub(super) fn tell<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        behind: &[Mirror],
        now: Millis,
    ) -> Result<Option<Step<F>>, S::Error> {
        let may_start = |mirror: &Mirror| self.flights.may_start(&Errand::Tell(*mirror), now);
        let Some(mirror) = behind.iter().copied().find(may_start) else { return Ok(None) };
        let work = match mirror {
            Mirror::Inbox => Work::TellInbox(self.inbox_update(store, now)?),
            Mirror::Visitor => Work::TellVisitor(self.visitor_update(store, now)?),
        };
        Ok(Some(Step::Do(work)))
    }

    /// What the visitor's list lacks, to go with a call that is made anyway.
    pub(super) fn update_along<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        now: Millis,
    ) -> Result<Option<VisitorUpdate>, S::Error> {
        let is_behind = store.behind()?.contains(&Mirror::Visitor);
        if !is_behind || !self.flights.may_start(&Errand::Tell(Mirror::Visitor), now) {
            return Ok(None);
        }
        self.visitor_update(store, now).map(Some)
    }

    fn inbox_update<S: Store<Feed = F>>(&mut self, store: &S, now: Millis) -> Result<InboxUpdate, S::Error> {
        let (meta, mut facts) = (begun(store)?, store.uncounted()?);
        // An event from while the clock was ahead is counted today at the latest.
        facts.iter_mut().for_each(|counted| counted.at = counted.at.min(now));
        self.start_update(store, Mirror::Inbox, meta.revision, now)?;
        let (fold, terms) = self.measured(store)?;
        let unread = fold.unread_by_agents(meta.read.agent);
        let summary = Summary { unread, ..summary(&meta.conversation, meta.revision, &fold.state, terms) };
        let zone = terms.working.zone().map(String::from);
        Ok(InboxUpdate { summary: Box::new(summary), facts, zone })
    }

    fn visitor_update<S: Store<Feed = F>>(&mut self, store: &S, now: Millis) -> Result<VisitorUpdate, S::Error> {
        let meta = begun(store)?;
        self.start_update(store, Mirror::Visitor, meta.revision, now)?;
        let fold = self.folded(store)?;
        let state = &fold.state;
        let thread = Thread {
            id: meta.conversation,
            title: one_line(&state.title),
            last: last_for_visitor(state),
            updated_at: state.updated_at,
            status: state.status,
            unread: fold.unread(meta.read.visitor),
        };
        Ok(VisitorUpdate { revision: meta.revision, thread, helped: fold.helped() })
    }

    fn start_update<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        mirror: Mirror,
        revision: u32,
        now: Millis,
    ) -> Result<(), S::Error> {
        self.note_told(store, mirror, now)?;
        self.flights.start(Errand::Tell(mirror), revision, now);
        Ok(())
    }

    /// A mirror has an update, or it was lost on the way.
    pub(super) fn told<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        mirror: Mirror,
        revision: u32,
        answer: Result<Held, Lost>,
        now: Millis,
    ) -> Result<(), S::Error> {
        if let Ok(held) = answer {
            self.flights.land(&Errand::Tell(mirror), revision);
            if held.agrees && held.revision <= begun(store)?.revision {
                return store.write(&[Write::Acknowledged(mirror, revision)]);
            }
            self.mirrors.remove(&mirror);
            return self.jump_over(store, held, now);
        }
        self.flights.fail(Errand::Tell(mirror), revision);
        self.mirrors.remove(&mirror);
        // The alarm may have rung meanwhile, and been set as if the mirror had it.
        match self.deadline(store, now)? {
            Some((at, _)) => store.arm(at),
            None => Ok(()),
        }
    }

    /// Another object holds what this conversation has never told: one of the two is an older copy. The conversation goes on with a
    /// revision that nobody has, so that all mirrors take what it has now; and what was not counted is counted with that.
    pub(super) fn jump_over<S: Store<Feed = F>>(&mut self, store: &S, held: Held, now: Millis) -> Result<(), S::Error> {
        let meta = begun(store)?;
        let (revision, granted) = (meta.revision.max(held.revision).saturating_add(1), self.grants.left(&meta));
        store.arm(now.saturating_add(RETRY_MS))?;
        store.write(&[Write::Recount(revision), Write::Changed { revision, granted }])
    }

    /// `read` is how far the visitor has read.
    fn shown<S: Store<Feed = F>>(&mut self, store: &S, read: Seq) -> Result<Shown, S::Error> {
        let fold = self.folded(store)?;
        Ok(Shown { standing: fold.state.standing(), unread: fold.unread(read) > 0 })
    }

    /// The mirror is told everything up to now.
    fn note_told<S: Store<Feed = F>>(&mut self, store: &S, mirror: Mirror, now: Millis) -> Result<(), S::Error> {
        let read = begun(store)?.read.visitor;
        let shown = self.shown(store, read)?;
        let lag = self.mirrors.get(&mirror).map_or(mirror.first_lag(), |told| told.lag_then(mirror, &shown, now));
        self.mirrors.insert(mirror, LastTold { at: now, lag, shown });
        Ok(())
    }
}
