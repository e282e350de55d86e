//! What the panel sends and gets.

use super::{ApiError, ArticleRef, Context, Event, Millis, ReadMarks, Seq, Solution, Status, Survey};
use crate::ids::{AnswerId, ArticleId, ConversationId, EventId, VisitorToken, WorkspaceId};
use crate::richtext::Block;
use crate::settings::{PanelSettings, When};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `GET /api/w/{workspace}/boot?locale=`: all that the panel needs before it can be used. `own=en` says that the panel has the
/// English words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boot {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// What the panel shows as the site owner wrote it.
    pub panel: PanelSettings,
    /// The language of the panel and of the index, after fallback.
    pub locale: String,
    /// The language of the words: the visitor's own where the panel speaks it, whatever the articles are in. From an edge that says
    /// none, it is `locale`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tongue: String,
    /// The address of the search index; none while nothing is published.
    pub index: Option<String>,
    /// The address of the curated answers (`shared::assistant::Answers`), whose language may be a nearer one; none if there are none, and
    /// from an edge that gives none while typing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<String>,
    /// The articles and answers that are asked most, the most first, of those that the visitor may read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub often: Vec<Solution>,
    /// Whether an agent is here now, in office hours.
    pub online: bool,
    /// When a person is to be expected.
    pub expected: Expected,
    /// What is known not to work; none if nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outage: Option<KnownProblem>,
    /// The panel's words in `locale`; empty if they are what the panel says that it has.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, String>,
}

/// `GET /w/{workspace}/messages/{locale}.js`: what the widget shows by itself, in one language. Those without a text in it are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Messages {
    /// Who says them: what the help is called.
    pub name: String,
    /// The language of the words.
    pub tongue: String,
    /// The panel's words that stand beside them, by their names.
    pub words: BTreeMap<String, String>,
    /// They.
    pub messages: Vec<MessageText>,
}

/// A message in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageText {
    /// Its slug.
    pub id: String,
    /// What it says.
    pub text: String,
    /// When it is shown.
    pub when: When,
}

/// `GET /api/w/{workspace}/sections/{locale}`: all that a visitor may read, as it is ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sections {
    /// By their names; the articles without one come last.
    pub sections: Vec<Section>,
}

/// The articles of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its name; empty for articles that stand in none.
    pub name: String,
    /// By their titles.
    pub articles: Vec<ArticleRef>,
}

/// A problem that is known, in the visitor's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownProblem {
    /// What does not work, and what is done about it.
    pub text: String,
    /// Where more is told: http or https.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Millis>,
}

/// When a person's reply is to be expected, by the office hours and by how long the last replies took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// Whether these are office hours.
    pub open: bool,
    /// Within this many minutes, rounded up as people say it; from 60 on whole hours. None if the clock says more, or nobody
    /// can say.
    pub minutes: Option<u32>,
    /// By this time, if no span is said; while the office is closed, the time when it opens. None if nobody can say.
    pub at: Option<Millis>,
}

/// `GET /api/w/{workspace}/articles/{locale}/{id}`: an article to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Its slug.
    pub id: ArticleId,
    /// The language it is written in.
    pub locale: String,
    /// Its title.
    pub title: String,
    /// Its page in the help centre.
    pub url: String,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// `GET /api/w/{workspace}/answers/{locale}/{id}?read=1`: a curated answer to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerToRead {
    /// Its slug.
    pub id: AnswerId,
    /// The language it is written in.
    pub locale: String,
    /// Its text, and behind it the article in which there is more.
    pub blocks: Vec<Block>,
}

/// One thing that a visitor does in a conversation. The id makes it happen once, however often it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitorCommand {
    /// Made at random by the panel.
    pub id: EventId,
    /// What to do.
    pub action: VisitorAction,
}

/// What a visitor can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum VisitorAction {
    /// Send a message; the first one opens the conversation.
    Say {
        /// Plain text, not blank, at most `MAX_MESSAGE_CHARS`.
        text: String,
        /// Where the visitor is.
        context: Context,
    },
    /// Ask for a person; it may open the conversation too.
    AskPerson {
        /// Where the visitor is.
        context: Context,
    },
    /// Tell whether an answer or suggestions helped.
    Helped {
        /// The event that asked.
        about: EventId,
        /// Whether it did.
        yes: bool,
        /// The article that the visitor has read last, if any: of several suggestions it is the one that is meant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        article: Option<ArticleId>,
    },
    /// Answer the survey that is open, or change that answer.
    Rate {
        /// Which.
        survey: Survey,
        /// From 1, the worst, to 5.
        score: u8,
        /// In the visitor's words; may be empty.
        comment: String,
    },
    /// Leave an e-mail address, for the team to see.
    LeaveAddress {
        /// The address (`shared::email`).
        address: String,
    },
    /// Everything up to this number is read. Not logged.
    Read {
        /// The number of the last event on the screen.
        up_to: Seq,
    },
}

/// `POST /api/w/{workspace}/conversations/{id}/commands`, with `Authorization: Bearer {visitor token}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommandRequest {
    /// The number of the last event that the panel has; 0 for none.
    pub have: Seq,
    /// What to do.
    pub command: VisitorCommand,
}

/// The answer to a command, and to `GET .../events?have=`: what the client does not have yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Events {
    /// In order.
    pub events: Vec<Event>,
    /// How far each side has read.
    pub read: ReadMarks,
    /// What they follow, if they follow something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Base>,
}

/// The last event that a client says it has. An edge that was restored from an older copy gives the same numbers to other events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Base {
    /// Its number, as the client has told it.
    pub have: Seq,
    /// The event that has this number on the edge; none if none has. A client whose event is another one drops its copy and asks
    /// for all of it.
    pub id: Option<EventId>,
    /// When that happened. A command that was sent again after the edge was restored has the id that it had, and another time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Millis>,
}

/// `GET /api/w/{workspace}/conversations`: the visitor's threads, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Threads {
    /// The threads.
    pub threads: Vec<Thread>,
}

/// One thread in the visitor's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// Which.
    pub id: ConversationId,
    /// The visitor's first words.
    pub title: String,
    /// The last line, as plain text; empty if the assistant has offered articles, which the panel says in its own words.
    pub last: String,
    /// When it last changed.
    pub updated_at: Millis,
    /// Whose turn it is.
    pub status: Status,
    /// Entries by others that the visitor has not seen.
    pub unread: u32,
}

/// A frame from the panel on `GET /api/w/{workspace}/conversations/{id}/live` (WebSocket).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum VisitorFrame {
    /// The first frame: who it is and how far they are. It carries the token, since no token is ever in a URL.
    Hello {
        /// The proof.
        token: VisitorToken,
        /// The last event that the panel has.
        have: Seq,
    },
    /// A command.
    Do(VisitorCommand),
    /// The visitor writes just now. What they write stays on the device.
    Typing,
}

/// A frame from a conversation to a panel or an inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversationFrame {
    /// New events and read marks; the answer to `Hello` is one too, if only an empty one.
    Events(Events),
    /// A command is stored; its events have come before this, or are already known.
    Accepted {
        /// The command.
        id: EventId,
    },
    /// A command is refused and has changed nothing.
    Refused {
        /// The command, when the frame could be read.
        id: Option<EventId>,
        /// Why.
        error: ApiError,
    },
    /// A person of the team writes just now.
    Typing {
        /// Their name.
        name: String,
    },
}
