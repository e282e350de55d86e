//! Conversations, and what they teach.

use super::*;
use crate::conversation::State;
use crate::ids::{AgentId, AnswerId, ArticleId, EventId};
use crate::protocol::{
    ArticleRef, Author, Context, Destination, Event, HandOffReason, Placement, Priority, Solution, What,
};

/// A log that is written event by event.
#[derive(Default)]
struct Log {
    state: State,
    lessons: Lessons,
}

fn id(text: &str) -> EventId {
    EventId::parse(text).unwrap()
}

fn article(id: &str) -> ArticleRef {
    ArticleRef { id: ArticleId::parse(id).unwrap(), title: String::from(id) }
}

impl Log {
    fn new() -> Self {
        let mut log = Self::default();
        let context = Context { locale: "en".into(), ..Context::default() };
        log.add("c", Author::Visitor, What::Context(context))
    }

    fn add(&mut self, name: &str, by: Author, what: What) -> Self {
        let mut log = Self { state: self.state.clone(), lessons: self.lessons.clone() };
        let event = Event { seq: log.state.last_seq + 1, id: id(name), at: 0, by, what };
        log.lessons.take(&log.state, &event);
        log.state.apply(&event);
        log
    }

    fn asks(mut self, name: &str, text: &str) -> Self {
        self.add(name, Author::Visitor, What::Said { text: text.into() })
    }

    fn suggests(mut self, about: &str, articles: &[&str]) -> Self {
        let articles = articles.iter().map(|id| article(id)).collect();
        self.add(&format!("{about}.a"), Author::Assistant, What::Suggested { articles })
    }

    fn answers(mut self, about: &str, answer: &str) -> Self {
        let answer = AnswerId::parse(answer).unwrap();
        self.add(&format!("{about}.a"), Author::Assistant, What::Answered { answer, text: "x".into(), article: None })
    }

    fn finds_nothing(mut self, about: &str) -> Self {
        self.add(&format!("{about}.a"), Author::Assistant, What::FoundNothing)
    }

    /// The visitor says whether it helped, with what follows from that.
    fn helped(self, name: &str, about: &str, yes: bool) -> Self {
        self.helped_after(name, about, yes, None)
    }

    /// The same, after an article was read.
    fn helped_after(mut self, name: &str, about: &str, yes: bool, read: Option<&str>) -> Self {
        let about = id(&format!("{about}.a"));
        let article = read.map(|id| ArticleId::parse(id).unwrap());
        let mut log = self.add(name, Author::Visitor, What::Helped { about, yes, article });
        let reason = HandOffReason::NotHelped;
        let handed_off = What::HandedOff { reason, place: Placement::default() };
        let (suffix, what) = if yes { ("r", What::Resolved) } else { ("h", handed_off) };
        log.add(&format!("{name}.{suffix}"), Author::Visitor, what)
    }

    fn reopened(mut self, name: &str) -> Self {
        self.add(name, Author::Visitor, What::Reopened)
    }

    fn handed_off(mut self, name: &str, reason: HandOffReason, priority: Priority) -> Self {
        let place = Placement { to: Destination::Escalations, priority, ..Placement::default() };
        self.add(name, Author::Assistant, What::HandedOff { reason, place })
    }

    fn replies(mut self, name: &str, text: &str) -> Self {
        let by = Author::Agent { id: AgentId::parse("abcdefghij0123456789-_").unwrap(), name: "Ada".into() };
        self.add(name, by, What::Said { text: text.into() })
    }

    fn teaches(&self, expected: &[(&str, Outcome)]) {
        let found: Vec<(&str, Outcome)> =
            self.lessons.all().iter().map(|one| (one.message.as_str(), one.outcome.clone())).collect();
        assert_eq!(found, expected);
        assert!(self.lessons.all().iter().all(|one| one.locale == "en"));
    }
}

fn by_article(id: &str) -> Outcome {
    Outcome::Solved(Solution::Article(ArticleId::parse(id).unwrap()))
}

fn by_answer(id: &str) -> Outcome {
    Outcome::Solved(Solution::Answer(AnswerId::parse(id).unwrap()))
}

fn linked(address: &str, missed: bool) -> Outcome {
    Outcome::Linked { addresses: vec![address.into()], missed: missed.then(Missed::default) }
}

fn unanswered(in_vain: &[&str]) -> Outcome {
    Outcome::Unanswered(Missed { in_vain: in_vain.iter().map(|id| ArticleId::parse(id).unwrap()).collect() })
}

#[test]
fn what_the_visitor_says_that_it_has_solved_is_a_lesson_until_they_come_back() {
    let asked = Log::new().asks("m", "where is my parcel").suggests("m", &["track"]);
    asked.teaches(&[]);
    assert_eq!(asked.lessons.changed_at(), 0, "there is nothing to tell");
    let solved = asked.helped("y", "m", true);
    solved.teaches(&[("m", by_article("track"))]);
    let back = solved.reopened("n.o").asks("n", "it is not there");
    back.teaches(&[]);
    assert!(back.lessons.changed_at() > 0, "that it was taken back is told");
    back.suggests("n", &["lost"]).helped("z", "n", true).teaches(&[("n", by_article("lost"))]);
    Log::new()
        .asks("m", "when do you open")
        .answers("m", "hours")
        .helped("y", "m", true)
        .teaches(&[("m", by_answer("hours"))]);
}

#[test]
fn of_several_articles_the_one_that_was_read_last_has_helped() {
    let asked = || Log::new().asks("m", "where is my parcel").suggests("m", &["track", "lost"]);
    asked().helped_after("y", "m", true, Some("lost")).teaches(&[("m", by_article("lost"))]);
    // Nobody has said which.
    asked().helped("y", "m", true).teaches(&[]);
    asked().helped_after("y", "m", true, Some("hours")).teaches(&[]);
    // Of one it is that one, whatever was read before.
    let one = Log::new().asks("m", "where is my parcel").suggests("m", &["track"]);
    one.helped_after("y", "m", true, Some("hours")).teaches(&[("m", by_article("track"))]);
}

#[test]
fn each_message_is_taught_by_what_followed_from_it() {
    let log = Log::new().asks("m", "hello there").suggests("m", &["hello"]).asks("n", "where is my parcel");
    log.suggests("n", &["track"]).helped("y", "n", true).teaches(&[("n", by_article("track"))]);
}

#[test]
fn what_nothing_was_found_for_is_unanswered_until_an_agent_answers_with_an_address() {
    let asked = Log::new().asks("m", "do you ship to norway").finds_nothing("m");
    asked.teaches(&[("m", unanswered(&[]))]);
    let replied = asked.replies("r", "Yes, we do.");
    replied.teaches(&[("m", unanswered(&[]))]);
    replied
        .replies("s", "See https://help.example/norway.")
        .teaches(&[("m", linked("https://help.example/norway", true))]);
    let no = Log::new().asks("m", "where is my parcel").suggests("m", &["track"]).helped("n", "m", false);
    no.teaches(&[("m", unanswered(&["track"]))]);
    let silent = Log::new().asks("m", "do you ship to norway");
    silent.handed_off("m.a", HandOffReason::NothingFound, Priority::Normal).teaches(&[("m", unanswered(&[]))]);
}

#[test]
fn an_agents_address_answers_the_longest_message_since_the_last_reply() {
    let log = Log::new().handed_off("h", HandOffReason::Asked, Priority::Normal);
    let log = log.asks("m", "hello").asks("n", "how do I dim the lamp").asks("o", "thank you");
    let log = log.replies("r", "https://help.example/dim");
    log.teaches(&[("n", linked("https://help.example/dim", false))]);
    // What comes after a reply is another question.
    let log = log.asks("p", "and how do I clean it").replies("s", "https://help.example/clean");
    log.teaches(&[
        ("n", linked("https://help.example/dim", false)),
        ("p", linked("https://help.example/clean", false)),
    ]);
    // A list of addresses answers no question.
    let many = ["https://help.example/x"; 6].join(" ");
    log.asks("q", "and how do I sell it")
        .replies("t", &many)
        .lessons
        .all()
        .iter()
        .for_each(|one| assert_ne!(one.message, id("q")));
}

#[test]
fn what_goes_to_people_by_the_rules_teaches_nothing() {
    for (reason, priority) in [
        (HandOffReason::Complaint, Priority::Normal),
        (HandOffReason::ByRule, Priority::Normal),
        (HandOffReason::AtRisk, Priority::Low),
        (HandOffReason::Asked, Priority::Urgent),
    ] {
        let log = Log::new().asks("m", "this is a scandal").handed_off("m.a", reason, priority);
        log.asks("n", "how do I get a refund").replies("r", "https://help.example/refund").teaches(&[]);
    }
}

#[test]
fn a_story_is_no_question_and_a_conversation_teaches_so_much_at_most() {
    let log = Log::new().handed_off("h", HandOffReason::Asked, Priority::Normal);
    log.asks("m", &"x".repeat(MAX_QUESTION_CHARS + 1)).replies("r", "https://help.example/x").teaches(&[]);
    let mut log = Log::new().handed_off("h", HandOffReason::Asked, Priority::Normal);
    for number in 0..MAX_LESSONS + 3 {
        log = log.asks(&format!("m{number}"), "how do I").replies(&format!("r{number}"), "https://help.example/x");
    }
    let all = log.lessons.all();
    assert_eq!((all.len(), all[0].message.as_str()), (MAX_LESSONS, "m3"));
}
