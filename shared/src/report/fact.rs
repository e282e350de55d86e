//! What happened, as far as it is counted.

use crate::ids::{AgentId, ArticleId, TeamId};
use crate::protocol::Millis;
use crate::routing::Priority;
use serde::{Deserialize, Serialize};

/// One thing that happened. Who tells it sees to it that it is told once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Fact {
    /// Somebody had a question: they sent a message to begin with, or solved it by a suggestion before they sent any.
    /// Once for each question; what follows in the same matter is none.
    Asked,
    /// A question that was counted before anybody knew what it is about is counted under its own name instead.
    AskedElsewhere,
    /// An article was suggested.
    Shown {
        /// Which.
        article: ArticleId,
    },
    /// A suggestion that was counted before anybody knew what it is about is counted under its own name instead.
    ShownElsewhere {
        /// Which.
        article: ArticleId,
    },
    /// It was opened from there.
    Opened {
        /// Which.
        article: ArticleId,
    },
    /// After it, the visitor wanted a person all the same.
    Escalated {
        /// Which.
        article: ArticleId,
    },
    /// It is solved, as the visitor said, or as an agent did.
    Solved {
        /// By what.
        by: By,
    },
    /// It was not solved after all: they came back with the same matter.
    Reopened {
        /// What seemed to have solved it.
        by: By,
    },
    /// It was given to people.
    HandedOff {
        /// To which team; none is escalations.
        team: Option<TeamId>,
        /// Whether it is the conversation's first time.
        first: bool,
    },
    /// Somebody of the team has done something about what was given to people, for the first time: now it can be said whether it
    /// lies right.
    LookedAt,
    /// Another team got it.
    Reassigned {
        /// Whether it is the conversation's first time: only then was the first try wrong.
        first: bool,
    },
    /// The visitor gave a score.
    Rated {
        /// For what.
        survey: Survey,
        /// How many of five.
        score: Score,
        /// The score that this one takes the place of, if they changed their mind.
        instead_of: Option<Score>,
        /// Whether no person was in it.
        automated: bool,
    },
    /// A promise has passed, and the visitor still waits. The reply that comes at last says nothing of the promise.
    Late {
        /// How soon it was promised.
        priority: Priority,
        /// Whether the first reply was.
        first: bool,
    },
    /// The first reply by a person.
    FirstReply {
        /// After so much working time.
        after: Millis,
        /// How soon it was promised.
        priority: Priority,
        /// Whether the promise was kept; none without one, and none if it was counted as broken when it passed.
        kept: Option<bool>,
    },
    /// A reply by a person after the first.
    NextReply {
        /// After so much working time.
        after: Millis,
        /// How soon it was promised.
        priority: Priority,
        /// Whether the promise was kept; none without one.
        kept: Option<bool>,
    },
    /// An agent worked on one conversation.
    Active {
        /// Who.
        agent: AgentId,
        /// For so long.
        span: Millis,
    },
    /// An agent had this many conversations open, without a change in between.
    AtOnce {
        /// Who.
        agent: AgentId,
        /// How many.
        open: u32,
        /// For so long.
        span: Millis,
    },
}

impl Fact {
    /// The article that it is counted for, if it is about one.
    pub fn article(&self) -> Option<&ArticleId> {
        match self {
            Self::Shown { article }
            | Self::ShownElsewhere { article }
            | Self::Opened { article }
            | Self::Escalated { article }
            | Self::Solved { by: By::Suggestion(article) } => Some(article),
            _ => None,
        }
    }
}

/// What solved a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// An article that was suggested.
    Suggestion(ArticleId),
    /// A curated answer.
    Answer,
    /// A flow.
    Flow,
    /// A person.
    Person,
}

/// What a visitor is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Survey {
    /// How satisfied they are.
    Csat,
    /// How easy it was: more is easier.
    Ces,
}

/// One to five; more is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Score(u8);

/// The best score.
const BEST: u8 = 5;

impl Score {
    /// The score, if it is one.
    pub fn new(score: u8) -> Option<Self> {
        (1..=BEST).contains(&score).then_some(Self(score))
    }

    /// One to five.
    pub fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Score {
    type Error = &'static str;
    fn try_from(score: u8) -> Result<Self, Self::Error> {
        Self::new(score).ok_or("a score is from 1 to 5")
    }
}

impl From<Score> for u8 {
    fn from(score: Score) -> Self {
        score.0
    }
}
