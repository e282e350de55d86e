//! How soon people are answered, and when what waits comes back before their eyes.
//!
//! A `Promises` says how soon; `Terms` add the time that counts and make an `Appointment` of a wait. There is no clock and
//! no state here: who waits since when is in the conversation's log, and `conversation::next_time` keeps the appointment.
//!
//! **Invariant:** every wait has an instant at which it comes back, whatever the promises and the office hours are.

mod appointment;
mod promise;

pub use appointment::{Appointment, Terms};
pub use promise::{Kind, Pair, Promises, Target};
