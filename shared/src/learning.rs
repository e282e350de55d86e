//! What conversations teach: questions that were sent, and what came of them.
//!
//! `Lessons` is a fold over a conversation's events. It knows which message of the visitor an article or answer has solved, which one
//! an agent has answered with an address, and which one nothing was found for. The object of the conversation tells the library
//! all of its lessons at once whenever they have changed (`conversation::Machine`), so that a lesson that was taken back is just not among
//! them any more. The library masks what looks personal (`mask`) before anything is stored, and gathers what nobody could answer
//! by likeness (`likeness`).
//!
//! **Invariant:** the same events give the same lessons, so that telling them again changes nothing.
//! **Invariant:** what goes to people by the site's rules teaches nothing to the assistant.

mod lesson;
mod lessons;
#[cfg(feature = "compile")]
mod likeness;
#[cfg(feature = "compile")]
mod listed;
#[cfg(feature = "compile")]
mod mask;
#[cfg(test)]
mod scenes;

pub use lesson::{Lesson, MAX_QUESTION_CHARS, Missed, Outcome, is_question};
pub use lessons::{Lessons, MAX_LESSONS, Taught};
#[cfg(feature = "compile")]
pub use likeness::{Informative, LIKE, normal_form};
#[cfg(feature = "compile")]
pub use listed::{Dismissals, MAX_DISMISSALS, Source, UnansweredGroup, UnansweredPage};
#[cfg(feature = "compile")]
pub use mask::{Masking, masked};
