//! What is owed for an event: the assistant's look at a message, and the routing of a hand-off.

use super::flights::Errand;
use super::others::{Looked, Lost};
use super::work::{Step, Work};
use super::{Feed, Machine, RETRY_MS, begun};
use crate::assistant::{Message, decide};
use crate::conversation::Draft;
use crate::conversation::store::{Owed, Store, Write};
use crate::ids::{AgentId, EventId, TeamId};
use crate::matching::page_path;
use crate::protocol::{Author, Context, Events, HandOffReason, Millis, Placement, Status, What};
use crate::routing::Case;

/// After this many failures to search, the assistant goes on as if nothing was found, which offers a person.
const MAX_TRIES: u32 = 3;

/// What is to follow from an event.
enum Debt {
    Search(String),
    Route,
}

impl<F: Feed> Machine<F> {
    /// The first debt, unless it was tried in vain.
    pub(super) fn pay<S: Store<Feed = F>>(&mut self, store: &S, now: Millis) -> Result<Option<Step<F>>, S::Error> {
        let Some((about, debt)) = self.debt(store)? else { return Ok(None) };
        let errand = Errand::Debt(about.clone());
        if self.flights.failed(&errand) {
            return Ok(None);
        }
        if self.flights.has(&errand, now) {
            return Ok(Some(Step::Wait));
        }
        // Whether the rules come first is known with the terms.
        if matches!(debt, Debt::Search(_))
            && let step @ (Step::Do(_) | Step::Wait) = self.ask_terms(now)
        {
            return Ok(Some(step));
        }
        let work = match debt {
            Debt::Search(text) => {
                let case = if self.agreed.rules_come_first { Some(Box::new(self.case(store)?)) } else { None };
                let products = self.introductions.products();
                let Context { url, locale, .. } = &self.state(store)?.context;
                let (locale, page) = (locale.clone(), String::from(page_path(url)));
                Work::Search { about, text, locale, page, products, case }
            }
            Debt::Route => Work::Route { about, case: Box::new(self.case(store)?) },
        };
        self.flights.start(errand, 0, now);
        Ok(Some(Step::Do(work)))
    }

    /// What is owed first. A debt that an event no longer needs is dropped.
    fn debt<S: Store<Feed = F>>(&mut self, store: &S) -> Result<Option<(EventId, Debt)>, S::Error> {
        while let Some(Owed { event: about, .. }) = store.owed()? {
            let event = store.entry(&about)?.map(|entry| entry.event);
            match event.map(|event| event.what) {
                Some(What::Said { text }) if self.state(store)?.assistant_may_speak() => {
                    return Ok(Some((about, Debt::Search(text))));
                }
                Some(What::HandedOff { .. }) => return Ok(Some((about, Debt::Route))),
                _ => store.write(&[Write::Done(about)])?,
            }
        }
        Ok(None)
    }

    /// What the search has found. The world may have changed meanwhile: it is decided on what is now.
    pub(super) fn found<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        about: &EventId,
        looked: Result<Box<Looked>, Lost>,
        now: Millis,
    ) -> Result<Option<Events>, S::Error> {
        let errand = Errand::Debt(about.clone());
        if looked.is_ok() {
            self.flights.land(&errand, 0);
        } else {
            self.flights.fail(errand, 0);
        }
        // Two searches for one message may have been made: the first to arrive decides.
        let Some(owed) = still_owed(store, about)? else { return Ok(None) };
        let looked = match looked {
            Ok(looked) => looked,
            Err(Lost) if owed.tries >= MAX_TRIES => Box::default(),
            Err(Lost) => {
                store.write(&[Write::Failed(about.clone())])?;
                return Ok(None);
            }
        };
        if let Some(place) = looked.people {
            let may_speak = self.state(store)?.assistant_may_speak();
            let what = What::HandedOff { reason: HandOffReason::ByRule, place };
            let draft = may_speak.then(|| Draft { id: about.derived("h"), by: Author::System, what });
            return self.conclude(store, draft, about, now);
        }
        let Some(What::Said { text }) = store.entry(about)?.map(|entry| entry.event.what) else { return Ok(None) };
        let message = Message { id: about, text: &text };
        let decision = decide(self.state(store)?, &message, &looked.found, &looked.rules, &looked.visitor, now);
        self.conclude(store, decision.draft(about), about, now)
    }

    /// The conversation as the routing rules look at it: all that the visitor wrote, and where they are.
    pub(super) fn case<S: Store<Feed = F>>(&mut self, store: &S) -> Result<Case, S::Error> {
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
            ..Case::default()
        })
    }

    /// Where the routing rules put it; none if no rule does. An agent who was faster, or an earlier answer of the rules, is
    /// right.
    pub(super) fn placed<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        about: &EventId,
        place: Result<Option<Placement>, Lost>,
        now: Millis,
    ) -> Result<Option<Events>, S::Error> {
        let errand = Errand::Debt(about.clone());
        let Ok(place) = place else {
            self.flights.fail(errand, 0);
            return Ok(None);
        };
        self.flights.land(&errand, 0);
        if still_owed(store, about)?.is_none() {
            return Ok(None);
        }
        let hand_off = self.state(store)?.hand_off.as_ref();
        let unplaced = hand_off.is_some_and(|hand_off| hand_off.place == Placement::default());
        let place = place.filter(|place| unplaced && *place != Placement::default());
        let draft =
            place.map(|place| Draft { id: about.derived("p"), by: Author::System, what: What::Assigned { place } });
        if draft.is_some() {
            return self.conclude(store, draft, about, now);
        }
        // It stays where it is, which no event tells: the reports learn it all the same.
        let meta = begun(store)?;
        let (revision, granted) = (meta.revision + 1, self.grants.left(&meta));
        let fold = self.folded(store)?;
        let stays = fold.state.hand_off.as_ref().map(|hand_off| fold.tally.stays(&hand_off.place));
        let counts = fold.count(revision, now, stays);
        store.arm(now.saturating_add(RETRY_MS))?;
        let done = [Write::Done(about.clone()), Write::Changed { revision, granted }];
        store.write(&counts.into_iter().chain(done).collect::<Vec<_>>())?;
        Ok(None)
    }

    /// Somebody of the team in whose list it waits has room now. An agent who was faster is right.
    pub(super) fn seated<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        team: &TeamId,
        agent: AgentId,
        now: Millis,
    ) -> Result<Option<Events>, S::Error> {
        self.require_lasting(now)?;
        let state = self.state(store)?;
        let waits = state.waits_for_room() == Some(team);
        let (Some(by), Some(hand_off)) = (&state.placed_by_rules, &state.hand_off) else { return Ok(None) };
        if !waits {
            return Ok(None);
        }
        let place = Placement { assignee: Some(agent), ..hand_off.place.clone() };
        // Derived, so that an agent who is seated twice is seated once.
        let draft = Draft { id: by.derived("s"), by: Author::System, what: What::Assigned { place } };
        self.append(store, vec![draft], None, Vec::new(), now)
    }

    /// The agent whom the rules have given it to has gone. A conversation that they have begun to answer stays theirs, and so does one
    /// that an agent has given or taken; all others go back into their lists.
    pub(super) fn vacated<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        agent: &AgentId,
        now: Millis,
    ) -> Result<Option<Events>, S::Error> {
        self.require_lasting(now)?;
        let state = self.state(store)?;
        let (Some(by), Some(hand_off)) = (&state.placed_by_rules, &state.hand_off) else { return Ok(None) };
        let is_theirs = hand_off.place.assignee.as_ref() == Some(agent);
        let has_answered = state.agent_words.iter().any(|(one, _)| one == agent);
        // Derived, so that it is put back once; after a few agents who have gone there is no room in an id, and people look after it.
        let id = by.derived("v");
        let has_room = EventId::parse(id.derived("s").as_str()).is_ok();
        if !is_theirs || has_answered || state.status != Status::Waiting || !has_room {
            return Ok(None);
        }
        let place = Placement { assignee: None, ..hand_off.place.clone() };
        let draft = Draft { id, by: Author::System, what: What::Assigned { place } };
        self.append(store, vec![draft], None, Vec::new(), now)
    }

    /// Stores what follows from an event, and that nothing is owed for it any more.
    fn conclude<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        draft: Option<Draft>,
        about: &EventId,
        now: Millis,
    ) -> Result<Option<Events>, S::Error> {
        let done = Write::Done(about.clone());
        match draft {
            Some(draft) => self.append(store, vec![draft], None, vec![done], now),
            None => {
                store.write(&[done])?;
                Ok(None)
            }
        }
    }
}

/// What is owed for an event, if it still is and its turn has come.
fn still_owed<S: Store>(store: &S, about: &EventId) -> Result<Option<Owed>, S::Error> {
    Ok(store.owed()?.filter(|owed| owed.event == *about))
}
