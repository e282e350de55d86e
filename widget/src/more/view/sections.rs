//! All articles by their sections.

use crate::io::focus;
use crate::panel::Panel;
use crate::view::element::{El, Keyed, el};
use crate::view::{button, text_button};
use shared::protocol::{ArticleRef, Section};

/// The sections. All are open where there are few.
pub(in crate::more) fn sections(panel: Panel) -> El {
    let all = move || {
        panel.sections.with(|sections| {
            let few = sections.len() <= FEW;
            let one = |section: &Section| {
                let section = section.clone();
                Keyed::new([&panel.locale.now(), "/", &section.name].concat(), move || one(panel, &section, few))
            };
            sections.iter().map(one).collect()
        })
    };
    el("section")
        .class("home sections")
        .attr("aria-labelledby", focus::SECTIONS)
        .attr("tabindex", "0")
        .child(el("h2").attr("id", focus::SECTIONS).attr("tabindex", "-1").live_text(panel.t("browse")))
        .swap(
            move || panel.no_sections.get().then_some(()),
            move |()| {
                el("div").attr("role", "alert").child(el("p").live_text(panel.t("boot_failed"))).child(text_button(
                    panel,
                    "choice",
                    "retry",
                    move || panel.show_sections(),
                ))
            },
        )
        .list(all)
}

/// Up to this number of sections, all are open.
const FEW: usize = 2;

fn one(panel: Panel, section: &Section, is_open: bool) -> El {
    let count = el("span").class("quiet").text(&section.articles.len().to_string());
    let titled = || el("span").attr("dir", "auto").live_attr("lang", move || Some(panel.locale.get()));
    let name = match section.name.is_empty() {
        true => el("span").attr("dir", "auto").live_text(panel.t("section_rest")),
        false => titled().text(&section.name),
    };
    let row = |article: &ArticleRef| {
        let opened = article.clone();
        let open = button("home-row", move || panel.open_article(opened.clone()));
        el("li").child(open.child(titled().text(&article.title)))
    };
    let details = el("details").class("sections-one");
    let details = if is_open { details.attr("open", "") } else { details };
    details
        .child(el("summary").child(name).child(count))
        .child(el("ul").class("home-list sections-list").children(section.articles.iter().map(row)))
}
