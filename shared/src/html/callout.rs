//! Callouts, by the names, colours and signs that help centres and their tools give them.

use super::attributes::Attributes;
use crate::richtext::{Block, Callout, CalloutKind, Cell, Span, plain_text, text_of};

/// Names of elements around a callout. With one of them, words that mean many things mean a callout.
const AROUND: [&str; 13] = [
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
    "notification",
    "message",
];
/// Ends of the names of parts of a callout, such as `callout__body`: in a callout they are none of their own.
const PARTS: [&str; 14] = [
    "text",
    "body",
    "content",
    "contents",
    "icon",
    "emoji",
    "inner",
    "wrapper",
    "container",
    "message",
    "description",
    "main",
    "copy",
    "title",
];

/// The callout that an element is.
pub(super) struct Found {
    /// How it is meant; none if its element does not say that.
    pub(super) kind: Option<CalloutKind>,
}

/// The kind of a callout, by one word; none if it is none of them.
pub(crate) fn kind(word: &str) -> Option<CalloutKind> {
    Some(match word {
        "note" | "info" | "information" | "important" | "notice" | "abstract" | "question" | "seealso" | "remember"
        | "remark" => CalloutKind::Note,
        "tip" | "hint" | "success" | "check" | "example" | "idea" | "fastpath" => CalloutKind::Tip,
        "warning" | "warn" | "caution" | "danger" | "error" | "attention" | "critical" | "failure" | "bug"
        | "restriction" => CalloutKind::Warning,
        _ => return None,
    })
}

/// The kind by one word after the mark of a callout in Markdown, where more words cannot mean anything else.
pub(crate) fn kind_of_mark(word: &str) -> Option<CalloutKind> {
    kind(word).or(match word {
        "summary" | "tldr" | "todo" | "faq" | "help" | "quote" | "cite" | "secondary" | "primary" | "callout"
        | "alert" | "admonition" | "panel" => Some(CalloutKind::Note),
        "done" | "new" => Some(CalloutKind::Tip),
        "fail" | "missing" => Some(CalloutKind::Warning),
        _ => None,
    })
}

/// The callout that an element is, by its classes; none if it is none, or a part of the one in which it stands.
pub(super) fn of(name: &str, attributes: &Attributes, is_inside: bool) -> Option<Found> {
    if !matches!(name, "div" | "aside" | "section" | "blockquote" | "p" | "figure") {
        return None;
    }
    let whole: Vec<String> = attributes.classes().collect();
    let words: Vec<&str> = whole.iter().flat_map(|class| class.split(['-', '_'])).collect();
    let is_part = |class: &String| class.rsplit(['-', '_']).next().is_some_and(|last| PARTS.contains(&last));
    if is_inside && whole.iter().any(is_part) {
        return None;
    }
    let is_callout = words.iter().any(|word| ["callout", "callouts", "admonition"].contains(word));
    let plain = ["note", "tip", "warning", "caution", "important"];
    let is_named =
        words.iter().any(|word| AROUND.contains(word)) || whole.iter().any(|class| plain.contains(&class.as_str()));
    let said = words.iter().filter(|_| is_named).filter_map(|word| kind(word)).max();
    let colour = || words.iter().find_map(|word| by_colour(word)).or_else(|| by_shade(attributes.get("style")?));
    match said {
        Some(kind) => Some(Found { kind: Some(kind) }),
        // A callout of no kind that is known is still one.
        None if is_callout => Some(Found { kind: colour() }),
        None => None,
    }
}

/// Whether an element is the heading of the callout that it begins.
pub(super) fn is_title(attributes: &Attributes, is_heading: bool) -> bool {
    let is_named = attributes
        .classes()
        .any(|class| class.split(['-', '_']).any(|word| matches!(word, "title" | "heading" | "header")));
    is_heading || is_named
}

/// A callout with all that is in it. A sign alone at its beginning says how it is meant, and is no text.
pub(super) fn settled(kind: Option<CalloutKind>, mut title: Vec<Span>, blocks: Vec<Block>) -> Callout {
    let mut blocks = without_table(blocks, &mut title);
    let sign = match blocks.first() {
        Some(Block::Paragraph(spans)) => by_sign(&text_of(spans)).map(|(kind, rest)| (kind, rest.is_empty())),
        _ => None,
    };
    if let Some((_, true)) = sign
        && (blocks.len() > 1 || !title.is_empty())
    {
        blocks.remove(0);
    }
    let kind = kind.or(sign.map(|(kind, _)| kind)).unwrap_or(CalloutKind::Note);
    Callout { kind, title, blocks }
}

/// The kind that a sign at the beginning of spans says, which is taken away.
pub(super) fn lead(spans: &mut [Span]) -> Option<CalloutKind> {
    let Some(Span::Text(text)) = spans.first_mut() else { return None };
    let (kind, rest) = by_sign(text)?;
    *text = String::from(rest);
    Some(kind)
}

/// Some tools draw a callout as a table: a sign or its name on the left, and the text on the right.
fn without_table(mut blocks: Vec<Block>, title: &mut Vec<Span>) -> Vec<Block> {
    /// The names of callouts are shorter.
    const LONGEST_NAME: usize = 20;
    let [Block::Table(rows)] = blocks.as_mut_slice() else { return blocks };
    let is_sign = |cell: &Cell| {
        let text = plain_text(&cell.blocks);
        let word = text.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        text.len() <= LONGEST_NAME && (word.is_empty() || kind(&word).is_some())
    };
    let mut cells: Vec<Cell> = rows.iter().flatten().cloned().collect();
    let signs = cells.len().saturating_sub(1);
    if !(1..=2).contains(&signs) || !cells.iter().take(signs).all(is_sign) {
        return blocks;
    }
    let text = cells.pop().unwrap_or_default();
    for cell in cells {
        let named = |block: Block| if let Block::Paragraph(spans) = block { spans } else { Vec::new() };
        let words: Vec<Span> = cell.blocks.into_iter().flat_map(named).collect();
        if title.is_empty() && text_of(&words).chars().any(char::is_alphabetic) && !has_picture(&words) {
            *title = words;
        }
    }
    text.blocks
}

fn has_picture(spans: &[Span]) -> bool {
    spans.iter().any(|span| matches!(span, Span::Picture(_)) || has_picture(span.inner()))
}

/// The kind that the sign at the beginning of a text says, with the rest of the text.
fn by_sign(text: &str) -> Option<(CalloutKind, &str)> {
    let text = text.trim_start();
    let mut letters = text.chars();
    let kind = match letters.next()? {
        '💡' | '👍' | '✅' | '✔' | '🎉' | '🌟' | '⭐' => CalloutKind::Tip,
        '⚠' | '❗' | '❕' | '🚧' | '🚨' | '🛑' | '⛔' | '🚫' | '❌' | '🔥' | '‼' => {
            CalloutKind::Warning
        }
        '📘' | 'ℹ' | '📝' | '📌' | '🗒' | '📖' | '🔔' | '📣' | '👉' | '❓' => CalloutKind::Note,
        _ => return None,
    };
    // The sign may be followed by a mark that it is a picture.
    Some((kind, letters.as_str().trim_start_matches('\u{fe0f}').trim_start()))
}

/// The kind that the name of a colour means.
fn by_colour(word: &str) -> Option<CalloutKind> {
    match word {
        "red" | "orange" | "yellow" | "amber" => Some(CalloutKind::Warning),
        "green" | "teal" => Some(CalloutKind::Tip),
        "blue" | "gray" | "grey" | "purple" => Some(CalloutKind::Note),
        _ => None,
    }
}

/// The same for the first colour of a style, `#rrggbb`.
fn by_shade(style: &str) -> Option<CalloutKind> {
    /// Lights that are nearer to each other are grey.
    const GREY: u8 = 16;
    let (_, after) = style.split_once('#')?;
    let light = |at: usize| u8::from_str_radix(after.get(at..at + 2)?, 16).ok();
    let (red, green, blue) = (light(0)?, light(2)?, light(4)?);
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    Some(match most {
        _ if most - least < GREY => CalloutKind::Note,
        _ if red == most => CalloutKind::Warning,
        _ if green == most => CalloutKind::Tip,
        _ => CalloutKind::Note,
    })
}

#[cfg(test)]
mod tests;
