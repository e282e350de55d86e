//! What every client of a conversation does in the same way: the panel, the agents' inbox and the simulation.
//!
//! An `Outbox` keeps what a person did until the edge has it, a `Transcript` is the client's copy of the log, and a `Link` is
//! the way between the two. A program stores, sends and draws; when and what is decided here.
//!
//! **Invariant:** nothing here reads a clock, a random source, the network or a page: times and random numbers are arguments.

mod addresses;
mod backoff;
mod command;
mod discreet;
mod link;
mod outbox;
mod transcript;
mod verdict;
mod visitor;

pub use addresses::{Piece, host_of, is_blank, is_page, pieces};
pub use backoff::Backoff;
pub use command::Command;
pub use discreet::discreet;
pub use link::{Act, HELD_MS, Input, Link, REQUEST_MS, is_of_socket};
pub use outbox::{Outbox, Pending, Progress, Way};
pub use transcript::{Hands, Side, Taken, Transcript};
pub use verdict::{Verdict, tell_read_again};

use crate::ids::WorkspaceId;

/// The name under which a client keeps something on its device: each workspace and each person has names of their own.
pub fn kept_as(workspace: Option<&WorkspaceId>, person: &str, name: &str) -> String {
    ["beforehand:", workspace.map_or("", WorkspaceId::as_str), ":", person, name].concat()
}
