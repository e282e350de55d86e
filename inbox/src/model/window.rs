//! Which rows of a long list are drawn: those that can be seen, some around them, and those that must never go.

/// As many rows beyond each edge as a quick scroll passes before the next drawing.
const AROUND: usize = 8;
/// This number of rows before the end of what is here, more is asked for: it has come when somebody gets there.
const AHEAD: usize = 25;

/// What of a list can be seen, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sight {
    /// How far it is scrolled.
    pub(crate) top: u32,
    /// The height of the place for it.
    pub(crate) height: u32,
    /// The height of each row.
    pub(crate) row: u32,
}

impl Default for Sight {
    /// A laptop's, until it is measured.
    fn default() -> Self {
        Self { top: 0, height: 900, row: 84 }
    }
}

impl Sight {
    /// The first row that can be seen, and the one after the last.
    pub(crate) fn rows(self) -> (usize, usize) {
        let row = self.row.max(1);
        let bottom = self.top.saturating_add(self.height);
        ((self.top / row) as usize, (bottom.div_ceil(row)) as usize)
    }

    /// The heights of the rows that are drawn, in order. Those in `kept` are, wherever they are: the keyboard is on them.
    pub(crate) fn drawn(self, count: usize, kept: impl IntoIterator<Item = usize>) -> Vec<usize> {
        let (first, end) = self.rows();
        // A list that has become shorter is drawn to its end.
        let end = (end + AROUND).min(count);
        let first = first.saturating_sub(AROUND).min(end.saturating_sub(1));
        let mut kept: Vec<usize> = kept.into_iter().filter(|at| *at < count && !(first..end).contains(at)).collect();
        kept.dedup();
        let (mut drawn, after): (Vec<usize>, Vec<usize>) = kept.into_iter().partition(|at| *at < first);
        drawn.extend(first..end);
        drawn.extend(after);
        drawn
    }

    /// Whether the end of what is here comes near.
    pub(crate) fn nears_end(self, count: usize) -> bool {
        self.rows().1 + AHEAD >= count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sight(top: u32) -> Sight {
        Sight { top, height: 250, row: 100 }
    }

    #[test]
    fn what_can_be_seen_is_drawn_and_some_around_it_however_long_the_list_is() {
        assert_eq!(sight(0).drawn(100_000, []), (0..11).collect::<Vec<_>>());
        assert_eq!(sight(5_000_050).drawn(100_000, []), (49_992..50_011).collect::<Vec<_>>());
        assert_eq!(sight(0).drawn(2, []), [0, 1]);
        assert_eq!(sight(0).drawn(0, []), Vec::<usize>::new());
    }

    #[test]
    fn the_row_of_the_keyboard_is_drawn_wherever_it_is_and_once() {
        let drawn = sight(100_000).drawn(2_000, [3, 1_500, 1_001]);
        assert_eq!((drawn.first(), drawn.last()), (Some(&3), Some(&1_500)));
        assert!(drawn.is_sorted() && drawn.iter().filter(|at| **at == 1_001).count() == 1);
        assert_eq!(sight(0).drawn(5, [9]), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_list_that_has_become_shorter_is_drawn_to_its_end() {
        assert_eq!(sight(100_000).drawn(3, []), [2]);
    }

    #[test]
    fn more_is_asked_for_before_somebody_is_at_the_end() {
        assert!(sight(0).nears_end(28) && !sight(0).nears_end(29));
        assert!(sight(2_200).nears_end(50));
    }
}
