//! The lower edge, the same in every state: suggestions, the composer, the way to a person, and sending.

use super::element::{El, Key, el};
use super::{button, composer, suggestions};
use crate::io::focus;
use crate::panel::{Panel, Person};

impl Key for Person {
    fn code(self) -> u8 {
        match self {
            Person::Ask => 0,
            Person::Asking => 1,
            Person::OnTheWay => 2,
            Person::Here => 3,
        }
    }

    fn of(code: u8) -> Self {
        match code {
            0 => Person::Ask,
            1 => Person::Asking,
            2 => Person::OnTheWay,
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
    let send = button("desk-send", move || panel.send())
        .live_flag("disabled", move || panel.composer.with(|composer| composer.message().is_none()))
        .live_text(panel.t("send"))
        .child(el("span").class("desk-return").attr("aria-hidden", "true"));
    // It is there while empty, or its words would not be said when they come.
    let too_large = el("div").attr("role", "status").swap(
        move || panel.too_large.get().then_some(()),
        move |()| el("p").class("desk-hint").live_text(panel.t("draft_too_large")),
    );
    el("div")
        .class("desk")
        .child(super::suggestions::often(panel))
        .child(suggestions(panel))
        .swap(hint, move |()| el("p").class("desk-hint").live_text(panel.t("helped_no_next")))
        .child(too_large)
        .child(composer(panel))
        .swap(warning, move |()| el("p").class("desk-warning").attr("role", "alert").live_text(too_long))
        .child(person(el("div").class("desk-actions"), panel).child(send))
}

/// The way to a person. It becomes the word that one is on the way, and never just goes.
fn person(actions: El, panel: Panel) -> El {
    let person = move || Some(panel.person());
    actions.swap(person, move |person| match person {
        Person::Ask => button("desk-person", move || panel.ask_person())
            .attr("id", focus::PERSON)
            .child(el("span").class("desk-face").attr("aria-hidden", "true"))
            .live_text(panel.t("person")),
        Person::Asking => line().live_text(panel.t("person_asked")),
        Person::OnTheWay => line().live_text(panel.t("handed_off")).text(" ").live_text(move || panel.when()),
        Person::Here => line().live_text(move || panel.when()),
    })
}

fn line() -> El {
    el("p").attr("id", focus::PERSON).attr("tabindex", "-1").class("desk-with-people")
}
