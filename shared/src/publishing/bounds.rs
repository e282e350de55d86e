//! How much of everything can be published. Each bound has its code, and a sentence that says what is over it.

use crate::matching::{MAX_TAUGHT, are_enough, has_lessons};
use crate::origin::is_page_address;
use crate::problem::{Problem, ProblemCode};
use crate::protocol::{AnswerSource, ArticleSource, MAX_MESSAGE_CHARS};
use crate::readership::{MAX_AUDIENCE_CHARS, MAX_AUDIENCES};
use std::collections::BTreeMap;

/// How many articles there can be in all languages together. The largest help centres have some thousands in each.
pub const MAX_ARTICLES: usize = 20_000;
/// How many curated answers there can be in all languages together; more are a help centre of their own.
pub const MAX_ANSWERS: usize = 10_000;
/// The longest text of an article: a book of a hundred pages. Readers want it in parts long before.
pub const MAX_TEXT_CHARS: usize = 200_000;
/// The longest HTML of an article: half of it are tags.
pub const MAX_HTML_CHARS: usize = 2 * MAX_TEXT_CHARS;
/// What a phone shows of a title is a fifth of it.
pub const MAX_TITLE_CHARS: usize = 300;
/// A section is a heading.
const MAX_SECTION_CHARS: usize = 200;
/// Other words for an article: more of them make it fit everything.
const MAX_KEYWORDS: usize = 200;
/// The model learns from a hundred questions nearly all that it can.
const MAX_EXAMPLES: usize = 1_000;
/// A question that is longer than this is a letter. A keyword is shorter still.
pub const MAX_PHRASE_CHARS: usize = 500;
/// Pages and products for which an article is likelier to be wanted.
const MAX_TAGS: usize = 50;
/// A path of a page, or the name of a product.
const MAX_TAG_CHARS: usize = 300;
/// What browsers and servers take for certain.
const MAX_URL_CHARS: usize = 2_000;
/// Marks on one letter. Vietnamese has two, Hebrew with accents four; a letter with more is not read any more, and covers its neighbours.
const MAX_MARKS: usize = 8;

/// What is over its bound in an article.
pub(super) fn of_article(article: &ArticleSource) -> Vec<Problem> {
    let mut check = Check::default();
    check.id(article.id.as_str());
    if article.title.trim().is_empty() {
        check.say(
            ProblemCode::EmptyTitle,
            "title",
            "The title is empty, so that nobody can choose it from a list.".into(),
        );
    }
    check.text("title", "The title", &article.title, MAX_TITLE_CHARS);
    check.text("markdown", "The text", &article.markdown, MAX_TEXT_CHARS);
    check.text("html", "The text", &article.html, MAX_HTML_CHARS);
    check.text("section", "The section", &article.section, MAX_SECTION_CHARS);
    check.list("keywords", "keywords", &article.keywords, MAX_KEYWORDS, MAX_PHRASE_CHARS);
    check.list("examples", "examples", &article.examples, MAX_EXAMPLES, MAX_PHRASE_CHARS);
    check.list("places", "places", &article.places, MAX_TAGS, MAX_TAG_CHARS);
    check.list("products", "products", &article.products, MAX_TAGS, MAX_TAG_CHARS);
    check.list("audience", "audiences", &article.audience, MAX_AUDIENCES, MAX_AUDIENCE_CHARS);
    if let Some(place) = article.audience.iter().position(|audience| audience.trim().is_empty()) {
        let sentence = "An audience has no name, so that nobody can belong to it.";
        check.say(ProblemCode::EmptyAudience, &format!("audience[{place}]"), sentence.into());
    }
    if !is_page_address(&article.url) || article.url.chars().count() > MAX_URL_CHARS {
        let sentence = format!(
            "\"{}\" is not the address of a page. It begins with https:// or http://, has a host and no name or password before it, and \
             at most {MAX_URL_CHARS} characters.",
            beginning(&article.url)
        );
        check.say(ProblemCode::UnsafeAddress, "url", sentence);
    }
    check.0
}

/// What is over its bound in an answer.
pub(super) fn of_answer(answer: &AnswerSource) -> Vec<Problem> {
    let mut check = Check::default();
    check.id(answer.id.as_str());
    if answer.text.trim().is_empty() {
        check.say(
            ProblemCode::EmptyText,
            "text",
            "The answer is empty, so that the assistant would say nothing.".into(),
        );
    }
    check.text("text", "The answer", &answer.text, MAX_MESSAGE_CHARS);
    check.list("examples", "examples", &answer.examples, MAX_EXAMPLES, MAX_PHRASE_CHARS);
    check.0
}

/// More pieces than there can be.
pub(super) fn of_count(at: &str, what: &str, count: usize, most: usize) -> Option<Problem> {
    let sentence = || format!("These are {count} {what} in all languages together, and {most} are possible.");
    (count > most).then(|| Problem::new(ProblemCode::TooMany, at, sentence()))
}

/// The languages whose articles have examples to learn from, and are too many for that.
pub(super) fn of_languages(articles: &[ArticleSource]) -> Vec<Problem> {
    let mut languages: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for article in articles {
        let (all, with_examples) = languages.entry(&article.locale).or_default();
        *all += 1;
        *with_examples += usize::from(has_lessons(article.examples.len()));
    }
    let untaught = |(locale, (all, with_examples)): (&str, (usize, usize))| {
        let sentence = format!(
            "{all} articles are in the language {locale}, and at most {MAX_TAUGHT} are learned from: all are found, and ranked by their \
             words alone."
        );
        let is_untaught = all > MAX_TAUGHT && are_enough(with_examples, all);
        is_untaught.then(|| Problem::new(ProblemCode::NotTaught, "articles", sentence))
    };
    languages.into_iter().filter_map(untaught).collect()
}

/// The first characters of a text, for a sentence.
pub(super) fn beginning(text: &str) -> String {
    /// Enough to find it by.
    const SHOWN: usize = 60;
    let cut = text.char_indices().nth(SHOWN).map(|(at, _)| at);
    match cut {
        None => String::from(text),
        Some(at) => format!("{}…", text.get(..at).unwrap_or_default()),
    }
}

#[derive(Default)]
struct Check(Vec<Problem>);

impl Check {
    fn say(&mut self, code: ProblemCode, at: &str, sentence: String) {
        self.0.push(Problem::new(code, at, sentence));
    }

    /// Ids that were taken once are read for ever; a new one must also have an address.
    fn id(&mut self, id: &str) {
        if id.starts_with('/') || id.ends_with('/') || id.contains("//") {
            let sentence = format!(
                "\"{id}\" cannot be an id: between two \"/\", before the first and after the last one stands something."
            );
            self.say(ProblemCode::InvalidId, "id", sentence);
        }
    }

    fn text(&mut self, at: &str, what: &str, text: &str, most: usize) {
        let count = text.chars().count();
        if count > most {
            let sentence = format!("{what} has {count} characters, and {most} are possible.");
            self.say(ProblemCode::TooLong, at, sentence);
        }
        if let Some((letter, marks)) = most_marks(text).filter(|(_, marks)| *marks > MAX_MARKS) {
            let sentence =
                format!("{what} has {marks} marks on one letter ({letter:?}), and {MAX_MARKS} are possible.");
            self.say(ProblemCode::TooManyMarks, at, sentence);
        }
    }

    fn list(&mut self, at: &str, what: &str, texts: &[String], most: usize, most_chars: usize) {
        if texts.len() > most {
            let sentence = format!("These are {} {what}, and {most} are possible.", texts.len());
            self.say(ProblemCode::TooMany, at, sentence);
        }
        for (place, text) in texts.iter().enumerate() {
            self.text(&format!("{at}[{place}]"), &format!("\"{}\"", beginning(text)), text, most_chars);
        }
    }
}

/// The letter with the most marks on it, and how many.
fn most_marks(text: &str) -> Option<(char, usize)> {
    let (mut letter, mut count) = (' ', 0);
    let mut most = None;
    for c in text.chars() {
        if is_mark(c) {
            count += 1;
            if most.is_none_or(|(_, most)| count > most) {
                most = Some((letter, count));
            }
        } else {
            (letter, count) = (c, 0);
        }
    }
    most
}

/// Characters that are written on, below or into the one before. Those of scripts where they are no letters' marks, such as what joins
/// emoji, count too.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}'
        | '\u{5c4}'..='\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e4}' | '\u{6e7}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{93c}'
        | '\u{93e}'..='\u{94f}' | '\u{951}'..='\u{957}' | '\u{981}'..='\u{983}' | '\u{9bc}' | '\u{9be}'..='\u{9cd}'
        | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{eb1}' | '\u{eb4}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}'
        | '\u{102b}'..='\u{103e}' | '\u{17b4}'..='\u{17d3}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{20d0}'..='\u{20ff}'
        | '\u{3099}'..='\u{309a}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{feff}' | '\u{e0000}'..='\u{e01ef}')
}
