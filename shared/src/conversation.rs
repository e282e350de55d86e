//! A conversation as an append-only log of events, and the state that is a fold over it.
//!
//! `State::apply` takes what happened; `on_visitor` and `on_agent` say what a command makes happen, or why it cannot.
//! Nothing here numbers, stores or sends: the edge does, in one transaction.

mod command;
mod pace;
mod state;
mod summary;

pub use command::{Draft, hand_off_to_escalations, on_agent, on_visitor};
pub use pace::Pace;
pub use state::State;
pub use summary::{one_line, summary, unread_by_visitor};
