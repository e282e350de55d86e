//! One conversation as its object runs it: what is written, in which order, and what is to be done then.
//!
//! Sans-IO: storage is a `Store`, and a call to another object is a `Work` that `poll` gives and an `Answer` that comes back.
//! The edge and the simulation run the same machine. Each runs several loops at once, one for each request, with an `Aim`:
//! poll; do the work; hand in the answer; poll again. Work that is under way is a state of the machine, so no two loops do the
//! same work, and work that never comes back is done again by the alarm.
//!
//! **Invariant:** the alarm is armed before a write, so that what follows from the write happens even if everything stops
//! right behind it. Whatever is done twice meets itself: commands by their ids, what follows from events by derived ids,
//! updates of mirrors by their revisions, events of feeds by their numbers.

mod agreement;
mod clock;
mod command;
mod debts;
mod ending;
mod flights;
mod follow;
mod grants;
mod input;
mod introduction;
mod mirrors;
mod others;
mod teaching;
mod work;

pub use command::check_beginning;
pub use input::{Answer, Input};
pub use others::{Agreement, Denied, Follower, Looked, Lost, SiteProfile};
pub use work::{Aim, InboxUpdate, Step, Teaching, VisitorUpdate, Work};

use super::fold::Fold;
use super::store::{Meta, Store};
use super::{Feed, Pace, State};
use crate::deadlines::Terms;
use crate::ids::TeamId;
use crate::limits::{GRANT, GRANT_AHEAD, INCLUDED};
use crate::protocol::{ApiError, Base, ErrorCode, Events, Millis, Seq};
use crate::routing::Case;
use agreement::Agreed;
use ending::Ending;
use flights::Flights;
use grants::Grants;
use introduction::Introductions;
use mirrors::Mirrors;

/// When to try again what another object did not take.
pub const RETRY_MS: Millis = 2_000;

/// What differs between a site, a test and a measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tuning {
    /// Whether the sides may go faster than people do, for measurements.
    pub unpaced: bool,
    /// How long a day is, in milliseconds.
    pub day_ms: Millis,
    /// How many messages come with a new conversation.
    pub included: u32,
    /// How many more are asked for at once.
    pub grant: u32,
    /// When this many are left, the next ones are asked for.
    pub ahead: u32,
}

impl Default for Tuning {
    fn default() -> Self {
        let day_ms = 24 * 60 * 60 * 1_000;
        Self { unpaced: false, day_ms, included: INCLUDED, grant: GRANT, ahead: GRANT_AHEAD }
    }
}

/// The conversation's mind between two calls. It can be lost at any time: all that matters is stored.
#[derive(Debug, Clone)]
pub struct Machine<F> {
    tuning: Tuning,
    /// The fold over the stored events; none until they were read.
    folded: Option<Fold>,
    /// How fast the visitor and the agents go. They need not outlive the object: an evicted one was not in a hurry.
    paces: [Pace; 2],
    /// How often the alarm has found something that could not be settled.
    failures: u32,
    /// Whether the alarm has rung and the clock was not looked at yet.
    clock_is_due: bool,
    /// Whether a visitor looks at the conversation.
    visitor_looks: bool,
    agreed: Agreed,
    mirrors: Mirrors,
    grants: Grants,
    introductions: Introductions,
    flights: Flights<F>,
    ending: Option<Ending<F>>,
}

impl<F: Feed> Machine<F> {
    /// A machine that has read nothing yet.
    pub fn new(tuning: Tuning, now: Millis) -> Self {
        Self {
            tuning,
            folded: None,
            paces: [Pace::new(now); 2],
            failures: 0,
            clock_is_due: false,
            visitor_looks: false,
            agreed: Agreed::default(),
            mirrors: Mirrors::default(),
            grants: Grants::default(),
            introductions: Introductions::default(),
            flights: Flights::default(),
            ending: None,
        }
    }

    /// Takes what has happened. Gives what is to be sent to everybody who looks; all writes are behind it by then.
    ///
    /// An error is the caller's: the command is refused, the work has failed, or storage has.
    pub fn handle<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        input: Input<'_, F>,
        now: Millis,
    ) -> Result<Option<Events>, S::Error> {
        match input {
            Input::Begin { meta, agreement, introduction } => {
                self.begin(store, meta, agreement, introduction, now).map(|()| None)
            }
            Input::Visitor { command, digest, from } => self.visitor(store, command, digest, from, now),
            Input::Agent { command, agent, digest } => self.agent(store, command, agent, digest, now),
            Input::Introduction(introduction) => {
                self.introductions.hear(introduction);
                Ok(None)
            }
            Input::Watchers { visitors } => {
                self.visitor_looks = visitors;
                Ok(None)
            }
            Input::Seated { team, agent } => self.seated(store, &team, agent, now),
            Input::Vacated { agent } => self.vacated(store, &agent, now),
            Input::Alarm => self.alarm(store, now),
            Input::Erase => {
                self.end_for_visitor(store, now)?;
                Ok(None)
            }
            Input::Answer(answer) => self.answer(store, answer, now),
        }
    }

    fn answer<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        answer: Answer<F>,
        now: Millis,
    ) -> Result<Option<Events>, S::Error> {
        match answer {
            Answer::Found { about, looked } => self.found(store, &about, looked, now),
            Answer::Placed { about, place } => self.placed(store, &about, place, now),
            Answer::Terms(agreement) => self.terms(store, agreement, now),
            Answer::Told { mirror, revision, answer } => self.told(store, mirror, revision, answer, now).map(|()| None),
            Answer::DrawnOfVisitor { told, answer } => self.drawn_of_visitor(store, told, answer, now).map(|()| None),
            Answer::DrawnOfAddress { count, answer } => self.drawn_of_address(store, count, answer).map(|()| None),
            Answer::Introduced { introduction, answer } => {
                self.introduced(introduction, answer);
                Ok(None)
            }
            Answer::Fed { feed, after, answer } => self.fed(store, feed, after, answer).map(|()| None),
            Answer::Taught { revision, up_to, answer } => {
                self.taught(store, revision, up_to, answer, now).map(|()| None)
            }
            Answer::Forgotten { by, answer } => self.forgotten(by, answer).map(|()| None).map_err(Into::into),
            Answer::Wiped(answer) => self.wiped(answer, now).map(|()| None).map_err(Into::into),
        }
    }

    /// What is to be done next by a loop with this aim. What it gives counts as under way until it is answered.
    pub fn poll<S: Store<Feed = F>>(&mut self, store: &S, aim: &Aim, now: Millis) -> Result<Step<F>, S::Error> {
        match aim {
            Aim::Message { from } => self.draw_for_message(store, from, now),
            Aim::Terms => Ok(self.ask_terms(now)),
            Aim::Introduction => Ok(self.introduce(now)),
            Aim::End => self.end(store, now),
            Aim::Clock if self.is_ending(now) => self.end(store, now),
            Aim::Everything | Aim::Soon | Aim::Clock => self.follow(store, aim, now),
        }
    }

    /// What a client that has everything up to `have` lacks.
    pub fn events<S: Store<Feed = F>>(&self, store: &S, have: Seq) -> Result<Events, S::Error> {
        let read = begun(store)?.read;
        let Some(before) = have.checked_sub(1) else {
            return Ok(Events { events: store.events_after(0)?, read, base: None });
        };
        let mut events = store.events_after(before)?;
        let is_there = events.first().is_some_and(|first| first.seq == have);
        let (id, at) = is_there.then(|| events.remove(0)).map(|last| (last.id, last.at)).unzip();
        Ok(Events { events, read, base: Some(Base { have, id, at }) })
    }

    /// The team in whose list the conversation waits for somebody who has room, and what the routing rules look at; none if it
    /// does not wait. The answer is `Input::Seated`.
    pub fn seeks<S: Store<Feed = F>>(&mut self, store: &S, now: Millis) -> Result<Option<(TeamId, Case)>, S::Error> {
        self.require_lasting(now)?;
        if store.meta()?.is_none() {
            return Ok(None);
        }
        let Some(team) = self.state(store)?.waits_for_room().cloned() else { return Ok(None) };
        Ok(Some((team, self.case(store)?)))
    }

    /// The state now.
    fn state<S: Store<Feed = F>>(&mut self, store: &S) -> Result<&State, S::Error> {
        Ok(&self.folded(store)?.state)
    }

    /// The fold now.
    fn folded<S: Store<Feed = F>>(&mut self, store: &S) -> Result<&Fold, S::Error> {
        Ok(self.measured(store)?.0)
    }

    /// The same, and what waiting is measured by.
    fn measured<S: Store<Feed = F>>(&mut self, store: &S) -> Result<(&Fold, &Terms), S::Error> {
        if self.folded.is_none() {
            self.folded = Some(Fold::replay(&store.events_after(0)?, &store.clock_sets()?));
        }
        Ok((self.folded.get_or_insert_default(), &self.agreed.terms))
    }
}

fn begun<S: Store>(store: &S) -> Result<Meta, S::Error> {
    store.meta()?.ok_or_else(|| ApiError::new(ErrorCode::UnknownConversation).into())
}
