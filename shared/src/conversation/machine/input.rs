//! What a machine is told.

use super::others::{Agreement, Denied, Follower, Looked, Lost, SiteProfile};
use crate::conversation::{Held, Meta, Mirror};
use crate::ids::{AgentId, EventId, TeamId};
use crate::protocol::{AgentCommand, Author, Placement, Seq, VisitorCommand};

/// Something that has happened.
#[derive(Debug, Clone)]
pub enum Input<'a, F> {
    /// The conversation may begin: the address's and the visitor's objects have taken it. Nothing happens if it has begun.
    Begin {
        /// Whose it is.
        meta: Meta,
        /// What holds in its workspace.
        agreement: Agreement,
        /// What the site says of the visitor, which the visitor's object knows already.
        introduction: Option<SiteProfile>,
    },
    /// The visitor does something, after `Aim::Message` unless it is a read mark.
    Visitor {
        /// What.
        command: &'a VisitorCommand,
        /// Tells the command's content from another one's.
        digest: &'a str,
        /// The network address that it comes from.
        from: &'a str,
    },
    /// An agent does something, after `Aim::Terms`.
    Agent {
        /// What.
        command: &'a AgentCommand,
        /// Who, proven.
        agent: &'a Author,
        /// Tells the command's content from another one's.
        digest: &'a str,
    },
    /// The site says this of the visitor.
    Introduction(SiteProfile),
    /// Who looks at the conversation now.
    Watchers {
        /// Whether a visitor does.
        visitors: bool,
    },
    /// Somebody of the team in whose list the conversation waits has room for it.
    Seated {
        /// The team.
        team: TeamId,
        /// Who.
        agent: AgentId,
    },
    /// The agent whom the rules gave the conversation to has gone.
    Vacated {
        /// Who.
        agent: AgentId,
    },
    /// The alarm has rung, perhaps late or twice. `Aim::Clock` comes next, then the alarm is armed for the `deadline`.
    Alarm,
    /// The visitor wants the conversation to end. `Aim::End` comes next.
    Erase,
    /// Work is done.
    Answer(Answer<F>),
}

/// What came of a `Work`.
#[derive(Debug, Clone)]
pub enum Answer<F> {
    /// Of `Work::Search`.
    Found {
        /// The message's event.
        about: EventId,
        /// What there is.
        looked: Result<Box<Looked>, Lost>,
    },
    /// Of `Work::Route`.
    Placed {
        /// The hand-off's event.
        about: EventId,
        /// Where it belongs; none if no rule says so.
        place: Result<Option<Placement>, Lost>,
    },
    /// Of `Work::AskTerms`.
    Terms(Result<Agreement, Lost>),
    /// Of `Work::TellInbox` and `Work::TellVisitor`.
    Told {
        /// Who was told.
        mirror: Mirror,
        /// The update's revision.
        revision: u32,
        /// What it holds now.
        answer: Result<Held, Lost>,
    },
    /// Of `Work::DrawOfVisitor`.
    DrawnOfVisitor {
        /// The revision of the update that went with it.
        told: Option<u32>,
        /// Whether it has paid, and what the list holds now if an update went with it.
        answer: Result<Option<Held>, Denied>,
    },
    /// Of `Work::DrawOfAddress`.
    DrawnOfAddress {
        /// How many were asked for.
        count: u32,
        /// Whether it has paid.
        answer: Result<(), Denied>,
    },
    /// Of `Work::Introduce`.
    Introduced {
        /// What was told.
        introduction: SiteProfile,
        /// Whether it has it.
        answer: Result<(), Lost>,
    },
    /// Of `Work::Feed`.
    Fed {
        /// Which feed.
        feed: F,
        /// The number before the first event that was sent.
        after: Seq,
        /// Up to which event it has everything.
        answer: Result<Seq, Lost>,
    },
    /// Of `Work::Teach`.
    Taught {
        /// The revision of the lessons.
        revision: u32,
        /// The event after which they were these.
        up_to: Seq,
        /// What the library holds now.
        answer: Result<Held, Lost>,
    },
    /// Of `Work::Forget`.
    Forgotten {
        /// Who was to forget.
        by: Follower<F>,
        /// Whether it has.
        answer: Result<(), Lost>,
    },
    /// Of `Work::Wipe`.
    Wiped(Result<(), Lost>),
}
