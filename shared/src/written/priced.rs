//! What an index weighs when it travels, and what a proposal adds to it.

use super::trial::{Standing, Trial};
use super::words::Candidate;
use std::collections::BTreeMap;

/// What one more document of a word takes, and one more word beside each of its bytes.
const POSTING: f32 = 1.6;
const TERM: f32 = 2.0;
const TERM_BYTE: f32 = 0.6;
/// What is compressed together here.
const CHUNK: usize = 1_024;

/// About how many bytes these are when they are compressed: the entropy of each kilobyte. Between nine tenths and a sixth more of it
/// is what gzip makes of an index.
pub(super) fn travels(bytes: &[u8]) -> usize {
    bytes.chunks(CHUNK).map(entropy).sum::<f64>() as usize
}

fn entropy(bytes: &[u8]) -> f64 {
    let mut counts = [0u32; 256];
    for byte in bytes {
        if let Some(count) = counts.get_mut(usize::from(*byte)) {
            *count += 1;
        }
    }
    let all = bytes.len() as f64;
    let bits = |count: u32| f64::from(count) * (all / f64::from(count)).log2();
    counts.into_iter().filter(|count| *count > 0).map(bits).sum::<f64>() / 8.0
}

/// How many of the kept proposals bring each word to each document.
pub(super) fn brought(trial: &Trial<'_>, standing: &Standing) -> Vec<BTreeMap<u32, usize>> {
    let mut brought = vec![BTreeMap::new(); trial.docs.len()];
    for (candidate, verdict) in trial.field.candidates.iter().zip(standing) {
        if let (Ok(candidate), Some(verdict)) = (candidate, verdict)
            && verdict.is_kept()
            && let Some(brought) = brought.get_mut(candidate.doc)
        {
            candidate.words.iter().for_each(|word| *brought.entry(*word).or_default() += 1);
        }
    }
    brought
}

/// About how many bytes a proposal adds: those of the words that its article has by proposals alone, shared with the others that bring
/// them.
pub(super) fn price(trial: &Trial<'_>, candidate: &Candidate, brought: &[BTreeMap<u32, usize>]) -> f32 {
    let by = |word: &u32| {
        let doc = brought.get(candidate.doc);
        doc.and_then(|brought| brought.get(word)).copied().unwrap_or(0).max(1) as f32
    };
    let of = |word: &u32| {
        let (bytes, is_known) = trial.field.known(*word);
        if trial.field.has(candidate.doc, *word) {
            return 0.0;
        }
        (POSTING + if is_known { 0.0 } else { TERM + TERM_BYTE * bytes as f32 }) / by(word)
    };
    candidate.words.iter().map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_weigh_what_they_tell() {
        let all: Vec<u8> = (0..=u8::MAX).collect();
        assert_eq!(travels(&[7; 5_000]), 0);
        assert_eq!(travels(&all.repeat(8)), 2_048);
        assert_eq!(travels(&[0, 1].repeat(512)), 128);
        assert_eq!(travels(&[]), 0);
    }
}
