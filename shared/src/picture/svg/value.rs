//! What attributes and styles say.

use super::names;

/// The ids that a value shows by `url(#id)`; none if it shows something that is elsewhere, or hides what it shows.
pub(super) fn shown(value: &str) -> Option<Vec<String>> {
    let lower = value.to_ascii_lowercase();
    // An escaped letter can write every word, and these functions take an address as well.
    if lower.contains('\\') || ["image(", "image-set(", "src(", "expression("].iter().any(|name| lower.contains(name)) {
        return None;
    }
    let mut found = Vec::new();
    let mut rest = value;
    let mut rest_lower = lower.as_str();
    while let Some(at) = rest_lower.find("url(") {
        let after = rest.get(at + 4..)?;
        let (inside, next) = after.split_once(')')?;
        let id = inside.trim().trim_matches(['"', '\'']).trim().strip_prefix('#')?;
        found.push(String::from(id));
        rest_lower = rest_lower.get(rest_lower.len() - next.len()..)?;
        rest = next;
    }
    Some(found)
}

/// The declarations of a `style` that are kept.
pub(super) fn declarations(style: &str) -> impl Iterator<Item = (&'static str, &str)> {
    style.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        let name = names::attribute(name.trim()).filter(|name| !matches!(*name, "id" | "class" | "style" | "href"))?;
        Some((name, value.trim()))
    })
}

/// Whether a value of `filter` is one that is counted: an element of this picture, or nothing.
pub(super) fn is_counted_filter(value: &str) -> bool {
    let value = value.trim();
    value == "none" || value.starts_with("url(")
}

/// A length in points of the screen; none if it depends on where the picture stands.
pub(super) fn length(value: &str) -> Option<f64> {
    let value = value.trim();
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | '-'));
    let number: f64 = value.get(..value.len() - unit.len())?.parse().ok()?;
    let points = match unit.trim() {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        _ => return None,
    };
    Some(number * points).filter(|length| length.is_finite() && *length > 0.0)
}

/// Width and height of what a `viewBox` shows.
pub(super) fn view(value: &str) -> Option<(f64, f64)> {
    let numbers: Vec<f64> = value
        .split([' ', ',', '\t', '\n', '\r'])
        .filter(|part| !part.is_empty())
        .map_while(|part| part.parse().ok())
        .collect();
    match numbers.as_slice() {
        [_, _, width, height] if *width > 0.0 && *height > 0.0 => Some((*width, *height)),
        _ => None,
    }
}
