//! The picker: a few letters lead to a conversation, an article or an action. The menus of a conversation are pickers too.

use super::help::show_modal;
use super::text::marked;
use crate::desk::{Chrome, Conversations, Desk, Overlay, REPLY_FIELD, at_desk};
use crate::io::browser;
use crate::lean::{at_times, live, memo, on, part};
use crate::model::lists::List;
use crate::model::picker::{Found, rank, step};
use crate::words::{self, t};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

#[component]
pub(super) fn Picker(menu: Overlay) -> impl IntoView {
    let (desk, chrome, conversations) = (at_desk::<Desk>(), at_desk::<Chrome>(), at_desk::<Conversations>());
    let label = match menu {
        Overlay::Assign => t("assign_label"),
        Overlay::Snooze => t("snooze_label"),
        Overlay::Picker | Overlay::Help => t("find_label"),
    };
    let dialog = NodeRef::<html::Dialog>::new();
    show_modal(dialog);
    let caret = caret();
    let typed = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let choices = memo(move || desk.choices(menu));
    let found = memo(move || choices.with(|choices| rank(&typed.get(), choices)));
    let choose = move |place: usize| {
        let Some(found) = found.with_untracked(|found| found.get(place).cloned()) else { return };
        // The dialog goes first, so that it does not take the focus back from where the choice leads. A menu leads nowhere:
        // it gives the focus back, which only closing does.
        if menu != Overlay::Picker
            && let Some(dialog) = dialog.get_untracked()
        {
            dialog.close();
        }
        chrome.overlay.set(None);
        desk.pick(found.choice.pick, caret);
    };
    let press = move |event: ev::KeyboardEvent| {
        let length = found.with_untracked(Vec::len);
        match event.key().as_str() {
            _ if browser::composes(&event) => return,
            "ArrowDown" => at.update(|at| *at = step(*at, length, true)),
            "ArrowUp" => at.update(|at| *at = step(*at, length, false)),
            "Enter" => choose(at.get_untracked()),
            "k" if event.ctrl_key() || event.meta_key() => {
                if let Some(dialog) = dialog.get_untracked() {
                    dialog.close();
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let count = live(move || match (typed.with(String::is_empty), found.with(Vec::len)) {
        (true, _) => String::new(),
        (false, 0) => String::from(t("find_none")),
        (false, n) => words::count("find", n as u64),
    });
    let active = live(move || found.with(|found| (!found.is_empty()).then(|| option_id(at.get()))));
    let options = part(move || {
        found
            .get()
            .into_iter()
            .enumerate()
            .map(|(place, found)| option(place, found, at, choose))
            .collect_view()
            .into_any()
    });
    view! {
        <dialog class="card picker" aria-label=label node_ref=dialog on:close=on(move |_| chrome.overlay.set(None))>
            <input class="picker-typed" type="text" role="combobox" aria-label=label aria-expanded="true" aria-controls="found"
                aria-autocomplete="list" aria-activedescendant=active placeholder=label autocomplete="off" spellcheck="false"
                on:keydown=on(press)
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    at.set(0);
                } />
            <ul id="found" role="listbox" aria-label=t("find_results")>{options}</ul>
            <p class="text-hint" role="status">{count}</p>
            {at_times(move || partial(menu, conversations).map(|text| view! { <p class="text-hint">{text}</p> }.into_any()))}
        </dialog>
    }
}

/// What is said where more conversations are at the edge than here: only those that are here are found.
fn partial(menu: Overlay, conversations: Conversations) -> Option<String> {
    let (here, all) = conversations.lists.with(|lists| (lists.all().count() as u64, lists.size(&List::All)));
    (menu == Overlay::Picker && here < all).then(|| words::with("find_partial", &words::number(here)))
}

fn option(place: usize, found: Found, at: RwSignal<usize>, choose: impl Fn(usize) + Send + 'static) -> impl IntoView {
    let is_on = move || at.get() == place;
    view! {
        <li id=option_id(place) role="option" aria-selected=live(move || is_on().to_string()) on:click=on(move |_| choose(place)) on:pointermove=on(move |_| at.set(place))>
            <span class="picker-label" dir="auto">{marked(&found.choice.label, &found.marks)}</span>
            <span class="picker-kind">{found.choice.about}</span>
        </li>
    }
}

fn option_id(place: usize) -> String {
    ["found-", &place.to_string()].concat()
}

/// Where the reply's caret was when the picker was opened.
fn caret() -> Option<u32> {
    let field = browser::document()?.get_element_by_id(REPLY_FIELD)?.dyn_into::<web_sys::HtmlTextAreaElement>().ok()?;
    field.selection_start().ok()?
}
