//! When people are there to answer: office hours, what they make of a span of time, and when a reply will come.
//!
//! `Office::new` proves a schedule; `WorkingTime` is how others reckon in it. The time zones of the world come with the
//! cargo feature `hours`; without it there is only `AroundTheClock`.
//!
//! **Invariant:** there is no clock here and no zone of this machine: `now` is an argument, and zones are in the program.

#[cfg(feature = "hours")]
mod office;
#[cfg(feature = "hours")]
#[cfg(test)]
mod promises;
#[cfg(feature = "hours")]
mod reply;
#[cfg(feature = "hours")]
#[cfg(test)]
mod scenes;
mod schedule;
#[cfg(feature = "hours")]
mod shift;
mod spoken;
#[cfg(feature = "hours")]
mod spoken_at;
mod working;
#[cfg(feature = "hours")]
mod zone;

#[cfg(feature = "hours")]
pub use office::Office;
#[cfg(feature = "hours")]
pub use reply::{away, expected_reply};
pub use schedule::{Day, Holiday, Schedule};
pub use spoken::{Away, Clock, Expected, Spoken};
pub use working::{AroundTheClock, Change, WorkingTime};
#[cfg(feature = "hours")]
pub use zone::Zone;
