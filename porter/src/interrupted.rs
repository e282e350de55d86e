//! Ctrl-C, and a polite kill, while something is done with a data folder: it is given up in order.

use crate::Outcome;
use std::sync::atomic::{AtomicBool, Ordering};

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Catches the signals from now on.
pub(crate) fn catch() -> Outcome {
    ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::Relaxed))
        .map_err(|error| format!("signals cannot be caught: {error}"))
}

/// An error once a signal has come.
pub(crate) fn check() -> Outcome {
    if INTERRUPTED.load(Ordering::Relaxed) {
        Err(String::from("It was stopped, and nothing is left of it."))
    } else {
        Ok(())
    }
}
