//! Open files: as many as the system allows, and how many workerd has. An active visitor costs workerd some ten: three for each
//! object's database, given back ten seconds after its last question, and the connection.

use crate::Outcome;
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// More is not asked for, where the system knows no limit: some programs make a table of that size.
const MOST: u64 = 1 << 20;
/// For how long what was let in may open files that no count shows yet.
const SETTLES: Duration = Duration::from_millis(300);
/// A count is true for so long.
const FRESH: Duration = Duration::from_millis(20);

/// Raises this process's limit, which workerd inherits, as far as that is allowed; gives what it is then.
pub(crate) fn raise() -> Outcome<u64> {
    let told = |error| format!("the limit of open files is not known: {error}");
    let (soft, hard) = getrlimit(Resource::RLIMIT_NOFILE).map_err(told)?;
    let wanted = hard.min(MOST).max(soft);
    // Where that is refused, the door goes by the limit that is.
    let raised = wanted == soft || setrlimit(Resource::RLIMIT_NOFILE, wanted, hard).is_ok();
    Ok(if raised { wanted } else { soft })
}

/// How much somebody may have opened for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Claim {
    /// A file that is built in: the connection alone.
    Nothing,
    /// Somebody whose objects are known, and perhaps open.
    Known,
    /// Somebody new.
    New,
}

impl Claim {
    /// How many files it may take.
    fn files(self) -> u64 {
        match self {
            Claim::Nothing => 1,
            Claim::Known => 7,
            Claim::New => 10,
        }
    }

    /// Which part of all files it may not touch: who has a conversation goes on while nobody new is let in.
    fn left_alone(self, limit: u64) -> u64 {
        match self {
            Claim::Nothing | Claim::Known => limit / 6,
            Claim::New => limit / 3,
        }
    }
}

/// How many files workerd has open, and how many more it may.
pub(crate) struct Gauge {
    limit: u64,
    /// The process that is looked at; 0 while none runs.
    process: AtomicU32,
    seen: Mutex<Seen>,
}

struct Seen {
    count: u64,
    at: Option<Instant>,
    /// The requests that were let in lately, with the files that each may open.
    promised: VecDeque<(Instant, u64)>,
}

impl Gauge {
    pub(crate) fn new(limit: u64) -> Self {
        let seen = Seen { count: 0, at: None, promised: VecDeque::new() };
        Self { limit, process: AtomicU32::new(0), seen: Mutex::new(seen) }
    }

    /// Another workerd has begun to serve.
    pub(crate) fn watch(&self, process: u32) {
        self.process.store(process, Ordering::Relaxed);
    }

    /// The process that serves; none while none runs.
    pub(crate) fn process(&self) -> Option<i32> {
        i32::try_from(self.process.load(Ordering::Relaxed)).ok().filter(|process| *process > 0)
    }

    /// When room for one more was promised, who is then counted; none if there is no room.
    pub(crate) fn admits(&self, claim: Claim) -> Option<Instant> {
        let process = self.process.load(Ordering::Relaxed);
        let now = Instant::now();
        self.admits_at(claim, now, || count(process)).then_some(now)
    }

    /// One that was let in was refused: others may have what it was promised then. An object that it has opened is in the count.
    pub(crate) fn give_back(&self, claim: Claim, promised: Instant) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = seen.promised.iter().position(|one| *one == (promised, claim.files())) {
            seen.promised.remove(place);
        }
    }

    /// How many there may be.
    pub(crate) fn limit(&self) -> u64 {
        self.limit
    }

    /// How many files are open, as of the last count.
    pub(crate) fn open(&self) -> u64 {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).count
    }

    fn admits_at(&self, claim: Claim, now: Instant, count: impl FnOnce() -> Option<u64>) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.at.is_none_or(|at| now.duration_since(at) >= FRESH) {
            // Where the system does not tell, its limits are as good as none.
            seen.count = count().unwrap_or_default();
            seen.at = Some(now);
        }
        while seen.promised.front().is_some_and(|(at, _)| now.duration_since(*at) >= SETTLES) {
            seen.promised.pop_front();
        }
        let promised: u64 = seen.promised.iter().map(|(_, files)| files).sum();
        let room = self.limit.saturating_sub(claim.left_alone(self.limit));
        let admits = seen.count + promised + claim.files() <= room;
        if admits {
            seen.promised.push_back((now, claim.files()));
        }
        admits
    }
}

/// How many files a process has open; none where the system does not tell.
fn count(process: u32) -> Option<u64> {
    let open = std::fs::read_dir(format!("/proc/{process}/fd")).ok()?;
    Some(open.count() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_refused_takes_no_room() {
        let gauge = Gauge::new(1_000);
        let now = Instant::now();
        let refused = (0..1_000).filter(|_| {
            let admits = gauge.admits_at(Claim::New, now, || Some(600));
            gauge.give_back(Claim::New, now);
            !admits
        });
        assert_eq!(refused.count(), 0);
    }

    #[test]
    fn the_new_are_refused_before_those_who_are_known_and_both_before_the_end() {
        let (gauge, now) = (Gauge::new(1_000), Instant::now());
        let admits = |claim, open| {
            gauge.seen.lock().unwrap().promised.clear();
            gauge.seen.lock().unwrap().at = None;
            gauge.admits_at(claim, now, || Some(open))
        };
        assert!(admits(Claim::New, 600) && admits(Claim::Known, 600));
        assert!(!admits(Claim::New, 660) && admits(Claim::Known, 660));
        assert!(!admits(Claim::Known, 830) && admits(Claim::Nothing, 830) && !admits(Claim::Nothing, 834));
    }

    #[test]
    fn who_was_just_let_in_counts_before_any_file_is_open() {
        let (gauge, now) = (Gauge::new(1_000), Instant::now());
        let at = |now| (0..1_000).take_while(|_| gauge.admits_at(Claim::New, now, || Some(100))).count();
        assert_eq!(at(now), 56);
        assert_eq!(at(now + SETTLES / 2), 0);
        assert_eq!(at(now + SETTLES), 56);
    }

    #[test]
    fn a_process_is_counted() {
        let before = count(std::process::id()).unwrap_or_default();
        let files: Vec<_> = (0..10).map(|_| std::fs::File::open("/dev/null").unwrap()).collect();
        assert!(count(std::process::id()).is_none_or(|now| now >= before + 10 - 5), "{}", files.len());
    }
}
