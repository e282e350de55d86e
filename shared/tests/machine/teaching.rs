//! What a conversation teaches the library, and when.

use crate::memory::Archive;
use crate::object::*;
use shared::conversation::*;
use shared::learning::{Missed, Outcome};
use shared::protocol::*;

/// A conversation in which nothing was found for a message, with all mirrors told.
fn unanswered() -> Object {
    let mut object = Object::new();
    object.visitor(&say("m")).unwrap();
    object.poll(Aim::Everything, NOW);
    object.answer(found(Ok(Vec::new())));
    object.told(Aim::Everything, NOW);
    let last = object.memory.events().last().unwrap().clone();
    assert_eq!(last.what, What::FoundNothing);
    object
}

/// What the alarm has it teach.
fn taught(object: &mut Object) -> Option<Teaching> {
    object.take(Input::Alarm, NOW).unwrap();
    object.works(Aim::Clock, NOW).into_iter().find_map(|work| match work {
        Work::Teach(teaching) => Some(teaching),
        _ => None,
    })
}

fn answer(teaching: &Teaching, answer: Result<Held, Lost>) -> Answer<Archive> {
    Answer::Taught { revision: teaching.revision, up_to: teaching.up_to, answer }
}

#[test]
fn a_lesson_is_taught_once_and_again_when_it_has_changed() {
    let mut object = unanswered();
    let first = taught(&mut object).unwrap();
    let lessons: Vec<(&str, &str, &Outcome)> =
        first.lessons.iter().map(|one| (one.message.as_str(), one.text.as_str(), &one.outcome)).collect();
    assert_eq!(lessons, [("m", "m", &Outcome::Unanswered(Missed::default()))]);
    assert_eq!(taught(&mut object), None, "it is under way");
    object.answer(answer(&first, Err(Lost)));
    let again = taught(&mut object).unwrap();
    assert_eq!(again, first);
    object.answer(answer(&again, Ok(Held::taken(again.revision))));
    assert_eq!(taught(&mut object), None);
    object.agent("r", AgentAction::Reply { text: "https://help.example/a".into(), seen: None });
    let changed = taught(&mut object).unwrap();
    assert!(changed.revision > first.revision && changed.up_to > first.up_to);
    assert_eq!(changed.names, ["Ada"]);
    assert!(matches!(&changed.lessons[0].outcome, Outcome::Linked { missed: Some(_), .. }));
    // An answer that comes late takes nothing back.
    object.answer(answer(&changed, Ok(Held::taken(changed.revision))));
    object.answer(answer(&first, Ok(Held::taken(first.revision))));
    assert_eq!(object.memory.taught().unwrap(), changed.up_to);
    assert_eq!(taught(&mut object), None);
}

#[test]
fn a_conversation_without_a_lesson_makes_no_call_and_no_write() {
    let mut object = Object::new();
    object.visitor(&ask_person()).unwrap();
    object.route("p");
    object.told(Aim::Everything, NOW);
    assert_eq!(taught(&mut object), None);
    object.answer(Answer::Fed { feed: Archive, after: 0, answer: Ok(2) });
    assert!(!object.memory.writes().iter().any(|write| matches!(write, Write::Taught(_))));
    object.take(Input::Erase, NOW).unwrap();
    assert_eq!(forgets(&mut object), [Follower::Mirror(Mirror::Inbox), Follower::Feed(Archive), Follower::Library]);
}

#[test]
fn what_has_taught_is_forgotten_with_it_even_if_no_answer_came() {
    let mut object = unanswered();
    let teaching = taught(&mut object).unwrap();
    object.take(Input::Erase, NOW).unwrap();
    assert_eq!(object.poll(Aim::End, NOW), Step::Wait, "what is on its way would come to life again");
    object.answer(answer(&teaching, Err(Lost)));
    object.answer(Answer::Fed { feed: Archive, after: 0, answer: Ok(3) });
    let followers = [Follower::Mirror(Mirror::Inbox), Follower::Feed(Archive), Follower::Library];
    assert_eq!(forgets(&mut object), followers);
}

/// Who is made to forget the conversation, in order.
fn forgets(object: &mut Object) -> Vec<Follower<Archive>> {
    let mut all = Vec::new();
    while let Step::Do(Work::Forget(by)) = object.poll(Aim::End, NOW) {
        all.push(by);
        object.answer(Answer::Forgotten { by, answer: Ok(()) });
    }
    all
}

#[test]
fn a_library_that_holds_what_was_never_taught_is_jumped_over() {
    let mut object = unanswered();
    let first = taught(&mut object).unwrap();
    object.answer(answer(&first, Ok(Held { revision: first.revision + 7, agrees: true })));
    let again = taught(&mut object).unwrap();
    assert!(again.revision > first.revision + 7);
    object.answer(answer(&again, Ok(Held { revision: again.revision, agrees: false })));
    let third = taught(&mut object).unwrap();
    assert!(third.revision > again.revision, "of two with one revision the library keeps neither");
    object.answer(answer(&third, Ok(Held::taken(third.revision))));
    assert_eq!(taught(&mut object), None);
}
