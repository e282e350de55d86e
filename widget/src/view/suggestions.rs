//! The list above the composer: an answer, and the articles that may answer what is being typed.

use super::element::{El, Keyed, el, text_node};
use super::own_language;
use crate::panel::Panel;
use web_sys::Node;

/// The id of the list, for the composer to point to.
pub(super) const LIST: &str = "suggestions";

/// The id of one of them. The composer points to the active one.
pub(super) fn option_id(number: usize) -> &'static str {
    ["suggestion-1", "suggestion-2", "suggestion-3"].get(number).copied().unwrap_or_default()
}

/// The list. It is always there, for the composer points to it; without suggestions it is hidden.
pub fn suggestions(panel: Panel) -> El {
    let options = move || {
        panel.suggestions.with(|suggestions| {
            let option = |number| {
                let (is_answer, _) = suggestions.at(number)?;
                // A place stays as long as it shows the same kind: with each key most of what stands in it is the same.
                let key = [option_id(number), if is_answer { "!" } else { "" }].concat();
                Some(Keyed::new(key, move || option(panel, number, is_answer)))
            };
            (0..suggestions.count()).filter_map(option).collect()
        })
    };
    el("div")
        .attr("id", LIST)
        .class("suggestions")
        .attr("role", "listbox")
        .live_attr("aria-label", move || Some(panel.t("suggestions")()))
        .live_flag("hidden", move || panel.suggestions.with(|suggestions| suggestions.count() == 0))
        .list(options)
}

fn option(panel: Panel, number: usize, is_answer: bool) -> El {
    let selected = move || {
        let active = panel.suggestions.with(|suggestions| suggestions.active() == Some(number));
        Some(String::from(if active { "true" } else { "false" }))
    };
    let line = |class: &str, is_title| marked(el("span").class(class).attr("dir", "auto"), panel, number, is_title);
    let option = el("div")
        .attr("id", option_id(number))
        .attr("role", "option")
        .live_attr("aria-selected", selected)
        // The keyboard stays in the text while the pointer chooses.
        .on("mousedown", |event| event.prevent_default())
        .on("click", move |_| panel.pick(number));
    if is_answer {
        option
            .class("suggestions-option is-answer")
            .attr("lang", &panel.locale_of_answers())
            .child(own_language(panel, el("span")).class("suggestions-kind").live_text(panel.t("answer")))
            .child(line("suggestions-answer", false))
    } else {
        option
            .class("suggestions-option")
            .live_attr("lang", move || Some(panel.locale.get()))
            .child(line("suggestions-name", true))
            .child(line("suggestions-snippet", false))
    }
}

/// A line that follows the title or the snippet of the suggestion with this number. Plain and marked texts take turns, so each node stays, and
/// only a text that is another one is written and laid out anew.
fn marked(mut line: El, panel: Panel, number: usize, is_title: bool) -> El {
    let parent = line.element().clone();
    let mut shown: Vec<(String, Node)> = Vec::new();
    line.follow(Box::new(move || {
        panel.suggestions.with(|suggestions| {
            // Nothing is there any more when the line is about to go.
            let Some((_, hit)) = suggestions.at(number) else { return };
            let (text, marks) =
                if is_title { (&hit.title, &hit.title_marks) } else { (&hit.snippet, &hit.snippet_marks) };
            let (mut done, count) = (0, 2 * marks.len() + 1);
            for at in 0..count {
                let end =
                    marks.get(at / 2).map_or(text.len(), |range| if at % 2 == 0 { range.start } else { range.end });
                let piece = text.get(done..end).unwrap_or_default();
                done = end;
                if at == shown.len() {
                    let node = if at % 2 == 0 { text_node() } else { el("mark").element().clone().into() };
                    let _ = parent.append_child(&node);
                    shown.push((String::new(), node));
                }
                if let Some((known, node)) = shown.get_mut(at)
                    && known != piece
                {
                    node.set_text_content(Some(piece));
                    *known = String::from(piece);
                }
            }
            while shown.len() > count {
                let _ = shown.pop().map(|(_, gone)| parent.remove_child(&gone));
            }
        });
    }));
    line
}
