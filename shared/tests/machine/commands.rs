//! What people do, and what is written for it.

use crate::memory::*;
use crate::object::*;
use shared::conversation::*;
use shared::protocol::*;

#[test]
fn the_alarm_is_armed_before_the_one_write_that_has_everything() {
    let mut object = Object::new();
    let sent = object.visitor(&say("m")).unwrap();
    let calls = object.memory.calls.borrow().clone();
    let [_, Call::Arm(at), Call::Write(writes)] = &calls[..] else { panic!("{calls:?}") };
    assert_eq!(*at, NOW + RETRY_MS);
    let events = object.memory.events();
    assert_eq!(events.iter().map(|event| event.seq).collect::<Vec<_>>(), [1, 2]);
    let changed = Write::Changed { revision: 1, granted: Tuning::default().included - 1 };
    assert!(writes.contains(&Write::Owe(id("m"))) && writes.contains(&changed), "{writes:?}");
    assert_eq!(sent, Some(Events { events, read: ReadMarks::default(), base: None }));
}

#[test]
fn a_repeated_command_changes_nothing_and_another_one_with_its_id_is_refused() {
    let mut object = Object::new();
    object.visitor(&say("m")).unwrap();
    let before = object.memory.calls.borrow().len();
    assert_eq!(object.visitor(&say("m")), Ok(None));
    let other = Input::Visitor { command: &say("m"), digest: "another digest", from: "here" };
    assert_eq!(object.take(other, NOW), Err(ErrorCode::IdReused));
    let derived = VisitorCommand { id: id("m.a"), ..say("m") };
    assert_eq!(object.visitor(&derived), Err(ErrorCode::InvalidRequest));
    assert_eq!(object.memory.calls.borrow().len(), before);
}

#[test]
fn read_marks_only_move_forward_and_never_past_the_end() {
    let mut object = Object::new();
    object.visitor(&say("m")).unwrap();
    let mut check = |up_to, expected| {
        let command = VisitorCommand { id: id("r"), action: VisitorAction::Read { up_to } };
        object.visitor(&command).unwrap();
        assert_eq!(object.memory.meta().unwrap().unwrap().read.visitor, expected, "{up_to}");
    };
    check(1, 1);
    check(0, 1);
    check(9, 2);
}

#[test]
fn a_flood_is_refused_before_anything_is_looked_up() {
    let mut object = Object::new();
    let last = (0..100).find_map(|_| object.visitor(&say("m")).err());
    assert_eq!(last, Some(ErrorCode::TooMany));
    assert_eq!(object.memory.events().len(), 2);
}

#[test]
fn what_the_site_says_is_told_when_it_is_news() {
    let mut object = Object::new();
    let says = |until| SiteProfile { profile: Profile::default(), until };
    let mut hear = |until| {
        object.take(Input::Introduction(says(until)), NOW).unwrap();
        let step = object.poll(Aim::Introduction, NOW);
        let is_told = step == Step::Do(Work::Introduce(says(until)));
        if is_told {
            object.answer(Answer::Introduced { introduction: says(until), answer: Ok(()) });
        }
        is_told
    };
    assert!(hear(5));
    assert!(!hear(5), "known");
    assert!(!hear(4), "older");
    assert!(hear(6));
}
