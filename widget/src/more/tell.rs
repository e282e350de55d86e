//! What the host page is told of a conversation: that something happened, and never what was said.

use crate::io::host;
use crate::panel::Panel;
use shared::protocol::{Author, Event, HandOffReason, Survey, What};

impl Panel {
    /// Tells of events that have just happened.
    pub(super) fn tell_events(self, events: &[Event]) {
        let Some(host) = self.host() else { return };
        for event in events {
            let (name, detail) = match &event.what {
                What::Said { .. } | What::Answered { .. } | What::Suggested { .. } | What::FoundNothing => {
                    let by = match event.by {
                        Author::Visitor => "visitor",
                        Author::Agent { .. } => "agent",
                        Author::Assistant | Author::System => "assistant",
                    };
                    ("message", vec![("by", by.into())])
                }
                What::HandedOff { reason: HandOffReason::PersonJoined, .. } => continue,
                What::HandedOff { .. } => ("escalated", Vec::new()),
                What::Resolved => ("resolved", Vec::new()),
                What::Rated { survey, score, .. } => {
                    let survey = if *survey == Survey::Effort { "effort" } else { "satisfaction" };
                    ("rated", vec![("survey", survey.into()), ("score", u32::from(*score).into())])
                }
                _ => continue,
            };
            host::tell_event(&host, name, &detail);
        }
    }
}
