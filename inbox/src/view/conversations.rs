//! The conversations of a list.

use crate::desk::{self, Chrome, Replies, Team, at_desk};
use crate::io::times;
use crate::lean::{at_times, live, memo, on, part};
use crate::model::lists::List;
use crate::model::reason;
use crate::model::wait::wait;
use crate::model::window::Sight;
use crate::words::{self, t};
use leptos::prelude::*;
use leptos::{ev, html};
use shared::ids::ConversationId;
use shared::protocol::{Millis, Status, Summary};

#[component]
pub(super) fn Conversations() -> impl IntoView {
    let (conversations, team) = (at_desk::<desk::Conversations>(), at_desk::<Team>());
    let list = memo(move || conversations.place.with(|place| place.list.clone()));
    let state = memo(move || {
        let is_here = conversations.lists.with(|lists| list.with(|list| lists.has_begun(list)));
        (is_here, conversations.of_rows(|rows| rows.len() == 0).then(|| list.get()))
    });
    view! {
        <section class="list" aria-labelledby="list-title">
            <div class="pane-head"><h2 id="list-title">{live(move || team.name_of_list(&list.get()))}</h2></div>
            {part(move || match state.get() {
                (false, _) => skeletons().into_any(),
                (true, Some(without_any)) => empty(without_any).into_any(),
                (true, None) => view! { <Rows list /> }.into_any(),
            })}
        </section>
    }
}

/// The rows that can be seen, each at its height. A screen reader is told how many there are and which of them it is at; the
/// page's own search (`Ctrl F`) finds what is drawn, and `Ctrl K` what is here.
#[component]
fn Rows(list: Memo<List>) -> impl IntoView {
    let conversations = at_desk::<desk::Conversations>();
    let scroller = NodeRef::<html::Div>::new();
    let measure = move || {
        // By the next frame another list may be shown.
        if let Some(place) = scroller.try_get_untracked().flatten() {
            let row = place.query_selector("li").ok().flatten().map(|row| row.client_height());
            let sight = measured(&place, row, conversations.sight.get_untracked());
            if sight != conversations.sight.get_untracked() {
                conversations.sight.set(sight);
            }
        }
    };
    Effect::new(move |_| {
        list.track();
        if let Some(place) = scroller.get() {
            place.set_scroll_top(0);
        }
        request_animation_frame(measure);
    });
    let resized = window_event_listener(ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    Effect::new(move |before: Option<Option<(ConversationId, usize)>>| hold_still(conversations, scroller, before));
    let drawn = memo(move || conversations.drawn());
    let height = live(move || pixels(conversations.of_rows(|rows| rows.len()), conversations.sight.get().row));
    let count = memo(move || conversations.lists.with(|lists| list.with(|list| lists.size(list))));
    view! {
        <div class="list-rows" node_ref=scroller on:scroll=on(move |_| measure())>
            <ul style:height=height>
                <For each=move || drawn.get() key=|id| id.clone() let:id><Row id count /></For>
            </ul>
        </div>
    }
}

fn measured(place: &web_sys::Element, row: Option<i32>, before: Sight) -> Sight {
    let pixels = |number: i32| u32::try_from(number).unwrap_or(0);
    let row = row.map(pixels).filter(|row| *row > 0).unwrap_or(before.row);
    Sight { top: pixels(place.scroll_top()), height: pixels(place.client_height()), row }
}

/// Keeps what is read where it is when rows come or go above it. Gives the first row that can be seen, and its height.
fn hold_still(
    conversations: desk::Conversations,
    scroller: NodeRef<html::Div>,
    before: Option<Option<(ConversationId, usize)>>,
) -> Option<(ConversationId, usize)> {
    let sight = conversations.sight.get();
    let (first, _) = sight.rows();
    conversations.of_rows(|rows| {
        let moved = before.flatten().and_then(|(id, was)| Some((rows.find(&id)?, was)));
        if let (Some((is, was)), Some(place)) = (moved, scroller.get_untracked())
            && sight.top > 0
            && is != was
            && was == first
            && is.abs_diff(was) <= STEADY_ROWS
        {
            let to =
                |at: usize| i32::try_from(at).unwrap_or(i32::MAX).saturating_mul(i32::try_from(sight.row).unwrap_or(1));
            place.set_scroll_top(place.scroll_top() + to(is) - to(was));
        }
        rows.get(first).map(|id| (id.clone(), first))
    })
}

/// A row that moves further has moved by itself, and nobody wants to be taken along.
const STEADY_ROWS: usize = 5;

fn pixels(rows: usize, row: u32) -> String {
    [&(rows as u64 * u64::from(row)).to_string(), "px"].concat()
}

#[component]
fn Row(id: ConversationId, count: Memo<u64>) -> impl IntoView {
    let (conversations, replies) = (at_desk::<desk::Conversations>(), at_desk::<Replies>());
    let (chrome, team) = (at_desk::<Chrome>(), at_desk::<Team>());
    let id = StoredValue::new(id);
    let of = move |lists: &crate::model::lists::Lists| id.with_value(|id| lists.get(id).cloned());
    let summary = memo(move || conversations.lists.with(of));
    let at = memo(move || conversations.of_rows(|rows| id.with_value(|id| rows.find(id)).unwrap_or_default()));
    let is_open = memo(move || conversations.place.with(|place| id.with_value(|id| place.open.as_ref() == Some(id))));
    let is_on = memo(move || {
        conversations
            .of_rows(|rows| conversations.cursor.with(|cursor| id.with_value(|id| cursor.on(rows) == Some(id))))
    });
    let has_draft = memo(move || replies.drafts.with(|drafts| id.with_value(|id| !drafts.get(id).trim().is_empty())));
    let href = live(move || conversations.place.with(|place| id.with_value(|id| place.of(id))));
    let name = id.with_value(|id| String::from(id.as_str()));
    let top = live(move || pixels(at.get(), conversations.sight.with(|sight| sight.row)));
    view! {
        <li style:inset-block-start=top aria-posinset=live(move || at.get() + 1) aria-setsize=count>
            <a class="list-row" class:is-chosen=is_on href=href data-row=name aria-current=live(move || is_open.get().then_some("true"))>
                {at_times(move || summary.get().map(|summary| lines(chrome, team, summary, has_draft, is_open).into_any()))}
            </a>
        </li>
    }
}

fn lines(chrome: Chrome, team: Team, summary: Summary, has_draft: Memo<bool>, is_open: Memo<bool>) -> impl IntoView {
    // The conversation that is open is being read, whatever the last line has said.
    let unread = summary.unread;
    let is_unread = live(move || unread > 0 && !is_open.get());
    let title = if summary.title.is_empty() { String::from(t("untitled")) } else { summary.title.clone() };
    // The line is there even if it is empty, so that all rows have one height.
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
        <span class="list-line" class:is-waiting=waits class:is-unread=is_unread>
            <span class="list-title" dir="auto">{title}</span>
            {at_times(move || is_unread.get().then(|| view! {
                <span class="list-unread"><span aria-hidden="true">{unread}</span><span class="unseen">{words::count("unread", unread.into())}</span></span>
            }.into_any()))}
            {when}
        </span>
        <span class="list-last" dir="auto">{last}</span>
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
