//! Tells the operator, in the log, what will soon be in short supply.

use crate::disk::{SMALL, free};
use crate::house::House;
use crate::log::say;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How often it is looked at.
const LOOKS: Duration = Duration::from_secs(10);
/// After a line, nothing is said for this time.
const QUIET: Duration = Duration::from_secs(300);
/// From here on it is worth a line, of a hundred. At two thirds nobody new is let in.
const MANY_PERCENT: u64 = 60;

/// Looks for ever.
pub(crate) async fn watch(house: Arc<House>, data: PathBuf) {
    loop {
        tokio::time::sleep(LOOKS).await;
        let lines = [files(&house), places(&house), disk(&data)];
        let mut said = false;
        for line in lines.into_iter().flatten() {
            say(&line);
            said = true;
        }
        if said {
            tokio::time::sleep(QUIET).await;
        }
    }
}

/// Looks for ever whether the clock has stepped.
pub(crate) async fn watch_clock(house: Arc<House>) {
    loop {
        tokio::time::sleep(LOOKS).await;
        if let Some(step) = house.clock.look() {
            say(&format!("the clock has stepped by {step:.1} seconds"));
        }
    }
}

fn files(house: &House) -> Option<String> {
    let (open, limit) = (house.gauge.open(), house.gauge.limit());
    let much = is_much(open, limit);
    much.then(|| format!("workerd has {open} of {limit} open files; with more, visitors are told to come back later"))
}

fn places(house: &House) -> Option<String> {
    let (taken, most) = (house.places.taken() as u64, house.places.most() as u64);
    is_much(taken, most).then(|| format!("{taken} of {most} connections are taken; with all, silent ones are closed"))
}

fn disk(data: &std::path::Path) -> Option<String> {
    let free = free(data)?;
    (free < SMALL).then(|| format!("{} MB are free on the disk of {}", free >> 20, data.display()))
}

fn is_much(part: u64, all: u64) -> bool {
    part * 100 >= all * MANY_PERCENT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_comes_before_anybody_is_refused() {
        assert!(is_much(600, 1_000) && is_much(667, 1_000) && !is_much(599, 1_000));
        assert_eq!(disk(std::path::Path::new("/nowhere")), None);
    }
}
