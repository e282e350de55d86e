//! What the assistant does about a message: answer, suggest articles, ask whether a person is wanted, hand off, or be silent.
//!
//! Whether an answer or a suggestion helped is asked by the event itself: `Answered` and `Suggested` are open questions until
//! the visitor says so, and "no" hands off at once (`conversation::on_visitor`). `explain` is the dry run: what would be done
//! about a text, while it is typed and once it is sent, and why nothing else.
//!
//! **Invariant:** it never speaks once a person was asked for or has joined, and never says the same thing twice.
//! **Invariant:** `decide` and `explain` cannot disagree: both read the same judgement (`judge`).

mod answers;
mod case;
mod decide;
mod decision;
mod explain;
mod found;
mod judge;
mod keywords;
mod library;
mod people_first;
mod rules;
mod sentences;
mod traces;
mod typing;
mod visitor;
mod why_not;

pub use answers::{Answers, write_answers};
pub use case::AssistantCase;
pub use decide::{Message, decide};
pub use decision::Decision;
pub use explain::explain;
pub use found::Found;
pub use keywords::Keywords;
pub use library::{Library, Sought};
pub use people_first::PeopleFirst;
pub use rules::{NothingFound, Rules};
pub use traces::{
    AssistantExplanation, CandidateKind, CandidateTrace, PeopleFirstTrace, SentThresholds, SentTrace, TypingThresholds,
    TypingTrace, WordTrace,
};
pub use typing::{Typing, TypingAnswers, explain_typing};
pub use visitor::{HELP_CENTRE_MS, VisitorContext};
pub use why_not::WhyNot;

#[cfg(feature = "compile")]
#[cfg(test)]
mod scenes;
#[cfg(test)]
mod tests;
