//! A team at work: who gets what, what is promised in which hours, and what the reports count.

use serde_json::{Value, json};
use shared::ids::{AgentId, ConversationId, TeamId};
use shared::protocol::*;
use shared::report::Rate;
use tests::people::{ask_person, conversation, id, meeting, reply, say};
use tests::waiting::eventually;
use tests::{Agent, Edge, Visitor};

fn publish(edge: &Edge, operations: Value) {
    let mut content = edge.content();
    content["operations"] = operations;
    edge.publish(&content);
}

/// Operations by which refunds go to billing, where the first member has room for two and the others for one.
fn billing(members: &[&Agent], assign: &str) -> Value {
    let capacity = |place: usize| if place == 0 { 2 } else { 1 };
    let member = |(place, agent): (usize, &&Agent)| json!({ "agent": agent.me.id, "capacity": capacity(place) });
    json!({
        "teams": [{ "id": "billing", "name": "Billing", "members": members.iter().enumerate().map(member).collect::<Vec<_>>() }],
        "rules": [{ "id": "money", "when": { "words": ["refund"] }, "then": { "team": "billing", "assign": assign } }]
    })
}

/// Asks for a person about a refund, in a conversation of its own.
/// A team of two agents, whose first has room for two conversations and the other for one.
fn billing_of_two(assign: &str) -> (Edge, Agent, Agent) {
    let edge = Edge::start();
    let ada = Agent::set_up(&edge, "Ada");
    let bob = ada.invite(&edge, "Bob");
    publish(&edge, billing(&[&ada, &bob], assign));
    (edge, ada, bob)
}

fn asks(edge: &Edge, number: u8) -> ConversationId {
    let (visitor, thread) = (Visitor::new(edge, number), conversation(number));
    visitor.command(&thread, 0, id(2 * number), say("refund"));
    visitor.command(&thread, 0, id(2 * number + 1), ask_person());
    thread
}

fn summary(agent: &Agent, thread: &ConversationId) -> Summary {
    agent.inbox().into_iter().find(|summary| summary.id == *thread).unwrap()
}

fn assignee(agent: &Agent, thread: &ConversationId) -> Option<AgentId> {
    let place = summary(agent, thread).hand_off.unwrap().place;
    assert_eq!(place.to, Destination::Team(TeamId::parse("billing").unwrap()));
    place.assignee
}

#[test]
fn a_team_shares_by_room_among_those_who_are_there_and_nobody_gets_more_than_they_can() {
    let (edge, ada, bob) = billing_of_two("balance");
    let early = asks(&edge, 1);
    assert_eq!(assignee(&ada, &early), None, "nobody is there: it waits in the team's list");

    let (_here, _too) = (ada.inbox_live(), bob.inbox_live());
    let first = eventually("whoever is there gets what has waited", || assignee(&ada, &early));
    let mut given: Vec<AgentId> = (2..4).filter_map(|number| assignee(&ada, &asks(&edge, number))).collect();
    given.push(first);
    given.sort();
    let mut expected = vec![ada.me.id.clone(), ada.me.id.clone(), bob.me.id.clone()];
    expected.sort();
    assert_eq!(given, expected);
    let waits = asks(&edge, 4);
    assert_eq!(assignee(&ada, &waits), None, "everybody is full");
    let open = |name: &str| ada.team().agents.into_iter().find(|agent| agent.name == name).unwrap();
    assert_eq!((open("Ada").open, open("Bob").open), (2, 1));
    assert!(open("Ada").present && open("Bob").present);

    let bobs = (1..4).map(conversation).find(|thread| assignee(&ada, thread) == Some(bob.me.id.clone())).unwrap();
    bob.command(&bobs, 0, id(100), AgentAction::Resolve);
    let next = eventually("whoever has room again gets what has waited longest", || assignee(&ada, &waits));
    assert_eq!((next, open("Bob").open), (bob.me.id.clone(), 1));
    let handed_off: u64 = ada.report().now.values().map(|counters| counters.handed_off).sum();
    assert_eq!(handed_off, 4, "to be given out of the list is no second hand-off");
}

#[test]
fn what_was_answered_and_is_quiet_makes_room_until_the_visitor_writes_again() {
    // Ten minutes are three seconds of such a day.
    let quiet_after = 3_000;
    let edge = Edge::start_with(&[("DAY_MS", "432000")]);
    let ada = Agent::set_up(&edge, "Ada");
    publish(&edge, billing(&[&ada], "balance"));
    let _here = ada.inbox_live();
    let [answered, waits, next] = [1, 2, 3].map(|number| asks(&edge, number));
    let given = [&answered, &waits, &next].map(|thread| assignee(&ada, thread).is_some());
    assert_eq!(given, [true, true, false], "there is room for two");

    let answer = ada.command(&answered, 0, id(100), reply("Here you are"));
    let answered_at = answer.into_iter().find(|event| event.id == id(100)).unwrap().at;
    let events = || ada.events(&next).events;
    let is_hers = |event: &Event| matches!(&event.what, What::Assigned { place } if place.assignee.is_some());
    let seated = eventually("it to be given to her", || events().into_iter().find(is_hers));
    assert!(seated.at >= answered_at + quiet_after, "{} after {answered_at}", seated.at);
    assert_eq!(
        assignee(&ada, &waits),
        Some(ada.me.id.clone()),
        "who waits for her takes her room for as long as that is"
    );

    Visitor::new(&edge, 1).command(&answered, 0, id(101), say("and another refund"));
    let late = asks(&edge, 4);
    ada.command(&next, 0, id(102), AgentAction::Resolve);
    ada.command(&waits, 0, id(103), AgentAction::Resolve);
    eventually("whoever waits longest to be given to her", || assignee(&ada, &late));
    assert_eq!(assignee(&ada, &asks(&edge, 5)), None, "there are the one who writes again and the late one");
}

#[test]
fn who_has_helped_before_helps_again() {
    let (edge, ada, bob) = billing_of_two("previous");
    let (_here, _too) = (ada.inbox_live(), bob.inbox_live());
    let (visitor, first, second) = (Visitor::new(&edge, 1), conversation(1), conversation(2));
    visitor.command(&first, 0, id(1), say("refund"));
    visitor.command(&first, 0, id(2), ask_person());
    bob.command(&first, 0, id(3), reply("Here you are"));
    // The agent to whom it was given has room again.
    bob.command(&first, 0, id(6), AgentAction::Resolve);
    visitor.command(&second, 0, id(4), say("another refund"));
    visitor.command(&second, 0, id(5), ask_person());
    assert_eq!(assignee(&ada, &second), Some(bob.me.id.clone()));
}

#[test]
fn an_invitation_makes_one_agent_once() {
    let edge = Edge::start();
    let ada = Agent::set_up(&edge, "Ada");
    let token = ada.invitation().token;
    for name in ["ADA", "\u{ff21}da", "\u{1d400}da", "Adɑ", "A\u{200c}da", "AD\u{391}"] {
        let refused = Agent::try_join(&edge, &token, name).refusal().1;
        assert!(matches!(refused, ErrorCode::NameTaken | ErrorCode::BadName), "{name:?}: {refused:?}");
    }
    assert_eq!(Agent::try_join(&edge, "not a token", "Eve").refusal().1, ErrorCode::WrongToken);
    assert_eq!(Agent::try_join(&edge, &token, "Bob").ok::<Me>().name, "Bob");
    assert_eq!(Agent::try_join(&edge, &token, "Eve").refusal().1, ErrorCode::WrongToken);
    assert_eq!(Agent::try_join(&edge, tests::edge::SETUP_TOKEN, "Eve").refusal().1, ErrorCode::AlreadySetUp);
    let names: Vec<String> = ada.team().agents.into_iter().map(|agent| agent.name).collect();
    assert_eq!(names, ["Ada", "Bob"]);
}

#[test]
fn a_promise_comes_back_before_it_is_broken_and_when_it_is() {
    let edge = Edge::start();
    let ada = Agent::set_up(&edge, "Ada");
    let target = json!({ "share": 90, "within": 4 });
    publish(&edge, json!({ "deadlines": { "targets": { "normal": { "first": target } } } }));
    let thread = asks(&edge, 1);
    let waiting = summary(&ada, &thread);
    let since = waiting.waiting_since.unwrap();
    assert_eq!(waiting.due, Some(since + 4_000), "the inbox knows the promise");

    let told = |because: Resurface| {
        eventually("it comes back", || {
            let events = ada.events(&thread).events;
            events.into_iter().find(|event| event.what == What::Resurfaced { because })
        })
    };
    let (soon, late) = (told(Resurface::ReplyDue), told(Resurface::ReplyLate));
    assert!((since + 3_000..since + 4_000).contains(&soon.at), "{} after {since}", soon.at);
    assert!(late.at >= since + 4_000, "{} after {since}", late.at);

    ada.command(&thread, 0, id(9), reply("Sorry"));
    let report = ada.report();
    let counters = report.now.values().next().unwrap();
    assert_eq!(counters.kept(Priority::Normal, shared::deadlines::Kind::First), Rate { part: 0, whole: 1 });
    assert_eq!(report.promises.targets.len(), 1, "what was promised stands beside it");
}

#[test]
fn visitors_are_told_when_somebody_is_there_and_how_long_it_usually_takes() {
    let edge = Edge::start();
    let ada = Agent::set_up(&edge, "Ada");
    let expected = || edge.client().get("/api/w/demo/boot").send().ok::<Boot>().expected;
    assert_eq!(expected(), Expected { open: true, minutes: None, at: None }, "nothing is known yet");
    for number in 1..6 {
        let thread = asks(&edge, number);
        ada.command(&thread, 0, id(100 + number), reply("Here you are"));
    }
    assert_eq!(expected(), Expected { open: true, minutes: Some(5), at: None });
    publish(&edge, json!({ "hours": { "zone": "UTC", "week": {} } }));
    assert_eq!(expected(), Expected { open: false, minutes: None, at: None }, "nobody is ever there");
}

#[test]
fn reports_count_what_happened_once_also_after_the_power_went() {
    let (edge, ada, visitor, thread) = meeting();
    visitor.command(&thread, 0, id(1), say("My lamp hums"));
    visitor.command(&thread, 0, id(2), ask_person());
    ada.command(&thread, 0, id(3), reply("It is the driver"));
    ada.command(&thread, 0, id(4), AgentAction::Resolve);
    visitor.command(
        &thread,
        0,
        id(5),
        VisitorAction::Rate { survey: Survey::Satisfaction, score: 2, comment: String::new() },
    );
    visitor.command(
        &thread,
        0,
        id(6),
        VisitorAction::Rate { survey: Survey::Satisfaction, score: 5, comment: String::new() },
    );
    let resolution = json!({ "id": id(9), "article": "track-a-parcel", "locale": "en", "helped": true });
    for _ in 0..2 {
        edge.client().post("/api/w/demo/resolutions").json(&resolution).send();
    }
    edge.kill();
    edge.restart();

    let topics = ada.report().now;
    // The article that was read in vain is what the conversation is about.
    let asked: Vec<(&str, u64)> = topics.iter().map(|(topic, counters)| (topic.as_str(), counters.asked)).collect();
    assert_eq!(
        asked.iter().filter(|(_, asked)| *asked > 0).collect::<Vec<_>>(),
        [&("connect-wifi", 1), &("track-a-parcel", 1)]
    );
    let (people, alone) = (&topics["connect-wifi"], &topics["track-a-parcel"]);
    assert_eq!(people.solved.person, 1);
    assert_eq!((people.handed_off, people.escalations), (1, 1));
    assert_eq!(people.csat_people.good(), Rate { part: 1, whole: 1 }, "the last score counts");
    assert_eq!(people.first_reply.count(), 1);
    assert_eq!(alone.roar().suggestions, Rate { part: 1, whole: 1 });
    assert_eq!(people.funnel().escalated, 1, "the article did not help");
}

/// A message after an article that there is not.
fn made_up(name: &str, count: usize, opened: bool) -> Context {
    let shown = |at: usize| {
        let id = shared::ids::ArticleId::parse(&format!("made-up-{name}-{at}")).unwrap();
        Shown { opened, ..Shown::new(ArticleRef { id, title: String::new() }) }
    };
    Context { shown: (0..count).map(shown).collect(), ..tests::people::context() }
}

#[test]
fn whoever_makes_articles_up_fills_no_report_and_hides_nobody() {
    let edge = Edge::start();
    let ada = Agent::set_up(&edge, "Ada");
    // As many as a conversation may tell of, and more of them in every message.
    for number in 1..4 {
        let (visitor, thread) = (Visitor::new(&edge, number), conversation(number));
        for message in 0..9 {
            let context = made_up(&format!("{number}-{message}"), 50, false);
            let action = VisitorAction::Say { text: format!("{message}"), context };
            visitor.command(&thread, 0, id(10 * number + message), action);
        }
    }
    let of_topic = |topic: &str| ada.report().now[topic].suggestions.len();
    assert_eq!(of_topic("other"), 3 * 50, "fifty for each conversation");
    // Each opens another one, which is what its conversation is then about.
    for number in 100..150 {
        let (visitor, thread) = (Visitor::new(&edge, number), conversation(number));
        let context = made_up(&number.to_string(), 1, true);
        visitor.command(&thread, 0, id(number), VisitorAction::Say { text: "Hello".into(), context });
    }
    assert_eq!(ada.inbox().len(), 53, "every conversation is in the list");
    let now = ada.report().now;
    assert_eq!(now.len(), 40, "a day has so many topics");
    assert_eq!(now.values().map(|counters| counters.asked).sum::<u64>(), 53, "and the others are not lost");
}

#[test]
fn a_reply_over_words_that_its_author_has_not_seen_is_refused_and_told_what_is_new() {
    let (edge, ada, visitor, thread) = meeting();
    let bob = ada.invite(&edge, "Bob");
    visitor.command(&thread, 0, id(1), ask_person());
    let seen = ada.events(&thread).events.last().unwrap().seq;
    visitor.command(&thread, 0, id(2), say("it works again"));
    let over = AgentAction::Reply { text: "I am looking at it".into(), seen: Some(seen) };
    assert_eq!(ada.try_command(&thread, 0, id(3), over).refusal(), (409, ErrorCode::Unseen));
    assert!(!visitor.events(&thread).events.iter().any(|event| event.id == id(3)));
    let mut socket = ada.live(&thread, seen);
    let ConversationFrame::Events(news) = socket.receive() else { panic!("the greeting is not answered") };
    assert!(news.events.iter().any(|event| matches!(&event.what, What::Said { text } if text == "it works again")));
    let aware = |seen: Seq| AgentAction::Reply { text: "Glad to hear that".into(), seen: Some(seen) };
    let now = news.events.last().unwrap().seq;
    ada.command(&thread, 0, id(4), aware(now));
    assert_eq!(bob.try_command(&thread, 0, id(5), aware(now)).refusal(), (409, ErrorCode::Unseen));
    // A reply that is stored is not refused when it is sent again.
    assert_eq!(ada.try_command(&thread, 0, id(4), aware(now)).status, 200);
    assert_eq!(summary(&ada, &thread).hand_off.unwrap().place.assignee, Some(ada.me.id.clone()), "it was nobody's");
}
