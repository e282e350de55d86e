//! Why an article stands above the composer while a text is typed, or does not. The edge explains it for a sample, and the panel
//! of a developer for what is on its screen.

use super::rules::per_cent;
use super::sentences::{candidate_sentence, typing_sentence};
use super::traces::{CandidateKind, CandidateTrace, TypingThresholds, TypingTrace, WordTrace};
use super::why_not::WhyNot;
use crate::ids::ArticleId;
use crate::matching::{Index, KEEP, Query, SHOWN, STAY, SUGGEST_TYPING, Searched, SearchedDoc, Suggester};

/// A text that is being typed.
#[derive(Debug, Clone)]
pub struct Typing<'a> {
    /// The text so far.
    pub text: &'a str,
    /// The path of the page.
    pub page: &'a str,
    /// The products that the visitor uses.
    pub products: &'a [String],
    /// What is suggested before the text is looked at.
    pub before: &'a Suggester,
    /// The articles that are not suggested any more, each with the reason.
    pub left_out: &'a [(String, WhyNot)],
    /// Articles to tell about in any case.
    pub about: &'a [String],
}

/// Why something is suggested for a text that is being typed, or nothing is; without an index nothing is published.
pub fn explain_typing<B: AsRef<[u8]>>(index: Option<&Index<B>>, typing: &Typing<'_>) -> TypingTrace {
    let exclude: Vec<String> = typing.left_out.iter().map(|(id, _)| id.clone()).collect();
    let query =
        |exclude, limit| Query { text: typing.text, exclude, limit, page: typing.page, products: typing.products };
    let mut after = typing.before.clone();
    after.found(index.map(|index| index.search(&query(&exclude, Suggester::LOOK_AT))).unwrap_or_default());
    let all = query(&[], Suggester::LOOK_AT + exclude.len());
    let searched = index.map(|index| index.explain(&all, typing.about));
    let candidates: Vec<CandidateTrace> = searched
        .iter()
        .flat_map(|searched| &searched.docs)
        .map(|doc| candidate(doc, CandidateKind::Article, why_not(doc, typing, &after)))
        .collect();
    let suggested = after.hits().iter().filter_map(|hit| ArticleId::parse(&hit.id).ok()).collect();
    TypingTrace {
        sentence: typing_sentence(searched.as_ref(), &after, &candidates),
        suggested,
        candidates,
        nothing: searched.as_ref().map_or(1.0, |searched| searched.nothing),
        words: searched.as_ref().map(words).unwrap_or_default(),
        thresholds: TypingThresholds {
            suggest_at: per_cent(SUGGEST_TYPING),
            keep_at: per_cent(KEEP),
            stay_factor: STAY,
            suggestions: u8::try_from(SHOWN).unwrap_or(u8::MAX),
        },
    }
}

/// What speaks against suggesting an article. The list `after` the search holds the suggestions, so only the reason is looked
/// for here.
fn why_not(doc: &SearchedDoc, typing: &Typing<'_>, after: &Suggester) -> Vec<WhyNot> {
    if after.shows(&doc.id) {
        return Vec::new();
    }
    let left_out = typing.left_out.iter().find(|(id, _)| *id == doc.id).map(|(_, reason)| *reason);
    let at_least = typing.before.at_least(typing.before.shows(&doc.id));
    let unsure = (doc.confidence < at_least).then_some(WhyNot::NotSure { at_least: per_cent(at_least) });
    let mut reasons: Vec<WhyNot> = left_out.into_iter().chain(unsure).collect();
    if reasons.is_empty() {
        reasons.push(WhyNot::EnoughOthers);
    }
    reasons
}

/// What came of a document.
pub(super) fn candidate(doc: &SearchedDoc, kind: CandidateKind, why_not: Vec<WhyNot>) -> CandidateTrace {
    CandidateTrace {
        kind,
        id: doc.id.clone(),
        title: if doc.title.is_empty() { doc.id.clone() } else { doc.title.clone() },
        likelihood: doc.confidence,
        words: doc.words.clone(),
        lifted_by: doc.lifted_by.clone(),
        sentence: candidate_sentence(kind, doc, &why_not),
        why_not,
    }
}

/// The words of a text that was searched.
pub(super) fn words(searched: &Searched) -> Vec<WordTrace> {
    let trace = |word: &crate::matching::SearchedWord| WordTrace {
        word: word.word.clone(),
        articles: u32::try_from(word.docs).unwrap_or(u32::MAX),
    };
    searched.words.iter().map(trace).collect()
}
