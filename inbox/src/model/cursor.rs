//! The row that the keyboard is on.

use super::lists::Rows;
use shared::ids::ConversationId;

/// A place in a list that survives the list's changes: it follows its row, and when the row leaves it stays at its height.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Cursor {
    row: Option<ConversationId>,
    height: usize,
}

impl Cursor {
    /// The height of the row that it is on, if that row is still there; else its own. None before it was anywhere.
    pub(crate) fn at(&self, rows: Rows<'_>) -> Option<usize> {
        let row = self.row.as_ref()?;
        rows.find(row).or_else(|| Some(self.height.min(rows.len().checked_sub(1)?)))
    }

    /// The row it is on.
    pub(crate) fn on<'a>(&self, rows: Rows<'a>) -> Option<&'a ConversationId> {
        rows.get(self.at(rows)?)
    }

    /// Moves by one row, down or up; the first move in a list lands on its first row. It stops at the ends.
    pub(crate) fn step(&mut self, rows: Rows<'_>, down: bool) {
        let next = match &self.row {
            None => 0,
            Some(row) => match rows.find(row) {
                Some(at) if down => at + 1,
                Some(at) => at.saturating_sub(1),
                // The row has left and the next one has moved to its height.
                None if down => self.height,
                None => self.height.saturating_sub(1),
            },
        };
        let Some(last) = rows.len().checked_sub(1) else { return };
        self.height = next.min(last);
        self.row = rows.get(self.height).cloned();
    }

    /// Goes to a row.
    pub(crate) fn go(&mut self, rows: Rows<'_>, id: &ConversationId) {
        self.height = rows.find(id).unwrap_or(self.height);
        self.row = Some(id.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lists::{List, Lists};
    use crate::model::samples::{conversation, page, summary};
    use shared::protocol::Status;

    /// A list whose rows are in the order of these letters.
    fn lists(letters: &str) -> Lists {
        let mut lists = Lists::default();
        let line = |(at, letter)| summary(letter, 1, Status::Automatic, None, 1_000 - u64::try_from(at).unwrap());
        lists.take(page(&List::All, None, letters.chars().enumerate().map(line).collect(), false));
        lists
    }

    #[test]
    fn it_moves_and_stops_at_the_ends() {
        let lists = lists("abc");
        let rows = lists.rows(&List::All);
        let mut cursor = Cursor::default();
        assert_eq!(cursor.on(rows), None);
        for (down, letter) in
            [(true, 'a'), (true, 'b'), (true, 'c'), (true, 'c'), (false, 'b'), (false, 'a'), (false, 'a')]
        {
            cursor.step(rows, down);
            assert_eq!(cursor.on(rows), Some(&conversation(letter)));
        }
    }

    #[test]
    fn it_follows_its_row_and_stays_at_its_height_when_the_row_leaves() {
        let mut cursor = Cursor::default();
        let check = |cursor: &Cursor, letters: &str, expected: Option<char>| {
            let expected = expected.map(conversation);
            assert_eq!(cursor.on(lists(letters).rows(&List::All)), expected.as_ref(), "{letters}");
        };
        cursor.go(lists("abc").rows(&List::All), &conversation('b'));
        check(&cursor, "xabc", Some('b'));
        check(&cursor, "ac", Some('c'));
        cursor.step(lists("ac").rows(&List::All), true);
        check(&cursor, "ac", Some('c'));
        check(&cursor, "", None);
    }
}
