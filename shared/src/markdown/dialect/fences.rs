//! What a fence says beside the language of its code.

use super::marks::{Begin, Ends, Shift};
use super::meaning::{self, Family, Meaning};
use super::place::Prefix;
use super::tag::{self, Tag};
use super::writer::Writer;

impl Writer<'_> {
    /// A fence around text, as MyST has it, or its end; else the name of the code that a fence begins is written before it.
    pub(super) fn fence_mark(
        &mut self,
        prefix: &mut Prefix,
        rest: &str,
        fence: (char, usize, &str),
        number: u32,
    ) -> bool {
        let (sign, count, info) = fence;
        if info.is_empty() {
            return self
                .end(|ends| matches!(ends, Ends::Fence(open, begun) if *open == sign && *begun <= count), number);
        }
        if let Some((name, title)) = info.strip_prefix('{').and_then(|info| info.split_once('}')) {
            let tag = Tag { name: String::from(name), ..Tag::default() };
            if !matches!(meaning::meaning(&tag, Family::Sign), Meaning::Callout(_) | Meaning::Details) {
                return false;
            }
            let title = Some(title.trim());
            let written = ["{", name, "}"].concat();
            let ends = Ends::Fence(sign, count);
            self.begin(
                prefix,
                Begin { tag: &tag, family: Family::Sign, title, ends, shift: Shift::None, written, number },
            );
            return true;
        }
        let tag = tag::read(info);
        let title = tag.get(&["title", "filename", "name", "label", "caption"]).map(String::from);
        let file =
            rest.split_whitespace().nth(1).map(|word| word.trim_matches(['[', ']'])).filter(|word| is_file(word));
        self.bold(prefix, title.as_deref().or(file), None, number);
        false
    }
}

/// Whether a word names a file, such as `main.js`.
fn is_file(word: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    word.contains('.')
        && word.chars().all(is_letter)
        && word.rsplit('.').next().is_some_and(|end| (1..=5).contains(&end.len()))
}
