//! What is drawn. Views read signals and pass on what people do; the rules are in `model`.

#![allow(unreachable_pub, reason = "leptos's component macro writes `pub` whatever the function says")]

mod composer;
mod context;
mod conversations;
mod entry;
mod gate;
mod help;
mod icon;
mod language;
mod log;
mod people;
mod picker;
mod placing;
mod rail;
mod reports;
mod text;
mod thread;

use crate::desk::{Chrome, Conversations, Desk, Done, Names, Overlay, Placing, at_desk};
use crate::io::browser::{self, Shelf};
use crate::io::http::Doors;
use crate::lean::{at_times, memo, on, part};
use crate::model::keys::Action;
use crate::model::place::{Days, Page};
use crate::words::t;
use leptos::either::Either;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::ids::WorkspaceId;
use shared::protocol::Me;

/// What the page shows as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Screen {
    /// It is being found out who is there.
    Opening,
    /// Nobody is signed in.
    Gate,
    /// Somebody is.
    Desk(Me),
}

/// The inbox of a workspace. `token` comes from a one-time set-up link.
pub(crate) fn app(workspace: Option<WorkspaceId>, token: Option<String>) -> impl IntoView {
    match workspace {
        Some(workspace) => Either::Left(view! { <Inbox workspace token /> }),
        None => Either::Right(gate::no_workspace()),
    }
}

#[component]
fn Inbox(workspace: WorkspaceId, token: Option<String>) -> impl IntoView {
    let names = Names::new(&workspace);
    let doors = Doors::new(&workspace);
    let signed_in_name = names.signed_in();
    // A device on which nobody has signed in has no session to ask for.
    let may_have_session = token.is_none() && browser::kept(Shelf::Device, &signed_in_name).is_some();
    let screen = RwSignal::new(if may_have_session { Screen::Opening } else { Screen::Gate });
    let expired = RwSignal::new(false);
    let token = RwSignal::new(token);

    if may_have_session {
        let doors = doors.clone();
        spawn_local(async move {
            screen.set(doors.me().await.map_or(Screen::Gate, Screen::Desk));
        });
    }
    Effect::new(move |_| {
        if expired.get() {
            screen.set(Screen::Gate);
        }
    });
    let enter = Callback::new(move |me: Me| {
        browser::keep(Shelf::Device, &signed_in_name, "1");
        token.set(None);
        expired.set(false);
        screen.set(Screen::Desk(me));
    });
    // Requests outlive the desk's view when somebody signs out: its signals belong to the whole page.
    let owner = Owner::current().unwrap_or_default();
    let take_seat = move |me: Me| owner.with(|| Desk::new(doors.clone(), me, names.clone(), expired));
    let gate_workspace = workspace.clone();
    move || match screen.get() {
        Screen::Opening => gate::opening().into_any(),
        Screen::Gate => {
            let doors = Doors::new(&gate_workspace);
            view! { <gate::Gate doors token=token.get_untracked() was_signed_in=expired.get_untracked() enter /> }
                .into_any()
        }
        Screen::Desk(me) => {
            let desk = take_seat(me);
            view! { <DeskView desk /> }.into_any()
        }
    }
}

#[component]
fn DeskView(desk: Desk) -> impl IntoView {
    desk.provide();
    desk.start();
    let (chrome, conversations) = (at_desk::<Chrome>(), at_desk::<Conversations>());
    let placing = at_desk::<Placing>();
    let is_open = memo(move || conversations.open_id().is_some());
    let page = memo(move || conversations.place.with(|place| place.page));
    // Another number of days is no other page: what is there stays, and only its numbers change.
    let kind = memo(move || match page.get() {
        Page::Reports(_) => Page::Reports(Days::default()),
        other => other,
    });
    let middle = part(move || match kind.get() {
        Page::Conversations => view! { <conversations::Conversations /><thread::Conversation /> }.into_any(),
        Page::Reports(_) => view! { <reports::Reports /> }.into_any(),
        Page::People => view! { <people::People /> }.into_any(),
    });
    view! {
        <div class="desk" class:is-open=is_open class:is-detailed=move || chrome.details.get()>
            <header class="unseen"><h1>{t("title")}</h1></header>
            <rail::Rail />
            <main class="desk-work" class:is-sole=move || page.get() != Page::Conversations>
                {middle}
                {at_times(move || chrome.done.get().filter(|done| placing.stands(done)).map(|done| done_bar(desk, done).into_any()))}
            </main>
            <context::Beside />
            <rail::LinkState />
            <p class="unseen" role="status">{move || chrome.notice.get()}</p>
        </div>
        <Overlays />
    }
}

/// What was just done, and the way back. It is said elsewhere: read out, it would be there twice.
fn done_bar(desk: Desk, done: Done) -> impl IntoView {
    view! {
        <div class="desk-done card">
            <span dir="auto">{done.text}</span>
            <button type="button" class="button-bare" on:click=on(move |_| desk.run(Action::Undo)) aria-keyshortcuts="z">{t(if done.undo.is_some() { "undo" } else { "look" })}<kbd aria-hidden="true">"z"</kbd></button>
        </div>
    }
}

#[component]
fn Overlays() -> impl IntoView {
    let chrome = at_desk::<Chrome>();
    move || match chrome.overlay.get() {
        Some(Overlay::Help) => Some(view! { <help::Help /> }.into_any()),
        Some(menu) => Some(view! { <picker::Picker menu /> }.into_any()),
        None => None,
    }
}
