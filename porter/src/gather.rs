//! Copies the databases of a data folder, each as it is at one instant, while the product serves.

use crate::Outcome;
use crate::copy::{copy, list};
use crate::folder;
use crate::interrupted;
use crate::standstill::Standstill;
use nix::fcntl::{Flock, FlockArg};
use std::collections::{BTreeMap, VecDeque};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Visitors notice no standstill of this length. A database that takes longer to copy takes longer.
const STILL: Duration = Duration::from_millis(400);
/// For tests: another length, in milliseconds.
const STILL_MS: &str = "STILL_MS";
/// How long the product may take to come back, if it is just starting again.
const COMES_BACK: Duration = Duration::from_secs(20);
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// What was copied.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    /// What could not be read, by its place in the data folder, with the cause.
    pub(crate) unread: BTreeMap<PathBuf, String>,
    /// How many times the product stood still.
    pub(crate) times: u32,
    /// The longest standstill.
    pub(crate) longest: Duration,
}

/// Copies all databases that can be read from `objects` of the data folder into `to`. The copy has all that was acknowledged in them
/// before this is called.
pub(crate) fn gather(data: &Path, to: &Path) -> Outcome<Gathered> {
    let objects = data.join("objects");
    let still = std::env::var(STILL_MS).ok().and_then(|time| time.parse().ok()).map_or(STILL, Duration::from_millis);
    let mut gathered = Gathered::default();
    // All that was there at the first instant; what came later was acknowledged later.
    let mut left: Option<VecDeque<Vec<PathBuf>>> = None;
    let mut lost_since: Option<Instant> = None;
    loop {
        let held = hold(data)?;
        let mut slice = Vec::new();
        let mut rest = left.take().map_or_else(|| list(&objects, &mut gathered.unread), Ok)?;
        while let Some(group) = rest.pop_front() {
            for database in &group {
                interrupted::check()?;
                // A slice that was given up may have told something of it, which counts no more.
                gathered.unread.remove(database);
                gathered.unread.extend(copy(database, &objects, to)?.map(|why| (database.clone(), why)));
            }
            slice.push(group);
            if held.lasts() >= still {
                break;
            }
        }
        if held.holds() {
            lost_since = None;
            gathered.times += u32::from(held.is_of_a_process());
            gathered.longest = gathered.longest.max(held.lasts());
            if rest.is_empty() {
                return Ok(gathered);
            }
        } else {
            // It was ended, and perhaps another one serves: what was just copied may be of two instants, and is copied again.
            if lost_since.get_or_insert_with(Instant::now).elapsed() > COMES_BACK {
                return Err(String::from(
                    "workerd ends again and again while its databases are copied: look into the log",
                ));
            }
            slice.into_iter().rev().for_each(|group| rest.push_front(group));
        }
        let pause = held.lasts();
        drop(held);
        left = Some(rest);
        // For as long as it stood still, everybody is served.
        wait(pause);
    }
}

/// The folder, while nothing writes in it.
enum Held {
    /// Nobody serves it, and nobody begins to.
    Nobody(#[expect(dead_code, reason = "the lock is held as long as this")] Flock<File>),
    Still(Standstill),
}

impl Held {
    fn holds(&self) -> bool {
        match self {
            Held::Nobody(_) => true,
            Held::Still(still) => still.holds(),
        }
    }

    fn lasts(&self) -> Duration {
        match self {
            Held::Nobody(_) => Duration::ZERO,
            Held::Still(still) => still.lasts(),
        }
    }

    fn is_of_a_process(&self) -> bool {
        matches!(self, Held::Still(_))
    }
}

fn hold(data: &Path) -> Outcome<Held> {
    let begun = Instant::now();
    loop {
        let serving = folder::serving(data);
        if let Some(still) = serving.map(Standstill::of).transpose()?.flatten() {
            // It may have been ended and followed by another one in between.
            if folder::serving(data) == serving {
                return Ok(Held::Still(still));
            }
        } else if let Some(lock) = unserved(data)?
            && folder::serving(data).is_none()
        {
            return Ok(Held::Nobody(lock));
        }
        if begun.elapsed() > COMES_BACK {
            return Err(format!(
                "{} is in use, and the workerd that serves it is not found: stop it first, and try again",
                data.display()
            ));
        }
        wait(LOOK_AGAIN);
    }
}

/// The lock of the folder, if no porter has it.
fn unserved(data: &Path) -> Outcome<Option<Flock<File>>> {
    let path = folder::note_of(data);
    let file = folder::opened(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(Flock::lock(file, FlockArg::LockExclusiveNonblock).ok())
}

/// Leaves the processor to the product, which tells nobody when it is back.
fn wait(time: Duration) {
    std::thread::park_timeout(time);
}
