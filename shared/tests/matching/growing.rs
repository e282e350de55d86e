//! Many documents.

use super::{Random, doc, index_of, search};
use shared::matching::Doc;

/// Documents of made-up words, the commoner ones in many of them.
fn many(count: usize) -> Vec<Doc> {
    let mut random = Random(3);
    let syllables = ["ka", "lo", "mi", "ter", "sen", "du", "ra", "vi", "non", "pel", "sha", "or"];
    let vocabulary: Vec<String> =
        (0..4_000).map(|_| (0..2 + random.below(3)).map(|_| *random.pick(&syllables)).collect()).collect();
    let mut text = |words: usize| {
        let word = |random: &mut Random| {
            let limit = 1 + random.below(vocabulary.len());
            vocabulary[random.below(limit)].clone()
        };
        (0..words).map(|_| word(&mut random)).collect::<Vec<_>>().join(" ")
    };
    (0..count).map(|number| doc(&format!("d{number}"), &text(6), &text(60))).collect()
}

#[test]
fn an_article_among_thousands_is_found_by_its_title() {
    let docs = many(2_000);
    let index = index_of("en", &docs);
    assert_eq!(index.len(), docs.len());
    let found = docs.iter().step_by(40).filter(|doc| search(&index, &doc.title).iter().any(|hit| hit.id == doc.id));
    assert!(found.count() >= 48, "of 50");
}
