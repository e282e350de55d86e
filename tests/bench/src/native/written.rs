//! Sets with what a language model has written about their documents.

use crate::engine::filtered;
use crate::set::{Doc, Set};
use serde::Deserialize;
use shared::written::{Kind, Proposal};

/// What a model wrote about a document of a set.
#[derive(Debug, Clone, Deserialize)]
pub struct Written {
    pub set: String,
    pub id: String,
    #[serde(default)]
    pub questions: Vec<String>,
    #[serde(default)]
    pub keywords: Vec<String>,
}

/// Reads a line for each document. An error says which line is malformed.
pub fn parse(jsonl: &str) -> Result<Vec<Written>, String> {
    let lines = jsonl.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| serde_json::from_str(line).map_err(|error| format!("line {}: {error}", number + 1)))
        .collect()
}

/// The sets about which something was written, each as it is, with the keywords, with the questions, and with what the engine keeps of
/// both.
pub fn variants(sets: Vec<Set>, written: &[Written]) -> Vec<Set> {
    let mut all = Vec::new();
    for set in sets {
        let about: Vec<&Written> = written.iter().filter(|one| one.set == set.name).collect();
        if about.is_empty() {
            continue;
        }
        let keywords = set.docs.iter().map(|doc| with(doc, &about, Kind::Keyword)).collect();
        let questions = set.docs.iter().map(|doc| with(doc, &about, Kind::Question)).collect();
        let kept = filtered(&set.docs, &set.lang, &proposals(&about));
        let variants = [("keywords", keywords), ("questions", questions), ("filtered", kept)];
        let variants: Vec<Set> = variants
            .into_iter()
            .map(|(name, docs)| Set { name: format!("{}, {name}", set.name), docs, ..set.clone() })
            .collect();
        all.push(set);
        all.extend(variants);
    }
    all
}

/// A document with all of a kind that was written about it.
fn with(doc: &Doc, about: &[&Written], kind: Kind) -> Doc {
    let mut doc = doc.clone();
    for one in about.iter().filter(|one| one.id == doc.id) {
        match kind {
            Kind::Keyword => doc.keywords.extend_from_slice(&one.keywords),
            Kind::Question => doc.examples.extend_from_slice(&one.questions),
        }
    }
    doc
}

fn proposals(about: &[&Written]) -> Vec<Proposal> {
    let of = |one: &&Written| {
        let proposal = |kind: Kind, text: &String| Proposal { article: one.id.clone(), kind, text: text.clone() };
        let keywords = one.keywords.iter().map(|text| proposal(Kind::Keyword, text));
        let questions = one.questions.iter().map(|text| proposal(Kind::Question, text));
        keywords.chain(questions).collect::<Vec<_>>()
    };
    about.iter().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_about_which_something_was_written_is_measured_four_times() {
        let set = |name: &str| Set {
            name: name.into(),
            lang: "en".into(),
            docs: vec![Doc { id: "a".into(), title: "Refunds".into(), ..Doc::default() }],
            queries: Vec::new(),
        };
        let written =
            parse(r#"{"set": "x", "id": "a", "questions": ["shoes do not fit"], "keywords": ["voucher"]}"#).unwrap();
        let all = variants(vec![set("x"), set("y")], &written);
        let names: Vec<&str> = all.iter().map(|set| set.name.as_str()).collect();
        assert_eq!(names, ["x", "x, keywords", "x, questions", "x, filtered"]);
        let texts: Vec<(usize, usize)> =
            all.iter().map(|set| (set.docs[0].keywords.len(), set.docs[0].examples.len())).collect();
        assert_eq!(texts, [(0, 0), (1, 0), (0, 1), (2, 0)], "one question is no lesson, so its words are kept");
    }

    #[test]
    fn a_malformed_line_is_named() {
        assert!(parse("\n{}").unwrap_err().contains("line 2"));
    }
}
