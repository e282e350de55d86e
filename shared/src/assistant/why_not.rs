//! What speaks against saying something that was found.

use crate::protocol::HandOffReason;
use serde::{Deserialize, Serialize};

/// A reason not to say an answer or an article. A candidate without a reason is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyNot {
    /// It is not likely enough.
    NotSure {
        /// The per cents that it needs.
        at_least: u8,
    },
    /// It was suggested in this conversation before, or the visitor paused over it and wrote on about the same thing.
    Tried,
    /// The visitor has opened it in the panel, so the list above the composer leaves it out.
    Opened,
    /// The visitor has said that it did not help.
    Dismissed,
    /// The visitor has read it in the help centre just now. Of an answer: it is in short what they have read there.
    Read,
    /// The answer was given in this conversation before.
    Given,
    /// The visitor comes from the help centre and has seen articles enough for a beginning.
    FromHelpCentre,
    /// An answer is given in its place.
    AnswerFirst,
    /// As many others as are said at once are likelier.
    EnoughOthers,
    /// The message goes straight to a person.
    PeopleFirst {
        /// Why it does.
        reason: HandOffReason,
    },
    /// A person was asked for or has joined: the assistant is silent.
    WithPeople,
}
