//! The demo's content as it lies under `www/content/`: articles by language, sections, answers.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{front_matter, read};

/// The language that has every article. First in every switch.
pub(super) const DEFAULT_LOCALE: &str = "en";

/// The other languages, in the order in which a switch shows them.
const OTHER_LOCALES: [&str; 4] = ["tr", "es", "ko", "id"];

/// One article in one language.
pub(super) struct Article {
    pub(super) slug: String,
    pub(super) locale: &'static str,
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

/// A group of articles, with its title by language.
pub(super) struct Section {
    pub(super) id: String,
    pub(super) titles: BTreeMap<String, String>,
}

impl Section {
    pub(super) fn title(&self, locale: &str) -> &str {
        self.titles.get(locale).map_or(self.id.as_str(), String::as_str)
    }
}

/// Everything the demo says.
pub(super) struct Content {
    /// Languages that have at least one article, the default first.
    pub(super) locales: Vec<&'static str>,
    /// In the order of `sections.json`.
    pub(super) sections: Vec<Section>,
    /// By language in the order of `locales`, then by slug.
    pub(super) articles: Vec<Article>,
    /// As written in `answers.json`; the edge checks them when it imports them.
    pub(super) answers: serde_json::Value,
    /// As written in `operations.json`: teams, rules and promises.
    pub(super) operations: serde_json::Value,
}

impl Content {
    pub(super) fn load(folder: &Path) -> Result<Self, String> {
        let sections = parse_sections(&read(&folder.join("sections.json"))?)?;
        let json =
            |name: &str| serde_json::from_str(&read(&folder.join(name))?).map_err(|error| format!("{name}: {error}"));
        let (answers, operations) = (json("answers.json")?, json("operations.json")?);
        let mut content = Self { locales: Vec::new(), sections, articles: Vec::new(), answers, operations };
        for locale in [DEFAULT_LOCALE].into_iter().chain(OTHER_LOCALES) {
            content.load_locale(&folder.join(locale), locale)?;
        }
        Ok(content)
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

    fn load_locale(&mut self, folder: &Path, locale: &'static str) -> Result<(), String> {
        let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
        let mut paths: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
        paths.sort();
        for path in &paths {
            let text = read(path)?;
            let head = front_matter::parse(&text).map_err(|error| format!("{}: {error}", path.display()))?;
            if !self.sections.iter().any(|section| section.id == head.section) {
                return Err(format!("{}: there is no section {}", path.display(), head.section));
            }
            self.articles.push(Article {
                slug: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
                locale,
                title: head.title.to_owned(),
                section: head.section.to_owned(),
                keywords: head.keywords.into_iter().map(str::to_owned).collect(),
                markdown: head.body.to_owned(),
            });
        }
        if !paths.is_empty() {
            self.locales.push(locale);
        }
        Ok(())
    }
}

/// Reads `{"id": {"locale": "title"}}` and keeps the order of the ids, which a JSON map does not.
fn parse_sections(text: &str) -> Result<Vec<Section>, String> {
    let titles: BTreeMap<String, BTreeMap<String, String>> =
        serde_json::from_str(text).map_err(|error| format!("sections.json: {error}"))?;
    let mut sections: Vec<_> = titles.into_iter().map(|(id, titles)| Section { id, titles }).collect();
    sections.sort_by_key(|section| text.find(&format!("\"{}\"", section.id)));
    Ok(sections)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_keep_the_order_of_their_file() {
        let sections = parse_sections(r#"{"zebra": {"en": "Zebras"}, "ant": {"en": "Ants"}}"#).expect("it is valid");
        let titles: Vec<_> = sections.iter().map(|section| (section.id.as_str(), section.title("en"))).collect();
        assert_eq!(titles, [("zebra", "Zebras"), ("ant", "Ants")]);
        assert_eq!(sections.first().map(|section| section.title("xx")), Some("zebra"));
    }
}
