//! How far a mark is looked ahead for its end. Each mark begins with signs that may as well be letters, and one that never ends must not
//! cost what the whole text costs: so a mark is short, and all looks together cost no more than the text is long, some times over.

use std::cell::Cell;

/// Bytes of one mark. A longer one is text.
pub(super) const LONGEST: usize = 2_000;

/// Looks may read each byte of a text so often: the marks of an article are read once or twice.
const TIMES: usize = 16;

/// What may still be read ahead, in bytes.
#[derive(Debug)]
pub(super) struct Ahead {
    left: Cell<usize>,
    is_told: Cell<bool>,
}

impl Ahead {
    /// For a text of this length, in bytes.
    pub(super) fn of(bytes: usize) -> Self {
        Self { left: Cell::new(bytes.saturating_mul(TIMES).saturating_add(LONGEST)), is_told: Cell::new(false) }
    }

    /// Whether nothing more is looked for.
    pub(super) fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    /// Whether the writer must be told now that nothing more is looked for.
    pub(super) fn is_untold(&self) -> bool {
        self.is_spent() && !self.is_told.replace(true)
    }

    /// These bytes have been read ahead.
    pub(super) fn spend(&self, bytes: usize) {
        self.left.set(self.left.get().saturating_sub(bytes.max(1)));
    }
}

/// As much of a text as one mark can have.
pub(super) fn near(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST)).unwrap_or(text)
}
