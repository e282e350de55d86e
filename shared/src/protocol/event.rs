//! The log of a conversation.

use super::{HandOffReason, Millis, Placement, Resurface, Seq, Survey};
use crate::ids::{AgentId, AnswerId, ArticleId, EventId};
use serde::{Deserialize, Serialize};
use std::ops::Not;

/// One entry of a conversation's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its number, given by the edge.
    pub seq: Seq,
    /// The client's id, or one derived from the event that it follows from.
    pub id: EventId,
    /// When the edge stored it.
    pub at: Millis,
    /// Who did it.
    pub by: Author,
    /// What happened.
    pub what: What,
}

/// Who speaks. The edge sets it from the caller's proof; no request has such a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The person on the site.
    Visitor,
    /// The automation; always shown as such.
    Assistant,
    /// The clock and the rules: what happens by itself and is said to nobody.
    System,
    /// A person of the team.
    Agent {
        /// Which one.
        id: AgentId,
        /// The name that visitors see.
        name: String,
    },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Where the visitor is and what was tried before writing: the first event, and again whenever it changed.
    Context(Context),
    /// A message.
    Said {
        /// Plain text; links in it are shown as links if they are safe.
        text: String,
    },
    /// The assistant gave a curated answer and asks whether it helped.
    Answered {
        /// Which answer.
        answer: AnswerId,
        /// Its text as it was then.
        text: String,
        /// Where to read more.
        article: Option<ArticleRef>,
    },
    /// The assistant suggests articles and asks whether one helped.
    Suggested {
        /// At most three, best first.
        articles: Vec<ArticleRef>,
    },
    /// The assistant has nothing that fits and offers a person.
    FoundNothing,
    /// The visitor said whether an answer, a suggestion or an opened article helped.
    Helped {
        /// The answer or suggestions that are meant.
        about: EventId,
        /// Whether they did.
        yes: bool,
        /// The article that the visitor had read last, suggested here or not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        article: Option<ArticleId>,
    },
    /// From here on people answer; the assistant is silent.
    HandedOff {
        /// Why.
        reason: HandOffReason,
        /// Where to.
        place: Placement,
    },
    /// It was put elsewhere, by an agent or by the routing rules.
    Assigned {
        /// Where to.
        place: Placement,
    },
    /// An agent wants it out of sight until a time, or until the visitor writes.
    Snoozed {
        /// When it comes back.
        until: Millis,
    },
    /// It came back into sight.
    Resurfaced {
        /// Why.
        because: Resurface,
    },
    /// The visitor answered a survey; a later answer to the same one takes its place.
    Rated {
        /// Which.
        survey: Survey,
        /// From 1, the worst, to 5.
        score: u8,
        /// In the visitor's words; empty for none.
        comment: String,
    },
    /// The visitor has left an e-mail address; a later one takes its place.
    AddressLeft {
        /// The address.
        address: String,
    },
    /// Resolved, by the author of the event. It can be picked up again.
    Resolved,
    /// Picked up again after it was resolved.
    Reopened,
    /// Something that is the team's own business: it takes a number, and a visitor is told no more of it.
    Unseen,
}

/// Something that a page has told of its visitor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// The name of an attribute, or of something that the visitor has done; at most `MAX_TOLD_NAME` characters.
    pub name: String,
    /// Its value as text, or as JSON what belongs to it; at most `MAX_TOLD_VALUE` characters.
    pub value: String,
    /// Whether the visitor has done it, as opposed to an attribute.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub done: bool,
}

/// The most that a page can have told.
pub const MAX_TOLD: usize = 40;
/// The longest name of it.
pub const MAX_TOLD_NAME: usize = 60;
/// The longest value.
pub const MAX_TOLD_VALUE: usize = 240;

/// Where the visitor is and what was suggested before writing; agents see it beside the conversation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// The page's address, without its fragment.
    pub url: String,
    /// The page's title.
    pub title: String,
    /// The language of the panel.
    pub locale: String,
    /// The articles that were suggested while typing, and what became of them.
    pub shown: Vec<Shown>,
    /// The articles that were read in the help centre on this device in the last 15 minutes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recent: Vec<ArticleId>,
    /// The answers that were opened while typing, and of which the visitor said that they did not help.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<AnswerId>,
    /// What the page has told of the visitor by calls that nobody has signed: anybody could have written it in their browser.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<Told>,
}

/// An article that was suggested while the visitor typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// Which one.
    pub article: ArticleRef,
    /// Whether the visitor opened it.
    pub opened: bool,
    /// What the visitor said of it.
    pub helped: Option<bool>,
    /// Whether it stood above the composer when the message was sent, so that the visitor may mean it.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub standing: bool,
    /// Whether it stood there for some seconds while the visitor paused, who then wrote on about the same thing.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub passed_over: bool,
}

impl Shown {
    /// An article that was suggested, of which nothing came.
    pub fn new(article: ArticleRef) -> Self {
        Self { article, opened: false, helped: None, standing: false, passed_over: false }
    }

    /// Whether the visitor has looked at it and goes on asking: it is no answer.
    pub fn is_turned_down(&self) -> bool {
        self.helped == Some(false) || self.passed_over
    }
}

/// An article as it is named in a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleRef {
    /// Its slug.
    pub id: ArticleId,
    /// Its title in the visitor's language.
    pub title: String,
}

/// How far each side has read, by number of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReadMarks {
    /// The visitor, on any device.
    pub visitor: Seq,
    /// Any agent.
    pub agent: Seq,
}

/// Who currently has the turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The assistant answers.
    #[default]
    Automatic,
    /// The visitor waits for a person.
    Waiting,
    /// A person spoke last.
    Replied,
    /// Solved.
    Resolved,
}
