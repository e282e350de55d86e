//! What the inbox sends and gets. Agents prove themselves by the session cookie.

use super::{Context, ErrorCode, HandOffReason, Millis, Placement, Resurface, Seq, Status};
use crate::ids::{AgentId, ConversationId, EventId};
use serde::{Deserialize, Serialize};

/// `GET /api/w/{workspace}/setup`, perhaps with the token of a link as `Authorization: Bearer`: whether the first agent is still to be
/// made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupState {
    /// True until the set-up link was used.
    pub needed: bool,
    /// Why the token that came with the question makes no agent; none if it makes one, or if none came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<ErrorCode>,
}

/// `POST /api/w/{workspace}/setup`: makes the first agent and signs in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// From the one-time link.
    pub token: String,
    /// The name that visitors will see; also the name to sign in with.
    pub name: String,
    /// At least `MIN_PASSWORD_CHARS` characters.
    pub password: String,
}

/// The shortest password that is taken (NIST SP 800-63B asks for eight at least).
pub const MIN_PASSWORD_CHARS: usize = 10;
/// The longest password that is taken, in characters: a longer one only costs time.
pub const MAX_PASSWORD_CHARS: usize = 200;
/// The longest name of an agent, in characters.
pub const MAX_NAME_CHARS: usize = 60;

/// `POST /api/w/{workspace}/session`: signs in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The agent's name.
    pub name: String,
    /// The password.
    pub password: String,
}

/// The answer to signing in, and to `GET /api/w/{workspace}/session`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// Who is signed in.
    pub id: AgentId,
    /// Their name.
    pub name: String,
}

/// One thing that an agent does in a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentCommand {
    /// Made at random by the inbox.
    pub id: EventId,
    /// What to do.
    pub action: AgentAction,
    /// The number of the last event that the agent had seen. If the visitor or a colleague has written since, to resolve and to
    /// snooze are refused with `unseen`: words that nobody has read are put out of nobody's sight. So is to assign, if somebody has put it
    /// elsewhere since. Without it they are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seq>,
}

/// What an agent can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AgentAction {
    /// Send a message to the visitor.
    Reply {
        /// Plain text, not blank, at most `MAX_MESSAGE_CHARS`.
        text: String,
        /// The number of the last event that the author had seen. If the visitor or a colleague has written since, the reply is
        /// refused with `unseen`. Without it the reply is sent whatever was written.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seen: Option<Seq>,
    },
    /// Mark it solved.
    Resolve,
    /// Take it up again.
    Reopen,
    /// Put it elsewhere, give it to somebody, or sort it. From here on people answer.
    Assign {
        /// Where to.
        place: Placement,
    },
    /// Put it out of sight until a time, or until the visitor writes.
    Snooze {
        /// When it comes back.
        until: Millis,
    },
    /// Bring it back into sight.
    Wake,
    /// Everything up to this number is read. Not logged.
    Read {
        /// The number of the last event on the screen.
        up_to: Seq,
    },
}

/// `POST /api/w/{workspace}/conversations/{id}/agent-commands`, with the session cookie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentCommandRequest {
    /// The number of the last event that the inbox has; 0 for none.
    pub have: Seq,
    /// What to do.
    pub command: AgentCommand,
}

/// A frame from the inbox on `GET /api/w/{workspace}/conversations/{id}/agent-live` (WebSocket).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AgentFrame {
    /// The first frame: how far the inbox is.
    Hello {
        /// The last event that the inbox has.
        have: Seq,
        /// Whether it wants to be told who else is there, by `CompanyFrame`s.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        company: bool,
        /// Whether it wants a `Glimpse` of a long log first.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        glimpse: bool,
    },
    /// A command.
    Do(AgentCommand),
    /// The agent writes just now.
    Typing,
}

/// A conversation as the lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Which.
    pub id: ConversationId,
    /// Grows with every change: a summary with a smaller one is old.
    pub version: u32,
    /// The visitor's first words.
    pub title: String,
    /// The last line, as plain text.
    pub last: String,
    /// Whose turn it is.
    pub status: Status,
    /// Where it was put, and why; none while the assistant answers.
    pub hand_off: Option<HandOff>,
    /// Since when the visitor waits for a person.
    pub waiting_since: Option<Millis>,
    /// When what was promised to the visitor is broken; none if nobody waits or nothing was promised.
    #[serde(default)]
    pub due: Option<Millis>,
    /// Until when it is out of sight.
    pub snoozed_until: Option<Millis>,
    /// Why it came back into sight, until somebody does something about it.
    pub resurfaced: Option<Resurface>,
    /// When it began.
    pub opened_at: Millis,
    /// When it last changed.
    pub updated_at: Millis,
    /// How many messages of the visitor nobody of the team has seen.
    #[serde(default)]
    pub unread: u32,
    /// The page, the language and what was tried.
    pub context: Context,
}

/// Where a conversation was put, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOff {
    /// Why.
    pub reason: HandOffReason,
    /// Where.
    pub place: Placement,
}
