//! The lists of a workspace: nobody who waits is ever outside of them, however much else there is.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use shared::protocol::*;
use std::collections::BTreeSet;
use tests::people::waiting;
use tests::seed::{Seed, line, seeded};

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
    let later = (100..3_100).map(|number| {
        let status = if number % 2 == 0 { Status::Resolved } else { Status::Automatic };
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
