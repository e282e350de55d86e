//! Keeps the weights of a model that matter and writes each as one of a few magnitudes.

use super::super::format::{MAGNITUDES, NEGATIVE, push_number};
use super::train::Trained;

/// A model as it travels.
pub(super) struct Packed {
    pub(super) scales: Vec<u8>,
    /// Per feature how many weights it has, and for each its document, as the distance from the one before.
    pub(super) numbers: Vec<u8>,
    /// Per weight its code.
    pub(super) codes: Vec<u8>,
    /// The natural logarithm of the smallest magnitude.
    pub(super) least: f32,
    /// What each code adds to it.
    pub(super) step: f32,
}

/// Packs a model.
pub(super) fn pack(trained: &Trained) -> Packed {
    let (least, most) = kept_range(trained);
    let step = ((most.ln() - least.ln()) / (f32::from(MAGNITUDES) + 1.0)).max(f32::MIN_POSITIVE);
    let mut packed =
        Packed { scales: trained.scales.clone(), numbers: Vec::new(), codes: Vec::new(), least: least.ln(), step };
    for row in trained.weights.chunks(trained.docs) {
        let kept: Vec<(u32, f32)> =
            (0..).zip(row).filter(|(_, weight)| weight.abs() > least).map(|(doc, weight)| (doc, *weight)).collect();
        push_number(kept.len() as u32, &mut packed.numbers);
        let mut before = 0;
        for (doc, weight) in kept {
            push_number(doc - before, &mut packed.numbers);
            before = doc;
            let code = ((weight.abs().ln() - packed.least) / step).floor().clamp(0.0, f32::from(MAGNITUDES)) as u8;
            packed.codes.push(code | if weight < 0.0 { NEGATIVE } else { 0 });
        }
    }
    packed
}

/// The magnitude that a weight has to pass to be kept, and the greatest one.
fn kept_range(trained: &Trained) -> (f32, f32) {
    let mut magnitudes: Vec<f32> =
        trained.weights.iter().map(|weight| weight.abs()).filter(|weight| *weight > 0.0).collect();
    let most = magnitudes.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
    if magnitudes.len() <= trained.keep {
        let least = magnitudes.iter().copied().fold(most, f32::min);
        // Just below the smallest, so that it is kept as well.
        return (least * 0.999, most);
    }
    let (_, least, _) = magnitudes.select_nth_unstable_by(trained.keep, |a, b| b.total_cmp(a));
    (*least, most)
}
