//! One entry of the log.

use super::rail::initial;
use super::text::linked;
use crate::desk::{Chrome, Conversations, OpenConversations, Session, Team, at_desk};
use crate::io::times;
use crate::lean::{live, on};
use crate::model::entries::{Body, Delivery, Entry, Speaker};
use crate::model::placing::Change;
use crate::model::reason;
use crate::words::{self, t};
use leptos::prelude::*;
use shared::ids::EventId;

#[component]
pub(super) fn EntryView(entry: Entry) -> impl IntoView {
    let (session, chrome) = (at_desk::<Session>(), at_desk::<Chrome>());
    let at = entry.at;
    let day =
        entry.new_day.then(|| view! { <p class="entry-day">{live(move || times::day_name(at, chrome.now.get()))}</p> });
    let is_speech = entry.body.is_speech();
    let class = match (is_speech, &entry.by) {
        (false, _) => "entry-notice",
        (true, Speaker::Visitor) => "entry is-visitor",
        (true, Speaker::Assistant) => "entry is-own is-assistant",
        (true, Speaker::Agent(_)) => "entry is-own is-agent",
    };
    let leads = entry.leads && is_speech;
    let lead = leads.then(|| lead(session, &entry));
    view! {
        <li>
            {day}
            <div class=class class:is-leading=leads>{lead}{body(session, chrome, entry)}</div>
        </li>
    }
}

fn lead(session: Session, entry: &Entry) -> impl IntoView + use<> {
    let name = speaker(session, &entry.by);
    let face = match entry.by {
        Speaker::Agent(_) => initial(&name),
        Speaker::Visitor | Speaker::Assistant => String::new(),
    };
    let badge = (entry.by == Speaker::Assistant).then(|| view! { <span class="badge">{t("automatic")}</span> });
    view! {
        <p class="entry-lead">
            {(!face.is_empty()).then(|| view! { <span class="face" aria-hidden="true">{face}</span> })}
            <b>{name}</b>
            {badge}
            <time datetime=times::iso(entry.at)>{times::clock(entry.at)}</time>
        </p>
    }
}

fn speaker(session: Session, by: &Speaker) -> String {
    match by {
        Speaker::Visitor => String::from(t("visitor")),
        Speaker::Assistant => String::from(t("assistant")),
        Speaker::Agent(Some(name)) => name.clone(),
        Speaker::Agent(None) => session.my_name(),
    }
}

fn body(session: Session, chrome: Chrome, entry: Entry) -> AnyView {
    let who = speaker(session, &entry.by);
    match entry.body {
        Body::Said { text, delivery } => view! {
            <p class="entry-bubble" dir="auto">{linked(&text)}</p>
            {delivery.map(|delivery| view! { <DeliveryState delivery id=entry.id /> })}
        }
        .into_any(),
        Body::Offered { text, articles, helped } => offered(text, articles, helped).into_any(),
        Body::FoundNothing => view! { <p class="entry-bubble">{t("found_nothing")}</p> }.into_any(),
        Body::HandedOff(why) => {
            notice(words::with("note_handed_off", t(reason::of_hand_off(why))), entry.at).into_any()
        }
        Body::Placed(changes) => placed(session, &entry.by, changes, entry.at).into_any(),
        Body::Snoozed(until) => {
            notice(words::with("note_snoozed", &times::moment(until, chrome.now.get_untracked())), entry.at).into_any()
        }
        Body::Resurfaced(why) => notice(String::from(t(reason::of_return(why))), entry.at).into_any(),
        Body::Rated { score, comment } => {
            let rating = [&score.to_string(), "/5 ", &comment].concat();
            notice(words::with("note_rated", rating.trim_end()), entry.at).into_any()
        }
        Body::AddressLeft(address) => notice(words::with("note_address", &address), entry.at).into_any(),
        Body::Resolved => notice(words::with("note_resolved", &who), entry.at).into_any(),
        Body::Reopened => notice(words::with("note_reopened", &who), entry.at).into_any(),
        Body::Moved(place) => notice(words::with("note_moved", &place), entry.at).into_any(),
    }
}

/// Names come with the roster, which may be later than the log.
fn placed(session: Session, by: &Speaker, changes: Vec<Change>, at: u64) -> impl IntoView + use<> {
    let team = at_desk::<Team>();
    let who = matches!(by, Speaker::Agent(_)).then(|| [&speaker(session, by), ": "].concat()).unwrap_or_default();
    let told =
        move || [&who[..], &changes.iter().map(|change| team.told(change)).collect::<Vec<_>>().join(" · ")].concat();
    view! { <p>{live(told)}" "<time datetime=times::iso(at)>{times::clock(at)}</time></p> }
}

fn notice(text: String, at: u64) -> impl IntoView {
    view! { <p>{text}" "<time datetime=times::iso(at)>{times::clock(at)}</time></p> }
}

fn offered(text: Option<String>, articles: Vec<String>, helped: Option<bool>) -> impl IntoView {
    let intro = if text.is_none() { Some(t("offered")) } else { None };
    let outcome = match helped {
        Some(true) => t("helped_yes"),
        Some(false) => t("helped_no"),
        None => t("helped_open"),
    };
    view! {
        <div class="entry-bubble" dir="auto">
            {intro}
            {text.map(|text| linked(&text).into_any())}
            <ul class="entry-articles">{articles.into_iter().map(|title| view! { <li>{title}</li> }).collect_view()}</ul>
        </div>
        <p class="entry-delivery">{outcome}</p>
    }
}

#[component]
fn DeliveryState(delivery: Delivery, id: EventId) -> impl IntoView {
    let (conversations, open) = (at_desk::<Conversations>(), at_desk::<OpenConversations>());
    let retry = move || view! { <button type="button" class="button-bare" on:click=on(move |_| open.hurry())>{t("retry")}</button> };
    let take_back = move |id: EventId| {
        let back = move |_| {
            if let Some(conversation) = conversations.place.with_untracked(|place| place.open.clone()) {
                open.take_back(&conversation, &id);
            }
        };
        view! { <button type="button" class="button-bare" on:click=on(back)>{t("edit_again")}</button> }
    };
    match delivery {
        Delivery::Waiting => view! { <p class="entry-delivery">{t("state_waiting")}</p> }.into_any(),
        Delivery::Sent => view! { <p class="entry-delivery">{t("state_sent")}</p> }.into_any(),
        Delivery::Seen => view! { <p class="entry-delivery is-seen">{t("state_seen")}</p> }.into_any(),
        Delivery::Offline => {
            view! { <p class="entry-delivery is-trouble">{t("state_offline")}" "{retry()}</p> }.into_any()
        }
        Delivery::Refused(code) => {
            view! { <p class="entry-delivery is-trouble">{words::of_error(code)}" "{take_back(id)}</p> }.into_any()
        }
    }
}
