//! Signs at the beginning of a line: which dialect a line may be of.

use super::ahead::near;
use super::braces::SIGNS;
use super::class::class_of;
use super::inline::short;
use super::kept::Verbatim;
use super::place::Prefix;
use super::programs;
use super::tag;
use super::writer::{Next, Writer};
use crate::html::What;

impl Writer<'_> {
    /// A mark with which the rest of a line begins.
    pub(super) fn mark(&mut self, prefix: &mut Prefix, rest: &str, is_first: bool, number: u32) -> Next {
        match rest.chars().next() {
            Some('>') if is_first => {
                self.quote(prefix, rest, number);
                Next::Done
            }
            Some('<') => self.component(prefix, rest, number),
            Some('{') => self.braces(prefix, rest, is_first, number),
            Some(':') if is_first => self.colons(prefix, rest, number),
            Some('!' | '?' | '=') if is_first => self.indented(prefix, rest, number),
            Some('/') if is_first => self.slashes(prefix, rest, number),
            Some('[') => self.brackets(prefix, rest, is_first, number),
            Some('%') if is_first && rest == "%%" && self.comes("%%", "") => {
                self.verbatim = Some(Verbatim::Comment("%%"));
                Next::Done
            }
            Some('i' | 'e') if is_first && prefix.rest.is_empty() && (self.is_after_blank || self.setting.is_mdx) => {
                self.program(rest, number)
            }
            Some('-' | '*') if is_first && is_definition(rest) => {
                self.remark(number, What::Mark(short(rest)));
                Next::Done
            }
            _ => Next::Text,
        }
    }

    /// `{% tag %}`, `{{< shortcode >}}`, `{/* comment */}`, `{: .class }`.
    fn braces(&mut self, prefix: &mut Prefix, rest: &str, is_first: bool, number: u32) -> Next {
        if let Some((open, close, family)) = SIGNS.into_iter().find(|(open, ..)| rest.starts_with(open)) {
            let Some((inside, _)) = near(rest).get(open.len()..).and_then(|rest| rest.split_once(close)) else {
                return Next::Text;
            };
            let whole = open.len() + inside.len() + close.len();
            let after = rest.get(whole..).unwrap_or_default();
            let tag = tag::read(inside.trim_matches('-'));
            self.template(prefix, &tag, (open, close, family), after, number);
            return Next::After(whole);
        }
        if let Some(after) = rest.strip_prefix("{/*").filter(|after| self.comes("*/}", after)) {
            self.verbatim = Some(Verbatim::Comment("*/}"));
            return Next::After(rest.len() - after.len());
        }
        if !is_first || !rest.starts_with("{:") {
            return Next::Text;
        }
        if let Some(after) = rest.strip_prefix("{::comment}").filter(|after| self.comes("{:/comment}", after)) {
            self.verbatim = Some(Verbatim::Comment("{:/comment}"));
            return Next::After(rest.len() - after.len());
        }
        if !rest.ends_with('}') {
            return Next::Text;
        }
        let is_named =
            rest.contains("toc}") || rest.contains("toc }") || rest.starts_with("{::") || rest.starts_with("{:/");
        match class_of(rest) {
            Some(class) if self.is_after_blank => self.pending = Some(class),
            Some(class) => self.begin_before(prefix, class.trim_end_matches("-title"), number),
            None if is_named => self.remark(number, What::Mark(short(rest))),
            None => {}
        }
        Next::Done
    }

    /// A program is left out, and named by how it begins.
    fn program(&mut self, rest: &str, number: u32) -> Next {
        if programs::begins(rest).is_none() {
            return Next::Text;
        }
        self.remark(number, What::Program(short(rest)));
        let lines = self.lines;
        let ends = self.programs.get_or_insert_with(|| programs::ends(lines));
        self.at = ends.get(&(self.at - 1)).copied().unwrap_or(self.at).max(self.at);
        self.blank(number);
        Next::Done
    }
}

/// Whether a line puts in another file, or says what an abbreviation means: `--8<-- "file"`, `*[HTML]: Hypertext`.
fn is_definition(line: &str) -> bool {
    line.starts_with("--8<--") || (line.starts_with("*[") && near(line).contains("]:"))
}
