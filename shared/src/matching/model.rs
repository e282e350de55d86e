//! The linear model: for each hashed feature, how much it speaks for or against each document. Where documents have
//! example questions it is the better judge, for it has seen beginnings of them.

use super::bytes::{Cursor, skip_ascending};
use super::features::features;
use super::format::{Header, MAGNITUDES, NEGATIVE, PRIOR_STEP, UNTAUGHT, take_number};
use super::text::Word;
use std::ops::Range;

/// Where the model lies.
pub(crate) struct Model {
    /// Per feature where the numbers of its weights' documents begin, and which of all weights is its first.
    rows: Vec<[u32; 2]>,
    /// What speaks for each document before anything is typed, a byte each.
    priors: Range<usize>,
    /// The scale of each feature, a byte each.
    scales: Range<usize>,
    /// The code of each weight, a byte each.
    codes: Range<usize>,
    magnitudes: [f32; MAGNITUDES as usize + 1],
}

impl Model {
    /// Adds up where it lies. The outer none says that the bytes are wrong, the inner one that there is no model.
    pub(crate) fn lay_out(header: &Header, cursor: &mut Cursor<'_>) -> Option<Option<Self>> {
        if header.features == 0 {
            return (header.weights == 0 && header.weight_bytes == 0).then_some(None);
        }
        if !header.features.is_power_of_two() {
            return None;
        }
        let (least, step) = (f32::from_bits(header.least), f32::from_bits(header.step));
        let priors = cursor.range(header.docs)?;
        let scales = cursor.range(header.features)?;
        let end = cursor.at.checked_add(header.weight_bytes as usize)?;
        let mut numbers = cursor.take(header.weight_bytes)?;
        let codes = cursor.range(header.weights)?;
        let mut rows = Vec::with_capacity(header.features as usize + 1);
        let mut first = 0u32;
        for _ in 0..header.features {
            let count = take_number(&mut numbers)?;
            rows.push([(end - numbers.len()) as u32, first]);
            skip_ascending(&mut numbers, count, header.docs)?;
            first = first.checked_add(count)?;
        }
        rows.push([end as u32, first]);
        let mut magnitudes = [0.0; MAGNITUDES as usize + 1];
        for (code, magnitude) in (0u8..).zip(&mut magnitudes) {
            *magnitude = (least + step * (f32::from(code) + 0.5)).exp();
        }
        let sound = numbers.is_empty() && first == header.weights && magnitudes.iter().all(|one| one.is_finite());
        sound.then_some(Some(Self { rows, priors, scales, codes, magnitudes }))
    }

    /// Whether it has learned anything of a document.
    pub(crate) fn has_learned(&self, bytes: &[u8], doc: usize) -> bool {
        bytes.get(self.priors.clone()).and_then(|priors| priors.get(doc)).is_some_and(|prior| *prior != UNTAUGHT)
    }

    /// Whether there are documents of which it has learned nothing.
    pub(crate) fn knows_some(&self, bytes: &[u8]) -> bool {
        bytes.get(self.priors.clone()).is_some_and(|priors| priors.contains(&UNTAUGHT))
    }

    /// Adds to `judged` what the words say for each document. `bytes` are those that it was laid out in.
    ///
    /// Where it knows only some of the documents it says which of those it is not: what it knows best keeps what its words say, so that
    /// a document with examples does not stand before one without because it has some.
    pub(crate) fn judge(&self, bytes: &[u8], words: &[Word], judged: &mut [f32]) {
        let scales = bytes.get(self.scales.clone()).unwrap_or_default();
        let codes = bytes.get(self.codes.clone()).unwrap_or_default();
        let priors = bytes.get(self.priors.clone()).unwrap_or_default();
        for (judged, prior) in judged.iter_mut().zip(priors).filter(|(_, prior)| **prior != UNTAUGHT) {
            *judged += PRIOR_STEP * f32::from(*prior as i8);
        }
        let found = features(words, scales.len() as u32, scales);
        for (feature, value) in found {
            let Some([[start, first], [end, after]]) = self.rows.get(feature as usize..feature as usize + 2) else {
                continue;
            };
            let mut numbers = bytes.get(*start as usize..*end as usize).unwrap_or_default();
            let mut doc = 0;
            for code in codes.get(*first as usize..*after as usize).unwrap_or_default() {
                let Some(distance) = take_number(&mut numbers) else { break };
                doc += distance as usize;
                let magnitude = self.magnitudes.get(usize::from(code & MAGNITUDES)).copied().unwrap_or(0.0);
                if let Some(judged) = judged.get_mut(doc) {
                    *judged += value * if code & NEGATIVE == 0 { magnitude } else { -magnitude };
                }
            }
        }
        if priors.contains(&UNTAUGHT) {
            let taught =
                || judged.iter().zip(priors).filter(|(_, prior)| **prior != UNTAUGHT).map(|(judged, _)| *judged);
            let most = taught().fold(f32::MIN, f32::max);
            for (judged, prior) in judged.iter_mut().zip(priors) {
                *judged = if *prior == UNTAUGHT { 0.0 } else { *judged - most };
            }
        }
    }
}
