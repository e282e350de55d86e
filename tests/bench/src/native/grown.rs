//! Help centres of any size, made of real texts: what an article costs when there are many.

use crate::set::{Doc, Question, Set};
use std::collections::BTreeSet;

/// How many articles are looked at: a small shop's, a company's, and more than most have.
pub const SIZES: [usize; 3] = [100, 1_000, 10_000];
/// Questions typed at each size, taken evenly from all.
const QUESTIONS: usize = 60;

/// A set of `size` articles from the documents of all these sets. Where there are fewer, titles, bodies and examples of
/// different documents are put together, so that no two articles are the same and all words are people's own.
pub fn grown(sets: &[Set], size: usize) -> Option<Set> {
    let docs = distinct(sets);
    let lang = &sets.first()?.lang;
    let questions: Vec<&Question> = sets.iter().flat_map(|set| &set.queries).collect();
    let step = questions.len().div_ceil(QUESTIONS).max(1);
    Some(Set {
        name: format!("{size} articles"),
        lang: lang.clone(),
        docs: (0..size).map(|number| article(&docs, number)).collect::<Option<_>>()?,
        queries: questions.into_iter().step_by(step).cloned().collect(),
    })
}

/// One document of each title and body.
fn distinct(sets: &[Set]) -> Vec<&Doc> {
    let mut seen = BTreeSet::new();
    sets.iter().flat_map(|set| &set.docs).filter(|doc| seen.insert((&doc.title, &doc.body))).collect()
}

/// Every round over the documents puts each title before the body of one that stands further behind.
fn article(docs: &[&Doc], number: usize) -> Option<Doc> {
    let round = number.checked_div(docs.len())?;
    let title = docs.get(number % docs.len())?;
    let body = docs.get((number + round) % docs.len())?;
    Some(Doc {
        id: format!("article-{number}"),
        title: title.title.clone(),
        body: body.body.clone(),
        examples: body.examples.clone(),
        keywords: body.keywords.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(titles: &[&str]) -> Set {
        let doc = |title: &&str| Doc { title: String::from(*title), body: format!("{title}!"), ..Doc::default() };
        let queries = (0..120).map(|number| Question { text: format!("{number}"), relevant: Vec::new() }).collect();
        Set { name: "s".into(), lang: "tr".into(), docs: titles.iter().map(doc).collect(), queries }
    }

    #[test]
    fn articles_are_put_together_anew_when_the_documents_run_out() {
        let grown = grown(&[set(&["a", "b"]), set(&["b", "c"])], 6).unwrap();
        let texts: Vec<String> = grown.docs.iter().map(|doc| format!("{} {}", doc.title, doc.body)).collect();
        assert_eq!(texts, ["a a!", "b b!", "c c!", "a b!", "b c!", "c a!"]);
        assert_eq!((grown.name.as_str(), grown.lang.as_str(), grown.queries.len()), ("6 articles", "tr", 60));
    }

    #[test]
    fn nothing_grows_from_nothing() {
        assert!(grown(&[], 100).is_none());
        assert!(grown(&[set(&[])], 100).is_none());
    }
}
