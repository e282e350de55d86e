//! Marks in braces among the words of a line: `{% tag %}`, `{{< shortcode >}}`, `{{ value }}`, `{/* comment */}`, `{.class}`.

use super::ahead::LONGEST;
use super::inline::Text;
use super::meaning::{self, Family, Meaning};
use super::tag::{self, Tag};
use crate::html::What;

/// Signs around a mark: no text stands between them.
pub(super) const SIGNS: [(&str, &str, Family); 3] =
    [("{{<", ">}}", Family::Shortcode), ("{{%", "%}}", Family::Shortcode), ("{%", "%}", Family::Template)];

impl Text<'_> {
    pub(super) fn brace(&mut self, rest: &str) -> Option<usize> {
        if let Some((open, end, family)) = SIGNS.into_iter().find(|(open, ..)| rest.starts_with(open)) {
            let inside = self.until(rest.get(open.len()..)?, end)?;
            let whole = open.len() + inside.len() + end.len();
            self.tag(&tag::read(inside), family, rest.get(..whole)?);
            return Some(whole);
        }
        if let Some(after) = rest.strip_prefix("{/*") {
            return Some(self.until(after, "*/}")?.len() + "{/**/}".len());
        }
        if let Some(after) = rest.strip_prefix("{{") {
            let inside = self.until(after, "}}")?;
            let whole = inside.len() + "{{}}".len();
            // A name in braces is what many programs put a value for: an article may be about that.
            let is_program = inside.contains(['(', '|', '"', '\'', '/'])
                || ["site.", "page.", "config.", "content."].iter().any(|begin| inside.trim().starts_with(begin));
            if is_program {
                self.leave(rest.get(..whole)?);
                return Some(whole);
            }
            let mark = super::inline::short(rest.get(..whole)?);
            self.left.push(What::Unfilled(mark));
            return self.keep(rest, whole);
        }
        // A comment of an editor.
        if let Some(after) = rest.strip_prefix("{>>") {
            return Some(self.until(after, "<<}")?.len() + "{>><<}".len());
        }
        let inside = self.until(rest.get(1..)?, "}")?;
        let is_after = self.out.ends_with([')', ']', '`', '*', '_', '>', ':']);
        if is_after && is_list(inside) {
            return Some(inside.len() + 2);
        }
        if !self.setting.is_mdx || inside.starts_with(['#', '.', ':']) || inside.trim().is_empty() {
            return None;
        }
        if self.setting.ahead.is_spent() {
            return None;
        }
        let end = tag::braces(rest);
        self.setting.ahead.spend(end.unwrap_or(LONGEST).min(rest.len()));
        let end = end?;
        let program = rest.get(1..end.checked_sub(1)?)?.trim();
        match program.strip_prefix(['"', '\'', '`']).and_then(|text| text.strip_suffix(['"', '\'', '`'])) {
            Some(text) => self.out.push_str(text),
            None => self.leave(rest.get(..end)?),
        }
        Some(end)
    }

    /// A tag between other words. What a mark around text says is in the text.
    pub(super) fn tag(&mut self, tag: &Tag, family: Family, whole: &str) {
        match meaning::meaning(tag, family) {
            _ if tag.is_end || tag.name.starts_with("end") => {}
            // The page to which a link leads.
            _ if self.out.ends_with('(') && matches!(tag.name.as_str(), "ref" | "relref" | "link") => {
                self.out.push_str(tag.values.first().map(String::as_str).unwrap_or_default());
            }
            Meaning::Link(url) => self.out.push_str(&url),
            Meaning::Picture => {
                let src = tag.get(&["src", "source"]).unwrap_or_default();
                let alt = tag.get(&["alt", "title", "caption"]).unwrap_or_default();
                self.out.push_str(&["![", alt, "](<", src, ">)"].concat());
            }
            Meaning::Around | Meaning::Raw => {}
            _ => self.leave(whole),
        }
    }
}

/// Whether braces behind a mark hold nothing but names for programs: `.big`, `#here`, `width="9"`.
fn is_list(inside: &str) -> bool {
    let inside = inside.strip_prefix(':').unwrap_or(inside);
    let is_one = |word: &str| word.starts_with(['.', '#']) || word.contains('=') || word.ends_with('"');
    !inside.trim().is_empty() && inside.split_whitespace().all(is_one)
}
