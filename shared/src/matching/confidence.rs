//! How likely a document is the right one: a softmax over all of them and over "nothing here answers this".

/// From here on the assistant says a curated answer as if it were right. A share of those answers is wrong, so each asks
/// whether it helped.
pub const ANSWER: f32 = 0.7;
/// From here on an article is offered while typing: among three of them a fair chance is enough.
pub const SUGGEST: f32 = 0.1;
/// From here on the assistant offers articles for a message that was sent: that is a reply, not a hint on the side.
pub const OFFER: f32 = 0.2;
/// What is offered already stays down to this: an article that flickers with each letter cannot be clicked.
pub const KEEP: f32 = 0.06;

/// How the two sides are weighed. The numbers were fitted to half-typed and whole questions of twelve sets, a part of them
/// about something else; `docs/matching.md` has the table of what was promised and what was right.
struct Scale {
    /// What a document that has all of the words has for itself, and what more for each unit of what the words weigh:
    /// a long text that fits is surer than a word that fits.
    words: f32,
    words_per_weight: f32,
    /// What the model's judgement counts.
    model: f32,
    /// What "nothing here" has for itself, and what more for each e-fold of what the words weigh.
    nothing: f32,
    nothing_per_fold: f32,
}

const WORDS_ALONE: Scale =
    Scale { words: 5.5, words_per_weight: 0.26, model: 0.0, nothing: 4.7, nothing_per_fold: 0.3 };
const BESIDE_MODEL: Scale =
    Scale { words: 6.53, words_per_weight: 0.0, model: 0.933, nothing: 5.75, nothing_per_fold: -0.22 };

/// Turns what the judges said into likelihoods, in place: `scores` are lexical and `wanted` is what all words weigh together;
/// `judged` are the model's.
pub(crate) fn likelihoods(scores: &mut [f32], wanted: f32, judged: Option<&[f32]>) {
    let scale = if judged.is_some() { &BESIDE_MODEL } else { &WORDS_ALONE };
    let share = scale.words * (1.0 + scale.words_per_weight * wanted) / wanted;
    scores.iter_mut().for_each(|score| *score *= share);
    for (score, judged) in scores.iter_mut().zip(judged.unwrap_or_default()) {
        *score += scale.model * judged;
    }
    let nothing = scale.nothing + scale.nothing_per_fold * wanted.ln();
    let most = scores.iter().copied().fold(nothing, f32::max);
    let mut sum = (nothing - most).exp();
    for score in scores.iter_mut() {
        *score = (*score - most).exp();
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score /= sum);
}
