//! Words that are one behind different beginnings: "menghapus", "dihapus" and "penghapusan" are all "hapus". Which beginnings the
//! words of a site take is in its index.

use super::index::Index;
use super::meant::{Meant, push};

/// A word that shares its root with the typed one, behind another beginning, the more of it the surer.
const AFFIXED: f32 = 0.6;
/// Letters of a root that have to be the same: fewer are in too many words. Scripts of more than a byte a letter have no roots.
pub(super) const ROOT: usize = 5;

/// Adds the terms that have the word's root: what is left of either without a beginning.
pub(super) fn affixed<B: AsRef<[u8]>>(index: &Index<B>, word: &str, open: bool, found: &mut Vec<Meant>) {
    for own in 0.. {
        let Some(own) = index.beginning(own) else { break };
        let Some(typed) = word.strip_prefix(own) else { continue };
        let Some(root) = typed.get(..ROOT) else { continue };
        for other in 0.. {
            let Some(other) = index.beginning(other) else { break };
            let mut sought = String::from(other);
            sought.push_str(root);
            let mut number = index.first_at_or_after(&sought);
            while index.term_text(number).starts_with(&sought) {
                let rest = index.term_text(number).as_bytes().get(other.len()..).unwrap_or_default();
                let shared = typed.as_bytes().iter().zip(rest).take_while(|(a, b)| a == b).count();
                let wanted = if open && shared == typed.len() { shared } else { rest.len() };
                let share = 2.0 * shared as f32 / (typed.len() + wanted) as f32;
                push(found, number, AFFIXED * share * share);
                number += 1;
            }
        }
    }
}
