//! Documents that a site owner can put: what is wrong with each, all of it at once.
//!
//! A `Document` that was read has the right shape; `problems` says whether it can be served. For a body that has no such shape,
//! `shape_problems` looks at each part by itself, so that one article with a wrong field hides no other mistake.

use crate::assistant::Rules;
use crate::ids::{AnswerId, ArticleId};
use crate::locale::is_tag;
use crate::markdown;
use crate::operations::Operations;
use crate::problem::{Problem, ProblemCode};
use crate::protocol::{AnswerSource, Answers, ArticleSource, Articles, Content};
use crate::richtext::is_safe_url;
use crate::settings::{PanelSettings, Settings};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeSet;

/// What an article or an answer may take in storage, as JSON, in bytes. A row of a Durable Object holds two megabytes with its keys.
pub const MAX_STORED: usize = 1_900_000;
/// An article's text below this length fits when it is read into blocks: each byte of Markdown becomes at most twelve of JSON, as
/// `>` becomes `{"quote":[]}`.
const SURELY_FITS: usize = MAX_STORED / 12;

/// A document that can be put, or a part of one.
pub trait Document: DeserializeOwned {
    /// The parts that are looked at by themselves if the whole has the wrong shape.
    const PARTS: &'static [Part] = &[];

    /// Everything that is wrong, and what is probably not meant. Places are paths into the document.
    fn problems(&self) -> Vec<Problem>;
}

/// A field of a document with what looks at its value, or at each item of the list that it holds.
pub struct Part {
    name: &'static str,
    is_list: bool,
    judge: fn(&Value) -> Vec<Problem>,
}

impl Part {
    const fn one<T: Document>(name: &'static str) -> Self {
        Self { name, is_list: false, judge: judge::<T> }
    }

    const fn list_of<T: Document>(name: &'static str) -> Self {
        Self { name, is_list: true, judge: judge::<T> }
    }
}

/// Whether a body that is JSON can be a document at all.
pub fn is_object(body: &str) -> bool {
    body.trim_ascii_start().starts_with('{')
}

/// Everything that is wrong with a body that is JSON but not a `T`; at least one problem says why it is none.
pub fn shape_problems<T: Document>(body: &str) -> Vec<Problem> {
    match serde_json::from_str(body) {
        Ok(value) => judge::<T>(&value),
        // Nested too deeply to be looked at.
        Err(error) => vec![misshapen(&error)],
    }
}

fn judge<T: Document>(value: &Value) -> Vec<Problem> {
    if !value.is_object() {
        // serde would take a list of the fields' values as well.
        return vec![Problem::new(ProblemCode::InvalidShape, "", "This must be an object with named fields.")];
    }
    // Through text, since the reader of text is there already: another one would double its code.
    match serde_json::from_str::<T>(&value.to_string()) {
        Ok(document) => document.problems(),
        Err(error) => {
            let mut out = problems_of_parts(T::PARTS, value);
            if !out.iter().any(|problem| problem.code == ProblemCode::InvalidShape) {
                out.push(misshapen(&error));
            }
            out
        }
    }
}

fn problems_of_parts(parts: &[Part], value: &Value) -> Vec<Problem> {
    let mut out = Vec::new();
    for part in parts {
        match value.get(part.name) {
            Some(Value::Array(items)) if part.is_list => {
                for (place, item) in items.iter().enumerate() {
                    let at = format!("{}[{place}]", part.name);
                    out.extend((part.judge)(item).into_iter().map(|problem| problem.inside(&at)));
                }
            }
            Some(value) if !part.is_list && !value.is_null() => {
                out.extend((part.judge)(value).into_iter().map(|problem| problem.inside(part.name)));
            }
            _ => {}
        }
    }
    out
}

fn misshapen(error: &serde_json::Error) -> Problem {
    // serde's own words name the field, which is what a developer needs; its line is one of a text that nobody has seen.
    let text = error.to_string();
    let words = text.split(" at line ").next().unwrap_or(&text);
    Problem::new(ProblemCode::InvalidShape, "", format!("This cannot be read: {words}."))
}

impl Document for Content {
    const PARTS: &'static [Part] = &[
        Part::one::<Settings>("settings"),
        Part::one::<Operations>("operations"),
        Part::list_of::<ArticleSource>("articles"),
        Part::list_of::<AnswerSource>("answers"),
    ];

    fn problems(&self) -> Vec<Problem> {
        let mut out: Vec<Problem> =
            self.settings.problems().into_iter().map(|problem| problem.inside("settings")).collect();
        let operations = self.operations.as_ref().map(Operations::validate).unwrap_or_default();
        out.extend(operations.into_iter().map(|problem| problem.inside("operations")));
        article_list(&self.articles, &mut out);
        answer_list(&self.answers, &mut out);
        let known: BTreeSet<&ArticleId> = self.articles.iter().map(|article| &article.id).collect();
        for (place, answer) in self.answers.iter().enumerate() {
            let missing = unknown_article(answer, |id| known.contains(id));
            out.extend(missing.map(|problem| problem.inside(&format!("answers[{place}]"))));
        }
        out
    }
}

impl Document for Articles {
    const PARTS: &'static [Part] = &[Part::list_of::<ArticleSource>("articles")];

    fn problems(&self) -> Vec<Problem> {
        let mut out = Vec::new();
        article_list(&self.articles, &mut out);
        out
    }
}

impl Document for Answers {
    const PARTS: &'static [Part] = &[Part::list_of::<AnswerSource>("answers")];

    fn problems(&self) -> Vec<Problem> {
        let mut out = Vec::new();
        answer_list(&self.answers, &mut out);
        out
    }
}

impl Document for ArticleSource {
    fn problems(&self) -> Vec<Problem> {
        let mut out = locale_problem(&self.locale);
        if !is_safe_url(&self.url) {
            let sentence = format!("The page of article {} is not at an http or https address.", self.id);
            out.push(Problem::new(ProblemCode::UnsafeAddress, "url", sentence));
        }
        let blocks_fit = self.markdown.len() <= SURELY_FITS || fits(&markdown::parse(&self.markdown));
        if !blocks_fit || !fits(self) {
            let sentence = format!("Article {} is too long to be stored. Make two articles of it.", self.id);
            out.push(Problem::new(ProblemCode::TooLong, "markdown", sentence));
        }
        out
    }
}

impl Document for AnswerSource {
    fn problems(&self) -> Vec<Problem> {
        let mut out = locale_problem(&self.locale);
        if !fits(self) {
            let sentence = format!("Answer {} is too long to be stored.", self.id);
            out.push(Problem::new(ProblemCode::TooLong, "text", sentence));
        }
        out
    }
}

impl Document for Settings {
    const PARTS: &'static [Part] = &[Part::one::<PanelSettings>("panel"), Part::one::<Rules>("assistant")];

    fn problems(&self) -> Vec<Problem> {
        self.problems()
    }
}

impl Document for PanelSettings {
    fn problems(&self) -> Vec<Problem> {
        self.problems()
    }
}

impl Document for Operations {
    fn problems(&self) -> Vec<Problem> {
        self.validate()
    }
}

impl Document for Rules {
    fn problems(&self) -> Vec<Problem> {
        Vec::new()
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

/// The warning for an answer that leads to an article which `is_known` does not know in any language.
pub fn unknown_article(answer: &AnswerSource, is_known: impl Fn(&ArticleId) -> bool) -> Option<Problem> {
    let article = answer.article.as_ref().filter(|id| !is_known(id))?;
    let sentence = format!("Answer {} leads to article {article}, which is not there.", answer.id);
    Some(Problem::new(ProblemCode::UnknownArticle, "article", sentence))
}

fn article_list(articles: &[ArticleSource], out: &mut Vec<Problem>) {
    let keys = articles.iter().map(|article| (article.locale.as_str(), ArticleId::as_str(&article.id)));
    list("articles", articles, keys, out);
}

fn answer_list(answers: &[AnswerSource], out: &mut Vec<Problem>) {
    let keys = answers.iter().map(|answer| (answer.locale.as_str(), AnswerId::as_str(&answer.id)));
    list("answers", answers, keys, out);
}

/// The problems of each item, and of items that have the same language and id.
fn list<'a, T: Document>(
    name: &str,
    items: &[T],
    keys: impl Iterator<Item = (&'a str, &'a str)>,
    out: &mut Vec<Problem>,
) {
    let mut seen = BTreeSet::new();
    for (place, (item, key)) in items.iter().zip(keys).enumerate() {
        let at = format!("{name}[{place}]");
        out.extend(item.problems().into_iter().map(|problem| problem.inside(&at)));
        if !seen.insert(key) {
            let (locale, id) = key;
            let sentence = format!("{id} is there twice in the language {locale}.");
            out.push(Problem::new(ProblemCode::DuplicateId, format!("{at}.id"), sentence));
        }
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
