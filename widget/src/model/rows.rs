//! The thread as rows to draw. A row never changes: its key says all that it shows, so a list keyed by it touches only
//! what is new, and a screen reader hears only that.

use shared::client::{Hands, Outbox, Pending, Progress, Transcript};
use shared::conversation::{Audience, open_survey};
use shared::ids::EventId;
use shared::protocol::{
    ApiError, ArticleRef, Author, ErrorCode, Event, HandOffReason, Millis, Status, Survey, VisitorAction,
    VisitorCommand, What,
};

/// After a pause of this length a speaker is named again, with the time.
const PAUSE: Millis = 10 * 60 * 1_000;
/// The assistant answers within a second or two; after this time it is not waited for any more.
const PATIENCE: Millis = 10 * 1_000;

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Unlike all other rows' of the thread; the same as long as the row shows the same.
    pub key: String,
    /// What it shows.
    pub kind: Kind,
}

/// What a row shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// The line above what is new.
    New,
    /// The day of what follows.
    Day(Millis),
    /// A person has come.
    Joined(String),
    /// The assistant looks for an answer.
    Looking,
    /// Who speaks from here on, and since when.
    Speaker(Who, Millis),
    /// What somebody said.
    Bubble {
        /// By the visitor.
        mine: bool,
        /// Plain text.
        text: String,
        /// Whether the same speaker has said what stands above.
        goes_on: bool,
    },
    /// The same, with text of our own by its key in the words.
    Words {
        /// By the visitor.
        mine: bool,
        /// The key.
        word: &'static str,
    },
    /// Articles to open.
    Articles(Vec<ArticleRef>),
    /// "Did that answer your question?" about this event.
    Question(EventId),
    /// The offer of a person inside the thread.
    Person,
    /// What the visitor thinks of the help, now that it is solved.
    Survey(Survey),
    /// What happened, by its key in the words.
    Notice(&'static str),
    /// How can the team reach the visitor?
    Address,
    /// The address that the visitor has left.
    AddressKept(String),
    /// How far the visitor's last message is, by its key in the words, and since when.
    State(&'static str, Millis),
    /// A message that the edge refused.
    Failed {
        /// Which.
        id: EventId,
        /// Why, by its key in the words, if a visitor can do something about it. What the edge says of the rest is for developers.
        reason: Option<&'static str>,
    },
}

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// The visitor.
    You,
    /// The automation.
    Assistant,
    /// A person of the team.
    Agent(String),
}

/// What decides about rows beside the conversation.
#[derive(Debug, Clone, Copy)]
pub struct Around {
    /// The time.
    pub now: Millis,
    /// The number of the day on which a time lies where the visitor is.
    pub day: fn(Millis) -> i32,
    /// Whether the visitor may be asked how it was.
    pub may_ask: bool,
    /// Whether nobody is there who could answer now, and the visitor has not said that they leave no address.
    pub wants_address: bool,
}

/// The rows of a conversation, with what is not confirmed at its end.
pub fn rows(log: &Transcript, outbox: &Outbox<VisitorCommand>, around: Around) -> Vec<Row> {
    let Around { now, day, may_ask, wants_address } = around;
    let mut rows = Rows::default();
    let mut last_day = None;
    for event in log.events() {
        // A day without words has no line.
        let today = day(event.at);
        if last_day != Some(today) && event.what.audience() == Audience::Spoken {
            last_day = Some(today);
            rows.push("day/", &today.to_string(), Kind::Day(event.at));
            rows.last = None;
        }
        if log.new_from() == Some(event.seq) {
            rows.push("new", "", Kind::New);
            rows.last = None;
        }
        rows.event(event, log, outbox);
    }
    // A command whose event is here already is only waiting to be forgotten.
    let unconfirmed: Vec<&Pending<VisitorCommand>> =
        outbox.of(log.id()).filter(|pending| !log.knows(&pending.command.id)).collect();
    if unconfirmed.is_empty() {
        rows.state(log);
    }
    for pending in unconfirmed {
        rows.unconfirmed(pending);
    }
    rows.looking(log, outbox, now);
    let waits = log.hands() == Hands::People && log.state().status == Status::Waiting;
    if wants_address && waits && log.state().address.is_none() && !outbox.leaves_address(log.id()) {
        rows.push("address", "", Kind::Address);
    }
    if let Some(survey) = open_survey(log.state(), now).filter(|_| may_ask) {
        rows.push("survey", if survey == Survey::Effort { "/effort" } else { "" }, Kind::Survey(survey));
    }
    rows.rows
}

#[derive(Default)]
struct Rows {
    rows: Vec<Row>,
    last: Option<(Who, Millis)>,
}

impl Rows {
    fn push(&mut self, id: &str, suffix: &str, kind: Kind) {
        self.rows.push(Row { key: [id, suffix].concat(), kind });
    }

    /// Names the speaker where another one has spoken before. True if the same one goes on.
    fn speaker(&mut self, id: &str, who: Who, at: Millis) -> bool {
        let goes_on = self.last.as_ref().is_some_and(|(last, since)| *last == who && at.saturating_sub(*since) < PAUSE);
        if !goes_on {
            self.push(id, "/by", Kind::Speaker(who.clone(), at));
        }
        self.last = Some((who, at));
        goes_on
    }

    /// The assistant is expected to say something to what was asked a moment ago.
    fn looking(&mut self, log: &Transcript, outbox: &Outbox<VisitorCommand>, now: Millis) {
        let waits_since = log.state().unanswered_since.filter(|since| now.saturating_sub(*since) < PATIENCE);
        // A question stays without an answer where the assistant has found nothing: it looks no more then.
        let has_spoken = log.events().iter().rev().find_map(|event| match event.what {
            What::Said { .. } => Some(false),
            What::Answered { .. } | What::Suggested { .. } | What::FoundNothing => Some(true),
            _ => None,
        });
        let is_asked =
            log.hands() == Hands::Assistant && log.state().status != Status::Resolved && has_spoken != Some(true);
        if is_asked && waits_since.is_some() && !outbox.asks_person(log.id()) {
            self.push("looking", "", Kind::Looking);
        }
    }

    fn event(&mut self, event: &Event, log: &Transcript, outbox: &Outbox<VisitorCommand>) {
        let id = event.id.as_str();
        let who = match &event.by {
            Author::Visitor => Who::You,
            Author::Assistant | Author::System => Who::Assistant,
            Author::Agent { name, .. } => Who::Agent(name.clone()),
        };
        match &event.what {
            // The team's own business, and what needs no words.
            What::Context(_)
            | What::Assigned { .. }
            | What::Snoozed { .. }
            | What::Resurfaced { .. }
            | What::Rated { .. }
            | What::Unseen => {}
            What::AddressLeft { address } => {
                self.push(id, "", Kind::AddressKept(address.clone()));
                self.last = None;
            }
            What::Said { text } => {
                let mine = who == Who::You;
                let goes_on = self.speaker(id, who, event.at);
                self.push(id, "", Kind::Bubble { mine, text: text.clone(), goes_on });
            }
            What::Answered { text, article, .. } => {
                let goes_on = self.speaker(id, who, event.at);
                self.push(id, "", Kind::Bubble { mine: false, text: text.clone(), goes_on });
                if let Some(article) = article {
                    self.push(id, "/articles", Kind::Articles(vec![article.clone()]));
                }
                self.question(&event.id, log, outbox);
            }
            What::Suggested { articles } => {
                self.speaker(id, who, event.at);
                self.push(id, "", Kind::Words { mine: false, word: "suggested" });
                self.push(id, "/articles", Kind::Articles(articles.clone()));
                self.question(&event.id, log, outbox);
            }
            What::FoundNothing => {
                self.speaker(id, who, event.at);
                self.push(id, "", Kind::Words { mine: false, word: "found_nothing" });
                // Once something else was said, or it is solved, an offer in the midst of the thread is an old one.
                let is_last = log.state().stuck.as_ref().is_some_and(|(last, _)| *last == event.id);
                if is_last && log.hands() == Hands::Assistant && !outbox.asks_person(log.id()) {
                    self.push(id, "/person", Kind::Person);
                }
            }
            What::Helped { yes, .. } => self.word_of_mine(id, event.at, *yes),
            What::HandedOff { reason: HandOffReason::PersonJoined, .. } => {
                if let Who::Agent(name) = who {
                    self.push(id, "", Kind::Joined(name));
                    self.last = None;
                }
            }
            What::HandedOff { .. } => {
                // It has the id of the command by which it was asked for, and says something else than that.
                self.push(id, "/with-people", Kind::Notice("handed_off"));
                self.last = None;
            }
            What::Resolved => self.notice(id, "resolved"),
            What::Reopened => self.notice(id, "reopened"),
        }
    }

    fn word_of_mine(&mut self, id: &str, at: Millis, yes: bool) {
        self.speaker(id, Who::You, at);
        self.push(id, "", Kind::Words { mine: true, word: if yes { "helped_yes" } else { "helped_no" } });
    }

    fn notice(&mut self, id: &str, word: &'static str) {
        self.push(id, "", Kind::Notice(word));
        self.last = None;
    }

    fn question(&mut self, id: &EventId, log: &Transcript, outbox: &Outbox<VisitorCommand>) {
        if log.state().open_questions.contains(id) && !outbox.answers(id) {
            self.push(id.as_str(), "/asks", Kind::Question(id.clone()));
        }
    }

    /// Only the visitor's last message says how far it is, and only until somebody has answered it.
    fn state(&mut self, log: &Transcript) {
        let speaks = |event: &&Event| event.what.audience() == Audience::Spoken;
        let Some(last) = log.events().iter().rev().find(speaks).filter(|event| event.by == Author::Visitor) else {
            return;
        };
        let seen = log.read().agent >= last.seq;
        let (suffix, word) = if seen { ("/seen", "state_seen") } else { ("/sent", "state_sent") };
        self.push(last.id.as_str(), suffix, Kind::State(word, last.at));
    }

    fn unconfirmed(&mut self, pending: &Pending<VisitorCommand>) {
        let (id, at) = (pending.command.id.as_str(), pending.at);
        let is_shown = match &pending.command.action {
            VisitorAction::Say { text, .. } => {
                let goes_on = self.speaker(id, Who::You, at);
                self.push(id, "", Kind::Bubble { mine: true, text: text.clone(), goes_on });
                true
            }
            VisitorAction::AskPerson { .. } => {
                self.notice(id, "asked_person");
                true
            }
            VisitorAction::Helped { yes, .. } => {
                self.word_of_mine(id, at, *yes);
                true
            }
            VisitorAction::LeaveAddress { address } => {
                self.push(id, "", Kind::AddressKept(address.clone()));
                true
            }
            // A score is shown by the survey itself, and a read mark by nothing.
            VisitorAction::Read { .. } | VisitorAction::Rate { .. } => false,
        };
        match &pending.progress {
            Progress::Refused(error) => self.failed(&pending.command.id, error),
            Progress::Waiting | Progress::Sending(_) | Progress::Unreached(_) | Progress::Postponed(_) if is_shown => {
                self.push(id, "/waiting", Kind::State("state_waiting", at));
            }
            Progress::Waiting | Progress::Sending(_) | Progress::Unreached(_) | Progress::Postponed(_) => {}
        }
    }

    fn failed(&mut self, id: &EventId, error: &ApiError) {
        let reason = match error.code {
            ErrorCode::MessageTooLong => Some("too_long"),
            ErrorCode::IdentityExpired | ErrorCode::WrongToken => Some("sign_in_again"),
            _ => None,
        };
        self.push(id.as_str(), "/failed", Kind::Failed { id: id.clone(), reason });
    }
}

#[cfg(test)]
mod tests;
