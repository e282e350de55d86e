//! Ranks documents for the text as typed so far.

use super::highlight::{marks, snippet};
use super::index::{Index, Term};
use super::words::words;
use std::collections::BTreeMap;
use std::ops::Range;

/// What to search for.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// The text as typed so far.
    pub text: &'a str,
    /// Documents not to give: what the visitor has just read, or has said did not help.
    pub exclude: &'a [String],
    /// At most this many hits.
    pub limit: usize,
}

/// A document that may answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The document's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The bytes of the title that matched.
    pub title_marks: Vec<Range<usize>>,
    /// One line of the body, best where it matched.
    pub snippet: String,
    /// The bytes of the snippet that matched.
    pub snippet_marks: Vec<Range<usize>>,
    /// How much of what was typed this document accounts for, from 0 to 1.
    pub confidence: f32,
}

/// A longer text than this is not a question; its first words are searched.
const MAX_QUERY_WORDS: usize = 24;
/// A beginning of one Latin letter fits half the dictionary and says nothing.
const MIN_PREFIX_BYTES: usize = 2;
/// Shorter words have too many neighbours for a typing error to be told from another word.
const MIN_TYPO_CHARS: usize = 4;
/// A word with a typing error counts less than one without.
const TYPO: f32 = 0.6;
/// The weight of a typed word that no document has, as a share of that of a word in one document only.
const UNKNOWN: f32 = 0.5;
/// Below this a document shares little more than a filler word.
const MIN_CONFIDENCE: f32 = 0.12;

impl<B: AsRef<[u8]>> Index<B> {
    /// The best documents for the text, best first; ties in the order of the documents.
    pub fn search(&self, query: &Query<'_>) -> Vec<Hit> {
        let mut typed = words(query.text);
        typed.truncate(MAX_QUERY_WORDS);
        let open = query.text.chars().next_back().is_some_and(char::is_alphanumeric);
        let last = typed.len().saturating_sub(1);
        let unknown = UNKNOWN * (self.len() as f32 + 1.0).ln();

        let mut scores: BTreeMap<u16, f32> = BTreeMap::new();
        let mut matched: Vec<String> = Vec::new();
        let mut wanted = 0.0;
        for (number, word) in typed.iter().enumerate() {
            let found = self.look_up(&word.folded, open && number == last);
            let weight = found.weight.unwrap_or(unknown);
            wanted += weight;
            found
                .strengths
                .into_iter()
                .for_each(|(doc, strength)| *scores.entry(doc).or_default() += weight * strength);
            matched.extend(found.matched);
        }
        if wanted <= 0.0 {
            return Vec::new();
        }
        let mut ranked: Vec<(u16, f32)> = scores.into_iter().map(|(doc, score)| (doc, score / wanted)).collect();
        ranked.retain(|(doc, confidence)| {
            let [id, _, _] = self.doc(*doc);
            *confidence >= MIN_CONFIDENCE && !query.exclude.iter().any(|excluded| excluded == id)
        });
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.truncate(query.limit);
        ranked.into_iter().map(|(doc, confidence)| self.hit(doc, confidence.min(1.0), &matched)).collect()
    }

    fn hit(&self, doc: u16, confidence: f32, matched: &[String]) -> Hit {
        let [id, title, body] = self.doc(doc);
        let (snippet, snippet_marks) = snippet(body, matched);
        Hit {
            id: id.into(),
            title: title.into(),
            title_marks: marks(title, matched),
            snippet,
            snippet_marks,
            confidence,
        }
    }

    /// What the dictionary has for one typed word: itself, what it begins, or else what is one typing error away.
    fn look_up(&self, word: &str, open: bool) -> Found {
        let mut found = Found::default();
        let prefix_allowed = open && (word.len() >= MIN_PREFIX_BYTES || !word.is_ascii());
        for number in self.first_at_or_after(word)..self.term_count() {
            let Some(term) = self.term(number).filter(|term| term.text.starts_with(word)) else { break };
            if term.text == word {
                found.add(&term, 1.0);
            } else if prefix_allowed {
                // The more of the word is typed, the surer it is.
                found.add(&term, (word.len() as f32 / term.text.len() as f32).sqrt());
            } else if !open {
                break;
            }
        }
        if !found.strengths.is_empty() {
            // Marked at the beginnings of words, a finished "i" would light up half of the text.
            if open || word.len() > MIN_PREFIX_BYTES {
                found.matched.push(String::from(word));
            }
        } else if word.chars().count() >= MIN_TYPO_CHARS {
            self.with_one_error(word, open, &mut found);
        }
        found
    }

    fn with_one_error(&self, word: &str, open: bool, found: &mut Found) {
        let typed: Vec<char> = word.chars().collect();
        let Some(first) = typed.first() else { return };
        let mut buffer = [0; 4];
        let first: &str = first.encode_utf8(&mut buffer);
        for number in self.first_at_or_after(first)..self.term_count() {
            let Some(term) = self.term(number).filter(|term| term.text.starts_with(first)) else { break };
            let letters: Vec<char> = term.text.chars().collect();
            let beginnings =
                if open { typed.len().saturating_sub(1)..=typed.len() + 1 } else { letters.len()..=letters.len() };
            let near =
                |length: usize| letters.get(..length).is_some_and(|beginning| one_error_apart(&typed, beginning));
            if beginnings.clone().any(near) {
                found.add(&term, TYPO);
                found.matched.push(String::from(term.text));
            }
        }
    }
}

/// What one typed word found.
#[derive(Default)]
struct Found {
    /// The weight of the least telling term, for what a beginning can mean is as common as the commonest of it; none if no
    /// term fits.
    weight: Option<f32>,
    /// Per document the strongest of the terms.
    strengths: BTreeMap<u16, f32>,
    /// Word beginnings to mark.
    matched: Vec<String>,
}

impl Found {
    fn add(&mut self, term: &Term<'_>, factor: f32) {
        self.weight = Some(self.weight.map_or(term.weight, |weight| weight.min(term.weight)));
        for (doc, strength) in term.postings() {
            let best = self.strengths.entry(doc).or_default();
            *best = best.max(strength * factor);
        }
    }
}

/// Whether one letter was left out, added, replaced, or swapped with its neighbour.
fn one_error_apart(a: &[char], b: &[char]) -> bool {
    let same_start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let rest = |text: &[char], skip: usize| text.get(same_start + skip..).unwrap_or(&[]).to_vec();
    if a.len() == b.len() {
        let swapped = a.get(same_start) == b.get(same_start + 1) && a.get(same_start + 1) == b.get(same_start);
        return rest(a, 1) == rest(b, 1) || (swapped && rest(a, 2) == rest(b, 2));
    }
    if a.len() + 1 == b.len() {
        return rest(a, 0) == rest(b, 1);
    }
    b.len() + 1 == a.len() && rest(a, 1) == rest(b, 0)
}

#[cfg(test)]
#[cfg(feature = "compile")]
mod tests {
    use super::super::{Doc, compile};
    use super::*;

    fn index() -> Index<Vec<u8>> {
        let doc = |id: &str, title: &str, keywords: &str, body: &str| Doc {
            id: id.into(),
            title: title.into(),
            keywords: vec![keywords.into()],
            body: body.into(),
            ..Doc::default()
        };
        let docs = [
            doc(
                "address",
                "Change your delivery address",
                "moved house",
                "You can change the address of an order until it is packed. Open the order and choose Edit.",
            ),
            doc(
                "track",
                "Track a parcel",
                "where is my order",
                "Your parcel has a number. With it you can see where it is.",
            ),
            doc(
                "wifi",
                "Connect a lamp to Wi-Fi",
                "network",
                "Hold the button for five seconds, then choose your network in the app.",
            ),
            doc("cihaz", "Cihazı değiştir", "değişim", "Cihazı on dört gün içinde değiştirebilirsiniz."),
        ];
        Index::open(compile(&docs)).unwrap()
    }

    fn best(text: &str) -> Option<String> {
        index().search(&Query { text, exclude: &[], limit: 3 }).into_iter().next().map(|hit| hit.id)
    }

    #[test]
    fn half_a_question_finds_the_article() {
        for (text, expected) in [
            ("how do i chan", Some("address")),
            ("chnage my adress", Some("address")),
            ("where is my par", Some("track")),
            ("wifi", None),
            ("wi-fi lam", Some("wifi")),
            ("degis", Some("cihaz")),
            ("DEĞİŞTİR", Some("cihaz")),
            ("", None),
            ("zzzz", None),
        ] {
            assert_eq!(best(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn every_beginning_of_a_title_finds_its_article_and_marks_it() {
        let index = index();
        for title in ["Change your delivery address", "Track a parcel", "Connect a lamp"] {
            for (cut, _) in title.char_indices().skip(2) {
                let hits = index.search(&Query { text: &title[..cut], exclude: &[], limit: 3 });
                assert!(
                    hits.iter().any(|hit| hit.title.starts_with(title) && !hit.title_marks.is_empty()),
                    "{}",
                    &title[..cut]
                );
            }
        }
    }

    #[test]
    fn what_is_excluded_is_not_found() {
        let hits = index().search(&Query { text: "change address", exclude: &["address".into()], limit: 3 });
        assert!(hits.iter().all(|hit| hit.id != "address"));
    }

    #[test]
    fn damaged_bytes_never_panic() {
        let bytes = compile(&[Doc { id: "a".into(), title: "Change it".into(), ..Doc::default() }]);
        for at in 0..bytes.len() {
            for value in [0, 1, 127, 255] {
                let mut damaged = bytes.clone();
                damaged[at] = value;
                if let Ok(index) = Index::open(&damaged[..]) {
                    index.search(&Query { text: "change", exclude: &[], limit: 3 });
                }
            }
            assert!(Index::open(&bytes[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn ten_thousand_pasted_characters_are_searched_like_any_text() {
        index().search(&Query { text: &"change the lamp 🙂 ".repeat(600), exclude: &[], limit: 3 });
    }
}
