//! Why a conversation is where it is, as a key of the locale file.

use shared::protocol::{HandOffReason, Resurface, Status, Summary};

/// Why a conversation is in its list.
pub(crate) fn of(summary: &Summary) -> &'static str {
    match (summary.status, &summary.hand_off) {
        (Status::Resolved, _) => "status_resolved",
        _ if summary.snoozed_until.is_some() => "status_snoozed",
        _ if summary.resurfaced.is_some_and(|why| says_more(why, summary)) => {
            summary.resurfaced.map_or("status_replied", of_return)
        }
        (Status::Replied, _) => "status_replied",
        (_, Some(hand_off)) => of_hand_off(hand_off.reason),
        (Status::Waiting, None) => "reason_person_joined",
        (Status::Automatic, None) => "status_automatic",
    }
}

/// The wait itself says that a reply is due or late; saying it twice would hide why people are wanted.
fn says_more(why: Resurface, summary: &Summary) -> bool {
    !matches!(why, Resurface::ReplyDue | Resurface::ReplyLate) || summary.due.is_none()
}

/// Why it came back into sight.
pub(crate) fn of_return(why: Resurface) -> &'static str {
    match why {
        Resurface::SnoozeOver => "note_snooze_over",
        Resurface::Woken => "note_woken",
        Resurface::ReplyDue => "note_reply_due",
        Resurface::ReplyLate => "note_reply_late",
        Resurface::Forgotten => "note_forgotten",
    }
}

/// Why it went to people.
pub(crate) fn of_hand_off(reason: HandOffReason) -> &'static str {
    match reason {
        HandOffReason::Asked => "reason_asked",
        HandOffReason::NotHelped => "reason_not_helped",
        HandOffReason::NothingFound => "reason_nothing_found",
        HandOffReason::PersonJoined => "reason_person_joined",
        HandOffReason::ByRule => "reason_by_rule",
        HandOffReason::Pricing => "reason_pricing",
        HandOffReason::Upgrade => "reason_upgrade",
        HandOffReason::Cancellation => "reason_cancellation",
        HandOffReason::Complaint => "reason_complaint",
        HandOffReason::AtRisk => "reason_at_risk",
        HandOffReason::HighTouch => "reason_high_touch",
        HandOffReason::NewCustomer => "reason_new_customer",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::summary;

    #[test]
    fn the_newest_reason_is_told() {
        let plain = |status| summary('a', 1, status, Some(0), 0);
        let back = |why| Summary { resurfaced: Some(why), ..plain(Status::Waiting) };
        for (summary, expected) in [
            (plain(Status::Automatic), "status_automatic"),
            (plain(Status::Waiting), "reason_asked"),
            (plain(Status::Replied), "status_replied"),
            (Summary { hand_off: None, ..plain(Status::Waiting) }, "reason_person_joined"),
            (Summary { snoozed_until: Some(9), ..plain(Status::Waiting) }, "status_snoozed"),
            (back(Resurface::SnoozeOver), "note_snooze_over"),
            (back(Resurface::Forgotten), "note_forgotten"),
            (back(Resurface::ReplyLate), "note_reply_late"),
            (Summary { due: Some(9), ..back(Resurface::ReplyLate) }, "reason_asked"),
            (Summary { status: Status::Resolved, ..back(Resurface::SnoozeOver) }, "status_resolved"),
        ] {
            assert_eq!(of(&summary), expected, "{summary:?}");
        }
    }
}
