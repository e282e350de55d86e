//! An agent's desk: all that is known while somebody is signed in, as signals that the views read.
//!
//! The desk has parts. A view takes from its context the parts that it uses, and the `Desk` itself where it does something
//! that spans them.

mod actions;
mod anchors;
mod articles;
mod choices;
mod chrome;
mod conversations;
mod keyboard;
mod live_lists;
mod names;
mod open;
mod placing;
mod replies;
mod reports;
mod seat;
mod session;
mod team;
mod visitors;

pub(crate) use anchors::{PAGE_TITLE, PLACING_BUTTON, REPLY_FIELD, THREAD_TITLE};
pub(crate) use articles::Articles;
pub(crate) use chrome::{Chrome, Done, Link, Overlay};
pub(crate) use conversations::Conversations;
pub(crate) use keyboard::Keyboard;
pub(crate) use names::Names;
pub(crate) use open::OpenConversations;
pub(crate) use placing::Placing;
pub(crate) use replies::Replies;
pub(crate) use reports::Reports;
pub(crate) use session::Session;
pub(crate) use team::{Invite, Team};
pub(crate) use visitors::Visitors;

use crate::io::http::Doors;
use leptos::prelude::*;
use live_lists::LiveLists;
use shared::protocol::Me;

/// The desk: what is done with several of its parts. Copying it copies nothing that they hold.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    session: Session,
    chrome: Chrome,
    keyboard: Keyboard,
    team: Team,
    articles: Articles,
    conversations: Conversations,
    reports: Reports,
    replies: Replies,
    open: OpenConversations,
    visitors: Visitors,
    placing: Placing,
    live_lists: LiveLists,
}

impl Desk {
    /// A desk with what this agent had kept. `expired` is set once the edge has said that nobody is signed in.
    pub(crate) fn new(doors: Doors, me: Me, names: Names, expired: RwSignal<bool>) -> Self {
        let session = Session::new(doors, me, names, expired);
        let chrome = Chrome::new();
        let team = Team::new(session, chrome);
        let conversations = Conversations::new(session.my_id(), team.roster);
        let replies = Replies::new(session);
        let open = OpenConversations::new(session, chrome, conversations, replies);
        Self {
            session,
            chrome,
            keyboard: Keyboard::new(session),
            team,
            articles: Articles::new(session),
            conversations,
            reports: Reports::new(session, conversations),
            replies,
            open,
            visitors: Visitors::new(session),
            placing: Placing::new(session, chrome, conversations, team, open),
            live_lists: LiveLists::new(session, chrome, conversations, open),
        }
    }

    /// Gives the desk and its parts to the views below the one that is being made.
    pub(crate) fn provide(self) {
        provide_context(self);
        provide_context(self.session);
        provide_context(self.chrome);
        provide_context(self.keyboard);
        provide_context(self.team);
        provide_context(self.articles);
        provide_context(self.conversations);
        provide_context(self.reports);
        provide_context(self.replies);
        provide_context(self.open);
        provide_context(self.visitors);
        provide_context(self.placing);
    }
}

/// A part of the desk at which the views around stand, or the desk.
pub(crate) fn at_desk<T: Clone + 'static>() -> T {
    expect_context()
}
