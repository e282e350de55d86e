//! The rows of a conversation.

use super::*;
use crate::model::samples::*;
use shared::protocol::{Context, Events, ReadMarks};

fn say(text: &str) -> VisitorAction {
    VisitorAction::Say { text: text.into(), context: Context::default() }
}

/// The rows in short: their keys.
fn keys(log: &Transcript, outbox: &Outbox<VisitorCommand>) -> Vec<String> {
    let rows = rows(log, outbox, around(60_000));
    rows.into_iter().filter(|row| !matches!(row.kind, Kind::Day(_))).map(|row| row.key).collect()
}

fn around(now: Millis) -> Around {
    Around { now, day: |at| i32::try_from(at / (24 * 60 * 60 * 1_000)).unwrap(), may_ask: true, wants_address: false }
}

#[test]
fn each_day_with_words_has_a_line() {
    let log = transcript(vec![said_by_visitor("1"), said_by_visitor("2"), said_by_agent("3")]);
    let by_seconds = Around { day: |at| i32::try_from(at / 2_000).unwrap(), ..around(60_000) };
    let days = |rows: Vec<Row>| rows.into_iter().filter(|row| matches!(row.kind, Kind::Day(_))).count();
    assert_eq!(days(rows(&log, &empty(), around(60_000))), 1);
    assert_eq!(days(rows(&log, &empty(), by_seconds)), 2);
    assert_eq!(days(rows(&transcript(vec![]), &empty(), around(0))), 0);
}

#[test]
fn what_was_asked_a_moment_ago_is_being_looked_for() {
    let log = transcript(vec![said_by_visitor("1")]);
    let is_looking = |now| rows(&log, &empty(), around(now)).iter().any(|row| row.kind == Kind::Looking);
    assert!(is_looking(2_000) && !is_looking(60_000));
}

#[test]
fn nothing_is_looked_for_once_the_assistant_has_spoken() {
    for spoken in [suggested("a"), (Author::Assistant, What::FoundNothing)] {
        let log = transcript(vec![said_by_visitor("1"), spoken]);
        assert!(!rows(&log, &empty(), around(2_000)).iter().any(|row| row.kind == Kind::Looking));
    }
}

#[test]
fn nobody_is_asked_again_and_again_how_it_was() {
    let solved = transcript(vec![said_by_visitor("1"), (Author::Visitor, What::Resolved)]);
    let rows = rows(&solved, &empty(), Around { may_ask: false, ..around(60_000) });
    assert!(!rows.iter().any(|row| matches!(row.kind, Kind::Survey(_))));
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
    let later = rows(&rated, &empty(), around(2 * 24 * 60 * 60 * 1_000));
    assert!(!later.iter().any(|row| matches!(row.kind, Kind::Survey(_))));
    let by_person = transcript(vec![said_by_agent("1"), (Author::Visitor, What::Resolved)]);
    assert_eq!(keys(&by_person, &empty()).last().map(String::as_str), Some("survey"));
}

#[test]
fn a_refused_message_stays_with_its_reason() {
    let mut outbox = Outbox::restored(vec![waiting("m", say("1"))]);
    outbox.refused(&EventId::parse("m").unwrap(), ApiError::new(ErrorCode::MessageTooLong), 0, 0);
    let last = rows(&transcript(vec![]), &outbox, around(60_000)).pop().unwrap();
    assert!(matches!(last.kind, Kind::Failed { reason: Some("too_long"), .. }));
    let mut outbox = Outbox::restored(vec![waiting("m", say("1"))]);
    outbox.refused(&EventId::parse("m").unwrap(), ApiError::new(ErrorCode::IdReused), 0, 0);
    let last = rows(&transcript(vec![]), &outbox, around(60_000)).pop().unwrap();
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
