//! workerd, held still for a moment. The files of its databases are of one instant then, as they would be after a power cut: SQLite
//! writes what makes them whole again beside them before it acknowledges anything.
//!
//! Its locks are not asked, because a second reader would hurt: where an object ends, workerd deletes its database and makes it anew
//! by the same name, and what another process has open of the old one would be taken for a part of the new one.

use crate::Outcome;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::fs;
use std::time::{Duration, Instant};

/// A thread that writes to a slow disk stands still when that is done.
const PATIENCE: Duration = Duration::from_secs(10);
const LOOK_AGAIN: Duration = Duration::from_micros(200);

/// A process that stands still until this is dropped.
pub(crate) struct Standstill {
    process: i32,
    /// When it has begun, in ticks since the machine's start: a number may become another's.
    began: String,
    since: Instant,
}

impl Standstill {
    /// Holds a process still. None if it has ended.
    pub(crate) fn of(process: i32) -> Outcome<Option<Self>> {
        let Some(began) = began(process) else { return Ok(None) };
        if kill(Pid::from_raw(process), Signal::SIGSTOP).is_err() {
            return Err(format!(
                "workerd (process {process}) cannot be held still: this has to run as the user that it runs as, or as root"
            ));
        }
        let still = Self { process, began, since: Instant::now() };
        while !still.holds() {
            if self::began(process).as_ref() != Some(&still.began) {
                return Ok(None);
            }
            if still.since.elapsed() > PATIENCE {
                return Err(format!("workerd (process {process}) does not stand still: its disk does not answer"));
            }
            // Nothing tells when it does, and it is a matter of microseconds.
            std::thread::park_timeout(LOOK_AGAIN);
        }
        Ok(Some(still))
    }

    /// Whether it has stood still until now: it is the same process, and no thread of it runs.
    pub(crate) fn holds(&self) -> bool {
        began(self.process).as_ref() == Some(&self.began) && stands_still(self.process)
    }

    /// How long it has stood still by now.
    pub(crate) fn lasts(&self) -> Duration {
        self.since.elapsed()
    }
}

impl Drop for Standstill {
    fn drop(&mut self) {
        if began(self.process).as_ref() == Some(&self.began) {
            go_on(self.process);
        }
    }
}

/// Lets a process go on.
pub(crate) fn go_on(process: i32) {
    let _gone = kill(Pid::from_raw(process), Signal::SIGCONT);
}

/// Whether every thread of a process stands still; false if it is not there.
pub(crate) fn stands_still(process: i32) -> bool {
    let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else { return false };
    let states: Vec<bool> = threads
        .flatten()
        .filter_map(|thread| field(&thread.path().join("stat"), STATE))
        .map(|state| state == "T")
        .collect();
    !states.is_empty() && states.into_iter().all(|is_still| is_still)
}

/// Where the state and the time of the beginning stand behind the name (proc(5), fields 3 and 22).
const STATE: usize = 0;
const BEGAN: usize = 19;

fn began(process: i32) -> Option<String> {
    field(std::path::Path::new(&format!("/proc/{process}/stat")), BEGAN)
}

/// A field behind the name, which may have spaces and brackets in it.
fn field(stat: &std::path::Path, number: usize) -> Option<String> {
    let text = fs::read_to_string(stat).ok()?;
    let (_, rest) = text.rsplit_once(") ")?;
    rest.split(' ').nth(number).map(str::to_owned)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn a_process_stands_still_until_it_is_let_go_and_one_that_is_killed_does_not() {
        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        let process = i32::try_from(child.id()).unwrap();
        let still = Standstill::of(process).unwrap().unwrap();
        assert!(still.holds() && stands_still(process));
        drop(still);
        assert!(!stands_still(process));
        let still = Standstill::of(process).unwrap().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!still.holds());
        assert!(Standstill::of(process).unwrap().is_none());
    }
}
