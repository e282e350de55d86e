//! Everything there is in one place: who acts, what is on its way, and the time.

mod alarm;
mod check;
mod check_others;
mod drive;
mod end;
mod feed;
mod follow;
mod frames;
mod given;
mod net;
mod object;
mod others;
mod people;
mod requests;
mod restore;
mod rng;
mod scenes;
mod store;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use shared::client::Pending;
use shared::conversation::{Answer, Counted, Held, agrees, is_newer};
use shared::ids::EventId;
use shared::protocol::{ApiError, Event, Events, Millis, ReadMarks, Summary, Thread};
use shared::report::Fact;

use crate::Bug;
use drive::Loop;
use end::End;
use feed::TestFeed;
use frames::{Command, Down, Request, Up};
use net::Socket;
use object::Object;
use others::{Call, Others};
use rng::Rng;
use store::Disk;

/// What will happen.
#[derive(Debug, Clone)]
pub(crate) enum Happening {
    Act,
    ClockIsRight,
    SocketOpens(usize),
    SocketCloses(usize),
    Up(usize, Up),
    Down(usize, Down),
    Arrives(Request, bool),
    /// The answer to a request; none if the network or the edge failed.
    Answers(Request, Option<Result<Events, ApiError>>),
    LinkTime(usize, u32),
    Retry(usize, u32),
    Look(usize, u32),
    ReadAgain(usize),
    Alarm(usize),
    /// An alarm was set this long ago that it is looked whether the clock shows less than it should.
    Watched {
        object: usize,
        life: u32,
        until: Millis,
    },
    Seated {
        object: usize,
    },
    /// A call reaches another object.
    Reaches(Box<Call>),
    /// Its answer comes back to the loop that has made it.
    Returns {
        number: usize,
        answer: Box<Answer<TestFeed>>,
    },
    /// A client waits no longer for the answer to a request.
    GivenUp(u64),
    SaysMore(usize),
    Leaves(usize),
    LooksAtList(usize),
    AgentWrites(usize),
    Ends(usize),
    /// An agent sends a reply again that was held back.
    SendsAgain(usize, String),
    /// A copy of an object's storage takes its place.
    Restored(usize, Box<Disk>),
}

/// A message that a person wrote, as the reference model knows it.
#[derive(Debug, Clone)]
pub(crate) struct Intent {
    pub(crate) object: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
}

/// The browser's storage on one device, shared by its tabs, and the device's clock.
#[derive(Debug, Clone, Default)]
pub(crate) struct Device {
    pub(crate) kept: BTreeMap<EventId, Pending<Command>>,
    pub(crate) is_online: bool,
    pub(crate) skew: i64,
}

/// The world.
pub(crate) struct World {
    pub(crate) rng: Rng,
    pub(crate) bug: Option<Bug>,
    pub(crate) now: Millis,
    /// How far the server's clock is off.
    pub(crate) skew: i64,
    /// When that has last changed.
    stepped_at: Millis,
    /// The latest time that it has shown.
    latest: Cell<Millis>,
    /// Whether the trouble is over: nothing is lost any more.
    pub(crate) healed: bool,
    pub(crate) healed_at: Millis,
    queue: BTreeMap<(Millis, u64), Happening>,
    queued: u64,
    pub(crate) ends: Vec<End>,
    pub(crate) devices: Vec<Device>,
    pub(crate) sockets: Vec<Socket>,
    pub(crate) objects: Vec<Object>,
    /// The inbox's rows, by conversation.
    pub(crate) inbox: BTreeMap<usize, Summary>,
    /// What the reports have counted, by conversation.
    pub(crate) counted: BTreeMap<usize, Vec<Fact>>,
    /// The visitors' rows, by conversation: each has one visitor.
    pub(crate) threads: BTreeMap<usize, (u32, Thread)>,
    pub(crate) inbox_is_up: bool,
    /// What other objects have, by conversation.
    pub(crate) others: Vec<Others>,
    /// Until when the last token of the visitor of each conversation holds.
    pub(crate) presented: Vec<Option<Millis>>,
    /// The loops of all objects.
    pub(crate) loops: Vec<Loop>,
    /// The requests whose answers somebody waits for.
    pub(crate) open_requests: BTreeMap<u64, Request>,
    pub(crate) requests: u64,
    /// Everything that clients were told is stored.
    pub(crate) acknowledged: BTreeSet<(usize, EventId)>,
    /// What people did that the edge has neither taken nor refused for good.
    pub(crate) unsettled: BTreeSet<EventId>,
    pub(crate) intents: Vec<Intent>,
    /// What agents replied: who, and up to which event they had seen everything.
    pub(crate) replied: BTreeMap<EventId, (usize, u32)>,
    /// Per conversation, the log as it was when it was last looked at.
    pub(crate) reference: Vec<Vec<Event>>,
    /// Per conversation, how far each side had read then.
    pub(crate) marks: Vec<ReadMarks>,
    /// Per conversation, when each event was really stored.
    pub(crate) really: Vec<Vec<Millis>>,
    /// What was stored and lost by a restored copy.
    pub(crate) lost: BTreeSet<EventId>,
    /// Per conversation, how often it was restored from an older copy.
    pub(crate) restored: Vec<u32>,
    pub(crate) ids: u32,
    /// How many texts people have written.
    pub(crate) written: u32,
    pub(crate) story: Option<Vec<String>>,
    pub(crate) failure: Option<String>,
}

/// A moment in 2026: any would do from which clocks can step back.
const BEGINNING: Millis = 1_795_000_000_000;

impl World {
    pub(crate) fn new(seed: u64, bug: Option<Bug>, tells: bool) -> Self {
        Self {
            rng: Rng::new(seed),
            bug,
            now: BEGINNING,
            skew: 0,
            stepped_at: 0,
            latest: Cell::new(0),
            healed: false,
            healed_at: 0,
            queue: BTreeMap::new(),
            queued: 0,
            ends: Vec::new(),
            devices: Vec::new(),
            sockets: Vec::new(),
            objects: Vec::new(),
            inbox: BTreeMap::new(),
            counted: BTreeMap::new(),
            threads: BTreeMap::new(),
            inbox_is_up: true,
            others: Vec::new(),
            presented: Vec::new(),
            loops: Vec::new(),
            open_requests: BTreeMap::new(),
            requests: 0,
            acknowledged: BTreeSet::new(),
            unsettled: BTreeSet::new(),
            intents: Vec::new(),
            replied: BTreeMap::new(),
            reference: Vec::new(),
            marks: Vec::new(),
            really: Vec::new(),
            lost: BTreeSet::new(),
            restored: Vec::new(),
            ids: 0,
            written: 0,
            story: tells.then(Vec::new),
            failure: None,
        }
    }

    pub(crate) fn has(&self, bug: Bug) -> bool {
        self.bug == Some(bug)
    }

    /// The server's clock.
    pub(crate) fn server_now(&self) -> Millis {
        let now = self.now.saturating_add_signed(self.skew);
        self.latest.set(self.latest.get().max(now));
        if self.has(Bug::ClockAheadBelieved) { self.latest.get() } else { now }
    }

    /// The clock of a client's device.
    pub(crate) fn device_now(&self, end: usize) -> Millis {
        self.now.saturating_add_signed(self.devices[self.ends[end].device].skew)
    }

    /// Lets something happen after a while.
    pub(crate) fn after(&mut self, wait: Millis, happening: Happening) {
        self.queued += 1;
        self.queue.insert((self.now + wait, self.queued), happening);
    }

    /// The next thing that happens, up to a time.
    pub(crate) fn next_until(&mut self, end: Millis) -> Option<Happening> {
        let first = self.queue.first_entry()?;
        if first.key().0 > end {
            return None;
        }
        self.now = self.now.max(first.key().0);
        Some(first.remove())
    }

    /// The edge was stopped for a copy to be put back: what was on its way from and to a conversation comes to nothing.
    pub(crate) fn interrupt(&mut self, object: usize) {
        let ends = &self.ends;
        self.queue.retain(|_, happening| !matches!(happening, Happening::Reaches(call) if call.object == object));
        for happening in self.queue.values_mut() {
            if let Happening::Answers(request, result) = happening
                && ends[request.end].object == object
            {
                *result = None;
            }
        }
    }

    /// An id as a client makes it.
    pub(crate) fn fresh_id(&mut self) -> EventId {
        self.ids += 1;
        EventId::parse(&format!("c{}", self.ids)).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Writes a line of the story, if one is told.
    pub(crate) fn tell(&mut self, line: impl FnOnce() -> String) {
        let seconds = (self.now - BEGINNING) as f64 / 1_000.0;
        if let Some(story) = &mut self.story {
            story.push(format!("{seconds:8.2} s  {}", line()));
        }
    }

    /// A promise is broken.
    pub(crate) fn fail(&mut self, promise: impl FnOnce() -> String) {
        if self.failure.is_none() {
            let promise = promise();
            self.tell(|| format!("BROKEN: {promise}"));
            self.failure = Some(promise);
        }
    }

    /// A row of the inbox, unless a newer one is there. With it come the facts that the last one did not know.
    pub(crate) fn inbox_takes(&mut self, object: usize, line: Summary, facts: Vec<Counted>) -> Held {
        let known = self.inbox.get(&object).map(|held| held.version);
        if let Some(held) = self.inbox.get(&object)
            && !is_newer(known, line.version)
            && !self.has(Bug::InboxTakesOlder)
        {
            return Held { revision: held.version, agrees: held.version != line.version || agrees(held, &line) };
        }
        let taken = Held::taken(line.version);
        let counts_all = self.has(Bug::FactsCountedAgain);
        let news = facts.into_iter().filter(|counted| counts_all || is_newer(known, counted.revision));
        self.counted.entry(object).or_default().extend(news.map(|counted| counted.fact));
        self.inbox.insert(object, line);
        taken
    }
}
