//! The lists of a workspace: nobody who waits is ever outside of them, however much else there is.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use shared::ids::{AgentId, TeamId};
use shared::protocol::*;
use std::collections::{BTreeMap, BTreeSet};
use tests::people::{ask_person, conversation, id, say, waiting};
use tests::seed::{Seed, line, seeded};
use tests::{Agent, Edge, Visitor};

const HOUR: Millis = 60 * 60 * 1_000;

/// Whom people have: those who wait, those who are somebody's, and what comes back.
fn open_lines(first: u32, agent: &Me, at: Millis) -> Vec<Summary> {
    let place = Placement { assignee: Some(agent.id.clone()), ..Placement::default() };
    let hand_off = Some(HandOff { reason: HandOffReason::Asked, place });
    vec![
        line(first, Status::Waiting, at),
        Summary { due: Some(at + 60_000), ..line(first + 1, Status::Waiting, at) },
        Summary { hand_off, ..line(first + 2, Status::Replied, at) },
        Summary { snoozed_until: Some(at + 10_000 * HOUR), ..line(first + 3, Status::Waiting, at) },
        line(first + 4, Status::Automatic, at),
    ]
}

#[test]
fn three_thousand_later_conversations_take_nobody_who_waits_out_of_the_lists() {
    let (edge, agent, _visitor, thread) = waiting();
    let long_ago = agent.inbox().iter().map(|line| line.updated_at).min().unwrap() - 100 * HOUR;
    edge.kill();
    let open = open_lines(1, &agent.me, long_ago);
    let later = (100..3_100).map(|number: u32| {
        let status = if number.is_multiple_of(2) { Status::Resolved } else { Status::Automatic };
        line(number, status, long_ago + HOUR + Millis::from(number))
    });
    Seed::open(&edge).lines(&open.iter().cloned().chain(later).collect::<Vec<_>>());
    edge.restart();

    let lines = agent.inbox();
    let shown: BTreeSet<_> = lines.iter().map(|line| &line.id).collect();
    assert!(shown.contains(&thread), "who has asked for a person");
    for line in &open {
        assert!(shown.contains(&line.id), "{line:?}");
    }
    assert_eq!(lines.first().map(|line| line.id.clone()), Some(seeded(2)), "the oldest promise comes first");
    let is_open = |line: &&Summary| line.status != Status::Resolved;
    assert!(lines.iter().take_while(is_open).map(Summary::rank).is_sorted());
    let of = |status| lines.iter().filter(|line| line.status == status).count();
    assert_eq!((of(Status::Automatic), of(Status::Resolved)), (1_501, 1_000));
    let last = lines.last().unwrap();
    assert_eq!(
        (last.status, &last.id),
        (Status::Resolved, &seeded(1_100)),
        "only the oldest resolved ones are left out"
    );
}

/// Lines of every kind: whose turn it is, where they lie, whose they are, what was promised, what was put aside.
fn lines_of_every_kind(me: &AgentId, at: Millis) -> Vec<Summary> {
    let teams = ["billing", "eu/delivery"].map(|team| Destination::Team(TeamId::parse(team).unwrap()));
    let others = AgentId::parse(&"Z".repeat(22)).unwrap();
    let mut lines = Vec::new();
    for status in [Status::Automatic, Status::Waiting, Status::Replied, Status::Resolved] {
        for to in teams.iter().map(Some).chain([Some(&Destination::Escalations), None]) {
            for assignee in [None, Some(me), Some(&others)] {
                for (snoozed, promised) in [(false, false), (false, true), (true, true)] {
                    let number = u32::try_from(lines.len()).unwrap();
                    let at = at + Millis::from(number) * 1_000;
                    let place = |to: &Destination| {
                        let (to, assignee) = (to.clone(), assignee.cloned());
                        let place = Placement { to, assignee, ..Placement::default() };
                        HandOff { reason: HandOffReason::Asked, place }
                    };
                    lines.push(Summary {
                        hand_off: to.map(place),
                        due: (promised && status == Status::Waiting).then_some(at + HOUR),
                        snoozed_until: snoozed.then_some(at + 10_000 * HOUR),
                        ..line(number, status, at)
                    });
                }
            }
        }
    }
    lines
}

/// All pages of a list, by HTTP, from its beginning.
fn whole(agent: &Agent, list: &ListName) -> Vec<Summary> {
    let mut lines: Vec<Summary> = Vec::new();
    let mut query = format!("list={}", list.slug());
    loop {
        let frames = agent.lists(&query);
        let page =
            frames.into_iter().find_map(|frame| if let InboxFrame::Page(page) = frame { Some(page) } else { None });
        let page = page.unwrap();
        assert!(page.list == *list && page.lines.len() <= PAGE_LINES);
        lines.extend(page.lines);
        if !page.more {
            return lines;
        }
        let Position { rank, id } = lines.last().unwrap().position();
        query = format!("list={}&after={rank}.{id}", list.slug());
    }
}

fn counts(frames: &[InboxFrame]) -> BTreeMap<ListName, u64> {
    let counts =
        frames.iter().find_map(|frame| if let InboxFrame::Counts(counts) = frame { Some(counts) } else { None });
    counts.unwrap().lists.clone()
}

/// An edge with these lines in its inbox and no others.
fn seeded_edge(lines: impl FnOnce(&Me, Millis) -> Vec<Summary>) -> (Edge, Agent) {
    let (edge, agent, visitor, thread) = waiting();
    let at = agent.inbox().first().unwrap().updated_at - 1_000 * HOUR;
    drop((visitor, thread));
    edge.kill();
    let seed = Seed::open(&edge);
    let (inbox, lines) = (seed.only("inbox"), lines(&agent.me, at));
    for table in ["conversations", "counts"] {
        seed.run("inbox", &inbox, &format!("DELETE FROM {table}"), &[serde_json::json!([])]);
    }
    seed.lines(&lines);
    drop(seed);
    edge.restart();
    (edge, agent)
}

#[test]
fn every_list_has_in_pages_and_counts_what_the_rule_says_and_in_its_order() {
    let (_edge, agent) = seeded_edge(|me, at| lines_of_every_kind(&me.id, at));
    let all = agent.inbox();
    assert_eq!(all.len(), 4 * 4 * 3 * 3);
    let counted = counts(&agent.lists("list=waiting"));
    let teams = ["billing", "eu/delivery"].map(|team| ListName::Team(TeamId::parse(team).unwrap()));
    for list in ListName::BEFORE_TEAMS.into_iter().chain(teams).chain(ListName::AFTER_TEAMS) {
        let mut expected: Vec<Position> =
            all.iter().filter(|line| list.holds(line, Some(&agent.me.id))).map(Summary::position).collect();
        expected.sort();
        let found: Vec<Position> = whole(&agent, &list).iter().map(Summary::position).collect();
        assert!(!expected.is_empty());
        assert_eq!(found, expected, "{list:?}");
        assert_eq!(counted.get(&list).copied(), Some(expected.len() as u64), "{list:?}");
    }
}

#[test]
fn an_agent_begins_with_thirty_kilobytes_however_many_conversations_there_are_and_how_long_their_titles_are() {
    let (_edge, agent) = seeded_edge(|_, at| {
        let long = |number| {
            let title = "\u{bc30}\u{c1a1}".repeat(60);
            Summary { last: title.clone(), title, ..line(number, Status::Waiting, at + Millis::from(number)) }
        };
        (0..5_000).map(long).collect()
    });
    let mut live = agent.lists_live(&InboxAsk::Show { list: ListName::Waiting, open: Some(seeded(4_000)) });
    let frames: [String; 3] = std::array::from_fn(|_| live.receive_text());
    let bytes: usize = frames.iter().map(String::len).sum();
    assert!(bytes <= 30_000, "{bytes} bytes");
    let frames: Vec<InboxFrame> = frames.iter().map(|text| serde_json::from_str(text).unwrap()).collect();
    assert_eq!(counts(&frames).get(&ListName::Waiting), Some(&5_000));
    let [_, InboxFrame::Page(page), InboxFrame::Changed(open)] = &frames[..] else { panic!("{frames:?}") };
    assert!(page.more && page.lines.len() >= 15 && page.lines.first().map(|line| &line.id) == Some(&seeded(0)));
    assert_eq!(open.id, seeded(4_000), "the line of the open conversation comes, wherever it stands");
    assert_eq!(whole(&agent, &ListName::Waiting).len(), 5_000);
}

#[test]
fn what_changes_is_told_with_the_counts_that_it_has_changed() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let mut live = agent.lists_live(&InboxAsk::Show { list: ListName::Waiting, open: None });
    let InboxFrame::Counts(none) = live.receive() else { panic!("the counts come first") };
    assert!(none.whole && none.lists.is_empty() && none.first.is_empty());
    let InboxFrame::Page(page) = live.receive() else { panic!("then the list") };
    assert!(page.lines.is_empty() && !page.more);

    let (visitor, thread) = (Visitor::new(&edge, 1), conversation(1));
    visitor.command(&thread, 0, id(1), say("My lamp hums"));
    visitor.command(&thread, 0, id(2), ask_person());
    let counts = loop {
        match live.receive() {
            InboxFrame::Counts(counts) if counts.lists.get(&ListName::Waiting) == Some(&1) => break counts,
            InboxFrame::Counts(_) | InboxFrame::Changed(_) => {}
            other => panic!("{other:?}"),
        }
    };
    assert!(!counts.whole && counts.lists.contains_key(&ListName::Escalations));
    assert_eq!(counts.lists.get(&ListName::Mine), None, "what has not changed is not told");
    assert_eq!(counts.first.first().map(|first| &first.id), Some(&thread));

    agent.command(&thread, 0, id(3), AgentAction::Resolve);
    loop {
        if let InboxFrame::Counts(counts) = live.receive()
            && counts.lists.get(&ListName::Waiting) == Some(&0)
        {
            assert!(counts.first.is_empty() && counts.lists.get(&ListName::Solved) == Some(&1));
            break;
        }
    }
    live.send(&InboxAsk::Line { id: thread.clone() });
    live.send(&InboxAsk::Line { id: conversation(9) });
    let InboxFrame::Changed(line) = live.receive() else { panic!("one line") };
    assert_eq!((line.id, line.status), (thread, Status::Resolved));
    assert_eq!(live.receive::<InboxFrame>(), InboxFrame::Forgotten { id: conversation(9) });
    live.send_text("{\"show\":{}}");
    assert!(live.receive_text().contains("invalid_request"));
}
