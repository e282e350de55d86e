//! What a workspace can be asked.

use super::spare::Dump;
use crate::names::{AddressName, ObjectName, SessionDigest, SessionToken};
use crate::platform::now;
use serde::{Deserialize, Serialize};
use shared::deadlines::{Promises, Terms};
use shared::hours::{AroundTheClock, Office, Schedule, expected_reply};
use shared::ids::WorkspaceId;
use shared::operations::Operations;
use shared::protocol::{
    Expected, Invitation, Me, Millis, NewWorkspace, RenewedSecret, Roster, Setup, SetupState, WorkspaceSecrets,
};
use shared::routing::{Case, Decision, Explanation, Member};
use shared::settings::{Outage, OwnWords, PanelSettings, ProactiveMessage, Settings};
use std::sync::Arc;

calls! {
    /// Holds what the site owner has decided, and the agents.
    Workspace:
    /// Makes the workspace and its secrets; those that are given are taken.
    Make { workspace: WorkspaceId, secrets: NewWorkspace } -> WorkspaceSecrets;
    /// Whether a token publishes here: its digest, and whether it is the one of the environment. Refused if not.
    AdmitPublisher { digest: String, is_shared: bool } -> ();
    /// Makes another token for publishing, for a token that still publishes: of two who renew it at once, one has the new one.
    RenewPublishToken { digest: String, is_shared: bool } -> RenewedSecret;
    /// Makes another key for identities, for a token that publishes.
    RenewIdentityKey { digest: String, is_shared: bool } -> RenewedSecret;
    /// The keys with which the site may have signed an identity.
    ListIdentityKeys -> Vec<String>;
    /// Whether it was made; refused if not, as every other question but `Make` is.
    Exists -> ();
    /// What the panel's start needs.
    Boot -> BootFacts;
    /// The library has stored these with what was published: they hold from now on.
    Adopt { settings: Option<Box<Settings>>, operations: Option<Box<Operations>> } -> ();
    /// A part of what was published here before there was a library; none past the last one.
    HandOver { part: u32 } -> Option<Dump>;
    /// The library has all of it.
    LetGo -> ();
    /// The origins whose pages may hold the panel.
    ListOrigins -> Vec<String>;
    /// Where a conversation belongs by the routing rules.
    Route { case: Box<Case> } -> Routed;
    /// Why it belongs there.
    ExplainRoute { case: Box<Case> } -> Explanation;
    /// Whether the first agent is still to be made, and why a token makes none.
    IsSetupNeeded { token: Option<String>, is_shared: bool } -> SetupState;
    /// Makes the first agent by the workspace's token, or a further one by an invitation. `is_shared` says that the token is the one
    /// of the environment.
    SetUp { setup: Setup, is_shared: bool } -> SignedIn;
    /// Signs an agent in, who comes from this address, perhaps in a browser that is known already.
    SignIn { workspace: WorkspaceId, sign_in: shared::protocol::SignIn, from: AddressName, browsers: Vec<String> } -> SignedIn;
    /// Ends a session. Answers the names of the conversations to which it has opened sockets.
    SignOut { session: SessionToken } -> Vec<ObjectName>;
    /// Who has the first of these sessions that has not ended; remembers the name of the conversation to which it is about to open a
    /// socket.
    WhoIs { sessions: Vec<SessionToken>, opens: Option<ObjectName> } -> Seated;
    /// What holds for every conversation.
    ReadTerms -> WorkspaceTerms;
    /// Everybody who can be given a conversation.
    ListTeam -> Roster;
    /// Makes an invitation.
    Invite -> Invitation;
}

/// What the panel's start needs to know of the workspace.
#[derive(Serialize, Deserialize)]
pub(crate) struct BootFacts {
    pub(crate) panel: PanelSettings,
    pub(crate) words: OwnWords,
    pub(crate) outage: Option<Outage>,
    pub(crate) messages: Vec<ProactiveMessage>,
    pub(crate) terms: WorkspaceTerms,
}

/// Where a conversation belongs by the rules, and among whom a person of the team is chosen.
#[derive(Serialize, Deserialize)]
pub(crate) struct Routed {
    pub(crate) decision: Decision,
    pub(crate) members: Vec<Member>,
}

/// A fortnight: long enough not to annoy, short enough for a lost laptop.
pub(crate) const SESSION_DAYS: u64 = 14;

/// A new session: its secret is known to the agent's browser only.
#[derive(Serialize, Deserialize)]
pub(crate) struct SignedIn {
    pub(crate) me: Me,
    pub(crate) session: SessionToken,
    /// What the browser is known by from here on.
    pub(crate) browser: String,
}

/// An agent, and the session by which they were known.
#[derive(Serialize, Deserialize)]
pub(crate) struct Seated {
    pub(crate) me: Me,
    pub(crate) session: SessionDigest,
}

/// What holds for every conversation of a workspace.
#[derive(Serialize, Deserialize)]
pub(crate) struct WorkspaceTerms {
    /// For how many days a quiet conversation is kept.
    pub(crate) retention_days: u32,
    /// How soon people are answered.
    pub(crate) promises: Promises,
    /// When people are there; always, if none.
    pub(crate) hours: Option<Schedule>,
    /// Whether there are rules that give a conversation to people before the assistant answers.
    pub(crate) rules_come_first: bool,
}

impl WorkspaceTerms {
    /// What waiting is measured by. A schedule is proven before it is published; one that cannot be read all the same
    /// counts as being there always, so that nobody's wait is hidden.
    pub(crate) fn of_waiting(&self) -> Terms {
        let office = self.hours.as_ref().and_then(|schedule| Office::new(schedule).ok());
        let promises = self.promises.clone();
        match office {
            Some((office, _)) => Terms { promises, working: Arc::new(office) },
            None => Terms { promises, working: Arc::new(AroundTheClock) },
        }
    }

    /// When a reply is to be expected, by the working times of the last first replies, the newest first.
    pub(crate) fn expected(&self, replies: &[Millis]) -> Expected {
        expected_reply(self.of_waiting().working.as_ref(), replies, now())
    }
}
