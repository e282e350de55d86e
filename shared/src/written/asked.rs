//! The texts that are asked to see how much a set of proposals is worth: every proposal, and the owner's own words.

use super::Proposal;
use super::words::Field;
use crate::matching::{Doc, Word, words};
use crate::turns::Turns;
use std::collections::BTreeMap;

/// A text is asked when so much of it is typed, in percent.
const SHARES: [usize; 2] = [50, 100];
/// The weight of the owner's own words beside a proposal: they must not fall for what a model wrote.
const OWN_COUNTS: f32 = 2.0;

/// A text, and the article that it belongs to.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    pub(super) doc: usize,
    /// How much it counts.
    pub(super) counts: f32,
    /// What is typed at each share.
    pub(super) typed: [Typed<'a>; 2],
}

/// A part of a text.
#[derive(Debug)]
pub(super) struct Typed<'a> {
    pub(super) text: &'a str,
    /// The words of proposals in it, each once. One that is begun counts as typed.
    pub(super) words: Vec<u32>,
}

/// An article for which a model wrote less than for others is asked about with a few words of its text at a time.
const STAND_IN_WORDS: usize = 4;

/// All that is asked.
#[derive(Debug)]
pub(super) struct AllAsked<'a> {
    /// In order, what the owner wrote first.
    pub(super) texts: Vec<Asked<'a>>,
    /// Per proposal its place among them.
    pub(super) of_proposal: Vec<Option<usize>>,
}

/// Gathers all that is asked.
pub(super) async fn asked<'a>(
    field: &Field,
    docs: &'a [Doc],
    proposals: &'a [Proposal],
    turns: &Turns,
) -> AllAsked<'a> {
    let ids: BTreeMap<&str, usize> = docs.iter().enumerate().map(|(number, doc)| (doc.id.as_str(), number)).collect();
    let own = docs.iter().enumerate().flat_map(|(number, doc)| {
        let texts = [&doc.title].into_iter().chain(&doc.examples).chain(&doc.keywords);
        texts.map(move |text| (text.as_str(), number, None, OWN_COUNTS))
    });
    let written =
        proposals.iter().enumerate().filter(|(number, _)| matches!(field.candidates.get(*number), Some(Ok(_))));
    let written = written.filter_map(|(number, proposal)| {
        Some((proposal.text.as_str(), *ids.get(proposal.article.as_str())?, Some(number), 1.0))
    });
    let stand_ins = stand_ins(field, docs);
    let stand_ins = stand_ins.iter().map(|(text, doc)| (*text, *doc, None, 1.0));
    let mut texts = Vec::new();
    let mut of_proposal = vec![None; proposals.len()];
    for (text, doc, proposal, counts) in own.chain(written).chain(stand_ins) {
        turns.did(text.len()).await;
        let all = field.words_in(text);
        let typed = SHARES.map(|share| Typed::of(field, beginning(text, share), &all));
        if let Some(place) = proposal.and_then(|proposal: usize| of_proposal.get_mut(proposal)) {
            *place = Some(texts.len());
        }
        texts.push(Asked { doc, counts, typed });
    }
    AllAsked { texts, of_proposal }
}

impl<'a> Typed<'a> {
    /// A part of a text that has these words.
    fn of(field: &Field, text: &'a str, all: &[Option<u32>]) -> Self {
        let mut words: Vec<u32> = all.iter().take(field.words_in(text).len()).flatten().copied().collect();
        words.sort_unstable();
        words.dedup();
        Self { text, words }
    }
}

/// This share of a text's characters, in percent, rounded up.
fn beginning(text: &str, share: usize) -> &str {
    let chars = (text.chars().count() * share).div_ceil(100).max(1);
    let end = text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// Pieces of the texts of articles for which fewer proposals were written than for the others that have any: nobody must fall for having
/// none.
fn stand_ins<'a>(field: &Field, docs: &'a [Doc]) -> Vec<(&'a str, usize)> {
    let mut many = vec![0usize; docs.len()];
    for candidate in field.candidates.iter().flatten() {
        if let Some(many) = many.get_mut(candidate.doc) {
            *many += 1;
        }
    }
    let with_any = many.iter().filter(|many| **many > 0).count();
    let usual = many.iter().sum::<usize>() / with_any.max(1);
    let mut out = Vec::new();
    for ((number, doc), many) in docs.iter().enumerate().zip(many) {
        let pieces = pieces(&doc.body);
        let wanted = usual.saturating_sub(many);
        let step = (pieces.len() / wanted.max(1)).max(1);
        out.extend(pieces.into_iter().step_by(step).take(wanted).map(|piece| (piece, number)));
    }
    out
}

/// A text in pieces of a few words.
fn pieces(text: &str) -> Vec<&str> {
    let words = words(text);
    let piece = |words: &[Word]| text.get(words.first()?.range.start..words.last()?.range.end);
    words.chunks(STAND_IN_WORDS).filter_map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::turns::at_once;
    use crate::written::Kind;

    #[test]
    fn who_has_no_proposals_is_asked_about_with_pieces_of_the_text() {
        let doc = |id: &str, title: &str, body: &str| Doc {
            id: id.into(),
            title: title.into(),
            body: body.into(),
            ..Doc::default()
        };
        let docs = [doc("a", "Refunds", "x"), doc("b", "Hours", "We open at nine on every day but Sunday, all year.")];
        let proposal = |text: &str| Proposal { article: "a".into(), kind: Kind::Keyword, text: text.into() };
        let written = [proposal("money on Sunday"), proposal("money back")];
        let turns = Turns::none();
        let field = at_once(Field::of(&docs, &written, "en", &turns));
        let all = at_once(asked(&field, &docs, &written, &turns));
        let texts: Vec<(usize, &str)> = all.texts.iter().map(|one| (one.doc, one.typed[1].text)).collect();
        let of_a = [(0, "Refunds"), (0, "money on Sunday"), (0, "money back")];
        let of_b = [(1, "Hours"), (1, "We open at nine"), (1, "on every day but")];
        assert_eq!(texts, [of_a[0], of_b[0], of_a[1], of_a[2], of_b[1], of_b[2]]);
        assert_eq!(all.of_proposal, [Some(2), Some(3)]);
        assert_eq!(all.texts[2].typed[0].text, "money on");
        let words = |place: usize, share: usize| all.texts[place].typed[share].words.len();
        assert_eq!((words(2, 0), words(2, 1), words(5, 1)), (2, 3, 1), "only words that a proposal has are counted");
    }
}
