//! What each element begins.

use super::attributes::Attributes;
use super::build::Builder;
use super::element::{Role, opening, role};
use super::frame::Holds;
use super::inline::Mark;
use super::link::Target;
use super::omit;
use super::remark::What;
use super::{callout, media, style, table};
use crate::richtext::{Block, Span};
use std::borrow::Cow;
use std::rc::Rc;

impl Builder<'_> {
    /// An element begins that is not left out.
    pub(super) fn begin(&mut self, name: &str, role: Role, attributes: &Attributes) {
        // The end of a paragraph need not be written: the next block ends it.
        if !role.is_inline() && self.open.last().is_some_and(|open| open.name == "p") {
            self.end_from(self.open.len() - 1);
        }
        match role {
            Role::Mark(mark) => self.begin_marked(name, Some(mark), attributes),
            Role::Link => self.begin_link(attributes),
            Role::Plain => {
                if name == "math" {
                    self.remark(What::Formula);
                }
                self.begin_marked(name, None, attributes);
                self.text(opening(name));
            }
            // The first one counts, as in browsers.
            Role::Void if name == "base" && matches!(self.base, Cow::Borrowed(_)) => {
                if let Some(href) = attributes.first(&["href"]) {
                    self.base = Cow::Owned(self.base.moved(href));
                }
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
                let is_lettered = attributes.get("type").is_some_and(|kind| matches!(kind, "a" | "A" | "i" | "I"));
                if ordered && (is_lettered || attributes.get("reversed").is_some()) {
                    self.remark(What::Counting);
                }
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
                let holds = callout::of(name, attributes, self.frames.is_in_callout())
                    .map_or(Holds::Quote, |callout| Holds::Callout { kind: callout.kind, title: Vec::new() });
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
                self.end_any(&["thead", "tbody", "tfoot", "caption"], &["table"]);
                self.open_element(name, None);
            }
            Role::Row => {
                self.end_any(&["tr", "caption"], &["table"]);
                let holds =
                    matches!(self.frames.holds(), Holds::Table { .. }).then(|| Holds::Row { cells: Vec::new() });
                self.open_element(name, holds);
            }
            Role::Cell => {
                self.end_any(&["td", "th", "caption"], &["tr", "table"]);
                if matches!(self.frames.holds(), Holds::Table { .. }) {
                    self.open_element("tr", Some(Holds::Row { cells: Vec::new() }));
                }
                let is_head = self.open.iter().rev().take(3).any(|open| open.name == "thead");
                let cell = table::cell(name, attributes, is_head);
                let holds = matches!(self.frames.holds(), Holds::Row { .. }).then_some(Holds::Cell(cell));
                self.open_element(name, holds);
            }
            Role::Caption | Role::FigureCaption => self.open_element(name, Some(Holds::Caption)),
            Role::Figure => {
                let holds = match callout::of(name, attributes, self.frames.is_in_callout()) {
                    Some(callout) => Holds::Callout { kind: callout.kind, title: Vec::new() },
                    None => Holds::Figure { caption: Vec::new() },
                };
                self.open_element(name, Some(holds));
            }
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
            Role::Picture => media::picture(&mut self.frames, &self.base, attributes),
            Role::Media => {
                if let Some(title) = media::media(&mut self.frames, &self.base, name, attributes) {
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

    fn begin_link(&mut self, attributes: &Attributes) {
        let Some(href) = attributes.get("href") else { return };
        match self.base.target(href) {
            Some(target) => {
                if let Target::Here(to) = &target {
                    self.jumps.entry(to.clone()).or_insert(self.frames.line);
                }
                self.frames.inline.on(Mark::Link(Rc::new(target)));
            }
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
        let mut callout = callout::of(name, attributes, self.frames.is_in_callout());
        // A callout that is all that stands in a wrapper of its own is one with it.
        if self.is_untitled_callout()
            && let Some(inner) = callout.take()
            && let Some(Holds::Callout { kind, .. }) = self.frames.holds_mut()
        {
            *kind = (*kind).max(inner.kind);
        }
        self.open_element(name, callout.map(|callout| Holds::Callout { kind: callout.kind, title: Vec::new() }));
    }

    /// What follows has the mark of its element, and what its style says.
    fn begin_marked(&mut self, name: &str, mark: Option<Mark>, attributes: &Attributes) {
        // A style whose end is missing somewhere would mark all that follows.
        let said = attributes.get("style").filter(|_| !self.unclosed.contains(name));
        let mut style = said.map(style::of).unwrap_or_default();
        if let Some(mark) = mark
            && !style.off.contains(&mark)
        {
            style.on.retain(|more| *more != mark);
            style.on.insert(0, mark);
        }
        style.off = style.off.into_iter().flat_map(|mark| self.frames.inline.lift(&mark)).collect();
        style.on.iter().for_each(|mark| self.frames.inline.on(mark.clone()));
        self.marked.entry(String::from(name)).or_default().push(style);
    }

    /// What was marked with an element ends with it, and what was lifted from it begins again.
    pub(super) fn end_marked(&mut self, name: &str, mark: Option<&Mark>) {
        match self.marked.get_mut(name).and_then(Vec::pop) {
            Some(style) => {
                style.on.iter().rev().for_each(|mark| self.frames.inline.off(mark));
                style.off.into_iter().for_each(|mark| self.frames.inline.on(mark));
            }
            None => mark.into_iter().for_each(|mark| self.frames.inline.off(mark)),
        }
    }

    /// Whether the text is at the beginning of a callout that has no title.
    fn is_untitled_callout(&self) -> bool {
        self.frames.innermost().is_some_and(|frame| {
            matches!(&frame.holds, Holds::Callout { title, .. } if title.is_empty()) && frame.blocks.is_empty()
        })
    }

    /// Inside of text that is shown as it is, an element says its language, or is a line.
    pub(super) fn start_preformatted(&mut self, name: &str, attributes: &Attributes) {
        if omit::is_line_number(attributes) && !self.unclosed.contains(name) {
            return self.skip(name, None);
        }
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
}
