//! Stops everything that was started, on Ctrl-C, on a polite kill, and when the terminal closes.
//!
//! Every child leads a process group of its own, so that its children (compilers, browsers) go with it.

use crate::Outcome;
use nix::errno::Errno;
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a child may take to end by itself. The porter tells open sockets to come back, and ends workerd, in eight seconds.
const PATIENCE: Duration = Duration::from_secs(10);

static GROUPS: Mutex<Vec<i32>> = Mutex::new(Vec::new());
static ASKED_TO_SERVE: AtomicBool = AtomicBool::new(false);
static STOPPING: AtomicBool = AtomicBool::new(false);
static GIVEN_UP: AtomicBool = AtomicBool::new(false);

/// Catches the signals from now on.
pub(crate) fn install() -> Outcome {
    ctrlc::set_handler(|| {
        STOPPING.store(true, Ordering::SeqCst);
        stop_all();
        // Ending a server is how it is used; ending a build is an interruption.
        let served = ASKED_TO_SERVE.load(Ordering::SeqCst);
        eprintln!("\nStopped.");
        std::process::exit(if served { 0 } else { 130 });
    })
    .map_err(|error| format!("signals cannot be caught: {error}"))
}

/// From here on, being stopped is the expected end.
pub(crate) fn serving() {
    ASKED_TO_SERVE.store(true, Ordering::SeqCst);
}

/// Whether a signal has come. Failures of children are no news then.
pub(crate) fn is_stopping() -> bool {
    STOPPING.load(Ordering::SeqCst)
}

/// Stops what is running and starts nothing more, because one of the things that were to be done has failed.
pub(crate) fn give_up() {
    GIVEN_UP.store(true, Ordering::SeqCst);
    stop_all();
}

/// Starts a child that will be stopped with us.
pub(crate) fn start(command: &mut Command) -> Outcome<Child> {
    if GIVEN_UP.load(Ordering::SeqCst) || is_stopping() {
        return Err("not started, because something else failed".to_owned());
    }
    let program = command.get_program().to_string_lossy().into_owned();
    let child = command.process_group(0).spawn().map_err(|error| format!("{program} does not start: {error}"))?;
    groups().push(child.id().cast_signed());
    Ok(child)
}

/// Says that a child has ended and been waited for.
pub(crate) fn ended(child: &Child) {
    let group = child.id().cast_signed();
    groups().retain(|known| *known != group);
}

/// Stops one child and its group, and waits for it.
pub(crate) fn stop(child: &mut Child) {
    let group = Pid::from_raw(child.id().cast_signed());
    let _ = killpg(group, Signal::SIGTERM);
    if !gone_in_time(|| matches!(child.try_wait(), Ok(Some(_)) | Err(_))) {
        let _ = killpg(group, Signal::SIGKILL);
        let _ = child.wait();
    }
    ended(child);
}

fn stop_all() {
    let all = groups().clone();
    for group in &all {
        let _ = killpg(Pid::from_raw(*group), Signal::SIGTERM);
    }
    if !gone_in_time(|| all.iter().all(|group| killpg(Pid::from_raw(*group), None) == Err(Errno::ESRCH))) {
        for group in &all {
            let _ = killpg(Pid::from_raw(*group), Signal::SIGKILL);
        }
    }
}

fn gone_in_time(mut gone: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + PATIENCE;
    while !gone() {
        if Instant::now() > deadline {
            return false;
        }
        pause();
    }
    true
}

/// Between two looks at something that tells nobody when it changes: a process, a port.
#[expect(clippy::disallowed_methods, reason = "neither a foreign process nor a port can be waited for in std")]
pub(crate) fn pause() {
    std::thread::sleep(Duration::from_millis(30));
}

fn groups() -> std::sync::MutexGuard<'static, Vec<i32>> {
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner)
}
