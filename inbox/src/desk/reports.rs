//! How the last days went.

use super::conversations::Conversations;
use super::session::Session;
use crate::model::fetched::Fetched;
use crate::model::place::{Days, Page};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::protocol::Report;

/// The report of the last days.
#[derive(Clone, Copy)]
pub(crate) struct Reports {
    /// How the last days went, once somebody has asked.
    pub(crate) report: RwSignal<Fetched<Report>>,
    session: Session,
    conversations: Conversations,
}

impl Reports {
    /// No report yet.
    pub(super) fn new(session: Session, conversations: Conversations) -> Self {
        Self { report: RwSignal::default(), session, conversations }
    }

    /// Asks how the last days went. An answer for other days than the page shows by then is dropped.
    pub(crate) fn fetch(self, days: Days) {
        self.report.set(Fetched::Asked);
        spawn_local(async move {
            let doors = self.session.doors.get_value();
            let report = match doors.report(days.get()).await {
                Ok(report) => Fetched::Here(report),
                Err(failure) => self.session.without(&failure),
            };
            let is_wanted = self.conversations.place.try_with_untracked(|place| place.page == Page::Reports(days));
            if is_wanted == Some(true) {
                self.report.try_set(report);
            }
        });
    }
}
