//! `cargo xtask bench painting`: how long a key takes until what is suggested for it is painted.

use crate::places::Places;
use crate::screen::Screen;
use crate::{Outcome, product};

/// Builds the product and types into it in Chromium, and into a field that paints nothing but its own text.
pub(crate) fn painting(places: &Places, screen: &Screen, as_json: bool) -> Outcome {
    let mut command = product::in_browser(places, screen, "painting")?;
    command.args(as_json.then_some("--json"));
    product::to_its_end(command, "A key takes longer than it may until its suggestions are painted.")
}
