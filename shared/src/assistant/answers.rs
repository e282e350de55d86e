//! The curated answers of a language as they travel to a panel, which shows them while a visitor types: the words that go straight to
//! people, and the index. A text that is for people is not answered before it is sent either, and none leaves the device for that.

use super::keywords::{GAP, parts};
use super::people_first::PeopleFirst;
use crate::matching::{Hit, Index, OpenError, Query, Suggester, Word};
use crate::phrase::{Alone, cut};

/// How many bytes say how many bytes of words follow, before the index.
const LENGTH_BYTES: usize = 4;
/// A longer text than this, in bytes, is a story and not a question that one answer ends; every word of it would have to be held against
/// all that is for people, with each key.
const LONGEST: usize = 1_000;

/// What parts two words of a pattern that come in a row. No word has it, nor a space or a star; a plus is a part of "C++".
const IN_A_ROW: char = '\t';
/// What parts two words with others between them.
const APART: char = ' ';
/// What stands at the end of a word that may go on.
const GOES_ON: char = '*';

/// The answers of a language, ready to be searched.
pub struct Answers {
    /// The patterns of what is for people, a line each.
    people_first: String,
    index: Index<Vec<u8>>,
}

/// Writes them: the length of the words, the words of `people_first` in lines, and an index.
pub fn write_answers(people_first: &str, index: &[u8]) -> Vec<u8> {
    let length = u32::try_from(people_first.len()).unwrap_or_default();
    [length.to_le_bytes().as_slice(), people_first.as_bytes(), index].concat()
}

impl PeopleFirst {
    /// The patterns that lead a message straight to a person, a line each, as their words are compared: a browser has nothing more to do
    /// with them.
    pub fn in_lines(&self) -> String {
        let written = |pattern: &str| -> String {
            let parts = parts(pattern).into_iter().map(|part| {
                let (words, goes_on) = part.into_words();
                words.join(&IN_A_ROW.to_string()) + if goes_on { "*" } else { "" }
            });
            parts.collect::<Vec<_>>().join(&APART.to_string())
        };
        let lines: Vec<String> = self.patterns().map(written).filter(|line| !line.is_empty()).collect();
        lines.join("\n")
    }
}

impl Answers {
    /// Reads what `write_answers` has written.
    pub fn open(mut bytes: Vec<u8>) -> Result<Self, OpenError> {
        let (length, rest) = bytes.split_first_chunk::<LENGTH_BYTES>().ok_or(OpenError)?;
        let length = u32::from_le_bytes(*length) as usize;
        let lines = rest.get(..length).and_then(|lines| str::from_utf8(lines).ok()).ok_or(OpenError)?;
        let people_first = String::from(lines);
        Ok(Self { people_first, index: Index::open(bytes.split_off(LENGTH_BYTES + length))? })
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
        let words = cut(text, Alone::Unspaced);
        let is_in = |pattern: &str| !pattern.is_empty() && (0..words.len()).any(|start| is_at(pattern, &words, start));
        self.people_first.split('\n').any(is_in)
    }

    /// The index alone.
    pub fn index(&self) -> &Index<Vec<u8>> {
        &self.index
    }
}

/// Whether a pattern is in the text with its first word at this place.
fn is_at(pattern: &str, words: &[Word], start: usize) -> bool {
    let (mut place, mut gap) = (start, 0);
    pattern.split(APART).all(|part| {
        let end = (place..=place + gap).find_map(|place| end_of(part, words, place));
        gap = GAP;
        end.inspect(|end| place = *end).is_some()
    })
}

/// Where a part of a pattern ends that begins at this place, if it is there.
fn end_of(part: &str, words: &[Word], start: usize) -> Option<usize> {
    let mut place = start;
    let is_here = part.split(IN_A_ROW).all(|wanted| {
        let folded = words.get(place).map(|word| word.folded.as_str());
        place += 1;
        folded.is_some_and(|folded| match wanted.strip_suffix(GOES_ON) {
            Some(beginning) => folded.starts_with(beginning),
            None => folded == wanted,
        })
    });
    is_here.then_some(place)
}

/// Whether a text is too long to be answered while it is typed.
pub(super) fn is_too_long(text: &str) -> bool {
    text.len() > LONGEST
}

#[cfg(feature = "compile")]
#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;
    use crate::matching::{Corpus, Doc, compile};

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
        let long = |length: usize| ["how much is delivery", &" ".repeat(length - 20)].concat();
        assert_eq!((best(&long(LONGEST)).as_deref(), best(&long(LONGEST + 1))), (Some("cost"), None), "it is a story");
    }

    /// Beside the samples, the words of the patterns in any order: some of these are in them.
    #[test]
    fn the_words_are_looked_for_as_the_edge_does() {
        let mut rules = PeopleFirst::default();
        rules
            .other
            .0
            .insert("en".into(), ["two\nwords", "", "*", "+", "c++ course*", "取消 订阅"].map(String::from).into());
        let index = compile(&Corpus { locale: "en", docs: &[], audience: &[] });
        let answers = Answers::open(write_answers(&rules.in_lines(), &index)).unwrap();
        let words: Vec<String> = rules.patterns().flat_map(str::split_whitespace).map(String::from).collect();
        let mut dice = Dice::new(3);
        let endings: [&str; 3] = ["", "ing", "다"];
        let at_random = |dice: &mut Dice| {
            let count = 1 + dice.under(6);
            let chosen: Vec<String> = (0..count)
                .map(|_| {
                    let ending: &&str = dice.pick(&endings);
                    dice.pick(&words).replace('*', ending)
                })
                .collect();
            chosen.join(" ")
        };
        let samples = [
            "a c++ course",
            "which c++ courses are there",
            "a c course",
            "a quote",
            "where is my parcel",
            "구독을 해지하고 싶어요",
            "",
            "SIKAYETIM var",
            "two other words",
            "我想取消我的订阅",
        ];
        let texts = samples.map(String::from).into_iter().chain((0..3_000).map(|_| at_random(&mut dice)));
        let (mut for_people, mut others) = (0, 0);
        for text in texts.collect::<Vec<_>>() {
            let is_for_people = rules.subject_of(&text).is_some();
            assert_eq!(answers.is_for_people(&text), is_for_people, "{text}");
            *(if is_for_people { &mut for_people } else { &mut others }) += 1;
        }
        assert!(for_people > 300 && others > 300, "{for_people} {others}");
    }

    #[test]
    fn what_is_cut_off_does_not_open() {
        let whole = write_answers("one\ntwo\n", &compile(&Corpus { locale: "en", docs: &[], audience: &[] }));
        assert!(Answers::open(whole.clone()).is_ok());
        for end in 0..whole.len() {
            assert!(Answers::open(whole[..end].to_vec()).is_err(), "{end} bytes");
        }
        assert!(Answers::open(vec![0xff; 20]).is_err());
    }
}
