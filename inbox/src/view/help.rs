//! The keys.

use super::icon::{self, icon};
use super::language::LanguageChoice;
use crate::desk::{Chrome, Keyboard, at_desk};
use crate::lean::on;
use crate::words::t;
use leptos::html;
use leptos::prelude::*;

/// Shows a dialog as such once it is there: the browser keeps the focus inside and gives it back.
pub(super) fn show_modal(dialog: NodeRef<html::Dialog>) {
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            // It fails only where the dialog is shown already.
            let _ = dialog.show_modal();
        }
    });
}

#[component]
pub(super) fn Help() -> impl IntoView {
    let (chrome, keyboard) = (at_desk::<Chrome>(), at_desk::<Keyboard>());
    let dialog = NodeRef::<html::Dialog>::new();
    show_modal(dialog);
    let letters = keyboard.has_letters();
    let keys: [(&[&str], &str); 21] = [
        (&["j", "↓"], "help_next"),
        (&["k", "↑"], "help_previous"),
        (&["Enter"], "help_open"),
        (&["r"], "help_reply"),
        (&["e"], "help_resolve"),
        (&["z"], "help_undo"),
        (&["t"], "help_take"),
        (&["a"], "help_assign"),
        (&["s"], "help_snooze"),
        (&["g n"], "help_waiting"),
        (&["g m"], "help_mine"),
        (&["g u"], "help_unassigned"),
        (&["g e"], "help_escalations"),
        (&["g 1", "g 9"], "help_teams"),
        (&["g w"], "help_automatic"),
        (&["g s", "g d"], "help_aside"),
        (&["g a"], "help_all"),
        (&["g r"], "help_reports"),
        (&["g p"], "help_people"),
        (&["Ctrl K", "⌘ K"], "help_find"),
        (&["Esc"], "help_close"),
    ];
    let row = |(keys, word): (&'static [&'static str], &'static str)| {
        view! { <div><dt>{keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view()}</dt><dd>{t(word)}</dd></div> }
    };
    // Closing gives the focus back, and tells of itself.
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <dialog class="card help" aria-labelledby="help-title" node_ref=dialog on:close=on(move |_| chrome.overlay.set(None))>
            <div class="pane-head">
                <h2 id="help-title">{t("help_title")}</h2>
                <button type="button" class="button-bare" aria-label=t("close") on:click=on(close)>{icon(icon::CLOSE)}</button>
            </div>
            <dl class="help-keys">{keys.map(row).collect_view()}</dl>
            <label class="help-check">
                <input type="checkbox" prop:checked=letters on:change=move |event| keyboard.set_letters(event_target_checked(&event)) />
                {t("help_letters")}
            </label>
            <LanguageChoice />
        </dialog>
    }
}
