//! Holds back a part of what a site wrote, so that the rest can be asked about it: how sure an index may be is measured on the
//! site's own texts.

use super::doc::Doc;
use super::train::can_learn;
use crate::matching::has_lessons;

/// One document in this many is left out as a whole: nothing here answers questions about it. And one example in this many is
/// left out of the others. Less would be too few to measure, more would measure another site than this one.
const PART: usize = 5;
/// The most questions of either kind that are asked; more measure no better.
const MAX_ASKED: usize = 500;

/// A question, and the number of the document that answers it, if one does.
pub(super) struct Asked<'a> {
    pub(super) text: &'a str,
    pub(super) doc: Option<usize>,
}

/// What is left, and what is asked of it.
pub(super) struct Trial<'a> {
    pub(super) docs: Vec<Doc>,
    pub(super) asked: Vec<Asked<'a>>,
}

/// Holds back examples where there are enough of them, or else titles, of documents that say anything besides.
pub(super) fn hold_out<'a>(docs: &[&'a Doc]) -> Trial<'a> {
    let by_examples = can_learn(docs);
    let mut trial = Trial { docs: Vec::new(), asked: Vec::new() };
    let mut unanswered = Vec::new();
    let mut answered = Vec::new();
    for (number, doc) in docs.iter().enumerate() {
        let hidden = number.is_multiple_of(PART);
        let doc_number = (!hidden).then_some(trial.docs.len());
        let questions: &mut Vec<Asked<'a>> = if hidden { &mut unanswered } else { &mut answered };
        let mut left = Doc::clone(doc);
        if by_examples && has_lessons(doc.examples.len()) {
            // Begins elsewhere in each document, so that one with a few examples loses one at times.
            let is_asked = |place: usize| hidden || (number + place).is_multiple_of(PART);
            let asked = doc.examples.iter().enumerate().filter(|(place, _)| is_asked(*place));
            questions.extend(asked.map(|(_, text)| Asked { text, doc: doc_number }));
            let kept = doc.examples.iter().enumerate().filter(|(place, _)| !is_asked(*place));
            left.examples = kept.map(|(_, text)| text.clone()).collect();
        } else if says_more_than_its_title(doc) {
            questions.push(Asked { text: &doc.title, doc: doc_number });
            // As much of the body stands in for it: without any title the rest would be weaker than what visitors ask, and
            // each word would seem to tell more than it does.
            left.title = doc.body.chars().take(doc.title.chars().count()).collect();
        }
        if !hidden {
            trial.docs.push(left);
        }
    }
    for questions in [answered, unanswered] {
        let step = questions.len().div_ceil(MAX_ASKED).max(1);
        trial.asked.extend(questions.into_iter().step_by(step));
    }
    trial
}

fn says_more_than_its_title(doc: &Doc) -> bool {
    let others = [&doc.headings, &doc.keywords, &doc.examples];
    !doc.title.is_empty() && (!doc.body.is_empty() || others.iter().any(|texts| !texts.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(docs: &[Doc], left: usize, expected: &[(&str, Option<usize>)]) {
        let docs: Vec<&Doc> = docs.iter().collect();
        let trial = hold_out(&docs);
        assert_eq!(trial.docs.len(), left);
        let asked: Vec<(&str, Option<usize>)> = trial.asked.iter().map(|one| (one.text, one.doc)).collect();
        assert_eq!(asked, expected);
    }

    #[test]
    fn titles_are_asked_of_what_says_more_and_some_documents_are_hidden() {
        let page = |title: &str, body: &str| Doc { title: title.into(), body: body.into(), ..Doc::default() };
        let pages = [page("a", "x"), page("b", "y"), page("c", ""), page("d", "z")];
        check(&pages, 3, &[("b", Some(0)), ("d", Some(2)), ("a", None)]);
        check(&[page("a", ""), page("b", "")], 1, &[]);
    }

    #[test]
    fn examples_are_asked_where_there_are_enough() {
        let asked =
            |all: [&str; 5]| Doc { title: "t".into(), examples: all.map(String::from).to_vec(), ..Doc::default() };
        let answers = [asked(["a", "b", "c", "d", "e"]), asked(["f", "g", "h", "i", "j"])];
        let hidden = ["a", "b", "c", "d", "e"].map(|text| (text, None));
        check(&answers, 1, &[&[("j", Some(0))], &hidden[..]].concat());
    }
}
