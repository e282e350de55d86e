//! The commands of a person that the edge has not confirmed yet. It is kept on the device until then.
//!
//! Sans-IO: `next` says what to send and over which way, the other methods take what became of it, and `deadline` says when
//! to ask again. In each conversation one command is on its way at a time and nothing overtakes it, so that the order is the
//! person's. Trouble in one conversation holds up no other.

use super::{Backoff, Command, Verdict};
use crate::ids::{ConversationId, EventId};
use crate::protocol::{ApiError, Event, Millis};
use serde::{Deserialize, Serialize};

/// One command to deliver. The device keeps this without its progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending<C> {
    /// In which conversation.
    pub conversation: ConversationId,
    /// When the person did it, by this device's clock: the order among what is not confirmed.
    pub at: Millis,
    /// What to do.
    pub command: C,
    /// How far it is.
    #[serde(skip)]
    pub progress: Progress,
    #[serde(skip)]
    backoff: Backoff,
}

/// How far a command is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Progress {
    /// To be sent as soon as it is its turn.
    #[default]
    Waiting,
    /// On its way.
    Sending(Way),
    /// The edge could not be reached: it is tried again at a time, or sooner if the edge is within reach again.
    Unreached(Hold),
    /// The edge has refused it for now: it is tried again at a time, and not before.
    Postponed(Hold),
    /// The edge will not take it as it is.
    Refused(ApiError),
}

/// Over what a command is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The live socket of its conversation.
    Socket,
    /// A request of its own.
    Request,
}

/// A span of time in which a command is not sent. A clock that is put back before its beginning ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    since: Millis,
    until: Millis,
}

impl Hold {
    fn is_over(self, now: Millis) -> bool {
        now < self.since || now >= self.until
    }
}

impl<C> Pending<C> {
    /// A command that was just done, or was kept.
    pub fn new(conversation: ConversationId, at: Millis, command: C) -> Self {
        Self { conversation, at, command, progress: Progress::Waiting, backoff: Backoff::default() }
    }

    fn is_due(&self, now: Millis) -> bool {
        match &self.progress {
            Progress::Waiting => true,
            Progress::Unreached(hold) | Progress::Postponed(hold) => hold.is_over(now),
            Progress::Sending(_) | Progress::Refused(_) => false,
        }
    }
}

/// What is not confirmed, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outbox<C> {
    pending: Vec<Pending<C>>,
}

impl<C> Default for Outbox<C> {
    fn default() -> Self {
        Self { pending: Vec::new() }
    }
}

impl<C: Command> Outbox<C> {
    /// The commands that were kept, in any order.
    pub fn restored(kept: Vec<Pending<C>>) -> Self {
        let mut pending: Vec<Pending<C>> = Vec::new();
        for one in kept {
            let at = pending.iter().position(|other| other.at > one.at).unwrap_or(pending.len());
            pending.insert(at, one);
        }
        Self { pending }
    }

    /// Everything that is not confirmed.
    pub fn pending(&self) -> &[Pending<C>] {
        &self.pending
    }

    /// What is not confirmed in one conversation.
    pub fn of<'a>(&'a self, conversation: &'a ConversationId) -> impl Iterator<Item = &'a Pending<C>> {
        self.pending.iter().filter(move |one| one.conversation == *conversation)
    }

    /// Whether a command is here.
    pub fn has(&self, id: &EventId) -> bool {
        self.pending.iter().any(|one| one.command.id() == id)
    }

    /// When something that is done now was done, for `Pending::at`: never before what was done before it, though the
    /// device's clock may have been put back. After a reload that is all that is known of the order.
    pub fn stamp(&self, now: Millis) -> Millis {
        self.pending.iter().map(|one| one.at.saturating_add(1)).fold(now, Millis::max)
    }

    /// Takes a command that is kept already. A person who does something more wants it all there now.
    pub fn add(&mut self, one: Pending<C>) {
        self.pending.push(one);
        self.reached();
    }

    /// What to send now and over which way, and marks it as on its way; none while all waits. `live` is the conversation
    /// whose socket is live.
    pub fn next(&mut self, live: Option<&ConversationId>, now: Millis) -> Option<(Way, Pending<C>)> {
        let place = self.place_of_next(now)?;
        let next = self.pending.get_mut(place)?;
        let way = if live == Some(&next.conversation) { Way::Socket } else { Way::Request };
        next.progress = Progress::Sending(way);
        Some((way, next.clone()))
    }

    /// Whether `next` has something to send.
    pub fn is_due(&self, now: Millis) -> bool {
        self.place_of_next(now).is_some()
    }

    /// When to ask `next` again, if nothing else happens before.
    pub fn deadline(&self) -> Option<Millis> {
        let until = |one: &Pending<C>| match &one.progress {
            Progress::Unreached(hold) | Progress::Postponed(hold) => Some(hold.until),
            Progress::Waiting | Progress::Sending(_) | Progress::Refused(_) => None,
        };
        self.pending.iter().filter_map(until).min()
    }

    /// Whether something is on its way.
    pub fn is_sending(&self) -> bool {
        self.pending.iter().any(|one| matches!(one.progress, Progress::Sending(_)))
    }

    /// The socket is lost. What it carried may or may not have arrived, and is sent again: its id makes it happen once.
    pub fn lost(&mut self) {
        for one in self.pending.iter_mut().filter(|one| one.progress == Progress::Sending(Way::Socket)) {
            one.progress = Progress::Waiting;
        }
    }

    /// A request had no answer. The command may or may not have arrived, and is sent again after a while; `random` spreads
    /// the tries of many clients.
    pub fn unreached(&mut self, id: &EventId, now: Millis, random: u32) {
        let Some(one) = self.pending.iter_mut().find(|one| one.command.id() == id) else { return };
        one.progress = Progress::Unreached(Hold { since: now, until: now + one.backoff.failed(random) });
    }

    /// The edge is, or may be, within reach again: what could not reach it goes now. Commands that it has put off wait on.
    pub fn reached(&mut self) {
        for one in self.pending.iter_mut().filter(|one| matches!(one.progress, Progress::Unreached(_))) {
            one.progress = Progress::Waiting;
        }
    }

    /// Which commands are among these events, and are confirmed by that.
    pub fn confirmed_by(&self, events: &[Event]) -> Vec<EventId> {
        let ids = self.pending.iter().map(|one| one.command.id());
        ids.filter(|id| events.iter().any(|event| event.id == **id)).cloned().collect()
    }

    /// The command that the socket carries: a refusal without an id is of this one.
    pub fn carried(&self) -> Option<&EventId> {
        self.pending.iter().find(|one| one.progress == Progress::Sending(Way::Socket)).map(|one| one.command.id())
    }

    /// The edge refused a command. Gives what that means; what is `Dropped` is out of here and is to be removed from where it
    /// is kept. None if the command is not here any more.
    pub fn refused(&mut self, id: &EventId, error: ApiError, now: Millis, random: u32) -> Option<Verdict> {
        let one = self.pending.iter_mut().find(|one| one.command.id() == id)?;
        let verdict = Verdict::of(&error, one.command.stays());
        match verdict {
            Verdict::Later => {
                let wait = error.retry_after_ms.map_or_else(|| one.backoff.failed(random), |wait| spread(wait, random));
                one.progress = Progress::Postponed(Hold { since: now, until: now.saturating_add(wait) });
            }
            Verdict::Kept => one.progress = Progress::Refused(error),
            Verdict::Dropped => drop(self.forget(id)),
        }
        Some(verdict)
    }

    /// The person wants a refused command tried again.
    pub fn retry(&mut self, id: &EventId) {
        if let Some(one) = self.pending.iter_mut().find(|one| one.command.id() == id) {
            one.progress = Progress::Waiting;
        }
    }

    /// Takes a command out, confirmed or given up.
    pub fn forget(&mut self, id: &EventId) -> Option<Pending<C>> {
        let place = self.pending.iter().position(|one| one.command.id() == id)?;
        Some(self.pending.remove(place))
    }

    /// The first command that is due and has none before it in its conversation that is still to be taken.
    fn place_of_next(&self, now: Millis) -> Option<usize> {
        let waits = |one: &Pending<C>| !matches!(one.progress, Progress::Refused(_));
        self.pending.iter().enumerate().position(|(place, one)| {
            let mut before = self.pending.iter().take(place);
            one.is_due(now) && !before.any(|other| other.conversation == one.conversation && waits(other))
        })
    }
}

/// The wait that the edge asks for and up to a fourth more, so that not all clients come back in the same moment.
fn spread(wait: Millis, random: u32) -> Millis {
    let most = wait / 4;
    wait.saturating_add(most.saturating_mul(Millis::from(random)) / Millis::from(u32::MAX))
}

#[cfg(test)]
mod tests;
