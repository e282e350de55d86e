//! The kinds of what is published that can be searched for.

use shared::protocol::ErrorCode;

/// Which documents an index holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Articles,
    Answers,
}

impl Kind {
    pub(super) const ALL: [Self; 2] = [Self::Articles, Self::Answers];

    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Articles => "articles",
            Kind::Answers => "answers",
        }
    }

    /// The table that has what was written.
    pub(super) fn sources(self) -> &'static str {
        match self {
            Kind::Articles => "article_sources",
            Kind::Answers => "answers",
        }
    }

    /// How it is said that one is not there.
    pub(super) fn unknown(self) -> ErrorCode {
        match self {
            Kind::Articles => ErrorCode::UnknownArticle,
            Kind::Answers => ErrorCode::UnknownAnswer,
        }
    }
}
