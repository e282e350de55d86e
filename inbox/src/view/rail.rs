//! The lists with their live counts, and whether somebody waits: to be seen from across the room.

use super::icon::{self, icon};
use crate::desk::{Link, desk};
use crate::io::times;
use crate::model::keys::Action;
use crate::model::lists::List;
use crate::model::place::Place;
use crate::model::wait;
use crate::words::{self, t};
use leptos::either::Either;
use leptos::prelude::*;

/// A list's name.
pub(super) fn name(list: List) -> &'static str {
    match list {
        List::Waiting => t("list_waiting"),
        List::Escalations => t("list_escalations"),
        List::All => t("list_all"),
    }
}

#[component]
pub(super) fn Rail() -> impl IntoView {
    let desk = desk();
    let me = desk.me.with_value(|me| me.name.clone());
    view! {
        <nav class="rail" aria-label=t("lists")>
            <Pulse />
            <ul class="lists">{List::EVERY.map(|list| view! { <ListLink list /> }).collect_view()}</ul>
            <div class="tools">
                <button type="button" class="tool" on:click=move |_| desk.run(Action::Pick) aria-keyshortcuts="Control+K">
                    {icon(icon::FIND)}<span>{t("find")}</span><kbd>{t("key_find")}</kbd>
                </button>
                <button type="button" class="tool keys-tool" on:click=move |_| desk.run(Action::Help)>
                    {icon(icon::HELP)}<span>{t("keys")}</span><kbd>"?"</kbd>
                </button>
                <div class="me">
                    <span class="face" aria-hidden="true">{initial(&me)}</span>
                    <span class="who">{me}</span>
                    <button type="button" class="bare" on:click=move |_| desk.run(Action::SignOut) aria-label=t("do_sign_out") title=t("do_sign_out")>
                        {icon(icon::OUT)}
                    </button>
                </div>
            </div>
        </nav>
    }
}

/// The letter that stands for a face.
pub(super) fn initial(name: &str) -> String {
    name.chars().next().map(|c| c.to_uppercase().collect()).unwrap_or_default()
}

/// One number: how many wait. Nothing else in the inbox is as large.
#[component]
fn Pulse() -> impl IntoView {
    let desk = desk();
    let waiting = Memo::new(move |_| desk.lists.with(|lists| (lists.count(List::Waiting), lists.longest_wait())));
    let loaded = Memo::new(move |_| desk.lists.with(|lists| lists.loaded));
    let class = move || match waiting.get() {
        (_, Some(since)) => ["pulse ", wait::urgency(since, desk.now.get()).class()].concat(),
        _ => String::from("pulse calm"),
    };
    let longest =
        move || waiting.get().1.map(|since| words::with("longest", &times::span(wait::span(since, desk.now.get()))));
    view! {
        <p class=class>
            {move || match (loaded.get(), waiting.get().0) {
                (false, _) => None,
                (true, 0) => Some(Either::Left(view! {
                    <span class="number">{icon(icon::CHECK)}</span><span class="about">{t("nobody_waits")}</span>
                })),
                (true, n) => Some(Either::Right(view! {
                    <span class="number">{n}</span>
                    <span class="about"><b>{if n == 1 { t("waits") } else { t("wait") }}</b><span>{longest}</span></span>
                })),
            }}
        </p>
    }
}

#[component]
fn ListLink(list: List) -> impl IntoView {
    let desk = desk();
    let path = match list {
        List::Waiting => icon::HAND,
        List::Escalations => icon::RISE,
        List::All => icon::TRAY,
    };
    let count = Memo::new(move |_| desk.lists.with(|lists| lists.loaded.then(|| lists.count(list))));
    let is_here = Memo::new(move |_| desk.place.with(|place| place.list == list));
    let counted = move || words::count("conversation_one", "conversation_many", count.get().unwrap_or_default());
    view! {
        <li>
            <a href=Place::of_list(list) class=list.slug() aria-current=move || is_here.get().then_some("page") title=name(list)>
                {icon(path)}
                <span class="name">{name(list)}</span>
                <span class="count" aria-hidden="true">{count}</span>
                <span class="unseen">{counted}</span>
            </a>
        </li>
    }
}

/// Says so when what is seen may be old. Nothing is said while all is well.
#[component]
pub(super) fn LinkState() -> impl IntoView {
    let desk = desk();
    let text = move || match desk.link.get() {
        Link::Lost => t("link_lost"),
        Link::Slow => t("link_slow"),
        Link::Live | Link::Connecting => "",
    };
    view! { <p class="link-state" role="status">{text}</p> }
}
