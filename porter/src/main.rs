//! The process that stands before workerd and keeps it alive.
//!
//! workerd ends when it cannot open one more file, waits without end for open sockets when it is to stop, reads frames of 32 MB, and
//! starts twice on one folder. So one process holds the folder, takes what comes from outside, lets through what there is room for,
//! starts workerd again when it has ended, and stops it in time. The same program serves on a developer's machine, in the tests and
//! in production (`docs/running.md`), and does what an operator does with a data folder beside that.

mod alerts;
mod answers;
mod archive;
mod backup;
mod checkup;
mod clock;
mod copy;
mod disk;
mod door;
mod durable;
mod engine;
mod files;
mod folder;
mod frames;
mod gather;
mod health;
mod house;
mod inside;
mod interrupted;
mod known;
mod lacks;
mod log;
mod manifest;
mod outside;
mod pass;
mod places;
mod proxy;
mod restore;
mod said;
mod secrets;
mod settings;
mod socket;
mod standstill;
mod task;
mod trouble;
mod wake;

use house::House;
use log::say;
use nix::sys::stat::{Mode, umask};
use settings::Settings;
use std::process::ExitCode;
use std::sync::Arc;
use task::Task;

/// An error is a sentence for the operator.
type Outcome<T = ()> = Result<T, String>;
/// What is not whole, although everything was done that was asked for; none if all is well.
type NotWhole = Option<String>;

/// The exit code of what was done and left something that is not whole. Nothing was done where it is 1.
const NOT_WHOLE: u8 = 3;

fn main() -> ExitCode {
    // Stored files are for the operator's user alone, whatever the service was started with.
    let _before = umask(Mode::from_bits_truncate(0o077));
    let (outcome, is_server) = match Task::read() {
        Ok(Task::Serve(settings)) => (serve(settings).map(|()| None), true),
        Ok(task) => (once(&task), false),
        Err(sentence) => (Err(sentence), false),
    };
    let (sentence, code) = match outcome {
        Ok(None) => return ExitCode::SUCCESS,
        Ok(Some(sentence)) => (sentence, ExitCode::from(NOT_WHOLE)),
        Err(sentence) => (sentence, ExitCode::FAILURE),
    };
    if is_server {
        say(&sentence);
    }
    if !is_server || log::is_file() {
        eprintln!("{sentence}");
    }
    code
}

fn once(task: &Task) -> Outcome<NotWhole> {
    interrupted::catch()?;
    match task {
        Task::Backup { data, to } => backup::backup(data, to),
        Task::Restore { data, from } => restore::restore(data, from),
        Task::Fsck { data, repair } => restore::fsck(data, *repair),
        Task::Help | Task::Serve(_) => {
            println!("{}", Task::help());
            Ok(None)
        }
    }
}

fn serve(mut settings: Settings) -> Outcome {
    if let Some(path) = &settings.log {
        log::into_file(path)?;
    }
    settings.data = folder::real(&settings.data)?;
    let _held = folder::hold(&settings.data)?;
    restore::check_finished(&settings.data)?;
    let limit = files::raise()?;
    let swept = folder::sweep(&settings.data);
    if swept > 0 {
        say(&format!("removed {swept} empty databases, of what has ended or never began"));
    }
    // The socket is looked at once more where it is opened; here, a taken port is told before anything is started.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("the runtime does not start: {error}"))?;
    let served = runtime.block_on(async {
        let listener = door::listen(&settings.listen).await?;
        let house = Arc::new(House::new(&settings, limit));
        say(&format!(
            "at {}, with at most {} open files and {} connections",
            settings.listen,
            limit,
            house.places.most()
        ));
        proxy::warning(&settings.listen, house.address_is_told).iter().for_each(|warning| say(warning));
        drop(tokio::spawn(alerts::watch(Arc::clone(&house), settings.data.clone())));
        drop(tokio::spawn(wake::watch(Arc::clone(&house), settings.data.clone())));
        drop(tokio::spawn(alerts::watch_clock(Arc::clone(&house))));
        let until_stdin_ends = settings.until_stdin_ends;
        let engine = engine::start(settings, Arc::clone(&house))?;
        let door = tokio::spawn(door::keep(listener, Arc::clone(&house)));
        let why = engine::told_to_stop(until_stdin_ends).await?;
        say(&format!("{why}: stopping"));
        house.stop().await;
        engine.stop().await;
        door.abort();
        say("stopped");
        Ok(())
    });
    // A disk that does not answer holds nothing up.
    runtime.shutdown_background();
    served
}
