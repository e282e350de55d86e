//! The conversations in short, and which of them are shown.

use crate::io::browser;
use crate::lean::memo;
use crate::model::cursor::Cursor;
use crate::model::lists::{List, Lists, Rows};
use crate::model::place::Place;
use crate::model::roster::every_list;
use crate::model::window::Sight;
use leptos::prelude::*;
use shared::ids::{AgentId, ConversationId};
use shared::protocol::Roster;

/// The lists of conversations, and the place in them.
#[derive(Clone, Copy)]
pub(crate) struct Conversations {
    /// The page, the list and the open conversation.
    pub(crate) place: RwSignal<Place>,
    /// The conversations in short, as far as they are here.
    pub(crate) lists: RwSignal<Lists>,
    /// Every list, in the order in which they are shown.
    pub(crate) every_list: Memo<Vec<List>>,
    /// The row that the keyboard is on.
    pub(crate) cursor: RwSignal<Cursor>,
    /// How many messages have come while nobody looked at the page.
    pub(crate) news: RwSignal<u64>,
    /// What of the list can be seen.
    pub(crate) sight: RwSignal<Sight>,
}

impl Conversations {
    /// The lists of an agent before any conversation has come. The roster tells which teams have a list.
    pub(super) fn new(me: AgentId, roster: RwSignal<Roster>) -> Self {
        let place = RwSignal::new(Place::parse(&browser::address().1));
        let lists = RwSignal::new(Lists::of(me));
        Self {
            place,
            lists,
            every_list: memo(move || lists.with(|lists| roster.with(|roster| every_list(roster, lists)))),
            cursor: RwSignal::default(),
            news: RwSignal::default(),
            sight: RwSignal::default(),
        }
    }

    /// The open conversation.
    pub(crate) fn open_id(self) -> Option<ConversationId> {
        self.place.with(|place| place.open.clone())
    }

    /// Reads something of the list that is shown.
    pub(crate) fn of_rows<T>(self, read: impl FnOnce(Rows<'_>) -> T) -> T {
        self.lists.with(|lists| self.place.with(|place| read(lists.rows(&place.list))))
    }

    /// The rows that are drawn, in order. The one that the keyboard is on is always, so that it keeps the focus.
    pub(crate) fn drawn(self) -> Vec<ConversationId> {
        let open = self.open_id();
        self.of_rows(|rows| {
            let open = open.and_then(|id| rows.find(&id));
            let kept = self.cursor.with(|cursor| cursor.at(rows)).into_iter().chain(open);
            let drawn = self.sight.get().drawn(rows.len(), kept);
            drawn.into_iter().filter_map(|at| rows.get(at).cloned()).collect()
        })
    }

    /// Moves the keyboard to the next row or the one before.
    pub(super) fn step(self, down: bool) {
        let on = untrack(|| {
            self.of_rows(|rows| {
                self.cursor.try_update(|cursor| cursor.step(rows, down));
                self.cursor.with_untracked(|cursor| cursor.on(rows).cloned())
            })
        });
        if let Some(id) = on {
            browser::focus_row(id.as_str());
        }
    }

    /// Opens the conversation of the row that the keyboard is on.
    pub(super) fn open_row(self) {
        let on = untrack(|| self.of_rows(|rows| self.cursor.with(|cursor| cursor.on(rows).cloned())));
        if let Some(id) = on {
            browser::go(&self.place.with_untracked(|place| place.of(&id)));
        }
    }

    /// The conversation that is beside this one in the list that is shown: the one after it, or the one before it if it is the last.
    pub(super) fn beside(self, id: &ConversationId) -> Option<ConversationId> {
        untrack(|| {
            self.of_rows(|rows| {
                let at = rows.find(id)?;
                rows.get(at + 1).or_else(|| rows.get(at.checked_sub(1)?)).cloned()
            })
        })
    }

    /// Shows the list of a team, counted from 0 in the order in which they are shown.
    pub(super) fn go_team(self, number: usize) {
        let lists = self.every_list.get_untracked();
        if let Some(list) = lists.into_iter().filter(|list| matches!(list, List::Team(_))).nth(number) {
            browser::go(&Place::of_list(list));
        }
    }
}
