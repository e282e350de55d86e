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

    /// Whether no line stands below the caret.
    pub(crate) fn is_last(&self) -> bool {
        self.above.is_none_or(|above| above >= breaks(&self.text))
    }

    fn read(&mut self, parent: &Node) {
        let place = self.caret_in(parent);
        let (mut number, mut before) = (0, None);
        let mut next = parent.first_child();
        while let Some(node) = next {
            next = node.next_sibling();
            let name = node.node_name();
            let is_line = is_line(&name);
            if before.is_some_and(|was_line| was_line || is_line) {
                self.text.push('\n');
            }
            before = Some(is_line);
            if place == Some(number) {
                self.above = Some(breaks(&self.text));
            }
            number += 1;
            match name.as_str() {
                "#text" => self.read_text(&node),
                "BR" => self.text.push('\n'),
                _ => {
                    self.read(&node);
                    continue;
                }
            }
            // A line break is not seen where the line ends anyway.
            if next.as_ref().is_none_or(|next| self::is_line(&next.node_name())) && self.text.ends_with('\n') {
                self.text.pop();
            }
        }
        if place.is_some_and(|place| place >= number) {
            self.above = Some(breaks(&self.text));
        }
    }

    fn read_text(&mut self, node: &Node) {
        let text = node.text_content().unwrap_or_default();
        if let Some(place) = self.caret_in(node) {
            // Places count in UTF-16.
            let before = text.encode_utf16().take(place as usize).filter(|unit| *unit == u16::from(b'\n'));
            self.above = Some(breaks(&self.text) + before.count());
        }
        self.text.push_str(&text);
    }

    /// The caret's place in this node.
    fn caret_in(&mut self, node: &Node) -> Option<u32> {
        self.caret.take_if(|(caret, _)| caret.is_same_node(Some(node))).map(|(_, place)| place)
    }
}

/// Whether an element of this name is a line of its own.
fn is_line(name: &str) -> bool {
    matches!(name, "DIV" | "P")
}

fn breaks(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}
