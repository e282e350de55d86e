//! An article as it came, to be read.

use shared::ids::ArticleId;

/// What is told about an article. Its blocks stay with the browser until they are drawn: nothing is decided by them here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its slug.
    pub id: ArticleId,
    /// The language it is written in.
    pub locale: String,
    /// Its title.
    pub title: String,
    /// Its page in the help centre.
    pub url: String,
}
