//! What time makes happen, what a feed gets, and how a conversation ends.

use crate::memory::*;
use crate::object::*;
use shared::conversation::*;
use shared::protocol::*;

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
        object.answer(Answer::Told { mirror, revision: 2, answer: Ok(()) });
    }
    for by in [Follower::Mirror(Mirror::Inbox), Follower::Feed(Archive)] {
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
                    let told = Answer::Told { mirror: Mirror::Inbox, revision: update.summary.version, answer: Ok(()) };
                    drop(object.take(Input::Answer(told), now));
                }
                Step::Do(Work::TellVisitor(update)) => {
                    let told = Answer::Told { mirror: Mirror::Visitor, revision: update.revision, answer: Ok(()) };
                    drop(object.take(Input::Answer(told), now));
                }
                step => return step,
            }
        }
    };
    // A waiting conversation comes back after some hours, which counts as something that happens.
    let came_back = NOW + 5 * 60 * 60 * 1_000;
    assert_eq!(settle(&mut object, came_back), Step::Done);
    assert_eq!(settle(&mut object, over), Step::Done, "it is counted from then");
    let step = settle(&mut object, came_back + agreement().kept_ms);
    assert_eq!(step, Step::Do(Work::Forget(Follower::Mirror(Mirror::Inbox))));
}
