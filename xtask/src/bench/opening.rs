//! `cargo xtask bench opening`: from a click on the launcher until the composer takes text, on a slow device and a slow line.

use crate::places::{Places, at};
use crate::screen::Screen;
use crate::{Outcome, product};
use std::path::PathBuf;

/// What is to be measured.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Opening {
    /// The `dist` folder of an older build, which lies in its checkout.
    pub(crate) against: Option<PathBuf>,
    pub(crate) runs: u32,
    pub(crate) as_json: bool,
}

impl Default for Opening {
    fn default() -> Self {
        Self { against: None, runs: 5, as_json: false }
    }
}

/// Builds the product and opens its panel in Chromium, in turn with that of an older build if there is one.
pub(crate) fn opening(places: &Places, screen: &Screen, opening: &Opening) -> Outcome {
    // The program runs in another folder.
    let against =
        opening.against.as_ref().map(|dist| dist.canonicalize().map_err(|error| at(dist, error))).transpose()?;
    if let Some(dist) = &against {
        for needed in ["worker/index.js", "content.json", "../edge/workerd.capnp"] {
            if !dist.join(needed).is_file() {
                let dist = dist.display();
                return Err(format!(
                    "{dist} has no {needed}: name the dist folder in a checkout, made there by `cargo xtask build`"
                ));
            }
        }
    }
    let mut command = product::in_browser(places, screen, "opening")?;
    command.args(["--runs", &opening.runs.to_string()]).args(opening.as_json.then_some("--json"));
    if let Some(dist) = against {
        command.arg("--against").arg(dist);
    }
    product::to_its_end(command, "The panel takes more of the older build's time to open than it may.")
}
