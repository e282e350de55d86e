//! Where a conversation is kept, as its machine needs it.

use super::feed::Feed;
use crate::ids::{AgentId, ConversationId, EventId, VisitorId, WorkspaceId};
use crate::protocol::{ApiError, Event, Millis, ReadMarks, Seq};
use crate::report::Fact;
use serde::{Deserialize, Serialize};

/// Whose conversation it is, and how often it has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// In which workspace.
    pub workspace: WorkspaceId,
    /// Which conversation.
    pub conversation: ConversationId,
    /// Whose.
    pub visitor: VisitorId,
    /// Grows with every change, read marks included: what other objects hold is old if theirs is smaller.
    pub revision: u32,
    /// How far each side has read.
    pub read: ReadMarks,
    /// The agent who works on it, and since when.
    pub attended: Option<(AgentId, Millis)>,
    /// How many messages the visitor may still send before the counting objects are asked for more.
    pub granted: u32,
}

/// A fact that the reports must still learn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// The revision of the conversation with which it came: who has that has counted it.
    pub revision: u32,
    /// When it happened.
    pub at: Millis,
    /// What the conversation is about.
    pub topic: String,
    /// What happened.
    pub fact: Fact,
}

/// The clock was found to be behind what was stored: it had been ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockSet {
    /// The last event that was stored by then.
    pub up_to: Seq,
    /// What the clock said then: nothing up to that event happened later.
    pub as_of: Millis,
}

/// What a mirror holds after an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The revision.
    pub revision: u32,
    /// False if it holds another line with the very revision that it was told: one of the two comes from an older copy.
    pub agrees: bool,
}

impl Held {
    /// It has taken the update with this revision.
    pub fn taken(revision: u32) -> Self {
        Self { revision, agrees: true }
    }
}

/// A stored event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The event.
    pub event: Event,
    /// The digest of the command that it stands for; none for what only follows from one.
    pub digest: Option<String>,
}

/// An event that something is still to follow from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// Which.
    pub event: EventId,
    /// How often it was tried in vain.
    pub tries: u32,
}

/// Another object that shows the conversation as it is now. It needs the last state alone, and may lag behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mirror {
    /// The workspace's inbox.
    Inbox,
    /// The visitor's list of threads.
    Visitor,
}

impl Mirror {
    /// All of them.
    pub const ALL: [Mirror; 2] = [Mirror::Inbox, Mirror::Visitor];
}

/// One thing to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// The conversation begins.
    Begin(Meta),
    /// An event happens.
    Append(Entry),
    /// Something is to follow from an event.
    Owe(EventId),
    /// It could not be done this time.
    Failed(EventId),
    /// It is done.
    Done(EventId),
    /// The read marks are these.
    Read(ReadMarks),
    /// An agent works on it since then.
    Attend(AgentId, Millis),
    /// A fact is to be told with the next line for the inbox.
    Count(Counted),
    /// The conversation has this revision and this grant of messages now, and all mirrors must learn of it.
    Changed {
        /// The revision.
        revision: u32,
        /// How many messages are granted.
        granted: u32,
    },
    /// The facts that are still to be counted count as of this revision: the inbox holds a later one than theirs.
    Recount(u32),
    /// The clock was found to have been ahead.
    ClockSet(ClockSet),
    /// The conversation was found to have been kept for long enough, at this time.
    SeenOver(Millis),
    /// This many messages are granted from now on. No mirror shows that.
    Granted(u32),
    /// A mirror has this revision, and the inbox the facts up to it. A later one is still to be told.
    Acknowledged(Mirror, u32),
    /// The library has the lessons as they were after this event.
    Taught(Seq),
}

/// The storage of one conversation. Its calls are synchronous: nothing comes between those of one call of the machine.
pub trait Store {
    /// Why it failed. What the machine refuses is an error, too.
    type Error: From<ApiError>;
    /// Which feeds the conversation has.
    type Feed: Feed;

    /// Whose conversation it is; none if it has not begun.
    fn meta(&self) -> Result<Option<Meta>, Self::Error>;
    /// The events after a number, in order.
    fn events_after(&self, have: Seq) -> Result<Vec<Event>, Self::Error>;
    /// The event with this id.
    fn entry(&self, id: &EventId) -> Result<Option<Entry>, Self::Error>;
    /// The oldest event that something is owed for.
    fn owed(&self) -> Result<Option<Owed>, Self::Error>;
    /// The mirrors that have not learned of the last change.
    fn behind(&self) -> Result<Vec<Mirror>, Self::Error>;
    /// The facts that the inbox has not learnt, in order.
    fn uncounted(&self) -> Result<Vec<Counted>, Self::Error>;
    /// When the clock was found to have been ahead, in order.
    fn clock_sets(&self) -> Result<Vec<ClockSet>, Self::Error>;
    /// When the conversation was last found to have been kept for long enough.
    fn seen_over(&self) -> Result<Option<Millis>, Self::Error>;
    /// Up to which event a feed has everything.
    fn fed(&self, feed: Self::Feed) -> Result<Seq, Self::Error>;
    /// A feed has everything up to an event.
    fn acknowledge(&self, feed: Self::Feed, up_to: Seq) -> Result<(), Self::Error>;
    /// After which event the lessons were that the library has; 0 if it was never taught.
    fn taught(&self) -> Result<Seq, Self::Error>;
    /// Makes sure that the machine is given `Input::Alarm` at this time or earlier, also after a crash.
    fn arm(&self, at: Millis) -> Result<(), Self::Error>;
    /// Writes all of it or nothing.
    fn write(&self, writes: &[Write]) -> Result<(), Self::Error>;
}
