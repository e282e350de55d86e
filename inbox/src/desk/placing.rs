//! Giving the open conversation to somebody, moving it, sorting it and putting it aside.

use super::{Desk, Overlay};
use crate::io::{browser, times};
use crate::model::picker::{Choice, Pick};
use crate::model::placing::{self, Change, priority_key};
use crate::model::{roster, snooze};
use crate::words::{self, t};
use leptos::prelude::*;
use shared::conversation::State;
use shared::ids::AgentId;
use shared::protocol::{AgentAction, Destination, Millis, Placement, Status};

/// The button that says whose the open conversation is and where it lies.
pub(crate) const PLACING_BUTTON: &str = "placing";

impl Desk {
    /// Where the open conversation lies; none while the assistant answers.
    pub(crate) fn placement(self) -> Option<Placement> {
        let id = self.open_id()?;
        let place = |state: Option<&State>| {
            self.lists.with(|lists| self.outbox.with(|outbox| placing::current(&id, outbox, state, lists.get(&id))))
        };
        self.of_state(|state| place(Some(state))).unwrap_or_else(|| place(None))
    }

    /// Whose turn it is in the open conversation; none while nothing is known of it.
    pub(crate) fn status(self) -> Option<Status> {
        let id = self.open_id()?;
        let of_list = || self.lists.with(|lists| lists.get(&id).map(|summary| summary.status));
        self.of_state(|state| state.status).or_else(of_list)
    }

    /// Until when the open conversation is out of sight.
    pub(crate) fn snoozed_until(self) -> Option<Millis> {
        let id = self.open_id()?;
        match self.of_state(|state| state.snooze.as_ref().map(|snooze| snooze.until)) {
            Some(until) => until,
            None => self.lists.with(|lists| lists.get(&id)?.snoozed_until),
        }
    }

    /// What a person is called here: oneself, a colleague, or somebody who is not known.
    pub(crate) fn name_of(self, id: &AgentId) -> String {
        if self.me.with_value(|me| me.id == *id) {
            return String::from(t("you"));
        }
        let name = self.roster.with(|roster| roster::agent_name(roster, id).map(String::from));
        name.unwrap_or_else(|| String::from(t("somebody")))
    }

    /// What the list of a destination is called.
    pub(crate) fn name_of_list(self, to: &Destination) -> String {
        match to {
            Destination::Escalations => String::from(t("list_escalations")),
            Destination::Team(team) => self.roster.with(|roster| String::from(roster::team_name(roster, team))),
        }
    }

    /// Opens the menu of whose it is and where it lies.
    pub(super) fn show_assign(self) {
        if untrack(|| self.can_be_placed()) {
            self.refresh_roster();
            self.overlay.set(Some(Overlay::Assign));
        }
    }

    /// Opens the menu of times to come back.
    pub(super) fn show_snooze(self) {
        if untrack(|| self.can_be_snoozed()) {
            self.overlay.set(Some(Overlay::Snooze));
        }
    }

    /// A conversation that was resolved without people stays so until it is reopened.
    pub(crate) fn can_be_placed(self) -> bool {
        match self.status() {
            None => false,
            Some(Status::Resolved) => self.placement().is_some(),
            Some(_) => true,
        }
    }

    /// A resolved conversation is out of sight already.
    pub(crate) fn can_be_snoozed(self) -> bool {
        self.status().is_some_and(|status| status != Status::Resolved)
    }

    /// Makes the open conversation the agent's own.
    pub(super) fn take(self) {
        if untrack(|| self.can_be_placed()) {
            self.change(Change::Give(self.me.with_value(|me| me.id.clone())));
        }
    }

    /// Changes where the open conversation lies or whose it is.
    pub(super) fn change(self, change: Change) {
        browser::catch_focus(PLACING_BUTTON);
        let Some((id, place)) = untrack(|| Some((self.open_id()?, self.placement()))) else { return };
        let before = place.clone().unwrap_or_default();
        let changed = self.roster.with_untracked(|roster| placing::changed(&before, &change, roster));
        // From the assistant it comes to people even where nothing else is changed.
        let Some(next) = changed.or_else(|| place.is_none().then_some(before)) else { return };
        self.act(&id, AgentAction::Assign { place: next });
        self.notice.set(untrack(|| self.told(&change)));
    }

    /// Puts the open conversation out of sight.
    pub(super) fn snooze(self, until: Millis) {
        browser::catch_focus(PLACING_BUTTON);
        let Some(id) = untrack(|| self.open_id()) else { return };
        self.act(&id, AgentAction::Snooze { until });
        self.notice.set(words::with("note_snoozed", &times::moment(until, self.now.get_untracked())));
    }

    /// Brings the open conversation back into sight.
    pub(super) fn wake(self) {
        browser::catch_focus(PLACING_BUTTON);
        let Some(id) = untrack(|| self.snoozed_until().and_then(|_| self.open_id())) else { return };
        self.act(&id, AgentAction::Wake);
        self.notice.set(String::from(t("note_woken")));
    }

    /// The choices of an agent and of a list for the open conversation.
    pub(super) fn assign_choices(self) -> Vec<Choice> {
        let place = self.placement();
        let offers =
            self.me.with_value(|me| self.roster.with(|roster| placing::offers(place.as_ref(), roster, &me.id)));
        let choice = |change: Change| Choice {
            label: self.label(&change),
            about: self.about(&change),
            pick: Pick::Place(change),
        };
        offers.into_iter().map(choice).collect()
    }

    /// The times to come back that can be chosen.
    pub(super) fn snooze_choices(self) -> Vec<Choice> {
        let now = browser::now();
        let times = snooze::choices(now, times::local(now), |days, hour| times::at_hour(now, days, hour));
        let choice = |(until, at): (snooze::Until, Millis)| Choice {
            label: String::from(t(until.key())),
            about: times::moment(at, now),
            pick: Pick::Snooze(at),
        };
        times.into_iter().map(choice).collect()
    }

    fn label(self, change: &Change) -> String {
        match change {
            Change::Give(id) if self.me.with_value(|me| me.id == *id) => String::from(t("do_take")),
            Change::Give(id) => words::with("do_give", &self.name_of(id)),
            Change::Free => String::from(t("do_free")),
            Change::Move(to) => words::with("do_move", &self.name_of_list(to)),
            Change::Rank(priority) => words::with("do_rank", t(priority_key(*priority))),
        }
    }

    /// Whether a colleague is there, and how much they have.
    fn about(self, change: &Change) -> String {
        let Change::Give(id) = change else { return String::new() };
        self.roster.with(|roster| {
            let colleague = roster.agents.iter().find(|colleague| colleague.id == *id);
            colleague.map(|colleague| words::busy(colleague.present, colleague.open)).unwrap_or_default()
        })
    }

    /// What a change has done, in words.
    pub(crate) fn told(self, change: &Change) -> String {
        match change {
            Change::Give(id) if self.me.with_value(|me| me.id == *id) => String::from(t("given_to_you")),
            Change::Give(id) => words::with("given_now", &self.name_of(id)),
            Change::Free => String::from(t("freed_now")),
            Change::Move(to) => words::with("note_assigned", &self.name_of_list(to)),
            Change::Rank(priority) => words::with("do_rank", t(priority_key(*priority))),
        }
    }
}
