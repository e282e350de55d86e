//! `cargo xtask bench inbox`: what the agents' page costs with few and with many conversations.

use crate::places::Places;
use crate::screen::Screen;
use crate::setup::browser::Browser;
use crate::setup::node;
use crate::{Outcome, build, stopping};
use std::process::Command;

/// Builds the product and looks at its inbox in Chromium; the figures are printed side by side.
pub(crate) fn inbox(places: &Places, screen: &Screen) -> Outcome {
    let browser = Browser::ensure(places, screen)?;
    build::build(places, screen)?;
    let mut command = Command::new("cargo");
    command
        .current_dir(&places.root)
        .args(["run", "--quiet", "-p", "tests", "--bin", "desk"])
        .env("BEFOREHAND_DIST", places.dist())
        .env("BEFOREHAND_WORKERD", node::workerd(places)?)
        .env("BEFOREHAND_AXE", node::axe(places)?)
        .env("BEFOREHAND_CHROMIUM", &browser.chromium)
        .env("BEFOREHAND_CHROMEDRIVER", &browser.chromedriver);
    let mut child = stopping::start(&mut command)?;
    let status = child.wait().map_err(|error| format!("the measurement: {error}"))?;
    stopping::ended(&child);
    if status.success() { Ok(()) } else { Err(String::from("The inbox costs more with many conversations.")) }
}
