//! A week of a help desk, lived by hand and counted by hand: the reports say the same.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use shared::conversation::State;
use shared::deadlines::{Kind, Promises, Terms};
use shared::ids::{AgentId, ArticleId, EventId, TeamId};
use shared::protocol::*;
use shared::report::{By, Counters, Fact, Ledger, Rate, Tally};
use std::collections::BTreeMap;

const MINUTE: Millis = 60_000;
const DAY: Millis = 24 * 60 * MINUTE;
/// The first replies to what has no other priority are promised within ten minutes.
const PROMISE: &str = r#"{"targets": {"normal": {"first": {"share": 90, "within": 600}}}}"#;

/// A conversation that begins on a day, counted as it goes.
struct Talk<'a> {
    ledger: &'a mut Ledger,
    state: State,
    tally: Tally,
    terms: Terms,
    at: Millis,
    seq: Seq,
}

impl<'a> Talk<'a> {
    fn on(day: u64, ledger: &'a mut Ledger) -> Self {
        let promises: Promises = serde_json::from_str(PROMISE).unwrap();
        let terms = Terms { promises, ..Terms::default() };
        let (state, tally) = (State::default(), Tally::default());
        let mut talk = Self { ledger, state, tally, terms, at: day * DAY + 9 * 60 * MINUTE, seq: 0 };
        talk.then(0, Author::Visitor, What::Said { text: String::from("I have a question") });
        talk
    }

    /// Something happens after this number of minutes.
    fn then(&mut self, minutes: u64, by: Author, what: What) -> EventId {
        self.at += minutes * MINUTE;
        self.seq += 1;
        let id = EventId::parse(&format!("e{}", self.seq)).unwrap();
        let event = Event { seq: self.seq, id: id.clone(), at: self.at, by, what };
        let facts = self.tally.take(&self.state, &event, &self.terms);
        self.state.apply(&event);
        facts.iter().for_each(|fact| self.count(fact));
        id
    }

    fn count(&mut self, fact: &Fact) {
        let day = u32::try_from(self.tally.counted_at(fact, self.at) / DAY).unwrap();
        self.ledger.record(day, &self.tally.topic(&self.state, fact), fact);
    }

    fn suggest(&mut self, article: &str) -> EventId {
        let article = ArticleRef { id: ArticleId::parse(article).unwrap(), title: String::from("An article") };
        self.then(1, Author::Assistant, What::Suggested { articles: vec![article] })
    }

    /// To a team's list, with a label, as the rules have it.
    fn hand_over(&mut self, team: &str, label: &str) {
        let place = Placement { to: to(team), tags: vec![String::from(label)], ..Placement::default() };
        self.then(1, Author::Assistant, What::HandedOff { reason: HandOffReason::Asked, place });
    }

    /// To the escalations, where the rules have left it.
    fn escalate(&mut self, reason: HandOffReason) {
        self.then(1, Author::Assistant, What::HandedOff { reason, place: Placement::default() });
        let stays = self.tally.stays(&Placement::default());
        self.count(&stays);
    }

    fn reply(&mut self, minutes: u64) {
        self.then(minutes, agent(), What::Said { text: String::from("Here you are") });
    }

    /// The promise passes, as the clock of the conversation tells it.
    fn is_late(&mut self) {
        self.then(8, Author::System, What::Resurfaced { because: Resurface::ReplyDue });
        self.then(3, Author::System, What::Resurfaced { because: Resurface::ReplyLate });
    }
}

fn agent() -> Author {
    Author::Agent { id: AgentId::parse(&"A".repeat(22)).unwrap(), name: String::from("Ada") }
}

fn to(team: &str) -> Destination {
    Destination::Team(TeamId::parse(team).unwrap())
}

/// From Monday, day 4, on.
fn week() -> Ledger {
    let mut ledger = Ledger::default();

    // Monday: an article solves it.
    let mut talk = Talk::on(4, &mut ledger);
    let about = talk.suggest("refunds");
    talk.then(1, Author::Visitor, What::Helped { about, yes: true, article: None });
    talk.then(0, Author::Visitor, What::Resolved);

    // Monday: the same article does not, and nobody ever answers.
    let mut talk = Talk::on(4, &mut ledger);
    let about = talk.suggest("refunds");
    talk.then(1, Author::Visitor, What::Helped { about, yes: false, article: None });
    talk.escalate(HandOffReason::NotHelped);
    talk.is_late();

    // Tuesday: billing answers in time and solves it.
    let mut talk = Talk::on(5, &mut ledger);
    talk.hand_over("billing", "money");
    talk.reply(4);
    talk.then(5, agent(), What::Resolved);

    // Tuesday: it is not billing's, and the answer comes after the promise.
    let mut talk = Talk::on(5, &mut ledger);
    talk.hand_over("billing", "money");
    let place = Placement { to: to("tech"), tags: vec![String::from("printer")], ..Placement::default() };
    talk.then(2, agent(), What::Assigned { place });
    talk.is_late();
    talk.reply(30);

    // Wednesday: the assistant finds nothing, and the visitor goes away.
    let mut talk = Talk::on(6, &mut ledger);
    talk.then(1, Author::Assistant, What::FoundNothing);

    // Wednesday night to Thursday: what was asked before midnight is a question of Wednesday.
    let mut talk = Talk::on(6, &mut ledger);
    talk.then(15 * 60 + 30, Author::System, What::FoundNothing);
    talk.suggest("refunds");

    // Friday: with billing, and nobody has looked at it yet.
    let mut talk = Talk::on(8, &mut ledger);
    talk.hand_over("billing", "money");

    // Friday: a suggestion solves it before anything is sent.
    let refunds = || ArticleId::parse("refunds").unwrap();
    let facts = [
        Fact::Asked,
        Fact::Shown { article: refunds() },
        Fact::Opened { article: refunds() },
        Fact::Solved { by: By::Suggestion(refunds()) },
    ];
    facts.iter().for_each(|fact| ledger.record(8, "refunds", fact));
    ledger
}

fn topics(days: std::ops::Range<u32>) -> BTreeMap<String, Counters> {
    let mut topics = week().topics(days);
    topics.values_mut().for_each(Counters::settle);
    topics
}

fn rate(part: u64, whole: u64) -> Rate {
    Rate { part, whole }
}

#[test]
fn a_topic_has_its_questions_offers_solutions_and_hand_offs_under_one_name() {
    let topics = topics(4..11);
    let asked: Vec<(&str, u64)> = topics.iter().map(|(topic, of)| (topic.as_str(), of.asked)).collect();
    assert_eq!(asked, [("money", 3), ("other", 1), ("refunds", 4)]);
    let refunds = &topics["refunds"];
    let way = refunds.funnel();
    assert_eq!((way.shown, way.opened, way.solved, way.escalated), (4, 1, 2, 1));
    assert_eq!((refunds.roar().all, refunds.handed_off), (rate(2, 4), 1));
    let money = &topics["money"];
    assert_eq!((money.handed_off, money.solved.person, money.roar().all), (3, 1, rate(0, 3)));
    assert_eq!((topics["other"].handed_off, topics["other"].solved.person), (0, 0));
}

#[test]
fn a_promise_that_has_passed_is_broken_whether_or_not_an_answer_comes() {
    let mut sum = Counters::default();
    topics(4..11).values().for_each(|of| sum.merge(of));
    assert_eq!(sum.kept(Priority::Normal, Kind::First), rate(1, 3), "one in time, one late, one never");
    assert_eq!(sum.first_reply.count(), 2);
}

#[test]
fn only_what_somebody_has_looked_at_is_right_or_wrong() {
    let mut sum = Counters::default();
    topics(4..11).values().for_each(|of| sum.merge(of));
    assert_eq!(sum.handed_off, 4);
    assert_eq!(sum.first_try_routing(), rate(1, 2), "of four, two were looked at, and one lay right");
}

#[test]
fn a_question_is_counted_on_its_own_day_whatever_it_is_called_later() {
    let asked = |day: u32| topics(day..day + 1).values().map(|of| of.asked).collect::<Vec<_>>();
    assert_eq!([4, 5, 6, 7, 8].map(|day| asked(day).iter().sum::<u64>()), [2, 2, 2, 0, 2]);
    assert_eq!(topics(6..7)["refunds"].asked, 1);
    assert_eq!(topics(7..8)["refunds"].suggestions.len(), 1, "what was offered after midnight was offered on Thursday");
}
