//! Puts blocks together from elements and texts, in the order in which they stand.

use super::anchors;
use super::attributes::Attributes;
use super::element::{Role, closing, role};
use super::frame::{Frames, Holds};
use super::inline::Mark;
use super::link::{Base, Target};
use super::omit::{Omission, omission};
use super::open::{Open, Skipped};
use super::remark::{NO_LINE, What};
use super::style::Style;
use super::{Reading, media};
use crate::richtext::{Block, Span};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Elements that are open at once. Pages have some thirty.
const MOST_OPEN: usize = 100;

/// Reads elements and texts into blocks.
pub(crate) struct Builder<'a> {
    pub(super) base: Cow<'a, Base>,
    pub(super) frames: Frames,
    pub(super) open: Vec<Open>,
    pub(super) skipped: Option<Skipped>,
    /// Elements whose end is missing somewhere: none of these is left out.
    pub(super) unclosed: BTreeSet<String>,
    /// The footnotes to which the text refers, with their numbers.
    pub(super) referred: BTreeMap<String, usize>,
    /// For elements that are open among the words, by name, what the text was marked with and what was lifted from it.
    pub(super) marked: BTreeMap<String, Vec<Style>>,
    /// The places of this text to which links lead, each with the line of the first one.
    pub(super) jumps: BTreeMap<String, u32>,
}

impl<'a> Builder<'a> {
    /// Reads a text whose links go out from this page.
    pub(crate) fn new(base: &'a Base) -> Self {
        Self {
            base: Cow::Borrowed(base),
            frames: Frames::new(),
            open: Vec::new(),
            skipped: None,
            unclosed: BTreeSet::new(),
            referred: BTreeMap::new(),
            marked: BTreeMap::new(),
            jumps: BTreeMap::new(),
        }
    }

    /// Elements of these names are not closed somewhere. One that was left out would take all that follows along.
    pub(super) fn keep_unclosed(&mut self, names: BTreeSet<String>) {
        self.unclosed = names;
    }

    /// What comes now stands on this line.
    pub(crate) fn on_line(&mut self, line: u32) {
        self.frames.line = line;
    }

    /// Something is not shown as it was written.
    pub(crate) fn remark(&mut self, what: What) {
        self.frames.remark(what);
    }

    /// Text. White space counts as one space, but in an element that keeps it.
    pub(crate) fn text(&mut self, text: &str) {
        if self.skipped.is_some() {
            return;
        }
        if self.is_preformatted() {
            self.frames.inline.verbatim(text);
        } else {
            self.frames.inline.text(text);
        }
    }

    /// A reference to a footnote.
    pub(crate) fn refer(&mut self, note: &str) {
        if self.skipped.is_some() {
            return;
        }
        let next = self.referred.len() + 1;
        let number = *self.referred.entry(String::from(note)).or_insert(next);
        let text = Span::Text(number.to_string()).into_spans();
        let jump = Span::Jump { text, to: anchors::of_note(number) };
        self.frames.inline.put(Span::Raised(jump.into_spans()));
    }

    /// The text of a footnote begins, up to the end of `note`.
    pub(crate) fn begin_note(&mut self, note: &str) {
        self.open_element("note", Some(Holds::Note(String::from(note))));
    }

    /// An element begins.
    pub(crate) fn start(&mut self, name: &str, attributes: &Attributes) {
        if let Some(skipped) = &mut self.skipped {
            skipped.depth += u32::from(skipped.name == name);
            if name == "source"
                && let Some(title) = skipped.media.take()
                && let Some(src) = attributes.first(&["src"])
            {
                media::put(&mut self.frames, &self.base, src, &title);
            }
            return;
        }
        // White space, tags and all of a text that is shown as it is.
        if self.is_preformatted() {
            return self.start_preformatted(name, attributes);
        }
        let role = role(name);
        if let Some(omission) = omission(name, &role, attributes).filter(|_| !self.unclosed.contains(name)) {
            if let Omission::Told(what) = omission {
                self.remark(what);
            }
            return self.skip(name, None);
        }
        // The place of a block is before it and after what it ends.
        if !role.is_inline() {
            self.frames.flush();
        }
        if let Some(id) = attributes.first(&["id"]).or_else(|| attributes.first(&["name"]).filter(|_| name == "a"))
            && !matches!(role, Role::Heading(_) | Role::Field)
        {
            self.frames.anchors.push(String::from(id));
        }
        self.begin(name, role, attributes);
    }

    /// An element that has just begun has nothing in it: the tag said so itself.
    pub(crate) fn close_itself(&mut self, name: &str) {
        if self.skipped.as_ref().is_some_and(|skipped| skipped.name == name && skipped.depth == 1) {
            self.skipped = None;
        } else if self.skipped.is_none() && matches!(role(name), Role::Mark(_) | Role::Plain | Role::Link) {
            self.end(name);
        }
    }

    /// The paragraph, item or heading ends in which an element began that is left out: so does that element.
    pub(crate) fn end_skipped(&mut self) {
        if let Some(Skipped { name, .. }) = self.skipped.take() {
            self.remark(What::Dropped(name));
        }
    }

    /// An element ends.
    pub(crate) fn end(&mut self, name: &str) {
        if let Some(skipped) = &mut self.skipped {
            if skipped.name == name {
                skipped.depth -= 1;
                if skipped.depth == 0 {
                    self.skipped = None;
                }
            }
            return;
        }
        // In a text that is shown as it is, other elements do not begin, and so end nothing.
        if self.is_preformatted() && self.open.last().is_some_and(|open| open.name != name) {
            return;
        }
        match role(name) {
            Role::Mark(mark) => self.end_marked(name, Some(&mark)),
            Role::Plain => {
                self.text(closing(name));
                self.end_marked(name, None);
            }
            Role::Link => self.frames.inline.off(&Mark::Link(Rc::new(Target::Here(String::new())))),
            // `</br>` is read as `<br>` by browsers, and `</p>` as an empty paragraph.
            Role::Break => self.frames.inline.put(Span::Break),
            Role::Row | Role::Rows | Role::Caption => self.end_any(&[name], &["table"]),
            Role::Table => self.end_any(&[name], &[]),
            Role::Cell => self.end_any(&[name], &["tr", "table"]),
            Role::Item => self.end_any(&[name], &["ul", "ol", "menu", "dir", "td", "th"]),
            _ => {
                if role(name) == Role::Paragraph {
                    self.frames.flush();
                }
                self.end_any(&[name], &["td", "th"]);
            }
        }
    }

    /// Ends all that is open, and gives what was read. A heading at the beginning that says the title says nothing new.
    pub(crate) fn finish(mut self, title: &str) -> Reading {
        self.end_skipped();
        self.end_from(0);
        self.frames.flush();
        if self.frames.inline.has_many_links() {
            self.remark(What::ManyLinks);
        }
        let notes = anchors::in_order(std::mem::take(&mut self.frames.notes), &self.referred);
        if let Some(notes) = notes {
            self.frames.push(Block::Rule);
            self.frames.push(notes);
        }
        let (blocks, mut remarks) = self.frames.into_blocks();
        let (blocks, nowhere) = anchors::settled(blocks, title);
        for to in nowhere {
            let line = self.jumps.get(&to).copied().unwrap_or(NO_LINE);
            remarks.note(What::Link(["#", &to].concat()), line);
        }
        Reading { blocks, remarks: remarks.into_list() }
    }

    /// Leaves out an element that has just begun, up to its end.
    pub(super) fn skip(&mut self, name: &str, media: Option<String>) {
        self.skipped = Some(Skipped::new(name, media));
    }

    pub(super) fn is_preformatted(&self) -> bool {
        self.open.last().is_some_and(|open| open.is_preformatted)
    }

    pub(super) fn open_element(&mut self, name: &str, holds: Option<Holds>) {
        self.frames.flush();
        if self.open.len() >= MOST_OPEN {
            return self.remark(What::Deep);
        }
        let open = Open {
            name: String::from(name),
            frames: self.frames.count(),
            marks: self.frames.inline.marks(),
            is_preformatted: false,
        };
        if let Some(holds) = holds {
            self.frames.open(holds);
        }
        self.open.push(open);
    }

    /// Ends the innermost of these elements with all that is in it, unless it is outside of one of those.
    pub(super) fn end_any(&mut self, names: &[&str], outside: &[&str]) {
        let is = |open: &Open, names: &[&str]| names.contains(&open.name.as_str());
        let innermost = self.open.iter().rposition(|open| is(open, names) || is(open, outside));
        if let Some(place) = innermost.filter(|place| self.open.get(*place).is_some_and(|open| is(open, names))) {
            self.end_from(place);
        }
    }

    pub(super) fn end_from(&mut self, place: usize) {
        while self.open.len() > place {
            let Some(open) = self.open.pop() else { return };
            self.frames.flush();
            let held = self.frames.count() > open.frames;
            while self.frames.count() > open.frames {
                self.frames.close();
            }
            if held {
                self.frames.inline.keep_marks(open.marks);
            }
        }
    }
}
