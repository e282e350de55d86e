//! `cargo xtask bench inbox`: what the agents' page costs with few and with many conversations.

use crate::places::Places;
use crate::screen::Screen;
use crate::{Outcome, product};

/// Builds the product and looks at its inbox in Chromium; the figures are printed side by side.
pub(crate) fn inbox(places: &Places, screen: &Screen) -> Outcome {
    product::to_its_end(product::in_browser(places, screen, "desk")?, "The inbox costs more with many conversations.")
}
