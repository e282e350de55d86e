//! Who is in the team, and inviting somebody into it.

use super::icon::{self, icon};
use super::rail::initial;
use crate::desk::{Chrome, Invite, PAGE_TITLE, Session, Team, at_desk};
use crate::io::times;
use crate::lean::{at_times, live, memo, on, part};
use crate::model::fetched::Fetched;
use crate::model::roster::members;
use crate::words::{self, t};
use leptos::prelude::*;
use shared::protocol::{Colleague, Roster};

#[component]
pub(super) fn People() -> impl IntoView {
    let team = at_desk::<Team>();
    team.refresh();
    let content = part(move || match team.roster_is.get() {
        Fetched::Asked => view! { <p class="text-quiet appears-late" role="status">{t("loading")}</p> }.into_any(),
        Fetched::Failed => view! { <p role="status">{t("people_failed")}</p> }.into_any(),
        Fetched::Absent => view! { <p role="status">{t("people_absent")}</p> }.into_any(),
        Fetched::Here(()) => team.roster.with(|roster| everybody(roster).into_any()),
    });
    view! {
        <section class="page" aria-labelledby=PAGE_TITLE>
            <div class="pane-head"><h2 id=PAGE_TITLE tabindex="-1">{t("people")}</h2></div>
            <div class="page-sheet">
                {content}
                {at_times(move || (team.roster_is.get() != Fetched::Absent).then(|| view! { <Invitation /> }.into_any()))}
            </div>
        </section>
    }
}

fn everybody(roster: &Roster) -> impl IntoView + use<> {
    let teams: Vec<_> = roster
        .teams
        .iter()
        .map(|team| {
            let names = members(roster, &team.members);
            let names = if names.is_empty() { String::from(t("people_nobody")) } else { names.join(", ") };
            let (name, id) = (team.name.clone(), String::from(team.id.as_str()));
            view! { <tr><th scope="row">{name}</th><td><code>{id}</code></td><td>{names}</td></tr> }
        })
        .collect();
    let no_teams = teams.is_empty().then(|| view! { <p class="text-quiet">{t("people_no_teams")}</p> });
    let has_teams = no_teams.is_none();
    view! {
        <h3>{t("people_agents")}</h3>
        <p class="text-quiet">{t("people_ids")}</p>
        <ul class="people-list">{roster.agents.iter().cloned().map(|colleague| view! { <Line colleague /> }).collect_view()}</ul>
        <h3>{t("people_teams")}</h3>
        {no_teams}
        {has_teams.then(|| view! {
            <div class="page-table" role="region" aria-label=t("people_teams") tabindex="0">
                <table>
                    <thead><tr><th scope="col">{t("people_team")}</th><th scope="col">{t("people_id")}</th><th scope="col">{t("people_members")}</th></tr></thead>
                    <tbody>{teams}</tbody>
                </table>
            </div>
        })}
    }
}

#[component]
fn Line(colleague: Colleague) -> impl IntoView {
    let (session, chrome) = (at_desk::<Session>(), at_desk::<Chrome>());
    let team = at_desk::<Team>();
    let is_me = session.is_me(&colleague.id);
    let id = String::from(colleague.id.as_str());
    let label = words::with("copy_id", &colleague.name);
    let copied = StoredValue::new(id.clone());
    view! {
        <li>
            <span class="face" class:is-present=colleague.present aria-hidden="true">{initial(&colleague.name)}</span>
            <span class="people-name">{colleague.name.clone()}{is_me.then(|| [" (", t("you"), ")"].concat())}</span>
            <span class="text-quiet">{words::busy(colleague.present, colleague.open)}</span>
            {is_me.then(|| view! {
                <button type="button" class="button-second" on:click=on(move |_| team.set_away(!colleague.away))>
                    {t(if colleague.away { "come_back" } else { "go_away" })}
                </button>
            })}
            <code>{id}</code>
            <button type="button" class="button-bare" aria-label=label.clone() title=label on:click=on(move |_| chrome.copy(copied.get_value()))>{copy_icon(copied)}</button>
        </li>
    }
}

#[component]
fn Invitation() -> impl IntoView {
    let team = at_desk::<Team>();
    let is_asked = live(move || team.invitation.with(|made| *made == Some(Fetched::Asked)));
    let made = part(move || match team.invitation.get() {
        None | Some(Fetched::Asked) => ().into_any(),
        Some(Fetched::Here(invite)) => link(invite).into_any(),
        Some(Fetched::Failed) => view! { <p class="field-complaint" role="alert">{t("invite_failed")}</p> }.into_any(),
        Some(Fetched::Absent) => view! { <p class="field-complaint" role="alert">{t("people_absent")}</p> }.into_any(),
    });
    view! {
        <h3>{t("invite_title")}</h3>
        <p class="text-quiet">{t("invite_intro")}</p>
        <p><button type="button" class="button-main" disabled=is_asked on:click=on(move |_| team.invite())>{t("invite")}</button></p>
        {made}
    }
}

/// The link as a field, so that an agent without the clipboard can select it.
fn link(invite: Invite) -> impl IntoView {
    let chrome = at_desk::<Chrome>();
    let copied = StoredValue::new(invite.link.clone());
    let select = |event: leptos::ev::FocusEvent| event_target::<web_sys::HtmlInputElement>(&event).select();
    let until = live(move || words::with("invite_until", &times::moment(invite.expires_at, chrome.now.get())));
    view! {
        <div class="field people-invite">
            <label for="invite-link">{t("invite_link")}</label>
            <div class="foot">
                <input id="invite-link" type="text" readonly prop:value=invite.link aria-describedby="invite-until" on:focus=select />
                <button type="button" class="button-second" on:click=on(move |_| chrome.copy(copied.get_value()))>{copy_icon(copied)}{t("copy")}</button>
            </div>
            <p class="text-hint" id="invite-until">{until}</p>
        </div>
    }
}

/// A check mark once this text was the last to be copied.
fn copy_icon(text: StoredValue<String>) -> impl IntoView {
    let chrome = at_desk::<Chrome>();
    let is_copied = memo(move || text.with_value(|text| chrome.copied.with(|copied| copied == text)));
    part(move || icon(if is_copied.get() { icon::CHECK } else { icon::COPY }).into_any())
}
