//! What a site owner publishes. Every door here wants `Authorization: Bearer {publish token}`.

use crate::assistant::Rules;
use crate::ids::{AnswerId, ArticleId};
use crate::operations::Operations;
use crate::problem::Problem;
use crate::settings::{PanelSettings, Settings};
use serde::{Deserialize, Serialize};

/// `PUT /api/w/{workspace}/content`: all documents at once. It replaces what was there, all or nothing. `GET` gives it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WrittenContent")]
pub struct Content {
    /// What holds for the whole workspace.
    pub settings: Settings,
    /// Teams, routing rules, hours and deadlines; without them everything goes to escalations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operations: Option<Operations>,
    /// The articles, in any order.
    pub articles: Vec<ArticleSource>,
    /// The curated answers, in any order.
    pub answers: Vec<AnswerSource>,
}

/// `Content` as it may be written: the settings as a document of their own, or, as older tools write them and older builds
/// of the edge have stored them, with their fields beside the articles.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenContent {
    settings: Option<Settings>,
    name: Option<String>,
    origins: Option<Vec<String>>,
    default_locale: Option<String>,
    assistant: Option<Rules>,
    retention_days: Option<u32>,
    operations: Option<Operations>,
    articles: Vec<ArticleSource>,
    answers: Vec<AnswerSource>,
}

impl TryFrom<WrittenContent> for Content {
    type Error = &'static str;

    fn try_from(written: WrittenContent) -> Result<Self, Self::Error> {
        let WrittenContent { settings, name, origins, default_locale, assistant, retention_days, .. } = written;
        let beside = name.is_some() || origins.is_some() || default_locale.is_some();
        let settings = match settings {
            Some(_) if beside || assistant.is_some() || retention_days.is_some() => {
                return Err("the settings are in `settings` and beside it as well");
            }
            Some(settings) => settings,
            None if !beside => return Err("missing field `settings`"),
            None => {
                let panel = PanelSettings::named(name.ok_or("missing field `name`")?);
                let origins = origins.ok_or("missing field `origins`")?;
                let default_locale = default_locale.ok_or("missing field `default_locale`")?;
                Settings { assistant, retention_days, ..Settings::new(panel, origins, default_locale) }
            }
        };
        Ok(Self { settings, operations: written.operations, articles: written.articles, answers: written.answers })
    }
}

/// `PUT /api/w/{workspace}/articles`: all articles of all languages; those that are left out are removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Articles {
    /// In any order.
    pub articles: Vec<ArticleSource>,
}

/// `PUT /api/w/{workspace}/answers`: all curated answers of all languages; those that are left out are removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// In any order.
    pub answers: Vec<AnswerSource>,
}

/// The body of `PUT /api/w/{workspace}/articles/{locale}/{id}`, and one of the articles of `Content`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleSource {
    /// Its slug, the same in every language.
    pub id: ArticleId,
    /// Its language.
    pub locale: String,
    /// Its title.
    pub title: String,
    /// Its text in Markdown, with HTML in it where Markdown has it; empty if it is in HTML.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub markdown: String,
    /// Its text in HTML; empty if it is in Markdown. What of either is not shown, the answer to publishing says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub html: String,
    /// Other words that people use for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// Questions that it answers, as people ask them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<String>,
    /// Beginnings of the paths of pages where it is likelier to be wanted, such as `/cart`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
    /// Products that it is about; it is likelier to be wanted by those who use one of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<String>,
    /// Who may read it; everybody if empty. An anonymous visitor gets nothing of an article that is not for everybody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<String>,
    /// The section it stands in.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub section: String,
    /// Its page: http or https.
    pub url: String,
}

/// The body of `PUT /api/w/{workspace}/answers/{locale}/{id}`, and one of the answers of `Content`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerSource {
    /// Its slug.
    pub id: AnswerId,
    /// Its language.
    pub locale: String,
    /// What the assistant says.
    pub text: String,
    /// Questions that it answers, as people ask them.
    pub examples: Vec<String>,
    /// Where to read more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<ArticleId>,
}

/// The answer to every `PUT` and `DELETE` of what is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// One for each language that has articles, in alphabetical order.
    pub indexes: Vec<PublishedIndex>,
    /// The languages whose index follows within seconds: in a large help centre, one is made for many pieces that are put one by one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pending: Vec<String>,
    /// What was taken and is probably not meant, with its place in the document that was sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Problem>,
}

/// The index of the articles of a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedIndex {
    /// Its language.
    pub locale: String,
    /// Its address.
    pub url: String,
    /// How many articles it holds: those that everybody may read.
    pub articles: u32,
    /// Its size before it is compressed.
    pub bytes: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read(change: impl Fn(&mut Value)) -> Result<Content, String> {
        let mut written = json!({
            "name": "Lumen help", "origins": ["https://www.lumen.example"], "default_locale": "en", "retention_days": 30,
            "articles": [], "answers": [],
        });
        change(&mut written);
        serde_json::from_value(written).map_err(|error| error.to_string())
    }

    #[test]
    fn settings_may_stand_beside_the_articles_as_older_tools_write_them() {
        let content = read(|_| ()).unwrap();
        assert_eq!(content.settings.panel.name, "Lumen help");
        assert_eq!(content.settings.retention_days, Some(30));
        let written = serde_json::to_value(&content).unwrap();
        assert_eq!(written["settings"]["panel"], json!({ "name": "Lumen help" }), "{written}");
        assert_eq!(serde_json::from_value::<Content>(written).unwrap(), content);
    }

    #[test]
    fn settings_are_there_once_and_whole() {
        let both = |written: &mut Value| {
            written["settings"] = json!({ "panel": { "name": "x" }, "origins": [], "default_locale": "en" });
        };
        assert!(read(both).unwrap_err().contains("beside"));
        for field in ["name", "origins", "default_locale"] {
            let error = read(|written| drop(written.as_object_mut().unwrap().remove(field))).unwrap_err();
            assert_eq!(error, format!("missing field `{field}`"));
        }
        assert_eq!(
            serde_json::from_value::<Content>(json!({ "articles": [], "answers": [] })).unwrap_err().to_string(),
            "missing field `settings`"
        );
    }
}
