//! What the log of a conversation amounts to.

use super::{ClockSet, Rating, Reminded};
use crate::ids::{AgentId, AnswerId, ArticleId, EventId};
use crate::protocol::{
    Author, Context, Event, HandOff, HandOffReason, Millis, Placement, Resurface, Seq, Status, What,
};

/// The state of one conversation: a fold over its events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// The number of the last event; 0 for a conversation that has not begun.
    pub last_seq: Seq,
    /// Whose turn it is.
    pub status: Status,
    /// Where the visitor is, as last told.
    pub context: Context,
    /// When that was told.
    pub context_at: Millis,
    /// The first words of the visitor.
    pub title: String,
    /// The last line that anybody said.
    pub last_line: String,
    /// Whether that is the title of an article that the assistant has offered. The visitor is told that in words of the panel.
    pub last_is_title: bool,
    /// The hand-off that is in force; none while the assistant answers.
    pub hand_off: Option<HandOff>,
    /// The event by which the routing rules have placed it; none once an agent has.
    pub placed_by_rules: Option<EventId>,
    /// The number of the event that has put it where it is; 0 for none.
    pub placed_at: Seq,
    /// Whether a person of the team has ever written here.
    pub person_joined: bool,
    /// The number of the visitor's last words; 0 for none.
    pub visitor_words: Seq,
    /// The last two agents who wrote, the latest first, each with the number of their last words: enough to know what was
    /// written last by somebody else.
    pub agent_words: Vec<(AgentId, Seq)>,
    /// Since when the visitor waits for a person.
    pub waiting_since: Option<Millis>,
    /// Since when the visitor's words have had no answer by anybody.
    pub unanswered_since: Option<Millis>,
    /// The event that the visitor waits since.
    pub waiting_from: Option<EventId>,
    /// What the team was told of this wait.
    pub waiting_told: Reminded,
    /// The wait that an agent has ended by resolving, until it is opened again: by an agent, and it goes on.
    pub resolved_wait: Option<ResolvedWait>,
    /// The time until which it is out of sight.
    pub snooze: Option<Snooze>,
    /// Why it came back into sight, until somebody does something about it.
    pub resurfaced: Option<Resurface>,
    /// The assistant's last word if it was that it found nothing, and when: the clock does not leave it at that.
    pub stuck: Option<(EventId, Millis)>,
    /// Whether the assistant has spoken here.
    pub assistant_spoke: bool,
    /// Whether it has said that it found nothing. It says so once.
    pub told_nothing: bool,
    /// The e-mail address that the visitor has left.
    pub address: Option<String>,
    /// When it began.
    pub opened_at: Millis,
    /// When it last changed.
    pub updated_at: Millis,
    /// The articles that were suggested here, that the visitor has turned down, and that they have read in the help centre, in
    /// order: none of them is suggested again by itself.
    pub tried: Vec<ArticleId>,
    /// The best of the articles that the assistant suggested last, as long as nothing else was said about them.
    pub offered: Option<ArticleId>,
    /// The answers that the assistant has already given, and those that the visitor has read while typing and turned down.
    pub answered: Vec<AnswerId>,
    /// Events that ask whether they helped and got no reply yet.
    pub open_questions: Vec<EventId>,
    /// What the visitor answered to surveys.
    pub ratings: Vec<Rating>,
}

/// A visitor's wait as it was when their conversation was resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedWait {
    since: Millis,
    unanswered_since: Option<Millis>,
    from: Option<EventId>,
    told: Reminded,
}

/// Out of sight until a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snooze {
    /// When it comes back.
    pub until: Millis,
    /// The event that snoozed it.
    pub by: EventId,
}

/// What of a conversation a list must show at once. Its last line can follow a little later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    status: Status,
    hand_off: Option<HandOff>,
    snooze: Option<Snooze>,
    resurfaced: Option<Resurface>,
}

impl State {
    /// The state after these events, from the beginning.
    pub fn replay<'a>(events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut state = Self::default();
        events.into_iter().for_each(|event| state.apply(event));
        state
    }

    /// Whether anything was ever said.
    pub fn is_open(&self) -> bool {
        self.last_seq > 0
    }

    /// Whether the assistant may speak: no person has been asked for or has joined.
    pub fn assistant_may_speak(&self) -> bool {
        self.hand_off.is_none() && !self.person_joined
    }

    /// The state after these events, where the clock was found to have been ahead now and then.
    pub fn replay_dated<'a>(events: impl IntoIterator<Item = &'a Event>, sets: &[ClockSet]) -> Self {
        let mut state = Self::default();
        for event in events {
            state.apply(event);
            state.set_clock(sets);
        }
        state
    }

    /// After an event: nothing up to it happened later than the clock said when it was found to have been ahead.
    pub(super) fn set_clock(&mut self, sets: &[ClockSet]) {
        for set in sets {
            if set.up_to == self.last_seq {
                self.date_back(set.as_of);
            }
        }
    }

    /// Nothing that is here happened later than this.
    pub(super) fn date_back(&mut self, as_of: Millis) {
        let times = [&mut self.opened_at, &mut self.updated_at, &mut self.context_at];
        let resolved = self.resolved_wait.as_mut();
        let resolved = resolved.map(|wait| (&mut wait.since, wait.unanswered_since.as_mut()));
        let (since, unanswered) = resolved.map_or((None, None), |(since, unanswered)| (Some(since), unanswered));
        let waits = [self.waiting_since.as_mut(), self.unanswered_since.as_mut(), since, unanswered];
        let stuck = self.stuck.iter_mut().map(|(_, at)| at);
        let rated = self.ratings.iter_mut().map(|rating| &mut rating.at);
        for at in times.into_iter().chain(waits.into_iter().flatten()).chain(stuck).chain(rated) {
            *at = (*at).min(as_of);
        }
    }

    /// The number of the last words that somebody other than this agent wrote: the visitor or a colleague.
    pub fn words_of_others(&self, agent: &AgentId) -> Seq {
        let of_colleague = self.agent_words.iter().find(|(other, _)| other != agent).map_or(0, |(_, seq)| *seq);
        of_colleague.max(self.visitor_words)
    }

    /// What a list must show at once.
    pub fn standing(&self) -> Standing {
        Standing {
            status: self.status,
            hand_off: self.hand_off.clone(),
            snooze: self.snooze.clone(),
            resurfaced: self.resurfaced,
        }
    }

    /// Takes the next event.
    pub fn apply(&mut self, event: &Event) {
        if self.last_seq == 0 {
            self.opened_at = event.at;
        }
        self.last_seq = event.seq;
        self.updated_at = event.at;
        if event.by != Author::System {
            self.resurfaced = None;
        }
        self.assistant_spoke |= event.by == Author::Assistant;
        match &event.what {
            What::Context(context) => self.take_context(context, event.at),
            What::Said { text } => self.said(event, text),
            What::Answered { answer, text, article } => {
                self.answered.push(answer.clone());
                self.tried.extend(article.iter().map(|article| article.id.clone()));
                self.open_questions.push(event.id.clone());
                self.last_line.clone_from(text);
                self.last_is_title = false;
                self.stuck = None;
                self.offered = None;
                self.unanswered_since = None;
            }
            What::Suggested { articles } => {
                self.offered = articles.first().map(|article| article.id.clone());
                self.tried.extend(articles.iter().map(|article| article.id.clone()));
                self.open_questions.push(event.id.clone());
                self.stuck = None;
                self.unanswered_since = None;
                if let Some(best) = articles.first() {
                    self.last_line.clone_from(&best.title);
                    self.last_is_title = true;
                }
            }
            What::FoundNothing => {
                self.told_nothing = true;
                self.offered = None;
                self.stuck = Some((event.id.clone(), event.at));
            }
            What::Helped { about, .. } => {
                self.open_questions.retain(|question| question != about);
                self.offered = None;
            }
            What::HandedOff { reason, place } => {
                self.hand_off = Some(HandOff { reason: *reason, place: place.clone() });
                self.placed_at = event.seq;
                if *reason == HandOffReason::ByRule {
                    self.placed_by_rules = Some(event.id.clone());
                }
                self.status = Status::Waiting;
                self.snooze = None;
                self.wait(event);
                self.with_people();
            }
            What::Assigned { place } => {
                self.placed_by_rules = (event.by == Author::System).then(|| event.id.clone());
                self.placed_at = event.seq;
                self.assigned(place);
            }
            What::Snoozed { until } => self.snooze = Some(Snooze { until: *until, by: event.id.clone() }),
            What::Resurfaced { because } => self.resurface(*because),
            What::Resolved => {
                self.status = Status::Resolved;
                self.snooze = None;
                self.resolved_wait = self.waiting_since.map(|since| ResolvedWait {
                    since,
                    unanswered_since: self.unanswered_since,
                    from: self.waiting_from.take(),
                    told: self.waiting_told,
                });
                self.end_wait();
                self.with_people();
            }
            What::Reopened => self.reopened(event),
            What::Rated { survey, score, .. } => self.rated(*survey, *score, event.at),
            What::AddressLeft { address } => self.address = Some(address.clone()),
            What::Unseen => {}
        }
    }

    fn take_context(&mut self, context: &Context, at: Millis) {
        // What only stood there was hardly seen: people type and press Enter.
        let turned_down = context.shown.iter().filter(|shown| shown.is_turned_down()).map(|shown| &shown.article.id);
        for id in turned_down.chain(&context.recent) {
            if !self.tried.contains(id) {
                self.tried.push(id.clone());
            }
        }
        for answer in &context.answers {
            if !self.answered.contains(answer) {
                self.answered.push(answer.clone());
            }
        }
        self.context = context.clone();
        self.context_at = at;
    }

    fn said(&mut self, event: &Event, text: &str) {
        self.last_line = String::from(text);
        self.last_is_title = false;
        match &event.by {
            Author::Visitor => {
                if self.title.is_empty() {
                    self.title = String::from(text);
                }
                self.visitor_words = event.seq;
                self.snooze = None;
                self.stuck = None;
                self.unanswered_since = self.unanswered_since.or(Some(event.at));
                if !self.assistant_may_speak() {
                    self.status = Status::Waiting;
                    self.wait(event);
                }
            }
            Author::Agent { id, .. } => {
                self.agent_words.retain(|(agent, _)| agent != id);
                self.agent_words.insert(0, (id.clone(), event.seq));
                self.agent_words.truncate(2);
                self.person_joined = true;
                self.status = Status::Replied;
                self.end_wait();
                self.with_people();
            }
            Author::Assistant | Author::System => {}
        }
    }

    /// Where there was no hand-off, an agent's assignment is one (`on_agent`), so there is always one to move.
    fn assigned(&mut self, place: &Placement) {
        if let Some(hand_off) = &mut self.hand_off {
            hand_off.place = place.clone();
        }
    }

    fn resurface(&mut self, because: Resurface) {
        self.resurfaced = Some(because);
        // Whatever brings it back, it is before people's eyes then.
        self.snooze = None;
        match because {
            Resurface::SnoozeOver | Resurface::Woken => {}
            Resurface::ReplyDue | Resurface::Forgotten => self.waiting_told = self.waiting_told.max(Reminded::Back),
            Resurface::ReplyLate => self.waiting_told = Reminded::Late,
        }
    }

    fn reopened(&mut self, event: &Event) {
        self.status = if self.person_joined { Status::Replied } else { Status::Automatic };
        let wait = self.resolved_wait.take().filter(|_| matches!(event.by, Author::Agent { .. }));
        if let Some(wait) = wait {
            // Nobody has answered, so the visitor waits on; one who comes back begins to wait anew.
            self.status = Status::Waiting;
            self.waiting_since = Some(wait.since);
            self.unanswered_since = wait.unanswered_since;
            self.waiting_from = wait.from;
            self.waiting_told = wait.told;
        } else if self.hand_off.is_some() && !self.person_joined {
            self.status = Status::Waiting;
            self.wait(event);
        }
    }

    fn wait(&mut self, event: &Event) {
        if self.waiting_since.is_none() {
            // A promise runs from the visitor's words, however long it took to bring them to people.
            self.waiting_since = self.unanswered_since.or(Some(event.at));
            self.waiting_from = Some(event.id.clone());
        }
    }

    fn end_wait(&mut self) {
        self.waiting_since = None;
        self.unanswered_since = None;
        self.waiting_from = None;
        self.waiting_told = Reminded::Nothing;
    }

    /// What the assistant asked is no longer asked.
    fn with_people(&mut self) {
        self.open_questions.clear();
        self.stuck = None;
    }
}
