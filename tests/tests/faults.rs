//! Real faults: the process is killed again and again under load, sockets are cut in the midst of frames, and people write
//! on while nobody is there. Then what each of them was told is held against what is stored.

use shared::conversation::for_visitor;
use shared::protocol::*;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tests::chance::Chance;
use tests::courier::{Courier, Figures, Side, all_is_there};
use tests::people::{ask_person, conversation, id};
use tests::{Agent, Edge, Visitor, eventually};

const KILLS: u64 = 50;
/// Each has a conversation of their own; an agent writes in it too.
const VISITORS: u8 = 5;
/// A kill comes after fewer acknowledgements than this since the last one: often while the edge is still waking up.
const MOST_BETWEEN_KILLS: u64 = 40;
/// Given as `BEFOREHAND_SEED`, the same kills come after the same numbers of acknowledgements.
const SEED: u64 = 20_261;
/// All of it takes less on two busy cores; a run that takes longer hangs.
const ALL_WITHIN: Duration = Duration::from_secs(110);

fn seed() -> u64 {
    std::env::var("BEFOREHAND_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(SEED)
}

#[test]
fn nothing_is_lost_nothing_comes_twice_and_the_order_is_one_though_the_edge_is_killed_fifty_times() {
    let begun = Instant::now();
    // One conversation may go faster here than people: what is looked for is what the kills hit.
    let edge = Edge::start_with(&[("UNPACED", "1")]);
    let ada = Agent::set_up(&edge, "Ada");
    for number in 1..=VISITORS {
        Visitor::new(&edge, number).command(&conversation(number), 0, id(number), ask_person());
    }
    let couriers: Vec<Courier> = (1..=VISITORS)
        .flat_map(|number| {
            let visitor = Side::Visitor(Visitor::new(&edge, number));
            let agent = Side::Agent(Agent::sign_in(&edge, "Ada"));
            [(number, visitor), (100 + number, agent)]
                .map(|(name, side)| Courier::new(name, side, conversation((name - 1) % 100 + 1), seed()))
        })
        .collect();

    let (acknowledged, over) = (AtomicU64::new(0), AtomicBool::new(false));
    let port = edge.port();
    let down = std::cell::Cell::new(Duration::ZERO);
    let couriers: Vec<Courier> = std::thread::scope(|scope| {
        let (acknowledged, over) = (&acknowledged, &over);
        let writing: Vec<_> = couriers
            .into_iter()
            .map(|courier| scope.spawn(move || write_until(port, courier, begun, acknowledged, over)))
            .collect();
        let mut chance = Chance::new(seed());
        for _ in 0..KILLS {
            let due = acknowledged.load(Ordering::Relaxed) + chance.below(MOST_BETWEEN_KILLS);
            eventually("the next kill", || (acknowledged.load(Ordering::Relaxed) >= due).then_some(()));
            let killed = Instant::now();
            edge.kill();
            edge.restart();
            down.set(down.get() + killed.elapsed());
        }
        over.store(true, Ordering::Relaxed);
        writing.into_iter().map(|courier| courier.join().unwrap()).collect()
    });

    let mut stored_in_all = 0;
    for number in 1..=VISITORS {
        let thread = conversation(number);
        let stored = Visitor::new(&edge, number).events(&thread).events;
        let of_team: Vec<Event> = ada.events(&thread).events.into_iter().map(for_visitor).collect();
        assert_eq!(stored, of_team, "both sides see the same, but for the team's own business");
        let writers: Vec<&Courier> =
            [&couriers[usize::from(number) * 2 - 2], &couriers[usize::from(number) * 2 - 1]].into();
        stored_in_all += all_is_there(&thread, &stored, &writers);
        // The lists learn of it even if a kill came between the message and the telling.
        let last =
            stored.iter().rev().find_map(|event| if let What::Said { text } = &event.what { Some(text) } else { None });
        eventually("the inbox", || {
            ada.inbox().iter().any(|line| line.id == thread && Some(&line.last) == last).then_some(())
        });
    }
    let sum = |of: fn(&Figures) -> u64| couriers.iter().map(|courier| of(&courier.figures)).sum::<u64>();
    let written: usize = couriers.iter().map(|courier| courier.written.len()).sum();
    println!(
        "{KILLS} kills (seed {}), {} ms down in all; {written} messages by {} people, {stored_in_all} stored; {} tries, {} cut in a frame, \
         {} with nobody there, {} told to wait; up to {} in an outbox; lost 0, twice 0, out of order 0; {:.0} s",
        seed(),
        down.get().as_millis(),
        couriers.len(),
        sum(|figures| figures.tries),
        sum(|figures| figures.cut),
        sum(|figures| figures.away),
        sum(|figures| figures.too_many),
        couriers.iter().map(|courier| courier.figures.most_in_outbox).max().unwrap_or_default(),
        begun.elapsed().as_secs_f32(),
    );
}

/// Writes and delivers until the kills are over, then delivers what is left.
fn write_until(
    port: u16,
    mut courier: Courier,
    begun: Instant,
    acknowledged: &AtomicU64,
    over: &AtomicBool,
) -> Courier {
    while !over.load(Ordering::Relaxed) || !courier.is_done() {
        assert!(begun.elapsed() < ALL_WITHIN, "it does not come to an end");
        if courier.has_room() && !over.load(Ordering::Relaxed) {
            courier.write();
        }
        // Whether or not it is taken: while nobody is there, the outbox fills.
        if courier.deliver() {
            acknowledged.fetch_add(1, Ordering::Relaxed);
        } else {
            while courier.has_room() && !over.load(Ordering::Relaxed) {
                courier.write();
            }
            eventually("somebody to be there", || std::net::TcpStream::connect(("127.0.0.1", port)).ok());
        }
    }
    courier
}
