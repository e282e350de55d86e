//! What both ends must agree on: matching, the conversation, the assistant and the wire.
//!
//! **Invariant:** nothing here does I/O. The time and new ids are arguments, so that every rule can be tested and
//! simulated without a browser or a server.

pub mod address;
pub mod agent_name;
pub mod assistant;
pub mod client;
pub mod conversation;
pub mod deadlines;
#[cfg(test)]
mod dice;
pub mod email;
pub mod hours;
#[cfg(feature = "markdown")]
pub mod html;
pub mod ids;
pub mod languages;
pub mod learning;
pub mod limits;
pub mod locale;
#[cfg(feature = "markdown")]
pub mod markdown;
pub mod matching;
pub mod operations;
pub mod origin;
pub mod palette;
mod phrase;
#[cfg(feature = "markdown")]
pub mod picture;
pub mod problem;
pub mod protocol;
pub mod public_host;
#[cfg(all(feature = "hours", feature = "markdown"))]
pub mod publishing;
pub mod readership;
pub mod report;
pub mod richtext;
pub mod routing;
pub mod settings;
pub mod turns;
pub mod visible;
#[cfg(feature = "compile")]
pub mod written;
