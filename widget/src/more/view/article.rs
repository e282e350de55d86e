//! An article or an answer over what lies under it.

use super::blocks;
use crate::io::focus;
use crate::model::article::Article;
use crate::model::piece::Piece;
use crate::model::reading::{Reading, Text};
use crate::panel::Panel;
use crate::view::element::{El, Keyed, el};
use crate::view::{button, link, own_language, text_button};

/// The open article.
pub(in crate::more) fn article(panel: Panel) -> El {
    let title = move || {
        let title = |reading: &Reading| match &reading.about {
            Piece::Article(article) => article.title.clone(),
            Piece::Answer(_) => panel.t("answer")(),
        };
        with(panel, title).unwrap_or_default()
    };
    // One article may lead to another: a text is known by its slug.
    let text = move || {
        let key = with(panel, |reading| match &reading.text {
            Text::Loading => String::from("loading"),
            Text::Failed => String::from("failed"),
            Text::Gone => String::from("gone"),
            Text::Ready(_) => ["ready/", reading.about.id()].concat(),
        });
        key.into_iter().map(|key| Keyed::new(key, move || shown(panel))).collect()
    };
    let end = move || {
        with(panel, |reading| match reading.helped {
            Some(true) => Some(true),
            _ => reading.asks().then_some(false),
        })
        .flatten()
    };
    // "Answer" is a word of the panel.
    let of_title =
        move || with(panel, |reading| matches!(reading.about, Piece::Answer(_)).then(|| panel.tongue.get())).flatten();
    el("section")
        .class("article")
        .live_attr("lang", move || locale(panel))
        .live_attr("dir", move || locale(panel).map(|locale| String::from(shared::locale::direction(&locale))))
        .attr("tabindex", "0")
        .attr("aria-labelledby", focus::ARTICLE)
        .child(
            el("h2")
                .attr("id", focus::ARTICLE)
                .attr("tabindex", "-1")
                .attr("dir", "auto")
                .live_attr("lang", of_title)
                .live_text(title),
        )
        .list(text)
        .swap(end, move |helped| match helped {
            true => own_language(panel, el("p"))
                .attr("id", focus::THANKS)
                .attr("tabindex", "-1")
                .class("article-thanks")
                .live_text(panel.t("helped_thanks")),
            false => own_language(panel, el("div"))
                .class("question is-end")
                .child(el("p").live_text(panel.t("helped")))
                .child(text_button(panel, "choice", "helped_yes", move || panel.article_helped(true)))
                .child(text_button(panel, "choice", "helped_no", move || panel.article_helped(false))),
        })
}

/// The language of the article, which may be another one than the panel's; none before it is known.
fn locale(panel: Panel) -> Option<String> {
    with(panel, |reading| match &reading.text {
        Text::Ready(article) => Some(article.locale.clone()),
        _ => None,
    })
    .flatten()
}

/// The text, or why there is none.
fn shown(panel: Panel) -> El {
    let ready = with(panel, |reading| match &reading.text {
        Text::Loading => el("p").class("article-loading").live_text(panel.t("article_loading")),
        Text::Failed => el("div")
            .class("article-problem")
            .attr("role", "alert")
            .child(el("p").live_text(panel.t("article_failed")))
            .child(text_button(panel, "choice", "retry", move || panel.reload_article())),
        Text::Gone => el("p").attr("role", "alert").live_text(panel.t("article_gone")),
        Text::Ready(article) => text_of(panel, article),
    });
    ready.unwrap_or_else(|| el("div"))
}

fn with<R>(panel: Panel, read: impl FnOnce(&Reading) -> R) -> Option<R> {
    panel.reading.with(|reading| reading.as_ref().map(read))
}

fn text_of(panel: Panel, article: &Article) -> El {
    let text = el("div").class("article-text").maybe(contents(panel));
    let text = blocks::all(panel, text, &panel.blocks.borrow()).maybe(related(panel));
    // The publisher is checked by the edge; an address is checked again where it is followed.
    if !shared::richtext::is_safe_url(&article.url) {
        return text;
    }
    text.child(
        own_language(panel, el("p"))
            .class("article-elsewhere")
            .child(link(&article.url).live_text(panel.t("article_open"))),
    )
}

/// With this number of headings an article is long, and they are listed above it.
const LONG: usize = 4;

/// The headings, to go to.
fn contents(panel: Panel) -> Option<El> {
    let headings = blocks::headings(&panel.blocks.borrow());
    if headings.len() < LONG {
        return None;
    }
    let rows = headings
        .into_iter()
        .map(|(id, text)| el("li").child(button("link", move || focus::now(&id)).attr("dir", "auto").text(&text)));
    let title = own_language(panel, el("p")).class("article-kind").live_text(panel.t("article_contents"));
    Some(
        el("nav")
            .class("article-contents")
            .attr("aria-labelledby", focus::ARTICLE)
            .child(title)
            .child(el("ul").children(rows)),
    )
}

/// What is like the article, found on the device by its title.
fn related(panel: Panel) -> Option<El> {
    let hits = panel.related();
    if hits.is_empty() {
        return None;
    }
    let rows = hits.into_iter().map(|article| {
        let title = article.title.clone();
        button("article-link", move || panel.open_article(article.clone()))
            .child(el("span").attr("dir", "auto").text(&title))
    });
    let title = own_language(panel, el("p")).class("article-kind").live_text(panel.t("article_related"));
    Some(el("div").class("article-related").child(title).children(rows))
}
