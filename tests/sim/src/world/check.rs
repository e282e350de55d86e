//! The reference model: what must hold after every step, and what must hold once the trouble is over.

use std::collections::BTreeSet;

use panel::model::threads::List;
use shared::conversation::{ClockSet, State, for_visitor, summary, unread_by_agents, unread_by_visitor};
use shared::ids::EventId;
use shared::protocol::{AgentAction, Author, Event, Summary, What};
use shared::report::{Fact, Tally};

use super::World;
use super::frames::Command;
use super::given::{agent_id, terms};

impl World {
    /// After a step of an object: its log has only grown, by events that are new, numbered and dated in order.
    pub(crate) fn notice(&mut self, object: usize) {
        self.wind(object);
        let known = self.reference[object].len();
        let (fresh, length) = {
            let disk = self.objects[object].store.disk.borrow();
            let fresh: Vec<Event> = disk.entries.iter().skip(known).map(|entry| entry.event.clone()).collect();
            (fresh, disk.entries.len())
        };
        let marks = self.objects[object].store.disk.borrow().meta.as_ref().map(|meta| meta.read).unwrap_or_default();
        if marks.visitor < self.marks[object].visitor || marks.agent < self.marks[object].agent {
            self.fail(|| format!("what was read in conversation {object} counts as unread again"));
        }
        self.marks[object] = marks;
        if length < known {
            self.fail(|| format!("conversation {object} has lost events that were stored"));
        }
        self.notice_others(object, length);
        for event in fresh {
            self.tell(|| format!("conversation {object} stores {} {:?} {}", event.seq, event.by, short(&event.what)));
            let log = &self.reference[object];
            let (now, set) = (self.server_now(), self.was_set_after(object, event.seq - 1));
            let is_dated = event.at == now || log.last().is_none_or(|last| last.at <= event.at) || set;
            let is_next = event.seq as usize == log.len() + 1 && is_dated;
            let is_repeated = log.iter().any(|other| is_same(other, &event));
            let follows = follow_ups(log, &event);
            let is_late = speaks_after_human(log, &event);
            let is_over_words = self.replied.get(&event.id).is_some_and(|(author, seen)| is_over(log, *author, *seen));
            if !is_next {
                self.fail(|| format!("event {} of conversation {object} is out of order", event.seq));
            }
            if is_repeated {
                self.fail(|| format!("{} is twice in conversation {object}", short(&event.what)));
            }
            if follows > 0 {
                self.fail(|| format!("the assistant answers one message twice in conversation {object}"));
            }
            if is_over_words {
                self.fail(|| format!("{} is sent over words that its author has not seen", short(&event.what)));
            }
            if is_late {
                self.fail(|| format!("the assistant speaks after a human in conversation {object}"));
            }
            self.reference[object].push(event);
            self.really[object].push(self.now);
        }
    }

    /// Whether the clock was found to have been ahead right after an event.
    fn was_set_after(&self, object: usize, seq: u32) -> bool {
        self.objects[object].store.disk.borrow().clocks.iter().any(|set| set.up_to == seq)
    }

    /// A client hears that something is stored: then it is.
    pub(crate) fn hears_of_storage(&mut self, end: usize, id: EventId) {
        let object = self.ends[end].object;
        let is_logged = self.ends[end].outbox.pending().iter().any(|pending| match &pending.command {
            Command::Visitor(command) => command.id == id,
            Command::Agent(command) => command.id == id && matches!(command.action, AgentAction::Reply { .. }),
        });
        if is_logged && !self.lost.contains(&id) {
            self.acknowledged.insert((object, id.clone()));
            if !self.objects[object].store.has(&id) {
                self.fail(|| format!("page {end} was told that {id} is stored, and it is not"));
            }
        }
    }

    /// A client's copy is a beginning of the stored log, without gaps and in the same order.
    pub(crate) fn compare(&mut self, end: usize) {
        let object = self.ends[end].object;
        if self.ends[end].is_of_other_log {
            return;
        }
        if self.objects[object].is_gone {
            // Calls that were on their way when the conversation was deleted still come.
            return;
        }
        let is_agent = self.ends[end].is_agent();
        let copy = self.ends[end].log.events();
        let from = self.ends[end].compared;
        let fault = copy.iter().enumerate().skip(from).find(|(at, event)| {
            let stored = self.reference[object].get(*at);
            let seen = stored.cloned().map(|stored| if is_agent { stored } else { for_visitor(stored) });
            seen.as_ref() != Some(event)
        });
        let fault = fault
            .map(|(at, event)| format!("page {end} shows as number {} what is not: {}", at + 1, short(&event.what)));
        self.ends[end].compared = copy.len();
        if let Some(fault) = fault {
            self.fail(|| fault);
        }
    }

    /// Once the trouble is over and time has passed, everybody has everything.
    pub(crate) fn check_end(&mut self) {
        let mut faults = Vec::new();
        for (number, end) in self.ends.iter().enumerate() {
            let waits = end.outbox.pending().len();
            if waits > 0 {
                faults.push(format!("{waits} things still wait in the outbox of page {number}"));
            }
            let log = self.reference[end.object].iter().cloned();
            let seen: Vec<Event> = if end.is_agent() { log.collect() } else { log.map(for_visitor).collect() };
            let other = end.log.events().iter().zip(&seen).find(|(mine, stored)| mine != stored);
            if let Some((mine, _)) = other.filter(|_| end.is_of_other_log) {
                let (seq, what) = (mine.seq, short(&mine.what));
                faults.push(format!("page {number} still shows {seq}, {what}, which was lost by a restored copy"));
            }
            if self.reference[end.object].len() != end.log.events().len() {
                let (has, all) = (end.log.events().len(), self.reference[end.object].len());
                faults.push(format!("page {number} has {has} of {all} events"));
            }
        }
        for (number, device) in self.devices.iter().enumerate() {
            if !device.kept.is_empty() {
                faults.push(format!("device {number} still keeps what was to be sent"));
            }
        }
        if let Some(id) = self.unsettled.first() {
            faults.push(format!("{id} was given up, and the edge has neither taken nor refused it"));
        }
        for (object, log) in self.reference.iter().enumerate() {
            faults.extend(self.fault_of_lists(object, log));
            faults.extend(self.fault_of_intents(object, log));
        }
        if let Some(first) = faults.into_iter().next() {
            self.fail(|| first);
        }
    }

    fn fault_of_lists(&self, object: usize, log: &[Event]) -> Option<String> {
        let disk = self.objects[object].store.disk.borrow();
        let meta = disk.meta.as_ref()?;
        if log.is_empty() {
            return None;
        }
        if !disk.owed.is_empty() {
            return Some(format!("something is owed for ever in conversation {object}"));
        }
        if !disk.behind.is_empty() {
            return Some(format!("the mirrors never learn of conversation {object}"));
        }
        if let Some(fault) = self.fault_of_others(object, log) {
            return Some(fault);
        }
        let state = State::replay_dated(log, &disk.clocks);
        if let Some(fault) = self.fault_of_times(object, &state) {
            return Some(fault);
        }
        let unread = unread_by_agents(log, meta.read.agent);
        let line = Summary { unread, ..summary(&meta.conversation, meta.revision, &state, &terms()) };
        // A line that was told while the terms could not be found out has no due time until the next change.
        let without_due = self.others[object].was_termless.then(|| Summary { due: None, ..line.clone() });
        let held = self.inbox.get(&object);
        if held != Some(&line) && (held.is_none() || held != without_due.as_ref()) {
            return Some(format!("the inbox has another conversation {object} than the log"));
        }
        let was_termless = self.others[object].was_termless;
        let (counted, happened) = (self.counted.get(&object).cloned().unwrap_or_default(), facts_of(log, &disk.clocks));
        // Facts that an older copy had not told yet may have been counted by then.
        let was_restored = self.restored[object] > 0;
        let differs = first_difference(&told(&counted), &told(&happened), was_termless).filter(|_| !was_restored);
        if let Some(at) = differs {
            let (counted, happened) =
                (told(&counted).get(at).copied().cloned(), told(&happened).get(at).copied().cloned());
            return Some(format!("the reports of conversation {object} count {counted:?}, and {happened:?} happened"));
        }
        let is_hand_off = |fact: &&Fact| matches!(fact, Fact::HandedOff { first: true, .. });
        let counted = self.counted.get(&object).map_or(0, |facts| facts.iter().filter(is_hand_off).count());
        if counted != usize::from(state.hand_off.is_some()) && !was_restored {
            return Some(format!("the reports have counted {counted} hand-offs of conversation {object}"));
        }
        if log.iter().any(|event| is_unanswered(event, log)) {
            return Some(format!("a message of conversation {object} was looked at by nobody"));
        }
        let unread = unread_by_visitor(log, meta.read.visitor);
        let Some((_, thread)) = self.threads.get(&object) else {
            return Some(format!("the visitor's list lacks conversation {object}"));
        };
        let is_right = thread.unread == unread
            && (thread.updated_at, thread.status) == (state.updated_at, state.status)
            && thread.title == shared::conversation::one_line(&state.title);
        if !is_right {
            return Some(format!("the visitor's list has another conversation {object} than the log"));
        }
        let visitors = self.ends.iter().filter(|end| end.object == object && !end.is_agent());
        let counts: BTreeSet<u32> = visitors
            .map(|end| {
                let mut list = List::new(Vec::new());
                list.follow(&end.log);
                list.unread()
            })
            .chain([unread])
            .collect();
        // A message that was read after an older copy was made counts as unread in it, until it is read again.
        let agree = counts.len() == 1 || (was_restored && counts.last() == Some(&unread));
        (!agree).then(|| format!("unread counts of conversation {object} do not agree: {counts:?}"))
    }

    /// Each message that a person wrote is there once, and one tab's are in the order in which they were written.
    fn fault_of_intents(&self, object: usize, log: &[Event]) -> Option<String> {
        let said =
            |text: &str| log.iter().position(|event| matches!(&event.what, What::Said { text: one } if one == text));
        for end in 0..self.ends.len() {
            let mine = self.intents.iter().filter(|intent| intent.object == object && intent.end == end);
            let mut last = 0;
            for intent in mine {
                let Some(at) = said(&intent.text) else {
                    return Some(format!("\"{}\" was never stored", intent.text));
                };
                if at < last {
                    return Some(format!("\"{}\" comes before what was written before it", intent.text));
                }
                last = at;
            }
        }
        let lost =
            self.acknowledged.iter().find(|(one, id)| *one == object && !log.iter().any(|event| event.id == *id));
        lost.map(|(_, id)| format!("{id} was said to be stored and is not there"))
    }
}

/// What a log counts for, where the clock was found to have been ahead now and then.
fn facts_of(log: &[Event], clocks: &[ClockSet]) -> Vec<Fact> {
    let (mut tally, terms) = (Tally::default(), terms());
    let mut state = State::default();
    let mut facts = Vec::new();
    for (place, event) in log.iter().enumerate() {
        facts.extend(tally.take(&state, event, &terms));
        state.apply(event);
        if clocks.iter().any(|set| set.up_to == event.seq) {
            state = State::replay_dated(&log[..=place], clocks);
        }
    }
    facts
}

/// The facts that follow from events alone: not where a hand-off stays, nor how long somebody worked.
fn told(facts: &[Fact]) -> Vec<&Fact> {
    facts.iter().filter(|fact| !matches!(fact, Fact::HandedOff { .. } | Fact::Active { .. })).collect()
}

/// The first fact that was not counted as it happened. A reply whose promise could not be found out is counted without one.
fn first_difference(counted: &[&Fact], happened: &[&Fact], was_termless: bool) -> Option<usize> {
    let without_promise = |fact: &Fact| match fact.clone() {
        Fact::FirstReply { after, priority, .. } => Fact::FirstReply { after, priority, kept: None },
        Fact::NextReply { after, priority, .. } => Fact::NextReply { after, priority, kept: None },
        other => other,
    };
    let is_counted = |at: usize| match (counted.get(at), happened.get(at)) {
        (Some(counted), Some(happened)) => {
            counted == happened || (was_termless && **counted == without_promise(happened))
        }
        _ => false,
    };
    (0..counted.len().max(happened.len())).find(|at| !is_counted(*at))
}

/// The same command, the same text of a person, or the same offer.
fn is_same(a: &Event, b: &Event) -> bool {
    let offered = |event: &Event| match &event.what {
        What::Suggested { articles } => articles.iter().map(|article| article.id.clone()).collect(),
        _ => Vec::new(),
    };
    let texts = match (&a.what, &b.what) {
        (What::Said { text: a }, What::Said { text: b }) => a == b,
        (What::FoundNothing, What::FoundNothing) => true,
        _ => false,
    };
    a.id == b.id || texts || offered(a).iter().any(|id| offered(b).contains(id))
}

/// How many other things the assistant has already made of the message that this event follows from.
fn follow_ups(log: &[Event], event: &Event) -> usize {
    let about = |event: &Event| {
        let about = event.id.as_str().split_once(".a").filter(|_| event.by == Author::Assistant);
        about.map(|(about, _)| String::from(about))
    };
    let Some(mine) = about(event) else { return 0 };
    log.iter().filter(|other| about(other).as_deref() == Some(mine.as_str())).count()
}

/// Whether the visitor or another agent has written after what an agent had seen.
fn is_over(log: &[Event], author: usize, seen: u32) -> bool {
    let is_others = |event: &&Event| match &event.by {
        Author::Visitor => true,
        Author::Agent { id, .. } => *id != agent_id(author),
        Author::Assistant | Author::System => false,
    };
    log.iter().filter(is_others).any(|event| event.seq > seen && matches!(event.what, What::Said { .. }))
}

fn speaks_after_human(log: &[Event], event: &Event) -> bool {
    let speaks = matches!(event.what, What::Answered { .. } | What::Suggested { .. } | What::FoundNothing);
    let is_human = |event: &Event| {
        matches!(event.what, What::HandedOff { .. })
            || matches!((&event.by, &event.what), (Author::Agent { .. }, What::Said { .. }))
    };
    speaks && log.iter().any(is_human)
}

/// A visitor's message that neither the assistant nor people have taken up.
fn is_unanswered(event: &Event, log: &[Event]) -> bool {
    let is_message = event.by == Author::Visitor && matches!(event.what, What::Said { .. });
    let is_peoples = |other: &Event| {
        matches!(other.what, What::HandedOff { .. })
            || matches!((&other.by, &other.what), (Author::Agent { .. }, What::Said { .. }))
    };
    let is_followed =
        |other: &Event| other.id.as_str().strip_prefix(event.id.as_str()).is_some_and(|rest| rest.starts_with(".a"));
    is_message && !log.iter().any(|other| is_peoples(other) || is_followed(other))
}

/// What happened, in a few words.
pub(crate) fn short(what: &What) -> String {
    match what {
        What::Said { text } => format!("\"{text}\""),
        other => {
            let text = format!("{other:?}");
            String::from(text.split([' ', '(']).next().unwrap_or_default())
        }
    }
}
