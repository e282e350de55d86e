//! What agents have typed and not sent, by conversation. Nothing typed is lost.

use shared::ids::ConversationId;
use std::collections::{BTreeMap, BTreeSet};

/// The texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Drafts {
    texts: BTreeMap<ConversationId, String>,
    /// Those that are to be kept anew.
    changed: BTreeSet<ConversationId>,
}

impl Drafts {
    /// The text of a conversation.
    pub(crate) fn get(&self, id: &ConversationId) -> &str {
        self.texts.get(id).map_or("", String::as_str)
    }

    /// Keeps a text; nothing is kept of an empty one.
    pub(crate) fn set(&mut self, id: &ConversationId, text: String) {
        self.changed.insert(id.clone());
        if text.is_empty() {
            self.texts.remove(id);
        } else {
            self.texts.insert(id.clone(), text);
        }
    }

    /// Takes what is to be sent; a blank text stays and is not sent.
    pub(crate) fn take(&mut self, id: &ConversationId) -> Option<String> {
        let text = self.get(id).trim();
        if text.is_empty() {
            return None;
        }
        let text = String::from(text);
        self.set(id, String::new());
        Some(text)
    }

    /// Puts a piece into a text at a place, parted from its neighbours by a space. The place is counted in UTF-16 units, as
    /// browsers count; without one it is the end. Gives the place after the piece.
    pub(crate) fn insert(&mut self, id: &ConversationId, place: Option<u32>, piece: &str) -> u32 {
        let text = self.get(id);
        let at = place.map_or(text.len(), |units| byte_of(text, units));
        let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
        let mut joined = String::from(before);
        if !before.is_empty() && !before.ends_with(char::is_whitespace) {
            joined.push(' ');
        }
        joined.push_str(piece);
        let caret = joined.encode_utf16().count();
        if !after.starts_with(|c: char| c.is_whitespace() || c.is_ascii_punctuation()) {
            joined.push(' ');
        }
        joined.push_str(after);
        self.set(id, joined);
        u32::try_from(caret).unwrap_or(u32::MAX)
    }

    /// The conversations whose texts have changed since this was asked last.
    pub(crate) fn take_changed(&mut self) -> BTreeSet<ConversationId> {
        std::mem::take(&mut self.changed)
    }

    /// The texts of all conversations, as earlier builds kept them; what cannot be read is nothing.
    pub(crate) fn texts_of(json: &str) -> BTreeMap<ConversationId, String> {
        serde_json::from_str(json).unwrap_or_default()
    }
}

fn byte_of(text: &str, units: u32) -> usize {
    let mut left = units as usize;
    for (at, c) in text.char_indices() {
        if left < c.len_utf16() {
            return at;
        }
        left -= c.len_utf16();
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::conversation;

    #[test]
    fn drafts_belong_to_their_conversation_and_each_is_kept_when_it_has_changed() {
        let mut drafts = Drafts::default();
        drafts.set(&conversation('a'), " hello ".into());
        drafts.set(&conversation('b'), " \n".into());
        assert!(drafts.take_changed().into_iter().eq([conversation('a'), conversation('b')]));
        assert_eq!(drafts.get(&conversation('a')), " hello ");
        assert_eq!(drafts.take(&conversation('a')).as_deref(), Some("hello"));
        assert_eq!(drafts.get(&conversation('a')), "");
        assert_eq!(drafts.take(&conversation('b')), None);
        assert_eq!(drafts.get(&conversation('b')), " \n");
        assert!(drafts.take_changed().into_iter().eq([conversation('a')]), "what was sent is kept no more");
        assert_eq!(drafts.take_changed().len(), 0);
    }

    #[test]
    fn what_an_earlier_build_kept_is_read() {
        let json = format!("{{\"{}\":\"hello\"}}", conversation('a'));
        assert!(Drafts::texts_of(&json).into_iter().eq([(conversation('a'), String::from("hello"))]));
        assert_eq!(Drafts::texts_of("{").len(), 0);
    }

    #[test]
    fn a_piece_is_put_in_at_the_caret_and_parted_by_spaces() {
        let check = |text: &str, place, expected: &str, caret| {
            let mut drafts = Drafts::default();
            drafts.set(&conversation('a'), text.into());
            assert_eq!(drafts.insert(&conversation('a'), place, "X"), caret, "{text}");
            assert_eq!(drafts.get(&conversation('a')), expected);
        };
        check("", None, "X ", 1);
        check("see", None, "see X ", 5);
        check("see .", Some(4), "see X.", 5);
        check("ab", Some(1), "a X b", 3);
        check("😀b", Some(2), "😀 X b", 4);
        check("😀b", Some(1), "X 😀b", 1);
        check("a", Some(99), "a X ", 3);
    }
}
