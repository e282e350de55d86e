//! A visitor's answer to a survey.

use crate::protocol::{Millis, Survey};

/// The last answer to one kind of survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rating {
    /// The survey that was answered.
    pub survey: Survey,
    /// The last score.
    pub score: u8,
    /// When it was answered first.
    pub at: Millis,
}
