//! Everything that goes wrong with machines, mixed by chance, while people write: kills, power cuts, standstills, cut and silent
//! networks, full disks, stops, copies of a running folder. Then everything that each was told is held against what is stored and what the team
//! sees.
//!
//! Clocks that step are the simulation's: a process has no clock of its own that a test could set.

mod faults;
mod wires;

use crate::chance::Chance;
use crate::courier::{Courier, Side, all_is_there};
use crate::people::{ask_person, conversation, id, reply, say};
use crate::porter::{Disk, Porter};
use crate::waiting::lasting;
use crate::{Agent, Edge, Visitor, eventually};
use faults::Fault;
use shared::conversation::for_visitor;
use shared::ids::EventId;
use shared::protocol::{Event, What};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use wires::Wires;

/// How long, and which chances.
#[derive(Debug, Clone, Copy)]
pub struct Chaos {
    pub length: Duration,
    pub seed: u64,
}

/// Each has a conversation; an agent writes in it too.
const VISITORS: u8 = 6;
/// The usual limit of a shell and of a service.
const FILES: u32 = 1_024;
/// Room for the conversations, and soon filled.
const DISK_MB: u32 = 96;
/// After the last fault, what waits is delivered and told within this.
const SETTLES: Duration = Duration::from_secs(60);
/// The longest pause between two faults. People come back after half a second to some seconds.
const PAUSE_MS: u64 = 2_500;

/// The messages that were acknowledged so far, by all.
type Acknowledged = Mutex<BTreeSet<EventId>>;

impl Chaos {
    /// Lives through it. Panics at the first promise that is broken; otherwise tells what was.
    pub fn live(self) -> String {
        let disk = Disk::new(DISK_MB);
        let bindings = [("UNPACED", "1"), ("SILENT_MS", "45000")];
        let porter = Porter { files: Some(FILES) };
        let edge = Edge::behind(porter, disk.as_ref().map(Disk::path), &bindings);
        let wires = Wires::to(edge.port());
        let ada = Agent::set_up(&edge, "Ada");
        for number in 1..=VISITORS {
            Visitor::new(&edge, number).command(&conversation(number), 0, id(number), ask_person());
        }
        let couriers: Vec<Courier> = (1..=VISITORS)
            .flat_map(|number| {
                let visitor = Side::Visitor(Visitor::new(&edge, number).through(wires.port()));
                let agent = Side::Agent(Agent::sign_in(&edge, "Ada").through(wires.port()));
                [(number, visitor), (100 + number, agent)]
                    .map(|(name, side)| Courier::new(name, side, conversation(number), self.seed))
            })
            .collect();

        let (acknowledged, over) = (Acknowledged::default(), AtomicBool::new(false));
        let mut happened = BTreeMap::new();
        let mut copy = None;
        let couriers = std::thread::scope(|scope| {
            let (acknowledged, over) = (&acknowledged, &over);
            let writing: Vec<_> =
                couriers.into_iter().map(|courier| scope.spawn(move || write(courier, acknowledged, over))).collect();
            let begun = Instant::now();
            let mut chance = Chance::new(self.seed);
            while begun.elapsed() < self.length {
                lasting(Duration::from_millis(chance.below(PAUSE_MS)));
                let fault = Fault::any(&mut chance, disk.is_some());
                *happened.entry(fault.name()).or_insert(0) += 1;
                fault.happen(&edge, &wires, disk.as_ref(), &mut chance, acknowledged, &mut copy);
            }
            over.store(true, Ordering::Relaxed);
            writing.into_iter().map(|courier| courier.join().unwrap()).collect::<Vec<_>>()
        });

        let stored = account(&edge, &ada, &couriers);
        let restored = copy.map(|copy: faults::Copy| copy.open()).unwrap_or_default();
        let story: Vec<String> = happened.iter().map(|(name, times)| format!("{times} {name}")).collect();
        let sum: u64 = couriers.iter().map(|courier| courier.figures.tries).sum();
        format!(
            "seed {}: {}; {stored} messages stored of {sum} tries, lost 0, twice 0, out of order 0, all seen by the team{restored}",
            self.seed,
            story.join(", "),
        )
    }
}

/// Writes and delivers until it is over, then delivers what is left.
fn write(mut courier: Courier, acknowledged: &Acknowledged, over: &AtomicBool) -> Courier {
    let mut ended = None;
    loop {
        let is_over = over.load(Ordering::Relaxed);
        if is_over && courier.is_done() {
            return courier;
        }
        let waits = *ended.get_or_insert_with(Instant::now);
        assert!(!is_over || waits.elapsed() < SETTLES, "{} does not come to an end", courier.name());
        if !is_over {
            ended = None;
            while courier.has_room() {
                courier.write();
            }
        }
        if courier.deliver() {
            acknowledged.lock().unwrap().extend(courier.told.last().cloned());
        } else {
            // As a client that waits before it tries again, only less.
            lasting(Duration::from_millis(100));
        }
    }
}

/// Holds what everybody was told against what is stored, and what is stored against what the team sees; gives how many messages
/// there are.
fn account(edge: &Edge, ada: &Agent, couriers: &[Courier]) -> usize {
    let mut all = 0;
    for (number, pair) in (1..=VISITORS).zip(couriers.chunks(2)) {
        let (visitor, thread) = (Visitor::new(edge, number), conversation(number));
        let stored = visitor.events(&thread).events;
        let of_team: Vec<Event> = ada.events(&thread).events.into_iter().map(for_visitor).collect();
        assert_eq!(stored, of_team, "both sides see the same, but for the team's own business");
        all += all_is_there(&thread, &stored, &pair.iter().collect::<Vec<_>>());
        // Nothing is stuck: each takes one more, of either side.
        let last = "And one more";
        eventually("the visitor's last word", || visitor.offer(&thread, id(250), say(last)));
        eventually("the agent's", || (ada.try_command(&thread, 0, id(251), reply(last)).status == 200).then_some(()));
        let of_team = |line: &shared::protocol::Summary| line.id == thread && line.last == last;
        eventually("the team's list", || ada.inbox().iter().any(of_team).then_some(()));
        let said = |what: &What| matches!(what, What::Said { text } if text == last);
        let events = visitor.events(&thread).events;
        assert_eq!(events.iter().filter(|event| said(&event.what)).count(), 2);
        eventually("the visitor's own list", || {
            visitor.threads().iter().any(|one| one.id == thread && one.last == last).then_some(())
        });
    }
    all
}
