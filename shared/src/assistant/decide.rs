//! Decides about a message.

use super::decision::Decision;
use super::found::Found;
use super::judge::judge;
use super::rules::Rules;
use super::visitor::VisitorContext;
use crate::conversation::State;
use crate::ids::EventId;
use crate::protocol::Millis;

/// The message to decide about.
#[derive(Debug, Clone, Copy)]
pub struct Message<'a> {
    /// Its event.
    pub id: &'a EventId,
    /// What the visitor wrote.
    pub text: &'a str,
}

/// What to do about a message, on what is known now. `found` is best first.
pub fn decide(
    state: &State,
    about: &Message<'_>,
    found: &[Found],
    rules: &Rules,
    visitor: &VisitorContext,
    now: Millis,
) -> Decision {
    judge(state, about.text, found, rules, visitor, now).decision
}
