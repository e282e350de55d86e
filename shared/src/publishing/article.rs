//! What is wrong with an article, and what of it is not shown as it was written.

use super::shape::of_item;
use super::{ARTICLE, Document, PER_PIECE, bounds, fits, locale_problem};
use crate::html::{self, Base, Reading};
use crate::markdown;
use crate::problem::{Problem, ProblemCode};
use crate::protocol::ArticleSource;
use crate::richtext::{pictures_in, plain_text};
use crate::turns::Turns;
use std::collections::{BTreeMap, BTreeSet};

/// How many pictures an article can have. Readers of more want an album.
const MAX_PICTURES: usize = 500;

/// What is read of an article's text.
pub fn reading(article: &ArticleSource) -> Reading {
    let base = Base::at(&article.url);
    if article.html.is_empty() {
        markdown::read(&article.markdown, &base, &article.title)
    } else {
        html::read(&article.html, &base, &article.title)
    }
}

impl Document for ArticleSource {
    async fn problems(&self, turns: &Turns) -> Vec<Problem> {
        let mut out = locale_problem(&self.locale);
        out.extend(bounds::of_article(self));
        // A text that is far too long is not read: it is refused anyhow, and reading it costs the others their turn.
        if out.iter().any(|problem| problem.code == ProblemCode::TooLong) {
            return out;
        }
        let at = if self.html.is_empty() { "markdown" } else { "html" };
        if !self.html.is_empty() && !self.markdown.is_empty() {
            let sentence = "The text is there twice, as Markdown and as HTML. Leave one of them out.";
            out.push(Problem::new(ProblemCode::InvalidShape, at, sentence));
        }
        if has_markup(&self.title) {
            let sentence = "The title is plain text: its tags and entities are shown as they are written.";
            out.push(Problem::new(ProblemCode::NotShown, "title", sentence));
        }
        turns.did(PER_PIECE + 3 * (self.markdown.len() + self.html.len())).await;
        let Reading { blocks, remarks } = reading(self);
        if !fits(&blocks) || !fits(self) {
            let sentence = "It is too long to be stored, with all that is made of it. Make two articles of it.";
            out.push(Problem::new(ProblemCode::TooLong, at, sentence));
        }
        let pictures = pictures_in(&blocks).count();
        if pictures > MAX_PICTURES {
            let sentence = format!("These are {pictures} pictures, and {MAX_PICTURES} are possible in one article.");
            out.push(Problem::new(ProblemCode::TooMany, at, sentence));
        }
        if plain_text(&blocks).trim().is_empty() && pictures_in(&blocks).next().is_none() {
            let sentence = "Nothing stands in it that can be shown, so that who opens it reads an empty page.";
            out.push(Problem::new(ProblemCode::EmptyText, at, sentence));
        }
        out.extend(remarks.iter().map(|remark| remark.problem(at)));
        out
    }
}

/// Whether a text was written for a page of HTML: it has a tag or an entity.
fn has_markup(text: &str) -> bool {
    let is_tag = |rest: &str| {
        let name = rest.trim_start_matches('/');
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && rest.contains('>')
    };
    let is_entity = |rest: &str| {
        let name = rest.split(';').next().unwrap_or_default();
        name.len() < rest.len() && !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
    };
    text.split('<').skip(1).any(is_tag) || text.split('&').skip(1).any(is_entity)
}

/// Articles of one language and section whose titles are the same: in a list, nobody can tell one from the other.
pub(super) fn same_titles(articles: &[ArticleSource]) -> Vec<Problem> {
    let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (place, article) in articles.iter().enumerate() {
        let key = (article.locale.as_str(), article.section.trim(), article.title.trim());
        groups.entry(key).or_default().push(place);
    }
    let problem = |((_, _, title), places): ((&str, &str, &str), Vec<usize>)| {
        let first = *places.first()?;
        let ids: BTreeSet<&str> =
            places.iter().filter_map(|place| articles.get(*place)).map(|article| article.id.as_str()).collect();
        if ids.len() < 2 || title.is_empty() {
            return None;
        }
        let sentence = format!(
            "{} articles of the same section have this title, so that nobody can tell them apart in a list: {}.",
            ids.len(),
            bounds::beginning(&ids.into_iter().collect::<Vec<_>>().join(", "))
        );
        Some(of_item(Problem::new(ProblemCode::SameTitle, "title", sentence), "articles", ARTICLE, first, title))
    };
    groups.into_iter().filter_map(problem).collect()
}
