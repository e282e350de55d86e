//! Reading the parts of an index where they lie.

use super::format::take_number;
use std::ops::Range;

/// Skips `count` numbers, each the distance from the one before, that have to stay below `limit`.
pub(crate) fn skip_ascending(bytes: &mut &[u8], count: u32, limit: u32) -> Option<()> {
    let mut number = 0u32;
    for _ in 0..count {
        number = number.checked_add(take_number(bytes)?)?;
        if number >= limit {
            return None;
        }
    }
    Some(())
}

/// Takes bytes from the front.
pub(crate) struct Cursor<'a> {
    pub(crate) at: usize,
    pub(crate) all: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub(crate) fn range(&mut self, count: u32) -> Option<Range<usize>> {
        let end = self.at.checked_add(count as usize).filter(|end| *end <= self.all.len())?;
        let range = self.at..end;
        self.at = end;
        Some(range)
    }

    pub(crate) fn take(&mut self, count: u32) -> Option<&'a [u8]> {
        let range = self.range(count)?;
        self.all.get(range)
    }
}

/// How many of `count` things in order are before what is sought.
pub(crate) fn partition(count: usize, is_before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if is_before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
