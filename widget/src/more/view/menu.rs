//! What a visitor can have beside the conversation.

use crate::io::focus;
use crate::panel::{Panel, Screen};
use crate::view::element::{El, el};
use crate::view::text_button;

/// The menu, below its button.
pub(in crate::more) fn menu(panel: Panel) -> El {
    let in_thread = move || (panel.screen.get() == Screen::Thread).then_some(());
    let loud = move || (!panel.settings.with(|settings| settings.silent)).then(|| panel.sound.get());
    el("div")
        .attr("id", focus::MENU)
        .attr("tabindex", "-1")
        .attr("role", "group")
        .live_attr("aria-label", move || Some(panel.t("menu")()))
        .class("menu")
        .swap(loud, move |is_on| {
            let word = if is_on { "sound_off" } else { "sound_on" };
            text_button(panel, "menu-row", word, move || panel.toggle_sound())
        })
        .swap(in_thread, move |()| text_button(panel, "menu-row", "transcript", move || panel.save_transcript()))
        .swap(
            move || Some(panel.erasing.get()),
            move |asks| match asks {
                false => text_button(panel, "menu-row is-grave", "erase", move || panel.ask_to_erase(true)),
                true => el("div")
                    .class("menu-asks")
                    .child(el("p").attr("id", focus::ERASE).attr("tabindex", "-1").live_text(panel.t("erase_question")))
                    .child(text_button(panel, "choice is-grave", "erase_yes", move || panel.erase()))
                    .child(text_button(panel, "choice", "cancel", move || panel.ask_to_erase(false))),
            },
        )
        .swap(
            move || panel.erase_failed.get().then_some(()),
            move |()| el("p").class("menu-failed").attr("role", "alert").live_text(panel.t("erase_failed")),
        )
}
