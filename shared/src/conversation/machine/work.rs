//! What a loop that drives a machine wants, and what it is given to do.

use super::others::{Follower, SiteProfile};
use crate::conversation::Counted;
use crate::ids::EventId;
use crate::learning::Lesson;
use crate::protocol::{Event, Seq, Summary, Thread};
use crate::routing::{Case, Helped};

/// What a loop is to reach before it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aim {
    /// One more message of the visitor may be taken.
    Message {
        /// The network address that it comes from.
        from: String,
    },
    /// The workspace's terms are known, as far as they can be.
    Terms,
    /// The visitor's object knows what the site says of the visitor, as far as it can be told.
    Introduction,
    /// All that follows from a change is done, and every mirror has it.
    Everything,
    /// The same, but what may wait is left for a while.
    Soon,
    /// The alarm has rung: the same, and the feeds, what time makes happen, and the end of what was kept long enough.
    Clock,
    /// The conversation has ended.
    End,
}

/// What a loop does next.
#[derive(Debug, Clone, PartialEq)]
pub enum Step<F> {
    /// This. It is answered by the `Answer` that its variant names; meanwhile the loop polls on.
    Do(Work<F>),
    /// Something that this loop needs is under way, by itself or by another loop: poll again when an answer has come.
    Wait,
    /// The aim is reached, except for what this loop itself still does.
    Done,
}

/// A call to another object, or to the storage.
#[derive(Debug, Clone, PartialEq)]
pub enum Work<F> {
    /// Search for a message, and ask what is known of the visitor. Answered by `Answer::Found`.
    Search {
        /// The message's event.
        about: EventId,
        /// What to search for.
        text: String,
        /// In which language.
        locale: String,
        /// The path of the page where it was written.
        page: String,
        /// The products that the visitor uses, if the site has said so since the object woke.
        products: Vec<String>,
        /// What the routing rules look at first; none if none of them gives a conversation to people before the assistant answers.
        case: Option<Box<Case>>,
    },
    /// Ask the routing rules where the conversation belongs, and who has room. Answered by `Answer::Placed`.
    Route {
        /// The hand-off's event.
        about: EventId,
        /// What the rules look at; who helped before and what the site says is not in it.
        case: Box<Case>,
    },
    /// Ask for the workspace's terms. Answered by `Answer::Terms`.
    AskTerms,
    /// Tell the workspace's inbox. Answered by `Answer::Told`.
    TellInbox(InboxUpdate),
    /// Tell the visitor's list. Answered by `Answer::Told`.
    TellVisitor(VisitorUpdate),
    /// Ask the visitor's object for more messages. Answered by `Answer::DrawnOfVisitor`.
    DrawOfVisitor {
        /// How many.
        count: u32,
        /// What the visitor's list lacks: its object has to wake for either.
        update: Option<VisitorUpdate>,
    },
    /// Ask the address's object for more messages. Answered by `Answer::DrawnOfAddress`.
    DrawOfAddress {
        /// The network address.
        address: String,
        /// How many.
        count: u32,
    },
    /// Tell the visitor's object what the site says. Answered by `Answer::Introduced`.
    Introduce(SiteProfile),
    /// Send events to a feed. Answered by `Answer::Fed`.
    Feed {
        /// Which feed.
        feed: F,
        /// The number of the event before the first one.
        after: Seq,
        /// The events, in order.
        events: Vec<Event>,
    },
    /// Teach the library. Answered by `Answer::Taught`.
    Teach(Teaching),
    /// Have an object forget the conversation. Answered by `Answer::Forgotten`.
    Forget(Follower<F>),
    /// Delete all that is stored. Answered by `Answer::Wiped`.
    Wipe,
}

/// The conversation as the inbox shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxUpdate {
    /// The line, with its revision.
    pub summary: Box<Summary>,
    /// What has happened since the last update, for the reports.
    pub facts: Vec<Counted>,
    /// The zone that the days of the reports are in, as far as the terms name one.
    pub zone: Option<String>,
}

/// The conversation as the visitor's list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitorUpdate {
    /// The revision.
    pub revision: u32,
    /// The line.
    pub thread: Thread,
    /// Who has helped, for the routing of what the visitor asks later.
    pub helped: Option<Helped>,
}

/// All that a conversation teaches, in the place of what it has taught before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teaching {
    /// The revision, by which the library knows an older one.
    pub revision: u32,
    /// The event after which the lessons are these.
    pub up_to: Seq,
    /// The lessons.
    pub lessons: Vec<Lesson>,
    /// What the agents are called who have written here: visitors address them by name.
    pub names: Vec<String>,
}
