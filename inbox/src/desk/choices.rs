//! What can be picked, in words.

use super::Desk;
use super::chrome::Overlay;
use crate::model::keys::Action;
use crate::model::order::in_order;
use crate::model::picker::{Choice, Pick};
use crate::model::place::{Days, Page};
use crate::words::{self, t};
use leptos::prelude::*;
use shared::protocol::Status;

impl Desk {
    /// What can be picked from a menu now, the likeliest first.
    pub(crate) fn choices(self, menu: Overlay) -> Vec<Choice> {
        match menu {
            Overlay::Assign => self.placing.assign_choices(),
            Overlay::Snooze => self.placing.snooze_choices(),
            Overlay::Picker | Overlay::Help => self.everything(),
        }
    }

    fn everything(self) -> Vec<Choice> {
        let is_open = self.conversations.place.with(|place| place.open.is_some());
        let mut choices = Vec::new();
        if is_open {
            choices.extend(self.of_conversation());
        }
        self.conversations.lists.with(|lists| {
            for line in in_order(lists.all().collect(), |line| (line.rank(), 0)) {
                let title = Some(line.title.clone()).filter(|title| !title.is_empty());
                let label = title.unwrap_or_else(|| String::from(t("untitled")));
                choices.push(choice(label, "pick_conversation", Pick::Conversation(line.id.clone())));
            }
        });
        let lists = self
            .conversations
            .every_list
            .get()
            .into_iter()
            .map(|list| (words::with("do_go", &self.team.name_of_list(&list)), list));
        choices.extend(lists.map(|(label, list)| choice(label, "pick_action", Pick::Do(Action::Go(list)))));
        choices.extend([
            action("do_reports", Action::Turn(Page::Reports(Days::default()))),
            action("do_people", Action::Turn(Page::People)),
            action("do_help", Action::Help),
            action("do_sign_out", Action::SignOut),
        ]);
        // A title is put into a reply, and there is none to put it into while nothing is open.
        if is_open {
            let locale = self.open.locale();
            self.articles.by_locale.with(|articles| {
                choices.extend(articles.get(&locale).into_iter().flatten().map(|article| {
                    let hint = if article.audience.is_empty() { "pick_article" } else { "pick_article_for_some" };
                    choice(article.title.clone(), hint, Pick::Article(article.title.clone()))
                }));
            });
        }
        choices
    }

    fn of_conversation(self) -> impl Iterator<Item = Choice> {
        let is_resolved = self.placing.status() == Some(Status::Resolved);
        let snooze = match self.placing.snoozed_until() {
            Some(_) => Some(action("do_wake", Action::Wake)),
            None => self.placing.can_be_snoozed().then(|| action("do_snooze", Action::Snooze)),
        };
        let place = self.placing.can_be_placed();
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
