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
    let columns = word.len() + 1;
    let mut before_last = [0usize; MAX_LETTERS + 1];
    let mut last: [usize; MAX_LETTERS + 1] = std::array::from_fn(|column| column);
    let mut row = 0;
    let mut swapped_from = None;
    for &letter in typed {
        row += 1;
        let mut current = [row; MAX_LETTERS + 1];
        let (mut left, mut diagonal) = (row, last.first().copied().unwrap_or(row));
        let mut least = row;
        let mut previous = None;
        for (column, (&other, place)) in word.iter().zip(current.iter_mut().skip(1)).enumerate() {
            let above = last.get(column + 1).copied().unwrap_or(usize::MAX - 1);
            let mut cost = (diagonal + usize::from(letter != other)).min(above + 1).min(left + 1);
            if previous == Some(letter) && swapped_from == Some(other) {
                let before = column.checked_sub(1).and_then(|column| before_last.get(column)).copied();
                cost = cost.min(before.unwrap_or(usize::MAX - 1) + 1);
            }
            *place = cost;
            least = least.min(cost);
            (left, diagonal, previous) = (cost, above, Some(other));
        }
        if least > limit {
            return None;
        }
        (before_last, last, swapped_from) = (last, current, Some(letter));
    }
    let ends = last.get(..columns)?;
    let errors = if open { ends.iter().min() } else { ends.last() };
    errors.copied().filter(|errors| *errors <= limit)
}

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
}
