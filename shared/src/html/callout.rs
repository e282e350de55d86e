//! Callouts, by the names that help centres and their tools give them.

use super::attributes::Attributes;
use crate::richtext::CalloutKind;

/// Names of elements around a callout. With one of them, words that mean many things mean a callout.
const AROUND: [&str; 11] = [
    "callout",
    "callouts",
    "admonition",
    "admonitionblock",
    "alert",
    "panel",
    "macro",
    "hint",
    "infobox",
    "notice",
    "box",
];

/// The kind of a callout, by one word; none if it is none of them.
pub(crate) fn kind(word: &str) -> Option<CalloutKind> {
    Some(match word {
        "note" | "info" | "information" | "important" | "notice" | "abstract" | "question" | "seealso" => {
            CalloutKind::Note
        }
        "tip" | "hint" | "success" | "check" | "example" => CalloutKind::Tip,
        "warning" | "warn" | "caution" | "danger" | "error" | "attention" | "critical" | "failure" | "bug" => {
            CalloutKind::Warning
        }
        _ => return None,
    })
}

/// The kind of callout that an element is, by its classes.
pub(super) fn of(name: &str, attributes: &Attributes) -> Option<CalloutKind> {
    if !matches!(name, "div" | "aside" | "section" | "blockquote" | "p") {
        return None;
    }
    let words: Vec<String> =
        attributes.classes().flat_map(|class| class.split(['-', '_']).map(String::from).collect::<Vec<_>>()).collect();
    let whole: Vec<String> = attributes.classes().collect();
    let is_around = words.iter().any(|word| AROUND.contains(&word.as_str()));
    let plain = ["note", "tip", "warning", "caution"];
    let said = if is_around {
        words.iter().filter_map(|word| kind(word)).max()
    } else {
        whole.iter().filter(|class| plain.contains(&class.as_str())).filter_map(|class| kind(class)).max()
    };
    // A callout of no kind that is known is still one.
    said.or_else(|| {
        let is_callout = words.iter().any(|word| ["callout", "callouts", "admonition"].contains(&word.as_str()));
        is_callout.then_some(CalloutKind::Note)
    })
}

/// Whether an element is the heading of the callout that it begins.
pub(super) fn is_title(attributes: &Attributes, is_heading: bool) -> bool {
    let is_named = attributes
        .classes()
        .any(|class| class.split(['-', '_']).any(|word| matches!(word, "title" | "heading" | "header")));
    is_heading || is_named
}
