//! What a site owner publishes.

use crate::assistant::Rules;
use crate::ids::{AnswerId, ArticleId};
use crate::settings::Operations;
use serde::{Deserialize, Serialize};

/// `PUT /api/w/{workspace}/content`, with `Authorization: Bearer {publish token}`: the whole help centre. It replaces
/// what was there, all or nothing; the first one makes the workspace. The edge keeps it, too: a field that is added later has a
/// default, so that what was published without it is still read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// What the help is called.
    pub name: String,
    /// The origins whose pages may hold the panel, such as `https://www.lumen.example`.
    pub origins: Vec<String>,
    /// The language to fall back to.
    pub default_locale: String,
    /// What the assistant may do and what it leaves to people; the defaults if it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assistant: Option<Rules>,
    /// A conversation in which nothing has happened for so many days is deleted; `DEFAULT_RETENTION_DAYS` if it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention_days: Option<u32>,
    /// Teams, routing rules, hours and deadlines; without them everything goes to escalations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operations: Option<Operations>,
    /// The articles, in any order.
    pub articles: Vec<ArticleSource>,
    /// The curated answers.
    pub answers: Vec<AnswerSource>,
}

/// How long a quiet conversation is kept if the site owner does not say: a year covers a guarantee's questions and a
/// yearly order, and is easy to justify to whoever asks.
pub const DEFAULT_RETENTION_DAYS: u32 = 365;
/// The longest that a site owner can choose: ten years, the longest that commercial law asks for anywhere near.
pub const MAX_RETENTION_DAYS: u32 = 3_660;

/// An article as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleSource {
    /// Its slug, the same in every language.
    pub id: ArticleId,
    /// Its language.
    pub locale: String,
    /// Its title.
    pub title: String,
    /// Its text in Markdown; HTML is dropped.
    pub markdown: String,
    /// Other words that people use for it.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// Questions that it answers, as people ask them.
    #[serde(default)]
    pub examples: Vec<String>,
    /// Beginnings of the paths of pages where it is likelier to be wanted, such as `/cart`.
    #[serde(default)]
    pub places: Vec<String>,
    /// Products that it is about; it is likelier to be wanted by those who use one of them.
    #[serde(default)]
    pub products: Vec<String>,
    /// Who may read it; everybody if empty. What is not for everybody is not in what an anonymous visitor gets.
    #[serde(default)]
    pub audience: Vec<String>,
    /// The section it stands in.
    #[serde(default)]
    pub section: String,
    /// Its page: http or https.
    pub url: String,
}

/// A curated answer.
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
    #[serde(default)]
    pub article: Option<ArticleId>,
}

/// The answer to publishing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// One for each language, in alphabetical order.
    pub indexes: Vec<PublishedIndex>,
}

/// An index that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedIndex {
    /// Its language.
    pub locale: String,
    /// Its address.
    pub url: String,
    /// How many articles it holds.
    pub articles: u32,
    /// Its size.
    pub bytes: u32,
}
