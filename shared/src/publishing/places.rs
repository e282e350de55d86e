//! Links to a place in another article: whether it is there.

use super::ARTICLE;
use super::article::reading;
use super::shape::of_item;
use crate::html::ARTICLE_SCHEME;
use crate::problem::{Problem, ProblemCode};
use crate::protocol::ArticleSource;
use crate::richtext::{places_in, places_of};
use crate::turns::Turns;
use std::collections::{BTreeMap, BTreeSet};

/// The warnings for links of these articles to places in others of them that are not there. Each article is read once more at most.
pub(super) async fn missing(articles: &[ArticleSource], turns: &Turns) -> Vec<Problem> {
    let by_id: BTreeMap<(&str, &str), &ArticleSource> =
        articles.iter().map(|article| ((article.locale.as_str(), article.id.as_str()), article)).collect();
    let mut known: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    let mut out = Vec::new();
    for (number, article) in articles.iter().enumerate() {
        let (text, at) = match [&article.markdown, &article.html] {
            [text, _] if leads(text) => (text, "markdown"),
            [_, text] if leads(text) => (text, "html"),
            _ => continue,
        };
        let blocks = reading(article).blocks;
        turns.did(text.len()).await;
        for (id, place) in places_in(&blocks).collect::<BTreeSet<_>>() {
            // In a language in which it is not there, a reader gets another one, whose places have other names.
            let Some(target) = by_id.get(&(article.locale.as_str(), id)) else { continue };
            let key = (article.locale.clone(), String::from(id));
            if !known.contains_key(&key) {
                known.insert(key.clone(), places_of(&mut reading(target).blocks));
                turns.did(target.markdown.len() + target.html.len()).await;
            }
            if known.get(&key).is_some_and(|places| places.contains(place)) {
                continue;
            }
            let sentence = format!(
                "It leads to the place \"{place}\" in article {id}, where no heading has that name: readers see the beginning of that article."
            );
            let problem = Problem::new(ProblemCode::DeadLink, at, sentence);
            let problem = match line_of(text, &[ARTICLE_SCHEME, id, "#"].concat()) {
                Some(line) => problem.on_line(line),
                None => problem,
            };
            out.push(of_item(problem, "articles", ARTICLE, number, &article.title));
        }
    }
    out
}

/// Whether a text may lead to a place in another article.
fn leads(text: &str) -> bool {
    text.contains(ARTICLE_SCHEME) && text.contains('#')
}

/// The first line of a text on which this stands.
pub(super) fn line_of(text: &str, wanted: &str) -> Option<u32> {
    text.lines().zip(1u32..).find(|(line, _)| line.contains(wanted)).map(|(_, number)| number)
}
