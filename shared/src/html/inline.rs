//! The text of a paragraph while it is read: marks are open or not, and white space counts as one space.

use super::link::Target;
use crate::richtext::{Span, Spans};
use std::mem::{discriminant, take};
use std::rc::Rc;

/// A mark on text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mark {
    Strong,
    Emphasis,
    Struck,
    Code,
    Key,
    Raised,
    Lowered,
    Link(Rc<Target>),
}

/// Marks that are open at once. More of them are none.
const MOST_MARKS: usize = 64;
/// Marks that a text has at once: there are eight kinds.
const MOST_KINDS: usize = 8;

/// What the addresses of all links of an article take at most, in bytes; as much as its text can be long, and more.
const MOST_LINKED: usize = 1_000_000;

/// White space that has come and is not written yet: at the end of a paragraph it never is.
#[derive(Clone, Copy, PartialEq)]
enum Space {
    None,
    /// No line ends in it.
    Some,
    /// A line ends in it. Between letters of scripts without spaces it is nothing.
    Line,
}

/// What is inside of one mark.
struct Level {
    mark: Option<Mark>,
    spans: Vec<Span>,
}

/// The text of a paragraph.
pub(super) struct Inline {
    open: Vec<Mark>,
    /// The first is the paragraph's own.
    levels: Vec<Level>,
    space: Space,
    /// What the addresses of its links take, in bytes: a link that is open goes on in each paragraph.
    linked: usize,
    /// The last letter; none at the beginning and after the end of a line.
    last: Option<char>,
}

impl Inline {
    pub(super) fn new() -> Self {
        Self {
            open: Vec::new(),
            levels: vec![Level { mark: None, spans: Vec::new() }],
            space: Space::None,
            linked: 0,
            last: None,
        }
    }

    /// What follows has this mark.
    pub(super) fn on(&mut self, mark: Mark) {
        // A link in a link ends the outer one.
        if let Mark::Link(_) = mark {
            self.off(&mark);
        }
        if self.open.len() < MOST_MARKS {
            self.open.push(mark);
        }
    }

    /// What follows has no mark of this kind any more, or one less.
    pub(super) fn off(&mut self, mark: &Mark) {
        if let Some(at) = self.open.iter().rposition(|open| discriminant(open) == discriminant(mark)) {
            self.open.remove(at);
        }
    }

    /// Ends all marks of this kind, and gives them.
    pub(super) fn lift(&mut self, mark: &Mark) -> Vec<Mark> {
        let (lifted, stay) =
            take(&mut self.open).into_iter().partition(|open| discriminant(open) == discriminant(mark));
        self.open = stay;
        lifted
    }

    /// Whether there are more links than are shown.
    pub(super) fn has_many_links(&self) -> bool {
        self.linked > MOST_LINKED
    }

    /// How many marks are open.
    pub(super) fn marks(&self) -> usize {
        self.open.len()
    }

    /// What was marked in an element ends with it.
    pub(super) fn keep_marks(&mut self, count: usize) {
        self.open.truncate(count);
    }

    /// Text in which white space counts as one space.
    pub(super) fn text(&mut self, text: &str) {
        for piece in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
            let word = piece.trim_end_matches(|c: char| c.is_ascii_whitespace());
            if let Some(first) = word.chars().next() {
                self.word(word, first);
            }
            if word.len() < piece.len() {
                self.space = match self.space {
                    _ if piece.ends_with('\n') => Space::Line,
                    Space::None => Space::Some,
                    before => before,
                };
            }
        }
    }

    /// Text as it is.
    pub(super) fn verbatim(&mut self, text: &str) {
        self.write(text);
        self.last = text.chars().next_back();
    }

    /// What follows begins on a line of its own, in text that is shown as it is.
    pub(super) fn next_line(&mut self) {
        if self.last.is_some_and(|last| last != '\n') {
            self.verbatim("\n");
        }
    }

    /// A picture, a box or the end of a line.
    pub(super) fn put(&mut self, span: Span) {
        let is_break = span == Span::Break;
        let common = self.close_levels();
        if !is_break {
            self.write_space('\u{0}');
        }
        self.open_levels(common);
        self.space = Space::None;
        self.last = (!is_break).then_some('\u{0}');
        if let Some(level) = self.levels.last_mut() {
            level.spans.push(span);
        }
    }

    /// Ends the paragraph, and gives what stands in it. The marks that are open stay so.
    pub(super) fn take(&mut self) -> Vec<Span> {
        while self.levels.len() > 1 {
            self.close_level();
        }
        self.space = Space::None;
        self.last = None;
        let mut spans = self.levels.first_mut().map(|level| take(&mut level.spans)).unwrap_or_default();
        while spans.last() == Some(&Span::Break) {
            spans.pop();
        }
        let breaks = spans.iter().take_while(|span| **span == Span::Break).count();
        spans.drain(..breaks);
        spans
    }

    fn word(&mut self, word: &str, first: char) {
        let common = self.close_levels();
        self.write_space(first);
        self.open_levels(common);
        self.write(word);
        self.last = word.chars().next_back();
    }

    /// Writes the space that has come before this letter, outside of the marks that begin after it.
    fn write_space(&mut self, next: char) {
        let is_glue = self.space == Space::Line && is_unspaced(next) && self.last.is_some_and(is_unspaced);
        if self.space != Space::None && self.last.is_some() && !is_glue {
            self.push_text(" ");
        }
        self.space = Space::None;
    }

    fn write(&mut self, text: &str) {
        let common = self.close_levels();
        self.open_levels(common);
        self.push_text(text);
    }

    /// Ends the marks that are not open any more, and says how many of the wanted ones are.
    fn close_levels(&mut self) -> usize {
        let wanted = self.wanted();
        let marks = self.levels.iter().skip(1).map(|level| level.mark.as_ref());
        let common = marks.zip(&wanted).take_while(|(have, want)| *have == Some(*want)).count();
        while self.levels.len() > common + 1 {
            self.close_level();
        }
        common
    }

    fn open_levels(&mut self, common: usize) {
        for mark in self.wanted().split_off(common) {
            self.levels.push(Level { mark: Some(mark), spans: Vec::new() });
        }
    }

    /// Each kind of mark once, in the order in which they were opened.
    fn wanted(&self) -> Vec<Mark> {
        let mut wanted: Vec<Mark> = Vec::new();
        for mark in &self.open {
            if wanted.len() < MOST_KINDS && !wanted.iter().any(|known| discriminant(known) == discriminant(mark)) {
                wanted.push(mark.clone());
            }
        }
        wanted
    }

    fn close_level(&mut self) {
        let Some(Level { mark, spans }) = self.levels.pop() else { return };
        let Some(outer) = self.levels.last_mut() else { return };
        if spans.is_empty() {
            return;
        }
        let inner = Spans(spans);
        outer.spans.push(match mark {
            Some(Mark::Strong) => Span::Strong(inner),
            Some(Mark::Emphasis) => Span::Emphasis(inner),
            Some(Mark::Struck) => Span::Struck(inner),
            Some(Mark::Code) => Span::Code(inner),
            Some(Mark::Key) => Span::Key(inner),
            Some(Mark::Raised) => Span::Raised(inner),
            Some(Mark::Lowered) => Span::Lowered(inner),
            Some(Mark::Link(target)) => {
                self.linked = self.linked.saturating_add(target.bytes());
                if self.linked > MOST_LINKED {
                    return outer.spans.extend(inner.0);
                }
                Target::clone(&target).span(inner.0)
            }
            None => return outer.spans.extend(inner.0),
        });
    }

    fn push_text(&mut self, text: &str) {
        let Some(level) = self.levels.last_mut() else { return };
        if let Some(Span::Text(before)) = level.spans.last_mut() {
            before.push_str(text);
        } else if !text.is_empty() {
            level.spans.push(Span::Text(String::from(text)));
        }
    }
}

/// Letters and marks of scripts that put no space between words, so that a line may end anywhere in a sentence.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{312f}' | '\u{3190}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ffef}' | '\u{1b000}'..='\u{1b16f}' | '\u{20000}'..='\u{3ffff}')
}
