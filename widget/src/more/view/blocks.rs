//! An article's blocks as elements. There is no HTML in them, and none is made: each name stands for one element that is written here.

use crate::io::json::Json;
use crate::io::{focus, page, size};
use crate::live::Live;
use crate::panel::Panel;
use crate::view::element::{El, el};
use crate::view::{button, link, own_language};
use shared::ids::ArticleId;
use shared::richtext::is_safe_url;

/// Blocks and spans that are an element with what is in them.
const ELEMENTS: [(&str, &str); 12] = [
    ("paragraph", "p"),
    ("quote", "blockquote"),
    ("terms", "dl"),
    ("named", "dt"),
    ("means", "dd"),
    ("strong", "strong"),
    ("emphasis", "em"),
    ("struck", "s"),
    ("code", "code"),
    ("key", "kbd"),
    ("raised", "sup"),
    ("lowered", "sub"),
];

/// Puts blocks or spans into an element, one after another.
pub(in crate::more) fn all(panel: Panel, into: El, what: &Json) -> El {
    if let Some(text) = what.text() {
        return into.text(&text);
    }
    what.items().fold(into, |into, one| match one.variant() {
        Some((name, value)) if name == "text" => into.text(&value.words()),
        Some((name, value)) => into.maybe(element(panel, &name, &value)),
        None => into,
    })
}

/// The headings of the first level of blocks that can be gone to, each with its place in the page.
pub(super) fn headings(blocks: &Json) -> Vec<(String, String)> {
    let heading = |block: Json| {
        let (name, value) = block.variant()?;
        let id = value.get("id").words();
        let is_one = name == "heading" && !id.is_empty() && value.get("level").count() <= 2;
        is_one.then(|| (id_of(&id), words_of(&value.get("text"))))
    };
    blocks.items().filter_map(heading).collect()
}

/// The words of spans without what marks them.
fn words_of(spans: &Json) -> String {
    spans.items().fold(String::new(), |words, span| match span.variant() {
        Some((name, value)) if name == "text" => words + &value.words(),
        Some((_, value)) if value.text().is_some() => words + &value.words(),
        Some((_, value)) => words + &words_of(&value),
        None => words,
    })
}

/// The element of a block or a span; none for one of a newer edge.
fn element(panel: Panel, name: &str, value: &Json) -> Option<El> {
    let at = |name: &str| value.get(name);
    let inside = |tag: &str, name: &str| all(panel, el(tag), &at(name));
    Some(match name {
        "code" if value.text().is_none() && at("text").text().is_some() => {
            code(panel, wide("pre").attr("dir", "ltr").text(&at("text").words()))
        }
        "heading" => {
            let tag = if at("level").count() > 2 { "h4" } else { "h3" };
            place(inside(tag, "text"), &at("id").words()).attr("dir", "auto")
        }
        "anchor" => place(el("span"), &value.words()),
        "list" => {
            let list = match at("ordered").is_true() {
                true => el("ol").attr("start", &at("start").count().max(1).to_string()),
                false => el("ul"),
            };
            at("items").items().fold(list, |list, item| list.child(all(panel, el("li"), &item)))
        }
        "callout" => {
            let kind = at("kind").words();
            let word = match kind.as_str() {
                "warning" => "callout_warning",
                "tip" => "callout_tip",
                _ => "callout_note",
            };
            let callout = el("aside").attr("role", "note").class(&["article-callout is-", &kind].concat());
            let callout = callout.child(own_language(panel, el("p")).class("article-kind").live_text(panel.t(word)));
            let title = inside("strong", "title");
            let said = title.element().text_content().unwrap_or_default();
            // Some writers give it the same word for a title.
            let callout = match said.is_empty() || said.eq_ignore_ascii_case(&panel.word(word)) {
                true => callout,
                false => callout.child(el("p").attr("dir", "auto").child(title)),
            };
            all(panel, callout, &at("blocks"))
        }
        "details" => all(panel, el("details").child(inside("summary", "summary")), &at("blocks")),
        "table" => {
            let rows = value.items().map(|row| {
                let cells = row.items().map(|cell| {
                    let tag = if cell.get("head").is_true() { "th" } else { "td" };
                    let span = |name: &str| (cell.get(name).count() + 1).to_string();
                    let one = el(tag).class(&["is-", &cell.get("align").words()].concat());
                    let one = one.attr("colspan", &span("more_columns")).attr("rowspan", &span("more_rows"));
                    all(panel, one, &cell.get("blocks"))
                });
                el("tr").children(cells.collect::<Vec<_>>())
            });
            wide("div").child(el("table").children(rows))
        }
        "figure" => all(panel, el("figure"), &at("blocks")).child(inside("figcaption", "caption")),
        "rule" => el("hr"),
        "break" => el("br"),
        "task" => {
            let tick = el("input").attr("type", "checkbox").attr("disabled", "");
            if value.is_true() { tick.attr("checked", "") } else { tick }
        }
        "link" => {
            let url = at("url").words();
            all(panel, if is_safe_url(&url) { link(&url) } else { el("span") }, &at("text"))
        }
        "article" => match ArticleId::parse(&at("id").words()) {
            Ok(id) => {
                let heading = id_of(&at("at").words());
                let open = move || panel.open_article_at(id.clone(), heading.clone());
                all(panel, button("link", open), &at("text"))
            }
            Err(_) => inside("span", "text"),
        },
        "jump" => {
            let id = id_of(&at("to").words());
            all(panel, button("link", move || focus::now(&id)), &at("text"))
        }
        "picture" => picture(value),
        _ => {
            let (_, tag) = ELEMENTS.iter().find(|(known, _)| *known == name)?;
            // A box is named by what stands beside it.
            let is_task = |one: Json| one.variant().is_some_and(|(name, _)| name == "task");
            let tag = if name == "paragraph" && value.items().any(is_task) { "label" } else { tag };
            let one = if matches!(name, "paragraph" | "named") { el(tag).attr("dir", "auto") } else { el(tag) };
            all(panel, one, value)
        }
    })
}

/// Code that can be copied.
fn code(panel: Panel, text: El) -> El {
    let pre = text.element().clone();
    let is_copied = std::rc::Rc::new(Live::new(false));
    let says = is_copied.clone();
    let copy = own_language(
        panel,
        button("article-copy", move || {
            let is_done = page::copy(&pre);
            is_copied.set(is_done);
            if is_done {
                panel.speak("copied");
            }
        }),
    )
    .live_text(move || panel.t(if says.get() { "copied" } else { "copy" })());
    el("div").class("article-code").child(text).child(copy)
}

/// The picture comes from the edge and takes its room before it is there.
fn picture(value: &Json) -> El {
    let picture = el("img").attr("loading", "lazy").attr("alt", &value.get("alt").words());
    let sides = value.get("size").items().zip(["width", "height"]);
    let picture = sides.fold(picture, |picture, (side, name)| picture.attr(name, &side.count().to_string()));
    picture.attr("src", &value.get("src").words())
}

/// Something that may be wider than the panel. While it is, the keyboard must reach it, to scroll it.
fn wide(tag: &str) -> El {
    let wide = el(tag).class("article-wide");
    let element = wide.element().clone();
    size::follow(wide.element(), move || {
        for (name, value) in [("tabindex", "0"), ("role", "group"), ("aria-labelledby", focus::ARTICLE)] {
            let _ = match element.scroll_width() > element.client_width() {
                true => element.set_attribute(name, value),
                false => element.remove_attribute(name),
            };
        }
    });
    wide
}

/// A place to which the keyboard can go.
fn place(element: El, id: &str) -> El {
    if id.is_empty() { element } else { element.attr("id", &id_of(id)).attr("tabindex", "-1") }
}

/// The id of a place in the page, where it is like none of the panel's own; nothing for the beginning.
fn id_of(place: &str) -> String {
    if place.is_empty() { String::new() } else { ["at-", place].concat() }
}
