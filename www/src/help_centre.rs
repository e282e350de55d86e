//! The demo's help centre as it lies under `www/content/`: languages, sections, articles, answers, and how its team works.

use super::language::{self, DEFAULT_LOCALE, Language};
use super::{at, front_matter, read};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// One article in one language.
pub(super) struct Article {
    pub(super) slug: String,
    pub(super) locale: String,
    pub(super) title: String,
    pub(super) section: String,
    pub(super) keywords: Vec<String>,
    pub(super) markdown: String,
}

impl Article {
    /// The path of its page, from the site's root.
    pub(super) fn address(&self) -> String {
        format!("/help/{}/{}/", self.locale, self.slug)
    }
}

/// Everything that the demo says.
pub(super) struct HelpCentre {
    /// The default first; never empty.
    pub(super) languages: Vec<Language>,
    /// The ids of the groups of articles, in the order in which a page shows them.
    pub(super) sections: Vec<String>,
    /// By language in the order of `languages`, then by slug.
    pub(super) articles: Vec<Article>,
    /// As written in `operations.json`: teams, rules and promises.
    pub(super) operations: Value,
}

impl HelpCentre {
    pub(super) fn load(folder: &Path) -> Result<Self, String> {
        let sections: Vec<String> = parse(&folder.join("sections.json"))?;
        let operations = parse(&folder.join("operations.json"))?;
        let languages = language::load_all(folder, &sections)?;
        let mut articles = Vec::new();
        for language in &languages {
            articles.extend(load_articles(&folder.join(&language.locale), &language.locale)?);
        }
        if let Some(lost) = articles.iter().find(|article| !sections.contains(&article.section)) {
            return Err(format!("{}/{}.md: there is no section {}", lost.locale, lost.slug, lost.section));
        }
        Ok(Self { languages, sections, articles, operations })
    }

    /// The article in this language, or else in the default one.
    pub(super) fn find(&self, locale: &str, slug: &str) -> Option<&Article> {
        self.find_exactly(locale, slug).or_else(|| self.find_exactly(DEFAULT_LOCALE, slug))
    }

    pub(super) fn find_exactly(&self, locale: &str, slug: &str) -> Option<&Article> {
        self.articles.iter().find(|article| article.locale == locale && article.slug == slug)
    }

    /// The articles of a section in one language, without those that it lacks.
    pub(super) fn in_section<'a>(&'a self, locale: &'a str, section: &'a str) -> impl Iterator<Item = &'a Article> {
        self.articles.iter().filter(move |article| article.locale == locale && article.section == section)
    }
}

fn load_articles(folder: &Path, locale: &str) -> Result<Vec<Article>, String> {
    let entries = fs::read_dir(folder).map_err(|error| at(folder, error))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    paths.iter().map(|path| load_article(path, locale)).collect()
}

fn load_article(path: &Path, locale: &str) -> Result<Article, String> {
    let text = read(path)?;
    let head = front_matter::parse(&text).map_err(|error| at(path, error))?;
    Ok(Article {
        slug: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        locale: locale.to_owned(),
        title: head.title.to_owned(),
        section: head.section.to_owned(),
        keywords: head.keywords.into_iter().map(str::to_owned).collect(),
        markdown: head.body.to_owned(),
    })
}

fn parse<T: DeserializeOwned>(path: &Path) -> Result<T, String> {
    serde_json::from_str(&read(path)?).map_err(|error| at(path, error))
}
