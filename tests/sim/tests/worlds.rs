//! Worlds without a broken promise, worlds that once had one, and the proof that the simulation finds what it is there for.

use std::time::Instant;

use sim::{Bug, Failure, run};

/// What a person waits for at their desk. CI lives through 20,000 (`cargo xtask sim`).
const AT_THE_DESK: u64 = 300;
/// Each planted bug is found in one of this many worlds.
const FOUND_WITHIN: u64 = 2_000;
/// Inputs that have failed: a line is the name of a planted bug, or `none`, and a seed.
const SEEDS: &str = include_str!("../seeds.txt");

#[test]
fn no_promise_is_broken_in_some_hundred_worlds() {
    let started = Instant::now();
    for seed in 0..AT_THE_DESK {
        check(seed, None, run(seed, None));
    }
    println!("{AT_THE_DESK} worlds in {:.1} s", started.elapsed().as_secs_f32());
}

#[test]
fn every_planted_bug_is_found() {
    for bug in Bug::ALL {
        let found = (0..FOUND_WITHIN).find_map(|seed| run(seed, Some(bug)).err());
        let Some(failure) = found else { panic!("{bug:?} was not found in {FOUND_WITHIN} worlds") };
        println!("{bug:?} {}: {}", failure.seed, failure.promise);
    }
}

#[test]
fn what_has_failed_once_is_tried_for_ever() {
    for line in SEEDS.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (name, seed) = line.split_once(' ').unwrap();
        let seed = seed.parse().unwrap();
        match Bug::ALL.into_iter().find(|bug| bug.name() == name) {
            Some(bug) => assert!(run(seed, Some(bug)).is_err(), "{bug:?} is not found with seed {seed} any more"),
            None => check(seed, None, run(seed, None)),
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_story() {
    let found = |seed: &u64| run(*seed, Some(Bug::NoDedupe)).is_err();
    let seed = (0..FOUND_WITHIN).find(found).unwrap();
    let story = || run(seed, Some(Bug::NoDedupe)).unwrap_err();
    assert_eq!(story(), story());
    assert!(story().story.last().unwrap().contains("BROKEN"), "{:?}", story().story.last());
}

fn check(seed: u64, bug: Option<Bug>, outcome: Result<(), Failure>) {
    let Err(failure) = outcome else { return };
    panic!("seed {seed} with {bug:?}: {}\n\n{}", failure.promise, failure.story.join("\n"));
}
