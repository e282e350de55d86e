//! The lists of conversations as agents get them: counted, in pages, in order.

use super::{Destination, Millis, Summary};
use crate::ids::{ConversationId, TeamId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A list of conversations as an agent calls it, `Mine` being their own. It travels as its `slug`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ListName {
    /// A visitor waits for a person, wherever that is.
    #[default]
    Waiting,
    /// The agent's own.
    Mine,
    /// With people, and nobody's yet.
    Unassigned,
    /// What no rule could place, until it is resolved.
    Escalations,
    /// A team's.
    Team(TeamId),
    /// What the assistant is still answering.
    Automatic,
    /// Out of sight until its time, or until the visitor writes.
    Snoozed,
    /// Solved.
    Solved,
    /// Every conversation.
    All,
}

/// Where a conversation stands in every list that holds it: `Summary::rank`, and its id among equals.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// The smallest comes first.
    pub rank: u64,
    /// Which conversation.
    pub id: ConversationId,
}

/// What an agent's page asks on `inbox/live?pages`. The first frame is a `Show`; before it nothing comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum InboxAsk {
    /// All counts, and a list from its beginning.
    Show {
        /// Which.
        list: ListName,
        /// The conversation that is open beside it, whose line is wanted too.
        #[serde(default)]
        open: Option<ConversationId>,
    },
    /// More of a list.
    More {
        /// Which.
        list: ListName,
        /// The last line that the page has; none for the list's beginning.
        #[serde(default)]
        after: Option<Position>,
    },
    /// One line, as of a conversation that is opened by a link.
    Line {
        /// Whose.
        id: ConversationId,
    },
}

/// A part of a list, in its order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPage {
    /// Of which list.
    pub list: ListName,
    /// The line that it follows; none for the list's beginning.
    pub after: Option<Position>,
    /// At most `PAGE_LINES`, and fewer if they are long. What was suggested before the first message is left out of their contexts.
    pub lines: Vec<Summary>,
    /// Whether more follow.
    pub more: bool,
}

/// A frame on `GET /api/w/{workspace}/inbox/live` (WebSocket, edge to inbox). `GET /api/w/{workspace}/inbox` answers with a
/// `Snapshot`, and with a query as of `InboxAsk` (`?list=`, `&after=RANK.ID`, `&open=`) with the frames that answer it, in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InboxFrame {
    /// Every conversation that is not resolved, and the last resolved ones; the first frame, unless the socket asks for pages.
    Snapshot(Vec<Summary>),
    /// How many conversations lists hold.
    Counts(Counts),
    /// A part of a list.
    Page(ListPage),
    /// A conversation that is new or has changed.
    Changed(Box<Summary>),
    /// A conversation that was erased: no list shows it any more.
    Forgotten {
        /// Which.
        id: ConversationId,
    },
}

/// How many conversations lists hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Whether these are all; a list that is not among them is empty then. Else they are those that have changed.
    pub whole: bool,
    /// For each list.
    pub lists: BTreeMap<ListName, u64>,
    /// The first who wait: with the oldest promise, and the longest without one.
    pub first: Vec<FirstWait>,
}

/// Somebody for whom nobody has waited longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstWait {
    /// In which conversation.
    pub id: ConversationId,
    /// Since when.
    pub since: Millis,
    /// When what was promised is broken.
    pub due: Option<Millis>,
}

/// As many lines as three screens show.
pub const PAGE_LINES: usize = 50;

/// What begins the slug of a team's list.
const TEAM: &str = "team";

impl ListName {
    /// Those that stand before the teams.
    pub const BEFORE_TEAMS: [Self; 4] = [Self::Waiting, Self::Mine, Self::Unassigned, Self::Escalations];
    /// Those that stand after them.
    pub const AFTER_TEAMS: [Self; 4] = [Self::Automatic, Self::Snoozed, Self::Solved, Self::All];

    /// The list that a place is in.
    pub fn of(destination: &Destination) -> Self {
        match destination {
            Destination::Escalations => Self::Escalations,
            Destination::Team(team) => Self::Team(team.clone()),
        }
    }

    /// Its name in addresses.
    pub fn slug(&self) -> String {
        String::from(match self {
            Self::Waiting => "waiting",
            Self::Mine => "mine",
            Self::Unassigned => "unassigned",
            Self::Escalations => "escalations",
            Self::Automatic => "automatic",
            Self::Snoozed => "snoozed",
            Self::Solved => "solved",
            Self::All => "all",
            // A team's id can have a `/` and never a dot.
            Self::Team(team) => return [TEAM, "/", &team.as_str().replace('/', ".")].concat(),
        })
    }

    /// The list with this slug.
    pub fn parse(slug: &str) -> Option<Self> {
        if let Some(team) = slug.strip_prefix(TEAM).and_then(|rest| rest.strip_prefix('/')) {
            return TeamId::parse(&team.replace('.', "/")).ok().map(Self::Team);
        }
        Self::BEFORE_TEAMS.into_iter().chain(Self::AFTER_TEAMS).find(|list| list.slug() == slug)
    }
}

impl From<ListName> for String {
    fn from(list: ListName) -> Self {
        list.slug()
    }
}

impl TryFrom<String> for ListName {
    type Error = &'static str;

    fn try_from(slug: String) -> Result<Self, Self::Error> {
        Self::parse(&slug).ok_or("this names no list")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_travels_as_its_slug() {
        let teams = ["billing", "eu/delivery"].map(|id| ListName::Team(TeamId::parse(id).unwrap()));
        for list in ListName::BEFORE_TEAMS.into_iter().chain(teams).chain(ListName::AFTER_TEAMS) {
            assert_eq!(ListName::parse(&list.slug()), Some(list.clone()));
            let counts = Counts { lists: BTreeMap::from([(list, 3)]), ..Counts::default() };
            let json = serde_json::to_string(&counts).unwrap();
            assert_eq!(serde_json::from_str::<Counts>(&json).unwrap(), counts);
        }
        for slug in ["", "team", "team/", "team/No Team", "nowhere", "all/x"] {
            assert_eq!(ListName::parse(slug), None, "{slug}");
        }
    }
}
