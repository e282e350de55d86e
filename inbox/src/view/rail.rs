//! The lists with their live counts, and whether somebody waits: to be seen from across the room.

use super::icon::{self, icon};
use crate::desk::{Chrome, Conversations, Desk, Link, Session, Team, at_desk};
use crate::io::times;
use crate::lean::{at_times, live, memo, on, part};
use crate::model::keys::Action;
use crate::model::lists::List;
use crate::model::place::{Days, Page, Place};
use crate::model::wait::{Told, wait_of};
use crate::words::{self, t};
use leptos::prelude::*;

#[component]
pub(super) fn Rail() -> impl IntoView {
    let (desk, conversations) = (at_desk::<Desk>(), at_desk::<Conversations>());
    let me = at_desk::<Session>().my_name();
    view! {
        <nav class="rail" aria-label=t("lists")>
            <Pulse />
            <ul class="rail-lists">
                {part(move || conversations.every_list.get().into_iter().map(|list| view! { <ListLink list /> }).collect_view().into_any())}
            </ul>
            <div class="rail-tools">
                <PageLink page=Page::Reports(Days::default()) name=t("reports") path=icon::BARS />
                <PageLink page=Page::People name=t("people") path=icon::TEAM />
                <button type="button" class="rail-tool" on:click=on(move |_| desk.run(Action::Pick)) aria-keyshortcuts="Control+K">
                    {icon(icon::FIND)}<span>{t("find")}</span><kbd>{t("key_find")}</kbd>
                </button>
                <button type="button" class="rail-tool rail-keys" on:click=on(move |_| desk.run(Action::Help))>
                    {icon(icon::HELP)}<span>{t("keys")}</span><kbd>"?"</kbd>
                </button>
                <div class="rail-me">
                    <span class="face" aria-hidden="true">{initial(&me)}</span>
                    <span class="rail-name">{me}</span>
                    <button type="button" class="button-bare" on:click=on(move |_| desk.run(Action::SignOut)) aria-label=t("do_sign_out") title=t("do_sign_out")>
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

/// One number: how many wait. Nothing else in the inbox is as large, but the longer it is the smaller, so that it stays in its box.
#[component]
fn Pulse() -> impl IntoView {
    let (chrome, conversations) = (at_desk::<Chrome>(), at_desk::<Conversations>());
    let waiting = memo(move || {
        let now = chrome.now.get();
        conversations.lists.with(|lists| {
            let first: Vec<_> = lists.first().iter().map(|first| wait_of(first.since, first.due, now)).collect();
            let worst = first.iter().map(|wait| wait.urgency).max();
            (lists.size(&List::Waiting), worst, first.first().map(|wait| wait.told))
        })
    });
    let loaded = memo(move || conversations.lists.with(|lists| lists.loaded));
    let class = live(move || match waiting.get() {
        (_, Some(urgency), _) => ["rail-pulse ", urgency.class()].concat(),
        _ => String::from("rail-pulse is-calm"),
    });
    let first = live(move || match waiting.get().2 {
        None => String::new(),
        Some(Told::For(span)) => words::with("longest", &times::span(span)),
        Some(told) => times::told(told),
    });
    view! {
        <p class=class>
            {at_times(move || match (loaded.get(), waiting.get().0) {
                (false, _) => None,
                (true, 0) => Some(view! {
                    <span class="rail-number">{icon(icon::CHECK)}</span><span class="rail-about">{t("nobody_waits")}</span>
                }.into_any()),
                (true, n) => Some(view! {
                    <span class="rail-number" style=("--length", words::number(n).chars().count().to_string())>{words::number(n)}</span>
                    <span class="rail-about"><b>{words::count("waiting", n)}</b><span>{first}</span></span>
                }.into_any()),
            })}
        </p>
    }
}

#[component]
fn ListLink(list: List) -> impl IntoView {
    let (conversations, team) = (at_desk::<Conversations>(), at_desk::<Team>());
    let path = match list {
        List::Waiting => icon::HAND,
        List::Mine => icon::OWN,
        List::Unassigned => icon::OPEN,
        List::Escalations => icon::RISE,
        List::Team(_) => icon::TEAM,
        List::Automatic => icon::SPARK,
        List::Snoozed => icon::CLOCK,
        List::Solved => icon::CHECK,
        List::All => icon::TRAY,
    };
    let href = Place::of_list(list.clone());
    let list = StoredValue::new(list);
    let count =
        memo(move || conversations.lists.with(|lists| lists.loaded.then(|| list.with_value(|list| lists.size(list)))));
    let is_here = memo(move || {
        conversations
            .place
            .with(|place| place.page == Page::Conversations && list.with_value(|list| place.list == *list))
    });
    let name = memo(move || list.with_value(|list| team.name_of_list(list)));
    let counted = live(move || words::count("conversation", count.get().unwrap_or_default()));
    view! {
        <li>
            <a href=href aria-current=live(move || is_here.get().then_some("page")) title=name>
                {icon(path)}
                <span class="rail-list-name">{name}</span>
                <span class="rail-count" aria-hidden="true">{move || count.get().map(words::number)}</span>
                <span class="unseen">{counted}</span>
            </a>
        </li>
    }
}

#[component]
fn PageLink(page: Page, name: &'static str, path: &'static str) -> impl IntoView {
    let conversations = at_desk::<Conversations>();
    let here =
        move || conversations.place.with(|place| std::mem::discriminant(&place.page) == std::mem::discriminant(&page));
    view! {
        <a class="rail-tool" href=page.hash() aria-current=live(move || here().then_some("page")) title=name>{icon(path)}<span>{name}</span></a>
    }
}

/// Says so when what is seen may be old. Nothing is said while all is well.
#[component]
pub(super) fn LinkState() -> impl IntoView {
    let chrome = at_desk::<Chrome>();
    let text = live(move || match chrome.link.get() {
        Link::Lost => t("link_lost"),
        Link::Slow => t("link_slow"),
        Link::Live | Link::Connecting => "",
    });
    view! { <p class="link-state" role="status">{text}</p> }
}
