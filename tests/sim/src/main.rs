//! `sim --seeds N [--from S] [--seed S] [--bug NAME]`: lives through many worlds and tells the story of the first that
//! breaks a promise.

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use sim::{Bug, Failure, run};

/// The end of a story is where it goes wrong.
const LAST_LINES: usize = 60;

struct Wish {
    from: u64,
    seeds: u64,
    bug: Option<Bug>,
}

fn main() -> ExitCode {
    let wish = match wish(std::env::args().skip(1)) {
        Ok(wish) => wish,
        Err(error) => {
            eprintln!("{error}\n\nsim [--seeds N] [--from S] [--seed S] [--bug NAME]");
            return ExitCode::FAILURE;
        }
    };
    let started = Instant::now();
    match first_failure(&wish) {
        None => {
            println!("{} worlds, no promise broken, {:.1} s", wish.seeds, started.elapsed().as_secs_f32());
            ExitCode::SUCCESS
        }
        Some(failure) => {
            let skipped = failure.story.len().saturating_sub(LAST_LINES);
            println!("seed {}: {}\n", failure.seed, failure.promise);
            failure.story.iter().skip(skipped).for_each(|line| println!("{line}"));
            ExitCode::FAILURE
        }
    }
}

/// Each core takes the next seed, and the smallest failing one is told of.
fn first_failure(wish: &Wish) -> Option<Failure> {
    let next = AtomicU64::new(wish.from);
    let end = wish.from + wish.seeds;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= end {
                return None;
            }
            if let Err(failure) = run(seed, wish.bug) {
                next.store(end, Ordering::Relaxed);
                return Some(failure);
            }
        }
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().filter_map(|worker| worker.join().ok().flatten()).min_by_key(|failure| failure.seed)
    })
}

fn wish(mut arguments: impl Iterator<Item = String>) -> Result<Wish, String> {
    let mut wish = Wish { from: 0, seeds: 1_000, bug: None };
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
        let number = || value.parse::<u64>().map_err(|_| format!("{value} is not a number"));
        match name.as_str() {
            "--seeds" => wish.seeds = number()?,
            "--from" => wish.from = number()?,
            "--seed" => (wish.from, wish.seeds) = (number()?, 1),
            "--bug" => {
                let bug = Bug::ALL.into_iter().find(|bug| bug.name() == value);
                wish.bug = Some(bug.ok_or_else(|| format!("there is no planted bug called {value}"))?);
            }
            _ => return Err(format!("there is no option {name}")),
        }
    }
    Ok(wish)
}
