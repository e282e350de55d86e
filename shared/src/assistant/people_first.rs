//! What is not automated: it goes straight to a person.

use super::keywords::{Keywords, read};
use super::visitor::VisitorContext;
use crate::conversation::State;
use crate::languages;
use crate::phrase::Text;
use crate::protocol::{HandOffReason, Millis};
use serde::{Deserialize, Serialize};

/// The never-automate list. A field that is left out is as `default` has it; an empty list of words takes a subject off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PeopleFirst {
    /// Ways to ask for a person in words.
    pub person: Keywords,
    /// Ways to say in a word that the last answer did not help.
    pub not_helped: Keywords,
    /// Prices that are not on the page.
    pub pricing: Keywords,
    /// A larger plan.
    pub upgrade: Keywords,
    /// Leaving.
    pub cancellation: Keywords,
    /// Complaints.
    pub complaint: Keywords,
    /// Thinking of leaving.
    pub at_risk: Keywords,
    /// Whatever else the site owner wants people for.
    pub other: Keywords,
    /// From how many earlier questions on a visitor has a person at once; 0 for never.
    pub high_touch_questions: u32,
    /// For how many days a customer is new; 0 for never.
    pub new_customer_days: u32,
    /// Whether who is on trial has a person at once.
    pub trials: bool,
}

/// A customer with that many questions needs somebody who knows them.
const HIGH_TOUCH_QUESTIONS: u32 = 10;
/// Two weeks, in which a first impression is made.
const NEW_CUSTOMER_DAYS: u32 = 14;
const DAY: Millis = 24 * 60 * 60 * 1_000;

impl Default for PeopleFirst {
    fn default() -> Self {
        Self {
            person: Keywords::of(languages::PERSON),
            not_helped: Keywords::of(languages::NOT_HELPED),
            pricing: Keywords::of(languages::PRICING),
            upgrade: Keywords::of(languages::UPGRADE),
            cancellation: Keywords::of(languages::CANCELLATION),
            complaint: Keywords::of(languages::COMPLAINT),
            at_risk: Keywords::of(languages::AT_RISK),
            other: Keywords::default(),
            high_touch_questions: HIGH_TOUCH_QUESTIONS,
            new_customer_days: NEW_CUSTOMER_DAYS,
            trials: true,
        }
    }
}

/// What leads a message straight to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cause {
    /// This pattern of the list is in the message.
    Words(String),
    /// What is known of the visitor.
    Visitor,
}

impl PeopleFirst {
    /// Why this message goes straight to a person, and what leads it there; none if the assistant may try.
    pub(super) fn cause(
        &self,
        state: &State,
        text: &str,
        visitor: &VisitorContext,
        now: Millis,
    ) -> Option<(HandOffReason, Cause)> {
        let text = &read(text);
        let words = |pattern: &str, reason| Some((reason, Cause::Words(String::from(pattern))));
        if let Some(pattern) = self.person.found_in(text) {
            return words(pattern, HandOffReason::Asked);
        }
        if !state.open_questions.is_empty()
            && let Some(pattern) = self.not_helped.all_of(text)
        {
            return words(pattern, HandOffReason::NotHelped);
        }
        if let Some((pattern, reason)) = self.subject(text) {
            return words(pattern, reason);
        }
        self.relation(visitor, now).map(|reason| (reason, Cause::Visitor))
    }

    /// Why a text goes to a person by its words alone, as far as they can be looked for while it is typed.
    pub fn subject_of(&self, text: &str) -> Option<HandOffReason> {
        let text = &read(text);
        let asks = self.person.found_in(text).map(|_| HandOffReason::Asked);
        asks.or_else(|| self.subject(text).map(|(_, reason)| reason))
    }

    /// The patterns by which `subject_of` judges.
    pub(super) fn patterns(&self) -> impl Iterator<Item = &str> {
        let subjects = self.subjects();
        let lists = std::iter::once(&self.person).chain(subjects.into_iter().map(|(keywords, _)| keywords));
        lists.flat_map(|keywords| keywords.0.values().flatten()).map(String::as_str)
    }

    fn subject(&self, text: &Text<'_>) -> Option<(&str, HandOffReason)> {
        self.subjects().into_iter().find_map(|(keywords, reason)| Some((keywords.found_in(text)?, reason)))
    }

    fn subjects(&self) -> [(&Keywords, HandOffReason); 6] {
        [
            // A complaint about a price is a complaint first of all.
            (&self.complaint, HandOffReason::Complaint),
            (&self.cancellation, HandOffReason::Cancellation),
            (&self.at_risk, HandOffReason::AtRisk),
            (&self.upgrade, HandOffReason::Upgrade),
            (&self.pricing, HandOffReason::Pricing),
            (&self.other, HandOffReason::ByRule),
        ]
    }

    fn relation(&self, visitor: &VisitorContext, now: Millis) -> Option<HandOffReason> {
        let is_new = |since: Millis| now.saturating_sub(since) < Millis::from(self.new_customer_days) * DAY;
        if visitor.at_risk {
            Some(HandOffReason::AtRisk)
        } else if self.high_touch_questions > 0 && visitor.questions >= self.high_touch_questions {
            Some(HandOffReason::HighTouch)
        } else if (self.trials && visitor.trial) || visitor.customer_since.is_some_and(is_new) {
            Some(HandOffReason::NewCustomer)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many words are compared to find out that a text is no subject for people.
    fn looks(text: &str) -> usize {
        let text = read(text);
        let rules = PeopleFirst::default();
        assert_eq!((rules.person.found_in(&text), rules.subject(&text)), (None, None));
        text.looks()
    }

    #[test]
    fn the_longest_message_costs_about_the_same_in_every_script() {
        // Ten times: one word in all of its places is compared in each.
        let english = looks(&"the lamp on my desk is dim ".repeat(300));
        for text in ["退款包裹", "โคมไฟของฉัน", "المصباح مكسور ", "मेरा लैंप टूटा है ", "조명 ", "a ", "a\n", "\u{301}", "a"]
        {
            let long: String = text.chars().cycle().take(8_000).collect();
            assert!(looks(&long) <= 10 * english, "{text}: {} beside {english}", looks(&long));
        }
        // A word that many patterns begin with, in all of its places.
        let rules = PeopleFirst::default();
        let text = "cancel ".repeat(1_142);
        let text = read(&text);
        rules.cancellation.found_in(&text);
        assert!(text.looks() <= 10 * english, "{} beside {english}", text.looks());
    }
}
