//! What follows from a change: the assistant's look at a message, the routing of a hand-off, telling the lists, and what the
//! clock makes happen.

use super::super::store::{Owed, Store, Target, Write};
use super::super::{Draft, next_time, on_time, one_line, summary};
use super::{Line, Machine, Output, RETRY_MS, begun};
use crate::assistant::{Found, Message, Rules, VisitorContext, decide};
use crate::ids::{AgentId, EventId, TeamId};
use crate::matching::page_path;
use crate::protocol::{Author, Context, Millis, Placement, Thread, What};
use crate::routing::{Case, Helped};

/// An object that is down for long is not asked more often than twice a minute.
const MAX_RETRY_MS: Millis = 32_000;
/// After so many failures to search, the assistant goes on as if nothing was found, which offers a person.
const MAX_TRIES: u32 = 3;

impl Machine {
    /// What is owed next: a search or a route; none if nothing is.
    pub fn owed<S: Store>(&mut self, store: &S) -> Result<Option<Output>, S::Error> {
        while let Some(Owed { event: about, .. }) = store.owed()? {
            let event = store.entry(&about)?.map(|entry| entry.event);
            let state = self.state(store)?;
            match event.map(|event| event.what) {
                Some(What::Said { text }) if state.assistant_may_speak() => {
                    let Context { url, locale, .. } = &state.context;
                    let (locale, page) = (locale.clone(), String::from(page_path(url)));
                    return Ok(Some(Output::Search { about, text, locale, page }));
                }
                Some(What::HandedOff { .. }) => return Ok(Some(Output::Route { about })),
                _ => store.write(&[Write::Done(about)])?,
            }
        }
        Ok(None)
    }

    /// What the search has found; none if it failed. The world may have changed meanwhile: it is decided on what is now.
    pub fn found<S: Store>(
        &mut self,
        store: &S,
        about: &EventId,
        found: Option<&[Found]>,
        rules: &Rules,
        visitor: &VisitorContext,
        now: Millis,
    ) -> Result<Vec<Output>, S::Error> {
        // Two searches for one message may be on their way: the first to arrive decides.
        let Some(owed) = still_owed(store, about)? else { return Ok(Vec::new()) };
        let Some(found) = found.or((owed.tries >= MAX_TRIES).then_some(&[])) else {
            store.write(&[Write::Failed(about.clone())])?;
            return Ok(Vec::new());
        };
        let Some(What::Said { text }) = store.entry(about)?.map(|entry| entry.event.what) else {
            return Ok(Vec::new());
        };
        let decision = decide(self.state(store)?, &Message { id: about, text: &text }, found, rules, visitor, now);
        self.follow(store, decision.draft(about), about, now)
    }

    /// The conversation as the routing rules look at it: all that the visitor wrote, where they are, and who helped before.
    pub fn case<S: Store>(&mut self, store: &S, helped_by: Vec<Helped>) -> Result<Case, S::Error> {
        let mut said = Vec::new();
        for event in store.events_after(0)? {
            if let (Author::Visitor, What::Said { text }) = (event.by, event.what) {
                said.push(text);
            }
        }
        let context = &self.state(store)?.context;
        Ok(Case {
            text: said.join("\n"),
            page: Some(context.url.clone()),
            language: Some(context.locale.clone()),
            helped_by,
            ..Case::default()
        })
    }

    /// Where the routing rules put it; none if no rule does. Whoever was faster, such as an agent or an earlier answer of
    /// the rules, is right.
    pub fn routed<S: Store>(
        &mut self,
        store: &S,
        about: &EventId,
        place: Option<Placement>,
        now: Millis,
    ) -> Result<Vec<Output>, S::Error> {
        if still_owed(store, about)?.is_none() {
            return Ok(Vec::new());
        }
        let hand_off = self.state(store)?.hand_off.as_ref();
        let unplaced = hand_off.is_some_and(|hand_off| hand_off.place == Placement::default());
        let place = place.filter(|place| unplaced && *place != Placement::default());
        let draft =
            place.map(|place| Draft { id: about.derived("p"), by: Author::System, what: What::Assigned { place } });
        if draft.is_some() {
            return self.follow(store, draft, about, now);
        }
        // It stays where it is, which no event tells: the reports learn it all the same.
        let revision = begun(store)?.revision + 1;
        let fold = self.folded(store)?.0;
        let stays = fold.state.hand_off.as_ref().map(|hand_off| fold.tally.stays(&hand_off.place));
        let writes = fold.count(revision, now, stays).into_iter();
        store.arm(now.saturating_add(RETRY_MS))?;
        store.write(&writes.chain([Write::Done(about.clone()), Write::Changed(revision)]).collect::<Vec<_>>())?;
        Ok(Vec::new())
    }

    /// Somebody of the team in whose list it waits has room now. Whoever was faster is right.
    pub fn seated<S: Store>(
        &mut self,
        store: &S,
        team: &TeamId,
        agent: AgentId,
        now: Millis,
    ) -> Result<Vec<Output>, S::Error> {
        let state = self.state(store)?;
        let waits = state.waits_for_room() == Some(team);
        let (Some(by), Some(hand_off)) = (&state.placed_by_rules, &state.hand_off) else { return Ok(Vec::new()) };
        if !waits {
            return Ok(Vec::new());
        }
        let place = Placement { assignee: Some(agent), ..hand_off.place.clone() };
        // Derived, so that whoever sits down twice sits down once.
        let draft = Draft { id: by.derived("s"), by: Author::System, what: What::Assigned { place } };
        self.append(store, vec![draft], None, Vec::new(), now)
    }

    /// What these lists must still learn. They are just being told of it: what follows may wait.
    pub fn tells<S: Store>(&mut self, store: &S, targets: &[Target], now: Millis) -> Result<Vec<Output>, S::Error> {
        let mut tells = Vec::new();
        for (target, _) in store.untold()?.into_iter().filter(|(target, _)| targets.contains(target)) {
            self.telling(store, target, now)?;
            let meta = begun(store)?;
            let (fold, terms) = self.folded(store)?;
            let state = &fold.state;
            let line = match target {
                Target::Inbox => {
                    let summary = summary(&meta.conversation, meta.revision, state, terms);
                    Line::Inbox { summary: Box::new(summary), facts: store.uncounted()? }
                }
                Target::Visitor => Line::Visitor {
                    helped: fold.helped(),
                    thread: Thread {
                        id: meta.conversation.clone(),
                        title: one_line(&state.title),
                        last: one_line(&state.last_line),
                        updated_at: state.updated_at,
                        status: state.status,
                        unread: fold.unread(meta.read.visitor),
                    },
                },
            };
            tells.push(Output::Tell { revision: meta.revision, line });
        }
        Ok(tells)
    }

    /// Other objects have what they were told.
    pub fn told<S: Store>(&mut self, store: &S, by: &[(Target, u32)]) -> Result<(), S::Error> {
        let writes: Vec<Write> = by.iter().map(|(target, revision)| Write::Told(*target, *revision)).collect();
        if writes.is_empty() { Ok(()) } else { store.write(&writes) }
    }

    /// When to call `handle_timeout`, and why; none if nothing is left to do.
    pub fn poll_timeout<S: Store>(
        &mut self,
        store: &S,
        now: Millis,
    ) -> Result<Option<(Millis, &'static str)>, S::Error> {
        if store.meta()?.is_none() {
            return Ok(None);
        }
        let wait = RETRY_MS.saturating_mul(1 << self.failures.min(8)).min(MAX_RETRY_MS);
        let again = now.saturating_add(wait);
        let list = store.untold()?.into_iter().map(|(target, _)| self.list_due(target, again, now)).min();
        let retry = if store.owed()?.is_some() {
            Some((again, "something is owed"))
        } else {
            list.map(|at| (at, "a list has not learned of the last change"))
        };
        let (fold, terms) = self.folded(store)?;
        let timer = next_time(&fold.state, terms);
        Ok(retry.into_iter().chain(timer).min())
    }

    /// The alarm: does what the clock makes happen. What is owed and untold is the caller's next step, and `rearm` the last.
    pub fn handle_timeout<S: Store>(&mut self, store: &S, now: Millis) -> Result<Vec<Output>, S::Error> {
        if store.meta()?.is_none() {
            return Ok(Vec::new());
        }
        let unsettled = store.owed()?.is_some() || !store.untold()?.is_empty();
        self.failures = if unsettled { self.failures.saturating_add(1) } else { 0 };
        let mut outputs = Vec::new();
        loop {
            let (fold, terms) = self.folded(store)?;
            let Some(draft) = on_time(&fold.state, terms, now) else { break };
            outputs.extend(self.append(store, vec![draft], None, Vec::new(), now)?);
        }
        Ok(outputs)
    }

    /// When the alarm is to ring after it was handled; none if nothing is left to do.
    pub fn rings_next<S: Store>(&mut self, store: &S, now: Millis) -> Result<Option<Millis>, S::Error> {
        let Some((at, _)) = self.poll_timeout(store, now)? else { return Ok(None) };
        // Where something may wait people talk, and the inbox is about to lack something again: set for that now, the alarm is not
        // set twice.
        let next = if store.untold()?.is_empty() { None } else { self.inbox_waits_until(now) };
        Ok(Some(next.map_or(at, |next| next.min(at))))
    }

    /// The alarm was handled: arms it for what is left to do, once. While it is handled it counts as set, so that who dies
    /// before this is called again.
    pub fn rearm<S: Store>(&mut self, store: &S, now: Millis) -> Result<(), S::Error> {
        match self.rings_next(store, now)? {
            Some(at) => store.arm(at),
            None => Ok(()),
        }
    }

    /// Everything is settled: the next failure is the first one.
    pub fn settled(&mut self) {
        self.failures = 0;
    }

    /// Stores what follows from an event, and that nothing is owed for it any more.
    fn follow<S: Store>(
        &mut self,
        store: &S,
        draft: Option<Draft>,
        about: &EventId,
        now: Millis,
    ) -> Result<Vec<Output>, S::Error> {
        let done = Write::Done(about.clone());
        match draft {
            Some(draft) => self.append(store, vec![draft], None, vec![done], now),
            None => {
                store.write(&[done])?;
                Ok(Vec::new())
            }
        }
    }
}

/// What is owed for an event, if it still is and its turn has come.
fn still_owed<S: Store>(store: &S, about: &EventId) -> Result<Option<Owed>, S::Error> {
    Ok(store.owed()?.filter(|owed| owed.event == *about))
}
