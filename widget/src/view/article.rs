//! An article over what lies under it.

use super::blocks::blocks;
use super::element::{El, el};
use super::{link, text_button};
use crate::io::focus;
use crate::model::reading::{Reading, Text};
use crate::panel::Panel;
use shared::ids::ArticleId;
use shared::protocol::Article;

/// Which text is shown. One article may lead to another, so a text is known by its slug.
#[derive(Clone, PartialEq)]
enum Shown {
    Loading,
    Failed,
    Ready(ArticleId),
}

/// What stands under the text.
#[derive(Clone, Copy, PartialEq)]
enum End {
    Thanks,
    Question,
}

/// The open article.
pub(super) fn article(panel: Panel) -> El {
    let title = move || with(panel, |reading| reading.article.title.clone()).unwrap_or_default();
    let text = move || {
        with(panel, |reading| match &reading.text {
            Text::Loading => Shown::Loading,
            Text::Failed => Shown::Failed,
            Text::Ready(article) => Shown::Ready(article.id.clone()),
        })
    };
    let end = move || {
        with(panel, |reading| match reading.helped {
            Some(true) => Some(End::Thanks),
            _ => reading.asks().then_some(End::Question),
        })
        .flatten()
    };
    el("section")
        .class("article")
        .attr("tabindex", "0")
        .attr("aria-labelledby", focus::ARTICLE)
        .child(el("h2").attr("id", focus::ARTICLE).attr("tabindex", "-1").live_text(title))
        .swap(text, move |shown| match shown {
            Shown::Loading => el("p").class("article-loading").live_text(panel.t("article_loading")),
            Shown::Failed => el("div")
                .class("article-problem")
                .attr("role", "alert")
                .child(el("p").live_text(panel.t("article_failed")))
                .child(text_button(panel, "choice", "retry", move || panel.reload_article())),
            Shown::Ready(_) => with(panel, |reading| match &reading.text {
                Text::Ready(article) => text_of(panel, article),
                Text::Loading | Text::Failed => el("div"),
            })
            .unwrap_or_else(|| el("div")),
        })
        .swap(end, move |end| match end {
            End::Thanks => el("p")
                .attr("id", focus::THANKS)
                .attr("tabindex", "-1")
                .class("article-thanks")
                .live_text(panel.t("helped_thanks")),
            End::Question => el("div")
                .class("question is-end")
                .child(el("p").live_text(panel.t("helped")))
                .child(text_button(panel, "choice", "helped_yes", move || panel.article_helped(true)))
                .child(text_button(panel, "choice", "helped_no", move || panel.article_helped(false))),
        })
}

fn with<R>(panel: Panel, read: impl FnOnce(&Reading) -> R) -> Option<R> {
    panel.reading.with(|reading| reading.as_ref().map(read))
}

fn text_of(panel: Panel, article: &Article) -> El {
    let text = blocks(panel, el("div").class("article-text"), &article.blocks);
    // The publisher is checked by the edge; an address is checked again where it is followed.
    if !shared::richtext::is_safe_url(&article.url) {
        return text;
    }
    text.child(el("p").class("article-elsewhere").child(link(&article.url).live_text(panel.t("article_open"))))
}
