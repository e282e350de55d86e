//! Whether the machine's clock can be believed. Another clock is not asked: it is held against itself, against the files, and against
//! the day of the release.

use crate::trouble::Trouble;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Time services that slew take minutes for a second. A busy machine may look late, by less than this.
const STEP: Duration = Duration::from_secs(2);
/// How long a step is told.
const TOLD: Duration = Duration::from_secs(600);
/// The first of November 2026: this release was made later.
const RELEASED: Duration = Duration::from_secs(1_793_491_200);

/// What is known of the clock.
pub(crate) struct Clock(Mutex<Seen>);

struct Seen {
    /// Both clocks at the last look.
    at: (SystemTime, Instant),
    /// The last step, in seconds, and when it was noticed.
    step: Option<(f64, Instant)>,
    /// The time of the youngest stored file at the start.
    stored: Option<SystemTime>,
}

impl Clock {
    /// Looks at the youngest file of the store.
    pub(crate) fn new(objects: &Path) -> Self {
        Self(Mutex::new(Seen { at: (SystemTime::now(), Instant::now()), step: None, stored: youngest(objects) }))
    }

    /// Looks whether it has stepped since the last look; gives the seconds.
    pub(crate) fn look(&self) -> Option<f64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).look(SystemTime::now(), Instant::now())
    }

    /// What is wrong with it.
    pub(crate) fn trouble(&self) -> Option<Trouble> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).trouble(SystemTime::now(), Instant::now())
    }
}

impl Seen {
    /// Notices a step; gives its seconds.
    fn look(&mut self, now: SystemTime, steady: Instant) -> Option<f64> {
        let (before, began) = std::mem::replace(&mut self.at, (now, steady));
        let step = seconds_between(before, now) - steady.duration_since(began).as_secs_f64();
        if step.abs() <= STEP.as_secs_f64() {
            return None;
        }
        self.step = Some((step, steady));
        Some(step)
    }

    fn trouble(&self, now: SystemTime, steady: Instant) -> Option<Trouble> {
        if now.duration_since(UNIX_EPOCH).unwrap_or_default() < RELEASED {
            let now = humantime::format_rfc3339_seconds(now);
            return Some(Trouble::now(
                "clock",
                format!("The clock says {now}, which is before this release was made."),
            ));
        }
        let behind = self.stored.map_or(0.0, |stored| seconds_between(now, stored));
        if behind > STEP.as_secs_f64() {
            return Some(Trouble::now("clock", format!("The clock is {behind:.0} seconds behind what is stored.")));
        }
        let (step, at) = self.step.filter(|(_, at)| steady.duration_since(*at) < TOLD)?;
        let ago = steady.duration_since(at).as_secs();
        let what = if step < 0.0 {
            format!("The clock was put back by {:.0} seconds, {ago} seconds ago.", -step)
        } else {
            format!("The clock was put forward by {step:.0} seconds, {ago} seconds ago, or the machine slept.")
        };
        Some(Trouble::soon("clock", what))
    }
}

/// From the first to the second, negative if that is earlier.
fn seconds_between(first: SystemTime, second: SystemTime) -> f64 {
    second.duration_since(first).map_or_else(|error| -error.duration().as_secs_f64(), |time| time.as_secs_f64())
}

fn youngest(objects: &Path) -> Option<SystemTime> {
    let classes = std::fs::read_dir(objects).ok()?.flatten();
    let files = classes.filter_map(|class| std::fs::read_dir(class.path()).ok()).flatten().flatten();
    files.filter_map(|file| file.metadata().ok()?.modified().ok()).max()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn of(seen: &Seen, now: SystemTime, steady: Instant) -> Option<(String, bool)> {
        seen.trouble(now, steady).map(|trouble| (trouble.what, trouble.is_now))
    }

    #[test]
    fn a_step_is_told_for_a_while_and_a_clock_behind_its_files_until_it_is_not() {
        let (now, steady) = (UNIX_EPOCH + RELEASED + Duration::from_secs(1_000_000), Instant::now());
        let mut seen = Seen { at: (now, steady), step: None, stored: Some(now + Duration::from_secs(60)) };
        let (what, is_now) = of(&seen, now, steady).unwrap();
        assert!(what.contains("60 seconds behind what is stored") && is_now);
        let later = Duration::from_secs(70);
        assert_eq!(of(&seen, now + later, steady + later), None);
        assert_eq!(seen.look(now + later, steady + later), None);
        let (back, next) = (now + later - Duration::from_secs(3_600), steady + later + Duration::from_secs(10));
        assert_eq!(seen.look(back, next).map(f64::round), Some(-3_610.0));
        seen.stored = None;
        assert!(of(&seen, back, next).unwrap().0.contains("put back by 3610 seconds"));
        assert_eq!(of(&seen, back + TOLD, next + TOLD), None);
        assert!(of(&seen, UNIX_EPOCH, next).unwrap().0.contains("1970"));
    }
}
