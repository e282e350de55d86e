//! What the log of a conversation amounts to.

use crate::ids::{ArticleId, EventId};
use crate::protocol::{Author, Context, Event, HandOff, Millis, Seq, Status, What};

/// The state of one conversation: a fold over its events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// The number of the last event; 0 for a conversation that has not begun.
    pub last_seq: Seq,
    /// Whose turn it is.
    pub status: Status,
    /// Where the visitor is, as last told.
    pub context: Context,
    /// The first words of the visitor.
    pub title: String,
    /// The last line that anybody said.
    pub last_line: String,
    /// The hand-off that is in force; none while the assistant answers.
    pub hand_off: Option<HandOff>,
    /// Whether a person of the team has ever written here.
    pub person_joined: bool,
    /// Since when the visitor waits for a person.
    pub waiting_since: Option<Millis>,
    /// When it began.
    pub opened_at: Millis,
    /// When it last changed.
    pub updated_at: Millis,
    /// What the assistant has already offered, in order; nothing is offered twice.
    pub offered: Vec<ArticleId>,
    /// The answers that the assistant has already given.
    pub answered: Vec<crate::ids::AnswerId>,
    /// Events that ask whether they helped and got no reply yet.
    pub open_questions: Vec<EventId>,
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

    /// Takes the next event.
    pub fn apply(&mut self, event: &Event) {
        if self.last_seq == 0 {
            self.opened_at = event.at;
        }
        self.last_seq = event.seq;
        self.updated_at = event.at;
        match &event.what {
            What::Context(context) => self.take_context(context),
            What::Said { text } => self.said(event, text),
            What::Answered { answer, text, article } => {
                self.answered.push(answer.clone());
                self.offered.extend(article.iter().map(|article| article.id.clone()));
                self.open_questions.push(event.id.clone());
                self.last_line.clone_from(text);
            }
            What::Suggested { articles } => {
                self.offered.extend(articles.iter().map(|article| article.id.clone()));
                self.open_questions.push(event.id.clone());
                if let Some(best) = articles.first() {
                    self.last_line.clone_from(&best.title);
                }
            }
            What::FoundNothing => {}
            What::Helped { about, .. } => self.open_questions.retain(|question| question != about),
            What::HandedOff { reason, to } => {
                self.hand_off = Some(HandOff { reason: *reason, to: *to });
                self.status = Status::Waiting;
                self.waiting_since.get_or_insert(event.at);
                self.open_questions.clear();
            }
            What::Resolved => {
                self.status = Status::Resolved;
                self.waiting_since = None;
                self.open_questions.clear();
            }
            What::Reopened => {
                self.status = if self.person_joined { Status::Replied } else { Status::Automatic };
                if self.hand_off.is_some() && !self.person_joined {
                    self.status = Status::Waiting;
                    self.waiting_since = Some(event.at);
                }
            }
        }
    }

    fn take_context(&mut self, context: &Context) {
        let already = |shown: &crate::protocol::Shown| self.offered.contains(&shown.article.id);
        let new: Vec<ArticleId> =
            context.shown.iter().filter(|shown| !already(shown)).map(|shown| shown.article.id.clone()).collect();
        self.offered.extend(new);
        self.context = context.clone();
    }

    fn said(&mut self, event: &Event, text: &str) {
        self.last_line = String::from(text);
        match &event.by {
            Author::Visitor => {
                if self.title.is_empty() {
                    self.title = String::from(text);
                }
                if self.hand_off.is_some() || self.person_joined {
                    self.status = Status::Waiting;
                    self.waiting_since.get_or_insert(event.at);
                }
            }
            Author::Agent { .. } => {
                self.person_joined = true;
                self.status = Status::Replied;
                self.waiting_since = None;
                self.open_questions.clear();
            }
            Author::Assistant => {}
        }
    }
}
