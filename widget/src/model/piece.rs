//! What is published, as it is named on the screen.

use shared::ids::{AnswerId, ArticleId};
use shared::matching::Hit;
use shared::protocol::{ArticleRef, Solution};

/// An article or a curated answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// An article, and its title if that is known already.
    Article(ArticleRef),
    /// An answer. It has no title.
    Answer(AnswerId),
}

impl Piece {
    /// The article that was found.
    pub fn article(hit: &Hit) -> Option<Self> {
        Some(Self::Article(ArticleRef { id: ArticleId::parse(&hit.id).ok()?, title: hit.title.clone() }))
    }

    /// The answer that was found.
    pub fn answer(hit: &Hit) -> Option<Self> {
        AnswerId::parse(&hit.id).ok().map(Self::Answer)
    }

    /// Whether it is the same one, whatever is known of it.
    pub fn is(&self, other: &Self) -> bool {
        matches!(self, Self::Answer(_)) == matches!(other, Self::Answer(_)) && self.id() == other.id()
    }

    /// Its slug.
    pub fn id(&self) -> &str {
        match self {
            Self::Article(article) => article.id.as_str(),
            Self::Answer(id) => id.as_str(),
        }
    }

    /// As it is said of it that it helped.
    pub fn solution(&self) -> Solution {
        match self {
            Self::Article(article) => Solution::Article(article.id.clone()),
            Self::Answer(id) => Solution::Answer(id.clone()),
        }
    }
}
