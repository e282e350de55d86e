//! The thread as rows to draw. A row never changes: its key says all that it shows, so a list keyed by it touches only
//! what is new, and a screen reader hears only that.

use shared::client::{Hands, Outbox, Pending, Progress, Transcript};
use shared::conversation::{Audience, open_survey};
use shared::ids::EventId;
use shared::protocol::{
    ApiError, ArticleRef, Author, ErrorCode, Event, HandOffReason, Millis, Survey, VisitorAction, VisitorCommand, What,
};

/// After a pause of this length a speaker is named again, with the time.
const PAUSE: Millis = 10 * 60 * 1_000;

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
    /// Who speaks from here on, and since when.
    Speaker(Who, Millis),
    /// What somebody said.
    Bubble {
        /// By the visitor.
        mine: bool,
        /// Plain text.
        text: String,
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

/// The rows of a conversation, with what is not confirmed at its end. `now` says whether a survey is still open.
pub fn rows(log: &Transcript, outbox: &Outbox<VisitorCommand>, now: Millis) -> Vec<Row> {
    let mut rows = Rows::default();
    for event in log.events() {
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
    if let Some(survey) = open_survey(log.state(), now) {
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

    fn speaker(&mut self, id: &str, who: Who, at: Millis) {
        let goes_on = self.last.as_ref().is_some_and(|(last, since)| *last == who && at.saturating_sub(*since) < PAUSE);
        if !goes_on {
            self.push(id, "/by", Kind::Speaker(who.clone(), at));
        }
        self.last = Some((who, at));
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
            What::Said { text } => {
                let mine = who == Who::You;
                self.speaker(id, who, event.at);
                self.push(id, "", Kind::Bubble { mine, text: text.clone() });
            }
            What::Answered { text, article, .. } => {
                self.speaker(id, who, event.at);
                self.push(id, "", Kind::Bubble { mine: false, text: text.clone() });
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
            What::HandedOff { reason, .. } => {
                self.notice(id, if *reason == HandOffReason::Asked { "asked_person" } else { "handed_off" })
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
                self.speaker(id, Who::You, at);
                self.push(id, "", Kind::Bubble { mine: true, text: text.clone() });
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
mod tests {
    use super::super::samples::*;
    use super::*;
    use shared::protocol::{Context, Events, ReadMarks};

    fn say(text: &str) -> VisitorAction {
        VisitorAction::Say { text: text.into(), context: Context::default() }
    }

    /// The rows in short: their keys.
    fn keys(log: &Transcript, outbox: &Outbox<VisitorCommand>) -> Vec<String> {
        rows(log, outbox, 60_000).into_iter().map(|row| row.key).collect()
    }

    #[test]
    fn entries_are_grouped_by_speaker() {
        let log = transcript(vec![said_by_visitor("1"), said_by_visitor("2"), said_by_agent("3")]);
        assert_eq!(keys(&log, &empty()), ["e1/by", "e1", "e2", "e3/by", "e3"]);
    }

    #[test]
    fn a_message_keeps_its_row_when_it_is_confirmed() {
        let outbox = Outbox::restored(vec![waiting("e1", say("1"))]);
        assert_eq!(keys(&transcript(vec![]), &outbox), ["e1/by", "e1", "e1/waiting"]);
        assert_eq!(
            keys(&transcript(vec![said_by_visitor("1")]), &outbox),
            ["e1/by", "e1", "e1/sent"],
            "shown once while both are there"
        );
    }

    #[test]
    fn the_last_message_is_sent_then_seen_and_says_no_more_once_answered() {
        let mut conversation = transcript(vec![said_by_visitor("1")]);
        conversation.take(Events { events: Vec::new(), read: ReadMarks { visitor: 0, agent: 1 }, base: None });
        assert_eq!(keys(&conversation, &empty()).last().map(String::as_str), Some("e1/seen"));
        conversation.take(events(vec![event(2, said_by_agent("2"))]));
        assert_eq!(keys(&conversation, &empty()).last().map(String::as_str), Some("e2"));
    }

    #[test]
    fn a_question_is_asked_until_it_is_answered() {
        let log = transcript(vec![said_by_visitor("1"), suggested("a")]);
        let mut outbox = empty();
        assert_eq!(keys(&log, &outbox).last().map(String::as_str), Some("e2/asks"));
        let about = EventId::parse("e2").unwrap();
        outbox.add(waiting("h", VisitorAction::Helped { about, yes: true, article: None }));
        let after = keys(&log, &outbox);
        assert_eq!(after.get(after.len() - 4..).unwrap_or(&[]), ["e2/articles", "h/by", "h", "h/waiting"]);
    }

    #[test]
    fn nothing_found_offers_a_person_until_one_is_asked_for() {
        let log = transcript(vec![said_by_visitor("1"), (Author::Assistant, What::FoundNothing)]);
        let mut outbox = empty();
        assert!(keys(&log, &outbox).contains(&"e2/person".into()));
        outbox.add(waiting("p", VisitorAction::AskPerson { context: Context::default() }));
        assert!(!keys(&log, &outbox).contains(&"e2/person".into()));
    }

    #[test]
    fn an_old_offer_of_a_person_does_not_come_back_when_it_is_solved() {
        let log = transcript(vec![
            said_by_visitor("1"),
            (Author::Assistant, What::FoundNothing),
            (Author::Visitor, What::Resolved),
        ]);
        assert!(!keys(&log, &empty()).contains(&"e2/person".into()));
    }

    #[test]
    fn what_is_solved_is_asked_about_until_the_answer_can_no_longer_be_changed() {
        let rated = What::Rated { survey: Survey::Effort, score: 4, comment: String::new() };
        let solved = transcript(vec![said_by_visitor("1"), (Author::Visitor, What::Resolved)]);
        assert_eq!(keys(&solved, &empty()).last().map(String::as_str), Some("survey/effort"));
        let rated = transcript(vec![said_by_visitor("1"), (Author::Visitor, What::Resolved), (Author::Visitor, rated)]);
        assert!(keys(&rated, &empty()).contains(&"survey/effort".into()), "it can be changed for a day");
        let later = rows(&rated, &empty(), 2 * 24 * 60 * 60 * 1_000);
        assert!(!later.iter().any(|row| matches!(row.kind, Kind::Survey(_))));
        let by_person = transcript(vec![said_by_agent("1"), (Author::Visitor, What::Resolved)]);
        assert_eq!(keys(&by_person, &empty()).last().map(String::as_str), Some("survey"));
    }

    #[test]
    fn a_refused_message_stays_with_its_reason() {
        let mut outbox = Outbox::restored(vec![waiting("m", say("1"))]);
        outbox.refused(&EventId::parse("m").unwrap(), ApiError::new(ErrorCode::MessageTooLong), 0, 0);
        let last = rows(&transcript(vec![]), &outbox, 60_000).pop().unwrap();
        assert!(matches!(last.kind, Kind::Failed { reason: Some("too_long"), .. }));
        let mut outbox = Outbox::restored(vec![waiting("m", say("1"))]);
        outbox.refused(&EventId::parse("m").unwrap(), ApiError::new(ErrorCode::IdReused), 0, 0);
        let last = rows(&transcript(vec![]), &outbox, 60_000).pop().unwrap();
        assert!(matches!(last.kind, Kind::Failed { reason: None, .. }), "a visitor cannot do anything about that");
    }

    #[test]
    fn the_line_of_the_new_stands_above_the_first_new_entry() {
        let mut log = transcript(vec![said_by_visitor("1")]);
        log.read_all();
        log.take(events(vec![event(2, said_by_agent("2"))]));
        log.opened();
        assert_eq!(keys(&log, &empty()), ["e1/by", "e1", "new", "e2/by", "e2"]);
    }

    #[test]
    fn what_was_written_with_a_score_stays_when_it_is_refused() {
        let comment = |comment: &str| {
            let rate = VisitorAction::Rate { survey: Survey::Effort, score: 2, comment: comment.into() };
            let mut outbox = Outbox::restored(vec![waiting("r", rate)]);
            let waits = keys(&transcript(vec![]), &outbox);
            outbox.refused(&EventId::parse("r").unwrap(), ApiError::new(ErrorCode::RatingClosed), 0, 0);
            (waits, keys(&transcript(vec![]), &outbox))
        };
        assert_eq!(comment(""), (vec![], vec![]));
        assert_eq!(comment("slow"), (vec![], vec!["r/failed".into()]));
    }
}
