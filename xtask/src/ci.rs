//! `cargo xtask ci`: everything that has to hold before a change is taken, and `cargo xtask check`: the same without the tests.

use crate::places::Places;
use crate::screen::Screen;
use crate::{Outcome, deploy, lint, sim, size, test, tidy};

/// A check and what it is called.
type Check = (&'static str, fn(&Places, &Screen) -> Outcome);

/// The quick ones first.
const CHECKS: [Check; 7] = [
    ("format", lint::format),
    ("tidy", tidy::tidy),
    ("lints", lint::clippy),
    ("simulation", sim::many),
    ("size", size::size),
    ("wrangler dry run", deploy::dry_run),
    ("trunk build", deploy::trunk_build),
];

/// Does every check, also after one has failed: a person wants to know all of them at once.
pub(crate) fn check(places: &Places, screen: &Screen) -> Outcome {
    let mut failed = Vec::new();
    for (name, check) in CHECKS {
        if let Err(error) = check(places, screen) {
            screen.say(&format!("\n{name} failed:\n{error}\n"));
            failed.push(name);
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(format!("Failed: {}", failed.join(", "))) }
}

/// The checks, then the tests: their sum is the last line.
pub(crate) fn ci(places: &Places, screen: &Screen) -> Outcome {
    let checks = check(places, screen);
    if let Err(failed) = &checks {
        screen.say(&format!("{failed}, before the tests"));
    }
    let tests = test::test(places, screen, None);
    match (checks, tests) {
        (Ok(()), outcome) => outcome,
        (failed, Ok(())) => failed,
        (Err(failed), Err(error)) => Err(format!("{error} {failed}")),
    }
}
