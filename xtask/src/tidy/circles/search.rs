//! Finds circles of arrows.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::Arrows;

/// One circle through each group of files that lead to each other: the shortest one through the group's first file that has
/// one. When that circle is broken and the group still has another, the next search finds it.
pub(super) fn circles<'a>(arrows: &Arrows<'a>) -> Vec<Vec<&'a str>> {
    let mut seen = BTreeSet::new();
    let mut circles = Vec::new();
    for start in arrows.keys() {
        if seen.contains(start) {
            continue;
        }
        let Some(circle) = shortest(arrows, start) else { continue };
        let reached = reached(arrows, start);
        let group = reached.keys().copied().filter(|path| self::reached(arrows, path).contains_key(start));
        seen.extend(group);
        circles.push(circle);
    }
    circles
}

/// The shortest way from a file back to itself.
fn shortest<'a>(arrows: &Arrows<'a>, start: &'a str) -> Option<Vec<&'a str>> {
    let reached = reached(arrows, start);
    let mut way = vec![*reached.get(start)?];
    while let Some(last) = way.last().copied().filter(|last| *last != start) {
        way.push(*reached.get(last)?);
    }
    way.reverse();
    Some(way)
}

/// All that can be reached from a file in one step or more, nearest first, each with the file before it.
fn reached<'a>(arrows: &Arrows<'a>, start: &'a str) -> BTreeMap<&'a str, &'a str> {
    let mut reached = BTreeMap::new();
    let mut open = VecDeque::from([start]);
    while let Some(from) = open.pop_front() {
        for to in arrows.get(from).into_iter().flat_map(BTreeMap::keys) {
            if !reached.contains_key(to) {
                reached.insert(*to, from);
                open.push_back(to);
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_group_gives_its_shortest_circle_and_a_way_without_return_none() {
        let check = |arrows: &[(&'static str, &'static str)], expected: &[&[&str]]| {
            let mut all: Arrows<'_> = BTreeMap::new();
            for (from, to) in arrows {
                all.entry(from).or_default().insert(to, (1, String::new()));
            }
            assert_eq!(circles(&all), expected, "{arrows:?}");
        };
        check(&[("a", "b"), ("b", "c"), ("a", "c")], &[]);
        check(&[("a", "b"), ("b", "c"), ("c", "b")], &[&["b", "c"]]);
        check(&[("a", "b"), ("b", "c"), ("c", "a"), ("b", "a")], &[&["a", "b"]]);
        check(
            &[("a", "b"), ("b", "a"), ("c", "d"), ("d", "e"), ("e", "c"), ("b", "c")],
            &[&["a", "b"], &["c", "d", "e"]],
        );
    }
}
