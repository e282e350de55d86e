//! What the panel tells when something has solved a question before anything was sent.

use crate::ids::{AnswerId, ArticleId, EventId};
use serde::{Deserialize, Serialize};

/// `POST /api/w/{workspace}/resolutions`: an article or an answer solved it before anything was sent. Carries no typed text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WrittenResolution", into = "WrittenResolution")]
pub struct Resolution {
    /// Made by the panel, so that it counts once.
    pub id: EventId,
    /// What was read.
    pub about: Solution,
    /// In which language.
    pub locale: String,
    /// Whether it helped.
    pub helped: bool,
}

/// What may solve a question before it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Solution {
    /// An article.
    Article(ArticleId),
    /// A curated answer.
    Answer(AnswerId),
}

/// A `Resolution` as it travels, and as every build before answers has sent it: one of `article` and `answer` is there.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenResolution {
    id: EventId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    article: Option<ArticleId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<AnswerId>,
    locale: String,
    helped: bool,
}

impl TryFrom<WrittenResolution> for Resolution {
    type Error = &'static str;

    fn try_from(written: WrittenResolution) -> Result<Self, Self::Error> {
        let WrittenResolution { id, article, answer, locale, helped } = written;
        let about = match (article, answer) {
            (Some(article), None) => Solution::Article(article),
            (None, Some(answer)) => Solution::Answer(answer),
            (None, None) => return Err("missing field `article`, or `answer` in its place"),
            (Some(_), Some(_)) => return Err("there is an `article` and an `answer`, and it is about one of them"),
        };
        Ok(Self { id, about, locale, helped })
    }
}

impl From<Resolution> for WrittenResolution {
    fn from(resolution: Resolution) -> Self {
        let Resolution { id, about, locale, helped } = resolution;
        let (article, answer) = match about {
            Solution::Article(article) => (Some(article), None),
            Solution::Answer(answer) => (None, Some(answer)),
        };
        Self { id, article, answer, locale, helped }
    }
}
