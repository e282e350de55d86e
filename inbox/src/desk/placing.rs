//! Giving the open conversation to somebody, moving it, sorting it and putting it aside.

use super::anchors::PLACING_BUTTON;
use super::chrome::{Chrome, Done, Link, Overlay};
use super::conversations::Conversations;
use super::open::OpenConversations;
use super::session::Session;
use super::team::Team;
use crate::io::{browser, times};
use crate::model::picker::{Choice, Pick};
use crate::model::placing::{self, Change};
use crate::model::snooze;
use crate::words::{self, t};
use leptos::prelude::*;
use shared::conversation::State;
use shared::ids::ConversationId;
use shared::protocol::{AgentAction, Millis, Placement, Status};

/// Whose the open conversation is, where it lies and until when it is out of sight.
#[derive(Clone, Copy)]
pub(crate) struct Placing {
    session: Session,
    chrome: Chrome,
    conversations: Conversations,
    team: Team,
    open: OpenConversations,
}

impl Placing {
    /// The placing of the conversation that is open at a time.
    pub(super) fn new(
        session: Session,
        chrome: Chrome,
        conversations: Conversations,
        team: Team,
        open: OpenConversations,
    ) -> Self {
        Self { session, chrome, conversations, team, open }
    }

    /// Where the open conversation lies; none while the assistant answers.
    pub(crate) fn placement(self) -> Option<Placement> {
        let id = self.conversations.open_id()?;
        let place = |state: Option<&State>| {
            self.conversations
                .lists
                .with(|lists| self.open.outbox.with(|outbox| placing::current(&id, outbox, state, lists.get(&id))))
        };
        self.open.of_state(|state| place(Some(state))).unwrap_or_else(|| place(None))
    }

    /// Whether what was done still stands, as far as is known: a colleague may have put it elsewhere.
    pub(crate) fn stands(self, done: &Done) -> bool {
        let Some(made) = &done.made else { return true };
        let is_open = self.conversations.open_id().as_ref() == Some(&done.conversation);
        let of_list = || {
            self.conversations.lists.with(|lists| {
                let line = lists.get(&done.conversation);
                self.open.outbox.with(|outbox| placing::current(&done.conversation, outbox, None, line))
            })
        };
        let place = if is_open { self.placement() } else { of_list() };
        place.is_none_or(|place| place == *made)
    }

    /// Whose turn it is in the open conversation; none while nothing is known of it.
    pub(crate) fn status(self) -> Option<Status> {
        let id = self.conversations.open_id()?;
        let of_list = || self.conversations.lists.with(|lists| lists.get(&id).map(|summary| summary.status));
        self.open.of_state(|state| state.status).or_else(of_list)
    }

    /// Until when the open conversation is out of sight.
    pub(crate) fn snoozed_until(self) -> Option<Millis> {
        let id = self.conversations.open_id()?;
        match self.open.of_state(|state| state.snooze.as_ref().map(|snooze| snooze.until)) {
            Some(until) => until,
            None => self.conversations.lists.with(|lists| lists.get(&id)?.snoozed_until),
        }
    }

    /// Opens the menu of whose it is and where it lies.
    pub(super) fn show_assign(self) {
        if untrack(|| self.can_be_placed()) {
            self.team.refresh();
            self.chrome.overlay.set(Some(Overlay::Assign));
        }
    }

    /// Opens the menu of times to come back.
    pub(super) fn show_snooze(self) {
        if untrack(|| self.can_be_snoozed()) {
            self.chrome.overlay.set(Some(Overlay::Snooze));
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
            self.change(Change::Give(self.session.my_id()));
        }
    }

    /// An agent who begins to write a reply takes a conversation that is with people and nobody's; the bar of what was just done gives it
    /// back. Without a connection nothing is known of colleagues, and the reply takes it when it arrives.
    pub(crate) fn begin_to_write(self) {
        let is_free = untrack(|| {
            let is_open = self.status().is_some_and(|status| status != Status::Resolved);
            let is_live = self.chrome.link.get() == Link::Live;
            is_live && is_open && self.placement().is_some_and(|place| place.assignee.is_none())
        });
        if is_free {
            self.change_by(Change::Give(self.session.my_id()), OpenConversations::act_unless_changed);
        }
    }

    /// Changes where the open conversation lies or whose it is.
    pub(super) fn change(self, change: Change) {
        self.change_by(change, OpenConversations::act);
    }

    fn change_by(self, change: Change, act: fn(OpenConversations, &ConversationId, AgentAction)) {
        browser::catch_focus(PLACING_BUTTON);
        let Some((id, place)) = untrack(|| Some((self.conversations.open_id()?, self.placement()))) else { return };
        let before = place.clone().unwrap_or_default();
        let changed = self.team.roster.with_untracked(|roster| placing::changed(&before, &change, roster));
        // From the assistant it comes to people even where nothing else is changed.
        let back = before.clone();
        let Some(next) = changed.or_else(|| place.is_none().then_some(before)) else { return };
        let made = Some(next.clone());
        act(self.open, &id, AgentAction::Assign { place: next });
        let text = untrack(|| self.team.told(&change));
        let done = Done { text: text.clone(), conversation: id, undo: Some(AgentAction::Assign { place: back }), made };
        self.chrome.say_done(text, done);
    }

    /// Puts the open conversation out of sight.
    pub(super) fn snooze(self, until: Millis) {
        browser::catch_focus(PLACING_BUTTON);
        let Some(id) = untrack(|| self.conversations.open_id()) else { return };
        self.open.act(&id, AgentAction::Snooze { until });
        let text = words::with("note_snoozed", &times::moment(until, self.chrome.now.get_untracked()));
        let done = Done { text: text.clone(), conversation: id, undo: Some(AgentAction::Wake), made: None };
        self.chrome.say_done(text, done);
    }

    /// Brings the open conversation back into sight.
    pub(super) fn wake(self) {
        browser::catch_focus(PLACING_BUTTON);
        let Some(id) = untrack(|| self.snoozed_until().and_then(|_| self.conversations.open_id())) else { return };
        self.open.act(&id, AgentAction::Wake);
        self.chrome.notice.set(String::from(t("note_woken")));
    }

    /// The choices of an agent and of a list for the open conversation.
    pub(super) fn assign_choices(self) -> Vec<Choice> {
        let place = self.placement();
        let offers = self.team.roster.with(|roster| placing::offers(place.as_ref(), roster, &self.session.my_id()));
        let choice = |change: Change| Choice {
            label: self.team.offer_of(&change),
            about: self.team.about(&change),
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
}
