//! An article over what lies under it.

use super::blocks::blocks;
use super::element::{El, el};
use super::{link, text_button};
use crate::io::focus;
use crate::model::reading::{Reading, Text};
use crate::panel::Panel;
use shared::protocol::Article;

/// The open article.
pub(super) fn article(panel: Panel) -> El {
    let title = move || with(panel, |reading| reading.article.title.clone()).unwrap_or_default();
    // One article may lead to another: a text is known by its slug.
    let text = move || {
        let key = with(panel, |reading| match &reading.text {
            Text::Loading => String::from("loading"),
            Text::Failed => String::from("failed"),
            Text::Ready(article) => ["ready/", article.id.as_str()].concat(),
        });
        key.unwrap_or_default()
    };
    let end = move || {
        let key = with(panel, |reading| match reading.helped {
            Some(true) => "thanks",
            _ if reading.asks() => "asks",
            _ => "",
        });
        String::from(key.unwrap_or_default())
    };
    el("section")
        .class("article")
        .attr("tabindex", "0")
        .attr("aria-labelledby", focus::ARTICLE)
        .child(el("h2").attr("id", focus::ARTICLE).attr("tabindex", "-1").live_text(title))
        .swap(text, move |key| match key {
            "loading" => el("p").class("loading").live_text(panel.t("article_loading")),
            "failed" => el("div")
                .class("problem")
                .attr("role", "alert")
                .child(el("p").live_text(panel.t("article_failed")))
                .child(text_button(panel, "choice", "retry", move || panel.reload_article())),
            _ => with(panel, |reading| match &reading.text {
                Text::Ready(article) => text_of(panel, article),
                Text::Loading | Text::Failed => el("div"),
            })
            .unwrap_or_else(|| el("div")),
        })
        .swap(end, move |key| match key {
            "thanks" => el("p")
                .attr("id", focus::THANKS)
                .attr("tabindex", "-1")
                .class("thanks")
                .live_text(panel.t("helped_thanks")),
            _ => el("div")
                .class("question end")
                .child(el("p").live_text(panel.t("helped")))
                .child(text_button(panel, "choice", "helped_yes", move || panel.article_helped(true)))
                .child(text_button(panel, "choice", "helped_no", move || panel.article_helped(false))),
        })
}

fn with<R>(panel: Panel, read: impl FnOnce(&Reading) -> R) -> Option<R> {
    panel.reading.with(|reading| reading.as_ref().map(read))
}

fn text_of(panel: Panel, article: &Article) -> El {
    let text = blocks(panel, el("div").class("text"), &article.blocks);
    // The publisher is checked by the edge; an address is checked again where it is followed.
    if !shared::richtext::is_safe_url(&article.url) {
        return text;
    }
    text.child(el("p").class("elsewhere").child(link(&article.url).live_text(panel.t("article_open"))))
}
