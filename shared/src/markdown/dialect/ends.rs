//! The end of a mark among the words of a line: `</Note>`, `{% endhint %}`, `{{< /note >}}`, `[/details]`.

use super::ahead::near;
use super::braces::SIGNS;
use super::marks::{Ends, Open};
use super::meaning::Family;

/// Where the end of a mark begins that is open, behind the beginning of a text.
pub(super) fn end_in(open: &[Open], text: &str) -> Option<usize> {
    let named = || open.iter().filter(|open| matches!(open.ends, Ends::Named(..)));
    named().next()?;
    let is_open = |family: Family, name: &str| {
        named().any(|open| match &open.ends {
            Ends::Named(Family::Component, known) => family == Family::Component && known == name,
            Ends::Named(of, known) => *of == family && known.eq_ignore_ascii_case(name),
            _ => false,
        })
    };
    text.match_indices(['<', '{', '[']).map(|(at, _)| at).filter(|at| *at > 0).find(|at| {
        let rest = text.get(*at..).unwrap_or_default();
        ended(rest).is_some_and(|(family, name)| is_open(family, name))
    })
}

/// The mark that a text begins with the end of.
fn ended(text: &str) -> Option<(Family, &str)> {
    if let Some((open, close, family)) = SIGNS.into_iter().find(|(open, ..)| text.starts_with(open)) {
        let inside = text.strip_prefix(open)?.trim_start_matches(['-', ' ']);
        let rest = inside.strip_prefix('/').map(str::trim_start).or_else(|| inside.strip_prefix("end"))?;
        let (name, after) = name(rest.trim_start_matches('_'));
        return near(after).contains(close).then_some((family, name));
    }
    let (family, rest, close) = match (text.strip_prefix("</"), text.strip_prefix("[/")) {
        (Some(rest), _) => (Family::Component, rest, '>'),
        (_, Some(rest)) => (Family::Bracket, rest, ']'),
        _ => return None,
    };
    let (name, after) = name(rest.trim_start_matches(' '));
    after.trim_start_matches(' ').starts_with(close).then_some((family, name))
}

/// The name at the beginning of a text, and what stands behind it.
fn name(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !(c.is_alphanumeric() || "._-".contains(c))).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or_default()
}
