//! Whose the open conversation is and where it lies, in one line under its title.

use super::icon::{self, icon};
use crate::desk::{self, Chrome, Desk, PLACING_BUTTON, Session, Team, at_desk};
use crate::io::times;
use crate::lean::{at_times, live, memo, on};
use crate::model::keys::Action;
use crate::model::placing::priority_key;
use crate::words::{self, t};
use leptos::prelude::*;
use shared::ids::AgentId;
use shared::protocol::{Priority, Status};

#[component]
pub(super) fn Placing() -> impl IntoView {
    let (desk, placing) = (at_desk::<Desk>(), at_desk::<desk::Placing>());
    let (session, chrome, team) = (at_desk::<Session>(), at_desk::<Chrome>(), at_desk::<Team>());
    let place = memo(move || placing.placement());
    let can_place = memo(move || placing.can_be_placed());
    let can_snooze = memo(move || placing.can_be_snoozed());
    let until = memo(move || placing.snoozed_until());
    let is_mine = memo(move || {
        let is_me = |id: &AgentId| session.is_me(id);
        place.with(|place| place.as_ref().is_some_and(|place| place.assignee.as_ref().is_some_and(is_me)))
    });
    let whose = live(move || match (place.get(), placing.status()) {
        (Some(place), _) => place.assignee.map_or_else(|| String::from(t("nobodys")), |id| team.name_of_agent(&id)),
        (None, Some(Status::Automatic)) => String::from(t("assistant")),
        (None, _) => String::from(t("nobodys")),
    });
    let list = live(move || {
        place.get().map(|place| [" · ", &team.name_of_destination(&place.to)].concat()).unwrap_or_default()
    });
    let priority = at_times(move || {
        let priority = place.get().map(|place| place.priority).filter(|priority| *priority != Priority::Normal);
        priority.map(|priority| {
            let class = if priority == Priority::Low { "placing-priority is-low" } else { "placing-priority" };
            view! { <span class=class><span class="unseen">{t("priority")}" "</span>{t(priority_key(priority))}</span> }
                .into_any()
        })
    });
    let snoozed = at_times(move || {
        until.get().map(|until| {
            let text = words::with("snoozed_until", &times::moment(until, chrome.now.get()));
            view! {
                <span class="placing-aside">{text}</span>
                <button type="button" class="button-second" on:click=on(move |_| desk.run(Action::Wake))>{t("wake")}</button>
            }
            .into_any()
        })
    });
    view! {
        <div class="placing" role="group" aria-label=t("placing")>
            <button type="button" class="button-second placing-whose" id=PLACING_BUTTON aria-haspopup="dialog" aria-keyshortcuts="a" title=t("do_assign")
                disabled=live(move || !can_place.get()) on:click=on(move |_| desk.run(Action::Assign))>
                {icon(icon::HAND)}
                <span class="placing-names"><span class="unseen">{t("assigned_to")}" "</span>{whose}{list}</span>
                <kbd aria-hidden="true">"a"</kbd>
            </button>
            {priority}
            <span class="placing-gap"></span>
            {snoozed}
            {at_times(move || (can_place.get() && !is_mine.get()).then(|| view! {
                <button type="button" class="button-second" aria-keyshortcuts="t" on:click=on(move |_| desk.run(Action::Take))>
                    {t("take")}<kbd aria-hidden="true">"t"</kbd>
                </button>
            }.into_any()))}
            {at_times(move || (can_snooze.get() && until.get().is_none()).then(|| view! {
                <button type="button" class="button-second" aria-haspopup="dialog" aria-keyshortcuts="s" on:click=on(move |_| desk.run(Action::Snooze))>
                    {t("snooze")}<kbd aria-hidden="true">"s"</kbd>
                </button>
            }.into_any()))}
        </div>
    }
}
