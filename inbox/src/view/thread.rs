//! The open conversation.

use super::composer::Composer;
use super::icon::{self, icon};
use super::log::Log;
use super::placing::Placing;
use crate::desk::{self, Chrome, Conversations, Desk, OpenConversations, Session, THREAD_TITLE, at_desk};
use crate::io::times;
use crate::lean::{live, memo, on, part};
use crate::model::keys::Action;
use crate::model::lists::List;
use crate::model::place::Place;
use crate::model::reason;
use crate::model::wait::wait;
use crate::words::{self, t};
use leptos::prelude::*;
use shared::ids::ConversationId;
use shared::protocol::{Author, Status};

#[component]
pub(super) fn Conversation() -> impl IntoView {
    let (conversations, opened) = (at_desk::<Conversations>(), at_desk::<OpenConversations>());
    let open = memo(move || conversations.open_id());
    view! {
        <section class="conversation" aria-label=t("conversation")>
            {part(move || match open.get() {
                Some(id) if opened.gone.with(|gone| gone.contains(&id)) => gone_view().into_any(),
                Some(id) => view! { <Head id=id.clone() /><Placing /><Log /><Composer id /> }.into_any(),
                None => nothing_open().into_any(),
            })}
        </section>
    }
}

#[component]
fn Head(id: ConversationId) -> impl IntoView {
    let (desk, chrome, conversations) = (at_desk::<Desk>(), at_desk::<Chrome>(), at_desk::<Conversations>());
    let (open, placing) = (at_desk::<OpenConversations>(), at_desk::<desk::Placing>());
    let summary = memo(move || conversations.lists.with(|lists| lists.get(&id).cloned()));
    let status = memo(move || placing.status());
    let is_resolved = memo(move || status.get() == Some(Status::Resolved));
    let back = live(move || conversations.place.with(|place| Place::of_list(place.list.clone())));
    let title = live(move || {
        let of_list = summary.with(|summary| summary.as_ref().map(|summary| summary.title.clone()));
        let title = of_list.or_else(|| open.of_state(|state| shared::conversation::one_line(&state.title)));
        match title {
            Some(title) if title.is_empty() => String::from(t("untitled")),
            Some(title) => title,
            None => String::from(t("conversation")),
        }
    });
    let reason = live(move || {
        summary.with(|summary| summary.as_ref().map(|summary| t(reason::of(summary)))).unwrap_or_default()
    });
    let waits = live(move || {
        let wait = summary.with(|summary| summary.as_ref().and_then(|summary| wait(summary, chrome.now.get())));
        wait.map(|wait| times::told(wait.told)).unwrap_or_default()
    });
    let session = at_desk::<Session>();
    let company = live(move || {
        let me = session.my_id();
        open.company.with(|company| match company.typing(&me) {
            Some(Author::Agent { name, .. }) => words::with("typing_agent", name),
            Some(_) => String::from(t("typing_visitor")),
            None => match company.others(&me)[..] {
                [] => String::new(),
                ref names => words::with("also_here", &names.join(", ")),
            },
        })
    });
    // A reply that is due or late is coloured, as in the lists; the rest is calm.
    let class = live(move || {
        let wait = summary.with(|summary| summary.as_ref().and_then(|summary| wait(summary, chrome.now.get())));
        let class = wait.map_or("", |wait| wait.urgency.class());
        ["conversation-chip ", if is_resolved.get() { "is-resolved" } else { class }].concat()
    });
    view! {
        <div class="pane-head">
            <a class="conversation-back" href=back aria-label=t("back")>{icon(icon::BACK)}</a>
            <div class="conversation-heading">
                <h2 id=THREAD_TITLE tabindex="-1" dir="auto">{title}</h2>
                <p class=class><span class="conversation-reason">{reason}</span><span class="conversation-waits">{waits}</span></p>
                <p class="conversation-company text-quiet" aria-live="polite">{company}</p>
            </div>
            <button type="button" class="conversation-side button-bare" aria-label=t("details") title=t("details") aria-expanded=live(move || chrome.details.get().to_string())
                on:click=on(move |_| chrome.details.update(|details| *details = !*details))>
                {icon(icon::SIDE)}
            </button>
            <button type="button" class="button-second" on:click=on(move |_| desk.run(Action::Resolve)) disabled=live(move || status.get().is_none()) aria-keyshortcuts="e">
                {live(move || if is_resolved.get() { t("reopen") } else { t("resolve") })}<kbd aria-hidden="true">"e"</kbd>
            </button>
        </div>
    }
}

/// An old link, or a typing error in one.
fn gone_view() -> impl IntoView {
    let conversations = at_desk::<Conversations>();
    let back = live(move || conversations.place.with(|place| Place::of_list(place.list.clone())));
    view! {
        <div class="empty is-wide">
            <p class="empty-lead">{t("gone_title")}</p>
            <p>{t("error_unknown_conversation")}</p>
            <p><a href=back>{t("back")}</a></p>
        </div>
    }
}

/// With nothing open, the space says what there is to do and how.
fn nothing_open() -> impl IntoView {
    let conversations = at_desk::<Conversations>();
    let next = memo(move || conversations.lists.with(|lists| lists.first().first().map(|first| first.id.clone())));
    let is_new = memo(move || conversations.lists.with(|lists| lists.loaded && lists.size(&List::All) == 0));
    view! {
        <div class="empty is-wide">
            {part(move || match next.get() {
                Some(id) => {
                    let href = Place { list: List::Waiting, open: Some(id), ..Place::default() }.hash();
                    view! { <p class="empty-lead">{t("somebody_waits")}</p><p><a class="button-main" href=href>{t("open_oldest")}</a></p> }.into_any()
                }
                None => {
                    let (title, text) = if is_new.get() { ("empty_all_title", "empty_all") } else { ("nothing_open_title", "nothing_open") };
                    view! { <p class="empty-lead">{t(title)}</p><p>{t(text)}</p> }.into_any()
                }
            })}
            <ul class="empty-hints">
                {[("j", "hint_next"), ("k", "hint_previous"), ("Enter", "hint_open"), ("Ctrl K", "hint_find"), ("?", "hint_help")]
                    .map(|(key, word)| view! { <li><kbd>{key}</kbd>" "{t(word)}</li> })
                    .collect_view()}
            </ul>
        </div>
    }
}
