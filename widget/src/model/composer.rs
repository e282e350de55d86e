//! The text that is being written.

use shared::client::is_blank;
use shared::protocol::MAX_MESSAGE_CHARS;

/// The text that is being written, and whether the page's element must be told of a change that the visitor did not make.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Composer {
    text: String,
    revision: u32,
    /// By how many characters the text is longer than the edge takes: counted once for each change, however many ask.
    excess: usize,
}

impl Composer {
    /// The text as it is.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Grows when the text was changed by us and not by typing: the element is written to only then, so that typing
    /// never moves the caret.
    pub fn revision(&self) -> u32 {
        self.revision
    }

    /// The visitor typed.
    pub fn typed(&mut self, text: String) {
        self.text = text;
        self.count();
    }

    /// Puts a kept text below what is there already, so that neither is lost.
    pub fn put_back(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if !self.is_blank() {
            self.text.push('\n');
        }
        self.text.push_str(text);
        self.revision += 1;
        self.count();
    }

    /// Shows another text once this one is safe elsewhere.
    pub fn replace(&mut self, text: &str) {
        self.text = String::from(text);
        self.revision += 1;
        self.count();
    }

    /// Whether there is nothing to send.
    pub fn is_blank(&self) -> bool {
        is_blank(&self.text)
    }

    /// By how many characters it is longer than the edge takes.
    pub fn excess(&self) -> usize {
        self.excess
    }

    fn count(&mut self) {
        // A character has at least one byte: the usual text is not counted at all.
        self.excess = match self.text.len() {
            0..=MAX_MESSAGE_CHARS => 0,
            _ => self.text.trim().chars().count().saturating_sub(MAX_MESSAGE_CHARS),
        };
    }

    /// What would be sent; none if it may not be.
    pub fn message(&self) -> Option<&str> {
        (!self.is_blank() && self.excess() == 0).then(|| self.text.trim())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Composer {
        let mut composer = Composer::default();
        composer.typed(text.into());
        composer
    }

    #[test]
    fn blank_and_far_too_long_texts_are_not_sent() {
        assert_eq!(typed(" \n ").message(), None);
        assert_eq!(typed(&"é".repeat(MAX_MESSAGE_CHARS)).message().map(str::len), Some(MAX_MESSAGE_CHARS * 2));
        assert_eq!(typed(&"é".repeat(MAX_MESSAGE_CHARS + 1)).message(), None);
        assert_eq!(typed(&"é".repeat(MAX_MESSAGE_CHARS + 7)).excess(), 7);
        assert_eq!(typed("\u{200b}\u{feff}").message(), None, "nothing of it would be seen");
        assert_eq!(typed(" hello\n").message(), Some("hello"));
    }

    #[test]
    fn a_text_put_back_never_replaces_what_was_written_since() {
        let mut composer = typed("second");
        composer.put_back("first");
        assert_eq!(composer.text(), "second\nfirst");
        let mut empty = typed("");
        empty.put_back("first");
        assert_eq!((empty.text(), empty.revision()), ("first", 1));
    }

    #[test]
    fn typing_never_asks_for_the_element_to_be_written() {
        let mut composer = typed("a");
        composer.typed("ab".into());
        assert_eq!(composer.revision(), 0);
        composer.replace("");
        assert_eq!(composer.revision(), 1);
    }
}
