//! The other objects, as far as a conversation asks them: what reaches them, what they answer, and what is lost on the way.

use std::sync::LazyLock;

use shared::assistant::{Found, Keywords, PeopleFirst, Rules, VisitorContext};
use shared::conversation::{
    Answer, Denied, Follower, Held, Looked, Lost, Mirror, Teaching, VisitorUpdate, Work, is_newer,
};
use shared::ids::ArticleId;
use shared::learning::Lesson;
use shared::protocol::{ApiError, ArticleRef, Destination, Millis, Placement, Priority, ReadMarks};

use super::feed::{Archive, TestFeed};
use super::given::{agreement, billing_team};
use super::{Happening, World};
use crate::Bug;

/// Keywords are not what is simulated, and reading two hundred of them for each message would be most of the time.
static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let none = Keywords::default;
    let people_first = PeopleFirst {
        pricing: none(),
        upgrade: none(),
        cancellation: none(),
        complaint: none(),
        at_risk: none(),
        not_helped: none(),
        person: none(),
        ..PeopleFirst::default()
    };
    Rules { people_first, ..Rules::default() }
});

/// What others have of one conversation.
#[derive(Debug, Clone, Default)]
pub(crate) struct Others {
    pub(crate) archive: Archive,
    /// What the library was taught, with the revision of that.
    pub(crate) lessons: Option<(u32, Vec<Lesson>)>,
    /// How many messages the visitor's and the address's objects have counted.
    pub(crate) visitor_paid: u32,
    pub(crate) address_paid: u32,
    /// How often messages may have been paid for in vain: an answer was lost, or a life that remembered a payment.
    pub(crate) excuses: u32,
    /// How many commands have used a grant up.
    pub(crate) spent: u32,
    /// Until when the last token held by which the visitor's object knows the visitor.
    pub(crate) introduced: Option<Millis>,
    /// Whether the terms were asked for in vain.
    pub(crate) was_termless: bool,
    /// What is just being done for the conversation, in which life, and since when by both clocks.
    pub(crate) busy: Vec<(Key, u32, Millis, Millis)>,
}

/// What no two loops may do at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Key {
    Debt(String),
    Tell(Mirror),
    Draw,
    Feed,
    Teach,
}

/// A call that is on its way.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) object: usize,
    pub(crate) number: usize,
    pub(crate) work: Work<TestFeed>,
    /// How long its answer takes from there; none if nobody waits for it.
    pub(crate) back: Option<Millis>,
}

/// A call that never comes back is given up by then, as the edge's loop gives it up.
const GIVEN_UP_AFTER: Millis = 31_000;
/// A call that has not come back for this long by the edge's clock counts as lost.
const LOST_AFTER: Millis = 30_000;
/// A call that runs for longer may be made again: clocks step by some seconds.
const TWICE_WITHIN: Millis = 15_000;

impl World {
    /// Sends a call on its way.
    pub(crate) fn call(&mut self, object: usize, number: usize, work: Work<TestFeed>) {
        self.notice_twice(object, &work);
        let there = if self.rng.chance(20) { self.rng.between(100, 2_500) } else { self.rng.between(1, 30) };
        let back = if self.rng.chance(10) { self.rng.between(100, 2_500) } else { self.rng.between(1, 200) };
        let is_asking = matches!(work, Work::AskTerms);
        let is_down = !self.inbox_is_up && matches!(work, Work::TellInbox(_) | Work::Forget(Follower::Mirror(_)));
        if is_down || self.loses(5) {
            self.others[object].was_termless |= is_asking;
            return self.after(there + back, Happening::Returns { number, answer: Box::new(lost(&work)) });
        }
        let back = if self.loses(5) {
            // It is done, and the loop hears nothing of that, sometimes for long.
            self.others[object].was_termless |= is_asking;
            let wait = if self.rng.chance(30) { GIVEN_UP_AFTER } else { back };
            if matches!(work, Work::DrawOfVisitor { .. } | Work::DrawOfAddress { .. }) {
                self.others[object].excuses += 1;
            }
            self.after(there + wait, Happening::Returns { number, answer: Box::new(lost(&work)) });
            None
        } else {
            Some(back)
        };
        let call = Call { object, number, work, back };
        if is_repeatable(&call.work) && self.loses(10) {
            // Nobody waits for a second answer.
            let again = Call { back: None, ..call.clone() };
            let wait = (there + self.rng.between(2, 400)) * 3;
            self.after(wait, Happening::Reaches(Box::new(again)));
        }
        self.after(there, Happening::Reaches(Box::new(call)));
    }

    /// A call reaches the other object, which does what it is asked for.
    pub(crate) fn reaches(&mut self, call: Call) {
        let is_dead = self.objects[call.object].life != self.loops[call.number].life;
        if is_dead && matches!(call.work, Work::Wipe) {
            return;
        }
        let answer = self.done(call.object, &call.work);
        let answer = match (self.bug, &call.work) {
            (Some(Bug::TermsNeverCome), Work::AskTerms) => lost(&call.work),
            (Some(Bug::GrantLostOnTheWay), Work::DrawOfVisitor { .. }) if self.rng.chance(50) => lost(&call.work),
            _ => answer,
        };
        if let Some(back) = call.back {
            self.after(back, Happening::Returns { number: call.number, answer: Box::new(answer) });
        }
    }

    fn done(&mut self, object: usize, work: &Work<TestFeed>) -> Answer<TestFeed> {
        let too_many = !self.healed && self.rng.chance(5);
        let others = &mut self.others[object];
        match work {
            Work::Search { about, text, case, .. } => {
                // The rules send some to people at once.
                let is_urgent = case.is_some() && text.bytes().map(u32::from).sum::<u32>().is_multiple_of(7);
                let people = is_urgent.then(billing);
                let looked =
                    Looked { people, found: found(text), rules: RULES.clone(), visitor: VisitorContext::default() };
                Answer::Found { about: about.clone(), looked: Ok(Box::new(looked)) }
            }
            Work::Route { about, .. } => {
                let place = self.rng.chance(50).then(billing);
                // Sooner or later somebody of the team has room, and the inbox says so, perhaps twice.
                if place.is_some() {
                    let wait = self.rng.between(50, 20_000);
                    self.after(wait, Happening::Seated { object });
                    self.after(wait + 300, Happening::Seated { object });
                }
                Answer::Placed { about: about.clone(), place: Ok(place) }
            }
            Work::AskTerms => Answer::Terms(Ok(agreement())),
            Work::TellInbox(update) => {
                let revision = update.summary.version;
                let held = self.inbox_takes(object, (*update.summary).clone(), update.facts.clone());
                Answer::Told { mirror: Mirror::Inbox, revision, answer: Ok(self.as_told(revision, held)) }
            }
            Work::TellVisitor(update) => {
                let held = self.list_takes(object, update);
                let answer = Ok(self.as_told(update.revision, held));
                Answer::Told { mirror: Mirror::Visitor, revision: update.revision, answer }
            }
            Work::DrawOfVisitor { count, update } => {
                let answer = if too_many { Err(Denied::Refused(ApiError::too_many(2_000))) } else { Ok(()) };
                others.visitor_paid += if answer.is_ok() { *count } else { 0 };
                let held = update.as_ref().map(|update| self.list_takes(object, update));
                let told = update.as_ref().map(|update| update.revision);
                Answer::DrawnOfVisitor { told, answer: answer.map(|()| held) }
            }
            Work::DrawOfAddress { count, .. } => {
                let answer = if too_many { Err(Denied::Refused(ApiError::too_many(2_000))) } else { Ok(()) };
                others.address_paid += if answer.is_ok() { *count } else { 0 };
                Answer::DrawnOfAddress { count: *count, answer }
            }
            Work::Introduce(introduction) => {
                others.introduced = others.introduced.max(Some(introduction.until));
                Answer::Introduced { introduction: introduction.clone(), answer: Ok(()) }
            }
            Work::Feed { feed, after, events } => {
                let has = if self.bug == Some(Bug::FeedSkips) && self.rng.chance(20) {
                    events.last().map_or(0, |last| last.seq)
                } else {
                    others.archive.take(events, self.bug)
                };
                Answer::Fed { feed: *feed, after: *after, answer: Ok(has) }
            }
            Work::Teach(teaching) => {
                let Teaching { revision, up_to, .. } = *teaching;
                let answer = Ok(self.library_takes(object, teaching));
                Answer::Taught { revision, up_to, answer }
            }
            Work::Forget(follower) => {
                match follower {
                    Follower::Mirror(Mirror::Inbox) => drop(self.inbox.remove(&object)),
                    Follower::Mirror(Mirror::Visitor) => drop(self.threads.remove(&object)),
                    Follower::Feed(TestFeed::Archive) => others.archive = Archive::default(),
                    Follower::Library if self.bug == Some(Bug::LessonsOutliveTheEnd) => {}
                    Follower::Library => others.lessons = None,
                }
                Answer::Forgotten { by: *follower, answer: Ok(()) }
            }
            Work::Wipe => {
                self.objects[object].store.wipe();
                self.objects[object].is_gone = true;
                self.reference[object].clear();
                self.marks[object] = ReadMarks::default();
                Answer::Wiped(Ok(()))
            }
        }
    }

    fn list_takes(&mut self, object: usize, update: &VisitorUpdate) -> Held {
        match self.threads.get(&object) {
            Some((revision, thread)) if !is_newer(Some(*revision), update.revision) => {
                Held { revision: *revision, agrees: *revision != update.revision || *thread == update.thread }
            }
            _ => {
                self.threads.insert(object, (update.revision, update.thread.clone()));
                Held::taken(update.revision)
            }
        }
    }

    /// The library takes what is newer, in the place of what it had.
    fn library_takes(&mut self, object: usize, teaching: &Teaching) -> Held {
        let takes_all = self.has(Bug::OlderLessonsTaken);
        let lessons = &mut self.others[object].lessons;
        match lessons {
            Some((held, all)) if *held >= teaching.revision && !takes_all => {
                Held { revision: *held, agrees: *held == teaching.revision && *all == teaching.lessons }
            }
            _ => {
                *lessons = Some((teaching.revision, teaching.lessons.clone()));
                Held::taken(teaching.revision)
            }
        }
    }

    /// With a planted bug: a mirror does not say what it holds.
    fn as_told(&self, revision: u32, held: Held) -> Held {
        if self.has(Bug::HeldNotTold) { Held::taken(revision) } else { held }
    }

    /// Two loops never do the same, unless the first one's call is taken for lost.
    fn notice_twice(&mut self, object: usize, work: &Work<TestFeed>) {
        let keys = match work {
            Work::Search { about, .. } | Work::Route { about, .. } => vec![Key::Debt(about.to_string())],
            Work::TellInbox(_) => vec![Key::Tell(Mirror::Inbox)],
            Work::TellVisitor(_) => vec![Key::Tell(Mirror::Visitor)],
            Work::DrawOfVisitor { update, .. } => {
                update.iter().map(|_| Key::Tell(Mirror::Visitor)).chain([Key::Draw]).collect()
            }
            Work::DrawOfAddress { .. } => vec![Key::Draw],
            Work::Feed { .. } => vec![Key::Feed],
            Work::Teach(_) => vec![Key::Teach],
            Work::AskTerms | Work::Introduce(_) | Work::Forget(_) | Work::Wipe => Vec::new(),
        };
        let (life, now, server_now) = (self.objects[object].life, self.now, self.server_now());
        for key in keys {
            let is_same = |(other, its_life, since, server_since): &&(Key, u32, Millis, Millis)| {
                // By a clock that was put back, or far forward, the first call is lost.
                let by_clock = server_now.checked_sub(*server_since);
                let is_under_way = by_clock.is_some_and(|since| since < LOST_AFTER);
                *other == key && *its_life == life && now - since < TWICE_WITHIN && is_under_way
            };
            if self.others[object].busy.iter().any(|one| is_same(&one)) {
                self.fail(|| format!("two loops do the same at once in conversation {object}: {key:?}"));
            }
            // An earlier call that was taken for lost is known to nobody any more.
            self.others[object].busy.retain(|(other, ..)| *other != key);
            self.others[object].busy.push((key, life, now, server_now));
        }
    }

    /// A call has come back, or was given up.
    pub(crate) fn landed(&mut self, object: usize, answer: &Answer<TestFeed>) {
        let keys = match answer {
            Answer::Found { about, .. } | Answer::Placed { about, .. } => vec![Key::Debt(about.to_string())],
            Answer::Told { mirror, .. } => vec![Key::Tell(*mirror)],
            Answer::DrawnOfVisitor { told, .. } => {
                told.iter().map(|_| Key::Tell(Mirror::Visitor)).chain([Key::Draw]).collect()
            }
            Answer::DrawnOfAddress { .. } => vec![Key::Draw],
            Answer::Fed { .. } => vec![Key::Feed],
            Answer::Taught { .. } => vec![Key::Teach],
            Answer::Terms(_) | Answer::Introduced { .. } | Answer::Forgotten { .. } | Answer::Wiped(_) => Vec::new(),
        };
        self.others[object].busy.retain(|(key, ..)| !keys.contains(key));
    }
}

/// Whether a late second arrival is harmless by what the other object keeps. A grant is asked for once.
fn is_repeatable(work: &Work<TestFeed>) -> bool {
    matches!(work, Work::Search { .. } | Work::TellInbox(_) | Work::TellVisitor(_) | Work::Feed { .. } | Work::Teach(_))
}

/// What is heard of a call that came to nothing.
fn lost(work: &Work<TestFeed>) -> Answer<TestFeed> {
    match work {
        Work::Search { about, .. } => Answer::Found { about: about.clone(), looked: Err(Lost) },
        Work::Route { about, .. } => Answer::Placed { about: about.clone(), place: Err(Lost) },
        Work::AskTerms => Answer::Terms(Err(Lost)),
        Work::TellInbox(update) => {
            Answer::Told { mirror: Mirror::Inbox, revision: update.summary.version, answer: Err(Lost) }
        }
        Work::TellVisitor(update) => {
            Answer::Told { mirror: Mirror::Visitor, revision: update.revision, answer: Err(Lost) }
        }
        Work::DrawOfVisitor { update, .. } => {
            Answer::DrawnOfVisitor { told: update.as_ref().map(|update| update.revision), answer: Err(Denied::Lost) }
        }
        Work::DrawOfAddress { count, .. } => Answer::DrawnOfAddress { count: *count, answer: Err(Denied::Lost) },
        Work::Introduce(introduction) => Answer::Introduced { introduction: introduction.clone(), answer: Err(Lost) },
        Work::Feed { feed, after, .. } => Answer::Fed { feed: *feed, after: *after, answer: Err(Lost) },
        Work::Teach(teaching) => {
            Answer::Taught { revision: teaching.revision, up_to: teaching.up_to, answer: Err(Lost) }
        }
        Work::Forget(follower) => Answer::Forgotten { by: *follower, answer: Err(Lost) },
        Work::Wipe => Answer::Wiped(Err(Lost)),
    }
}

/// The help centre has an article for every third message.
fn found(text: &str) -> Vec<Found> {
    let number = text.bytes().map(u32::from).sum::<u32>();
    if !number.is_multiple_of(3) {
        return Vec::new();
    }
    let id = ArticleId::parse(&format!("article-{}", number % 4)).unwrap_or_else(|error| panic!("{error}"));
    let article = ArticleRef { title: format!("About {id}"), id };
    vec![Found::Article { article, confidence: 0.9 }]
}

fn billing() -> Placement {
    Placement { to: Destination::Team(billing_team()), priority: Priority::High, ..Placement::default() }
}
