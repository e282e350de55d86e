//! Programs of the crate `tests` that run beside the built product, and print what they see.

use crate::places::Places;
use crate::screen::Screen;
use crate::setup::browser::Browser;
use crate::setup::node;
use crate::{Outcome, build, stopping};
use std::process::Command;

/// One of them, with the product that it needs; `arguments` are cargo's, before its name.
pub(crate) fn program(places: &Places, screen: &Screen, name: &str, arguments: &[&str]) -> Outcome<Command> {
    build::build(places, screen)?;
    let mut command = Command::new("cargo");
    command
        .current_dir(&places.root)
        .args(["run", "--quiet"])
        .args(arguments)
        .args(["-p", "tests", "--bin", name, "--"])
        .env("BEFOREHAND_DIST", places.dist())
        .env("BEFOREHAND_WORKERD", node::workerd(places)?);
    Ok(command)
}

/// The same with a browser.
pub(crate) fn in_browser(places: &Places, screen: &Screen, name: &str) -> Outcome<Command> {
    let browser = Browser::ensure(places, screen)?;
    let mut command = program(places, screen, name, &[])?;
    command
        .env("BEFOREHAND_AXE", node::axe(places)?)
        .env("BEFOREHAND_CHROMIUM", &browser.chromium)
        .env("BEFOREHAND_CHROMEDRIVER", &browser.chromedriver);
    Ok(command)
}

/// Runs a program to its end; one that fails says so with this sentence.
pub(crate) fn to_its_end(mut command: Command, failed: &str) -> Outcome {
    let mut child = stopping::start(&mut command)?;
    let status = child.wait().map_err(|error| format!("{command:?}: {error}"))?;
    stopping::ended(&child);
    if status.success() { Ok(()) } else { Err(String::from(failed)) }
}
