//! `cargo xtask shots`: pictures of the panel's main states, for the documentation and for everybody who changes how it looks.

use crate::places::{Places, make_folder};
use crate::screen::Screen;
use crate::{Outcome, product};

/// Builds the product, goes through it in Chromium, and leaves the pictures in `docs/shots`.
pub(crate) fn shots(places: &Places, screen: &Screen) -> Outcome {
    let folder = places.root.join("docs/shots");
    make_folder(&folder)?;
    let mut command = product::in_browser(places, screen, "shots")?;
    command.env("BEFOREHAND_SCREENSHOTS", &folder);
    product::to_its_end(command, "A state of the panel was not reached.")
}
