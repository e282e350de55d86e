//! What a conversation's machine writes, in which order, and what it wants done then. The simulation (`tests/sim`) runs it
//! through crashes; here is what each call means by itself.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use shared::assistant::{Found, Rules, VisitorContext};
use shared::conversation::*;
use shared::ids::*;
use shared::protocol::*;
use shared::report::Fact;
use std::cell::RefCell;

const NOW: Millis = 1_000_000;

/// Remembers every call that changes something, in order.
#[derive(Default)]
struct Memory {
    calls: RefCell<Vec<Call>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Call {
    Arm(Millis),
    Write(Vec<Write>),
}

impl Memory {
    fn writes(&self) -> Vec<Write> {
        let writes = |call: &Call| if let Call::Write(writes) = call { writes.clone() } else { Vec::new() };
        self.calls.borrow().iter().flat_map(writes).collect()
    }

    fn events(&self) -> Vec<Event> {
        let event = |write| if let Write::Append(entry) = write { Some(entry.event) } else { None };
        self.writes().into_iter().filter_map(event).collect()
    }
}

impl Store for Memory {
    type Error = ApiError;

    fn meta(&self) -> Result<Option<Meta>, ApiError> {
        Ok(self.writes().into_iter().fold(None, |meta: Option<Meta>, write| match write {
            Write::Begin(meta) => Some(meta),
            Write::Read(read) => meta.map(|meta| Meta { read, ..meta }),
            Write::Attend(agent, at) => meta.map(|meta| Meta { attended: Some((agent, at)), ..meta }),
            Write::Changed(revision) => meta.map(|meta| Meta { revision, ..meta }),
            _ => meta,
        }))
    }

    fn events_after(&self, have: Seq) -> Result<Vec<Event>, ApiError> {
        Ok(self.events().into_iter().filter(|event| event.seq > have).collect())
    }

    fn entry(&self, id: &EventId) -> Result<Option<Entry>, ApiError> {
        let entry = |write| if let Write::Append(entry) = write { Some(entry) } else { None };
        Ok(self.writes().into_iter().filter_map(entry).find(|entry| entry.event.id == *id))
    }

    fn owed(&self) -> Result<Option<Owed>, ApiError> {
        let owed = self.writes().into_iter().fold(Vec::new(), |mut owed: Vec<Owed>, write| {
            match write {
                Write::Owe(event) => owed.push(Owed { event, tries: 0 }),
                Write::Failed(event) => {
                    owed.iter_mut().filter(|one| one.event == event).for_each(|one| one.tries += 1);
                }
                Write::Done(event) => owed.retain(|one| one.event != event),
                _ => {}
            }
            owed
        });
        Ok(owed.into_iter().next())
    }

    fn untold(&self) -> Result<Vec<(Target, u32)>, ApiError> {
        let told = |target, revision| self.writes().contains(&Write::Told(target, revision));
        let revision = self.meta()?.map_or(0, |meta| meta.revision);
        let untold = |target: &Target| revision > 0 && !told(*target, revision);
        Ok(Target::ALL.into_iter().filter(untold).map(|target| (target, revision)).collect())
    }

    fn uncounted(&self) -> Result<Vec<Counted>, ApiError> {
        Ok(self.writes().into_iter().fold(Vec::new(), |mut facts: Vec<Counted>, write| {
            match write {
                Write::Count(fact) => facts.push(fact),
                Write::Told(Target::Inbox, revision) => facts.retain(|fact| fact.revision > revision),
                _ => {}
            }
            facts
        }))
    }

    fn arm(&self, at: Millis) -> Result<(), ApiError> {
        self.calls.borrow_mut().push(Call::Arm(at));
        Ok(())
    }

    fn write(&self, writes: &[Write]) -> Result<(), ApiError> {
        self.calls.borrow_mut().push(Call::Write(writes.to_vec()));
        Ok(())
    }
}

fn begun() -> (Machine, Memory) {
    let (mut machine, memory) = (Machine::new(NOW), Memory::default());
    let meta = Meta {
        workspace: WorkspaceId::parse("demo").unwrap(),
        conversation: ConversationId::parse(&"c".repeat(22)).unwrap(),
        visitor: VisitorId::parse(&"v".repeat(43)).unwrap(),
        revision: 0,
        read: ReadMarks::default(),
        attended: None,
    };
    machine.begin(&memory, meta).unwrap();
    (machine, memory)
}

fn id(text: &str) -> EventId {
    EventId::parse(text).unwrap()
}

fn say(text: &str) -> VisitorCommand {
    let url = "https://lumen.example/cart?a=1#b".into();
    let context = Context { url, locale: "en".into(), ..Context::default() };
    VisitorCommand { id: id(text), action: VisitorAction::Say { text: text.into(), context } }
}

fn ask_person() -> VisitorCommand {
    let context = Context { locale: "en".into(), ..Context::default() };
    VisitorCommand { id: id("p"), action: VisitorAction::AskPerson { context } }
}

fn do_visitor(machine: &mut Machine, memory: &Memory, command: &VisitorCommand) -> Result<Vec<Output>, ErrorCode> {
    machine.visitor(memory, command, "digest", NOW).map_err(|error| error.code)
}

fn found(machine: &mut Machine, memory: &Memory, found: Option<&[Found]>) -> Vec<Output> {
    machine.found(memory, &id("m"), found, &Rules::default(), &VisitorContext::default(), NOW).unwrap()
}

#[test]
fn the_alarm_is_armed_before_the_one_write_that_has_everything() {
    let (mut machine, memory) = begun();
    let outputs = do_visitor(&mut machine, &memory, &say("m")).unwrap();
    let calls = memory.calls.borrow().clone();
    let [_, Call::Arm(at), Call::Write(writes)] = &calls[..] else { panic!("{calls:?}") };
    assert_eq!(*at, NOW + RETRY_MS);
    let events = memory.events();
    assert_eq!(events.iter().map(|event| event.seq).collect::<Vec<_>>(), [1, 2]);
    assert!(writes.contains(&Write::Owe(id("m"))) && writes.contains(&Write::Changed(1)), "{writes:?}");
    assert_eq!(outputs, [Output::Broadcast(Events { events, read: ReadMarks::default() })]);
}

#[test]
fn a_repeated_command_changes_nothing_and_another_one_with_its_id_is_refused() {
    let (mut machine, memory) = begun();
    do_visitor(&mut machine, &memory, &say("m")).unwrap();
    let before = memory.calls.borrow().len();
    assert_eq!(do_visitor(&mut machine, &memory, &say("m")), Ok(Vec::new()));
    let other = machine.visitor(&memory, &say("m"), "another digest", NOW);
    assert_eq!(other.unwrap_err().code, ErrorCode::IdReused);
    let derived = VisitorCommand { id: id("m.a"), ..say("m") };
    assert_eq!(do_visitor(&mut machine, &memory, &derived), Err(ErrorCode::InvalidRequest));
    assert_eq!(memory.calls.borrow().len(), before);
}

#[test]
fn a_search_that_fails_is_tried_again_and_then_taken_as_finding_nothing() {
    let (mut machine, memory) = begun();
    do_visitor(&mut machine, &memory, &say("m")).unwrap();
    for _ in 0..3 {
        let search = Output::Search { about: id("m"), text: "m".into(), locale: "en".into(), page: "/cart".into() };
        assert_eq!(machine.owed(&memory).unwrap(), Some(search));
        assert_eq!(found(&mut machine, &memory, None), []);
    }
    assert_eq!(found(&mut machine, &memory, None).len(), 1);
    assert_eq!(memory.events().last().unwrap().what, What::FoundNothing);
    assert_eq!(machine.owed(&memory).unwrap(), None);
}

#[test]
fn what_was_found_too_late_is_not_said() {
    let (mut machine, memory) = begun();
    do_visitor(&mut machine, &memory, &say("m")).unwrap();
    do_visitor(&mut machine, &memory, &ask_person()).unwrap();
    let article = ArticleRef { id: ArticleId::parse("a").unwrap(), title: "A".into() };
    let article = Found::Article { article, confidence: 1.0 };
    assert_eq!(found(&mut machine, &memory, Some(&[article])), []);
    assert_eq!(machine.owed(&memory).unwrap(), Some(Output::Route { about: id("p") }));
}

#[test]
fn a_hand_off_is_routed_once_unless_an_agent_was_faster() {
    let team = |name: &str| Placement { to: Destination::Team(TeamId::parse(name).unwrap()), ..Placement::default() };
    let agent = Author::Agent { id: AgentId::parse(&"a".repeat(22)).unwrap(), name: "Ada".into() };
    for agent_is_faster in [false, true] {
        let (mut machine, memory) = begun();
        do_visitor(&mut machine, &memory, &ask_person()).unwrap();
        if agent_is_faster {
            let command = AgentCommand { id: id("g"), action: AgentAction::Assign { place: team("sales") } };
            machine.agent(&memory, &command, &agent, "digest", NOW).unwrap();
        }
        let outputs = machine.routed(&memory, &id("p"), Some(team("billing")), NOW).unwrap();
        assert_eq!(outputs.len(), usize::from(!agent_is_faster));
        assert_eq!(machine.routed(&memory, &id("p"), Some(team("billing")), NOW).unwrap(), []);
        let place = machine.state(&memory).unwrap().hand_off.clone().unwrap().place;
        assert_eq!(place, team(if agent_is_faster { "sales" } else { "billing" }));
    }
}

#[test]
fn what_waits_in_a_teams_list_is_given_once_and_not_when_an_agent_has_put_it_there() {
    let (billing, sales) = (TeamId::parse("billing").unwrap(), TeamId::parse("sales").unwrap());
    let list = Placement { to: Destination::Team(billing.clone()), ..Placement::default() };
    let ada = AgentId::parse(&"a".repeat(22)).unwrap();
    let author = Author::Agent { id: ada.clone(), name: "Ada".into() };
    for agent_puts_it_back in [false, true] {
        let (mut machine, memory) = begun();
        do_visitor(&mut machine, &memory, &ask_person()).unwrap();
        machine.routed(&memory, &id("p"), Some(list.clone()), NOW).unwrap();
        if agent_puts_it_back {
            for (number, place) in [("g", Placement::default()), ("k", list.clone())] {
                let command = AgentCommand { id: id(number), action: AgentAction::Assign { place } };
                machine.agent(&memory, &command, &author, "digest", NOW).unwrap();
            }
        }
        assert_eq!(machine.seated(&memory, &sales, ada.clone(), NOW).unwrap(), [], "another team's room");
        let outputs = machine.seated(&memory, &billing, ada.clone(), NOW).unwrap();
        assert_eq!(outputs.len(), usize::from(!agent_puts_it_back));
        assert_eq!(machine.seated(&memory, &billing, ada.clone(), NOW).unwrap(), [], "it waits no longer");
        let assignee = machine.state(&memory).unwrap().hand_off.clone().unwrap().place.assignee;
        assert_eq!(assignee, (!agent_puts_it_back).then(|| ada.clone()));
        let is_hand_off = |write: &Write| matches!(write, Write::Count(Counted { fact: Fact::HandedOff { .. }, .. }));
        assert_eq!(memory.writes().iter().filter(|write| is_hand_off(write)).count(), 1, "counted once");
    }
}

#[test]
fn read_marks_only_move_forward_and_never_past_the_end() {
    let (mut machine, memory) = begun();
    do_visitor(&mut machine, &memory, &say("m")).unwrap();
    let mut check = |up_to, expected| {
        let command = VisitorCommand { id: id("r"), action: VisitorAction::Read { up_to } };
        do_visitor(&mut machine, &memory, &command).unwrap();
        assert_eq!(memory.meta().unwrap().unwrap().read.visitor, expected, "{up_to}");
    };
    check(1, 1);
    check(0, 1);
    check(9, 2);
}

#[test]
fn the_alarm_waits_longer_each_time_and_then_for_the_next_thing_to_come() {
    let (mut machine, memory) = begun();
    do_visitor(&mut machine, &memory, &ask_person()).unwrap();
    let mut armed = |now| {
        machine.handle_timeout(&memory, now).unwrap();
        machine.rearm(&memory, now).unwrap();
        let last = memory.calls.borrow().last().cloned();
        let Some(Call::Arm(at)) = last else { panic!("{last:?}") };
        at - now
    };
    assert_eq!([armed(NOW), armed(NOW), armed(NOW)], [4_000, 8_000, 16_000]);
    machine.routed(&memory, &id("p"), None, NOW).unwrap();
    machine.told(&memory, &Target::ALL.map(|target| (target, 2))).unwrap();
    let due = machine.poll_timeout(&memory, NOW).unwrap();
    assert_eq!(due, Some((NOW + 4 * 60 * 60 * 1_000, "somebody waits")));
}

#[test]
fn a_list_may_go_without_the_last_words_for_a_while_and_without_a_turn_never() {
    let (inbox, visitor) = (Target::Inbox, Target::Visitor);
    let both = Target::ALL;
    let (mut machine, memory) = begun();
    do_visitor(&mut machine, &memory, &ask_person()).unwrap();
    assert_eq!(machine.due(&memory, true, NOW).unwrap(), both, "never told");
    assert_eq!(machine.tells(&memory, &both, NOW).unwrap().len(), 2);
    machine.told(&memory, &both.map(|target| (target, 1))).unwrap();

    // More words of somebody who waits already.
    do_visitor(&mut machine, &memory, &say("m")).unwrap();
    let mut due = |looks, at| machine.due(&memory, looks, at).unwrap();
    assert_eq!(due(true, NOW), []);
    assert_eq!(due(false, NOW), both, "who does not look counts by the list");
    assert_eq!(due(true, NOW - 1), both, "the clock was put back");
    assert_eq!(due(true, NOW + inbox.first_lag() - 1), []);
    assert_eq!(due(true, NOW + inbox.first_lag()), [inbox]);
    assert_eq!(due(true, NOW + visitor.first_lag()), both);
    machine.handle_timeout(&memory, NOW).unwrap();
    machine.rearm(&memory, NOW).unwrap();
    assert_eq!(memory.calls.borrow().last(), Some(&Call::Arm(NOW + 4_000)), "the route is owed");

    // The route is settled; the inbox has all, the visitor's list may wait, and the next message sets the alarm for the inbox.
    machine.routed(&memory, &id("p"), None, NOW).unwrap();
    let (inbox_told, revision) = (NOW + 1_000, memory.meta().unwrap().unwrap().revision);
    machine.tells(&memory, &[inbox], inbox_told).unwrap();
    machine.told(&memory, &[(inbox, revision)]).unwrap();
    machine.rearm(&memory, inbox_told).unwrap();
    assert_eq!(memory.calls.borrow().last(), Some(&Call::Arm(inbox_told + inbox.first_lag())));
    machine.rearm(&memory, inbox_told + inbox.first_lag()).unwrap();
    assert_eq!(memory.calls.borrow().last(), Some(&Call::Arm(NOW + visitor.first_lag())), "nobody has talked");
    do_visitor(&mut machine, &memory, &say("n")).unwrap();

    // It was lost on the way.
    machine.not_told(inbox);
    assert_eq!(machine.due(&memory, true, NOW).unwrap(), [inbox]);
    machine.tells(&memory, &[inbox], NOW).unwrap();
    assert_eq!(machine.due(&memory, true, NOW).unwrap(), []);

    // An answer is the other side's turn.
    let ada = Author::Agent { id: AgentId::parse(&"a".repeat(22)).unwrap(), name: "Ada".into() };
    let answer = AgentCommand { id: id("a"), action: AgentAction::Reply { text: "hello".into() } };
    machine.agent(&memory, &answer, &ada, "digest", NOW).unwrap();
    assert_eq!(machine.due(&memory, true, NOW).unwrap(), both);
    machine.tells(&memory, &both, NOW).unwrap();

    // It was read in one tab, so that the others show nothing to read.
    let read = VisitorCommand { id: id("r"), action: VisitorAction::Read { up_to: memory.events().len() as Seq } };
    do_visitor(&mut machine, &memory, &read).unwrap();
    assert_eq!(machine.due(&memory, true, NOW).unwrap(), [visitor]);
}

#[test]
fn the_longer_somebody_talks_on_the_longer_a_list_may_go_without_the_last_words() {
    let inbox = Target::Inbox;
    let (mut machine, memory) = begun();
    do_visitor(&mut machine, &memory, &ask_person()).unwrap();
    machine.tells(&memory, &[inbox], NOW).unwrap();
    let mut at = NOW;
    // How long it may wait after it is told once more, so long after the last time.
    let mut next_lag = |silence| {
        at += silence;
        do_visitor(&mut machine, &memory, &say(&format!("m{at}"))).unwrap();
        machine.tells(&memory, &[inbox], at).unwrap();
        let is_due = |lag: &Millis| machine.due(&memory, true, at + lag).unwrap().contains(&inbox);
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
fn a_flood_is_refused_before_anything_is_looked_up() {
    let (mut machine, memory) = begun();
    let last = (0..100).find_map(|_| do_visitor(&mut machine, &memory, &say("m")).err());
    assert_eq!(last, Some(ErrorCode::TooMany));
    assert_eq!(memory.events().len(), 2);
}
