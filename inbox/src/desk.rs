//! An agent's desk: all that is known while somebody is signed in, as signals that the views read.

mod choices;
mod delivery;
mod lists_link;
mod placing;
mod team;
mod thread_link;
mod work;

pub(crate) use placing::PLACING_BUTTON;
pub(crate) use team::Invite;
pub(crate) use work::{Link, PAGE_TITLE, REPLY_FIELD, THREAD_TITLE};

use crate::io::browser::{self, Shelf};
use crate::io::http::Doors;
use crate::io::socket::Socket;
use crate::lean::memo;
use crate::model::cursor::Cursor;
use crate::model::drafts::Drafts;
use crate::model::fetched::Fetched;
use crate::model::keys::Keys;
use crate::model::lists::{List, Lists};
use crate::model::place::Place;
use crate::model::roster::every_list;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use shared::client::{Outbox, Transcript, kept_as};
use shared::ids::{AgentId, ConversationId, WorkspaceId};
use shared::protocol::{AgentCommand, ArticleRef, Me, Millis, Profile, Report, Roster};
use std::collections::{BTreeMap, BTreeSet};

/// What lies over the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Overlay {
    /// The keys.
    Help,
    /// The picker.
    Picker,
    /// Whose the open conversation is, where it lies, how soon it wants an answer.
    Assign,
    /// Until when it is out of sight.
    Snooze,
}

/// The desk. It is a handful of handles: copying it copies nothing that it holds.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    /// The edge's doors.
    pub(crate) doors: StoredValue<Doors>,
    /// Who sits here.
    pub(crate) me: StoredValue<Me>,
    /// The page, the list and the open conversation.
    pub(crate) place: RwSignal<Place>,
    /// All conversations, in short.
    pub(crate) lists: RwSignal<Lists>,
    /// The conversations of the list that is shown, in order.
    pub(crate) rows: Memo<Vec<ConversationId>>,
    /// Every list, in the order in which they are shown.
    pub(crate) every_list: Memo<Vec<List>>,
    /// Who is in the team; nobody until it has come.
    pub(crate) roster: RwSignal<Roster>,
    /// How far that has come.
    pub(crate) roster_is: RwSignal<Fetched<()>>,
    /// How the last days went, once somebody has asked.
    pub(crate) report: RwSignal<Fetched<Report>>,
    /// What the site says of the visitors of conversations that were opened, if it has said anything.
    pub(crate) profiles: RwSignal<BTreeMap<ConversationId, Profile>>,
    /// An invitation that was made at this desk.
    pub(crate) invitation: RwSignal<Option<Fetched<Invite>>>,
    /// What was copied last from this page.
    pub(crate) copied: RwSignal<String>,
    /// The row that the keyboard is on.
    pub(crate) cursor: RwSignal<Cursor>,
    /// The logs of the conversations that were opened.
    pub(crate) threads: RwSignal<BTreeMap<ConversationId, Transcript>>,
    /// What is on its way to the edge.
    pub(crate) outbox: RwSignal<Outbox<AgentCommand>>,
    /// What was typed and not sent.
    pub(crate) drafts: RwSignal<Drafts>,
    /// Whether the edge is there.
    pub(crate) link: RwSignal<Link>,
    /// The time, as often as it is worth drawing again.
    pub(crate) now: RwSignal<Millis>,
    /// What lies over the page.
    pub(crate) overlay: RwSignal<Option<Overlay>>,
    /// The articles by language, once the picker has asked for them.
    pub(crate) articles: RwSignal<BTreeMap<String, Vec<ArticleRef>>>,
    /// Whether the side with the context is shown where there is no room for it.
    pub(crate) details: RwSignal<bool>,
    /// The last thing that a screen reader should say by itself.
    pub(crate) notice: RwSignal<String>,
    /// The keys that were pressed.
    pub(crate) keys: StoredValue<Keys>,
    /// Conversations that the edge does not know, as from an old link.
    pub(crate) gone: RwSignal<BTreeSet<ConversationId>>,
    /// Set once the edge has said that nobody is signed in.
    pub(crate) expired: RwSignal<bool>,
    lists_socket: StoredValue<Option<Socket>, LocalStorage>,
    /// The open conversation and its socket.
    thread_socket: StoredValue<Option<(ConversationId, Socket)>, LocalStorage>,
    /// The next try to deliver what waits.
    retry_timer: StoredValue<Option<Timeout>, LocalStorage>,
    names: StoredValue<Names>,
}

/// The names under which the browser keeps things; each workspace has its own.
#[derive(Debug, Clone)]
pub(crate) struct Names(WorkspaceId);

impl Names {
    pub(crate) fn new(workspace: &WorkspaceId) -> Self {
        Self(workspace.clone())
    }

    /// Drafts, in the tab.
    pub(crate) fn drafts(&self) -> String {
        self.name("drafts")
    }

    /// A command that is not delivered yet, on the device; without an id, what the names of all of an agent's begin with.
    pub(crate) fn undelivered(&self, agent: &AgentId, id: &str) -> String {
        [&self.name("out:"), agent.as_str(), ":", id].concat()
    }

    /// The whole outbox, in the tab, as older builds kept it.
    pub(crate) fn outbox_of_tab(&self) -> String {
        self.name("outbox")
    }

    /// Whether somebody has signed in on this device, so that nobody is asked for a session who has none.
    pub(crate) fn signed_in(&self) -> String {
        self.name("signed-in")
    }

    /// Whether single letters do nothing, on the device.
    pub(crate) fn letters_off(&self) -> String {
        self.name("letters-off")
    }

    fn name(&self, what: &str) -> String {
        kept_as(Some(&self.0), "inbox:", what)
    }
}

impl Desk {
    /// A desk with what this agent had kept.
    pub(crate) fn new(doors: Doors, me: Me, names: Names, expired: RwSignal<bool>) -> Self {
        let place = RwSignal::new(Place::parse(&browser::address().1));
        let lists = RwSignal::new(Lists::of(me.id.clone()));
        let roster = RwSignal::new(Roster::default());
        let drafts =
            browser::kept(Shelf::Tab, &names.drafts()).map(|json| Drafts::from_json(&json)).unwrap_or_default();
        let letters_off = browser::kept(Shelf::Device, &names.letters_off()).is_some();
        let desk = Self {
            doors: StoredValue::new(doors),
            me: StoredValue::new(me),
            place,
            lists,
            rows: memo(move || lists.with(|lists| place.with(|place| lists.rows(&place.list)))),
            every_list: memo(move || lists.with(|lists| roster.with(|roster| every_list(roster, lists)))),
            roster,
            roster_is: RwSignal::default(),
            report: RwSignal::default(),
            profiles: RwSignal::default(),
            invitation: RwSignal::default(),
            copied: RwSignal::default(),
            cursor: RwSignal::default(),
            threads: RwSignal::default(),
            outbox: RwSignal::default(),
            drafts: RwSignal::new(drafts),
            link: RwSignal::new(Link::Connecting),
            now: RwSignal::new(browser::now()),
            overlay: RwSignal::new(None),
            articles: RwSignal::default(),
            details: RwSignal::new(false),
            notice: RwSignal::default(),
            keys: StoredValue::new(Keys::new(letters_off)),
            gone: RwSignal::default(),
            expired,
            lists_socket: StoredValue::new_local(None),
            thread_socket: StoredValue::new_local(None),
            retry_timer: StoredValue::new_local(None),
            names: StoredValue::new(names),
        };
        desk.outbox.set(desk.kept_outbox());
        desk
    }

    /// The open conversation.
    pub(crate) fn open_id(self) -> Option<ConversationId> {
        self.place.with(|place| place.open.clone())
    }

    /// Reads something of the open conversation's transcript; none if nothing is open or nothing has come.
    pub(crate) fn of_open<T>(self, read: impl FnOnce(&ConversationId, &Transcript) -> T) -> Option<T> {
        let id = self.open_id()?;
        let loaded = |transcript: &&Transcript| transcript.is_loaded();
        self.threads.with(|threads| threads.get(&id).filter(loaded).map(|transcript| read(&id, transcript)))
    }

    /// Whether an agent still sits here: what is on its way may end after they have left.
    pub(crate) fn is_seated(self) -> bool {
        self.lists_socket.with_value(Option::is_some) && !self.expired.get_untracked()
    }
}

/// The desk that the views around stand at.
pub(crate) fn desk() -> Desk {
    expect_context()
}
