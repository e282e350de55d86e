//! When the mirrors learn of a change.

use crate::memory::*;
use crate::object::*;
use shared::conversation::*;
use shared::protocol::*;

#[test]
fn a_mirror_may_go_without_the_last_words_for_a_while_and_without_a_turn_never() {
    let (inbox, visitor) = (Mirror::Inbox, Mirror::Visitor);
    let mut object = Object::new();
    object.memory.fed.replace(100);
    object.visitor(&ask_person()).unwrap();
    object.route("p");
    assert_eq!(object.told(Aim::Soon, NOW), Mirror::ALL, "never told");

    // More words of somebody who waits already. What a loop would be given is asked of a copy, which is told nothing.
    object.visitor(&say("m")).unwrap();
    let due = |object: &Object, looks, at| {
        let mut machine = object.machine.clone();
        machine.handle(&object.memory, Input::Watchers { visitors: looks }, at).unwrap();
        let mut due = Vec::new();
        while let Step::Do(work) = machine.poll(&object.memory, &Aim::Soon, at).unwrap() {
            due.push(if matches!(work, Work::TellInbox(_)) { inbox } else { visitor });
        }
        due
    };
    assert_eq!(due(&object, true, NOW), []);
    assert_eq!(due(&object, false, NOW), Mirror::ALL, "a visitor who does not look counts by the list");
    assert_eq!(due(&object, true, NOW - 1), Mirror::ALL, "the clock was put back");
    assert_eq!(due(&object, true, NOW + inbox.first_lag() - 1), []);
    assert_eq!(due(&object, true, NOW + inbox.first_lag()), [inbox]);
    assert_eq!(due(&object, true, NOW + visitor.first_lag()), Mirror::ALL);
    assert_eq!(object.deadline(NOW), Some((NOW + inbox.first_lag(), "a mirror has not learned of the last change")));

    // The inbox has all, the visitor's list may wait, and the next words will set the alarm for the inbox.
    let later = NOW + inbox.first_lag();
    assert_eq!(object.told(Aim::Soon, later), [inbox]);
    assert_eq!(object.deadline(later), Some((later + 10_000, "people are talking")));
    assert_eq!(object.told(Aim::Clock, later), [visitor], "nobody has talked since");

    // It was lost on the way: it is told again by the alarm, which is set for that.
    object.agent("a", AgentAction::Reply { text: "hello".into(), seen: None });
    let revision = object.memory.meta().unwrap().unwrap().revision;
    assert_eq!(object.works(Aim::Soon, NOW).len(), 2, "an answer is the other side's turn");
    object.answer(Answer::Told { mirror: inbox, revision, answer: Err(Lost) });
    assert!(matches!(object.memory.calls.borrow().last(), Some(Call::Arm(at)) if *at <= NOW + 2 * RETRY_MS));
    object.answer(Answer::Told { mirror: visitor, revision, answer: Ok(Held::taken(revision)) });
    assert_eq!(object.told(Aim::Soon, NOW), []);
    object.take(Input::Alarm, NOW).unwrap();
    assert_eq!(object.told(Aim::Clock, NOW), [inbox]);

    // It was read in one tab, so that the others show nothing to read.
    let up_to = object.memory.events().len() as Seq;
    let read = VisitorCommand { id: id("r"), action: VisitorAction::Read { up_to } };
    object.visitor(&read).unwrap();
    assert_eq!(due(&object, true, NOW), [visitor]);
}

#[test]
fn the_longer_somebody_talks_on_the_longer_a_mirror_may_go_without_the_last_words() {
    let inbox = Mirror::Inbox;
    let mut object = Object::new();
    object.visitor(&ask_person()).unwrap();
    object.route("p");
    object.told(Aim::Everything, NOW);
    let mut at = NOW;
    // How long it may wait after it is told once more, after this silence.
    let mut next_lag = |silence| {
        at += silence;
        object.visitor(&say(&format!("m{at}"))).unwrap();
        object.told(Aim::Everything, at);
        object.visitor(&say(&format!("n{at}"))).unwrap();
        let is_due = |lag: &Millis| {
            let mut machine = object.machine.clone();
            matches!(machine.poll(&object.memory, &Aim::Soon, at + lag), Ok(Step::Do(Work::TellInbox(_))))
        };
        (0..=100).map(|second| second * 1_000).find(is_due).unwrap()
    };
    assert_eq!(next_lag(5_000), 10_000);
    assert_eq!(next_lag(10_500), 20_000);
    assert_eq!(next_lag(3_000), 20_000, "told for another reason");
    assert_eq!(next_lag(20_000), 40_000);
    assert_eq!(next_lag(40_000), inbox.longest_lag());
    assert_eq!(next_lag(60_000), inbox.longest_lag());
    assert_eq!(next_lag(120_000), inbox.first_lag(), "there was silence");
}

#[test]
fn a_mirror_that_holds_what_was_never_told_is_jumped_over_and_told_again() {
    for (mirror, held) in [
        (Mirror::Inbox, Held { revision: 40, agrees: true }),
        (Mirror::Visitor, Held { revision: 40, agrees: true }),
        (Mirror::Inbox, Held { revision: 2, agrees: false }),
    ] {
        let mut object = Object::new();
        object.visitor(&ask_person()).unwrap();
        object.route("p");
        let revision = object.memory.meta().unwrap().unwrap().revision;
        for work in object.works(Aim::Everything, NOW) {
            let (told, revision) = match work {
                Work::TellInbox(update) => (Mirror::Inbox, update.summary.version),
                Work::TellVisitor(update) => (Mirror::Visitor, update.revision),
                other => panic!("{other:?}"),
            };
            let held = if told == mirror { held } else { Held::taken(revision) };
            object.answer(Answer::Told { mirror: told, revision, answer: Ok(held) });
        }
        let next = revision.max(held.revision) + 1;
        assert_eq!(object.memory.meta().unwrap().unwrap().revision, next);
        assert!(object.memory.uncounted().unwrap().iter().all(|fact| fact.revision == next));
        assert_eq!(object.told(Aim::Everything, NOW), Mirror::ALL, "{held:?}");
        assert_eq!(object.memory.behind().unwrap(), [], "{held:?}");
    }
}

#[test]
fn an_answer_that_comes_late_jumps_over_nothing() {
    let mut object = Object::new();
    object.visitor(&ask_person()).unwrap();
    object.route("p");
    object.told(Aim::Everything, NOW);
    let revision = object.memory.meta().unwrap().unwrap().revision;
    object.answer(Answer::Told { mirror: Mirror::Inbox, revision: 1, answer: Ok(Held { revision, agrees: true }) });
    assert_eq!(object.memory.meta().unwrap().unwrap().revision, revision);
}
