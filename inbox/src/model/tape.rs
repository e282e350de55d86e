//! Which entries of a long thread are drawn. Their heights are known once they were drawn; before, they are guessed.

/// About as high as a message of one line with its surroundings.
const GUESS_PX: u32 = 52;
/// As many pixels beyond each edge are drawn as a quick scroll passes before the next drawing.
const AROUND_PX: u32 = 900;
/// The most entries that are drawn at once, whatever their heights: notices are small.
const MOST: usize = 70;

/// The heights of a thread's entries, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tape {
    heights: Vec<u32>,
}

/// The entries that are drawn, and the room that the others take.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Drawn {
    /// The first.
    pub(crate) first: usize,
    /// The one after the last.
    pub(crate) end: usize,
    /// The height of those before, in pixels.
    pub(crate) before: u32,
    /// The height of those after.
    pub(crate) after: u32,
}

impl Tape {
    /// The part of this number of entries that is drawn at this place, in pixels. `from_end` says that the end is looked at, wherever that
    /// comes to be.
    pub(crate) fn drawn(&self, count: usize, top: u32, height: u32, from_end: bool) -> Drawn {
        let whole: u32 = (0..count).map(|at| self.height(at)).sum();
        let top = if from_end { whole.saturating_sub(height) } else { top };
        let (from, to) = (top.saturating_sub(AROUND_PX), top.saturating_add(height).saturating_add(AROUND_PX));
        let mut drawn = Drawn::default();
        let mut passed = 0;
        for at in 0..count {
            let bottom = passed + self.height(at);
            if bottom <= from {
                (drawn.first, drawn.before) = (at + 1, bottom);
            }
            if passed < to {
                drawn.end = at + 1;
            }
            passed = bottom;
        }
        drawn.first = drawn.first.min(drawn.end);
        // Around the place, and not only before it.
        while drawn.end - drawn.first > MOST {
            let to_top = top.saturating_sub(drawn.before);
            let drawn_px: u32 = (drawn.first..drawn.end).map(|at| self.height(at)).sum();
            let to_bottom = (drawn.before + drawn_px).saturating_sub(top.saturating_add(height));
            if to_top > to_bottom {
                drawn.before += self.height(drawn.first);
                drawn.first += 1;
            } else {
                drawn.end -= 1;
            }
        }
        drawn.after = (drawn.end..count).map(|at| self.height(at)).sum();
        drawn
    }

    /// Learns the heights of entries that are drawn, from the first on. Gives by how many pixels what begins at `top` has moved.
    pub(crate) fn learn(&mut self, first: usize, before: u32, heights: &[u32], top: u32) -> i32 {
        let (mut moved, mut passed) = (0, before);
        let needed = first + heights.len();
        if self.heights.len() < needed {
            self.heights.resize(needed, GUESS_PX);
        }
        for (known, new) in self.heights.iter_mut().skip(first).zip(heights) {
            let difference = i32::try_from(*new).unwrap_or(0) - i32::try_from(*known).unwrap_or(0);
            if passed + *known <= top {
                moved += difference;
            }
            passed += *known;
            *known = *new;
        }
        moved
    }

    fn height(&self, at: usize) -> u32 {
        self.heights.get(at).copied().unwrap_or(GUESS_PX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_thread_is_drawn_whole() {
        let drawn = Tape::default().drawn(20, 0, 700, true);
        assert_eq!(drawn, Drawn { first: 0, end: 20, before: 0, after: 0 });
        assert_eq!(Tape::default().drawn(0, 0, 700, true), Drawn::default());
    }

    #[test]
    fn of_a_long_one_only_what_is_around_the_place() {
        let tape = Tape::default();
        let end = tape.drawn(5_000, 0, 700, true);
        assert_eq!((end.end, end.after), (5_000, 0));
        assert!(end.end - end.first < MOST && end.before == u32::try_from(end.first).unwrap() * GUESS_PX);
        let middle = tape.drawn(5_000, 100_000, 700, false);
        assert!(middle.before <= 100_000 - AROUND_PX + GUESS_PX && middle.before + 70 * GUESS_PX > 100_700);
        let height =
            |drawn: Drawn| drawn.before + drawn.after + u32::try_from(drawn.end - drawn.first).unwrap() * GUESS_PX;
        assert!([end, middle].into_iter().all(|drawn| height(drawn) == 5_000 * GUESS_PX));
    }

    #[test]
    fn however_low_the_entries_are_no_more_than_the_most_are_drawn_and_what_is_seen_is_among_them() {
        let mut tape = Tape::default();
        tape.learn(0, 0, &[10; 1_000], 0);
        let drawn = tape.drawn(1_000, 5_000, 400, false);
        assert_eq!(drawn.end - drawn.first, MOST);
        assert!(drawn.first <= 500 && drawn.end >= 540, "{drawn:?}");
    }

    #[test]
    fn what_was_guessed_too_low_above_the_place_moves_it_and_what_is_below_does_not() {
        let mut tape = Tape::default();
        let before = 10 * GUESS_PX;
        // Two above the place, and two below its top.
        let moved = tape.learn(10, before, &[100, 20, 300, 300], before + 2 * GUESS_PX);
        assert_eq!(moved, (100 - 52) + (20 - 52));
        assert_eq!(tape.learn(10, before, &[100, 20, 300, 300], before + 120), 0, "what is known moves nothing");
        assert_eq!(tape.drawn(14, 0, 10_000, false).after, 0);
    }
}
