//! Measures how the judges are to be weighed, so that a confidence is what it says: of the hits with eight tenths, eight in
//! ten are right. How much a shared word tells differs from site to site and from language to language.
//!
//! A part of the site's own texts is held back and asked, in part and whole, of an index of the rest. The weights that make
//! the right documents likeliest are a logistic regression with five numbers: convex, so Newton's steps find them.

use super::super::confidence::Scale;
use super::super::index::Index;
use super::assemble::assemble;
use super::doc::Doc;
use super::held_out::{Asked, Trial, hold_out};
use super::train::can_learn;
use crate::turns::Turns;

/// What is known before anything is measured: about the middle of what help centres and bots in a dozen sets measured.
const WORDS_ALONE: Scale = Scale {
    words: 5.5,
    words_per_weight: 1.35,
    model: 0.0,
    nothing: 5.0,
    nothing_per_weight: 0.25,
    nothing_per_unknown: 0.0,
};
const BESIDE_MODEL: Scale = Scale {
    words: 1.5,
    words_per_weight: 1.2,
    model: 0.85,
    nothing: 4.0,
    nothing_per_weight: 0.15,
    nothing_per_unknown: 0.1,
};
/// Bare titles leave nothing to ask. They are short and differ more by what they share with a question than pages do.
const BARE_TITLES: Scale = Scale {
    words: 2.0,
    words_per_weight: 2.5,
    model: 0.0,
    nothing: 4.5,
    nothing_per_weight: 0.1,
    nothing_per_unknown: 0.0,
};
/// Each of the numbers is taken to be about so far from that, in the order of `numbers`.
const SPREAD: Numbers = [2.0, 0.5, 0.4, 2.0, 0.3, 0.3];
/// That knowledge weighs as much as this many questions would.
const KNOWLEDGE: f64 = 12.0;
/// The shares of a question at which it is asked, and what each counts: a quarter is half a guess.
const TYPED: [(f32, f64); 4] = [(0.25, 0.5), (0.5, 1.0), (0.75, 1.0), (1.0, 1.0)];
/// The weight of all questions about left-out documents, as a part of the others: about this part of visitors ask something
/// that nothing here answers. A hidden article is often answered by its neighbours, so that its title counts less than an
/// example.
const UNANSWERED_EXAMPLES: f64 = 0.3;
const UNANSWERED_TITLES: f64 = 0.15;
/// Questions times documents, at most, so that a site with many documents is measured in as much time.
const MAX_CELLS: usize = 250_000;
/// A document that is this much less likely than the likeliest is left out of the sums.
const MIN_LIKELY: f64 = 1e-6;
/// What a question to the trial's index costs, and a document in a sum, in bytes of text that are cut into words.
const PER_QUESTION: usize = 2_000;
const DOCS_PER_BYTE: usize = 4;
/// Newton's steps; the last ones change nothing that is seen.
const STEPS: usize = 8;

/// How the judges of an index of these documents are to be weighed.
pub(super) async fn scale(docs: &[&Doc], locale: &str, turns: &Turns) -> Scale {
    let with_model = can_learn(docs);
    let known = if with_model { BESIDE_MODEL } else { WORDS_ALONE };
    let Trial { docs: left, mut asked } = hold_out(docs);
    if asked.is_empty() {
        return if docs.iter().all(|doc| doc.examples.is_empty()) { BARE_TITLES } else { known };
    }
    let step = (asked.len() * left.len()).div_ceil(MAX_CELLS).max(1);
    asked = asked.into_iter().step_by(step).collect();
    let left: Vec<&Doc> = left.iter().collect();
    let Ok(index) = Index::open(assemble(&left, locale, &known, turns).await) else { return known };
    let unanswered = if with_model { UNANSWERED_EXAMPLES } else { UNANSWERED_TITLES };
    let observed = observe(&index, &asked, unanswered, turns).await;
    let start = numbers(&known);
    let mut found = start;
    for _ in 0..STEPS {
        found = improved(&found, &start, &observed, turns).await;
    }
    let [words, words_per_weight, model, nothing, nothing_per_weight, nothing_per_unknown] =
        found.map(|number| number as f32);
    Scale { words, words_per_weight, model, nothing, nothing_per_weight, nothing_per_unknown }
}

const COUNT: usize = 6;
type Numbers = [f64; COUNT];

fn numbers(scale: &Scale) -> Numbers {
    [
        scale.words,
        scale.words_per_weight,
        scale.model,
        scale.nothing,
        scale.nothing_per_weight,
        scale.nothing_per_unknown,
    ]
    .map(f64::from)
}

/// What the judges said of a question that is typed so far.
struct Observed {
    /// What each number of a scale is multiplied with: for "nothing here", then for each document.
    factors: Vec<[f32; COUNT]>,
    /// Which of these is right.
    right: usize,
    /// How much it counts.
    counts: f64,
}

async fn observe(index: &Index<Vec<u8>>, asked: &[Asked<'_>], unanswered: f64, turns: &Turns) -> Vec<Observed> {
    let answered = asked.iter().filter(|question| question.doc.is_some()).count();
    let per_unanswered = unanswered * answered as f64 / (asked.len() - answered).max(1) as f64;
    let mut observed = Vec::new();
    for question in asked {
        for (share, counts) in TYPED {
            turns.did(PER_QUESTION + index.len() / DOCS_PER_BYTE).await;
            let (words, model) = index.judged(beginning(question.text, share));
            if words.wanted <= 0.0 {
                continue;
            }
            let mut factors = vec![[0.0, 0.0, 0.0, 1.0, words.wanted, words.unknown]];
            let mut model = model.iter().flatten();
            factors.extend(
                words
                    .scores
                    .iter()
                    .map(|score| [score / words.wanted, *score, model.next().copied().unwrap_or(0.0), 0.0, 0.0, 0.0]),
            );
            let counts = counts * if question.doc.is_some() { 1.0 } else { per_unanswered };
            observed.push(Observed { factors, right: question.doc.map_or(0, |doc| doc + 1), counts });
        }
    }
    observed
}

fn beginning(text: &str, share: f32) -> &str {
    let letters = (text.chars().count() as f32 * share).ceil() as usize;
    text.char_indices().nth(letters).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// One of Newton's steps towards what makes the right documents likeliest, given what was known at the `start`.
async fn improved(now: &Numbers, start: &Numbers, observed: &[Observed], turns: &Turns) -> Numbers {
    let mut slope: Numbers = [0.0; COUNT];
    let mut bend: [Numbers; COUNT] = [[0.0; COUNT]; COUNT];
    for one in observed {
        add_to(&mut slope, &mut bend, now, one);
        turns.did(one.factors.len() / DOCS_PER_BYTE).await;
    }
    // In units of the spread, so that no number is large beside another.
    for ((slope, (now, start)), spread) in slope.iter_mut().zip(now.iter().zip(start)).zip(SPREAD) {
        *slope = *slope * spread - KNOWLEDGE * (now - start) / spread;
    }
    for (place, (row, spread)) in bend.iter_mut().zip(SPREAD).enumerate() {
        for (column, (bend, other)) in row.iter_mut().zip(SPREAD).enumerate() {
            *bend = *bend * spread * other + if place == column { KNOWLEDGE } else { 0.0 };
        }
    }
    let mut found = *now;
    for ((number, step), spread) in found.iter_mut().zip(solved(&bend, &slope)).zip(SPREAD) {
        *number += step.clamp(-1.0, 1.0) * spread;
    }
    // More of a word never speaks against a document, and a word that nothing has never for one.
    for number in [0, 1, 2, 4, 5] {
        if let Some(number) = found.get_mut(number) {
            *number = number.max(0.0);
        }
    }
    found
}

/// Adds what one question says of the numbers: the right factors less the expected ones, and how the factors vary.
fn add_to(slope: &mut Numbers, bend: &mut [Numbers; COUNT], now: &Numbers, one: &Observed) {
    let [a, b, c, d, e, f] = *now;
    let logits: Vec<f64> = one
        .factors
        .iter()
        .map(|[words, weight, model, nothing, wanted, unknown]| {
            a * f64::from(*words)
                + b * f64::from(*weight)
                + c * f64::from(*model)
                + d * f64::from(*nothing)
                + e * f64::from(*wanted)
                + f * f64::from(*unknown)
        })
        .collect();
    let most = logits.iter().copied().fold(f64::MIN, f64::max);
    let mut sum = 0.0;
    let mut mean: Numbers = [0.0; COUNT];
    let mut square: [Numbers; COUNT] = [[0.0; COUNT]; COUNT];
    for (logit, factors) in logits.iter().zip(&one.factors) {
        let likely = (logit - most).exp();
        sum += likely;
        // Most documents have no part in it.
        if likely < MIN_LIKELY {
            continue;
        }
        let factors = factors.map(f64::from);
        for ((mean, row), factor) in mean.iter_mut().zip(&mut square).zip(factors) {
            *mean += likely * factor;
            row.iter_mut().zip(factors).for_each(|(square, other)| *square += likely * factor * other);
        }
    }
    let right = one.factors.get(one.right).copied().unwrap_or_default().map(f64::from);
    let mean = mean.map(|mean| mean / sum);
    for (((slope, row), (mean_here, right)), squares) in
        slope.iter_mut().zip(bend).zip(mean.iter().zip(right)).zip(&square)
    {
        *slope += one.counts * (right - mean_here);
        for ((bend, square), other) in row.iter_mut().zip(squares).zip(&mean) {
            *bend += one.counts * (square / sum - mean_here * other);
        }
    }
}

/// The solution of five equations by conjugate gradients, which for a positive definite matrix are as many steps.
fn solved(matrix: &[Numbers; COUNT], wanted: &Numbers) -> Numbers {
    let dot = |a: &Numbers, b: &Numbers| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let add = |a: &mut Numbers, factor: f64, b: &Numbers| a.iter_mut().zip(b).for_each(|(a, b)| *a += factor * b);
    let mut solution: Numbers = [0.0; COUNT];
    let mut rest = *wanted;
    let mut direction = rest;
    for _ in 0..2 * wanted.len() {
        let length = dot(&rest, &rest);
        let image = std::array::from_fn(|place| matrix.get(place).map_or(0.0, |row| dot(row, &direction)));
        let bend = dot(&direction, &image);
        if bend <= f64::MIN_POSITIVE || length <= f64::MIN_POSITIVE {
            break;
        }
        add(&mut solution, length / bend, &direction);
        add(&mut rest, -length / bend, &image);
        let next = dot(&rest, &rest) / length;
        direction.iter_mut().zip(&rest).for_each(|(direction, rest)| *direction = rest + next * *direction);
    }
    solution
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::turns::at_once;

    #[test]
    fn equations_are_solved() {
        let mut matrix: [Numbers; COUNT] =
            std::array::from_fn(|row| std::array::from_fn(|column| (row + column) as f64 / 9.0));
        matrix
            .iter_mut()
            .enumerate()
            .for_each(|(place, row)| row.iter_mut().skip(place).take(1).for_each(|one| *one += 4.0));
        let wanted: Numbers = [1.0, -2.0, 3.0, 0.0, 5.0, 0.5];
        let solution = solved(&matrix, &wanted);
        for (row, wanted) in matrix.iter().zip(wanted) {
            let found: f64 = row.iter().zip(solution).map(|(a, b)| a * b).sum();
            assert!((found - wanted).abs() < 1e-9, "{solution:?}");
        }
    }

    #[test]
    fn a_word_is_trusted_as_far_as_the_documents_bear_it_out() {
        let seen = |right: usize| Observed {
            factors: vec![[0.0, 0.0, 0.0, 1.0, 1.0, 0.0], [1.0, 1.0, 0.0, 0.0, 0.0, 0.0]],
            right,
            counts: 1.0,
        };
        let start = numbers(&WORDS_ALONE);
        let likely = |right: usize| {
            let observed: Vec<Observed> =
                (0..100).map(|number| seen(if number % 10 < right { 1 } else { 0 })).collect();
            let mut found = start;
            (0..STEPS).for_each(|_| found = at_once(improved(&found, &start, &observed, &Turns::none())));
            let [words, per_weight, _, nothing, nothing_per_weight, _] = found;
            1.0 / (1.0 + (nothing + nothing_per_weight - words - per_weight).exp())
        };
        assert!((likely(9) - 0.9).abs() < 0.05 && (likely(3) - 0.3).abs() < 0.05, "{} {}", likely(9), likely(3));
    }
}
