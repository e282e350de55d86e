//! The text of an element that is written in, line by line as it is seen.
//!
//! A line begins behind a character, behind a `br`, or with an element: Chromium makes elements of lines that an input method or
//! a program inserts, Firefox of those that are typed. `textContent` knows the first only, and `innerText` shows an empty element
//! as two lines.

use web_sys::Node;

/// What stands in an element, and where the caret is.
#[derive(Default)]
pub(crate) struct Lines {
    /// The text, without the line break at its end that browsers need to show an empty line.
    pub(crate) text: String,
    /// The node that the caret is in, until it is met, and the place in it.
    caret: Option<(Node, u32)>,
    /// The line breaks before the caret.
    above: Option<usize>,
    /// Whether the text ends with a line break that stands in the line which it ends.
    is_ended: bool,
}

impl Lines {
    /// Reads this element.
    pub(crate) fn of(field: &Node) -> Self {
        let selection = super::window().and_then(|window| window.get_selection().ok().flatten());
        let caret = selection.and_then(|selection| Some((selection.focus_node()?, selection.focus_offset())));
        let mut lines = Self { caret, ..Self::default() };
        lines.read(field);
        lines
    }

    /// The text of this element.
    pub(crate) fn text_of(field: &Node) -> String {
        let mut lines = Self::default();
        lines.read(field);
        lines.text
    }

    /// Whether no line stands below the caret.
    pub(crate) fn is_last(&self) -> bool {
        self.above.is_none_or(|above| above >= breaks(&self.text))
    }

    fn read(&mut self, field: &Node) {
        self.read_in(field);
        if self.is_ended {
            self.text.pop();
        }
    }

    fn read_in(&mut self, parent: &Node) {
        let place = self.caret_in(parent);
        let (mut number, mut was_line) = (0, false);
        let mut next = parent.first_child();
        loop {
            if place == Some(number) {
                self.above = Some(breaks(&self.text));
            }
            let Some(node) = next else { return };
            next = node.next_sibling();
            let name = node.node_name();
            let is_line = matches!(name.as_str(), "DIV" | "P");
            if number > 0 && (was_line || is_line) {
                if !self.is_ended {
                    self.text.push('\n');
                }
                self.is_ended = false;
            }
            number += 1;
            was_line = is_line;
            match name.as_str() {
                "#text" => self.read_text(&node),
                "BR" => self.push(String::from("\n")),
                _ => self.read_in(&node),
            }
        }
    }

    fn read_text(&mut self, node: &Node) {
        let text = node.text_content().unwrap_or_default();
        if let Some(place) = self.caret_in(node) {
            // Places count in UTF-16.
            let before = text.encode_utf16().take(place as usize).filter(|unit| *unit == u16::from(b'\n'));
            self.above = Some(breaks(&self.text) + before.count());
        }
        self.push(text);
    }

    fn push(&mut self, text: String) {
        if !text.is_empty() {
            self.is_ended = text.ends_with('\n');
        }
        // The usual text is one node.
        if self.text.is_empty() { self.text = text } else { self.text.push_str(&text) }
    }

    /// The caret's place in this node.
    fn caret_in(&mut self, node: &Node) -> Option<u32> {
        self.caret.take_if(|(caret, _)| caret.is_same_node(Some(node))).map(|(_, place)| place)
    }
}

fn breaks(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}
