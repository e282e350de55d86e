//! The conversations of a list.

use super::rail;
use crate::desk::desk;
use crate::io::times;
use crate::model::lists::List;
use crate::model::wait;
use crate::words::t;
use leptos::either::Either;
use leptos::prelude::*;
use shared::ids::ConversationId;
use shared::protocol::{HandOffReason, Status, Summary};

#[component]
pub(super) fn Conversations() -> impl IntoView {
    let desk = desk();
    let list = Memo::new(move |_| desk.place.with(|place| place.list));
    let loaded = Memo::new(move |_| desk.lists.with(|lists| lists.loaded));
    let is_empty = Memo::new(move |_| desk.rows.with(|rows| rows.is_empty()));
    view! {
        <section class="conversations" aria-labelledby="list-title">
            <div class="head"><h2 id="list-title">{move || rail::name(list.get())}</h2></div>
            {move || match (loaded.get(), is_empty.get()) {
                (false, _) => skeletons().into_any(),
                (true, true) => empty(list.get()).into_any(),
                (true, false) => view! {
                    <ul class="rows">
                        <For each=move || desk.rows.get() key=|id| id.clone() let:id><Row id /></For>
                    </ul>
                }
                .into_any(),
            }}
        </section>
    }
}

#[component]
fn Row(id: ConversationId) -> impl IntoView {
    let desk = desk();
    let id = StoredValue::new(id);
    let of = move |lists: &crate::model::lists::Lists| id.with_value(|id| lists.get(id).cloned());
    let summary = Memo::new(move |_| desk.lists.with(of));
    let is_open = Memo::new(move |_| desk.place.with(|place| id.with_value(|id| place.open.as_ref() == Some(id))));
    let is_on = Memo::new(move |_| {
        desk.rows.with(|rows| desk.cursor.with(|cursor| id.with_value(|id| cursor.on(rows) == Some(id))))
    });
    let has_draft =
        Memo::new(move |_| desk.drafts.with(|drafts| id.with_value(|id| !drafts.get(id).trim().is_empty())));
    let href = move || desk.place.with(|place| id.with_value(|id| place.of(id)));
    let name = id.with_value(|id| String::from(id.as_str()));
    view! {
        <li>
            <a class="row" class:on=is_on href=href data-row=name aria-current=move || is_open.get().then_some("true")>
                {move || summary.get().map(|summary| view! { <Lines summary has_draft /> })}
            </a>
        </li>
    }
}

#[component]
fn Lines(summary: Summary, has_draft: Memo<bool>) -> impl IntoView {
    let desk = desk();
    let waits = summary.waiting_since.filter(|_| summary.status == Status::Waiting);
    let title = if summary.title.is_empty() { String::from(t("untitled")) } else { summary.title.clone() };
    let last = Some(summary.last.clone()).filter(|last| *last != summary.title);
    let place = path(&summary.context.url);
    let language = language_code(&summary.context.locale);
    let updated_at = summary.updated_at;
    let when = move || match waits {
        Some(since) => {
            let now = desk.now.get();
            let class = ["wait ", wait::urgency(since, now).class()].concat();
            let span = times::span(wait::span(since, now));
            Either::Left(view! { <span class=class><span class="unseen">{t("waiting_for")}" "</span>{span}</span> })
        }
        None => Either::Right(
            view! { <time class="when" datetime=times::iso(updated_at)>{times::short(updated_at, desk.now.get())}</time> },
        ),
    };
    view! {
        <span class="line" class:waits=waits.is_some()>
            <span class="title">{title}</span>
            {when}
        </span>
        {last.map(|last| view! { <span class="last">{last}</span> })}
        <span class="line about">
            <span class="reason">{reason(&summary)}</span>
            {move || has_draft.get().then(|| view! { <span class="draft">{t("draft")}</span> })}
            <span class="place">{place}</span>
            {language.map(|(code, name)| view! { <abbr class="language" title=name>{code}</abbr> })}
        </span>
    }
}

/// Why a conversation is where it is.
pub(super) fn reason(summary: &Summary) -> &'static str {
    match (summary.status, &summary.hand_off) {
        (Status::Resolved, _) => t("status_resolved"),
        (Status::Replied, _) => t("status_replied"),
        (_, Some(hand_off)) => reason_of(hand_off.reason),
        (Status::Waiting, None) => t("reason_person_joined"),
        (Status::Automatic, None) => t("status_automatic"),
    }
}

/// Why a conversation went to people.
pub(super) fn reason_of(reason: HandOffReason) -> &'static str {
    match reason {
        HandOffReason::Asked => t("reason_asked"),
        HandOffReason::NotHelped => t("reason_not_helped"),
        HandOffReason::NothingFound => t("reason_nothing_found"),
        HandOffReason::PersonJoined => t("reason_person_joined"),
        HandOffReason::ByRule => t("reason_by_rule"),
        HandOffReason::Pricing => t("reason_pricing"),
        HandOffReason::Upgrade => t("reason_upgrade"),
        HandOffReason::Cancellation => t("reason_cancellation"),
        HandOffReason::Complaint => t("reason_complaint"),
        HandOffReason::AtRisk => t("reason_at_risk"),
        HandOffReason::HighTouch => t("reason_high_touch"),
        HandOffReason::NewCustomer => t("reason_new_customer"),
    }
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
        List::Escalations => (t("empty_escalations_title"), t("empty_escalations")),
        List::All => (t("empty_all_title"), t("empty_all")),
    };
    view! { <div class="empty"><p class="lead">{title}</p><p>{text}</p></div> }
}

fn skeletons() -> impl IntoView {
    view! {
        <div class="skeletons late" role="status" aria-label=t("loading")>
            {(0..5).map(|_| view! { <div class="skeleton"><i></i><i></i><i></i></div> }).collect_view()}
        </div>
    }
}
