//! What the marks of all dialects mean: one table, whatever signs stand around a name.

use super::tag::Tag;
use crate::html::kind_of_mark;

/// The signs that a mark is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// `<Note>`
    Component,
    /// `{% note %}`
    Template,
    /// `{{< note >}}`
    Shortcode,
    /// `[note]`
    Bracket,
    /// `:::note`, `!!! note`, `/// note`, `> [!note]`: nothing else is written so.
    Sign,
}

/// What a mark is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A callout of this kind.
    Callout(String),
    /// A part that opens.
    Details,
    /// A part with a title, such as that of a tab.
    Titled,
    /// Steps, in which each `Step` is one.
    Steps,
    Step,
    /// A picture with words below.
    Figure,
    /// It puts what is in it somewhere on the page, and says nothing.
    Around,
    /// Nobody reads what is in it.
    Comment,
    /// Code up to its end.
    Code,
    /// Marks of templates in it are text.
    Raw,
    /// A link to what it names.
    Link(String),
    /// A picture.
    Picture,
    /// Nobody knows it.
    Unknown,
}

/// Names of callouts whose kind is in an attribute.
const CALLOUTS: [&str; 10] =
    ["callout", "admonition", "alert", "aside", "hint", "banner", "notice", "infobox", "notification", "message"];
/// Attributes that say the kind of a callout, the surest first.
const KINDS: [&str; 13] = [
    "type",
    "kind",
    "style",
    "theme",
    "variant",
    "status",
    "severity",
    "level",
    "intent",
    "appearance",
    "class",
    "color",
    "icon",
];
/// Words that are callouts only behind signs that nothing else is written with.
const MANY_MEANINGS: [&str; 13] = [
    "summary",
    "quote",
    "cite",
    "new",
    "help",
    "todo",
    "faq",
    "panel",
    "primary",
    "secondary",
    "missing",
    "done",
    "question",
];
/// Attributes whose value a page shows as a title.
const TITLES: [&str; 9] = ["title", "label", "header", "heading", "question", "summary", "name", "path", "caption"];
/// Attributes whose value a page shows below the title.
const MORE: [&str; 3] = ["description", "subtitle", "text"];
/// Marks that only put things side by side, or behind tabs.
const AROUND: [&str; 37] = [
    "tabs",
    "tabgroup",
    "tablist",
    "codetabs",
    "code-group",
    "codegroup",
    "cardgroup",
    "cardgrid",
    "cards",
    "card-group",
    "accordiongroup",
    "accordions",
    "accordion-group",
    "columns",
    "column",
    "col",
    "cols",
    "row",
    "grid",
    "grids",
    "center",
    "left",
    "right",
    "fragment",
    "container",
    "box",
    "content-ref",
    "div",
    "span",
    "markdown",
    "embed",
    "badge",
    "latex",
    "vc_row",
    "vc_column",
    "vc_column_text",
    "caption",
];

/// What a mark means.
pub(super) fn meaning(tag: &Tag, family: Family) -> Meaning {
    let name = tag.name.to_ascii_lowercase();
    let name = name.trim_matches(['{', '}']);
    let plain = name.replace(['-', '_', '.'], "");
    if CALLOUTS.contains(&plain.as_str()) {
        let said = tag.get(&KINDS).into_iter().chain(tag.values.iter().map(String::as_str));
        let kind = said.filter_map(kind_word).next();
        let own = || kind_of_mark(&plain).map(|_| plain.clone());
        return Meaning::Callout(kind.or_else(own).unwrap_or_else(|| String::from("note")));
    }
    match plain.as_str() {
        "details" | "accordion" | "accordionitem" | "expandable" | "expand" | "collapsible" | "collapse"
        | "disclosure" | "spoiler" | "toggle" | "dropdown" | "foldable" => return Meaning::Details,
        "steps" | "stepper" => return Meaning::Steps,
        "step" => return Meaning::Step,
        "comment" if matches!(family, Family::Template | Family::Shortcode) => return Meaning::Comment,
        "raw" | "verbatim" if family == Family::Template => return Meaning::Raw,
        "highlight" if matches!(family, Family::Template | Family::Shortcode) => return Meaning::Code,
        "figure" | "image" | "img" if tag.get(&["src", "source"]).is_some() => return Meaning::Picture,
        "frame" | "figure" => return Meaning::Figure,
        "tab" | "tabitem" | "tabpanel" | "card" | "linkcard" | "code" | "codeblock" | "update" | "paramfield"
        | "responsefield" | "linkbutton" | "tile" => return Meaning::Titled,
        _ => {}
    }
    if let Some(link) = link(&plain, tag) {
        return Meaning::Link(link);
    }
    if AROUND.contains(&name) || AROUND.contains(&plain.as_str()) {
        return Meaning::Around;
    }
    let is_callout =
        kind_of_mark(&plain).is_some() && (family == Family::Sign || !MANY_MEANINGS.contains(&plain.as_str()));
    if is_callout { Meaning::Callout(plain) } else { Meaning::Unknown }
}

/// The title that a page shows for a mark.
pub(super) fn title(tag: &Tag) -> Option<&str> {
    tag.get(&TITLES).or_else(|| tag.get(&["query", "body", "value"]).filter(|_| tag.name.ends_with("Field")))
}

/// The words below the title. A field of a program has a kind, and may have to be there.
pub(super) fn more(tag: &Tag) -> Option<String> {
    if tag.name.ends_with("Field") {
        let required = tag.values.iter().any(|value| value == "required").then_some("(required)");
        let said: Vec<&str> = tag.get(&["type"]).into_iter().chain(required).collect();
        return (!said.is_empty()).then(|| said.join(" "));
    }
    tag.get(&MORE).map(String::from)
}

/// The address to which a video or a file leads.
fn link(name: &str, tag: &Tag) -> Option<String> {
    let first = || tag.values.first().map(String::as_str);
    let id = tag.get(&["id", "videoid"]).or_else(first);
    match name {
        "youtube" => Some(["https://www.youtube.com/watch?v=", id?].concat()),
        "vimeo" => Some(["https://vimeo.com/", id?].concat()),
        "embed" | "file" | "video" | "videoplayer" | "iframe" => {
            tag.get(&["url", "src", "href"]).or_else(|| first().filter(|url| url.contains('/'))).map(String::from)
        }
        _ => None,
    }
}

/// The kind of a callout that a value says: a word, or a sign.
fn kind_word(value: &str) -> Option<String> {
    let value = value.to_ascii_lowercase();
    let word = value.split(|c: char| !c.is_ascii_alphanumeric()).find(|word| kind_of_mark(word).is_some());
    word.map(String::from).or_else(|| by_sign(&value).map(|(kind, _)| String::from(kind)))
}

/// The callout that a sign at the beginning of a quotation says, and what stands after it.
pub(super) fn by_sign(text: &str) -> Option<(&'static str, &str)> {
    let signs = [
        ("\u{1f4d8}", "note"),
        ("\u{2139}", "note"),
        ("\u{1f44d}", "tip"),
        ("\u{2705}", "tip"),
        ("\u{1f4a1}", "tip"),
        ("\u{1f6a7}", "warning"),
        ("\u{26a0}", "warning"),
        ("\u{2757}", "warning"),
        ("\u{1f6d1}", "warning"),
    ];
    let (sign, kind) = signs.into_iter().find(|(sign, _)| text.starts_with(sign))?;
    Some((kind, text.strip_prefix(sign)?.trim_start_matches('\u{fe0f}').trim_start()))
}
