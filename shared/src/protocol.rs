//! The wire: every request, frame and answer that passes between the panel, the inbox and the edge.
//!
//! Commands carry an id that the client made, so that a repeated one is recognised. What happened travels as numbered
//! events; a client says up to which number it has them. Each shape has a committed snapshot in `shared/tests/wire.rs`.

mod agent;
mod company;
mod content;
mod desk;
mod error;
mod event;
mod glimpse;
mod lists;
mod place;
mod privacy;
mod profile;
mod resolution;
mod secrets;
mod units;
mod visitor;

pub use agent::*;
pub use company::*;
pub use content::*;
pub use desk::*;
pub use error::*;
pub use event::*;
pub use glimpse::*;
pub use lists::*;
pub use place::*;
pub use privacy::*;
pub use profile::*;
pub use resolution::*;
pub use secrets::*;
pub use units::*;
pub use visitor::*;
