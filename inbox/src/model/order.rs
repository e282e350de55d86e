//! Puts things in order. Sorting is compiled once, for numbers, whatever is sorted: it takes more room than most views.

/// The things by a key of two numbers, smallest first; equal ones keep their order.
pub(crate) fn in_order<T>(things: Vec<T>, key: impl Fn(&T) -> (u64, u64)) -> Vec<T> {
    let mut keys: Vec<(u64, u64, usize)> = Vec::with_capacity(things.len());
    for (place, thing) in things.iter().enumerate() {
        let (first, second) = key(thing);
        keys.push((first, second, place));
    }
    keys.sort_unstable();
    let mut things: Vec<Option<T>> = things.into_iter().map(Some).collect();
    keys.into_iter().filter_map(|(_, _, place)| things.get_mut(place)?.take()).collect()
}

/// A key that puts the largest first.
pub(crate) fn largest_first(number: u64) -> u64 {
    u64::MAX - number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_things_keep_their_order() {
        let things = vec![("b", 2), ("a", 2), ("c", 1), ("d", 3)];
        let names = |key: fn(u64) -> u64| -> String {
            in_order(things.clone(), |(_, number)| (key(*number), 0)).into_iter().map(|(name, _)| name).collect()
        };
        assert_eq!(names(|number| number), "cbad");
        assert_eq!(names(largest_first), "dbac");
        assert_eq!(in_order(vec![(1, 2), (1, 1), (0, 9)], |pair| *pair), [(0, 9), (1, 1), (1, 2)]);
    }
}
