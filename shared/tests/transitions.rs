//! What moves a conversation from one state to the next, and what is refused.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use shared::conversation::*;
use shared::deadlines::Terms;
use shared::ids::{AgentId, ConversationId, EventId, TeamId};
use shared::protocol::*;

const DAY: Millis = 24 * 60 * 60 * 1_000;
const HOUR: Millis = 60 * MINUTE;
const MINUTE: Millis = 60 * 1_000;

/// A conversation without storage: numbers what a command makes happen and folds it.
#[derive(Default)]
struct World {
    events: Vec<Event>,
    state: State,
    now: Millis,
    ids: u32,
    terms: Terms,
}

/// A first reply within an hour.
fn promised() -> Terms {
    let promises = r#"{"targets": {"normal": {"first": {"share": 90, "within": 3600}}}}"#;
    Terms { promises: serde_json::from_str(promises).unwrap(), ..Terms::default() }
}

impl World {
    fn lists(&self) -> Vec<List> {
        self.state.lists(&ConversationId::parse(&"c".repeat(22)).unwrap())
    }

    fn id(&mut self) -> EventId {
        self.ids += 1;
        EventId::parse(&self.ids.to_string()).unwrap()
    }

    fn append(&mut self, drafts: Vec<Draft>) -> Vec<What> {
        for Draft { id, by, what } in &drafts {
            let seq = self.state.last_seq + 1;
            let event = Event { seq, id: id.clone(), at: self.now, by: by.clone(), what: what.clone() };
            assert!(self.events.iter().all(|other| other.id != event.id), "{event:?}");
            self.state.apply(&event);
            self.events.push(event);
        }
        drafts.into_iter().map(|draft| draft.what).collect()
    }

    fn visitor(&mut self, action: VisitorAction) -> Result<Vec<What>, ErrorCode> {
        let command = VisitorCommand { id: self.id(), action };
        let drafts = on_visitor(&self.state, &command, self.now).map_err(|error| error.code)?;
        Ok(self.append(drafts))
    }

    fn agent(&mut self, action: AgentAction) -> Result<Vec<What>, ErrorCode> {
        self.agent_called('a', action)
    }

    /// The agent whose id begins with this letter.
    fn agent_called(&mut self, letter: char, action: AgentAction) -> Result<Vec<What>, ErrorCode> {
        self.agent_who_has_seen(None, letter, action)
    }

    fn agent_who_has_seen(
        &mut self,
        seen: Option<Seq>,
        letter: char,
        action: AgentAction,
    ) -> Result<Vec<What>, ErrorCode> {
        let id = AgentId::parse(&ada().as_str().replacen('a', &String::from(letter), 1)).unwrap();
        let agent = Author::Agent { id, name: "Ada".into() };
        let command = AgentCommand { id: self.id(), action, seen };
        let drafts = on_agent(&self.state, &command, &agent, self.now).map_err(|error| error.code)?;
        Ok(self.append(drafts))
    }

    fn at(&mut self, now: Millis) -> Vec<What> {
        self.now = now;
        let draft = on_time(&self.state, &self.terms, now);
        self.append(draft.into_iter().collect())
    }

    fn say(&mut self, text: &str) {
        self.visitor(VisitorAction::Say { text: text.into(), context: context() }).unwrap();
    }

    fn ask_person(&mut self) {
        self.visitor(VisitorAction::AskPerson { context: context() }).unwrap();
    }

    fn reply(&mut self, text: &str) {
        self.agent(AgentAction::Reply { text: text.into(), seen: None }).unwrap();
    }
}

fn ada() -> AgentId {
    AgentId::parse("abcdefghij0123456789-_").unwrap()
}

fn context() -> Context {
    Context { url: "https://shop.example/cart".into(), locale: "en".into(), ..Context::default() }
}

fn billing() -> Placement {
    Placement {
        to: Destination::Team(TeamId::parse("billing").unwrap()),
        assignee: Some(ada()),
        priority: Priority::High,
        tags: vec!["refund".into()],
    }
}

fn rate(survey: Survey, score: u8) -> VisitorAction {
    VisitorAction::Rate { survey, score, comment: String::new() }
}

#[test]
fn an_agent_takes_over_from_the_assistant_by_assigning() {
    let mut world = World::default();
    world.say("hello");
    let handed = What::HandedOff { reason: HandOffReason::PersonJoined, place: billing() };
    assert_eq!(world.agent(AgentAction::Assign { place: billing() }).unwrap(), [handed]);
    assert!(!world.state.assistant_may_speak());
    assert_eq!(
        world.lists(),
        [List::All, List::Waiting, List::Team(TeamId::parse("billing").unwrap()), List::Mine(ada())]
    );
    assert_eq!(world.agent(AgentAction::Assign { place: billing() }).unwrap(), [], "it is there already");
    let back = Placement::default();
    assert_eq!(world.agent(AgentAction::Assign { place: back.clone() }).unwrap(), [What::Assigned { place: back }]);
    assert_eq!(world.lists(), [List::All, List::Waiting, List::Escalations, List::Unassigned]);
}

#[test]
fn who_asks_for_a_person_again_stays_with_those_who_have_the_conversation() {
    let mut world = World::default();
    world.ask_person();
    world.agent(AgentAction::Assign { place: billing() }).unwrap();
    world.ask_person();
    assert_eq!(world.state.hand_off.as_ref().map(|hand_off| hand_off.place.clone()), Some(billing()));
}

#[test]
fn what_is_snoozed_comes_back_at_its_time_once_and_earlier_when_the_visitor_writes() {
    let mut world = World::default();
    world.ask_person();
    world.reply("I will ask the factory");
    world.agent(AgentAction::Snooze { until: DAY }).unwrap();
    assert_eq!(world.lists(), [List::All, List::Snoozed]);
    assert_eq!(next_time(&world.state, &world.terms), Some((DAY, "the snooze is over")));
    assert_eq!(world.at(DAY - 1), []);
    assert_eq!(world.at(DAY), [What::Resurfaced { because: Resurface::SnoozeOver }]);
    assert_eq!(world.at(DAY + 1), []);
    assert_eq!(world.state.resurfaced, Some(Resurface::SnoozeOver));
    world.agent(AgentAction::Snooze { until: 3 * DAY }).unwrap();
    assert_eq!(world.state.resurfaced, None, "somebody has done something about it");
    world.say("any news?");
    assert_eq!(world.lists(), [List::All, List::Waiting, List::Escalations, List::Mine(ada())]);
    assert_eq!(world.state.status, Status::Waiting);
}

#[test]
fn a_visitor_who_was_promised_nothing_is_not_forgotten_and_comes_back_once_a_wait() {
    let mut world = World::default();
    world.ask_person();
    let back = [What::Resurfaced { because: Resurface::Forgotten }];
    assert_eq!(world.at(4 * HOUR), back);
    assert_eq!(world.at(9 * HOUR), []);
    world.reply("here I am");
    world.say("good");
    assert_eq!(world.at(13 * HOUR), back);
}

#[test]
fn a_promise_comes_back_before_it_is_broken_and_again_when_it_is_and_no_snooze_outlasts_it() {
    let mut world = World { terms: promised(), ..World::default() };
    world.ask_person();
    world.agent(AgentAction::Snooze { until: 9 * DAY }).unwrap();
    assert_eq!(world.at(44 * MINUTE), []);
    assert_eq!(world.at(45 * MINUTE), [What::Resurfaced { because: Resurface::ReplyDue }]);
    assert_eq!(world.state.snooze, None);
    assert_eq!(world.at(59 * MINUTE), []);
    assert_eq!(world.at(HOUR), [What::Resurfaced { because: Resurface::ReplyLate }]);
    assert_eq!(world.at(DAY), []);
    world.reply("here I am");
    world.say("good");
    assert_eq!(
        world.at(DAY + 4 * HOUR),
        [What::Resurfaced { because: Resurface::Forgotten }],
        "nothing is promised then"
    );
}

#[test]
fn a_late_alarm_tells_all_of_it_in_order() {
    let mut world = World { terms: promised(), ..World::default() };
    world.ask_person();
    let both = [Resurface::ReplyDue, Resurface::ReplyLate].map(|because| What::Resurfaced { because });
    assert_eq!([world.at(DAY), world.at(DAY)].concat(), both);
}

#[test]
fn another_priority_counts_from_when_the_waiting_began() {
    let mut world = World { terms: promised(), ..World::default() };
    world.ask_person();
    let place = Placement { priority: Priority::Low, ..Placement::default() };
    world.agent(AgentAction::Assign { place }).unwrap();
    assert_eq!(next_time(&world.state, &world.terms), Some((4 * HOUR, "somebody waits")));
}

#[test]
fn a_snooze_of_what_was_promised_nothing_holds() {
    let mut world = World::default();
    world.ask_person();
    world.agent(AgentAction::Snooze { until: 3 * DAY }).unwrap();
    assert_eq!(next_time(&world.state, &world.terms), Some((3 * DAY, "the snooze is over")));
}

#[test]
fn a_visitor_who_was_told_that_nothing_was_found_is_not_left_at_that() {
    let mut world = World::default();
    world.say("zzz");
    let id = world.id();
    world.append(vec![Draft { id, by: Author::Assistant, what: What::FoundNothing }]);
    assert_eq!(world.at(60_000), []);
    assert_eq!(world.at(HOUR), [hand_off_to_escalations(HandOffReason::NothingFound)]);
    assert_eq!(world.at(2 * HOUR), []);
}

#[test]
fn a_survey_is_open_once_it_is_solved_and_its_answer_can_be_changed_for_a_day() {
    let mut world = World::default();
    world.ask_person();
    let check = |world: &mut World, survey, score, expected: Result<(), ErrorCode>| {
        assert_eq!(world.visitor(rate(survey, score)).map(drop), expected, "{survey:?} {score}");
    };
    check(&mut world, Survey::Satisfaction, 5, Err(ErrorCode::NothingToRate));
    world.reply("done");
    world.agent(AgentAction::Resolve).unwrap();
    assert_eq!(open_survey(&world.state, world.now), Some(Survey::Satisfaction));
    check(&mut world, Survey::Effort, 5, Err(ErrorCode::NothingToRate));
    check(&mut world, Survey::Satisfaction, 6, Err(ErrorCode::InvalidRequest));
    check(&mut world, Survey::Satisfaction, 2, Ok(()));
    world.now = RATING_EDIT_MS - 1;
    check(&mut world, Survey::Satisfaction, 5, Ok(()));
    assert_eq!(world.state.ratings, [Rating { survey: Survey::Satisfaction, score: 5, at: 0 }]);
    world.now = RATING_EDIT_MS;
    check(&mut world, Survey::Satisfaction, 1, Err(ErrorCode::RatingClosed));
    assert_eq!(open_survey(&world.state, world.now), None, "it is asked once");
}

#[test]
fn what_cannot_be_is_refused_by_its_code() {
    let mut world = World::default();
    world.say("hello");
    let check = |world: &mut World, action: AgentAction, code| assert_eq!(world.agent(action), Err(code));
    world.now = 5;
    check(&mut world, AgentAction::Snooze { until: 5 }, ErrorCode::WrongTime);
    check(&mut world, AgentAction::Snooze { until: 400 * DAY }, ErrorCode::WrongTime);
    let tags = vec![String::from("a"); 21];
    let place = Placement { tags, ..Placement::default() };
    check(&mut world, AgentAction::Assign { place }, ErrorCode::InvalidRequest);
    world.agent(AgentAction::Resolve).unwrap();
    check(&mut world, AgentAction::Snooze { until: DAY }, ErrorCode::AlreadySolved);
    check(&mut world, AgentAction::Assign { place: billing() }, ErrorCode::AlreadySolved);
    assert_eq!(world.agent(AgentAction::Wake), Ok(Vec::new()), "what is so already is no mistake");
}

#[test]
fn a_visitor_learns_nothing_of_the_teams_own_business_and_misses_no_number() {
    let mut world = World::default();
    world.ask_person();
    world.agent(AgentAction::Assign { place: billing() }).unwrap();
    world.agent(AgentAction::Snooze { until: DAY }).unwrap();
    world.at(DAY);
    let id = world.id();
    let what = What::HandedOff { reason: HandOffReason::AtRisk, place: billing() };
    world.append(vec![Draft { id, by: Author::System, what }]);
    let seen: Vec<Event> = world.events.iter().cloned().map(for_visitor).collect();
    let text = serde_json::to_string(&seen).unwrap();
    for secret in ["refund", "high", "Ada", "abcdefghij0123456789-_", "at_risk", "snooze"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    assert!(seen.iter().map(|event| event.seq).eq(1..=world.state.last_seq));
    let theirs = State::replay(&seen);
    assert_eq!((theirs.status, theirs.last_line), (world.state.status, world.state.last_line.clone()));
}

#[test]
fn a_reply_over_words_that_its_author_has_not_seen_is_held_back_and_goes_out_when_they_were_seen() {
    let mut world = World::default();
    world.ask_person();
    let reply = |seen| AgentAction::Reply { text: "hello".into(), seen };
    let seen = world.state.last_seq;
    world.say("one more thing");
    assert_eq!(world.agent(reply(Some(seen))), Err(ErrorCode::Unseen), "the visitor has written since");
    assert_eq!(world.state.status, Status::Waiting, "nothing was stored");
    world.agent_called('b', reply(Some(world.state.last_seq))).unwrap();
    let bobs = world.state.last_seq;
    assert_eq!(world.agent(reply(Some(bobs - 1))), Err(ErrorCode::Unseen), "a colleague has written since");
    world.agent_called('b', reply(Some(bobs - 1))).unwrap();
    assert_eq!(world.agent_called('b', reply(Some(bobs - 1))).map(drop), Ok(()), "one's own words are known");
    assert_eq!(world.agent(reply(Some(bobs))), Err(ErrorCode::Unseen));
    world.agent(reply(Some(world.state.last_seq))).unwrap();
    assert_eq!(world.agent_called('b', reply(Some(bobs))), Err(ErrorCode::Unseen));
    // An event without words holds nothing back.
    let seen = world.state.last_seq;
    world.agent_called('b', AgentAction::Resolve).unwrap();
    world.agent(reply(Some(seen))).unwrap();
    // Pages of earlier builds do not say what was seen.
    world.say("thanks");
    world.agent(reply(None)).unwrap();
}

#[test]
fn an_agent_who_replies_to_what_is_nobodys_takes_it() {
    let mut world = World::default();
    world.ask_person();
    let assignee = |world: &World| world.state.hand_off.as_ref().unwrap().place.assignee.clone();
    world.reply("hello");
    assert_eq!(assignee(&world), Some(ada()));
    assert!(world.lists().contains(&List::Mine(ada())));
    world.agent_called('b', AgentAction::Reply { text: "me too".into(), seen: None }).unwrap();
    assert_eq!(assignee(&world), Some(ada()), "what is somebody's stays so");
    world.agent(AgentAction::Assign { place: Placement::default() }).unwrap();
    assert!(world.lists().contains(&List::Unassigned), "it can be undone");

    let mut world = World::default();
    world.say("hello");
    world.reply("I am a person");
    assert_eq!((assignee(&world), world.state.status), (Some(ada()), Status::Replied), "out of the assistant's hands");
}

#[test]
fn a_promise_runs_from_the_visitors_words_and_not_from_when_people_got_them() {
    let mut world = World { terms: promised(), ..World::default() };
    world.now = HOUR;
    world.say("the warehouse is down");
    let id = world.id();
    world.append(vec![Draft { id, by: Author::Assistant, what: What::FoundNothing }]);
    let people_after = world.terms.promises.people_after();
    assert_eq!(world.at(HOUR + people_after), [hand_off_to_escalations(HandOffReason::NothingFound)]);
    assert_eq!(world.state.waiting_since, Some(HOUR));
    assert_eq!(world.state.appointment(&world.terms).unwrap().due, Some(2 * HOUR));

    let mut world = World { terms: promised(), ..World::default() };
    world.say("where is my parcel");
    let about = world.id();
    let what = What::Suggested { articles: Vec::new() };
    world.append(vec![Draft { id: about.clone(), by: Author::Assistant, what }]);
    world.now = 3 * HOUR;
    world.visitor(VisitorAction::Helped { about, yes: false, article: None }).unwrap();
    assert_eq!(world.state.waiting_since, Some(3 * HOUR), "what was answered waits from when it did not help");
}

#[test]
fn a_wait_that_was_resolved_unanswered_goes_on_when_that_is_undone_and_begins_anew_when_the_visitor_comes_back() {
    let mut world = World { now: MINUTE, terms: promised(), ..World::default() };
    world.say("My lamp hums");
    world.visitor(VisitorAction::AskPerson { context: context() }).unwrap();
    world.agent(AgentAction::Reply { text: "Which one?".into(), seen: None }).unwrap();
    world.now = 2 * MINUTE;
    world.say("The old one");
    let waits = |world: &World| (world.state.status, world.state.waiting_since, world.state.waiting_from.clone());
    let before = waits(&world);
    assert_eq!((before.0, before.1), (Status::Waiting, Some(2 * MINUTE)));

    world.now = 10 * MINUTE;
    world.agent(AgentAction::Resolve).unwrap();
    world.now = 11 * MINUTE;
    world.agent(AgentAction::Reopen).unwrap();
    assert_eq!(waits(&world), before, "nobody has answered");

    world.agent(AgentAction::Resolve).unwrap();
    world.now = 20 * MINUTE;
    world.say("Hello?");
    assert_eq!((world.state.status, world.state.waiting_since), (Status::Waiting, Some(20 * MINUTE)));
}

#[test]
fn what_nobody_has_read_is_put_out_of_nobodys_sight() {
    let mut world = World { now: MINUTE, ..World::default() };
    world.say("My lamp hums");
    world.visitor(VisitorAction::AskPerson { context: context() }).unwrap();
    let seen = Some(world.state.last_seq);
    world.say("No wait, it is still broken");
    for action in [AgentAction::Resolve, AgentAction::Snooze { until: HOUR }] {
        assert_eq!(world.agent_who_has_seen(seen, 'a', action.clone()), Err(ErrorCode::Unseen), "{action:?}");
    }
    assert_eq!(world.state.status, Status::Waiting);
    let assign = AgentAction::Assign { place: Placement { assignee: Some(ada()), ..Placement::default() } };
    world.agent_who_has_seen(seen, 'a', assign.clone()).unwrap();
    assert_eq!(world.agent_who_has_seen(seen, 'b', assign), Err(ErrorCode::Unseen), "it was put elsewhere since");
    let seen = Some(world.state.last_seq);
    world.agent(AgentAction::Reply { text: "Unplug it".into(), seen }).unwrap();
    world.agent_who_has_seen(seen, 'a', AgentAction::Resolve).expect("one's own words are read");
}
