//! Who sees what of a conversation: where the team puts it, how it is sorted and why is the team's business.

use crate::protocol::{Author, Event, HandOffReason, Placement, What};

/// Who may see what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody. It speaks to the visitor: until it is read, it counts as unread, and lists show it.
    Spoken,
    /// Everybody. It shows what became of the conversation and asks to be read by nobody.
    Shown,
    /// Everybody, but visitors see a softened form.
    Softened,
    /// The team alone. A visitor learns that a number is taken.
    Team,
}

impl What {
    /// Who may see it. There is no wildcard here, so that a new kind of event does not compile before it has an audience.
    pub fn audience(&self) -> Audience {
        match self {
            What::Said { .. } | What::Answered { .. } | What::Suggested { .. } | What::FoundNothing => Audience::Spoken,
            What::Context(_)
            | What::Helped { .. }
            | What::Rated { .. }
            | What::AddressLeft { .. }
            | What::Resolved
            | What::Reopened
            | What::Unseen => Audience::Shown,
            What::HandedOff { .. } => Audience::Softened,
            What::Assigned { .. } | What::Snoozed { .. } | What::Resurfaced { .. } => Audience::Team,
        }
    }
}

impl Event {
    /// Whether somebody other than the visitor says something to the visitor with it.
    pub fn speaks_to_visitor(&self) -> bool {
        self.by != Author::Visitor && self.what.audience() == Audience::Spoken
    }

    /// Whether the visitor says something with it.
    pub fn speaks_to_agents(&self) -> bool {
        self.by == Author::Visitor && matches!(self.what, What::Said { .. })
    }
}

/// The event as the visitor may see it. Numbers and ids stay, so that a visitor's copy has no gaps.
pub fn for_visitor(event: Event) -> Event {
    match event.what.audience() {
        Audience::Spoken | Audience::Shown => event,
        Audience::Softened => Event { what: softened(event.what), ..event },
        Audience::Team => Event { by: Author::System, what: What::Unseen, ..event },
    }
}

/// An event without a softened form is not shown at all.
fn softened(what: What) -> What {
    match what {
        What::HandedOff { reason, .. } => {
            What::HandedOff { reason: softened_reason(reason), place: Placement::default() }
        }
        _ => What::Unseen,
    }
}

/// Nobody wants to read of themselves that they are at risk.
fn softened_reason(reason: HandOffReason) -> HandOffReason {
    match reason {
        HandOffReason::Asked
        | HandOffReason::NotHelped
        | HandOffReason::NothingFound
        | HandOffReason::PersonJoined
        | HandOffReason::ByRule => reason,
        HandOffReason::Pricing
        | HandOffReason::Upgrade
        | HandOffReason::Cancellation
        | HandOffReason::Complaint
        | HandOffReason::AtRisk
        | HandOffReason::HighTouch
        | HandOffReason::NewCustomer => HandOffReason::ByRule,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AgentId, EventId};

    fn seen(what: What) -> Event {
        let agent = Author::Agent { id: AgentId::parse(&"a".repeat(22)).unwrap(), name: "Ada".into() };
        for_visitor(Event { seq: 7, id: EventId::parse("e").unwrap(), at: 1, by: agent, what })
    }

    #[test]
    fn what_is_the_teams_business_keeps_its_number_and_tells_neither_who_nor_what() {
        for what in [What::Assigned { place: Placement::default() }, What::Snoozed { until: 9 }] {
            let event = seen(what);
            assert_eq!((event.seq, event.by, event.what), (7, Author::System, What::Unseen));
        }
    }

    #[test]
    fn a_hand_off_is_softened_and_what_is_said_stays_as_it_is() {
        let place = Placement { assignee: Some(AgentId::parse(&"a".repeat(22)).unwrap()), ..Placement::default() };
        let hand_off = seen(What::HandedOff { reason: HandOffReason::AtRisk, place });
        let softened = What::HandedOff { reason: HandOffReason::ByRule, place: Placement::default() };
        assert_eq!(hand_off.what, softened);
        let said = What::Said { text: "Hello".into() };
        assert_eq!(seen(said.clone()).what, said);
    }
}
