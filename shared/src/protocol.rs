//! The wire: every request, frame and answer that passes between the panel, the inbox and the edge.
//!
//! Commands carry an id that the client made, so that a repeated one is recognised. What happened travels as numbered
//! events; a client says up to which number it has them. Each shape has a committed snapshot in `shared/tests/wire.rs`.

mod agent;
mod content;
mod desk;
mod error;
mod event;
mod place;
mod privacy;
mod profile;
mod visitor;

pub use agent::*;
pub use content::*;
pub use desk::*;
pub use error::*;
pub use event::*;
pub use place::*;
pub use privacy::*;
pub use profile::*;
pub use visitor::*;

/// Milliseconds since 1970-01-01T00:00:00Z, as the edge's clock has it.
pub type Millis = u64;

/// The place of an event in its conversation, from 1 without gaps.
pub type Seq = u32;

/// The largest body of a visitor's or an agent's request, in bytes. A message of `MAX_MESSAGE_CHARS` in any script and
/// its context fit; nothing that a person types comes near.
pub const MAX_BODY: usize = 64 * 1024;
/// The largest body that publishes a help centre, in bytes: a few thousand articles.
pub const MAX_CONTENT: usize = 8 * 1024 * 1024;
/// The longest message, in characters. Long enough for a pasted log, short enough to be read.
pub const MAX_MESSAGE_CHARS: usize = 8_000;
/// What a client sends to learn whether the socket is alive; the edge answers `PONG` without waking an object.
pub const PING: &str = "ping";
/// The answer to `PING`.
pub const PONG: &str = "pong";
