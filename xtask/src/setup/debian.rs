//! Debian packages: installed when we are root, and named in one command when we are not.

use crate::Outcome;
use crate::places::{Places, on_path};
use crate::run::{quietly, run};
use crate::screen::Screen;
use std::process::Command;

/// Makes sure that these packages are there. `why` completes the sentence "apt installs … for".
pub(crate) fn ensure(places: &Places, screen: &Screen, packages: &[&str], why: &str) -> Outcome {
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if on_path(&["apt-get"]).is_none() {
        return Err(format!("{why} is missing, and this is no Debian. Its Debian packages are: {list}"));
    }
    if !is_root() {
        return Err(format!("{why} is missing. Run this once, then try again:\n\n  sudo apt-get install {list}\n"));
    }

    screen.say(&format!("apt installs {list} for {why}"));
    screen.step(&format!("Install {list}"), "Debian's package servers answer", |step| {
        // A list that could not be refreshed may still be good enough, so only the installation has to succeed.
        let _ = run(places, step, "apt-update", apt(&["update"]));
        let mut arguments = vec!["install", "--yes", "--no-install-recommends"];
        arguments.extend(&missing);
        run(places, step, "apt-install", apt(&arguments)).map(drop)
    })
}

/// Whether we may install packages.
pub(crate) fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

/// A command of apt that asks nobody anything.
pub(crate) fn apt(arguments: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
    command
}

fn is_installed(package: &str) -> bool {
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat=${db:Status-Status}", package]);
    quietly(query).is_some_and(|status| status == "installed")
}
