//! Who is in the team, and inviting somebody into it.

use super::Desk;
use crate::io::browser;
use crate::io::http::Failure;
use crate::model::fetched::Fetched;
use crate::model::place::{Days, setup_link};
use crate::words::{self, t};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::ids::ConversationId;
use shared::protocol::Millis;

/// An invitation as it is handed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Invite {
    /// The set-up link.
    pub(crate) link: String,
    /// Until when it can be used.
    pub(crate) expires_at: Millis,
}

impl Desk {
    /// Asks who is in the team. The last roster stays until a newer one comes.
    pub(crate) fn refresh_roster(self) {
        spawn_local(async move {
            let doors = self.doors.get_value();
            let state = match doors.team().await {
                Ok(roster) => {
                    if self.roster.try_with_untracked(|old| *old != roster) == Some(true) {
                        self.roster.try_set(roster);
                    }
                    Fetched::Here(())
                }
                Err(failure) => self.without(&failure),
            };
            // Somebody may have signed out while it was asked.
            let is_news = self.roster_is.try_with_untracked(|old| *old != state && *old != Fetched::Here(()));
            if is_news == Some(true) {
                self.roster_is.try_set(state);
            }
        });
    }

    /// Asks what the site says of the visitor, who may have become known, or another customer, since it was asked last.
    pub(crate) fn fetch_profile(self, conversation: Option<ConversationId>) {
        let Some(conversation) = conversation else { return };
        spawn_local(async move {
            let doors = self.doors.get_value();
            let profile = doors.visitor_of(&conversation).await.ok().and_then(|of| of.profile);
            if let Some(profile) = profile {
                self.profiles.try_update(|profiles| profiles.insert(conversation, profile));
            }
        });
    }

    /// Asks how the last days went.
    pub(crate) fn fetch_report(self, days: Days) {
        self.report.set(Fetched::Asked);
        spawn_local(async move {
            let doors = self.doors.get_value();
            let report = match doors.report(days.get()).await {
                Ok(report) => Fetched::Here(report),
                Err(failure) => self.without(&failure),
            };
            let is_wanted =
                self.place.try_with_untracked(|place| place.page == crate::model::place::Page::Reports(days));
            if is_wanted == Some(true) {
                self.report.try_set(report);
            }
        });
    }

    /// Makes an invitation.
    pub(crate) fn invite(self) {
        self.invitation.set(Some(Fetched::Asked));
        spawn_local(async move {
            let doors = self.doors.get_value();
            let invitation = match doors.invite().await {
                Ok(invitation) => {
                    let link = setup_link(&browser::bare_address(), &invitation.token);
                    Fetched::Here(Invite { link, expires_at: invitation.expires_at })
                }
                Err(Failure::Refused(error)) => {
                    let _ = self.notice.try_set(String::from(words::of_error(error.code)));
                    self.without(&Failure::Refused(error))
                }
                Err(failure) => self.without(&failure),
            };
            self.invitation.try_set(Some(invitation));
        });
    }

    /// Puts a text where other programs can take it, and says so.
    pub(crate) fn copy(self, text: String) {
        spawn_local(async move {
            let is_copied = browser::copy(&text).await;
            self.notice.try_set(String::from(if is_copied { t("copied") } else { t("not_copied") }));
            self.copied.try_set(if is_copied { text } else { String::new() });
        });
    }

    fn without<T>(self, failure: &Failure) -> Fetched<T> {
        self.failed(failure);
        if failure.is_no_door() { Fetched::Absent } else { Fetched::Failed }
    }
}
