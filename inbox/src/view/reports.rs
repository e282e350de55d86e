//! How the last days went, beside the days before them.

use crate::desk::{PAGE_TITLE, desk};
use crate::model::fetched::Fetched;
use crate::model::place::{Days, Page};
use crate::words::{self, t};
use leptos::prelude::*;
use shared::protocol::Report;

#[component]
pub(super) fn Reports() -> impl IntoView {
    let desk = desk();
    let days = Memo::new(move |_| match desk.place.with(|place| place.page) {
        Page::Reports(days) => days,
        Page::Conversations | Page::People => Days::default(),
    });
    Effect::new(move |_| desk.fetch_report(days.get()));
    let content = move || {
        match desk.report.get() {
        Fetched::Asked => view! { <p class="quiet late" role="status">{t("loading")}</p> }.into_any(),
        Fetched::Failed => view! {
            <p role="alert">{t("report_failed")}</p>
            <p><button type="button" class="second" on:click=move |_| desk.fetch_report(days.get_untracked())>{t("retry")}</button></p>
        }
        .into_any(),
        Fetched::Absent => view! { <p role="status">{t("people_absent")}</p> }.into_any(),
        Fetched::Here(report) => told(&report).into_any(),
    }
    };
    view! {
        <section class="page" aria-labelledby=PAGE_TITLE>
            <div class="head">
                <h2 id=PAGE_TITLE tabindex="-1">{t("reports")}</h2>
                <ul class="days" aria-label=t("report_days")>{Days::CHOICES.map(|choice| view! { <Choice choice days /> }).collect_view()}</ul>
            </div>
            <div class="sheet">{content}</div>
        </section>
    }
}

#[component]
fn Choice(choice: Days, days: Memo<Days>) -> impl IntoView {
    let text = words::with("report_last", &choice.get().to_string());
    let is_here = move || (days.get() == choice).then_some("true");
    view! { <li><a href=Page::Reports(choice).hash() aria-current=is_here>{text}</a></li> }
}

fn told(report: &Report) -> impl IntoView + use<> {
    view! { <p class="quiet">{words::with("report_beside", &report.days.to_string())}</p> }
}
