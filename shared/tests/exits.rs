//! The proof of the exits: every state that a conversation can reach within the bound is visited, by the functions that the
//! product runs, and in each of them the visitor is one action away from a person, the assistant has repeated nothing and
//! spoken after no human, and the conversation is in an inbox.
//!
//! States are told apart by all that a rule looks at; times and ids are not part of that. The promises are checked against
//! a ghost, which remembers on its own what was said and who has joined, and does not trust the fold.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

#[path = "exits/world.rs"]
mod world;

use shared::conversation::{List, State, summary};
use shared::deadlines::Terms;
use shared::ids::ConversationId;
use shared::protocol::{Author, Status, What};
use std::collections::{BTreeSet, VecDeque};
use world::{MOVES, Move, World};

/// What fits into some seconds of a debug build. The whole space is finite: `BEFOREHAND_EXITS=whole` walks all of its
/// some 870,000 states in three minutes of an optimised one (`cargo test --profile sim -p beforehand-shared --test exits`).
const BOUND: usize = 20_000;
/// What asks for the whole of it.
const WHOLE: &str = "BEFOREHAND_EXITS";
/// The search is worth its name only if it goes far.
const AT_LEAST: usize = 10_000;

#[test]
fn from_every_state_a_person_is_one_action_away_and_the_assistant_keeps_its_promises() {
    let mut seen = BTreeSet::new();
    let mut queue = VecDeque::from([World::default()]);
    let mut steps = 0_u64;
    let bound = if std::env::var(WHOLE).is_ok_and(|wish| wish == "whole") { usize::MAX } else { BOUND };
    while let Some(world) = queue.pop_front() {
        check(&world);
        for one in MOVES {
            let Some(next) = step(&world, *one) else { continue };
            steps += 1;
            if seen.len() < bound && seen.insert(next.abstracted()) {
                queue.push_back(next);
            }
        }
    }
    println!("{} states, {steps} steps, none without a way to a person", seen.len());
    assert!(seen.len() >= AT_LEAST, "only {} states were reached", seen.len());
}

#[test]
fn the_ghost_notices_an_assistant_that_speaks_after_a_human_or_repeats_itself() {
    let mut world = World::default();
    world.play(Move::SayKnown).unwrap();
    world.play(Move::Assist).unwrap();
    world.play(Move::AskPerson).unwrap();
    world.events.iter().for_each(|event| world.ghost.sees(event));
    let spoken = world.state.clone();
    let said = world.events.iter().find(|event| event.by == Author::Assistant).unwrap().what.clone();
    assert!(world.ghost.objection(&spoken, &said).is_some_and(|objection| objection.contains("human")));
    world.ghost.human = false;
    assert!(world.ghost.objection(&spoken, &said).is_some_and(|objection| objection.contains("again")));
}

/// Takes one step and judges all that it made happen.
fn step(before: &World, one: Move) -> Option<World> {
    let mut world = before.clone();
    world.play(one)?;
    let mut ghost = before.ghost.clone();
    for event in &world.events[before.events.len()..] {
        if event.by == Author::Assistant && !matches!(event.what, What::HandedOff { .. }) {
            let objection = ghost.objection(&before.state, &event.what);
            assert_eq!(objection, None, "{one:?} after\n{}", world.story());
        }
        ghost.sees(event);
    }
    world.ghost = ghost;
    Some(world)
}

fn conversation() -> ConversationId {
    ConversationId::parse(&"c".repeat(22)).unwrap()
}

fn lists(state: &State) -> Vec<List> {
    state.lists(&conversation())
}

/// What must hold in every state.
fn check(world: &World) {
    let state = &world.state;
    let mut asked = world.clone();
    asked.play(Move::AskPerson).unwrap_or_else(|| panic!("nobody can be asked for after\n{}", world.story()));
    let with_people = |list: &List| matches!(list, List::Escalations | List::Team(_));
    assert_eq!(asked.state.status, Status::Waiting, "{}", asked.story());
    assert!(lists(&asked.state).iter().any(with_people), "asked in vain after\n{}", asked.story());
    assert!(!asked.state.assistant_may_speak(), "{}", asked.story());

    if !state.is_open() {
        return;
    }
    let row = summary(&conversation(), 0, state, &Terms::default());
    if row.holder().is_some() {
        // The edge asks this in SQL.
        assert_eq!(row.is_waiting(), row.waiting_since.is_some(), "{}", world.story());
    }
    let inboxes = lists(state);
    assert!(inboxes.contains(&List::All) && inboxes.len() > 1, "outside of every inbox:\n{}", world.story());
    let is_put_aside = state.snooze.is_some() || state.status == Status::Resolved;
    if !state.assistant_may_speak() && !is_put_aside {
        assert!(inboxes.iter().any(with_people), "with people and in no list of theirs:\n{}", world.story());
    }
    // Somebody or something is always to act next: people, the visitor who was asked, or the clock.
    let is_attended = !state.assistant_may_speak()
        || is_put_aside
        || !world.owed.is_empty()
        || !state.open_questions.is_empty()
        || state.stuck.is_some();
    assert!(is_attended, "forgotten:\n{}", world.story());
    if state.snooze.is_some() || state.stuck.is_some() {
        assert!(world.next_time().is_some(), "put aside for ever:\n{}", world.story());
    }
}
