//! The fold that finds the lessons of a conversation.

use super::lesson::{Missed, Outcome, is_question};
use crate::client::{Piece, pieces};
use crate::conversation::State;
use crate::ids::{AnswerId, ArticleId, EventId};
use crate::protocol::{Author, Event, HandOffReason, Priority, Seq, Solution, What};
use std::collections::BTreeMap;

/// The most lessons of one conversation. Of more the latest count.
pub const MAX_LESSONS: usize = 20;
/// A reply with more addresses than this is a list, which answers no question by one of them.
const MAX_ADDRESSES: usize = 5;

/// Nobody looks at more articles before asking.
const MAX_IN_VAIN: usize = 20;

/// A lesson without its text, which the log has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taught {
    /// The visitor's message.
    pub message: EventId,
    /// The language of the panel then.
    pub locale: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// The lessons of a conversation so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lessons {
    taught: Vec<Taught>,
    changed_at: Seq,
    /// The message whose lesson holds as long as it stays solved.
    solved: Option<EventId>,
    /// What an event of the assistant asks about, while nobody has said whether it helped.
    asks_about: BTreeMap<EventId, Asked>,
    run: Run,
}

/// What the assistant has asked about, whether it helped.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Asked {
    Answer(AnswerId),
    Articles(Vec<ArticleId>),
}

impl Asked {
    /// What has helped. Of several articles it is the one that was read last; if none of them was, nobody has said which.
    fn meant(self, read_last: Option<&ArticleId>) -> Option<Solution> {
        match self {
            Self::Answer(answer) => Some(Solution::Answer(answer)),
            Self::Articles(articles) => match articles.as_slice() {
                [article] => Some(Solution::Article(article.clone())),
                _ => read_last.filter(|read| articles.contains(read)).cloned().map(Solution::Article),
            },
        }
    }
}

/// The visitor's messages that an agent's reply may be about: those since the last reply.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Run {
    /// The longest of them, with its length: what comes beside it is a greeting or an addition mostly.
    longest: Option<(EventId, usize)>,
    /// The one for which nothing was found, which is the better guess.
    missed: Option<(EventId, Missed)>,
    /// Whether an agent has written since.
    is_answered: bool,
}

impl Lessons {
    /// All of them, in the order of when they came to be.
    pub fn all(&self) -> &[Taught] {
        &self.taught
    }

    /// The number of the event that has changed them last; 0 if there never was one.
    pub fn changed_at(&self) -> Seq {
        self.changed_at
    }

    /// Takes the next event, before which the state was `before`.
    pub fn take(&mut self, before: &State, event: &Event) {
        match &event.what {
            What::Said { text } => match &event.by {
                Author::Visitor => self.asked(before, event, text),
                Author::Agent { .. } => self.replied(before, event, text),
                Author::Assistant | Author::System => {}
            },
            What::Answered { answer, .. } => {
                self.asks_about.insert(event.id.clone(), Asked::Answer(answer.clone()));
            }
            What::Suggested { articles } => {
                let articles = articles.iter().map(|article| article.id.clone()).collect();
                self.asks_about.insert(event.id.clone(), Asked::Articles(articles));
            }
            What::FoundNothing => self.missed(before, event, &event.id),
            What::Helped { about, yes, article } => {
                let solution = self.asks_about.remove(about).and_then(|asked| asked.meant(article.as_ref()));
                match (yes, solution) {
                    (false, _) => self.missed(before, event, about),
                    (true, Some(solution)) => {
                        let Some(message) = message_of(about) else { return };
                        self.solved = Some(message.clone());
                        self.teach(before, event, message, Outcome::Solved(solution));
                    }
                    (true, None) => {}
                }
            }
            // It was not solved after all.
            What::Reopened => {
                if let Some(message) = self.solved.take() {
                    self.taught.retain(|one| one.message != message);
                    self.changed_at = event.seq;
                }
            }
            What::HandedOff { reason, .. } => {
                self.asks_about.clear();
                // Some sites have it say nothing when nothing was found.
                if *reason == HandOffReason::NothingFound {
                    self.missed(before, event, &event.id);
                }
            }
            What::Context(_)
            | What::Assigned { .. }
            | What::Snoozed { .. }
            | What::Resurfaced { .. }
            | What::Rated { .. }
            | What::AddressLeft { .. }
            | What::Resolved
            | What::Unseen => {}
        }
    }

    fn asked(&mut self, before: &State, event: &Event, text: &str) {
        if std::mem::take(&mut self.run.is_answered) {
            self.run = Run::default();
        }
        let length = text.chars().filter(|c| c.is_alphabetic()).count();
        let is_longest = self.run.longest.as_ref().is_none_or(|(_, longest)| length > *longest);
        if is_longest && is_question(text) && !is_delicate(before) {
            self.run.longest = Some((event.id.clone(), length));
        }
    }

    fn replied(&mut self, before: &State, event: &Event, text: &str) {
        self.run.is_answered = true;
        let addresses: Vec<String> = pieces(text)
            .into_iter()
            .filter_map(|piece| if let Piece::Link(url) = piece { Some(String::from(url)) } else { None })
            .take(MAX_ADDRESSES + 1)
            .collect();
        if addresses.is_empty() || addresses.len() > MAX_ADDRESSES || is_delicate(before) {
            return;
        }
        let Run { longest, missed, .. } = std::mem::take(&mut self.run);
        self.run.is_answered = true;
        let (message, missed) = match (missed, longest) {
            (Some((message, missed)), _) => (message, Some(missed)),
            (None, Some((message, _))) => (message, None),
            (None, None) => return,
        };
        self.teach(before, event, message, Outcome::Linked { addresses, missed });
    }

    /// The assistant had no answer to the message from which this event followed.
    fn missed(&mut self, before: &State, event: &Event, about: &EventId) {
        let Some(message) = message_of(about).filter(|_| !is_delicate(before)) else { return };
        let missed = Missed { in_vain: before.tried.iter().take(MAX_IN_VAIN).cloned().collect() };
        self.run.missed = Some((message.clone(), missed.clone()));
        self.teach(before, event, message, Outcome::Unanswered(missed));
    }

    fn teach(&mut self, before: &State, event: &Event, message: EventId, outcome: Outcome) {
        self.taught.retain(|one| one.message != message);
        self.taught.push(Taught { message, locale: before.context.locale.clone(), outcome });
        if self.taught.len() > MAX_LESSONS {
            self.taught.remove(0);
        }
        self.changed_at = event.seq;
    }
}

/// The visitor's message that the assistant's event followed from (`Decision::draft`).
fn message_of(about: &EventId) -> Option<EventId> {
    let (message, suffix) = about.as_str().split_once('.')?;
    if suffix == "a" { EventId::parse(message).ok() } else { None }
}

/// Whether people have it by the site's rules, or before its turn: none of that is the assistant's.
fn is_delicate(state: &State) -> bool {
    state.hand_off.as_ref().is_some_and(|hand_off| {
        let by_rule = match hand_off.reason {
            HandOffReason::Asked
            | HandOffReason::NotHelped
            | HandOffReason::NothingFound
            | HandOffReason::PersonJoined => false,
            HandOffReason::ByRule
            | HandOffReason::Pricing
            | HandOffReason::Upgrade
            | HandOffReason::Cancellation
            | HandOffReason::Complaint
            | HandOffReason::AtRisk
            | HandOffReason::HighTouch
            | HandOffReason::NewCustomer => true,
        };
        by_rule || hand_off.place.priority > Priority::Normal
    })
}
