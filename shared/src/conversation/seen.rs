//! What a visitor is told of a conversation: where the team puts it, how it is sorted and why is the team's business.

use crate::protocol::{Author, Event, HandOffReason, Placement, What};

/// The event as the visitor may see it. Numbers and ids stay, so that a visitor's copy has no gaps.
pub fn for_visitor(event: Event) -> Event {
    let what = match event.what {
        What::Assigned { .. } | What::Snoozed { .. } | What::Resurfaced { .. } => What::Unseen,
        What::HandedOff { reason, .. } => What::HandedOff { reason: told(reason), place: Placement::default() },
        other => other,
    };
    let by = if what == What::Unseen { Author::System } else { event.by };
    Event { by, what, ..event }
}

/// Nobody wants to read of themselves that they are at risk.
fn told(reason: HandOffReason) -> HandOffReason {
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
