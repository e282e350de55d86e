//! What a visitor may still say.

use crate::memory::*;
use crate::object::*;
use shared::conversation::*;
use shared::protocol::*;

const SMALL: Tuning = Tuning { unpaced: false, day_ms: 86_400_000, included: 2, grant: 3, ahead: 1 };

fn message() -> Aim {
    Aim::Message { from: "here".into() }
}

fn granted(object: &Object) -> u32 {
    object.memory.meta().unwrap().unwrap().granted
}

#[test]
fn a_message_waits_for_its_grant_and_each_payer_pays_once() {
    let mut object = Object::with(SMALL);
    for text in ["a", "b"] {
        assert_eq!(object.poll(message(), NOW), Step::Done);
        object.visitor(&say(text)).unwrap();
    }
    assert_eq!(object.visitor(&say("c")), Err(ErrorCode::Internal), "nobody has asked for more");
    let step = object.poll(message(), NOW);
    let Step::Do(Work::DrawOfVisitor { count: 3, update: Some(update) }) = step else { panic!("{step:?}") };
    assert_eq!(object.poll(message(), NOW), Step::Wait, "one loop asks for all that wait");
    // The address has given the first grant with the conversation.
    object
        .answer(Answer::DrawnOfVisitor { told: Some(update.revision), answer: Ok(Some(Held::taken(update.revision))) });
    assert_eq!(granted(&object), 3, "stored at once");
    assert_eq!(
        object.memory.behind().unwrap(),
        [Mirror::Inbox],
        "the visitor's list has learned of it with the same call"
    );
    for text in ["c", "d", "e"] {
        assert_eq!(object.poll(message(), NOW), Step::Done);
        object.visitor(&say(text)).unwrap();
    }
    assert!(matches!(object.poll(message(), NOW), Step::Do(Work::DrawOfVisitor { .. })));
    object.answer(Answer::DrawnOfVisitor { told: None, answer: Ok(None) });
    assert!(matches!(object.poll(message(), NOW), Step::Do(Work::DrawOfAddress { count: 6, .. })));
    let no = Answer::DrawnOfAddress { count: 6, answer: Err(Denied::Refused(ApiError::too_many(1))) };
    assert_eq!(object.take(Input::Answer(no), NOW), Err(ErrorCode::TooMany));
    assert!(
        matches!(object.poll(message(), NOW), Step::Do(Work::DrawOfAddress { .. })),
        "the visitor has paid already"
    );
    object.answer(Answer::DrawnOfAddress { count: 6, answer: Ok(()) });
    assert_eq!(granted(&object), 3);
}

#[test]
fn a_machine_that_has_slept_has_the_grant_that_was_paid_for() {
    let mut object = Object::with(SMALL);
    object.visitor(&say("a")).unwrap();
    assert!(matches!(object.poll(Aim::Soon, NOW), Step::Do(Work::Search { .. })));
    object.answer(Answer::Found { about: id("a"), looked: Ok(Box::default()) });
    let works = object.works(Aim::Soon, NOW);
    let asks_ahead = |work: &Work<Archive>| matches!(work, Work::DrawOfVisitor { count: 3, update: None });
    assert!(works.iter().any(asks_ahead), "before a message has to wait: {works:?}");
    object.answer(Answer::DrawnOfVisitor { told: None, answer: Ok(None) });
    object.machine = Machine::new(SMALL, NOW);
    for text in ["b", "c", "d", "e"] {
        assert_eq!(object.poll(message(), NOW), Step::Done, "{text}");
        object.visitor(&say(text)).unwrap();
    }
    assert!(matches!(object.poll(message(), NOW), Step::Do(Work::DrawOfVisitor { .. })));
}
