//! How many typing errors lie between two words.

/// Longer words are never compared letter by letter.
pub(crate) const MAX_LETTERS: usize = 32;

/// The number of letters left out, added, replaced or swapped with their neighbour that makes `typed` of `word`, or, if
/// `open`, of any beginning of `word`; none if it is over `limit`. (The restricted Damerau-Levenshtein distance.)
pub(crate) fn typing_errors(typed: &[char], word: &[char], open: bool, limit: usize) -> Option<usize> {
    let is_too_long = typed.len() > MAX_LETTERS || word.len() > MAX_LETTERS;
    if is_too_long || typed.len() > word.len() + limit || (!open && word.len() > typed.len() + limit) {
        return None;
    }
    errors(typed, word, open, limit)
}

/// The same for what follows. Letters that are equal are none of the errors; at the first that are not, each error is tried, of which
/// there are few.
fn errors(typed: &[char], word: &[char], open: bool, limit: usize) -> Option<usize> {
    let shared = typed.iter().zip(word).take_while(|(typed, letter)| typed == letter).count();
    let (typed, word) = (typed.get(shared..)?, word.get(shared..)?);
    let (Some((first, after)), Some((letter, rest))) = (typed.split_first(), word.split_first()) else {
        let left = if open { typed.len() } else { typed.len() + word.len() };
        return (left <= limit).then_some(left);
    };
    let limit = limit.checked_sub(1)?;
    let swapped = match (after.split_first(), rest.split_first()) {
        (Some((second, after)), Some((other, rest))) if first == other && second == letter => Some((after, rest)),
        _ => None,
    };
    let ways = [Some((after, rest)), Some((after, word)), Some((typed, rest)), swapped];
    // A way that needs more errors than the best one is not gone to its end.
    ways.into_iter().flatten().fold(None, |best: Option<usize>, (typed, word)| {
        let limit = best.map_or(Some(limit), |best| best.checked_sub(2));
        limit.and_then(|limit| errors(typed, word, open, limit)).map(|more| more + 1).or(best)
    })
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
