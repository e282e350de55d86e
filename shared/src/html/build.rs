//! Puts blocks together from elements and texts, in the order in which they stand.

use super::anchors;
use super::attributes::Attributes;
use super::callout;
use super::element::{Role, closing, opening, role};
use super::frame::{Frames, Holds};
use super::inline::Mark;
use super::link::{Base, Target};
use super::remark::{NO_LINE, What};
use super::{Reading, media, table};
use crate::richtext::{Block, Span};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Elements that are open at once. Pages have some thirty.
const MOST_OPEN: usize = 100;
/// Reads elements and texts into blocks.
pub(crate) struct Builder<'a> {
    base: &'a Base,
    /// The page from which links go out, where the text says that it is another one.
    moved: Option<Base>,
    frames: Frames,
    open: Vec<Open>,
    skipped: Option<Skipped>,
    /// The footnotes to which the text refers, with their numbers.
    referred: BTreeMap<String, usize>,
}

/// An element that is open.
struct Open {
    name: String,
    /// What was open before it.
    frames: usize,
    marks: usize,
    is_preformatted: bool,
}

/// An element that is left out, and those of its name in it.
struct Skipped {
    name: String,
    depth: u32,
    /// What a video is called, if its address is still to come.
    media: Option<String>,
}

impl<'a> Builder<'a> {
    /// Reads a text whose links go out from this page.
    pub(crate) fn new(base: &'a Base) -> Self {
        Self { base, moved: None, frames: Frames::new(), open: Vec::new(), skipped: None, referred: BTreeMap::new() }
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
                media::put(&mut self.frames, self.moved.as_ref().unwrap_or(self.base), src, &title);
            }
            return;
        }
        // White space, tags and all of a text that is shown as it is.
        if self.is_preformatted() {
            return self.start_preformatted(name, attributes);
        }
        let role = role(name);
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
        }
    }

    /// The paragraph, item or heading ends in which an element began that is left out: so does that element.
    pub(crate) fn end_skipped(&mut self) {
        if let Some(Skipped { name, .. }) = self.skipped.take() {
            self.remark(What::Dropped(name));
        }
    }

    fn begin(&mut self, name: &str, role: Role, attributes: &Attributes) {
        // The end of a paragraph need not be written: the next block ends it.
        if !role.is_inline() && self.open.last().is_some_and(|open| open.name == "p") {
            self.end_from(self.open.len() - 1);
        }
        match role {
            Role::Mark(mark) => self.frames.inline.on(mark),
            Role::Link => self.begin_link(attributes),
            Role::Plain => self.text(opening(name)),
            Role::Void if name == "base" && self.moved.is_none() => {
                self.moved = attributes.first(&["href"]).map(|href| self.base.moved(href));
            }
            Role::Void => {}
            Role::Paragraph | Role::Group => self.begin_group(name, attributes),
            Role::Heading(level) => {
                self.end_any(&["h1", "h2", "h3", "h4", "h5", "h6"], &["td", "th", "li"]);
                if callout::is_title(attributes, true) && self.is_untitled_callout() {
                    return self.open_element(name, Some(Holds::Title));
                }
                let id = attributes.first(&["id"]).unwrap_or_default();
                self.open_element(name, Some(Holds::Heading { level, id: String::from(id) }));
            }
            Role::List => {
                let start = attributes.number("start").filter(|start| *start != 1);
                let ordered = name == "ol";
                self.open_element(name, Some(Holds::List { ordered, start, items: Vec::new() }));
            }
            Role::Item => {
                self.end_any(&["li"], &["ul", "ol", "menu", "dir"]);
                if !matches!(self.frames.holds(), Holds::List { .. }) {
                    let list = Holds::List { ordered: false, start: None, items: Vec::new() };
                    self.open_element("ul", Some(list));
                }
                self.open_element(name, Some(Holds::Item));
            }
            Role::Quote => {
                let holds = callout::of(name, attributes)
                    .map_or(Holds::Quote, |kind| Holds::Callout { kind, title: Vec::new() });
                self.open_element(name, Some(holds));
            }
            Role::Preformatted => {
                let language = media::language(attributes).unwrap_or_default();
                let before = self.open.len();
                self.open_element(name, Some(Holds::Code { language }));
                if let Some(open) = self.open.get_mut(before) {
                    open.is_preformatted = true;
                }
            }
            Role::Details => self.open_element(name, Some(Holds::Details { summary: Vec::new() })),
            Role::Summary => self.open_element(name, Some(Holds::Summary)),
            Role::Table => {
                self.open_element(name, Some(Holds::Table { rows: Vec::new(), caption: Vec::new() }));
            }
            Role::Rows => {
                self.end_any(&["thead", "tbody", "tfoot"], &["table"]);
                self.open_element(name, None);
            }
            Role::Row => {
                self.end_any(&["tr"], &["table"]);
                let holds =
                    matches!(self.frames.holds(), Holds::Table { .. }).then(|| Holds::Row { cells: Vec::new() });
                self.open_element(name, holds);
            }
            Role::Cell => {
                self.end_any(&["td", "th"], &["tr", "table"]);
                if matches!(self.frames.holds(), Holds::Table { .. }) {
                    self.open_element("tr", Some(Holds::Row { cells: Vec::new() }));
                }
                let is_head = self.open.iter().rev().take(3).any(|open| open.name == "thead");
                let cell = table::cell(name, attributes, is_head);
                let holds = matches!(self.frames.holds(), Holds::Row { .. }).then_some(Holds::Cell(cell));
                self.open_element(name, holds);
            }
            Role::Caption | Role::FigureCaption => self.open_element(name, Some(Holds::Caption)),
            Role::Figure => self.open_element(name, Some(Holds::Figure { caption: Vec::new() })),
            Role::Terms => self.open_element(name, Some(Holds::Terms(Vec::new()))),
            Role::Term | Role::Meaning => {
                self.end_any(&["dt", "dd"], &["dl"]);
                let holds = if role == Role::Term { Holds::Term } else { Holds::Meaning };
                self.open_element(name, Some(holds));
            }
            Role::Break => self.frames.inline.put(Span::Break),
            Role::Rule => {
                self.frames.flush();
                self.frames.push(Block::Rule);
            }
            Role::Picture => media::picture(&mut self.frames, self.moved.as_ref().unwrap_or(self.base), attributes),
            Role::Media => {
                if let Some(title) =
                    media::media(&mut self.frames, self.moved.as_ref().unwrap_or(self.base), name, attributes)
                {
                    self.skip(name, title);
                }
            }
            Role::Field if attributes.get("type") == Some("checkbox") => {
                self.frames.inline.put(Span::Task(attributes.get("checked").is_some()));
            }
            Role::Field => {
                if attributes.get("type") != Some("hidden") {
                    self.remark(What::Dropped(String::from(name)));
                }
            }
            Role::Silent => self.skip(name, None),
            Role::Dropped => {
                self.remark(What::Dropped(String::from(name)));
                self.skip(name, None);
            }
            Role::Unknown => self.remark(What::Unknown(String::from(name))),
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
            Role::Mark(mark) => self.frames.inline.off(&mark),
            Role::Plain => self.text(closing(name)),
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
        let notes = anchors::in_order(std::mem::take(&mut self.frames.notes), &self.referred);
        if let Some(notes) = notes {
            self.frames.push(Block::Rule);
            self.frames.push(notes);
        }
        let (blocks, remarks) = self.frames.into_blocks();
        let (blocks, nowhere) = anchors::settled(blocks, title);
        let mut remarks = remarks;
        nowhere.into_iter().for_each(|to| remarks.note(What::Link(["#", &to].concat()), NO_LINE));
        Reading { blocks, remarks: remarks.into_list() }
    }

    fn begin_link(&mut self, attributes: &Attributes) {
        let Some(href) = attributes.get("href") else { return };
        match self.moved.as_ref().unwrap_or(self.base).target(href) {
            Some(target) => self.frames.inline.on(Mark::Link(Rc::new(target))),
            None => {
                if !href.is_empty() {
                    self.remark(What::Link(media::shortened(href)));
                }
            }
        }
    }

    fn begin_group(&mut self, name: &str, attributes: &Attributes) {
        self.frames.flush();
        if self.is_untitled_callout() && callout::is_title(attributes, false) {
            return self.open_element(name, Some(Holds::Title));
        }
        // A callout that is all that stands in a wrapper of its own is one with it.
        let kind = callout::of(name, attributes).filter(|_| !self.is_untitled_callout());
        self.open_element(name, kind.map(|kind| Holds::Callout { kind, title: Vec::new() }));
    }

    /// Whether the text is at the beginning of a callout that has no title.
    fn is_untitled_callout(&self) -> bool {
        self.frames.innermost().is_some_and(|frame| {
            matches!(&frame.holds, Holds::Callout { title, .. } if title.is_empty()) && frame.blocks.is_empty()
        })
    }

    /// Inside of text that is shown as it is, an element says its language, or is a line.
    fn start_preformatted(&mut self, name: &str, attributes: &Attributes) {
        match (role(name), self.frames.holds_mut()) {
            (Role::Break, _) => self.frames.inline.verbatim("\n"),
            (Role::Group | Role::Paragraph, _) => self.frames.inline.next_line(),
            (Role::Silent, _) => self.skip(name, None),
            (Role::Dropped, _) => {
                self.remark(What::Dropped(String::from(name)));
                self.skip(name, None);
            }
            (Role::Picture, _) => {
                self.frames.inline.verbatim(attributes.get("alt").unwrap_or_default());
                self.remark(What::Dropped(String::from(name)));
            }
            (_, Some(Holds::Code { language })) if language.is_empty() => {
                *language = media::language(attributes).unwrap_or_default();
            }
            _ => {}
        }
    }

    /// Leaves out an element that has just begun, up to its end.
    fn skip(&mut self, name: &str, media: Option<String>) {
        self.skipped = Some(Skipped { name: String::from(name), depth: 1, media });
    }

    fn is_preformatted(&self) -> bool {
        self.open.last().is_some_and(|open| open.is_preformatted)
    }

    fn open_element(&mut self, name: &str, holds: Option<Holds>) {
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
    fn end_any(&mut self, names: &[&str], outside: &[&str]) {
        let is = |open: &Open, names: &[&str]| names.contains(&open.name.as_str());
        let innermost = self.open.iter().rposition(|open| is(open, names) || is(open, outside));
        if let Some(place) = innermost.filter(|place| self.open.get(*place).is_some_and(|open| is(open, names))) {
            self.end_from(place);
        }
    }

    fn end_from(&mut self, place: usize) {
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
