//! How many typing errors lie between two words.

/// Longer words are never compared letter by letter.
pub(crate) const MAX_LETTERS: usize = 32;

/// The number of letters left out, added, replaced or swapped with their neighbour that makes `typed` of `word`, or, if
/// `open`, of any beginning of `word`; none if it is over `limit`. (The restricted Damerau-Levenshtein distance.)
pub(crate) fn typing_errors(typed: &[char], word: &[char], open: bool, limit: usize) -> Option<usize> {
    let word = if open { word.get(..(typed.len() + limit).min(word.len()))? } else { word };
    if typed.len() > MAX_LETTERS || word.len() > MAX_LETTERS || typed.len() > word.len() + limit {
        return None;
    }
    if !open && word.len() > typed.len() + limit {
        return None;
    }
    let far = limit as u8 + 1;
    let at = |row: &Row, column: Option<usize>| column.and_then(|column| row.get(column)).copied().unwrap_or(far);
    let mut before_last = [far; MAX_LETTERS + 1];
    let mut last: Row = std::array::from_fn(|column| far.min(column as u8));
    let mut swapped_from = None;
    for (row, &letter) in (1usize..).zip(typed) {
        let mut current = [far; MAX_LETTERS + 1];
        let mut least = row as u8;
        // Further from the diagonal there are too many errors.
        let skipped = row.saturating_sub(limit + 1);
        let mut left = if skipped == 0 { row as u8 } else { far };
        let mut previous = skipped.checked_sub(1).and_then(|before| word.get(before)).copied();
        if let Some(first) = current.first_mut().filter(|_| skipped == 0) {
            *first = row as u8;
        }
        let places = current.iter_mut().skip(1);
        for (column, (&other, place)) in word.iter().zip(places).enumerate().take(row + limit).skip(skipped) {
            let same = at(&last, Some(column)) + u8::from(letter != other);
            let mut cost = same.min(at(&last, Some(column + 1)) + 1).min(left + 1);
            if previous == Some(letter) && swapped_from == Some(other) {
                cost = cost.min(at(&before_last, column.checked_sub(1)) + 1);
            }
            *place = cost;
            least = least.min(cost);
            (left, previous) = (cost, Some(other));
        }
        if least >= far {
            return None;
        }
        (before_last, last, swapped_from) = (last, current, Some(letter));
    }
    let ends = last.get(..=word.len())?;
    let errors = if open { ends.iter().min() } else { ends.last() };
    errors.copied().filter(|errors| *errors < far).map(usize::from)
}

/// What a beginning of one word lies from each beginning of the other.
type Row = [u8; MAX_LETTERS + 1];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_counted_up_to_the_limit() {
        let check = |typed: &str, word: &str, open: bool, expected: Option<usize>| {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            assert_eq!(typing_errors(&letters(typed), &letters(word), open, 2), expected, "{typed} {word} {open}");
        };
        check("address", "address", false, Some(0));
        check("adress", "address", false, Some(1));
        check("addresss", "address", false, Some(1));
        check("adderss", "address", false, Some(1));
        check("chnage", "change", false, Some(1));
        check("chnaeg", "change", false, Some(2));
        check("xyzzy", "change", false, None);
        check("adre", "address", true, Some(1));
        check("adre", "address", false, None);
        check("", "ab", true, Some(0));
        check(&"a".repeat(40), &"a".repeat(40), false, None);
    }

    /// The textbook's table, without a limit.
    fn by_the_book(typed: &[char], word: &[char], open: bool) -> usize {
        let mut table = vec![vec![0; word.len() + 1]; typed.len() + 1];
        for row in 0..=typed.len() {
            for column in 0..=word.len() {
                table[row][column] = if row == 0 || column == 0 {
                    row + column
                } else {
                    let same = table[row - 1][column - 1] + usize::from(typed[row - 1] != word[column - 1]);
                    let mut cost = same.min(table[row - 1][column] + 1).min(table[row][column - 1] + 1);
                    let swapped = row > 1
                        && column > 1
                        && typed[row - 1] == word[column - 2]
                        && typed[row - 2] == word[column - 1];
                    if swapped {
                        cost = cost.min(table[row - 2][column - 2] + 1);
                    }
                    cost
                };
            }
        }
        if open { *table[typed.len()].iter().min().unwrap() } else { table[typed.len()][word.len()] }
    }

    #[test]
    fn they_are_counted_as_in_the_textbook() {
        // All pairs of words over three letters: everything that can happen near a limit does.
        let words = |length: u32| {
            (0..3usize.pow(length)).map(move |number| {
                (0..length).map(|place| ['a', 'b', 'c'][number / 3usize.pow(place) % 3]).collect::<Vec<_>>()
            })
        };
        for (typed, word) in
            (0..=5).flat_map(words).flat_map(|typed| (2..=4).flat_map(words).map(move |word| (typed.clone(), word)))
        {
            for (open, limit) in [(false, 1), (true, 1), (false, 2), (true, 2)] {
                let expected = Some(by_the_book(&typed, &word, open)).filter(|errors| *errors <= limit);
                assert_eq!(typing_errors(&typed, &word, open, limit), expected, "{typed:?} {word:?} {open} {limit}");
            }
        }
    }
}
