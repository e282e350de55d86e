//! The list above the composer: an answer, and the articles that may answer what is being typed.

use super::element::{El, Keyed, el};
use super::own_language;
use crate::panel::Panel;
use shared::matching::Hit;
use std::ops::Range;

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
                let (is_answer, hit) = suggestions.at(number)?;
                Some(Keyed::new(key(number, is_answer, hit), move || option(panel, number)))
            };
            (0..suggestions.count()).filter_map(option).collect()
        })
    };
    el("div")
        .attr("id", LIST)
        .class("suggestions")
        .attr("role", "listbox")
        .live_attr("aria-label", move || {
            let word = if is_often(panel) { "often" } else { "suggestions" };
            Some(panel.t(word)())
        })
        .live_flag("hidden", move || panel.suggestions.with(|suggestions| suggestions.count() == 0))
        .list(options)
}

/// Says for those who see it that what is listed is what is asked most. The list has the same for its name.
pub(super) fn often(panel: Panel) -> El {
    el("div").attr("aria-hidden", "true").swap(
        move || is_often(panel).then_some(()),
        move |()| el("p").class("suggestions-often").live_text(panel.t("often")),
    )
}

fn is_often(panel: Panel) -> bool {
    panel.suggestions.with(|suggestions| suggestions.is_often())
}

/// All that an option shows: its place, its article or answer, and what of it is marked.
fn key(number: usize, is_answer: bool, hit: &Hit) -> String {
    let mut key = [option_id(number), if is_answer { "!" } else { "" }, &hit.id, "/", &hit.snippet].concat();
    for range in hit.title_marks.iter().chain(&hit.snippet_marks) {
        key.extend([range.start, range.end].map(|at| char::from_u32(at as u32 + 1).unwrap_or_default()));
    }
    key
}

fn option(panel: Panel, number: usize) -> El {
    let selected = move || {
        let active = panel.suggestions.with(|suggestions| suggestions.active() == Some(number));
        Some(String::from(if active { "true" } else { "false" }))
    };
    let option = el("div")
        .attr("id", option_id(number))
        .attr("role", "option")
        .live_attr("aria-selected", selected)
        // The keyboard stays in the text while the pointer chooses.
        .on("mousedown", |event| event.prevent_default())
        .on("click", move |_| panel.pick(number));
    panel.suggestions.peek(|suggestions| match suggestions.at(number) {
        Some((true, hit)) => option
            .class("suggestions-option is-answer")
            .attr("lang", &panel.locale_of_answers())
            .child(own_language(panel, el("span")).class("suggestions-kind").live_text(panel.t("answer")))
            .child(marked(line("suggestions-answer"), &hit.snippet, &hit.snippet_marks)),
        Some((false, hit)) => option
            .class("suggestions-option")
            .live_attr("lang", move || Some(panel.locale.get()))
            .child(marked(line("suggestions-name"), &hit.title, &hit.title_marks))
            .child(marked(line("suggestions-snippet"), &hit.snippet, &hit.snippet_marks)),
        None => option,
    })
}

fn line(class: &str) -> El {
    el("span").class(class).attr("dir", "auto")
}

/// A text with its matched words marked.
fn marked(line: El, text: &str, marks: &[Range<usize>]) -> El {
    let mut done = 0;
    let mut line = line;
    for range in marks {
        let (Some(before), Some(word)) = (text.get(done..range.start), text.get(range.clone())) else { continue };
        line = line.text(before).child(el("mark").text(word));
        done = range.end;
    }
    line.text(text.get(done..).unwrap_or(""))
}
