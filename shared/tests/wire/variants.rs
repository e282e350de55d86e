//! The names of all variants of a type. The matches have no wildcard: a new variant does not compile until it is named
//! here, and what is named here must have a snapshot.

use shared::assistant::{AssistantExplanation, Decision, WhyNot};
use shared::problem::{Problem, ProblemCode};
use shared::protocol::*;
use shared::richtext::{Block, Span};
use shared::settings::{PanelSettings, Settings};

/// A type of the wire.
pub(crate) trait Variants {
    /// The names of the variants; none for a struct.
    const ALL: &'static [&'static str];
    /// Which one this is.
    fn variant(&self) -> Option<&'static str>;
}

macro_rules! enums {
    ($($name:ident: $($variant:ident)*;)*) => {$(
        impl Variants for $name {
            const ALL: &'static [&'static str] = &[$(stringify!($variant)),*];
            fn variant(&self) -> Option<&'static str> {
                Some(match self { $($name::$variant { .. } => stringify!($variant),)* })
            }
        }
    )*};
}

macro_rules! structs {
    ($($name:ident)*) => {$(
        impl Variants for $name {
            const ALL: &'static [&'static str] = &[];
            fn variant(&self) -> Option<&'static str> { None }
        }
    )*};
}

enums! {
    VisitorAction: Say AskPerson Helped Rate LeaveAddress Read;
    VisitorFrame: Hello Do Typing;
    ConversationFrame: Events Accepted Refused Typing;
    AgentAction: Reply Resolve Reopen Assign Snooze Wake Read;
    AgentFrame: Hello Do Typing;
    CompanyFrame: Looking Typing;
    InboxFrame: Snapshot Counts Page Changed Forgotten;
    InboxAsk: Show More Line;
    Author: Visitor Assistant System Agent;
    What: Context Said Answered Suggested FoundNothing Helped HandedOff Assigned Snoozed Resurfaced
        Rated AddressLeft Resolved Reopened Unseen;
    HandOffReason: Asked NotHelped NothingFound PersonJoined ByRule Pricing Upgrade Cancellation Complaint AtRisk HighTouch
        NewCustomer;
    Destination: Escalations Team;
    Priority: Low Normal High Urgent;
    Resurface: SnoozeOver Woken ReplyDue ReplyLate Forgotten;
    Survey: Satisfaction Effort;
    Status: Automatic Waiting Replied Resolved;
    Decision: Answer Suggest Ask HandOff Silent;
    WhyNot: NotSure Tried Opened Dismissed Read Given FromHelpCentre AnswerFirst EnoughOthers PeopleFirst WithPeople;
    Block: Heading Paragraph List Code Quote Callout Details Table Figure Terms Rule Anchor;
    Span: Text Strong Emphasis Struck Code Key Raised Lowered Link Article Jump Picture Task Break;
    ProblemCode: UnknownTeam UnknownAgent DuplicateId MissingId EmptyRule EmptyCondition CatchAllWithConditions UnreachableRule
        EmptyTeam UnknownZone InvalidShift InvalidDate NeverOpen InvalidTarget InvalidShape InvalidOrigin TooManyOrigins
        InvalidLocale InvalidRetention InvalidColor InvalidSize InvalidFont NotAPicture UnknownWords MissingGap UnknownGap NameToStrangers UnsafeAddress TooLong TooMany TooManyMarks InvalidId EmptyTitle EmptyAudience InvalidPercentage
        WrongPlace EmptyName UnknownArticle RestrictedArticle OtherSpelling EmptyText NotShown DeadLink NoDescription NoPicture SameTitle NotTaught MoreWarnings;
}

structs! {
    Boot KnownProblem Section Sections Messages MessageText Expected CommandRequest VisitorCommand Events Glimpse Base Threads Thread Resolution
    SetupState Setup SignIn Me AgentCommandRequest AgentCommand Summary HandOff
    Roster Colleague TeamLine ListedArticle Invitation Away Report ExplainRequest
    AssistantExplainRequest AssistantExplanation
    Event Context Told Shown ArticleRef ReadMarks Placement
    Content Settings PanelSettings Articles ArticleSource Answers AnswerSource Published PublishedIndex Article AnswerToRead
    ErrorBody ApiError Problem
    NewWorkspace WorkspaceSecrets RenewedSecret
    VisitorExport ConversationExport Erasure VisitorOf Profile
}
