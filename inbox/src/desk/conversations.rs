//! All conversations in short, and which of them are shown.

use crate::io::browser;
use crate::lean::memo;
use crate::model::cursor::Cursor;
use crate::model::lists::{List, Lists};
use crate::model::place::Place;
use crate::model::roster::every_list;
use leptos::prelude::*;
use shared::ids::{AgentId, ConversationId};
use shared::protocol::Roster;

/// The lists of conversations, and the place in them.
#[derive(Clone, Copy)]
pub(crate) struct Conversations {
    /// The page, the list and the open conversation.
    pub(crate) place: RwSignal<Place>,
    /// All conversations, in short.
    pub(crate) lists: RwSignal<Lists>,
    /// The conversations of the list that is shown, in order.
    pub(crate) rows: Memo<Vec<ConversationId>>,
    /// Every list, in the order in which they are shown.
    pub(crate) every_list: Memo<Vec<List>>,
    /// The row that the keyboard is on.
    pub(crate) cursor: RwSignal<Cursor>,
}

impl Conversations {
    /// The lists of an agent before any conversation has come. The roster tells which teams have a list.
    pub(super) fn new(me: AgentId, roster: RwSignal<Roster>) -> Self {
        let place = RwSignal::new(Place::parse(&browser::address().1));
        let lists = RwSignal::new(Lists::of(me));
        Self {
            place,
            lists,
            rows: memo(move || lists.with(|lists| place.with(|place| lists.rows(&place.list)))),
            every_list: memo(move || lists.with(|lists| roster.with(|roster| every_list(roster, lists)))),
            cursor: RwSignal::default(),
        }
    }

    /// The open conversation.
    pub(crate) fn open_id(self) -> Option<ConversationId> {
        self.place.with(|place| place.open.clone())
    }

    /// Moves the keyboard to the next row or the one before.
    pub(super) fn step(self, down: bool) {
        let rows = self.rows.get_untracked();
        self.cursor.update(|cursor| cursor.step(&rows, down));
        if let Some(id) = self.cursor.with_untracked(|cursor| cursor.on(&rows).cloned()) {
            browser::focus_row(id.as_str());
        }
    }

    /// Opens the conversation of the row that the keyboard is on.
    pub(super) fn open_row(self) {
        let rows = self.rows.get_untracked();
        if let Some(id) = self.cursor.with_untracked(|cursor| cursor.on(&rows).cloned()) {
            browser::go(&self.place.with_untracked(|place| place.of(&id)));
        }
    }

    /// Shows the list of a team, counted from 0 in the order in which they are shown.
    pub(super) fn go_team(self, number: usize) {
        let lists = self.every_list.get_untracked();
        if let Some(list) = lists.into_iter().filter(|list| matches!(list, List::Team(_))).nth(number) {
            browser::go(&Place::of_list(list));
        }
    }
}
