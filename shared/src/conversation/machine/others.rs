//! What other objects say, and who they are.

use crate::assistant::{Found, Rules, VisitorContext};
use crate::conversation::Mirror;
use crate::deadlines::Terms;
use crate::protocol::{ApiError, Millis, Placement, Profile};
use serde::{Deserialize, Serialize};

/// What a workspace says of all of its conversations.
#[derive(Debug, Clone)]
pub struct Agreement {
    /// For how long a quiet conversation is kept, in milliseconds.
    pub kept_ms: Millis,
    /// What waiting is measured by.
    pub terms: Terms,
    /// Whether there are rules that give a conversation to people before the assistant answers.
    pub rules_come_first: bool,
}

/// What a site says of a visitor in a token that it has signed. Of two, the one that holds longer was made later and counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteProfile {
    /// Who the visitor is.
    pub profile: Profile,
    /// Until when the token holds.
    pub until: Millis,
}

/// What a search has found, and what else the assistant decides on.
#[derive(Debug, Clone, Default)]
pub struct Looked {
    /// Where people get it by the rules before the assistant answers; then nothing else was looked for.
    pub people: Option<Placement>,
    /// The answers and articles, best first.
    pub found: Vec<Found>,
    /// The site's rules.
    pub rules: Rules,
    /// What is known of the visitor.
    pub visitor: VisitorContext,
}

/// Another object that has something of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Follower<F> {
    /// A mirror.
    Mirror(Mirror),
    /// A feed.
    Feed(F),
    /// The library, which the conversation may have taught.
    Library,
}

/// A call came to nothing: the other object is away, or has failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost;

/// Why no messages were granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Denied {
    /// There are none now.
    Refused(ApiError),
    /// The call came to nothing.
    Lost,
}
