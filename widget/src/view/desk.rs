//! The lower edge, the same in every state: suggestions, the composer, the way to a person, and sending.

use super::element::{El, Key, el};
use super::{button, composer, icon_button, suggestions};
use crate::io::focus;
use crate::model::person::Person;
use crate::panel::Panel;

impl Key for Person {
    fn code(self) -> u8 {
        match self {
            Person::Ask => 0,
            Person::Asking => 1,
            Person::Here => 2,
        }
    }

    fn of(code: u8) -> Self {
        match code {
            0 => Person::Ask,
            1 => Person::Asking,
            _ => Person::Here,
        }
    }
}

/// The lower edge.
pub(super) fn desk(panel: Panel) -> El {
    let hint = move || panel.needs_help.get().then_some(());
    let excess = move || panel.composer.with(|composer| composer.excess());
    let warning = move || (excess() > 0).then_some(());
    let too_long = move || panel.words.with(|words| words.filled("too_long_by", &excess().to_string()));
    let send = icon_button(panel, "desk-send", "send", move || panel.send())
        .live_flag("disabled", move || panel.composer.with(|composer| composer.message().is_none()));
    // It is there while empty, or its words would not be said when they come.
    let told = move || match (panel.too_large.get(), panel.no_files.get()) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    };
    let told = el("div").attr("role", "status").swap(told, move |too_large| {
        let word = if too_large { "draft_too_large" } else { "no_files" };
        el("p").class("desk-hint").live_text(panel.t(word))
    });
    el("div")
        .class("desk")
        .child(suggestions(panel))
        .swap(hint, move |()| el("p").class("desk-hint").live_text(panel.t("helped_no_next")))
        .child(told)
        .child(el("div").class("desk-box").child(composer(panel)).child(send))
        .swap(warning, move |()| el("p").class("desk-warning").attr("role", "alert").live_text(too_long))
        .child(person(el("div").class("desk-actions"), panel))
}

/// The way to a person. It becomes the word that one is on the way, and never just goes.
fn person(actions: El, panel: Panel) -> El {
    let person = move || Some(panel.person.get());
    actions.swap(person, move |person| match person {
        Person::Ask => button("desk-person", move || panel.ask_person())
            .attr("id", focus::PERSON)
            .child(el("span").class("desk-face").attr("aria-hidden", "true"))
            .live_text(panel.t("person")),
        Person::Asking => line().live_text(panel.t("person_asked")),
        Person::Here => line().live_text(move || panel.when_it_is_answered()),
    })
}

fn line() -> El {
    el("p").attr("id", focus::PERSON).attr("tabindex", "-1").class("desk-with-people")
}
