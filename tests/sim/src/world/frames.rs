//! What clients and conversations send to each other.

use shared::ids::EventId;
use shared::protocol::{AgentAction, AgentCommand, ApiError, Events, VisitorAction, VisitorCommand};

/// A command of either side.
#[derive(Debug, Clone)]
pub(crate) enum Command {
    Visitor(VisitorCommand),
    Agent(AgentCommand),
}

impl shared::client::Command for Command {
    fn id(&self) -> &EventId {
        match self {
            Command::Visitor(command) => command.id(),
            Command::Agent(command) => command.id(),
        }
    }

    fn words(&self) -> Option<&str> {
        match self {
            Command::Visitor(command) => command.words(),
            Command::Agent(command) => command.words(),
        }
    }

    fn stays(&self) -> bool {
        match self {
            Command::Visitor(command) => command.stays(),
            Command::Agent(command) => command.stays(),
        }
    }
}

impl Command {
    /// The same by an agent's page that does not say what its author had seen.
    pub(crate) fn unaware(&self) -> Self {
        match self {
            Command::Agent(AgentCommand { id, action: AgentAction::Reply { text, .. }, .. }) => {
                let action = AgentAction::Reply { text: text.clone(), seen: None };
                Command::Agent(AgentCommand { id: id.clone(), action, seen: None })
            }
            other => other.clone(),
        }
    }

    /// Up to which event it says that everything was read, if that is what it says.
    pub(crate) fn read_mark(&self) -> Option<u32> {
        match self {
            Command::Visitor(VisitorCommand { action: VisitorAction::Read { up_to }, .. })
            | Command::Agent(AgentCommand { action: AgentAction::Read { up_to }, .. }) => Some(*up_to),
            Command::Visitor(_) | Command::Agent(_) => None,
        }
    }
}

/// A frame from a client.
#[derive(Debug, Clone)]
pub(crate) enum Up {
    Hello { have: u32 },
    Do(Box<Command>),
    Ping,
}

/// A frame to a client.
#[derive(Debug, Clone)]
pub(crate) enum Down {
    Events(Events),
    Accepted(EventId),
    Refused(Option<EventId>, ApiError),
    Pong,
}

/// A request that waits for an answer.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) end: usize,
    /// Which life of the tab asked: a reloaded one does not hear the answer.
    pub(crate) life: u32,
    pub(crate) have: u32,
    pub(crate) command: Option<Command>,
    /// Whether it stands in the place of a socket and waits for what is new. Here it is answered at once.
    pub(crate) held: bool,
}
