//! The curated answers of a language as they travel to a panel, which shows them while a visitor types: the words that go straight to
//! people, and the index. What belongs to people is not answered before it is sent either, and no typed text leaves the device for that.

use super::keywords::{Pattern, is_any_in, read};
use super::people_first::PeopleFirst;
use crate::client::excess;
use crate::matching::{Hit, Index, OpenError, Query, Suggester};

/// How many bytes say how many bytes of words follow, before the index.
const LENGTH_BYTES: usize = 4;

/// The answers of a language, ready to be searched.
pub struct Answers {
    people_first: Vec<Pattern>,
    index: Index<Vec<u8>>,
}

/// Writes them: the length of the words, the words of `people_first` in lines, and an index.
pub fn write_answers(people_first: &str, index: &[u8]) -> Vec<u8> {
    let length = u32::try_from(people_first.len()).unwrap_or_default();
    [length.to_le_bytes().as_slice(), people_first.as_bytes(), index].concat()
}

impl PeopleFirst {
    /// The words that lead a message straight to a person, in lines.
    pub fn in_lines(&self) -> String {
        let mut lines = String::new();
        for pattern in self.patterns() {
            // A line break parts the words of a pattern as a space does.
            lines.extend(pattern.chars().map(|letter| if letter == '\n' { ' ' } else { letter }));
            lines.push('\n');
        }
        lines
    }
}

impl Answers {
    /// Reads what `write_answers` has written.
    pub fn open(mut bytes: Vec<u8>) -> Result<Self, OpenError> {
        let (length, rest) = bytes.split_first_chunk::<LENGTH_BYTES>().ok_or(OpenError)?;
        let length = u32::from_le_bytes(*length) as usize;
        let words = rest.get(..length).and_then(|words| str::from_utf8(words).ok()).ok_or(OpenError)?;
        let people_first = words.split('\n').filter_map(Pattern::new).collect();
        let index = bytes.split_off(LENGTH_BYTES + length);
        Ok(Self { people_first, index: Index::open(index)? })
    }

    /// The answers for a text that is being typed, best first; none if the text is for people.
    pub fn search(&self, query: &Query<'_>, shown: &Suggester) -> Vec<Hit> {
        if is_too_long(query.text) {
            return Vec::new();
        }
        let hits = self.index.search(query);
        // An answer is seldom likely enough, and only then the words matter.
        if shown.takes(&hits) && self.is_for_people(query.text) { Vec::new() } else { hits }
    }

    /// Whether the text goes straight to a person when it is sent, by its words.
    pub fn is_for_people(&self, text: &str) -> bool {
        is_any_in(&self.people_first, &read(text))
    }

    /// The index alone.
    pub fn index(&self) -> &Index<Vec<u8>> {
        &self.index
    }
}

/// Whether a text cannot be sent as it is: a log that was pasted is no question to answer yet.
pub(super) fn is_too_long(text: &str) -> bool {
    excess(text) > 0
}

#[cfg(feature = "compile")]
#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::{Corpus, Doc, compile};
    use crate::protocol::MAX_MESSAGE_CHARS;

    fn answers() -> Answers {
        let doc = |id: &str, examples: &[&str]| Doc {
            id: id.into(),
            examples: examples.iter().map(|text| String::from(*text)).collect(),
            body: "We are open from nine to five.".into(),
            ..Doc::default()
        };
        let docs = [
            doc("hours", &["when are you open", "opening hours", "are you open on sunday"]),
            doc("cost", &["how much is delivery", "what does delivery cost", "is delivery free"]),
        ];
        let index = compile(&Corpus { locale: "en", docs: &docs, audience: &[] });
        Answers::open(write_answers(&PeopleFirst::default().in_lines(), &index)).unwrap()
    }

    fn best(text: &str) -> Option<String> {
        let query = Query { text, limit: Suggester::LOOK_AT, ..Query::default() };
        let mut shown = Suggester::of_answers();
        shown.found(answers().search(&query, &shown));
        shown.hits().first().map(|hit| hit.id.clone())
    }

    #[test]
    fn a_question_is_answered_and_what_is_for_people_is_not() {
        assert_eq!(best("how much is delivery").as_deref(), Some("cost"));
        for text in ["how much is delivery, let me talk to a person", "how much is delivery? a quote", "xyzzy"] {
            assert_eq!(best(text), None, "{text}");
        }
        assert_eq!(best(&"how much is delivery ".repeat(MAX_MESSAGE_CHARS / 20)), None, "it cannot be sent");
    }

    #[test]
    fn the_words_are_looked_for_as_the_edge_does() {
        let (answers, rules) = (answers(), PeopleFirst::default());
        for text in
            ["a quote", "get me an agent", "where is my parcel", "쿠폰", "구독을 해지하고 싶어요", "", "SIKAYETIM var"]
        {
            assert_eq!(answers.is_for_people(text), rules.subject_of(text).is_some(), "{text}");
        }
    }

    #[test]
    fn a_pattern_stays_in_its_line() {
        let mut rules = PeopleFirst::default();
        rules.other.0.insert("en".into(), vec!["two\nwords".into(), "".into()]);
        let index = compile(&Corpus { locale: "en", docs: &[], audience: &[] });
        let answers = Answers::open(write_answers(&rules.in_lines(), &index)).unwrap();
        assert!(answers.is_for_people("these two words") && !answers.is_for_people("two"));
    }

    #[test]
    fn what_is_cut_off_does_not_open() {
        let whole = write_answers("one\ntwo\n", &compile(&Corpus { locale: "en", docs: &[], audience: &[] }));
        assert!(Answers::open(whole.clone()).is_ok());
        for end in 0..whole.len() {
            assert!(Answers::open(whole[..end].to_vec()).is_err(), "{end} bytes");
        }
        assert!(Answers::open(write_answers("\u{e9}", &[]).into_iter().map(|_| 0xff).collect()).is_err());
    }
}
