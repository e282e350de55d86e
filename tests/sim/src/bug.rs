//! Bugs that are planted on purpose, one for each promise: what does not find them would not find ours.

use shared::client::Side;

/// What is wrong in a simulated world. A client's bug is planted at one side at a time, and found at each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bug {
    /// "Shown as sent means stored": a command is acknowledged before it is written.
    AckBeforeWrite,
    /// "It appears once": the store does not know a command again by its id.
    NoDedupe,
    /// "The outbox survives a reload": the browser's storage is not read back.
    OutboxDroppedAtReload(Side),
    /// "Sending resumes by itself": what a broken socket carried is not sent again.
    CarriedForgotten(Side),
    /// The same: what the edge has refused only for now is given up.
    RefusedForNowDropped(Side),
    /// "Half-open sockets are noticed": silence is not asked about.
    HalfOpenUnnoticed(Side),
    /// "Between objects nothing falls": the inbox takes whatever comes last.
    InboxTakesOlder,
    /// The same: what the lists must still learn does not outlive a crash.
    UntoldForgottenAtCrash,
    /// The same: the alarm is set after the write, and a crash between the two loses it.
    AlarmAfterWrite,
    /// "The assistant answers what was sent": its duty does not outlive a crash.
    OwedForgottenAtCrash,
    /// "One order for everybody": events are sent before they are written.
    BroadcastBeforeCommit,
    /// The same: a client does not ask for what it is missing.
    GapIgnored,
    /// The same: a client that is back does not say how far it is, and gets only what is new.
    HelloWithoutHistory,
    /// The same: after a reload, what waits is sent in the order of a clock that was put back.
    OrderByDeviceClock,
    /// "Unread counts agree": a late read mark takes the newer one's place.
    ReadMarkBackwards,
    /// The same: the other tabs are not told of a read mark.
    ReadMarkNotSent,
    /// "The assistant says a thing once": that a message is done with is not stored with what it says, so it decides again.
    DoneNotWithAnswer,
    /// "Reports count what happened, once": what must still be counted does not outlive a crash.
    FactsForgottenAtCrash,
    /// The same: what comes with a line is counted whether or not it was before.
    FactsCountedAgain,
    /// "Each message is paid for": what is left of a grant does not outlive a sleep.
    GrantForgottenAtSleep,
    /// "Each message is paid for, and each payer pays once": what was paid for is lost, and paid for again.
    GrantLostOnTheWay,
    /// "Each call is made by one loop": the machine does not know what is under way.
    TwoLoopsDoTheSame,
    /// "Nobody waits past a promise unseen": the terms are asked for and never come.
    TermsNeverCome,
    /// "Unread counts agree": the machine is not told that the visitor has left.
    WatcherForgotten,
    /// "A feed has every event once, in order": what was not taken is acknowledged.
    FeedSkips,
    /// The same: what comes twice is taken twice.
    FeedTakenTwice,
    /// "A lesson is taught once": the library takes whatever comes last.
    OlderLessonsTaken,
    /// "Everything about a visitor can be erased": what a conversation has taught outlives it.
    LessonsOutliveTheEnd,
    /// "Everything about a visitor can be erased": a conversation takes messages while it is being ended.
    EndTakesMessages,
    /// "A clock that was wrong puts nothing off": the edge goes by the latest time that it was ever told.
    ClockAheadBelieved,
    /// The same: an alarm that was set while the clock was ahead waits until then.
    AlarmGoesByTheClock,
    /// "Lists and conversations from copies of two instants agree again": a mirror does not say what it holds.
    HeldNotTold,
    /// The same: a client does not notice that its copy has other events than the edge.
    OtherLogNotNoticed,
    /// "A reply knows what its author had seen": the edge takes it whatever was written since.
    UnseenIgnored,
}

impl Bug {
    /// All of them.
    pub const ALL: [Bug; 38] = [
        Bug::AckBeforeWrite,
        Bug::NoDedupe,
        Bug::OutboxDroppedAtReload(Side::Visitor),
        Bug::OutboxDroppedAtReload(Side::Agent),
        Bug::CarriedForgotten(Side::Visitor),
        Bug::CarriedForgotten(Side::Agent),
        Bug::RefusedForNowDropped(Side::Visitor),
        Bug::RefusedForNowDropped(Side::Agent),
        Bug::HalfOpenUnnoticed(Side::Visitor),
        Bug::HalfOpenUnnoticed(Side::Agent),
        Bug::InboxTakesOlder,
        Bug::UntoldForgottenAtCrash,
        Bug::AlarmAfterWrite,
        Bug::OwedForgottenAtCrash,
        Bug::BroadcastBeforeCommit,
        Bug::GapIgnored,
        Bug::HelloWithoutHistory,
        Bug::OrderByDeviceClock,
        Bug::ReadMarkBackwards,
        Bug::ReadMarkNotSent,
        Bug::DoneNotWithAnswer,
        Bug::FactsForgottenAtCrash,
        Bug::FactsCountedAgain,
        Bug::GrantForgottenAtSleep,
        Bug::GrantLostOnTheWay,
        Bug::TwoLoopsDoTheSame,
        Bug::TermsNeverCome,
        Bug::WatcherForgotten,
        Bug::FeedSkips,
        Bug::FeedTakenTwice,
        Bug::OlderLessonsTaken,
        Bug::LessonsOutliveTheEnd,
        Bug::EndTakesMessages,
        Bug::ClockAheadBelieved,
        Bug::AlarmGoesByTheClock,
        Bug::HeldNotTold,
        Bug::OtherLogNotNoticed,
        Bug::UnseenIgnored,
    ];

    /// Its name in `seeds.txt`.
    pub fn name(self) -> String {
        format!("{self:?}")
    }
}
