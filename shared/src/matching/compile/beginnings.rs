//! Finds the beginnings that words of a language take before their root, where the documents themselves show them: in Indonesian
//! "menghapus", "dihapus" and "penghapusan" are all "hapus". It needs no list, and finds none where words only take endings.

use super::super::affixed::ROOT;
use super::term::PER_WORD;
use crate::turns::Turns;
use std::collections::{BTreeMap, BTreeSet};

/// The lengths of a beginning, in letters. Single ones are chance.
const MIN_LETTERS: usize = 2;
const MAX_LETTERS: usize = 4;
/// Two beginnings, or one and none, are worth knowing if at least this many roots are there with both, or this part of all
/// words.
const MIN_ROOTS: usize = 6;
const MIN_SHARE: usize = 500;

/// The beginnings in the order of their bytes; if there are any, the empty one is the first.
pub(super) async fn of<'a>(all: impl Iterator<Item = &'a str>, turns: &Turns) -> Vec<&'a str> {
    let mut roots: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut count = 0;
    for word in all {
        turns.did(MAX_LETTERS * PER_WORD).await;
        count += 1;
        for letters in std::iter::once(0).chain(MIN_LETTERS..=MAX_LETTERS) {
            if let Some((beginning, root)) = parted(word, letters) {
                roots.entry(root).or_default().insert(beginning);
            }
        }
    }
    let mut pairs: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for beginnings in roots.values() {
        turns.did(beginnings.len() * beginnings.len()).await;
        for (place, one) in beginnings.iter().enumerate() {
            beginnings.iter().skip(place + 1).for_each(|other| *pairs.entry((one, other)).or_default() += 1);
        }
    }
    let enough = MIN_ROOTS.max(count / MIN_SHARE);
    let many = pairs.into_iter().filter(|(_, roots)| *roots >= enough);
    let mut found: BTreeSet<&str> = many.flat_map(|((one, other), _)| [one, other]).collect();
    if !found.is_empty() {
        found.insert("");
    }
    found.into_iter().collect()
}

/// A word's first letters, and the first of the root behind them.
fn parted(word: &str, letters: usize) -> Option<(&str, &str)> {
    Some((word.get(..letters)?, word.get(letters..letters + ROOT)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::turns::at_once;

    #[test]
    fn a_beginning_is_one_if_many_roots_are_there_with_and_without_it() {
        let roots = ["hapus", "salin", "pilih", "simpan", "cetak", "gambar", "tutup"];
        let mut all: Vec<String> = roots.iter().flat_map(|root| [format!("di{root}"), String::from(*root)]).collect();
        all.extend(["merah", "kuning", "penjualan", "xyhapus", "xysalin"].map(String::from));
        let turns = Turns::none();
        assert_eq!(at_once(of(all.iter().map(String::as_str), &turns)), ["", "di"]);
        assert!(at_once(of(roots.into_iter(), &turns)).is_empty());
    }
}
