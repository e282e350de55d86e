//! `cargo xtask bench edge`: how much the edge carries.

use crate::places::Places;
use crate::screen::Screen;
use crate::setup::node;
use crate::{Outcome, build, stopping};
use std::process::Command;

/// Builds the product and puts load on its edge; the figures are printed as they come.
pub(crate) fn edge(places: &Places, screen: &Screen, only_messages: bool) -> Outcome {
    build::build(places, screen)?;
    let mut command = Command::new("cargo");
    command
        .current_dir(&places.root)
        .args(["run", "--quiet", "--profile", "load", "-p", "tests", "--bin", "load"])
        .args(if only_messages { &["--", "--only", "messages"][..] } else { &[] })
        .env("BEFOREHAND_DIST", places.dist())
        .env("BEFOREHAND_WORKERD", node::workerd(places)?);
    let mut child = stopping::start(&mut command)?;
    let status = child.wait().map_err(|error| format!("the load generator: {error}"))?;
    stopping::ended(&child);
    if status.success() { Ok(()) } else { Err(String::from("The edge did not carry what it should.")) }
}
