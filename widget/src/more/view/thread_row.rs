//! One row of a thread.

use crate::model::rows::{Kind, Who};
use crate::panel::Panel;
use crate::view::element::{El, el};
use crate::view::face::face;
use crate::view::{button, link, text_button, unseen};
use shared::client::{Piece, pieces};
use shared::ids::EventId;
use shared::protocol::{ArticleRef, Millis, Survey};

/// One row.
pub(in crate::more) fn row(panel: Panel, kind: Kind) -> El {
    match kind {
        Kind::New => el("div").class("thread-new").child(el("span").live_text(panel.t("new_messages"))),
        Kind::Speaker(who, since) => speaker(panel, who, since),
        Kind::Day(at) => el("p").class("thread-day").live_text(move || panel.day(at)),
        Kind::Joined(name) => {
            el("p").class("thread-notice").live_text(move || panel.words.with(|words| words.filled("joined", &name)))
        }
        Kind::Looking => el("p").class("thread-typing is-looking").live_text(panel.t("looking")),
        Kind::Bubble { mine, text, goes_on } => linked(bubble(mine, goes_on), &text),
        Kind::Words { mine, word } => bubble(mine, false).live_text(panel.t(word)),
        Kind::Articles(articles) => el("div")
            .class("thread-articles")
            .children(articles.into_iter().map(|article| article_button(panel, article))),
        Kind::Question(about) => {
            let same = about.clone();
            el("div")
                .class("question")
                .attr("role", "group")
                .live_attr("aria-label", move || Some(panel.t("helped")()))
                .child(el("p").live_text(panel.t("helped")))
                .child(text_button(panel, "choice", "helped_yes", move || panel.answer(about.clone(), true)))
                .child(text_button(panel, "choice", "helped_no", move || panel.answer(same.clone(), false)))
        }
        Kind::Person => {
            el("div").class("question").child(text_button(panel, "choice", "person", move || panel.ask_person()))
        }
        Kind::Survey(survey) => survey_row(panel, survey),
        Kind::Address => super::address::form(panel),
        Kind::AddressKept(address) => el("p")
            .class("thread-notice")
            .live_text(move || panel.words.with(|words| words.filled("address_kept", &address))),
        Kind::Notice(word) => el("p").class("thread-notice").live_text(panel.t(word)),
        Kind::State(word, at) => {
            el("p").class("thread-state").live_text(panel.t(word)).text(" · ").live_text(move || panel.written(at))
        }
        Kind::Failed { id, reason } => failed(panel, id, reason),
    }
}

/// Five faces, of which the last one pressed counts. They stay, so that the keyboard stays where it is.
fn survey_row(panel: Panel, survey: Survey) -> El {
    let (word, names) = match survey {
        Survey::Effort => ("survey_effort", ["effort_1", "effort_2", "effort_3", "effort_4", "effort_5"]),
        Survey::Satisfaction => (
            "survey_satisfaction",
            ["satisfaction_1", "satisfaction_2", "satisfaction_3", "satisfaction_4", "satisfaction_5"],
        ),
    };
    let score = move |(score, name): (u8, &'static str)| {
        let pressed = move || Some(String::from(if panel.rated(survey) == Some(score) { "true" } else { "false" }));
        button(&["survey-score is-", &score.to_string()].concat(), move || panel.rate(survey, score))
            .live_attr("aria-pressed", pressed)
            .child(el("span").live_text(panel.t(name)))
    };
    let thanks = move || panel.rated(survey).map(drop);
    el("div")
        .class("survey")
        .attr("role", "group")
        .live_attr("aria-label", move || Some(panel.t(word)()))
        .child(el("p").live_text(panel.t(word)))
        .child(el("div").class("survey-scores").children((1..).zip(names).map(score)))
        .swap(thanks, move |()| {
            el("p").class("survey-thanks").attr("role", "status").live_text(panel.t("survey_thanks"))
        })
}

fn failed(panel: Panel, id: EventId, reason: Option<&'static str>) -> El {
    let same = id.clone();
    let why = el("p").live_text(panel.t("state_failed")).text(" ");
    let why = match reason {
        Some(word) => why.live_text(panel.t(word)),
        None => why,
    };
    el("div")
        .class("thread-failed")
        .child(why)
        .child(text_button(panel, "link", "retry", move || panel.try_again(&id)))
        .child(text_button(panel, "link", "take_back", move || panel.take_back(&same)))
}

fn speaker(panel: Panel, who: Who, since: Millis) -> El {
    let by = el("p");
    let by = match who {
        Who::You => by.class("thread-by is-mine").child(unseen(panel, "you")),
        Who::Assistant => by
            .class("thread-by")
            .child(el("span").class("face is-assistant").attr("aria-hidden", "true"))
            .child(el("span").class("thread-who").live_text(panel.t("assistant")))
            .child(el("span").class("thread-badge").live_text(panel.t("automatic"))),
        Who::Agent(name) => by
            .class("thread-by")
            .child(face(&name, None))
            .child(el("span").class("thread-who").attr("dir", "auto").text(&name)),
    };
    by.child(el("span").class("thread-when").live_text(move || panel.hour(since)))
}

fn bubble(mine: bool, goes_on: bool) -> El {
    let class = match (mine, goes_on) {
        (true, true) => "thread-bubble is-mine is-next",
        (true, false) => "thread-bubble is-mine",
        (false, true) => "thread-bubble is-next",
        (false, false) => "thread-bubble",
    };
    el("div").class(class).attr("dir", "auto")
}

fn linked(bubble: El, text: &str) -> El {
    pieces(text).into_iter().fold(bubble, |bubble, piece| match piece {
        Piece::Text(text) => bubble.text(text),
        Piece::Link(address) => bubble.child(link(address).attr("dir", "ltr").text(address)),
    })
}

fn article_button(panel: Panel, article: ArticleRef) -> El {
    let title = article.title.clone();
    button("article-link", move || panel.open_article(article.clone()))
        .child(el("span").attr("dir", "auto").text(&title))
}
