//! Who is in the team, and inviting somebody into it.

use super::chrome::Chrome;
use super::session::Session;
use crate::io::browser;
use crate::io::http::Failure;
use crate::model::fetched::Fetched;
use crate::model::lists::List;
use crate::model::place::setup_link;
use crate::model::placing::{Change, priority_key};
use crate::model::roster;
use crate::words::{self, t};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::ids::AgentId;
use shared::protocol::{Destination, Millis, Roster};

/// An invitation as it is handed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Invite {
    /// The set-up link.
    pub(crate) link: String,
    /// Until when it can be used.
    pub(crate) expires_at: Millis,
}

/// The team, and what its agents and lists are called.
#[derive(Clone, Copy)]
pub(crate) struct Team {
    /// Who is in the team; nobody until it has come.
    pub(crate) roster: RwSignal<Roster>,
    /// How far that has come.
    pub(crate) roster_is: RwSignal<Fetched<()>>,
    /// An invitation that was made at this desk.
    pub(crate) invitation: RwSignal<Option<Fetched<Invite>>>,
    session: Session,
    chrome: Chrome,
}

impl Team {
    /// A team of which nothing has come yet.
    pub(super) fn new(session: Session, chrome: Chrome) -> Self {
        Self {
            roster: RwSignal::default(),
            roster_is: RwSignal::default(),
            invitation: RwSignal::default(),
            session,
            chrome,
        }
    }

    /// Asks who is in the team. The last roster stays until a newer one comes.
    pub(crate) fn refresh(self) {
        spawn_local(async move {
            let doors = self.session.doors.get_value();
            let state = match doors.team().await {
                Ok(roster) => {
                    if self.roster.try_with_untracked(|old| *old != roster) == Some(true) {
                        self.roster.try_set(roster);
                    }
                    Fetched::Here(())
                }
                Err(failure) => self.session.without(&failure),
            };
            // Somebody may have signed out while it was asked.
            let is_news = self.roster_is.try_with_untracked(|old| *old != state && *old != Fetched::Here(()));
            if is_news == Some(true) {
                self.roster_is.try_set(state);
            }
        });
    }

    /// Says whether this agent is away.
    pub(crate) fn set_away(self, away: bool) {
        spawn_local(async move {
            let doors = self.session.doors.get_value();
            match doors.set_away(away).await {
                Ok(()) => self.refresh(),
                Err(Failure::Refused(error)) => {
                    drop(self.chrome.notice.try_set(String::from(words::of_error(error.code))))
                }
                Err(Failure::Offline) => drop(self.chrome.notice.try_set(String::from(t("away_failed")))),
            }
        });
    }

    /// Makes an invitation.
    pub(crate) fn invite(self) {
        self.invitation.set(Some(Fetched::Asked));
        spawn_local(async move {
            let doors = self.session.doors.get_value();
            let invitation = match doors.invite().await {
                Ok(invitation) => {
                    let link = setup_link(&browser::bare_address(), &invitation.token);
                    Fetched::Here(Invite { link, expires_at: invitation.expires_at })
                }
                Err(Failure::Refused(error)) => {
                    let _ = self.chrome.notice.try_set(String::from(words::of_error(error.code)));
                    self.session.without(&Failure::Refused(error))
                }
                Err(failure) => self.session.without(&failure),
            };
            self.invitation.try_set(Some(invitation));
        });
    }

    /// What a list is called.
    pub(crate) fn name_of_list(self, list: &List) -> String {
        String::from(match list {
            List::Waiting => t("list_waiting"),
            List::Mine => t("list_mine"),
            List::Unassigned => t("list_unassigned"),
            List::Escalations => t("list_escalations"),
            List::Team(team) => return self.roster.with(|roster| String::from(roster::team_name(roster, team))),
            List::Automatic => t("list_automatic"),
            List::Snoozed => t("list_snoozed"),
            List::Solved => t("list_solved"),
            List::All => t("list_all"),
        })
    }

    /// What the list of a destination is called.
    pub(crate) fn name_of_destination(self, to: &Destination) -> String {
        match to {
            Destination::Escalations => String::from(t("list_escalations")),
            Destination::Team(team) => self.roster.with(|roster| String::from(roster::team_name(roster, team))),
        }
    }

    /// What a person is called here: oneself, a colleague, or somebody who is not known.
    pub(crate) fn name_of_agent(self, id: &AgentId) -> String {
        if self.session.is_me(id) {
            return String::from(t("you"));
        }
        let name = self.roster.with(|roster| roster::agent_name(roster, id).map(String::from));
        name.unwrap_or_else(|| String::from(t("somebody")))
    }

    /// Says in words what a change of a conversation's agent would do.
    pub(super) fn offer_of(self, change: &Change) -> String {
        match change {
            Change::Give(id) if self.session.is_me(id) => String::from(t("do_take")),
            Change::Give(id) => words::with("do_give", &self.name_of_agent(id)),
            Change::Free => String::from(t("do_free")),
            Change::Move(to) => words::with("do_move", &self.name_of_destination(to)),
            Change::Rank(priority) => words::with("do_rank", t(priority_key(*priority))),
        }
    }

    /// What a change has done, in words.
    pub(crate) fn told(self, change: &Change) -> String {
        match change {
            Change::Give(id) if self.session.is_me(id) => String::from(t("given_to_you")),
            Change::Give(id) => words::with("given_now", &self.name_of_agent(id)),
            Change::Free => String::from(t("freed_now")),
            Change::Move(to) => words::with("note_assigned", &self.name_of_destination(to)),
            Change::Rank(priority) => words::with("do_rank", t(priority_key(*priority))),
        }
    }

    /// Whether the colleague to whom a change gives a conversation is there, and how much they have.
    pub(super) fn about(self, change: &Change) -> String {
        let Change::Give(id) = change else { return String::new() };
        self.roster.with(|roster| {
            let colleague = roster.agents.iter().find(|colleague| colleague.id == *id);
            colleague.map(|colleague| words::busy(colleague.present, colleague.open)).unwrap_or_default()
        })
    }
}
