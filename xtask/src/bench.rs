//! `cargo xtask bench`: what the product carries and what its engine finds, measured.

mod centre;
mod edge;
mod inbox;
mod matching;
mod painting;
mod texts;

pub(crate) use centre::centre;
pub(crate) use edge::edge;
pub(crate) use inbox::inbox;
pub(crate) use matching::matching;
pub(crate) use painting::painting;
pub(crate) use texts::texts;
