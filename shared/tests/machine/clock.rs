//! What time makes happen, what a feed gets, and how a conversation ends.

use crate::memory::*;
use crate::object::*;
use shared::conversation::*;
use shared::protocol::*;

const DAY_MS: Millis = 24 * 60 * 60 * 1_000;

fn told(mirror: Mirror, revision: u32) -> Input<'static, Archive> {
    Input::Answer(Answer::Told { mirror, revision, answer: Ok(Held::taken(revision)) })
}

#[test]
fn the_alarm_waits_longer_each_time_and_then_for_the_next_thing_to_come() {
    let mut object = Object::new();
    object.memory.fed.replace(100);
    object.visitor(&ask_person()).unwrap();
    let mut next = || {
        object.take(Input::Alarm, NOW).unwrap();
        object.deadline(NOW)
    };
    let owed = |wait| Some((NOW + wait, "something is owed"));
    assert_eq!([next(), next(), next()], [owed(4_000), owed(8_000), owed(16_000)]);
    object.route("p");
    object.told(Aim::Everything, NOW);
    assert_eq!(object.deadline(NOW), Some((NOW + 4 * 60 * 60 * 1_000, "somebody waits")));
}

#[test]
fn the_clock_waits_for_the_terms_and_not_for_ever() {
    let mut object = Object::new();
    object.visitor(&ask_person()).unwrap();
    object.machine = Machine::new(Tuning::default(), NOW);
    let late = NOW + 5 * 60 * 60 * 1_000;
    let rounds = (1..=20).find(|_| {
        assert_eq!(object.take(Input::Alarm, late).unwrap(), None);
        assert_eq!(object.poll(Aim::Clock, late), Step::Do(Work::AskTerms));
        assert_eq!(object.poll(Aim::Terms, late), Step::Wait, "one loop asks");
        let passed = object.take(Input::Answer(Answer::Terms(Err(Lost))), late).unwrap();
        let (at, _) = object.deadline(late).unwrap();
        assert!(at <= late + RETRY_MS || passed.is_some(), "asked again soon");
        passed.is_some()
    });
    assert_eq!(rounds, Some(11));
    assert!(matches!(object.memory.events().last().unwrap().what, What::Resurfaced { .. }));
}

#[test]
fn a_feed_has_every_event_once_and_goes_on_from_what_it_has() {
    let mut object = Object::new();
    object.visitor(&ask_person()).unwrap();
    object.route("p");
    object.told(Aim::Everything, NOW);
    assert_eq!(object.works(Aim::Soon, NOW), [], "it waits for the alarm");
    assert_eq!(object.deadline(NOW), Some((NOW + RETRY_MS, "a feed lacks events")));
    let feed = |object: &mut Object| match object.poll(Aim::Clock, NOW) {
        Step::Do(Work::Feed { feed: Archive, after, events }) => {
            Some((after, events.iter().map(|event| event.seq).collect::<Vec<_>>()))
        }
        _ => None,
    };
    let fed = |after, answer| Answer::Fed { feed: Archive, after, answer };
    assert_eq!(feed(&mut object), Some((0, vec![1, 2])));
    assert_eq!(feed(&mut object), None, "one batch at a time");
    object.answer(fed(0, Err(Lost)));
    assert_eq!(feed(&mut object), None, "until the alarm rings again");
    object.take(Input::Alarm, NOW).unwrap();
    assert_eq!(feed(&mut object), Some((0, vec![1, 2])));
    object.answer(fed(0, Ok(1)));
    assert_eq!(feed(&mut object), Some((1, vec![2])), "it has taken one of them");
    object.answer(fed(1, Ok(9)));
    assert_eq!(*object.memory.fed.borrow(), 2, "nobody has what there is not");
    object.answer(fed(0, Ok(1)));
    assert_eq!(*object.memory.fed.borrow(), 2, "an answer that comes late takes nothing back");
    assert_eq!(feed(&mut object), None);
}

#[test]
fn an_end_waits_for_what_is_on_its_way_and_takes_nothing_meanwhile() {
    let mut object = Object::new();
    object.visitor(&ask_person()).unwrap();
    object.route("p");
    let works = object.works(Aim::Everything, NOW);
    assert_eq!(works.len(), 2);
    object.take(Input::Erase, NOW).unwrap();
    assert_eq!(object.visitor(&say("m")), Err(ErrorCode::Internal));
    assert_eq!(object.poll(Aim::Everything, NOW), Step::Done, "nothing is told any more");
    assert_eq!(object.poll(Aim::End, NOW), Step::Wait);
    for mirror in Mirror::ALL {
        object.answer(Answer::Told { mirror, revision: 2, answer: Ok(Held::taken(2)) });
    }
    for by in [Follower::Mirror(Mirror::Inbox), Follower::Feed(Archive), Follower::Library] {
        assert_eq!(object.poll(Aim::End, NOW), Step::Do(Work::Forget(by)));
        assert_eq!(object.poll(Aim::End, NOW), Step::Wait, "one loop ends it");
        object.answer(Answer::Forgotten { by, answer: Ok(()) });
    }
    assert_eq!(object.poll(Aim::End, NOW), Step::Do(Work::Wipe));
    let failed = object.take(Input::Answer(Answer::Wiped(Err(Lost))), NOW);
    assert_eq!(failed, Err(ErrorCode::Internal));
    assert!(object.machine.poll(&object.memory, &Aim::End, NOW).is_err(), "a loop that waited is told as well");
    object.visitor(&say("m")).unwrap();
}

#[test]
fn a_conversation_that_was_quiet_for_as_long_as_it_is_kept_ends_by_itself() {
    let mut object = Object::new();
    object.visitor(&ask_person()).unwrap();
    object.route("p");
    object.told(Aim::Everything, NOW);
    object.memory.fed.replace(100);
    let over = NOW + agreement().kept_ms;
    let settle = |object: &mut Object, now| {
        object.take(Input::Alarm, now).unwrap();
        loop {
            match object.poll(Aim::Clock, now) {
                Step::Do(Work::AskTerms) => drop(object.take(Input::Answer(Answer::Terms(Ok(agreement()))), now)),
                Step::Do(Work::TellInbox(update)) => {
                    drop(object.take(told(Mirror::Inbox, update.summary.version), now));
                }
                Step::Do(Work::TellVisitor(update)) => {
                    drop(object.take(told(Mirror::Visitor, update.revision), now));
                }
                step => return step,
            }
        }
    };
    // A waiting conversation comes back after some hours, which counts as something that happens.
    let came_back = NOW + 5 * 60 * 60 * 1_000;
    assert_eq!(settle(&mut object, came_back), Step::Done);
    assert_eq!(settle(&mut object, over), Step::Done, "it is counted from then");
    let over = came_back + agreement().kept_ms;
    assert_eq!(settle(&mut object, over), Step::Done, "the clock may be ahead");
    assert_eq!(object.deadline(over), Some((over + DAY_MS, "it was kept for long enough")));
    assert_eq!(settle(&mut object, over + DAY_MS - 1), Step::Done);
    let step = settle(&mut object, over + DAY_MS);
    assert_eq!(step, Step::Do(Work::Forget(Follower::Mirror(Mirror::Inbox))));
}

#[test]
fn a_clock_that_was_ahead_for_a_moment_ends_no_conversation() {
    let mut object = Object::new();
    object.visitor(&ask_person()).unwrap();
    object.route("p");
    object.told(Aim::Everything, NOW);
    object.memory.fed.replace(100);
    let ahead = NOW + 3 * agreement().kept_ms;
    for now in [ahead, NOW + 1_000, ahead, NOW + 2_000] {
        object.take(Input::Alarm, now).unwrap();
        assert!(!object.works(Aim::Clock, now).iter().any(|work| matches!(work, Work::Forget(_))), "{now}");
        object.machine = Machine::new(Tuning::default(), now);
    }
}

#[test]
fn a_clock_that_was_ahead_puts_no_promise_off() {
    for ahead in [20_000, 60 * 60 * 1_000, DAY_MS] {
        let mut object = Object::new();
        object.take(Input::Visitor { command: &ask_person(), digest: "digest", from: "here" }, NOW + ahead).unwrap();
        object.route("p");
        object.take(Input::Answer(Answer::Terms(Ok(agreement()))), NOW + ahead).unwrap();
        object.told(Aim::Everything, NOW + ahead);
        let right = NOW + 10_000;
        for _ in 0..2 {
            object.take(Input::Alarm, right).unwrap();
            object.take(Input::Answer(Answer::Terms(Ok(agreement()))), right).unwrap();
            let told = object.works(Aim::Everything, right);
            let line = told.iter().find_map(|work| match work {
                Work::TellInbox(update) => Some(update.summary.clone()),
                _ => None,
            });
            let line = line.unwrap_or_else(|| panic!("{told:?}"));
            assert_eq!((line.waiting_since, line.updated_at), (Some(right), right), "{ahead}");
            // The same from what is stored.
            object.machine = Machine::new(Tuning::default(), right);
        }
        let forgotten = right + 4 * 60 * 60 * 1_000;
        object.take(Input::Alarm, right).unwrap();
        object.take(Input::Answer(Answer::Terms(Ok(agreement()))), right).unwrap();
        assert!(object.take(Input::Alarm, forgotten - 1).unwrap().is_none());
        object.take(Input::Alarm, forgotten).unwrap();
        object.take(Input::Answer(Answer::Terms(Ok(agreement()))), forgotten).unwrap();
        assert!(matches!(object.memory.events().last().unwrap().what, What::Resurfaced { .. }), "{ahead}");
    }
}

#[test]
fn what_is_written_after_a_clock_was_put_right_has_the_right_time() {
    let mut object = Object::new();
    object.take(Input::Visitor { command: &say("m"), digest: "digest", from: "here" }, NOW + DAY_MS).unwrap();
    object.take(Input::Visitor { command: &say("n"), digest: "digest", from: "here" }, NOW).unwrap();
    // By less than a second a clock is adjusted every day.
    object.take(Input::Visitor { command: &say("o"), digest: "digest", from: "here" }, NOW - 900).unwrap();
    let said: Vec<Millis> = object.memory.events().iter().skip(1).map(|event| event.at).collect();
    assert_eq!(said, [NOW + DAY_MS, NOW, NOW]);
}

#[test]
fn terms_are_asked_for_again_when_the_clock_was_put_back() {
    let mut object = Object::new();
    let back = NOW - 11 * 60 * 1_000;
    object.take(Input::Alarm, back).unwrap();
    assert_eq!(object.poll(Aim::Terms, back), Step::Do(Work::AskTerms));
}
