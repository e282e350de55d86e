//! What is known beside a conversation.

use super::conversations::short_address;
use super::icon::{self, icon};
use super::text::LINK_REL;
use crate::desk::{Chrome, Conversations, OpenConversations, Visitors, at_desk};
use crate::io::times;
use crate::lean::{at_times, live, memo, on};
use crate::model::profile::{Value, lines};
use crate::model::reason::of_hand_off;
use crate::words::t;
use leptos::either::Either;
use leptos::prelude::*;
use shared::client::is_page;
use shared::protocol::{Context, HandOff, Millis, Shown, Status, Told};

/// What the side shows. The log says it best; before it has come, the list does.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Facts {
    context: Context,
    hand_off: Option<HandOff>,
    status: Status,
    opened_at: Millis,
}

#[component]
pub(super) fn Beside() -> impl IntoView {
    let (chrome, conversations) = (at_desk::<Chrome>(), at_desk::<Conversations>());
    let (open, visitors) = (at_desk::<OpenConversations>(), at_desk::<Visitors>());
    let facts = memo(move || facts(conversations, open));
    at_times(move || {
        facts.get().map(|facts| {
            view! {
                <aside class="context" aria-labelledby="context-title">
                    <div class="pane-head">
                        <h2 id="context-title">{t("context")}</h2>
                        <button type="button" class="button-bare" aria-label=t("close") on:click=on(move |_| chrome.details.set(false))>{icon(icon::CLOSE)}</button>
                    </div>
                    {at_times(move || known(conversations, visitors))}
                    <dl>
                        <dt>{t("context_reason")}</dt>
                        <dd>{reason(&facts)}</dd>
                        <dt>{t("context_page")}</dt>
                        <dd>{page(&facts.context)}</dd>
                        <dt>{t("context_language")}</dt>
                        <dd>{times::language(&facts.context.locale)}</dd>
                        <dt>{t("context_opened")}</dt>
                        <dd><time datetime=times::iso(facts.opened_at)>{live(move || times::moment(facts.opened_at, chrome.now.get()))}</time></dd>
                    </dl>
                    {told(facts.context.told)}
                    <h3>{t("context_shown")}</h3>
                    {shown(facts.context.shown)}
                </aside>
            }
            .into_any()
        })
    })
}

/// What the page has told by calls that nobody has signed.
fn told(told: Vec<Told>) -> Option<AnyView> {
    let line = |one: Told| view! { <dt dir="auto">{one.name}</dt><dd dir="auto">{one.value}</dd> };
    (!told.is_empty()).then(|| {
        view! {
            <h3>{t("context_told")}</h3>
            <dl>{told.into_iter().map(line).collect_view()}</dl>
        }
        .into_any()
    })
}

/// What the site says of the visitor, if it has.
fn known(conversations: Conversations, visitors: Visitors) -> Option<AnyView> {
    let id = conversations.open_id()?;
    let lines = visitors.profiles.with(|profiles| profiles.get(&id).map(lines))?;
    let line = |(name, value): (&'static str, Value)| {
        let value = match value {
            Value::Text(text) => text,
            Value::Word(word) => String::from(t(word)),
            Value::Day(at) => times::dated(at),
        };
        view! { <dt>{t(name)}</dt><dd>{value}</dd> }
    };
    (!lines.is_empty()).then(|| {
        view! {
            <h3>{t("context_visitor")}</h3>
            <dl>{lines.into_iter().map(line).collect_view()}</dl>
        }
        .into_any()
    })
}

fn facts(conversations: Conversations, open: OpenConversations) -> Option<Facts> {
    let id = conversations.open_id()?;
    let of_log = open.of_state(|state| Facts {
        context: state.context.clone(),
        hand_off: state.hand_off.clone(),
        status: state.status,
        opened_at: state.opened_at,
    });
    of_log.or_else(|| {
        conversations.lists.with(|lists| {
            let summary = lists.get(&id)?;
            let (context, hand_off) = (summary.context.clone(), summary.hand_off.clone());
            Some(Facts { context, hand_off, status: summary.status, opened_at: summary.opened_at })
        })
    })
}

fn reason(facts: &Facts) -> &'static str {
    match (&facts.hand_off, facts.status) {
        (Some(hand_off), _) => t(of_hand_off(hand_off.reason)),
        (None, Status::Automatic) => t("context_automatic"),
        (None, _) => t("context_no_hand_off"),
    }
}

fn page(context: &Context) -> impl IntoView + use<> {
    let short = String::from(short_address(&context.url));
    let title = if context.title.is_empty() { short.clone() } else { context.title.clone() };
    let address = (title != short).then(|| view! { <span class="context-address">{short}</span> });
    let title = if is_page(&context.url) {
        Either::Left(view! { <a href=context.url.clone() target="_blank" rel=LINK_REL>{title}</a> })
    } else {
        Either::Right(title)
    };
    view! { {title}{address} }
}

fn shown(shown: Vec<Shown>) -> impl IntoView {
    if shown.is_empty() {
        return Either::Left(view! { <p class="text-quiet">{t("context_none_shown")}</p> });
    }
    let item = |shown: Shown| {
        let (class, outcome) = match (shown.opened, shown.helped) {
            (_, Some(true)) => ("is-helped", t("shown_helped")),
            (_, Some(false)) => ("is-not-helped", t("shown_not_helped")),
            (true, None) => ("is-opened", t("shown_opened")),
            (false, None) => ("is-passed", t("shown_passed")),
        };
        view! { <li class=class><span>{shown.article.title}</span><span class="context-outcome">{outcome}</span></li> }
    };
    Either::Right(view! { <ul class="context-shown">{shown.into_iter().map(item).collect_view()}</ul> })
}
