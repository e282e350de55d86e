//! What can be found.

use std::fmt;
use std::path::{Path, PathBuf};

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// A database cannot be read.
    Unreadable {
        /// Which.
        file: PathBuf,
        /// What SQLite says.
        why: String,
    },
    /// A conversation lacks events in the midst of its log.
    Gap {
        /// Which.
        conversation: String,
        /// How many events there are.
        events: u32,
        /// The number of the last one.
        last: u32,
    },
    /// A list has a line that the conversation never told, or one that is older than what the conversation takes it to have.
    Line {
        /// Which conversation.
        conversation: String,
        /// Which list.
        list: List,
        /// The revision of the line; none if the list has no line.
        holds: Option<u32>,
        /// The revision that the conversation takes the list to have.
        told: u32,
    },
    /// A list lacks the last change, and no alarm is set that would bring it there.
    Untold {
        /// Which conversation.
        conversation: String,
        /// Which list.
        list: List,
    },
    /// The object of a conversation's visitor does not know the conversation, so that it could not be erased.
    Unknown {
        /// Which conversation.
        conversation: String,
    },
}

/// What shows conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// The agents' inbox.
    Inbox,
    /// The visitor's list of threads.
    Visitor,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// How many conversations were looked at.
    pub conversations: usize,
    /// Those whose tables are of an earlier release, which the edge brings up to date when somebody opens them.
    pub of_earlier_release: usize,
    /// What is not as it should be, in order.
    pub findings: Vec<Finding>,
}

impl List {
    /// Its name in the tables of a conversation.
    pub(crate) fn name(self) -> &'static str {
        match self {
            List::Inbox => "inbox",
            List::Visitor => "visitor",
        }
    }
}

impl Finding {
    /// The same, of a folder that lies elsewhere by another name: what was found in a copy is told of the original.
    #[must_use]
    pub fn moved(self, from: &Path, to: &Path) -> Self {
        match self {
            Finding::Unreadable { file, why } => {
                let file = file.strip_prefix(from).map(|path| to.join(path)).unwrap_or(file);
                Finding::Unreadable { file, why }
            }
            other => other,
        }
    }

    /// The conversation that can put it right by telling its lists anew; none if only a backup can.
    pub fn told_by(&self) -> Option<&str> {
        match self {
            Finding::Line { conversation, .. }
            | Finding::Untold { conversation, .. }
            | Finding::Unknown { conversation } => Some(conversation),
            Finding::Unreadable { .. } | Finding::Gap { .. } => None,
        }
    }
}

impl fmt::Display for List {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            List::Inbox => "the inbox",
            List::Visitor => "the visitor's list",
        })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Finding::Unreadable { file, why } => write!(out, "{} cannot be read: {why}", file.display()),
            Finding::Gap { conversation, events, last } => {
                write!(out, "conversation {conversation} has {events} events, and the last one has number {last}")
            }
            Finding::Line { conversation, list, holds: Some(holds), told } => write!(
                out,
                "{list} has revision {holds} of conversation {conversation}, and the conversation has told revision {told}"
            ),
            Finding::Line { conversation, list, holds: None, .. } => {
                write!(out, "{list} lacks conversation {conversation}, and the conversation has told it")
            }
            Finding::Untold { conversation, list } => {
                write!(
                    out,
                    "{list} lacks the last change of conversation {conversation}, and nothing would bring it there"
                )
            }
            Finding::Unknown { conversation } => {
                write!(out, "the visitor of conversation {conversation} does not know it, and could not erase it")
            }
        }
    }
}
