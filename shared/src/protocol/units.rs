//! Units of the wire, and the bounds of what travels.

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
