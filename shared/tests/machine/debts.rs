//! What is owed for an event: a search, a route, a seat.

use crate::memory::*;
use crate::object::*;
use shared::assistant::Found;
use shared::conversation::*;
use shared::ids::*;
use shared::protocol::*;
use shared::report::Fact;

#[test]
fn a_search_that_fails_is_tried_again_by_the_alarm_and_then_taken_as_finding_nothing() {
    let mut object = Object::new();
    object.visitor(&say("m")).unwrap();
    let (text, locale, page) = ("m".into(), "en".into(), "/cart".into());
    let search = Step::Do(Work::Search { about: id("m"), text, locale, page, products: Vec::new(), case: None });
    for _ in 0..3 {
        assert_eq!(object.poll(Aim::Everything, NOW), search);
        assert_eq!(object.answer(found(Err(Lost))), None);
        let works = object.works(Aim::Everything, NOW);
        let is_told = works.iter().all(|work| matches!(work, Work::TellInbox(_) | Work::TellVisitor(_)));
        assert!(is_told, "the mirrors do not wait for it: {works:?}");
        object.take(Input::Alarm, NOW).unwrap();
    }
    assert_eq!(object.poll(Aim::Everything, NOW), search);
    assert!(object.answer(found(Err(Lost))).is_some());
    assert_eq!(object.memory.events().last().unwrap().what, What::FoundNothing);
    assert_eq!(object.memory.owed().unwrap(), None);
}

#[test]
fn two_loops_never_do_the_same_and_what_never_comes_back_is_done_again() {
    let mut object = Object::new();
    object.visitor(&say("m")).unwrap();
    let is_search = |step: &Step<Archive>| matches!(step, Step::Do(Work::Search { .. }));
    assert!(is_search(&object.poll(Aim::Everything, NOW)));
    assert_eq!(object.poll(Aim::Everything, NOW), Step::Wait, "its answer needs what is found");
    assert_eq!(object.poll(Aim::Soon, NOW), Step::Done, "the other loop goes on");
    assert!(is_search(&object.poll(Aim::Clock, NOW + 30_000)), "it is lost by then");
    assert!(object.answer(found(Ok(Vec::new()))).is_some());
    assert_eq!(object.answer(found(Ok(Vec::new()))), None, "the first answer decides");

    assert_eq!(object.works(Aim::Everything, NOW).len(), 2, "both mirrors at once");
    assert_eq!(object.poll(Aim::Everything, NOW), Step::Done);
    object.visitor(&say("n")).unwrap();
    object.answer(Answer::Told { mirror: Mirror::Inbox, revision: 2, answer: Ok(Held::taken(2)) });
    let works = object.works(Aim::Everything, NOW);
    assert!(matches!(works[..], [Work::Search { .. }]), "{works:?}");
}

#[test]
fn what_was_found_too_late_is_not_said() {
    let mut object = Object::new();
    object.visitor(&say("m")).unwrap();
    object.poll(Aim::Everything, NOW);
    object.visitor(&ask_person()).unwrap();
    let article = ArticleRef { id: ArticleId::parse("a").unwrap(), title: "A".into() };
    assert_eq!(object.answer(found(Ok(vec![Found::Article { article, confidence: 1.0 }]))), None);
    let step = object.poll(Aim::Everything, NOW);
    assert!(matches!(&step, Step::Do(Work::Route { about, .. }) if *about == id("p")), "{step:?}");
}

#[test]
fn a_hand_off_is_routed_once_unless_an_agent_was_faster() {
    for agent_is_faster in [false, true] {
        let mut object = Object::new();
        object.visitor(&ask_person()).unwrap();
        object.poll(Aim::Everything, NOW);
        if agent_is_faster {
            object.agent("g", AgentAction::Assign { place: list("sales") });
        }
        let placed = || Answer::Placed { about: id("p"), place: Ok(Some(list("billing"))) };
        assert_eq!(object.answer(placed()).is_some(), !agent_is_faster);
        assert_eq!(object.answer(placed()), None);
        let state = State::replay(&object.memory.events());
        assert_eq!(state.hand_off.unwrap().place, list(if agent_is_faster { "sales" } else { "billing" }));
    }
}

#[test]
fn what_waits_in_a_teams_list_is_given_once_and_not_when_an_agent_has_put_it_there() {
    let Author::Agent { id: ada, .. } = ada() else { return };
    for agent_puts_it_back in [false, true] {
        let mut object = Object::new();
        object.visitor(&ask_person()).unwrap();
        object.poll(Aim::Everything, NOW);
        object.answer(Answer::Placed { about: id("p"), place: Ok(Some(list("billing"))) });
        if agent_puts_it_back {
            object.agent("g", AgentAction::Assign { place: Placement::default() });
            object.agent("k", AgentAction::Assign { place: list("billing") });
        }
        let mut seat = |team: &str| {
            let seated = Input::Seated { team: TeamId::parse(team).unwrap(), agent: ada.clone() };
            object.take(seated, NOW).unwrap().is_some()
        };
        assert!(!seat("sales"), "another team's room");
        assert_eq!(seat("billing"), !agent_puts_it_back);
        assert!(!seat("billing"), "it waits no longer");
        let state = State::replay(&object.memory.events());
        assert_eq!(state.hand_off.unwrap().place.assignee, (!agent_puts_it_back).then(|| ada.clone()));
        let is_hand_off = |write: &Write| matches!(write, Write::Count(Counted { fact: Fact::HandedOff { .. }, .. }));
        assert_eq!(object.memory.writes().iter().filter(|write| is_hand_off(write)).count(), 1, "counted once");
    }
}

#[test]
fn rules_that_come_before_the_assistant_are_asked_with_each_message_and_hand_over_at_once() {
    let mut object = Object::new();
    let agreement = Agreement { rules_come_first: true, ..agreement() };
    object.take(Input::Answer(Answer::Terms(Ok(agreement))), NOW).unwrap();
    object.visitor(&say("m")).unwrap();
    let asks = object.poll(Aim::Everything, NOW);
    let Step::Do(Work::Search { case: Some(case), .. }) = asks else { panic!("{asks:?}") };
    assert_eq!((case.text.as_str(), case.language.as_deref()), ("m", Some("en")));
    let looked = Looked { people: Some(list("tech")), ..Looked::default() };
    object.answer(Answer::Found { about: id("m"), looked: Ok(Box::new(looked)) });
    let last = object.memory.events().last().unwrap().clone();
    assert_eq!(last.what, What::HandedOff { reason: HandOffReason::ByRule, place: list("tech") });
    assert_eq!((last.by, object.memory.owed().unwrap()), (Author::System, None));
    let facts: Vec<Fact> = object.memory.uncounted().unwrap().into_iter().map(|counted| counted.fact).collect();
    assert!(facts.iter().any(|fact| matches!(fact, Fact::HandedOff { team: Some(_), first: true })), "{facts:?}");
}

#[test]
fn what_was_given_to_an_agent_who_vanishes_goes_back_once_unless_they_have_answered_or_an_agent_gave_it() {
    let Author::Agent { id: ada, .. } = ada() else { return };
    for (has_answered, agent_gave_it) in [(false, false), (true, false), (false, true)] {
        let mut object = Object::new();
        object.visitor(&ask_person()).unwrap();
        object.poll(Aim::Everything, NOW);
        let theirs = Placement { assignee: Some(ada.clone()), ..list("billing") };
        object.answer(Answer::Placed { about: id("p"), place: Ok(Some(theirs.clone())) });
        if has_answered {
            object.agent("r", AgentAction::Reply { text: "Which order is it?".into(), seen: None });
            object.visitor(&say("m")).unwrap();
        }
        if agent_gave_it {
            object.agent("g", AgentAction::Assign { place: Placement::default() });
            object.agent("k", AgentAction::Assign { place: theirs });
        }
        let mut vacate = || object.take(Input::Vacated { agent: ada.clone() }, NOW).unwrap().is_some();
        assert_eq!(vacate(), !has_answered && !agent_gave_it);
        assert!(!vacate(), "it is nobody's by now, or stays theirs");
        let state = State::replay(&object.memory.events());
        assert_eq!(state.waits_for_room().is_some(), !has_answered && !agent_gave_it);
    }
}

#[test]
fn what_came_to_people_before_the_assistant_goes_back_and_is_given_again_like_anything_else() {
    let Author::Agent { id: ada, .. } = ada() else { return };
    let mut object = Object::new();
    let agreement = Agreement { rules_come_first: true, ..agreement() };
    object.take(Input::Answer(Answer::Terms(Ok(agreement))), NOW).unwrap();
    object.visitor(&say("m")).unwrap();
    object.poll(Aim::Everything, NOW);
    let theirs = Placement { assignee: Some(ada.clone()), ..list("billing") };
    let looked = Looked { people: Some(theirs), ..Looked::default() };
    object.answer(Answer::Found { about: id("m"), looked: Ok(Box::new(looked)) });
    assert!(object.take(Input::Vacated { agent: ada.clone() }, NOW).unwrap().is_some());
    let team = TeamId::parse("billing").unwrap();
    assert!(object.take(Input::Seated { team, agent: ada.clone() }, NOW).unwrap().is_some());
    assert_eq!(State::replay(&object.memory.events()).hand_off.unwrap().place.assignee, Some(ada));
}
