//! The conversations of a list.

use crate::desk::{self, Chrome, Replies, Team, at_desk};
use crate::io::times;
use crate::lean::{at_times, live, memo, part};
use crate::model::lists::List;
use crate::model::reason;
use crate::model::wait::wait;
use crate::words::{self, t};
use leptos::prelude::*;
use shared::ids::ConversationId;
use shared::protocol::{Millis, Status, Summary};

#[component]
pub(super) fn Conversations() -> impl IntoView {
    let (conversations, team) = (at_desk::<desk::Conversations>(), at_desk::<Team>());
    let list = memo(move || conversations.place.with(|place| place.list.clone()));
    let loaded = memo(move || conversations.lists.with(|lists| lists.loaded));
    let is_empty = memo(move || conversations.rows.with(|rows| rows.is_empty()));
    view! {
        <section class="list" aria-labelledby="list-title">
            <div class="pane-head"><h2 id="list-title">{live(move || team.name_of_list(&list.get()))}</h2></div>
            {part(move || match (loaded.get(), is_empty.get()) {
                (false, _) => skeletons().into_any(),
                (true, true) => empty(list.get()).into_any(),
                (true, false) => view! {
                    <ul class="list-rows">
                        <For each=move || conversations.rows.get() key=|id| id.clone() let:id><Row id /></For>
                    </ul>
                }
                .into_any(),
            })}
        </section>
    }
}

#[component]
fn Row(id: ConversationId) -> impl IntoView {
    let (conversations, replies) = (at_desk::<desk::Conversations>(), at_desk::<Replies>());
    let (chrome, team) = (at_desk::<Chrome>(), at_desk::<Team>());
    let id = StoredValue::new(id);
    let of = move |lists: &crate::model::lists::Lists| id.with_value(|id| lists.get(id).cloned());
    let summary = memo(move || conversations.lists.with(of));
    let is_open = memo(move || conversations.place.with(|place| id.with_value(|id| place.open.as_ref() == Some(id))));
    let is_on = memo(move || {
        conversations
            .rows
            .with(|rows| conversations.cursor.with(|cursor| id.with_value(|id| cursor.on(rows) == Some(id))))
    });
    let has_draft = memo(move || replies.drafts.with(|drafts| id.with_value(|id| !drafts.get(id).trim().is_empty())));
    let href = live(move || conversations.place.with(|place| id.with_value(|id| place.of(id))));
    let name = id.with_value(|id| String::from(id.as_str()));
    view! {
        <li>
            <a class="list-row" class:is-chosen=is_on href=href data-row=name aria-current=live(move || is_open.get().then_some("true"))>
                {at_times(move || summary.get().map(|summary| lines(chrome, team, summary, has_draft).into_any()))}
            </a>
        </li>
    }
}

fn lines(chrome: Chrome, team: Team, summary: Summary, has_draft: Memo<bool>) -> impl IntoView {
    let title = if summary.title.is_empty() { String::from(t("untitled")) } else { summary.title.clone() };
    let last = Some(summary.last.clone()).filter(|last| *last != summary.title);
    let place = path(&summary.context.url);
    let language = language_code(&summary.context.locale);
    let whose = summary.placement().and_then(|place| place.assignee);
    let whose = whose.filter(|_| summary.status != Status::Resolved);
    let reason = t(reason::of(&summary));
    let waits = wait(&summary, 0).is_some();
    let when = part(move || match wait(&summary, chrome.now.get()) {
        Some(wait) => {
            let class = ["wait ", wait.urgency.class()].concat();
            view! { <span class=class>{times::told(wait.told)}</span> }.into_any()
        }
        None => moment(&summary, chrome.now.get()).into_any(),
    });
    view! {
        <span class="list-line" class:is-waiting=waits>
            <span class="list-title">{title}</span>
            {when}
        </span>
        {last.map(|last| view! { <span class="list-last">{last}</span> })}
        <span class="list-line list-about">
            <span class="list-reason">{reason}</span>
            {whose.map(|whose| view! { <span class="list-whose"><span class="unseen">{t("assigned_to")}" "</span>{live(move || team.name_of_agent(&whose))}</span> })}
            {at_times(move || has_draft.get().then(|| view! { <span class="list-draft">{t("draft")}</span> }.into_any()))}
            <span class="list-place">{place}</span>
            {language.map(|(code, name)| view! { <abbr class="list-language" title=name>{code}</abbr> })}
        </span>
    }
}

/// When it comes back, or when it last changed.
fn moment(summary: &Summary, now: Millis) -> impl IntoView + use<> {
    let back = summary.snoozed_until.filter(|_| summary.status != Status::Resolved);
    let (at, text) = match back {
        Some(until) => (until, words::with("back_at", &times::moment(until, now))),
        None => (summary.updated_at, times::short(summary.updated_at, now)),
    };
    view! { <time class="list-when" datetime=times::iso(at)>{text}</time> }
}

/// An address without what all addresses have.
pub(super) fn short_address(url: &str) -> &str {
    let bare = url.split_once("://").map_or(url, |(_, bare)| bare);
    bare.split(['?', '#']).next().unwrap_or(bare).trim_end_matches('/')
}

/// The part of an address that differs from page to page.
fn path(url: &str) -> String {
    let short = short_address(url);
    String::from(short.find('/').and_then(|at| short.get(at..)).unwrap_or(short))
}

fn language_code(locale: &str) -> Option<(String, String)> {
    let code = locale.split(['-', '_']).next().filter(|code| !code.is_empty())?;
    Some((code.to_uppercase(), times::language(locale)))
}

/// An empty list says what will come into it and what can be done meanwhile.
fn empty(list: List) -> impl IntoView {
    let (title, text) = match list {
        List::Waiting => (t("empty_waiting_title"), t("empty_waiting")),
        List::Mine => (t("empty_mine_title"), t("empty_mine")),
        List::Unassigned => (t("empty_unassigned_title"), t("empty_unassigned")),
        List::Escalations => (t("empty_escalations_title"), t("empty_escalations")),
        List::Team(_) => (t("empty_team_title"), t("empty_team")),
        List::Automatic => (t("empty_automatic_title"), t("empty_automatic")),
        List::Snoozed => (t("empty_snoozed_title"), t("empty_snoozed")),
        List::Solved => (t("empty_solved_title"), t("empty_solved")),
        List::All => (t("empty_all_title"), t("empty_all")),
    };
    view! { <div class="empty"><p class="empty-lead">{title}</p><p>{text}</p></div> }
}

fn skeletons() -> impl IntoView {
    view! {
        <div class="skeletons appears-late" role="status" aria-label=t("loading")>
            {(0..5).map(|_| view! { <div class="skeleton"><i></i><i></i><i></i></div> }).collect_view()}
        </div>
    }
}
