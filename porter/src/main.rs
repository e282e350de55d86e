//! The process that stands before workerd and keeps it alive.
//!
//! workerd ends when it cannot open one more file, waits without end for open sockets when it is to stop, reads frames of 32 MB, and
//! starts twice on one folder. So one process holds the folder, takes what comes from outside, lets through what there is room for,
//! starts workerd again when it has ended, and stops it in time. The same program serves on a developer's machine, in the tests and
//! in production (`docs/running.md`).

mod alerts;
mod answers;
mod door;
mod engine;
mod files;
mod folder;
mod frames;
mod house;
mod known;
mod log;
mod pass;
mod places;
mod said;
mod settings;
mod socket;

use house::House;
use log::say;
use nix::sys::stat::{Mode, umask};
use settings::Settings;
use std::process::ExitCode;
use std::sync::Arc;

/// An error is a sentence for the operator.
type Outcome<T = ()> = Result<T, String>;

fn main() -> ExitCode {
    match Settings::read().and_then(|settings| settings.map_or(Ok(()), serve)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            say(&sentence);
            ExitCode::FAILURE
        }
    }
}

fn serve(mut settings: Settings) -> Outcome {
    // Stored files are for the operator's user alone, whatever the service was started with.
    let _before = umask(Mode::from_bits_truncate(0o077));
    settings.data = folder::real(&settings.data)?;
    let _held = folder::hold(&settings.data)?;
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
    runtime.block_on(async {
        let listener = door::listen(&settings.listen).await?;
        let house = Arc::new(House::new(&settings, limit));
        say(&format!(
            "at {}, with at most {} open files and {} connections",
            settings.listen,
            limit,
            house.places.most()
        ));
        drop(tokio::spawn(alerts::watch(Arc::clone(&house), settings.data.clone())));
        let engine = engine::start(settings, Arc::clone(&house))?;
        let door = tokio::spawn(door::keep(listener, Arc::clone(&house)));
        let signal = engine::signal().await?;
        say(&format!("{signal}: stopping"));
        house.stop().await;
        engine.stop().await;
        door.abort();
        say("stopped");
        Ok(())
    })
}
