//! Marks in brackets among the words of a line: `[[Page|words]]`, `[shortcode a="b"]`, `[!INCLUDE [name](file)]`.

use super::inline::Text;
use super::meaning::Family;
use super::tag;
use crate::html::What;

impl Text<'_> {
    pub(super) fn bracket(&mut self, rest: &str) -> Option<usize> {
        if let Some(after) = rest.strip_prefix("[[") {
            let inside = self.until(after, "]]")?;
            let whole = inside.len() + "[[]]".len();
            let next = rest.get(whole..)?;
            if inside.is_empty() || inside.contains(['[', ']', '`']) || next.starts_with(['(', ':', '[']) {
                return None;
            }
            let is_shown = self.out.ends_with('!');
            let (page, shown) = inside.split_once('|').unwrap_or((inside, inside));
            if is_shown {
                self.out.pop();
                self.leave(&["!", rest.get(..whole)?].concat());
            } else {
                self.left.push(What::Link(super::inline::short(rest.get(..whole)?)));
                let shown = if shown.is_empty() { page } else { shown };
                self.out.push_str(shown.trim_start_matches('#'));
            }
            return Some(whole);
        }
        if let Some(mark) = rest.strip_prefix("[!").filter(|mark| is_include(mark)) {
            let inside = self.until(mark, ")]")?;
            let whole = inside.len() + "[!)]".len();
            self.leave(rest.get(..whole)?);
            return Some(whole);
        }
        // A mark of WordPress has letters that a name of a link has not.
        let after = rest.strip_prefix('[')?;
        let is_end = after.starts_with('/');
        let name = after.strip_prefix('/').unwrap_or(after);
        let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || "_-".contains(c)))?;
        let (name, next) = name.split_at_checked(end)?;
        if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !next.starts_with([' ', '=', ']']) {
            return None;
        }
        let inside = self.until(after, "]")?;
        let whole = inside.len() + "[]".len();
        let has_values = || !inside.contains('[') && inside.contains('=') && inside.contains(['"', '\'']);
        let is_mark = if is_end { next.starts_with(']') } else { has_values() };
        if !is_mark || rest.get(whole..)?.starts_with(['(', ':']) {
            return None;
        }
        if !is_end {
            let tag = tag::read(inside);
            self.tag(&tag, Family::Bracket, &["[", name, "]"].concat());
        }
        Some(whole)
    }
}

/// Whether a mark puts in another file.
fn is_include(mark: &str) -> bool {
    mark.get(.."include".len()).is_some_and(|name| name.eq_ignore_ascii_case("include"))
}
