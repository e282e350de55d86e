//! Writes each weight of a model as one of a few magnitudes.

use super::super::format::{MAGNITUDES, NEGATIVE, PRIOR_STEP, UNTAUGHT, push_number};
use super::train::Trained;

/// A model as it travels.
pub(super) struct Packed {
    /// Per document what speaks for it before anything is typed, as `PRIOR_STEP` has it.
    pub(super) priors: Vec<u8>,
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
    let magnitudes = trained.weights.iter().map(|weight| weight.abs()).filter(|weight| *weight > 0.0);
    let (least, most) =
        magnitudes.fold((f32::MAX, f32::MIN_POSITIVE), |(least, most), one| (least.min(one), most.max(one)));
    let least = least.min(most);
    let step = ((most.ln() - least.ln()) / (f32::from(MAGNITUDES) + 1.0)).max(f32::MIN_POSITIVE);
    let mut packed = Packed {
        priors: trained.priors.iter().map(|prior| prior.map_or(UNTAUGHT, prior_code)).collect(),
        scales: trained.scales.clone(),
        numbers: Vec::new(),
        codes: Vec::new(),
        least: least.ln(),
        step,
    };
    for row in trained.weights.chunks(trained.docs) {
        let kept: Vec<(u32, f32)> =
            (0..).zip(row).filter(|(_, weight)| **weight != 0.0).map(|(doc, weight)| (doc, *weight)).collect();
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

/// A prior as a signed byte.
fn prior_code(prior: f32) -> u8 {
    (prior / PRIOR_STEP).round().clamp(f32::from(-i8::MAX), f32::from(i8::MAX)) as i8 as u8
}
