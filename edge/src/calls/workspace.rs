//! What a workspace can be asked.

use crate::names::{AddressName, ObjectName, SessionDigest, SessionToken};
use crate::platform::now;
use serde::{Deserialize, Serialize};
use shared::assistant::{AssistantCase, AssistantExplanation, Found, Rules};
use shared::deadlines::{Promises, Terms};
use shared::hours::{AroundTheClock, Office, Schedule, expected_reply};
use shared::ids::{AnswerId, ArticleId, WorkspaceId};
use shared::operations::Operations;
use shared::protocol::{
    AnswerSource, Article, ArticleSource, Content, Expected, Invitation, ListedArticle, Me, Millis, NewWorkspace,
    Published, RenewedSecret, Roster, Setup, SetupState, WorkspaceSecrets,
};
use shared::readership::Reader;
use shared::routing::{Case, Decision, Explanation, Member};
use shared::settings::{PanelSettings, Settings};
use std::sync::Arc;

calls! {
    /// Holds what the site owner publishes, and the agents.
    Workspace:
    /// Makes the workspace and its secrets; those that are given are taken.
    Make { workspace: WorkspaceId, secrets: NewWorkspace } -> WorkspaceSecrets;
    /// Whether a token publishes here: its digest, and whether it is the one of the environment. Refused if not.
    AdmitPublisher { digest: String, is_shared: bool } -> ();
    /// Makes another token for publishing.
    RenewPublishToken -> RenewedSecret;
    /// Makes another key for identities.
    RenewIdentityKey -> RenewedSecret;
    /// The keys with which the site may have signed an identity.
    ListIdentityKeys -> Vec<String>;
    /// Whether it was made; refused if not, as every other question but `Make` is.
    Exists -> ();
    /// Changes what is published, all or nothing.
    Publish { change: Change } -> Published;
    /// What the panel's start needs.
    Boot { locale: String } -> BootFacts;
    /// The origins whose pages may hold the panel.
    ListOrigins -> Vec<String>;
    /// An article, if the reader may read it.
    ReadArticle { locale: String, id: ArticleId, reader: Reader } -> Article;
    /// The articles of a language, by title, for the team.
    ListArticles { locale: String } -> Vec<ListedArticle>;
    /// Searches answers and articles for a sent message, by the path of its page, and by the products that its visitor uses, among
    /// what the visitor may read.
    Match { text: String, locale: String, page: String, products: Vec<String>, reader: Reader } -> Matched;
    /// Why the assistant says what it says about a sample, or nothing.
    ExplainAssistant { case: Box<AssistantCase> } -> AssistantExplanation;
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

/// What the site owner puts; the door has made sure that it can be taken.
#[derive(Serialize, Deserialize)]
pub(crate) enum Change {
    /// All documents; what is left out is removed.
    Everything(Box<Content>),
    Settings(Box<Settings>),
    Operations(Box<Operations>),
    /// All articles; those that are left out are removed.
    Articles(Vec<ArticleSource>),
    Article(Box<ArticleSource>),
    /// The article in this language is removed.
    NoArticle(String, ArticleId),
    /// All answers; those that are left out are removed.
    Answers(Vec<AnswerSource>),
    Answer(Box<AnswerSource>),
    /// The answer in this language is removed.
    NoAnswer(String, AnswerId),
}

/// What the panel's start needs to know of the workspace.
#[derive(Serialize, Deserialize)]
pub(crate) struct BootFacts {
    pub(crate) panel: PanelSettings,
    pub(crate) locale: String,
    /// The hash of the index of `locale`.
    pub(crate) index: Option<String>,
    pub(crate) terms: WorkspaceTerms,
}

/// What the assistant decides on.
#[derive(Serialize, Deserialize)]
pub(crate) struct Matched {
    /// What was found for a message, best first.
    pub(crate) found: Vec<Found>,
    /// What the site owner wants.
    pub(crate) rules: Rules,
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
