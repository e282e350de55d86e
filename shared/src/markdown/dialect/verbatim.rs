//! Text of which no line is looked at, up to its end: code, comments, and HTML that is shown as it is.

use super::kept::{Kept, Verbatim};
use super::place::{Prefix, indent, spaces};
use super::writer::Writer;

impl Writer<'_> {
    /// A line of such a text, and what stands behind its end.
    pub(super) fn take_verbatim(&mut self, verbatim: Verbatim, line: &str, number: u32) {
        let Some((inside, end)) = verbatim.end_in(line) else {
            return self.write_verbatim(verbatim, line, number);
        };
        self.write_verbatim(verbatim, line.get(..inside).unwrap_or_default(), number);
        self.end_verbatim(verbatim, number);
        if let Some(rest) = line.get(end..).filter(|rest| !rest.trim().is_empty()) {
            let mut prefix = Prefix::of(&spaces(indent(line).min(3)));
            self.content(&mut prefix, rest.trim(), number);
        }
        self.is_after_blank = self.out.text.ends_with("\n\n");
    }

    pub(super) fn write_verbatim(&mut self, verbatim: Verbatim, text: &str, number: u32) {
        match verbatim {
            Verbatim::Comment(_) | Verbatim::Tag(Kept::Comment) => {}
            Verbatim::Tag(_) if text.trim().is_empty() => {}
            _ => self.write(text, number),
        }
    }

    pub(super) fn end_verbatim(&mut self, verbatim: Verbatim, number: u32) {
        self.verbatim = None;
        if verbatim == Verbatim::Tag(Kept::Code) {
            self.write("``````", number);
            self.blank(number);
        }
    }
}
