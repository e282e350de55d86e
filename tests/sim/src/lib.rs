//! The product in one seeded world: visitors with several tabs and devices, agents, objects, the network and the clocks.
//!
//! What runs is the product's own code: `shared::conversation::Machine` with the assistant in the objects, and `shared::client`
//! (outbox, transcript, link, back-off) in the clients of both sides. The simulation replaces all that lies around it: storage
//! that keeps what was written and nothing else, a process that can die before any write, alarms that are late or ring twice,
//! frames and requests that are lost, late, repeated or out of order, clocks that step. `check` holds the promises against it
//! after every step, and once more when the trouble is over.
//!
//! `Bug` has a bug for each promise that is planted on purpose; a test shows that the simulation finds each of them.

mod bug;
mod world;

pub use bug::Bug;

use world::{Happening, World};

/// How long the trouble lasts, with some time for what was begun in it.
const TROUBLE_ENDS_MS: u64 = 70_000;
/// After so long without trouble everything must be settled: all back-offs and time-outs fit into it several times.
const CALM_MS: u64 = 240_000;
/// How long it takes until everybody is back who has left, with time for what follows from it.
const LEAVING_MS: u64 = 90_000;
/// After so long every conversation has ended that was to end.
const ENDS_MS: u64 = 120_000;
/// A world in which more happens goes round in circles.
const MOST_STEPS: u32 = 60_000;

/// A promise that was broken, and how it came to that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// In which world.
    pub seed: u64,
    /// Which promise.
    pub promise: String,
    /// What happened, in order.
    pub story: Vec<String>,
}

/// Lives through one world; an error if a promise was broken there.
pub fn run(seed: u64, bug: Option<Bug>) -> Result<(), Failure> {
    match live(seed, bug, false).failure {
        None => Ok(()),
        Some(_) => {
            // Once more, from the beginning, with somebody who writes it down.
            let world = live(seed, bug, true);
            let promise = world.failure.unwrap_or_default();
            Err(Failure { seed, promise, story: world.story.unwrap_or_default() })
        }
    }
}

fn live(seed: u64, bug: Option<Bug>, tells: bool) -> World {
    let mut world = World::new(seed, bug, tells);
    let beginning = world.now;
    world.populate();
    let mut steps = 0;
    steps += pass(&mut world, beginning + TROUBLE_ENDS_MS);
    if world.failure.is_some() {
        return world;
    }
    world.heal();
    let healed = world.now.max(beginning + TROUBLE_ENDS_MS);
    steps += pass(&mut world, healed + CALM_MS);
    if steps >= MOST_STEPS {
        world.fail(|| String::from("it never comes to rest"));
    }
    if world.failure.is_none() {
        world.check_end();
    }
    if world.failure.is_none() {
        world.plan_leaving();
        let planned = world.now;
        steps += pass(&mut world, planned + LEAVING_MS);
        world.check_end();
    }
    if world.failure.is_none() && steps < MOST_STEPS {
        world.plan_ends();
        let planned = world.now;
        pass(&mut world, planned + ENDS_MS);
        world.check_ends();
    }
    world
}

/// Lets things happen until a time, or until a promise is broken.
fn pass(world: &mut World, until: u64) -> u32 {
    let mut steps = 0;
    while steps < MOST_STEPS && world.failure.is_none() {
        let Some(happening) = world.next_until(until) else { break };
        step(world, happening);
        steps += 1;
    }
    steps
}

fn step(world: &mut World, happening: Happening) {
    match happening {
        Happening::Act => world.somebody_acts(),
        Happening::ClockIsRight => world.clock_is_right(),
        Happening::SocketOpens(socket) => world.socket_opens(socket),
        Happening::SocketCloses(socket) => world.socket_closes(socket),
        Happening::Up(socket, frame) => world.hears(socket, frame),
        Happening::Down(socket, frame) => world.client_hears(socket, frame),
        Happening::Arrives(request, is_heard) => world.arrives(request, is_heard),
        Happening::Answers(request, result) => world.answered(request, result),
        Happening::LinkTime(end, timer) => world.link_time(end, timer),
        Happening::Retry(end, retry) => world.retry(end, retry),
        Happening::Look(end, life) => world.look(end, life),
        Happening::ReadAgain(end) => world.read_again(end),
        Happening::Alarm(object) => world.alarm(object),
        Happening::Watched { object, life, until } => world.watched(object, life, until),
        Happening::Seated { object } => world.seated(object),
        Happening::Reaches(call) => world.reaches(*call),
        Happening::Returns { number, answer } => world.answered_call(number, *answer),
        Happening::GivenUp(request) => world.give_up_request(request),
        Happening::SaysMore(object) => world.says_more(object),
        Happening::Leaves(object) => world.leaves(object),
        Happening::LooksAtList(object) => world.looks_at_list(object),
        Happening::AgentWrites(object) => world.agent_writes(object),
        Happening::Ends(object) => world.ends(object),
        Happening::SendsAgain(end, text) => world.sends_again(end, text),
        Happening::Restored(object, disk) => world.restored(object, *disk),
    }
}
