//! Trains the linear model on example questions and on beginnings of them, since that is what it will be asked.
//!
//! Multinomial logistic regression by stochastic gradient descent with AdaGrad's step sizes, stopped early: the few passes
//! are the regularisation.

use super::super::features::{features, raw};
use super::super::format::SCALE_STEP;
use super::super::text::words;
use super::doc::Doc;
use crate::matching::{MAX_TAUGHT, are_enough, has_lessons};
use crate::turns::Turns;

/// What was learned.
pub(super) struct Trained {
    /// How many documents: the length of a row of weights.
    pub(super) docs: usize,
    /// Per document what speaks for it before anything is typed.
    pub(super) priors: Vec<Option<f32>>,
    /// Per feature the code of its scale.
    pub(super) scales: Vec<u8>,
    /// Per feature a row with a weight for each document; zero where it is not worth its bytes.
    pub(super) weights: Vec<f32>,
}

/// Rows of the model. Twice as many rank no better, half as many a little worse.
const ROWS: u32 = 8_192;
/// From this many examples a document on, beginnings help more than they blur.
const MANY_EXAMPLES: usize = 15;
/// Beginnings of each example, with few and with many examples a document.
const BEGINNINGS: [usize; 2] = [2, 6];
/// The shortest beginning, as a share of the example. Shorter ones belong to any document and blur what the longer ones teach.
const SHORTEST: f32 = 0.25;
/// The most texts that are learned from, so that publishing takes seconds.
const MAX_TEXTS: usize = 90_000;
/// Texts times documents, at most, that are learned from: beyond it, every second or third text does.
const MAX_CELLS: usize = 30_000_000;
/// How many weights are looked at in the time of cutting a byte into words, and how many bytes are cut in the time of finding a byte's
/// features.
const CELLS_PER_BYTE: usize = 50;
const FEATURES_OF_BYTE: usize = 4;
/// How often each text is seen before the weights that do not matter are dropped, and after: those that are left learn to do
/// without them.
const PASSES: [usize; 2] = [2, 1];
/// The first step of a weight; AdaGrad makes the following ones smaller.
const STEP: f32 = 0.05;
/// What each weight's sum of squared gradients begins with.
const FIRST_SQUARES: f32 = 1e-3;
/// A gradient smaller than this changes nothing that is worth its time.
const MIN_GRADIENT: f32 = 0.01;
/// Weights that are kept, per example and at most. The rest are a tenth of the sum of all and nine tenths of the bytes.
const KEEP_PER_EXAMPLE: usize = 50;
const MAX_KEPT: usize = 100_000;
/// What the logarithm of a topic's share of the examples counts.
const PRIOR: f32 = 0.25;
/// The highest code of a scale.
const MAX_SCALE: f32 = 15.0;

/// A text to learn from: the features it has, and the document it belongs to.
struct Lesson {
    doc: usize,
    features: Vec<(u32, f32)>,
}

/// Trains a model; none if most documents have too few examples for one.
pub(super) async fn train(docs: &[&Doc], turns: &Turns) -> Option<Trained> {
    if !can_learn(docs) {
        return None;
    }
    let examples: usize = docs.iter().map(|doc| doc.examples.len()).sum();
    let taught: Vec<bool> = docs.iter().map(|doc| has_lessons(doc.examples.len())).collect();
    let priors = priors(docs, &taught);
    let scales = scales(docs, turns).await;
    let mut random = Random(SEED);
    let mut lessons = lessons(docs, examples, &scales, &mut random, turns).await;
    let step = (lessons.len() * docs.len()).div_ceil(MAX_CELLS);
    if step > 1 {
        lessons = lessons.into_iter().step_by(step).collect();
    }
    let size = ROWS as usize * docs.len();
    let mut learner = Learner {
        docs: docs.len(),
        weights: vec![0.0; size],
        squares: vec![FIRST_SQUARES; size],
        said: vec![0.0; docs.len()],
        taught,
        priors,
        grows: true,
    };
    for passes in PASSES {
        for _ in 0..passes {
            random.shuffle(&mut lessons);
            for lesson in &lessons {
                learner.learn(lesson);
                turns.did(docs.len() * lesson.features.len() / CELLS_PER_BYTE).await;
            }
        }
        learner.prune(MAX_KEPT.min(KEEP_PER_EXAMPLE * examples));
    }
    let priors = learner.priors.iter().zip(&learner.taught).map(|(prior, taught)| taught.then_some(*prior)).collect();
    Some(Trained { docs: docs.len(), priors, scales, weights: learner.weights })
}

/// A topic that has more examples than others is asked more, but nobody knows whether its examples came as questions do: a little of its
/// share counts. A topic that is not taught has none.
fn priors(docs: &[&Doc], taught: &[bool]) -> Vec<f32> {
    let examples = |doc: &Doc| doc.examples.len() as f32;
    let count = taught.iter().filter(|taught| **taught).count().max(1) as f32;
    let mean =
        docs.iter().zip(taught).filter(|(_, taught)| **taught).map(|(doc, _)| examples(doc)).sum::<f32>() / count;
    let prior = |(doc, taught): (&&Doc, &bool)| if *taught { PRIOR * (examples(doc) / mean).ln() } else { 0.0 };
    docs.iter().zip(taught).map(prior).collect()
}

/// Whether enough of the documents have enough examples.
pub(super) fn can_learn(docs: &[&Doc]) -> bool {
    let with_examples = docs.iter().filter(|doc| has_lessons(doc.examples.len())).count();
    docs.len() <= MAX_TAUGHT && are_enough(with_examples, docs.len())
}

/// Rarer features weigh more: half the logarithm of how rare, as a code.
async fn scales(docs: &[&Doc], turns: &Turns) -> Vec<u8> {
    let mut counts = vec![0u32; ROWS as usize];
    let mut texts = 0;
    for text in docs.iter().flat_map(|doc| doc.examples.iter().chain([&doc.title])) {
        texts += 1;
        turns.did(FEATURES_OF_BYTE * text.len()).await;
        for (row, _) in raw(&words(text), ROWS) {
            if let Some(count) = counts.get_mut(row as usize) {
                *count += 1;
            }
        }
    }
    let rarity = |count: u32| ((texts + 1) as f32 / (count + 1) as f32).ln().max(0.1).ln() / 2.0;
    // The least of all becomes 0; only the ratios matter, for a text's features are brought to one length.
    let least = 0.1f32.ln() / 2.0;
    counts.into_iter().map(|count| ((rarity(count) - least) / SCALE_STEP).round().min(MAX_SCALE) as u8).collect()
}

async fn lessons(docs: &[&Doc], examples: usize, scales: &[u8], random: &mut Random, turns: &Turns) -> Vec<Lesson> {
    let many = usize::from(examples >= MANY_EXAMPLES * docs.len());
    let wanted = BEGINNINGS.get(many).copied().unwrap_or(1);
    let beginnings = wanted.min((MAX_TEXTS / examples.max(1)).saturating_sub(1));
    let mut lessons = Vec::new();
    let mut add = |doc: usize, text: &str| {
        lessons.push(Lesson { doc, features: features(&words(text), ROWS, scales) });
    };
    for (number, doc) in docs.iter().enumerate() {
        for example in doc.examples.iter().chain([&doc.title]) {
            turns.did(FEATURES_OF_BYTE * example.len() * (1 + beginnings)).await;
            add(number, example);
            let letters = example.chars().count();
            for part in 0..beginnings {
                let share = (part as f32 + random.share()) / beginnings as f32;
                let length = (letters as f32 * (SHORTEST + (1.0 - SHORTEST) * share)) as usize;
                let end = example.char_indices().nth(length.max(3)).map_or(example.len(), |(at, _)| at);
                add(number, example.get(..end).unwrap_or(example));
            }
        }
    }
    lessons
}

struct Learner {
    docs: usize,
    weights: Vec<f32>,
    squares: Vec<f32>,
    said: Vec<f32>,
    /// Which documents have enough examples. Of the others nothing is learned but that a text is theirs and not of these.
    taught: Vec<bool>,
    priors: Vec<f32>,
    /// Whether a weight that is zero may become another.
    grows: bool,
}

impl Learner {
    /// Keeps the given number of weights, those that matter most, and lets no other come back.
    fn prune(&mut self, keep: usize) {
        self.grows = false;
        let mut magnitudes: Vec<f32> =
            self.weights.iter().map(|weight| weight.abs()).filter(|weight| *weight > 0.0).collect();
        if magnitudes.len() > keep {
            let (_, least, _) = magnitudes.select_nth_unstable_by(keep, |a, b| b.total_cmp(a));
            self.weights.iter_mut().filter(|weight| weight.abs() <= *least).for_each(|weight| *weight = 0.0);
        }
    }

    fn learn(&mut self, lesson: &Lesson) {
        self.said.copy_from_slice(&self.priors);
        for (row, value) in &lesson.features {
            let start = *row as usize * self.docs;
            for (said, weight) in self.said.iter_mut().zip(self.weights.get(start..).unwrap_or_default()) {
                *said += value * weight;
            }
        }
        to_likelihoods(&mut self.said);
        let mut wrong: Vec<(usize, f32)> = Vec::new();
        for (doc, said) in self.said.iter().enumerate() {
            let gradient = said - if doc == lesson.doc { 1.0 } else { 0.0 };
            if gradient.abs() >= MIN_GRADIENT && self.taught.get(doc).is_some_and(|taught| *taught) {
                wrong.push((doc, gradient));
            }
        }
        for (row, value) in &lesson.features {
            let start = *row as usize * self.docs;
            for (doc, wrong) in &wrong {
                let place = (self.weights.get_mut(start + doc), self.squares.get_mut(start + doc));
                if let (Some(weight), Some(squares)) = place
                    && (self.grows || *weight != 0.0)
                {
                    let gradient = wrong * value;
                    *squares += gradient * gradient;
                    *weight -= STEP * gradient / squares.sqrt();
                }
            }
        }
    }
}

fn to_likelihoods(said: &mut [f32]) {
    let most = said.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for one in said.iter_mut() {
        *one = (*one - most).exp();
        sum += *one;
    }
    said.iter_mut().for_each(|one| *one /= sum);
}

/// Any number: the same documents have to give the same bytes.
const SEED: u32 = 0x9e37_79b9;

/// Xorshift: repeatable, and good enough to cut and to shuffle.
struct Random(u32);

impl Random {
    fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }

    /// From 0 up to, not including, 1.
    fn share(&mut self) -> f32 {
        (self.next() >> 8) as f32 / (1 << 24) as f32
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            let other = self.next() as usize % (end + 1);
            items.swap(end, other);
        }
    }
}
