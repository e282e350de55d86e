//! Waiting for what must come, and no longer.

use std::time::{Duration, Instant};

/// How long anything may take. The slowest single step, a panel's first start on two busy cores, takes about two
/// seconds; a test that waits this long has failed and is only looking for the moment to say so.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// How long to leave the machine to the others before looking again: shorter than anybody notices.
const INTERVAL: Duration = Duration::from_millis(20);

/// What `attempt` gives as soon as it gives something. Panics with `what` after the deadline.
pub fn eventually<T>(what: &str, mut attempt: impl FnMut() -> Option<T>) -> T {
    eventually_ok(what, || attempt().ok_or("it did not come"))
}

/// As `eventually`, for what can say why it is not there yet; the last reason is part of the panic.
///
/// This file is the only place of the tests that lets time pass.
pub fn eventually_ok<T, E: std::fmt::Display>(what: &str, mut attempt: impl FnMut() -> Result<T, E>) -> T {
    wait(what, DEADLINE, &mut attempt)
}

/// As `eventually`, for what waits for others than this machine.
pub fn eventually_within<T>(what: &str, patience: Duration, mut attempt: impl FnMut() -> Option<T>) -> T {
    wait(what, patience, &mut || attempt().ok_or("it did not come"))
}

/// Whether something becomes true in a few seconds, where others go on when it does not.
#[expect(clippy::disallowed_methods, reason = "it waits for an event, with a deadline, and looks again soon")]
pub fn holds(mut attempt: impl FnMut() -> bool) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < DEADLINE / 5 {
        if attempt() {
            return true;
        }
        std::thread::sleep(INTERVAL);
    }
    false
}

#[expect(clippy::disallowed_methods, reason = "it waits for an event, with a deadline, and looks again soon")]
fn wait<T, E: std::fmt::Display>(what: &str, patience: Duration, attempt: &mut dyn FnMut() -> Result<T, E>) -> T {
    let begun = Instant::now();
    loop {
        match attempt() {
            Ok(found) => return found,
            Err(why) => assert!(begun.elapsed() < patience, "waited {} seconds for {what}: {why}", patience.as_secs()),
        }
        std::thread::sleep(INTERVAL);
    }
}

/// Lets a fault last: a disk is full, or a network silent, for as long as it is.
#[expect(clippy::disallowed_methods, reason = "what lasts has no event to wait for")]
pub fn lasting(time: Duration) {
    std::thread::sleep(time);
}
