//! What is wrong with what a site owner wrote, all of it at once: a stable code, the place, and one sentence.

use serde::{Deserialize, Serialize};

/// One thing that is wrong with a document, or that is probably not meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// For programs; never changes its meaning.
    pub code: ProblemCode,
    /// Where: a path into the document, such as `rules[2].then.team`; empty for the document itself.
    pub at: String,
    /// The line of the text at this place, from 1 on; none if it is about all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// For people: what is wrong and what to do.
    pub sentence: String,
}

impl Problem {
    /// A problem at a place.
    pub fn new(code: ProblemCode, at: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self { code, at: at.into(), line: None, sentence: sentence.into() }
    }

    /// The same problem, on this line of the text at its place.
    pub fn on_line(self, line: u32) -> Self {
        Self { line: Some(line), ..self }
    }

    /// The same problem, seen from outside: `week.mon` inside of `hours` is at `hours.week.mon`.
    pub fn inside(mut self, outer: &str) -> Self {
        self.at = if self.at.is_empty() { String::from(outer) } else { format!("{outer}.{}", self.at) };
        self
    }

    /// Whether the document can be used in spite of it.
    pub fn is_warning(&self) -> bool {
        self.code.is_warning()
    }
}

/// The stable codes. In JSON they are in snake case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// A rule gives work to a team that does not exist.
    UnknownTeam,
    /// A rule or a team names an agent who is not where they are said to be.
    UnknownAgent,
    /// Two rules, teams or members have the same id.
    DuplicateId,
    /// A rule has no id.
    MissingId,
    /// A rule has no condition, or nothing follows from it.
    EmptyRule,
    /// A condition holds nothing that could match.
    EmptyCondition,
    /// A rule is for everything and has conditions as well.
    CatchAllWithConditions,
    /// Warning: the rules before it leave nothing for this one.
    UnreachableRule,
    /// Warning: nobody is in the team.
    EmptyTeam,
    /// The time zone is not in the IANA database.
    UnknownZone,
    /// A shift is not written as `09:00-17:30`, or has no length.
    InvalidShift,
    /// A holiday's date is not a day of the calendar.
    InvalidDate,
    /// Warning: the schedule never opens.
    NeverOpen,
    /// A target that nobody could keep or break.
    InvalidTarget,
    /// A part of the document has an unknown or missing field, or a value that cannot be.
    InvalidShape,
    /// An origin is not written as browsers write it.
    InvalidOrigin,
    /// More origins than a page's policy has room for.
    TooManyOrigins,
    /// A language is not a language tag.
    InvalidLocale,
    /// Conversations cannot be kept for such a time.
    InvalidRetention,
    /// A colour is not written as six digits.
    InvalidColor,
    /// A size that cannot be.
    InvalidSize,
    /// A list of fonts has something else in it.
    InvalidFont,
    /// A picture is none.
    NotAPicture,
    /// The panel has no words with this name.
    UnknownWords,
    /// A text lacks a place in which the panel puts something.
    MissingGap,
    /// A text has a place in which nothing is put.
    UnknownGap,
    /// A message calls visitors by name who are here for the first time.
    NameToStrangers,
    /// An article's page is not at an http or https address.
    UnsafeAddress,
    /// A text is longer than it may be, or an article or answer larger than what can be stored.
    TooLong,
    /// There are more articles, answers, keywords or the like than are possible.
    TooMany,
    /// A letter has more marks on it than anybody can read.
    TooManyMarks,
    /// An id that cannot be.
    InvalidId,
    /// An article has no title.
    EmptyTitle,
    /// An audience without a name.
    EmptyAudience,
    /// A percentage over a hundred.
    InvalidPercentage,
    /// The document names another id or language than the address to which it was sent.
    WrongPlace,
    /// Warning: the help has no name.
    EmptyName,
    /// Warning: an answer or an article leads to an article that is not there.
    UnknownArticle,
    /// Warning: an answer or an article leads to an article that not all of its readers may read.
    RestrictedArticle,
    /// Warning: the language of an article is written in another way than that of other articles.
    OtherSpelling,
    /// Warning: the article or answer says nothing.
    EmptyText,
    /// Warning: a part of what was written is not shown.
    NotShown,
    /// Warning: a link leads nowhere, and is shown as text.
    DeadLink,
    /// Warning: a picture has no description for those who do not see it.
    NoDescription,
    /// Warning: a picture is not there, and its description is shown in its place.
    NoPicture,
    /// Warning: articles of one section have the same title.
    SameTitle,
    /// Warning: a language has more articles than the model of their meaning is trained for.
    NotTaught,
    /// Warning: there are more warnings than these.
    MoreWarnings,
}

impl ProblemCode {
    /// Whether a document with it can be used.
    pub fn is_warning(self) -> bool {
        matches!(
            self,
            Self::UnreachableRule
                | Self::EmptyTeam
                | Self::NeverOpen
                | Self::EmptyName
                | Self::UnknownArticle
                | Self::RestrictedArticle
                | Self::OtherSpelling
                | Self::EmptyText
                | Self::NotShown
                | Self::DeadLink
                | Self::NoDescription
                | Self::NoPicture
                | Self::SameTitle
                | Self::NotTaught
                | Self::MoreWarnings
        )
    }
}
