//! Writing a reply.

use crate::desk::{OpenConversations, Placing, REPLY_FIELD, Replies, at_desk};
use crate::io::browser;
use crate::lean::{at_times, live, memo, on};
use crate::model::news::news;
use crate::words::t;
use leptos::ev;
use leptos::prelude::*;
use shared::ids::ConversationId;
use shared::protocol::{AgentAction, MAX_MESSAGE_CHARS};

#[component]
pub(super) fn Composer(id: ConversationId) -> impl IntoView {
    let (replies, open, placing) = (at_desk::<Replies>(), at_desk::<OpenConversations>(), at_desk::<Placing>());
    let id = StoredValue::new(id);
    let text = memo(move || replies.drafts.with(|drafts| id.with_value(|id| String::from(drafts.get(id)))));
    let is_blank = memo(move || text.with(|text| text.trim().is_empty()));
    let is_long = memo(move || text.with(|text| text.trim().chars().count() > MAX_MESSAGE_CHARS));
    let news = memo(move || {
        let id = id.get_value();
        let seen = replies.held.with(|held| held.get(&id).copied())?;
        open.of_open(|open, thread| (*open == id).then(|| news(thread, seen))).flatten()
    });
    let send = move || {
        if is_long.get_untracked() {
            return;
        }
        let id = id.get_value();
        let mut text = None;
        replies.change(|drafts| text = drafts.take(&id));
        if let Some(text) = text {
            let seen = Some(open.have(&id));
            replies.held.update(|held| {
                held.remove(&id);
            });
            open.act(&id, AgentAction::Reply { text, seen });
        }
    };
    let press = move |event: ev::KeyboardEvent| {
        // Enter that ends the composing of a syllable belongs to the writing system, and a touch keyboard has no Shift Enter.
        let sends = event.ctrl_key() || event.meta_key() || !(event.shift_key() || browser::is_touch());
        if event.key() == "Enter" && sends && !browser::composes(&event) {
            event.prevent_default();
            send();
        }
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        send();
    };
    view! {
        <form class="composer" on:submit=on(submit)>
            {at_times(move || news.get().map(|news| view! {
                <div class="composer-news" role="alert">
                    <p>{t("reply_held")}</p>
                    <ul>{news.into_iter().map(|(name, text)| view! { <li><b>{name}</b>" "<span dir="auto">{text}</span></li> }).collect_view()}</ul>
                </div>
            }.into_any()))}
            <label for=REPLY_FIELD>{t("reply_label")}</label>
            <textarea id=REPLY_FIELD rows="3" dir="auto" placeholder=t("reply_placeholder") aria-describedby="reply-hint"
                prop:value=text on:keydown=on(press)
                on:input=move |event| {
                    let begins = is_blank.get_untracked();
                    replies.change(|drafts| id.with_value(|id| drafts.set(id, event_target_value(&event))));
                    if begins && !is_blank.get_untracked() {
                        placing.begin_to_write();
                    }
                    open.writes();
                }>
            </textarea>
            <div class="foot">
                <p class="text-hint" class:is-wrong=is_long id="reply-hint">{live(move || if is_long.get() { t("error_message_too_long") } else { t("reply_hint") })}</p>
                <button type="submit" class="button-main" disabled=live(move || is_blank.get() || is_long.get())>{t("send")}</button>
            </div>
        </form>
    }
}
