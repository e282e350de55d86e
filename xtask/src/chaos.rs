//! `cargo xtask chaos`: everything that goes wrong with machines, mixed, while people write.

use crate::places::Places;
use crate::screen::Screen;
use crate::{Outcome, product};

/// How long, and which chances.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Trial {
    pub(crate) minutes: u64,
    pub(crate) seed: u64,
}

impl Default for Trial {
    fn default() -> Self {
        Self { minutes: 10, seed: 20_261 }
    }
}

/// Builds the product and lives through it. The story is printed.
pub(crate) fn chaos(places: &Places, screen: &Screen, trial: &Trial) -> Outcome {
    let mut command = product::program(places, screen, "chaos", &[])?;
    command.env("BEFOREHAND_MINUTES", trial.minutes.to_string()).env("BEFOREHAND_SEED", trial.seed.to_string());
    product::to_its_end(command, "A promise was broken.")
}
