//! How likely a document is the right one: a softmax over all of them and over "nothing here answers this".

/// From here on the assistant says a curated answer as if it were right. A share of those answers is wrong, so each asks
/// whether it helped.
pub const ANSWER: f32 = 0.9;
/// From here on an article is suggested while typing: among three of them a fair chance is enough.
pub const SUGGEST_TYPING: f32 = 0.12;
/// From here on a curated answer stands above the articles while typing: there is one of it, and it reads like the end of the matter.
pub const ANSWER_TYPING: f32 = 0.5;
/// An answer that is shown stays down to this, as `KEEP` is to `SUGGEST_TYPING`.
pub const ANSWER_KEEP: f32 = 0.3;
/// From here on the assistant suggests articles for a message that was sent: that is a reply, not a hint on the side.
pub const SUGGEST_SENT: f32 = 0.28;
/// A suggestion that is shown stays down to this: an article that flickers with each letter cannot be clicked.
pub const KEEP: f32 = 0.07;

/// How the judges and "nothing here" are weighed. The compiler measures it on the site's own texts (`compile/calibrate.rs`), and
/// it travels in the header.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Scale {
    /// What a document that has all of the words has for itself.
    pub(crate) words: f32,
    /// What each unit of what its words weigh adds: a long text that fits is surer than a word that fits.
    pub(crate) words_per_weight: f32,
    /// What the model's judgement counts.
    pub(crate) model: f32,
    /// What "nothing here" has for itself.
    pub(crate) nothing: f32,
    /// What each unit of what all words weigh adds to it.
    pub(crate) nothing_per_weight: f32,
    /// What each unit of what those words weigh adds besides that no document knows.
    pub(crate) nothing_per_unknown: f32,
}

/// Turns what the judges said into likelihoods, in place: `scores` are lexical and `wanted` is what all words weigh together, `unknown` what those do that no document knows;
/// `judged` are the model's.
pub(crate) fn likelihoods(scale: &Scale, scores: &mut [f32], wanted: f32, unknown: f32, judged: Option<&[f32]>) {
    let share = scale.words / wanted + scale.words_per_weight;
    scores.iter_mut().for_each(|score| *score *= share);
    for (score, judged) in scores.iter_mut().zip(judged.unwrap_or_default()) {
        *score += scale.model * judged;
    }
    let nothing = scale.nothing + scale.nothing_per_weight * wanted + scale.nothing_per_unknown * unknown;
    let most = scores.iter().copied().fold(nothing, f32::max);
    let mut sum = (nothing - most).exp();
    // Most documents have none of the words, and without a model the same likelihood.
    let silent = (-most).exp();
    for score in scores.iter_mut() {
        *score = if *score == 0.0 { silent } else { (*score - most).exp() };
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score /= sum);
}
