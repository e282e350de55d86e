//! Where articles and answers lead: to articles that are there, and that those who are led there may read.

use super::article::reading;
use super::shape::of_item;
use super::{ANSWER, ARTICLE, places};
use crate::html::{ARTICLE_SCHEME, is_file_beside, spellings};
use crate::ids::ArticleId;
use crate::locale::is_same;
use crate::problem::{Problem, ProblemCode};
use crate::protocol::{AnswerSource, ArticleSource};
use crate::readership::Readership;
use crate::richtext::{articles_in, pages_in};
use crate::turns::Turns;
use std::collections::{BTreeMap, BTreeSet};

/// The articles that are there.
#[derive(Debug, Default)]
pub struct Known {
    /// By id, for whom each is, by language.
    articles: BTreeMap<String, BTreeMap<String, Readership>>,
    languages: BTreeSet<String>,
    /// The addresses of their pages.
    pages: BTreeSet<String>,
}

impl Known {
    /// An article is there, for these; its page, if it has one, is at this address.
    pub fn note(&mut self, locale: &str, id: &str, url: &str, readership: Readership) {
        if !url.is_empty() {
            self.pages.insert(String::from(url));
        }
        self.articles.entry(String::from(id)).or_default().insert(String::from(locale), readership);
        self.languages.insert(String::from(locale));
    }

    /// These articles alone.
    pub fn of(articles: &[ArticleSource]) -> Self {
        let mut known = Self::default();
        for article in articles {
            known.note(&article.locale, article.id.as_str(), &article.url, Readership::of(&article.audience));
        }
        known
    }

    /// The warnings for links of an article.
    pub fn leads_of_article(&self, article: &ArticleSource) -> Vec<Problem> {
        // Most articles have none, and are not read for nothing.
        let leads = |text: &str| text.contains(ARTICLE_SCHEME) || text.contains(".md") || text.contains(".markdown");
        let (text, at) = match [&article.markdown, &article.html] {
            [text, _] if leads(text) => (text, "markdown"),
            [_, text] if leads(text) => (text, "html"),
            _ => return Vec::new(),
        };
        let from = Readership::of(&article.audience);
        let blocks = reading(article).blocks;
        let targets: BTreeSet<&str> = articles_in(&blocks).collect();
        let articles = targets.into_iter().filter_map(|target| self.problem(&article.locale, &from, target, at));
        let pages: BTreeSet<&str> = pages_in(&blocks).filter(|page| is_file_beside(page, &article.url)).collect();
        articles.chain(pages.into_iter().filter_map(|page| self.file(page, text, at))).collect()
    }

    /// The warning for a link to a file of which a site makes a page, if that is the page of no article.
    fn file(&self, page: &str, text: &str, at: &str) -> Option<Problem> {
        if spellings(page).iter().any(|spelling| self.pages.contains(spelling)) {
            return None;
        }
        let path = page.split(['#', '?']).next().unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or_default();
        let line = places::line_of(text, name);
        let sentence = format!(
            "The link to \"{page}\" leads to a file, and the page of no article has that address. Give the article that is meant its url, or link to it as article: with its id."
        );
        let problem = Problem::new(ProblemCode::DeadLink, at, sentence);
        Some(match line {
            Some(line) => problem.on_line(line),
            None => problem,
        })
    }

    /// The warning for a language that is written in another way than the articles that are there: only one of the two is searched.
    pub fn spelling(&self, locale: &str) -> Option<Problem> {
        let other = self.languages.iter().find(|known| *known != locale && is_same(known, locale))?;
        let sentence = format!(
            "The language is written {locale} here and {other} in other articles, so that each is searched without the other. Write it in one way."
        );
        Some(Problem::new(ProblemCode::OtherSpelling, "locale", sentence))
    }

    /// The warnings for an answer: where it leads.
    pub fn leads_of_answer(&self, answer: &AnswerSource) -> Vec<Problem> {
        let everybody = Readership::of(&[]);
        let target = answer.article.as_ref().map(ArticleId::as_str);
        target.and_then(|target| self.problem(&answer.locale, &everybody, target, "article")).into_iter().collect()
    }

    /// The same for all of a list of articles.
    pub async fn leads_of_articles(&self, articles: &[ArticleSource], turns: &Turns) -> Vec<Problem> {
        let mut out = Vec::new();
        for (place, article) in articles.iter().enumerate() {
            let problems = self.leads_of_article(article).into_iter();
            out.extend(problems.map(|problem| of_item(problem, "articles", ARTICLE, place, &article.title)));
            turns.did(article.markdown.len() + article.html.len()).await;
        }
        out.extend(places::missing(articles, turns).await);
        out
    }

    /// The same for all of a list of answers.
    pub fn leads_of_answers(&self, answers: &[AnswerSource]) -> Vec<Problem> {
        let all = answers.iter().enumerate();
        all.flat_map(|(place, answer)| {
            let problems = self.leads_of_answer(answer).into_iter();
            problems.map(move |problem| of_item(problem, "answers", ANSWER, place, answer.id.as_str()))
        })
        .collect()
    }

    fn problem(&self, locale: &str, from: &Readership, target: &str, at: &str) -> Option<Problem> {
        let Some(languages) = self.articles.get(target) else {
            let sentence = format!("It leads to article {target}, which is not there.");
            return Some(Problem::new(ProblemCode::UnknownArticle, at, sentence));
        };
        // Who reads one language gets the article in another one if it is not there in theirs.
        let all_may = match languages.get(locale) {
            Some(readership) => readership.covers(from),
            None => languages.values().any(|readership| readership.covers(from)),
        };
        let sentence = || {
            format!(
                "It leads to article {target}, which not all of its readers may read. For them the link leads to nothing."
            )
        };
        (!all_may).then(|| Problem::new(ProblemCode::RestrictedArticle, at, sentence()))
    }
}
