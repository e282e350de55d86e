//! An article or an answer as it came, to be read.

/// What is told about it. Its blocks stay with the browser until they are drawn: nothing is decided by them here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// The language it is written in.
    pub locale: String,
    /// Its title; an answer has none.
    pub title: String,
    /// Its page in the help centre; an answer has none.
    pub url: String,
}
