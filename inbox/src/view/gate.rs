//! What somebody sees who is not signed in: setting up, signing in.

use super::language::LanguageChoice;
use crate::io::browser;
use crate::io::http::{Doors, Failure};
use crate::lean::{at_times, live, memo, on};
use crate::model::forms;
use crate::words::{of_error, t};
use leptos::either::EitherOf3;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::protocol::{ErrorCode, Me, Setup, SignIn};

/// Before it is known who is there. Nothing moves: it is seldom seen for longer than a blink.
pub(super) fn opening() -> impl IntoView {
    browser::set_title(t("title"));
    view! { <main class="gate"><h1 class="unseen">{t("title")}</h1><p class="appears-late" role="status">{t("opening")}</p></main> }
}

/// An address that names no workspace.
pub(super) fn no_workspace() -> impl IntoView {
    view! {
        <main class="gate">
            <div class="card"><h1>{t("no_workspace_title")}</h1><p>{t("no_workspace")}</p></div>
        </main>
    }
}

/// An address that names a workspace that nobody has made.
fn unknown_workspace() -> impl IntoView {
    view! { <div class="card"><h1>{t("no_workspace_title")}</h1><p role="alert">{t("error_unknown_workspace")}</p></div> }
}

#[component]
pub(super) fn Gate(doors: Doors, token: Option<String>, was_signed_in: bool, enter: Callback<Me>) -> impl IntoView {
    let needed = RwSignal::new(true);
    let is_known = RwSignal::new(false);
    let has_token = token.is_some();
    let sets_up = RwSignal::new(has_token);
    // Asked before a form is filled in, so that nobody fills one in for nothing.
    let refused = RwSignal::new(None);
    {
        let (doors, token) = (doors.clone(), token.clone());
        spawn_local(async move {
            match doors.setup_state(token.as_deref()).await {
                Ok(state) => {
                    needed.set(state.needed);
                    is_known.set(true);
                    refused.set(state.refused);
                    // A link that is of no use may be one's own from the first day.
                    sets_up.update(|sets_up| *sets_up &= state.refused.is_none());
                }
                Err(Failure::Refused(error)) => refused.set(Some(error.code)),
                Err(Failure::Offline) => {}
            }
        });
    }
    let no_agent = memo(move || !has_token && is_known.get() && needed.get());
    let is_invited = memo(move || is_known.get() && !needed.get());
    view! {
        <main class="gate">
            {move || {
                if refused.get() == Some(ErrorCode::UnknownWorkspace) {
                    return EitherOf3::A(unknown_workspace());
                }
                if sets_up.get() {
                    EitherOf3::B(view! { <SetUpForm doors=doors.clone() token=token.clone().unwrap_or_default() is_invited sets_up enter /> })
                } else {
                    EitherOf3::C(view! { <SignInForm doors=doors.clone() was_signed_in no_agent refused enter /> })
                }
            }}
            // Another language starts the page anew, which would lose a link that opens once.
            {(!has_token).then(|| view! { <LanguageChoice /> })}
        </main>
    }
}

#[component]
fn SetUpForm(
    doors: Doors,
    token: String,
    #[prop(into)] is_invited: Signal<bool>,
    sets_up: RwSignal<bool>,
    enter: Callback<Me>,
) -> impl IntoView {
    let form = Form::new();
    let [name, password, again] = [(); 3].map(|()| NodeRef::<html::Input>::new());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let setup = Setup { token: token.clone(), name: value(name).trim().into(), password: value(password) };
        let doors = doors.clone();
        let check = forms::setup(&setup.name, &setup.password, &value(again));
        form.send(check, async move { doors.set_up(&setup).await }, enter);
    };
    view! {
        <form class="card" on:submit=on(submit) novalidate>
            <h1>{live(move || if is_invited.get() { t("join_title") } else { t("setup_title") })}</h1>
            <p class="text-quiet">{live(move || if is_invited.get() { t("join_intro") } else { t("setup_intro") })}</p>
            <Field id="name" label=t("name") hint=Some(t("name_hint")) kind="text" autocomplete="username" node=name />
            <Field id="password" label=t("password") hint=Some(t("password_hint")) kind="password" autocomplete="new-password" node=password />
            <Field id="again" label=t("password_again") hint=None kind="password" autocomplete="new-password" node=again />
            {form.complaint()}
            <button class="button-main" type="submit" disabled=form.busy>{live(move || if is_invited.get() { t("join_send") } else { t("setup_send") })}</button>
            {at_times(move || is_invited.get().then(|| view! {
                <button class="button-second" type="button" on:click=on(move |_| sets_up.set(false))>{t("sign_in_instead")}</button>
            }.into_any()))}
        </form>
    }
}

#[component]
fn SignInForm(
    doors: Doors,
    was_signed_in: bool,
    #[prop(into)] no_agent: Signal<bool>,
    /// Why the link that led here is of no use, if one did.
    #[prop(into)]
    refused: Signal<Option<ErrorCode>>,
    enter: Callback<Me>,
) -> impl IntoView {
    let form = Form::new();
    let [name, password] = [(); 2].map(|()| NodeRef::<html::Input>::new());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let sign_in = SignIn { name: value(name).trim().into(), password: value(password) };
        let doors = doors.clone();
        let check = forms::sign_in(&sign_in.name, &sign_in.password);
        form.send(check, async move { doors.sign_in(&sign_in).await }, enter);
    };
    let intro = live(move || match refused.get() {
        Some(code) => of_error(code),
        None if no_agent.get() => t("no_agent"),
        None if was_signed_in => t("signed_out"),
        None => t("sign_in_intro"),
    });
    view! {
        <form class="card" on:submit=on(submit) novalidate>
            <h1>{t("sign_in_title")}</h1>
            <p class="text-quiet">{intro}</p>
            <Field id="name" label=t("name") hint=None kind="text" autocomplete="username" node=name />
            <Field id="password" label=t("password") hint=None kind="password" autocomplete="current-password" node=password />
            {form.complaint()}
            <button class="button-main" type="submit" disabled=form.busy>{t("sign_in_send")}</button>
        </form>
    }
}

#[component]
fn Field(
    id: &'static str,
    label: &'static str,
    hint: Option<&'static str>,
    kind: &'static str,
    autocomplete: &'static str,
    node: NodeRef<html::Input>,
) -> impl IntoView {
    let hint_id = hint.map(|_| [id, "-hint"].concat());
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input id=id name=id type=kind autocomplete=autocomplete autocapitalize="none" spellcheck="false" required aria-describedby=hint_id.clone() node_ref=node />
            {hint.map(|hint| view! { <p class="text-hint" id=hint_id>{hint}</p> })}
        </div>
    }
}

/// What both forms do: complain, wait, go in.
#[derive(Clone, Copy)]
struct Form {
    complaint: RwSignal<Option<&'static str>>,
    busy: RwSignal<bool>,
}

impl Form {
    fn new() -> Self {
        Self { complaint: RwSignal::new(None), busy: RwSignal::new(false) }
    }

    fn send(
        self,
        check: Result<(), forms::Complaint>,
        request: impl Future<Output = Result<Me, Failure>> + 'static,
        enter: Callback<Me>,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.complaint.set(check.err().map(complaint_text));
        if check.is_err() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let answer = request.await;
            self.busy.set(false);
            match answer {
                Ok(me) => enter.run(me),
                Err(Failure::Offline) => self.complaint.set(Some(t("error_offline"))),
                Err(Failure::Refused(error)) => self.complaint.set(Some(of_error(error.code))),
            }
        });
    }

    fn complaint(self) -> impl IntoView {
        view! { <p class="field-complaint" role="alert">{live(move || self.complaint.get().unwrap_or_default())}</p> }
    }
}

fn complaint_text(complaint: forms::Complaint) -> &'static str {
    t(complaint)
}

fn value(node: NodeRef<html::Input>) -> String {
    node.get_untracked().map(|input| input.value()).unwrap_or_default()
}
