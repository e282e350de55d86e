//! Elements that a page has and its readers do not read: what is hidden, what leads around the site, and signs that only a style
//! makes readable.

use super::attributes::Attributes;
use super::element::Role;
use super::remark::What;

/// Links to a heading that stand in it, by the classes that documentation tools give them. They say nothing but `#` or `¶`.
const PERMALINKS: [&str; 8] = [
    "headerlink",
    "hash-link",
    "heading-anchor",
    "header-anchor",
    "anchorjs-link",
    "headinglink",
    "anchor-link",
    "sl-anchor-link",
];
/// The numbers of lines beside code, by the classes that highlighters give them.
const LINE_NUMBERS: [&str; 9] = [
    "linenos",
    "lineno",
    "linenodiv",
    "line-number",
    "line-numbers-rows",
    "rouge-gutter",
    "hljs-ln-numbers",
    "blob-num",
    "react-syntax-highlighter-line-number",
];
/// A formula that stands there twice, as browsers draw it and as programs read it: one of both is enough.
const FORMULAS: [&str; 4] = ["katex-html", "mathjax_preview", "mjx-assistive-mml", "mwe-math-fallback-image-inline"];
/// Words for those who hear a page, by the classes that hide them from all others.
const SPOKEN: [&str; 6] =
    ["screen-reader-text", "sr-only", "visually-hidden", "visuallyhidden", "screenreader-text", "assistive-text"];
/// What a site puts beside each of its articles: ways to share it, and more of the same.
const BESIDE: [&str; 8] = [
    "sharedaddy",
    "jp-relatedposts",
    "addtoany_share_save_container",
    "post-navigation",
    "skip-link",
    "breadcrumb",
    "breadcrumbs",
    "article-votes",
];
/// Fonts of pictures: their text is the name of a picture.
const PICTURE_FONTS: [&str; 3] = ["material-icons", "material-symbols-outlined", "material-symbols-rounded"];

/// How an element is left out that has just begun.
#[derive(Debug, PartialEq)]
pub(super) enum Omission {
    /// It says nothing, so nobody misses it.
    Silently,
    /// Its writer is told.
    Told(What),
}

/// Whether an element is left out with all that is in it.
pub(super) fn omission(name: &str, role: &Role, attributes: &Attributes) -> Option<Omission> {
    if *role == Role::Cell {
        let is_gutter = attributes.classes().any(|class| class == "gutter") || is_line_number(attributes);
        return is_gutter.then_some(Omission::Silently);
    }
    // An element whose end need not be written would take what follows it along.
    if !matches!(
        role,
        Role::Mark(_) | Role::Plain | Role::Link | Role::Group | Role::Heading(_) | Role::List | Role::Quote
    ) && !matches!(role, Role::Preformatted | Role::Details | Role::Table | Role::Figure | Role::Terms)
    {
        return None;
    }
    let classes: Vec<String> = attributes.classes().collect();
    let has_class = |names: &[&str]| classes.iter().any(|class| names.contains(&class.as_str()));
    if is_navigation(name, attributes) {
        return Some(Omission::Told(What::Around(String::from(name))));
    }
    let leads_here = || attributes.get("href").is_some_and(|href| href.contains('#'));
    if (name == "a" && has_class(&PERMALINKS) && leads_here()) || has_class(&PICTURE_FONTS) {
        return Some(Omission::Silently);
    }
    if has_class(&FORMULAS) || has_class(&LINE_NUMBERS) {
        return Some(Omission::Silently);
    }
    if has_class(&BESIDE) {
        return Some(Omission::Told(What::Around(String::from(name))));
    }
    (is_hidden(attributes, &classes) || has_class(&SPOKEN)).then(|| Omission::Told(What::Hidden(String::from(name))))
}

/// Whether an element leads to other pages, or to places of this one.
fn is_navigation(name: &str, attributes: &Attributes) -> bool {
    name == "nav" || attributes.get("role").is_some_and(|role| matches!(role, "navigation" | "search" | "menubar"))
}

/// Whether an element counts the lines of code.
pub(super) fn is_line_number(attributes: &Attributes) -> bool {
    attributes.classes().any(|class| LINE_NUMBERS.contains(&class.as_str()))
}

/// Whether a browser shows nothing of an element. A part that a tab or a click shows is hidden only until its turn comes.
fn is_hidden(attributes: &Attributes, classes: &[String]) -> bool {
    const OPENED: [&str; 7] = ["tab", "accordion", "collaps", "toggle", "expand", "spoiler", "faq"];
    let is_opened = |class: &String| OPENED.iter().any(|word| class.contains(word));
    let comes_later = attributes.get("role") == Some("tabpanel") || classes.iter().any(is_opened);
    let style = || attributes.get("style").unwrap_or_default().to_ascii_lowercase().replace(char::is_whitespace, "");
    let is_marked = attributes.get("hidden").is_some_and(|value| value != "until-found");
    !comes_later && (is_marked || style().contains("display:none") || style().contains("mso-hide:all"))
}

#[cfg(test)]
mod tests {
    use super::super::element::role;
    use super::*;

    #[test]
    fn what_a_page_does_not_show_is_left_out() {
        let told = |what: fn(String) -> What, name: &str| Some(Omission::Told(what(String::from(name))));
        for (name, attributes, expected) in [
            ("nav", &[][..], told(What::Around, "nav")),
            ("div", &[("role", "navigation")], told(What::Around, "div")),
            ("span", &[("hidden", "true")], told(What::Hidden, "span")),
            ("div", &[("style", "color: red; display : none")], told(What::Hidden, "div")),
            ("a", &[("class", "headerlink"), ("href", "#x")], Some(Omission::Silently)),
            ("i", &[("class", "material-icons md-18")], Some(Omission::Silently)),
            ("div", &[("role", "tabpanel"), ("hidden", "")], None),
            ("div", &[("hidden", "until-found")], None),
            ("div", &[("class", "hs-accordion__content"), ("style", "display: none")], None),
            ("span", &[("class", "screen-reader-text")], told(What::Hidden, "span")),
            ("div", &[("class", "sharedaddy sd-sharing")], told(What::Around, "div")),
            ("span", &[("class", "katex-html"), ("aria-hidden", "true")], Some(Omission::Silently)),
            ("td", &[("class", "linenos")], Some(Omission::Silently)),
            ("div", &[("class", "gutter")], None),
            ("a", &[("class", "anchor-link"), ("href", "/other")], None),
            ("p", &[("hidden", "")], None),
            ("img", &[("style", "display:none")], None),
        ] {
            assert_eq!(omission(name, &role(name), &Attributes::of(attributes)), expected, "{name} {attributes:?}");
        }
    }
}
