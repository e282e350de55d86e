//! Documents that a site owner can put: what is wrong with each, all of it at once.
//!
//! A `Document` that was read has the right shape; `problems` says whether it can be served. For a body that has no such shape,
//! `shape_problems` looks at each part by itself, so that one article with a wrong field hides no other mistake.

mod article;
mod bounds;
mod every;
mod leads;
mod mistake;
mod place;
mod places;
mod shape;

pub use article::reading;
pub use bounds::{MAX_ANSWERS, MAX_ARTICLES, MAX_HTML_CHARS, MAX_PHRASE_CHARS, MAX_TEXT_CHARS, MAX_TITLE_CHARS};
pub use leads::Known;
pub use shape::{Part, is_object, shape_problems};

use crate::assistant::Rules;
use crate::ids::{AnswerId, ArticleId};
use crate::locale::{is_tag, plain};
use crate::operations::Operations;
use crate::problem::{Problem, ProblemCode};
use crate::protocol::{AnswerSource, Answers, ArticleSource, Articles, Content};
use crate::settings::{PanelSettings, Settings};
use crate::turns::Turns;
use serde::Serialize;
use serde::de::DeserializeOwned;
use shape::of_item;
use std::collections::{BTreeMap, BTreeSet};

/// What an article or an answer may take in storage, as JSON, in bytes. A row of a Durable Object holds two megabytes with its keys.
pub const MAX_STORED: usize = 1_900_000;

/// What it costs to look at a piece beside its text, in bytes of text that are cut into words.
const PER_PIECE: usize = 200;

/// A document that can be put, or a part of one.
pub trait Document: DeserializeOwned {
    /// The parts that are looked at by themselves if the whole has the wrong shape.
    const PARTS: &'static [Part] = &[];

    /// Everything that is wrong, and what is probably not meant. Places are paths into the document. A long one is looked at in turns.
    fn problems(&self, turns: &Turns) -> impl Future<Output = Vec<Problem>>;
}

/// The most problems that are told at once. Nobody reads more, and a program that wrote them has made the same mistake everywhere.
const MOST_TOLD: usize = 1_000;

/// The problems that are told, those that stop the document first, and how many more there are.
pub fn told(mut problems: Vec<Problem>) -> Vec<Problem> {
    if problems.len() > MOST_TOLD {
        problems.sort_by_key(Problem::is_warning);
        let more = problems.len() - MOST_TOLD;
        problems.truncate(MOST_TOLD);
        let sentence = format!("These are {MOST_TOLD}, and there are {more} more.");
        problems.push(Problem::new(ProblemCode::MoreWarnings, "", sentence));
    }
    problems
}

impl Document for Content {
    const PARTS: &'static [Part] = &[
        Part::one::<Settings>("settings"),
        Part::one::<Operations>("operations"),
        Part::list_of::<ArticleSource>("articles", ARTICLE, MAX_ARTICLES),
        Part::list_of::<AnswerSource>("answers", ANSWER, MAX_ANSWERS),
    ];

    async fn problems(&self, turns: &Turns) -> Vec<Problem> {
        let mut out: Vec<Problem> =
            self.settings.problems().into_iter().map(|problem| problem.inside("settings")).collect();
        let operations = self.operations.as_ref().map(Operations::validate).unwrap_or_default();
        out.extend(operations.into_iter().map(|problem| problem.inside("operations")));
        article_list(&self.articles, &mut out, turns).await;
        answer_list(&self.answers, &mut out, turns).await;
        let known = Known::of(&self.articles);
        out.extend(known.leads_of_articles(&self.articles, turns).await);
        out.extend(known.leads_of_answers(&self.answers));
        out
    }
}

impl Document for Articles {
    const PARTS: &'static [Part] = &[Part::list_of::<ArticleSource>("articles", ARTICLE, MAX_ARTICLES)];

    async fn problems(&self, turns: &Turns) -> Vec<Problem> {
        let mut out = Vec::new();
        article_list(&self.articles, &mut out, turns).await;
        out.extend(Known::of(&self.articles).leads_of_articles(&self.articles, turns).await);
        out
    }
}

impl Document for Answers {
    const PARTS: &'static [Part] = &[Part::list_of::<AnswerSource>("answers", ANSWER, MAX_ANSWERS)];

    async fn problems(&self, turns: &Turns) -> Vec<Problem> {
        let mut out = Vec::new();
        answer_list(&self.answers, &mut out, turns).await;
        out
    }
}

impl Document for AnswerSource {
    async fn problems(&self, turns: &Turns) -> Vec<Problem> {
        let mut out = locale_problem(&self.locale);
        out.extend(bounds::of_answer(self));
        turns.did(PER_PIECE).await;
        if !fits(self) {
            let sentence = "It is too long to be stored.";
            out.push(Problem::new(ProblemCode::TooLong, "text", sentence));
        }
        out
    }
}

impl Document for Settings {
    const PARTS: &'static [Part] = &[Part::one::<PanelSettings>("panel"), Part::one::<Rules>("assistant")];

    async fn problems(&self, _turns: &Turns) -> Vec<Problem> {
        Self::problems(self)
    }
}

impl Document for PanelSettings {
    async fn problems(&self, _turns: &Turns) -> Vec<Problem> {
        Self::problems(self)
    }
}

impl Document for Operations {
    async fn problems(&self, _turns: &Turns) -> Vec<Problem> {
        self.validate()
    }
}

impl Document for Rules {
    async fn problems(&self, _turns: &Turns) -> Vec<Problem> {
        Self::problems(self)
    }
}

/// What is wrong with a document that was sent to the address of an article or answer: it must name the same language and id.
pub fn place_problems(named: (&str, &str), address: (&str, &str)) -> Vec<Problem> {
    let pairs = [("locale", named.0, address.0), ("id", named.1, address.1)];
    let differing = pairs.into_iter().filter(|(_, named, wanted)| named != wanted);
    let problem = |(at, named, wanted): (&str, &str, &str)| {
        let sentence = format!("The document says {named}, and the address it was sent to says {wanted}.");
        Problem::new(ProblemCode::WrongPlace, at, sentence)
    };
    differing.map(problem).collect()
}

/// What an item of a list is called.
const ARTICLE: &str = "Article";
const ANSWER: &str = "Answer";

async fn article_list(articles: &[ArticleSource], out: &mut Vec<Problem>, turns: &Turns) {
    out.extend(bounds::of_count("articles", "articles", articles.len(), MAX_ARTICLES));
    out.extend(bounds::of_languages(articles));
    let keys = articles.iter().map(|article| (article.locale.as_str(), ArticleId::as_str(&article.id)));
    let titles = articles.iter().map(|article| article.title.as_str());
    list("articles", ARTICLE, articles, keys.zip(titles), out, turns).await;
    out.extend(article::same_titles(articles));
}

async fn answer_list(answers: &[AnswerSource], out: &mut Vec<Problem>, turns: &Turns) {
    out.extend(bounds::of_count("answers", "answers", answers.len(), MAX_ANSWERS));
    let keys = answers.iter().map(|answer| (answer.locale.as_str(), AnswerId::as_str(&answer.id)));
    let titles = answers.iter().map(|answer| answer.id.as_str());
    list("answers", ANSWER, answers, keys.zip(titles), out, turns).await;
}

/// The problems of each item, and of items that have the same language and id.
async fn list<'a, T: Document>(
    name: &str,
    called: &str,
    items: &[T],
    keys: impl Iterator<Item = ((&'a str, &'a str), &'a str)>,
    out: &mut Vec<Problem>,
    turns: &Turns,
) {
    let mut seen = BTreeSet::new();
    let mut spellings = BTreeMap::new();
    for (place, (item, (key, title))) in items.iter().zip(keys).enumerate() {
        let mut problems = item.problems(turns).await;
        if !seen.insert(key) {
            let (locale, id) = key;
            let sentence = format!("{id} is there twice in the language {locale}.");
            problems.push(Problem::new(ProblemCode::DuplicateId, "id", sentence));
        }
        let locale = key.0;
        let first = *spellings.entry(plain(locale)).or_insert(locale);
        if first != locale {
            let sentence = format!("The language is written {locale} here and {first} before. Write it in one way.");
            problems.push(Problem::new(ProblemCode::InvalidLocale, "locale", sentence));
        }
        out.extend(problems.into_iter().map(|problem| of_item(problem, name, called, place, title)));
    }
}

fn locale_problem(locale: &str) -> Vec<Problem> {
    if is_tag(locale) {
        return Vec::new();
    }
    let sentence = format!("\"{locale}\" is not a language tag such as en or pt-BR.");
    vec![Problem::new(ProblemCode::InvalidLocale, "locale", sentence)]
}

fn fits(value: &impl Serialize) -> bool {
    serde_json::to_vec(value).is_ok_and(|json| json.len() <= MAX_STORED)
}

#[cfg(test)]
mod tests;
