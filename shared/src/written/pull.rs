//! Which words each article lacks, and which it should not have: the slope of the likelihood that all which is asked finds its
//! article. A text that does not find it pulls its words there; where another article stands in its place, it pushes them away.

use super::asked::Asked;
use super::trial::Trial;
use super::with_kept::is_bare;
use super::words::{Candidate, KEYWORD, strength};
use crate::matching::Index;
use std::collections::BTreeMap;

/// How much of what a proposal asks for itself counts for it. A bare title has so few words that one which a single proposal has is
/// likely said by visitors, too. Where an article has a text, others have to need the word.
const FOR_ITSELF: f32 = 0.3;

/// What one text found.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    /// How likely its article was not the right one, half typed and whole.
    lacks: [f32; 2],
    /// Where its article stood, from 0; none if it was not listed.
    pub(super) places: [Option<usize>; 2],
    /// The likeliest other article when it was whole.
    pub(super) other: Option<usize>,
}

/// What all that is asked says of the words of each article.
#[derive(Debug)]
pub(super) struct Pull {
    /// Per document and word.
    slopes: Vec<BTreeMap<u32, f32>>,
    /// Per asked text.
    pub(super) found: Vec<Found>,
}

impl Pull {
    /// Asks an index everything.
    pub(super) async fn of(trial: &Trial<'_>, index: &Index<Vec<u8>>) -> Self {
        let mut slopes = vec![BTreeMap::new(); trial.docs.len()];
        let mut found = Vec::new();
        for asked in &trial.asked.texts {
            let mut one = Found { lacks: [1.0; 2], ..Found::default() };
            for (typed, (lacks, place)) in asked.typed.iter().zip(one.lacks.iter_mut().zip(&mut one.places)) {
                let hits = trial.likeliest(index, typed.text).await;
                for (at, (doc, likely)) in hits.iter().enumerate() {
                    if *doc == asked.doc {
                        *lacks = 1.0 - likely;
                        *place = Some(at);
                    } else {
                        add(&mut slopes, *doc, &typed.words, -likely * asked.counts);
                    }
                }
                one.other = hits.iter().map(|(doc, _)| *doc).find(|doc| *doc != asked.doc);
                add(&mut slopes, asked.doc, &typed.words, *lacks * asked.counts);
            }
            found.push(one);
        }
        Self { slopes, found }
    }

    /// What a proposal brings to all that is asked, about. `has` is how much its article has of each word without it.
    pub(super) fn gain(
        &self,
        trial: &Trial<'_>,
        number: usize,
        candidate: &Candidate,
        has: &BTreeMap<u32, f32>,
    ) -> f32 {
        let is_bare = trial.docs.get(candidate.doc).is_some_and(is_bare);
        let for_itself = if is_bare { FOR_ITSELF } else { 0.0 };
        let place = trial.asked.of_proposal.get(number).copied().flatten();
        let itself = place.and_then(|place| Some((trial.asked.texts.get(place)?, self.found.get(place)?)));
        let gain = |word: &u32| {
            let before = has.get(word).copied().unwrap_or(0.0);
            let stronger = strength(before + KEYWORD) - strength(before);
            let all = self.slopes.get(candidate.doc).and_then(|slopes| slopes.get(word)).copied().unwrap_or(0.0);
            let own = itself.map_or(0.0, |(asked, found)| asks_for(asked, found, *word));
            trial.field.rarity(*word) * stronger * (all - (1.0 - for_itself) * own)
        };
        candidate.words.iter().map(gain).sum()
    }
}

fn add(slopes: &mut [BTreeMap<u32, f32>], doc: usize, words: &[u32], much: f32) {
    if let Some(slopes) = slopes.get_mut(doc) {
        words.iter().for_each(|word| *slopes.entry(*word).or_insert(0.0) += much);
    }
}

/// How much a text pulls a word to its article.
fn asks_for(asked: &Asked<'_>, found: &Found, word: u32) -> f32 {
    let shares = asked.typed.iter().zip(found.lacks);
    shares.filter(|(typed, _)| typed.words.binary_search(&word).is_ok()).map(|(_, lacks)| lacks).sum()
}
