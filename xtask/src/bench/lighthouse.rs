//! `cargo xtask bench lighthouse`: what the tag costs a page, by Lighthouse.

use crate::places::Places;
use crate::screen::Screen;
use crate::setup::node;
use crate::{Outcome, product};

/// Builds the product, and has Lighthouse look at a page with and without the tag.
pub(crate) fn lighthouse(places: &Places, screen: &Screen, runs: u32, as_json: bool) -> Outcome {
    let installed = node::lighthouse(places, screen)?;
    let mut command = product::in_browser(places, screen, "lighthouse")?;
    command.args(["--runs", &runs.to_string()]).args(as_json.then_some("--json"));
    command.env("BEFOREHAND_NODE", installed.node).env("BEFOREHAND_LIGHTHOUSE", installed.script);
    product::to_its_end(command, "The tag costs a page more than it may.")
}
