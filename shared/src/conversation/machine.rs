//! One conversation as its object runs it: what is written, in which order, and what is to be done then.
//!
//! Sans-IO: storage is a `Store`, and what is to be sent or asked is given back as data. Whoever runs a machine does with
//! the outputs of a call what they say, but only after the call has succeeded: all writes are behind them by then.
//!
//! **Invariant:** the alarm is armed before a write, so that what follows from the write happens even if everything stops
//! right behind it. Whatever is done twice meets itself: commands by their ids, what follows from events by derived ids,
//! lines by their revisions.

mod settle;
mod telling;

use super::fold::Fold;
use super::store::{Entry, Meta, Store, Target, Write};
use super::{Counted, Draft, Pace, Standing, State, on_agent, on_visitor};
use crate::deadlines::Terms;
use crate::ids::{AgentId, EventId};
use crate::protocol::{
    AgentAction, AgentCommand, ApiError, Author, Destination, ErrorCode, Event, Events, Millis, ReadMarks, Seq,
    Summary, Thread, VisitorAction, VisitorCommand, What,
};
use crate::report::Fact;
use crate::routing::Helped;
use std::collections::BTreeMap;

/// When to try again what another object did not take.
pub const RETRY_MS: Millis = 2_000;
/// Whoever is too fast comes back when the pace has given a few commands back.
const PACE_RETRY_MS: Millis = 2_000;

/// Whoever looked at a conversation for longer than this before doing something was elsewhere meanwhile.
const LONGEST_STRETCH_MS: Millis = 30 * 60 * 1_000;

/// What to do after a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Send this to everybody who looks.
    Broadcast(Events),
    /// Search for a message and call `found`.
    Search {
        /// The message's event.
        about: EventId,
        /// What to search for.
        text: String,
        /// In which language.
        locale: String,
        /// The path of the page where it was written.
        page: String,
    },
    /// Ask the routing rules where a conversation belongs and call `routed`.
    Route {
        /// The hand-off's event.
        about: EventId,
    },
    /// Tell another object and, when it has it, call `told`.
    Tell {
        /// Which revision this is.
        revision: u32,
        /// What it is to learn.
        line: Line,
    },
}

/// The conversation in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// For the workspace's inbox.
    Inbox {
        /// The line.
        summary: Box<Summary>,
        /// What has happened since the last one, for the reports.
        facts: Vec<Counted>,
    },
    /// For the visitor's list.
    Visitor {
        /// The line.
        thread: Thread,
        /// Who has helped, for the routing of what they ask later.
        helped: Option<Helped>,
    },
}

impl Line {
    /// Whose it is.
    pub fn target(&self) -> Target {
        match self {
            Line::Inbox { .. } => Target::Inbox,
            Line::Visitor { .. } => Target::Visitor,
        }
    }
}

/// Who acts, for pace and read marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Visitor,
    Agent,
}

/// The conversation's mind between two calls. It can be lost at any time: all that matters is stored.
#[derive(Debug, Clone)]
pub struct Machine {
    /// What waiting is measured by; the defaults until somebody says it.
    terms: Terms,
    /// The fold over the stored events; none until they were read.
    folded: Option<Fold>,
    /// How fast the visitor and the agents go. They need not outlive the object: an evicted one was not in a hurry.
    paces: [Pace; 2],
    /// How often the alarm has found something that could not be settled.
    failures: u32,
    /// Whether the sides may go faster than people do.
    unpaced: bool,
    /// What each of the lists was told last, if that is known.
    lists_told: BTreeMap<Target, telling::LastTold>,
}

impl Machine {
    /// A machine that has read nothing yet.
    pub fn new(now: Millis) -> Self {
        let (terms, paces) = (Terms::default(), [Pace::new(now); 2]);
        Self { terms, folded: None, paces, failures: 0, unpaced: false, lists_told: BTreeMap::new() }
    }

    /// One whose sides may go as fast as they can, for measurements.
    pub fn unpaced(self) -> Self {
        Self { unpaced: true, ..self }
    }

    /// What waiting is measured by from now on, also what has begun already.
    pub fn agree(&mut self, terms: Terms) {
        self.terms = terms;
    }

    /// Whether this command may begin a conversation, and could succeed.
    pub fn check_beginning(command: Option<&VisitorCommand>, now: Millis) -> Result<(), ApiError> {
        let opens =
            |action: &VisitorAction| matches!(action, VisitorAction::Say { .. } | VisitorAction::AskPerson { .. });
        let unknown = || ApiError::new(ErrorCode::UnknownConversation);
        let command = command.filter(|command| opens(&command.action)).ok_or_else(unknown)?;
        require_original(&command.id)?;
        on_visitor(&State::default(), command, now).map(drop)
    }

    /// Begins the conversation, unless another call has meanwhile.
    pub fn begin<S: Store>(&mut self, store: &S, meta: Meta) -> Result<(), S::Error> {
        if store.meta()?.is_none() {
            store.write(&[Write::Begin(meta)])?;
        }
        Ok(())
    }

    /// What a client that has everything up to `have` lacks.
    pub fn events<S: Store>(&self, store: &S, have: Seq) -> Result<Events, S::Error> {
        Ok(Events { events: store.events_after(have)?, read: begun(store)?.read })
    }

    /// The state now.
    pub fn state<S: Store>(&mut self, store: &S) -> Result<&State, S::Error> {
        Ok(&self.folded(store)?.0.state)
    }

    /// The fold now, and what waiting is measured by.
    fn folded<S: Store>(&mut self, store: &S) -> Result<(&Fold, &Terms), S::Error> {
        if self.folded.is_none() {
            self.folded = Some(Fold::replay(&store.events_after(0)?));
        }
        Ok((self.folded.get_or_insert_default(), &self.terms))
    }

    /// Takes a visitor's command; `digest` tells its content from another one's.
    pub fn visitor<S: Store>(
        &mut self,
        store: &S,
        command: &VisitorCommand,
        digest: &str,
        now: Millis,
    ) -> Result<Vec<Output>, S::Error> {
        self.keep_pace(Side::Visitor, now)?;
        require_original(&command.id)?;
        if let VisitorAction::Read { up_to } = command.action {
            return self.mark_read(store, Side::Visitor, up_to, None, now);
        }
        if was_done(store, &command.id, digest)? {
            return Ok(Vec::new());
        }
        let drafts = on_visitor(self.state(store)?, command, now)?;
        self.append(store, drafts, Some((&command.id, digest)), Vec::new(), now)
    }

    /// Takes an agent's command.
    pub fn agent<S: Store>(
        &mut self,
        store: &S,
        command: &AgentCommand,
        agent: &Author,
        digest: &str,
        now: Millis,
    ) -> Result<Vec<Output>, S::Error> {
        self.keep_pace(Side::Agent, now)?;
        require_original(&command.id)?;
        let who = if let Author::Agent { id, .. } = agent { Some(id) } else { None };
        if let AgentAction::Read { up_to } = command.action {
            return self.mark_read(store, Side::Agent, up_to, who, now);
        }
        if was_done(store, &command.id, digest)? {
            return Ok(Vec::new());
        }
        let drafts = on_agent(self.state(store)?, command, agent, now)?;
        let worked = self.worked(store, who, now)?;
        self.append(store, drafts, Some((&command.id, digest)), worked, now)
    }

    /// Numbers, dates and stores events with what is owed for them; then they may be sent.
    fn append<S: Store>(
        &mut self,
        store: &S,
        drafts: Vec<Draft>,
        command: Option<(&EventId, &str)>,
        mut writes: Vec<Write>,
        now: Millis,
    ) -> Result<Vec<Output>, S::Error> {
        if drafts.is_empty() {
            return Ok(Vec::new());
        }
        let mut meta = begun(store)?;
        meta.revision += 1;
        self.folded(store)?;
        // If what follows fails, what is stored is folded anew.
        let mut next = self.folded.take().unwrap_or_default();
        let before = next.state.standing();
        let mut owes_something = false;
        let terms = &self.terms;
        let mut events = Vec::with_capacity(drafts.len());
        for Draft { id, by, what } in drafts {
            // The clock may step back; the log does not.
            let at = now.max(next.state.updated_at);
            let event = Event { seq: next.state.last_seq + 1, id, at, by, what };
            if owes(&event, &next.state) {
                owes_something = true;
                writes.push(Write::Owe(event.id.clone()));
            }
            let facts = next.apply(&event, terms);
            writes.extend(next.count(meta.revision, at, facts));
            let digest = command.filter(|(id, _)| **id == event.id).map(|(_, digest)| String::from(digest));
            writes.push(Write::Append(Entry { event: event.clone(), digest }));
            events.push(event);
        }
        writes.push(Write::Changed(meta.revision));
        let is_urgent = owes_something || before != next.state.standing();
        store.arm(if is_urgent { now.saturating_add(RETRY_MS) } else { self.calm_due(now) })?;
        store.write(&writes)?;
        self.folded = Some(next);
        Ok(vec![Output::Broadcast(Events { events, read: meta.read })])
    }

    /// What an agent's doing tells of how long they worked, up to the longest stretch, and that they go on.
    fn worked<S: Store>(&mut self, store: &S, who: Option<&AgentId>, now: Millis) -> Result<Vec<Write>, S::Error> {
        let (Some(agent), meta) = (who, begun(store)?) else { return Ok(Vec::new()) };
        let since = meta.attended.filter(|(attended_by, _)| attended_by == agent).map(|(_, since)| since);
        let span = since.map(|since| now.saturating_sub(since).min(LONGEST_STRETCH_MS));
        let fact = span.filter(|span| *span > 0).map(|span| Fact::Active { agent: agent.clone(), span });
        let counts = self.folded(store)?.0.count(meta.revision + 1, now, fact);
        Ok(counts.into_iter().chain([Write::Attend(agent.clone(), now)]).collect())
    }

    fn mark_read<S: Store>(
        &mut self,
        store: &S,
        side: Side,
        up_to: Seq,
        who: Option<&AgentId>,
        now: Millis,
    ) -> Result<Vec<Output>, S::Error> {
        let meta = begun(store)?;
        let up_to = up_to.min(self.state(store)?.last_seq);
        let read = match side {
            Side::Visitor => ReadMarks { visitor: meta.read.visitor.max(up_to), ..meta.read },
            Side::Agent => ReadMarks { agent: meta.read.agent.max(up_to), ..meta.read },
        };
        if read == meta.read {
            return Ok(Vec::new());
        }
        store.arm(self.calm_due(now))?;
        let attends = who.map(|agent| Write::Attend(agent.clone(), now));
        let writes: Vec<Write> =
            [Write::Read(read), Write::Changed(meta.revision + 1)].into_iter().chain(attends).collect();
        store.write(&writes)?;
        Ok(vec![Output::Broadcast(Events { events: Vec::new(), read })])
    }

    fn keep_pace(&mut self, side: Side, now: Millis) -> Result<(), ApiError> {
        let [visitor, agent] = &mut self.paces;
        let pace = if side == Side::Visitor { visitor } else { agent };
        if self.unpaced || pace.take(now) { Ok(()) } else { Err(ApiError::too_many(PACE_RETRY_MS)) }
    }
}

/// The assistant looks at what a visitor says while it may speak, and the routing rules at what was handed to nobody.
fn owes(event: &Event, before: &State) -> bool {
    match &event.what {
        What::Said { .. } => event.by == Author::Visitor && before.assistant_may_speak(),
        // Once: who asks again stays where it lies, and what an agent has placed is not placed anew.
        What::HandedOff { place, .. } => {
            let by_itself = !matches!(event.by, Author::Agent { .. });
            by_itself && before.hand_off.is_none() && place.to == Destination::Escalations
        }
        _ => false,
    }
}

fn begun<S: Store>(store: &S) -> Result<Meta, S::Error> {
    store.meta()?.ok_or_else(|| ApiError::new(ErrorCode::UnknownConversation).into())
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
