//! The row that the keyboard is on.

use shared::ids::ConversationId;

/// A place in a list that survives the list's changes: it follows its row, and when the row leaves it stays at its height.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Cursor {
    row: Option<ConversationId>,
    height: usize,
}

impl Cursor {
    /// The row it is on, if that row is still there; else the row at its height.
    pub(crate) fn on<'a>(&self, rows: &'a [ConversationId]) -> Option<&'a ConversationId> {
        let row = self.row.as_ref()?;
        rows.iter().find(|id| *id == row).or_else(|| rows.get(self.height.min(rows.len().checked_sub(1)?)))
    }

    /// Moves by one row, down or up; the first move in a list lands on its first row. It stops at the ends.
    pub(crate) fn step(&mut self, rows: &[ConversationId], down: bool) {
        let next = match &self.row {
            None => 0,
            Some(row) => match rows.iter().position(|id| id == row) {
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
    pub(crate) fn go(&mut self, rows: &[ConversationId], id: &ConversationId) {
        self.height = rows.iter().position(|row| row == id).unwrap_or(self.height);
        self.row = Some(id.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::conversation;

    fn rows(letters: &str) -> Vec<ConversationId> {
        letters.chars().map(conversation).collect()
    }

    #[test]
    fn it_moves_and_stops_at_the_ends() {
        let rows = rows("abc");
        let mut cursor = Cursor::default();
        assert_eq!(cursor.on(&rows), None);
        for (down, letter) in
            [(true, 'a'), (true, 'b'), (true, 'c'), (true, 'c'), (false, 'b'), (false, 'a'), (false, 'a')]
        {
            cursor.step(&rows, down);
            assert_eq!(cursor.on(&rows), Some(&conversation(letter)));
        }
    }

    #[test]
    fn it_follows_its_row_and_stays_at_its_height_when_the_row_leaves() {
        let mut cursor = Cursor::default();
        cursor.go(&rows("abc"), &conversation('b'));
        assert_eq!(cursor.on(&rows("xabc")), Some(&conversation('b')));
        assert_eq!(cursor.on(&rows("ac")), Some(&conversation('c')));
        cursor.step(&rows("ac"), true);
        assert_eq!(cursor.on(&rows("ac")), Some(&conversation('c')));
        assert_eq!(cursor.on(&[]), None);
    }
}
