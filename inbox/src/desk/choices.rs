//! What can be picked, in words.

use super::{Desk, Overlay};
use crate::model::keys::Action;
use crate::model::lists::List;
use crate::model::picker::{Choice, Pick};
use crate::model::place::{Days, Page};
use crate::model::roster;
use crate::words::{self, t};
use leptos::prelude::*;
use shared::protocol::Status;

impl Desk {
    /// What a list is called.
    pub(crate) fn list_name(self, list: &List) -> String {
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

    /// What can be picked from a menu now, the likeliest first.
    pub(crate) fn choices(self, menu: Overlay) -> Vec<Choice> {
        match menu {
            Overlay::Assign => self.assign_choices(),
            Overlay::Snooze => self.snooze_choices(),
            Overlay::Picker | Overlay::Help => self.everything(),
        }
    }

    fn everything(self) -> Vec<Choice> {
        let is_open = self.place.with(|place| place.open.is_some());
        let mut choices = Vec::new();
        if is_open {
            choices.extend(self.of_conversation());
        }
        self.lists.with(|lists| {
            for id in lists.rows(&List::All) {
                let title = lists.get(&id).map(|summary| summary.title.clone()).filter(|title| !title.is_empty());
                let label = title.unwrap_or_else(|| String::from(t("untitled")));
                choices.push(choice(label, "pick_conversation", Pick::Conversation(id)));
            }
        });
        let lists = self.every_list.get().into_iter().map(|list| (words::with("do_go", &self.list_name(&list)), list));
        choices.extend(lists.map(|(label, list)| choice(label, "pick_action", Pick::Do(Action::Go(list)))));
        choices.extend([
            action("do_reports", Action::Turn(Page::Reports(Days::default()))),
            action("do_people", Action::Turn(Page::People)),
            action("do_help", Action::Help),
            action("do_sign_out", Action::SignOut),
        ]);
        // A title is put into a reply, and there is none to put it into while nothing is open.
        if is_open {
            let locale = self.locale();
            self.articles.with(|articles| {
                let titles = articles.get(&locale).into_iter().flatten().map(|article| article.title.clone());
                choices.extend(titles.map(|title| choice(title.clone(), "pick_article", Pick::Article(title))));
            });
        }
        choices
    }

    fn of_conversation(self) -> impl Iterator<Item = Choice> {
        let is_resolved = self.status() == Some(Status::Resolved);
        let snooze = match self.snoozed_until() {
            Some(_) => Some(action("do_wake", Action::Wake)),
            None => self.can_be_snoozed().then(|| action("do_snooze", Action::Snooze)),
        };
        let place = self.can_be_placed();
        [
            action("do_reply", Action::Reply),
            action(if is_resolved { "do_reopen" } else { "do_resolve" }, Action::Resolve),
        ]
        .into_iter()
        .chain(place.then(|| action("do_take", Action::Take)))
        .chain(place.then(|| action("do_assign", Action::Assign)))
        .chain(snooze)
    }
}

fn action(key: &'static str, action: Action) -> Choice {
    choice(String::from(t(key)), "pick_action", Pick::Do(action))
}

fn choice(label: String, kind: &'static str, pick: Pick) -> Choice {
    Choice { label, about: String::from(t(kind)), pick }
}
