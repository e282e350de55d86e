//! How the last days went, beside the days before them.

use crate::desk::{self, Articles, Conversations, PAGE_TITLE, Team, at_desk};
use crate::lean::{live, memo, on, part};
use crate::model::fetched::Fetched;
use crate::model::place::{Days, Page};
use crate::model::report::{self, Figure, Names, Row, Table, Warning};
use crate::words::{self, t};
use leptos::either::Either;
use leptos::prelude::*;
use shared::protocol::Report;

#[component]
pub(super) fn Reports() -> impl IntoView {
    let (conversations, reports) = (at_desk::<Conversations>(), at_desk::<desk::Reports>());
    let (articles, team) = (at_desk::<Articles>(), at_desk::<Team>());
    let days = memo(move || match conversations.place.with(|place| place.page) {
        Page::Reports(days) => days,
        Page::Conversations | Page::People => Days::default(),
    });
    Effect::new(move |_| reports.fetch(days.get()));
    articles.fetch(String::from(words::tag()));
    let content = part(move || {
        reports.report.with(|report| match report {
            Fetched::Asked => view! { <p class="text-quiet appears-late" role="status">{t("loading")}</p> }.into_any(),
            Fetched::Failed => failed(reports, days).into_any(),
            Fetched::Absent => view! { <p role="status">{t("people_absent")}</p> }.into_any(),
            Fetched::Here(report) => told(team, articles, report).into_any(),
        })
    });
    view! {
        <section class="page" aria-labelledby=PAGE_TITLE>
            <div class="pane-head">
                <h2 id=PAGE_TITLE tabindex="-1">{t("reports")}</h2>
                <ul class="reports-days" aria-label=t("report_days")>{Days::CHOICES.map(|choice| view! { <Choice choice days /> }).collect_view()}</ul>
            </div>
            <div class="page-sheet">{content}</div>
        </section>
    }
}

#[component]
fn Choice(choice: Days, days: Memo<Days>) -> impl IntoView {
    let text = words::count("report_last", choice.get().into());
    let is_here = live(move || (days.get() == choice).then_some("true"));
    view! { <li><a href=Page::Reports(choice).hash() aria-current=is_here>{text}</a></li> }
}

fn failed(reports: desk::Reports, days: Memo<Days>) -> impl IntoView {
    let again = on(move |_| reports.fetch(days.get_untracked()));
    view! {
        <p role="alert">{t("report_failed")}</p>
        <p><button type="button" class="button-second" on:click=again>{t("retry")}</button></p>
    }
}

fn told(team: Team, articles: Articles, report: &Report) -> impl IntoView + use<> {
    if report::is_empty(report) {
        let (title, text) = (t("report_empty_title"), t("report_empty"));
        return Either::Left(view! { <div class="empty"><p class="empty-lead">{title}</p><p>{text}</p></div> });
    }
    let titles: Vec<_> = articles.by_locale.with(|articles| articles.values().flatten().cloned().collect());
    let tables = team.roster.with(|roster| report::tables(report, &Names { roster, titles: &titles }));
    Either::Right(view! {
        <p class="text-quiet">{words::count("report_beside", report.days.into())}</p>
        {warnings(report::warnings(report))}
        {tables.into_iter().map(drawn).collect_view()}
    })
}

fn warnings(warnings: Vec<Warning>) -> impl IntoView {
    let line = |warning: Warning| {
        let numbers = [
            words::with("warning_numbers", &warning.now.text()),
            words::with("warning_before", &warning.before.text()),
        ];
        view! { <li><b>{warning.sentence}</b>" "<span>{numbers.join("; ")}</span></li> }
    };
    (!warnings.is_empty()).then(|| {
        view! {
            <section class="reports-warnings" aria-labelledby="warnings-title">
                <h3 id="warnings-title">{t("report_warnings")}</h3>
                <ul>{warnings.into_iter().map(line).collect_view()}</ul>
            </section>
        }
    })
}

fn drawn(table: Table) -> impl IntoView {
    if table.rows.is_empty() {
        return Either::Left(view! { <h3>{table.title}</h3><p class="text-quiet">{table.empty}</p> });
    }
    let head = table.columns.into_iter().map(|column| view! { <th scope="col">{column}</th> }).collect_view();
    let row = |row: Row| {
        view! {
            <tr class:is-part=row.is_part><th scope="row">{row.name}</th>{row.figures.into_iter().map(figure).collect_view()}</tr>
        }
    };
    let rows = table.rows.into_iter().map(row).collect_view();
    Either::Right(view! {
        <h3>{table.title}</h3>
        <div class="page-table" role="region" aria-label=table.title tabindex="0">
            <table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    })
}

fn figure(figure: Figure) -> impl IntoView {
    let verdict = figure.verdict();
    // The length is a number of our own making, set as a property: the page allows no style that a text could carry.
    let bar = figure.share.map(|share| {
        let length = [&(share / 10).to_string(), "%"].concat();
        view! { <span class="reports-bar" aria-hidden="true"><i style:width=length></i></span> }
    });
    let (class, behind) = (figure.met.map(|met| if met { "is-met" } else { "is-missed" }), figure.behind);
    view! {
        <td>
            <span class="reports-main">{figure.main}</span>
            {(!behind.is_empty()).then(|| view! { ", "<span class="text-quiet">{behind}</span> })}
            {class.map(|class| view! { ", "<b class=class>{verdict}</b> })}
            {bar}
        </td>
    }
}
