//! `cargo xtask ci`: everything that has to hold before a change is taken.

use crate::places::Places;
use crate::screen::Screen;
use crate::{Outcome, deploy, lint, sim, size, test, tidy};

/// A check and what it is called.
type Check = (&'static str, fn(&Places, &Screen) -> Outcome);

/// The quick ones first. The tests come last, so that their sum is the last line.
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
pub(crate) fn ci(places: &Places, screen: &Screen) -> Outcome {
    let mut failed = Vec::new();
    for (name, check) in CHECKS {
        if let Err(error) = check(places, screen) {
            screen.say(&format!("\n{name} failed:\n{error}\n"));
            failed.push(name);
        }
    }
    // Told before the tests' sum, which has to be the last line.
    if !failed.is_empty() {
        screen.say(&format!("Failed so far: {}", failed.join(", ")));
    }
    let tests = test::test(places, screen, None);
    match (failed.as_slice(), tests) {
        ([], outcome) => outcome,
        (failed, Ok(())) => Err(format!("Failed: {}", failed.join(", "))),
        (failed, Err(error)) => Err(format!("{error} Failed besides: {}", failed.join(", "))),
    }
}
