//! Why an answer or an article stands above the composer while a text is typed, or does not. The edge explains it for a sample, and the panel
//! of a developer for what is on its screen.

use super::answers::is_too_long;
use super::rules::per_cent;
use super::sentences::{STANDS, SUGGESTED, candidate_sentence, typing_sentence};
use super::traces::{CandidateKind, CandidateTrace, TypingThresholds, TypingTrace, WordTrace};
use super::why_not::WhyNot;
use crate::ids::{AnswerId, ArticleId};
use crate::matching::{
    ANSWER_KEEP, ANSWER_TYPING, Index, KEEP, Query, SHOWN, STAY, SUGGEST_TYPING, Searched, SearchedDoc, Suggester,
};
use crate::protocol::HandOffReason;

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
    /// What holds for the answers.
    pub answers: TypingAnswers<'a>,
}

/// What decides which answer is shown, beside the text.
#[derive(Debug, Clone)]
pub struct TypingAnswers<'a> {
    /// What is shown before the text is looked at.
    pub before: &'a Suggester,
    /// The answers that are not shown any more, each with the reason.
    pub left_out: &'a [(String, WhyNot)],
    /// Why the text goes straight to a person when it is sent, by its words.
    pub people_first: Option<HandOffReason>,
}

/// Why something is suggested for a text that is being typed, or nothing is; without an index nothing is published.
pub fn explain_typing<B: AsRef<[u8]>>(
    articles: Option<&Index<B>>,
    answers: Option<&Index<B>>,
    typing: &Typing<'_>,
) -> TypingTrace {
    let TypingAnswers { before, left_out, people_first } = &typing.answers;
    let told = answers.filter(|_| !is_too_long(typing.text));
    let answers = Looked::of(told, typing, before, left_out, *people_first, &[]);
    let articles = Looked::of(articles, typing, typing.before, typing.left_out, None, typing.about);
    let suggested = articles.after.under(&answers.after);
    let of_answers = answers.docs().map(|doc| {
        let why_not = if answers.after.shows(&doc.id) { Vec::new() } else { answers.why_not(doc) };
        candidate(doc, CandidateKind::Answer, why_not, STANDS)
    });
    let of_articles = articles.docs().map(|doc| {
        let is_shown = suggested.iter().any(|hit| hit.id == doc.id);
        candidate(doc, CandidateKind::Article, if is_shown { Vec::new() } else { articles.why_not(doc) }, SUGGESTED)
    });
    let candidates: Vec<CandidateTrace> = of_answers.chain(of_articles).collect();
    let searched = articles.searched.as_ref();
    TypingTrace {
        sentence: typing_sentence(searched.or(answers.searched.as_ref()), &answers.after, suggested, &candidates),
        answer: answers.after.hits().first().and_then(|hit| AnswerId::parse(&hit.id).ok()),
        suggested: suggested.iter().filter_map(|hit| ArticleId::parse(&hit.id).ok()).collect(),
        nothing: searched.map_or(1.0, |searched| searched.nothing),
        words: searched.map(words).unwrap_or_default(),
        thresholds: TypingThresholds {
            suggest_at: per_cent(SUGGEST_TYPING),
            keep_at: per_cent(KEEP),
            answer_at: per_cent(ANSWER_TYPING),
            keep_answer_at: per_cent(ANSWER_KEEP),
            stay_factor: STAY,
            suggestions: u8::try_from(SHOWN).unwrap_or(u8::MAX),
        },
        candidates,
    }
}

/// What one index makes of a text.
struct Looked<'a> {
    searched: Option<Searched>,
    before: &'a Suggester,
    after: Suggester,
    left_out: &'a [(String, WhyNot)],
    people_first: Option<HandOffReason>,
}

impl<'a> Looked<'a> {
    fn of<B: AsRef<[u8]>>(
        index: Option<&Index<B>>,
        typing: &Typing<'_>,
        before: &'a Suggester,
        left_out: &'a [(String, WhyNot)],
        people_first: Option<HandOffReason>,
        about: &[String],
    ) -> Self {
        let exclude: Vec<String> = left_out.iter().map(|(id, _)| id.clone()).collect();
        let query = |exclude, limit| Query {
            text: typing.text,
            exclude,
            limit,
            at_least: 0.0,
            page: typing.page,
            products: typing.products,
        };
        let found = index.filter(|_| people_first.is_none());
        let mut after = before.clone();
        after.found(found.map(|index| index.search(&query(&exclude, Suggester::LOOK_AT))).unwrap_or_default());
        let all = query(&[], Suggester::LOOK_AT + exclude.len());
        let searched = index.map(|index| index.explain(&all, about));
        Self { searched, before, after, left_out, people_first }
    }

    fn docs(&self) -> impl Iterator<Item = &SearchedDoc> {
        self.searched.iter().flat_map(|searched| &searched.docs)
    }

    /// What speaks against a document that is not shown. The list after the search holds what is, so only the reason is looked for.
    fn why_not(&self, doc: &SearchedDoc) -> Vec<WhyNot> {
        let left_out = self.left_out.iter().find(|(id, _)| *id == doc.id).map(|(_, reason)| *reason);
        let at_least = self.before.at_least(self.before.shows(&doc.id));
        let unsure = (doc.confidence < at_least).then_some(WhyNot::NotSure { at_least: per_cent(at_least) });
        let for_people = self.people_first.map(|reason| WhyNot::PeopleFirst { reason });
        let mut reasons: Vec<WhyNot> = left_out.into_iter().chain(unsure).chain(for_people).collect();
        if reasons.is_empty() {
            reasons.push(WhyNot::EnoughOthers);
        }
        reasons
    }
}

/// What came of a document.
pub(super) fn candidate(doc: &SearchedDoc, kind: CandidateKind, why_not: Vec<WhyNot>, said: &str) -> CandidateTrace {
    CandidateTrace {
        kind,
        id: doc.id.clone(),
        title: if doc.title.is_empty() { doc.id.clone() } else { doc.title.clone() },
        likelihood: doc.confidence,
        words: doc.words.clone(),
        lifted_by: doc.lifted_by.clone(),
        sentence: candidate_sentence(said, doc, &why_not),
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
