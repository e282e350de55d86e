//! `cargo xtask fsck DATA [--repair]`: the porter's own, compiled if need be.

use crate::build::porter;
use crate::places::Places;
use crate::screen::Screen;
use crate::setup::toolchain::Toolchain;
use crate::{Outcome, stopping};
use std::path::PathBuf;
use std::process::Command;

/// Which folder, and whether it is to be repaired.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Wish {
    pub(crate) data: PathBuf,
    pub(crate) repair: bool,
}

/// Says what was found. An error if something is left that only a backup can repair, or that was not to be repaired.
pub(crate) fn fsck(places: &Places, screen: &Screen, wish: &Wish) -> Outcome {
    let toolchain = Toolchain::ensure(places, screen)?;
    porter::make(places, screen, &toolchain)?;
    let mut command = Command::new(porter::program(places));
    command.arg("fsck").arg("--data").arg(&wish.data).args(wish.repair.then_some("--repair"));
    let mut child = stopping::start(&mut command)?;
    let status = child.wait().map_err(|error| format!("the porter: {error}"))?;
    stopping::ended(&child);
    // It has said why.
    if status.success() { Ok(()) } else { Err(String::from("The folder is not whole, or was not looked at.")) }
}
