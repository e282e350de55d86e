//! `cargo xtask bench edge`: how much the edge carries.

use crate::places::Places;
use crate::screen::Screen;
use crate::{Outcome, product};

/// Builds the product and puts load on its edge; the figures are printed as they come.
pub(crate) fn edge(places: &Places, screen: &Screen, only_messages: bool) -> Outcome {
    let mut command = product::program(places, screen, "load", &["--profile", "load"])?;
    command.args(if only_messages { &["--only", "messages"][..] } else { &[] });
    product::to_its_end(command, "The edge did not carry what it should.")
}
