//! A conversation as an append-only log of events, and the state that is a fold over it.
//!
//! `State::apply` takes what happened; `on_visitor`, `on_agent` and `on_time` say what a command or the clock makes happen, or
//! why it cannot. `Machine` decides what is written, sent and asked for; its caller stores and sends.
//!
//! The transitions are the variants of `What`. There is no other way to change a state.

mod agent;
mod check;
mod clock;
mod draft;
mod feed;
mod fold;
mod lists;
mod machine;
mod pace;
mod rating;
mod reminded;
mod seen;
mod shelf;
mod state;
mod store;
mod summary;
mod survey;
mod visitor;

pub use agent::on_agent;
pub use clock::{next_time, on_time};
pub use draft::{Draft, hand_off_to_escalations};
pub use feed::{Feed, MOST_FED, news};
pub use lists::{List, Location};
pub use machine::{
    Agreement, Aim, Answer, Denied, Follower, InboxUpdate, Input, Looked, Lost, Machine, RETRY_MS, SiteProfile, Step,
    Teaching, Tuning, VisitorUpdate, Work, check_beginning,
};
pub use pace::Pace;
pub use rating::Rating;
pub use reminded::Reminded;
pub use seen::{Audience, for_visitor};
pub use shelf::{BY_CHANGE_FROM, Shelf, WAITS_BELOW, WAITS_PROMISED_BELOW, changed_at, rank_by_change};
pub use state::{Snooze, Standing, State};
pub use store::{ClockSet, Counted, Entry, Held, Meta, Mirror, Owed, Store, Write};
pub use summary::{agrees, is_newer, last_for_visitor, one_line, summary, unread_by_agents, unread_by_visitor};
pub use survey::{RATING_EDIT_MS, open_survey};
pub use visitor::on_visitor;
