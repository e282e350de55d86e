//! When people are there to answer: office hours, what they make of a span of time, and when a reply will come.
//!
//! `Office::new` proves a schedule; `WorkingTime` is how others reckon in it. The time zones of the world come with the
//! cargo feature `hours`; without it there is only `AroundTheClock`.
//!
//! **Invariant:** there is no clock here and no zone of this machine: `now` is an argument, and zones are in the program.

#[cfg(feature = "hours")]
mod office;
mod reply;
#[cfg(feature = "hours")]
#[cfg(test)]
mod scenes;
mod schedule;
#[cfg(feature = "hours")]
mod shift;
mod working;
#[cfg(feature = "hours")]
mod zone;

#[cfg(feature = "hours")]
pub use office::Office;
pub use reply::{RECENT_REPLIES, expected_reply};
pub use schedule::{Day, Holiday, Schedule};
pub use working::{AroundTheClock, Change, WorkingTime};
#[cfg(feature = "hours")]
pub use zone::Zone;
