//! `cargo xtask bench`: what the product carries and what its engine finds, measured.

mod centre;
mod edge;
mod inbox;
mod lighthouse;
mod matching;
mod opening;
mod painting;
mod texts;

pub(crate) use centre::centre;
pub(crate) use edge::edge;
pub(crate) use inbox::inbox;
pub(crate) use lighthouse::lighthouse;
pub(crate) use matching::matching;
pub(crate) use opening::{Opening, opening};
pub(crate) use painting::painting;
pub(crate) use texts::texts;
