//! Goes through the lines of a text.

use super::closers::Closers;
use super::inline::{self, Setting};
use super::kept::Verbatim;
use super::marks::{Ends, Open, Shift};
use super::place::{Line, Prefix, fence, indent, marker, raw_html, spaces};
use super::{Plain, ends, programs};
use crate::html::What;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How far to the right list items are looked for in one another: what is written stands behind as many spaces on each line, and
/// must not become much longer by them.
const MOST_COLUMNS: usize = 64;

/// What comes after a mark.
pub(super) enum Next {
    /// Nothing on this line.
    Done,
    /// What stands behind as many bytes.
    After(usize),
    /// This, on a line of its own.
    Other(String),
    /// It is no mark.
    Text,
}

pub(super) struct Writer<'a> {
    pub(super) lines: &'a [Line<'a>],
    /// The line that comes next.
    pub(super) at: usize,
    pub(super) out: Plain,
    pub(super) open: Vec<Open>,
    pub(super) verbatim: Option<Verbatim>,
    /// The columns at which the text of the list items begins that are open.
    items: Vec<usize>,
    /// Whether the line before is blank.
    pub(super) is_after_blank: bool,
    is_in_code: bool,
    /// Whether the line that is being read ends with two spaces, which break it there.
    pub(super) is_broken: bool,
    /// Where the paragraph begins that is being written: in the text, and in its lines.
    pub(super) paragraph: (usize, usize),
    /// The callout that the next block is.
    pub(super) pending: Option<String>,
    pub(super) setting: Setting<'a>,
    /// How many quotations it is in.
    pub(super) depth: usize,
    /// Where each sign stands last: on which line, and how many bytes before its end. None if it is nowhere.
    last: BTreeMap<&'static str, Option<(usize, usize)>>,
    pub(super) closers: Option<Closers>,
    pub(super) programs: Option<programs::Ends>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(lines: &'a [Line<'a>], setting: Setting<'a>, depth: usize) -> Self {
        Self {
            lines,
            at: 0,
            out: Plain::default(),
            open: Vec::new(),
            verbatim: None,
            items: Vec::new(),
            is_after_blank: true,
            is_in_code: false,
            is_broken: false,
            paragraph: (0, 0),
            pending: None,
            setting,
            depth,
            last: BTreeMap::new(),
            closers: None,
            programs: None,
        }
    }

    pub(super) fn run(mut self) -> Plain {
        while let Some(line) = self.lines.get(self.at).copied() {
            self.at += 1;
            self.take(line);
        }
        let last = self.lines.last().map_or(1, |line| line.number);
        if let Some(verbatim) = self.verbatim {
            self.end_verbatim(verbatim, last);
        }
        self.close_from(0, last);
        self.tell(last);
        self.out
    }

    /// Tells where so much has been looked for in vain that no more is.
    fn tell(&mut self, number: u32) {
        if self.setting.ahead.is_untold() {
            self.remark(number, What::ManyMarks);
        }
    }

    fn take(&mut self, line: Line<'_>) {
        let number = line.number;
        self.tell(number);
        let (placed, ended) = self.placed(line.text, true);
        if let Some(place) = ended {
            self.verbatim = None;
            self.close_from(place, number);
        }
        if let Some(verbatim) = self.verbatim {
            return self.take_verbatim(verbatim, &placed, number);
        }
        let text = placed.trim();
        self.is_broken = placed.ends_with("  ");
        if text.is_empty() {
            self.end(|ends| *ends == Ends::Blank, number);
            self.write("", number);
            self.is_after_blank = true;
            return;
        }
        let column = indent(&placed);
        while self.items.last().is_some_and(|item| *item > column) {
            self.items.pop();
        }
        let item = self.items.last().copied().unwrap_or_default();
        // A line that goes on with a paragraph may stand as far to the right as it likes.
        let mut prefix = Prefix::of(&spaces(column.min(item + 4)));
        if column >= item + 4 {
            let is_component =
                self.setting.is_mdx || self.open.iter().any(|open| matches!(open.shift, Shift::First(_)));
            let is_mark = [":::", "!!!", "???", "///", "{", "<", "["].iter().any(|sign| text.starts_with(sign));
            if is_component {
                prefix = Prefix::of(&spaces(item));
            } else if self.is_after_blank || self.is_in_code {
                self.is_in_code = true;
                self.write(&placed, number);
                self.is_after_blank = false;
                return;
            } else if is_mark {
                prefix = Prefix::of(&spaces(item));
            }
        }
        self.is_in_code = false;
        let mut rest = text;
        while let Some(width) = marker(rest).filter(|_| prefix.rest.len() < MOST_COLUMNS) {
            let (sign, after) = rest.split_at_checked(width).unwrap_or((rest, ""));
            prefix.first.push_str(sign);
            prefix.rest.push_str(&spaces(width));
            self.items.push(prefix.rest.len());
            rest = after.trim_start();
        }
        if self.is_after_blank {
            self.paragraph = (self.out.text.len(), self.out.lines.len());
        }
        self.content(&mut prefix, rest, number);
        self.is_after_blank = self.out.text.ends_with("\n\n") || self.out.text.is_empty();
    }

    /// What stands on a line behind its place.
    pub(super) fn content(&mut self, prefix: &mut Prefix, text: &str, number: u32) {
        let mut other: Option<String> = None;
        let mut at = 0;
        loop {
            let whole = other.as_deref().unwrap_or(text);
            let rest = whole.get(at..).unwrap_or_default().trim_start();
            if rest.is_empty() {
                return;
            }
            let begins = whole.len() - rest.len();
            let is_first = begins == 0 && other.is_none();
            if is_first && self.keeps(prefix, rest, number) {
                return;
            }
            let next = match self.mark(prefix, rest, is_first, number) {
                Next::Text => self.words(prefix, rest, number),
                next => next,
            };
            match next {
                Next::Done | Next::Text => return,
                Next::After(count) => at = begins + count.max(1),
                Next::Other(text) => {
                    other = Some(text);
                    at = 0;
                }
            }
            // Code and comments go to the end of the line, and further.
            if let Some(verbatim) = self.verbatim {
                let whole = other.as_deref().unwrap_or(text);
                let rest = whole.get(at..).unwrap_or_default();
                match verbatim.end_in(rest) {
                    Some((inside, end)) => {
                        self.write_verbatim(verbatim, rest.get(..inside).unwrap_or_default(), number);
                        self.end_verbatim(verbatim, number);
                        at += end;
                    }
                    None => return self.write_verbatim(verbatim, rest, number),
                }
            }
        }
    }

    /// Whether a line is HTML or code in which no marks are.
    fn keeps(&mut self, prefix: &mut Prefix, rest: &str, number: u32) -> bool {
        if let Some((sign, count, info)) = fence(rest) {
            if self.fence_mark(prefix, rest, (sign, count, info), number) {
                return true;
            }
            self.verbatim = Some(Verbatim::Fence(sign, count));
            self.put(prefix, rest, number);
            return true;
        }
        let verbatim = raw_html(rest).filter(|end| self.comes(end, ""));
        self.verbatim = verbatim.map(Verbatim::Html);
        let is_kept = verbatim.is_some() || rest.starts_with("<!--") || rest.starts_with("<pre");
        if is_kept {
            self.theme(rest);
            self.put(prefix, rest, number);
        }
        is_kept
    }

    /// Text with the marks that are in it.
    fn words(&mut self, prefix: &mut Prefix, rest: &str, number: u32) -> Next {
        let (own, after) = match ends::end_in(&self.open, rest) {
            Some(at) => rest.split_at_checked(at).unwrap_or((rest, "")),
            None => (rest, ""),
        };
        if let Some(kind) = self.pending.take() {
            self.begin_pending(prefix, &kind, number);
        }
        let mut left = Vec::new();
        let mut text = inline::plain(own.trim_end(), self.setting, &mut left);
        left.into_iter().for_each(|what| self.remark(number, what));
        // `:smile:` at the beginning of a line explains no word.
        if text.starts_with(':') && !text.starts_with(": ") && !text.starts_with(":-") {
            text.insert(0, '\\');
        }
        // Spaces before a mark are none at the end of a line.
        if self.is_broken && after.is_empty() {
            text.push_str("  ");
        }
        self.put(prefix, &text, number);
        if after.is_empty() { Next::Done } else { Next::After(own.len()) }
    }

    /// A line without what it stands further to the right in the marks that are open, and the mark that it ends by its place.
    pub(super) fn placed<'l>(&mut self, line: &'l str, is_read: bool) -> (Cow<'l, str>, Option<usize>) {
        if line.trim().is_empty() || self.open.iter().all(|open| open.shift == Shift::None) {
            return (Cow::Borrowed(line), None);
        }
        let before = indent(line);
        let mut column = before;
        let mut ended = None;
        for (place, open) in self.open.iter_mut().enumerate() {
            match open.shift {
                Shift::None => {}
                Shift::Four if column < open.at + 4 => {
                    ended = Some(place);
                    break;
                }
                Shift::Four => column -= 4,
                Shift::First(first) => {
                    let base = first.unwrap_or(column);
                    if is_read && first.is_none() {
                        open.shift = Shift::First(Some(base));
                    }
                    column -= column.saturating_sub(open.at).min(base.saturating_sub(open.at));
                }
            }
        }
        if column == before {
            return (Cow::Borrowed(line), ended);
        }
        (Cow::Owned([&spaces(column), line.trim_start()].concat()), ended)
    }

    /// Whether this stands on a line that is still to come, or in this rest of the line that is being read.
    pub(super) fn comes(&mut self, sign: &'static str, rest: &str) -> bool {
        let lines = self.lines;
        let last = self.last.entry(sign).or_insert_with(|| {
            lines.iter().enumerate().rev().find_map(|(place, line)| {
                let text = line.text.trim_end();
                Some((place, text.len() - text.rfind(sign)?))
            })
        });
        last.is_some_and(|(place, before_end)| place >= self.at || (place + 1 == self.at && before_end <= rest.len()))
    }

    pub(super) fn remark(&mut self, number: u32, what: What) {
        self.out.marks.push((number, what));
    }

    /// Writes a line behind its prefix.
    pub(super) fn put(&mut self, prefix: &mut Prefix, line: &str, number: u32) {
        if line.trim().is_empty() {
            return self.write("", number);
        }
        let before = prefix.take();
        self.write(&[before.as_str(), line].concat(), number);
    }

    /// A blank line, if the one before is none.
    pub(super) fn blank(&mut self, number: u32) {
        if !self.out.text.is_empty() && !self.out.text.ends_with("\n\n") {
            self.write("", number);
        }
    }

    pub(super) fn write(&mut self, line: &str, number: u32) {
        self.out.text.push_str(line);
        self.out.text.push('\n');
        self.out.lines.push(number);
    }
}
