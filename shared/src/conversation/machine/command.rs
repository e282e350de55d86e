//! What people do: it is checked, numbered, dated and stored with all that is owed for it.

use super::mirrors::calm_due;
use super::{Agreement, Feed, Machine, RETRY_MS, SiteProfile, begun};
use crate::conversation::store::{Entry, Meta, Store, Write};
use crate::conversation::{Draft, State, on_agent, on_visitor};
use crate::ids::{AgentId, EventId};
use crate::protocol::{
    AgentAction, AgentCommand, ApiError, Author, Destination, ErrorCode, Event, Events, Millis, ReadMarks, Seq,
    VisitorAction, VisitorCommand, What,
};
use crate::report::Fact;

/// A side that is too fast comes back when the pace has given a few commands back.
const PACE_RETRY_MS: Millis = 2_000;

/// An agent who looked at a conversation for longer than this before doing something was elsewhere meanwhile.
const LONGEST_STRETCH_MS: Millis = 30 * 60 * 1_000;

/// Who acts, for pace and read marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Visitor,
    Agent,
}

/// Whether this command may begin a conversation, and could succeed.
pub fn check_beginning(command: Option<&VisitorCommand>, now: Millis) -> Result<(), ApiError> {
    let opens = |action: &VisitorAction| matches!(action, VisitorAction::Say { .. } | VisitorAction::AskPerson { .. });
    let unknown = || ApiError::new(ErrorCode::UnknownConversation);
    let command = command.filter(|command| opens(&command.action)).ok_or_else(unknown)?;
    require_original(&command.id)?;
    on_visitor(&State::default(), command, now).map(drop)
}

impl<F: Feed> Machine<F> {
    /// Begins the conversation, unless another call has meanwhile.
    pub(super) fn begin<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        meta: Meta,
        agreement: Agreement,
        introduction: Option<SiteProfile>,
        now: Millis,
    ) -> Result<(), S::Error> {
        self.agreed.learn(agreement, now);
        if store.meta()?.is_some() {
            return Ok(());
        }
        store.write(&[Write::Begin(Meta { granted: self.tuning.included, ..meta })])?;
        self.grants.begin(&self.tuning);
        self.introductions.known = introduction;
        Ok(())
    }

    pub(super) fn visitor<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        command: &VisitorCommand,
        digest: &str,
        from: &str,
        now: Millis,
    ) -> Result<Option<Events>, S::Error> {
        self.require_lasting(now)?;
        if !matches!(command.action, VisitorAction::Read { .. }) {
            self.spend(&begun(store)?, from)?;
        }
        self.keep_pace(Side::Visitor, now)?;
        require_original(&command.id)?;
        self.wake(store, now)?;
        if let VisitorAction::Read { up_to } = command.action {
            return self.mark_read(store, Side::Visitor, up_to, None, now);
        }
        if was_done(store, &command.id, digest)? {
            return Ok(None);
        }
        let drafts = on_visitor(self.state(store)?, command, now)?;
        self.append(store, drafts, Some((&command.id, digest)), Vec::new(), now)
    }

    pub(super) fn agent<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        command: &AgentCommand,
        agent: &Author,
        digest: &str,
        now: Millis,
    ) -> Result<Option<Events>, S::Error> {
        self.require_lasting(now)?;
        self.keep_pace(Side::Agent, now)?;
        require_original(&command.id)?;
        self.wake(store, now)?;
        let who = if let Author::Agent { id, .. } = agent { Some(id) } else { None };
        if let AgentAction::Read { up_to } = command.action {
            return self.mark_read(store, Side::Agent, up_to, who, now);
        }
        if was_done(store, &command.id, digest)? {
            return Ok(None);
        }
        let drafts = on_agent(self.state(store)?, command, agent, now)?;
        let worked = self.worked(store, who, now)?;
        self.append(store, drafts, Some((&command.id, digest)), worked, now)
    }

    /// A machine that has slept remembers what the mirrors know, before something changes; and what has failed is tried again.
    fn wake<S: Store<Feed = F>>(&mut self, store: &S, now: Millis) -> Result<(), S::Error> {
        self.flights.try_again();
        self.look_at_clock(store, now)?;
        self.recall_told(store, now)
    }

    /// Numbers, dates and stores events with what is owed for them; then they may be sent.
    pub(super) fn append<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        drafts: Vec<Draft>,
        command: Option<(&EventId, &str)>,
        mut writes: Vec<Write>,
        now: Millis,
    ) -> Result<Option<Events>, S::Error> {
        if drafts.is_empty() {
            return Ok(None);
        }
        self.look_at_clock(store, now)?;
        let meta = begun(store)?;
        let (revision, granted) = (meta.revision + 1, self.grants.left(&meta));
        self.folded(store)?;
        // If what follows fails, what is stored is folded anew.
        let mut next = self.folded.take().unwrap_or_default();
        let (before, base) = (next.state.standing(), next.base());
        let mut owes_something = false;
        let terms = &self.agreed.terms;
        let mut events = Vec::with_capacity(drafts.len());
        for Draft { id, by, what } in drafts {
            // The clock may be adjusted; the log does not go back by that.
            let at = now.max(next.state.updated_at);
            let event = Event { seq: next.state.last_seq + 1, id, at, by, what };
            if owes(&event, &next.state) {
                owes_something = true;
                writes.push(Write::Owe(event.id.clone()));
            }
            let facts = next.apply(&event, terms);
            writes.extend(next.count(revision, at, facts));
            let digest = command.filter(|(id, _)| **id == event.id).map(|(_, digest)| String::from(digest));
            writes.push(Write::Append(Entry { event: event.clone(), digest }));
            events.push(event);
        }
        writes.push(Write::Changed { revision, granted });
        let is_urgent = owes_something || before != next.state.standing();
        store.arm(if is_urgent { now.saturating_add(RETRY_MS) } else { calm_due(&self.mirrors, now) })?;
        store.write(&writes)?;
        self.folded = Some(next);
        Ok(Some(Events { events, read: meta.read, base }))
    }

    /// What an agent's doing tells of how long they worked, up to the longest stretch, and that they go on.
    fn worked<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        who: Option<&AgentId>,
        now: Millis,
    ) -> Result<Vec<Write>, S::Error> {
        let (Some(agent), meta) = (who, begun(store)?) else { return Ok(Vec::new()) };
        let since = meta.attended.filter(|(attended_by, _)| attended_by == agent).map(|(_, since)| since);
        let span = since.map(|since| now.saturating_sub(since).min(LONGEST_STRETCH_MS));
        let fact = span.filter(|span| *span > 0).map(|span| Fact::Active { agent: agent.clone(), span });
        let counts = self.folded(store)?.count(meta.revision + 1, now, fact);
        Ok(counts.into_iter().chain([Write::Attend(agent.clone(), now)]).collect())
    }

    fn mark_read<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        side: Side,
        up_to: Seq,
        who: Option<&AgentId>,
        now: Millis,
    ) -> Result<Option<Events>, S::Error> {
        let meta = begun(store)?;
        let up_to = up_to.min(self.state(store)?.last_seq);
        let read = match side {
            Side::Visitor => ReadMarks { visitor: meta.read.visitor.max(up_to), ..meta.read },
            Side::Agent => ReadMarks { agent: meta.read.agent.max(up_to), ..meta.read },
        };
        if read == meta.read {
            return Ok(None);
        }
        store.arm(calm_due(&self.mirrors, now))?;
        let changed = Write::Changed { revision: meta.revision + 1, granted: self.grants.left(&meta) };
        let attends = who.map(|agent| Write::Attend(agent.clone(), now));
        let writes: Vec<Write> = [Write::Read(read), changed].into_iter().chain(attends).collect();
        store.write(&writes)?;
        Ok(Some(Events { events: Vec::new(), read, base: None }))
    }

    fn keep_pace(&mut self, side: Side, now: Millis) -> Result<(), ApiError> {
        let [visitor, agent] = &mut self.paces;
        let pace = if side == Side::Visitor { visitor } else { agent };
        if self.tuning.unpaced || pace.take(now) { Ok(()) } else { Err(ApiError::too_many(PACE_RETRY_MS)) }
    }
}

/// The assistant looks at what a visitor says while it may speak, and the routing rules at what was handed to nobody.
fn owes(event: &Event, before: &State) -> bool {
    match &event.what {
        What::Said { .. } => event.by == Author::Visitor && before.assistant_may_speak(),
        // Once: what is asked for again stays where it lies, and what an agent has placed is not placed anew.
        What::HandedOff { place, .. } => {
            let by_itself = !matches!(event.by, Author::Agent { .. });
            by_itself && before.hand_off.is_none() && place.to == Destination::Escalations
        }
        _ => false,
    }
}

/// Whether a command was done before; the same id with other content is refused.
fn was_done<S: Store>(store: &S, id: &EventId, digest: &str) -> Result<bool, S::Error> {
    match store.entry(id)? {
        None => Ok(false),
        Some(entry) if entry.digest.as_deref() == Some(digest) => Ok(true),
        Some(_) => Err(ApiError::new(ErrorCode::IdReused).into()),
    }
}

/// Refuses an id that could meet one that is derived, or leaves no room for what is derived from it.
fn require_original(id: &EventId) -> Result<(), ApiError> {
    if id.is_original() {
        return Ok(());
    }
    Err(ApiError::with(
        ErrorCode::InvalidRequest,
        "A command's id is at most 22 characters of base64url. Nothing was stored.",
    ))
}
