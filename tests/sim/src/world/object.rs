//! A conversation's object: the product's machine over a store, driven as the edge drives it, and killed at any write.

use shared::client::Command as _;
use shared::conversation::{Aim, Input, Machine, Meta, SiteProfile, Store, Write, check_beginning, for_visitor};
use shared::ids::{ConversationId, VisitorId, WorkspaceId};
use shared::protocol::{ApiError, ErrorCode, Events, Profile, ReadMarks};

use super::drive::{Caller, Then, command_input};
use super::feed::TestFeed;
use super::frames::{Command, Down, Request, Up};
use super::given::{DAY_MS, TUNING, agreement};
use super::store::{Broken, MemStore};
use super::{Happening, World};
use crate::Bug;

/// One conversation on the edge.
pub(crate) struct Object {
    pub(crate) store: MemStore,
    pub(crate) machine: Machine<TestFeed>,
    /// Which life this is: what an earlier one waited for is not heard any more.
    pub(crate) life: u32,
    pub(crate) id: ConversationId,
    pub(crate) visitor: VisitorId,
    /// The alarm that is on its way.
    pub(crate) wound: Option<u64>,
    /// When that was set, really and by the server's clock.
    pub(crate) wound_at: (u64, u64),
    /// Until when it is looked whether the clock is put back.
    pub(crate) watched_until: u64,
    /// Whether the clock has stepped when nobody looked, and nobody has touched the conversation since.
    pub(crate) is_unwatched: bool,
    /// Whether the alarm is being handled: until then it counts as set.
    pub(crate) rings: bool,
    /// The loops that wait for what others do.
    pub(crate) waiting: Vec<usize>,
    /// Whether a visitor has ever looked.
    pub(crate) was_watched: bool,
    /// Whether nothing was on its way to others when its visitor left.
    pub(crate) was_calm: bool,
    /// Whether all of it was deleted.
    pub(crate) is_gone: bool,
    /// Whether it is being ended, as the object that ends it knows.
    pub(crate) ends: bool,
    /// With a planted bug: a machine that does not know that the conversation is being ended.
    pub(crate) lasting: Option<Machine<TestFeed>>,
}

impl Object {
    pub(crate) fn new(number: usize, bug: Option<Bug>, now: u64) -> Self {
        let letter = char::from(b'a' + number as u8);
        let parsed = |length| String::from(letter).repeat(length);
        Self {
            store: MemStore::new(bug),
            machine: Machine::new(TUNING, now),
            life: 0,
            wound: None,
            wound_at: (now, now),
            watched_until: 0,
            is_unwatched: false,
            rings: false,
            waiting: Vec::new(),
            was_watched: false,
            was_calm: false,
            is_gone: false,
            ends: false,
            lasting: None,
            id: ConversationId::parse(&parsed(22)).unwrap_or_else(|error| panic!("{error}")),
            visitor: VisitorId::parse(&parsed(43)).unwrap_or_else(|error| panic!("{error}")),
        }
    }
}

impl World {
    /// A request reaches the edge; a repeated one is done too, but nobody hears the answer.
    pub(crate) fn arrives(&mut self, request: Request, is_heard: bool) {
        let object = self.ends[request.end].object;
        let number = self.open_request(&request, is_heard);
        self.introduce(object, request.end);
        match request.command {
            Some(command) => {
                self.drive(object, Aim::Introduction, Then::Nothing);
                self.take_command(object, command, Caller::Request(number));
            }
            None => self.drive(object, Aim::Introduction, Then::AnswerRequest(number)),
        }
        self.notice(object);
    }

    /// A frame reaches an object.
    pub(crate) fn hears(&mut self, socket: usize, frame: Up) {
        let (object, end) = (self.sockets[socket].object, self.sockets[socket].end);
        if self.sockets[socket].broken || !self.sockets[socket].server_has {
            return;
        }
        match frame {
            Up::Ping => self.send_down(socket, Down::Pong),
            Up::Hello { have } => {
                let last = self.reference[object].len() as u32;
                let have = if self.has(Bug::HelloWithoutHistory) { last } else { have };
                match self.objects[object].machine.events(&self.objects[object].store, have) {
                    Ok(events) => {
                        self.sockets[socket].greeted = true;
                        let events = self.as_seen_by(end, events);
                        self.send_down(socket, Down::Events(events));
                        self.introduce(object, end);
                        self.drive(object, Aim::Introduction, Then::Nothing);
                    }
                    Err(_) => {
                        self.send_down(socket, Down::Refused(None, ApiError::new(ErrorCode::UnknownConversation)));
                        self.after(200, Happening::SocketCloses(socket));
                    }
                }
            }
            Up::Do(_) if !self.sockets[socket].greeted => self.after(200, Happening::SocketCloses(socket)),
            Up::Do(command) => {
                let id = command.id().clone();
                self.take_command(object, *command, Caller::Socket(socket, id));
                self.notice(object);
            }
        }
    }

    /// What a command needs before it is taken: a conversation, a grant, terms.
    fn take_command(&mut self, object: usize, command: Command, caller: Caller) {
        if let Err(error) = self.begin(object, &command) {
            return self.taken(object, caller, Err(error));
        }
        let aim = match &command {
            Command::Visitor(_) if command.read_mark().is_some() => {
                let result = self.command(object, &command);
                return self.taken(object, caller, result);
            }
            Command::Visitor(_) => Aim::Message { from: String::from("somewhere") },
            Command::Agent(_) => Aim::Terms,
        };
        self.drive(object, aim, Then::Take(Box::new(command), caller));
    }

    fn begin(&mut self, object: usize, command: &Command) -> Result<(), Broken> {
        let now = self.server_now();
        if self.objects[object].store.disk.borrow().meta.is_some() {
            return Ok(());
        }
        let visitor = match command {
            Command::Visitor(command) => Some(command),
            Command::Agent(_) => None,
        };
        check_beginning(visitor, now)?;
        self.light_fuse(object, 6);
        let one = &mut self.objects[object];
        let meta = Meta {
            workspace: WorkspaceId::parse("demo").unwrap_or_else(|error| panic!("{error}")),
            conversation: one.id.clone(),
            visitor: one.visitor.clone(),
            revision: 0,
            read: ReadMarks::default(),
            attended: None,
            granted: 0,
        };
        let begin = Input::Begin { meta, agreement: agreement(), introduction: None };
        let begun = one.machine.handle(&one.store, begin, now);
        self.survive(object, begun).map(drop)
    }

    /// The site says who the visitor is, in a newer token each time.
    fn introduce(&mut self, object: usize, end: usize) {
        if self.ends[end].is_agent() || self.objects[object].store.disk.borrow().meta.is_none() {
            return;
        }
        let introduction = SiteProfile { profile: Profile::default(), until: self.now + DAY_MS };
        self.presented[object] = Some(introduction.until);
        let now = self.server_now();
        let one = &mut self.objects[object];
        let heard = one.machine.handle(&one.store, Input::Introduction(introduction), now);
        let _ = self.survive(object, heard);
    }

    /// The object sleeps, unless it is just taking a frame. Sockets live on: the runtime holds them.
    pub(crate) fn evict(&mut self, object: usize) {
        if !self.takes_a_frame(object) {
            self.forget_all(object);
        }
    }

    /// Forgets all that is not stored.
    fn forget_all(&mut self, object: usize) {
        let now = self.server_now();
        let one = &mut self.objects[object];
        one.machine = Machine::new(TUNING, now);
        one.life += 1;
        one.waiting.clear();
        one.lasting = None;
        one.ends = false;
        one.is_unwatched |= self.stepped_at >= one.wound_at.0;
        one.watched_until = 0;
        one.store.sleep(TUNING.included);
        if std::mem::take(&mut one.rings) {
            // An alarm that was not handled to its end rings again.
            one.store.disk.borrow_mut().alarm = Some(now);
        }
        self.others[object].excuses += 1;
        let died = self.requests_of(object);
        died.into_iter().for_each(|request| self.give_up_request(request));
        self.wind(object);
    }

    /// The process dies.
    pub(crate) fn crash(&mut self, object: usize) {
        self.tell(|| format!("the object of conversation {object} dies"));
        self.objects[object].store.crash();
        self.forget_all(object);
        for number in 0..self.sockets.len() {
            if self.sockets[number].object == object && self.sockets[number].server_has {
                self.cut_off(number);
            }
        }
        self.notice(object);
    }

    pub(crate) fn light_fuse(&mut self, object: usize, per_cent: u64) {
        let burns = !self.healed && self.rng.chance(per_cent);
        let fuse = burns.then(|| self.rng.below(3));
        self.objects[object].store.fuse.set(fuse);
        self.objects[object].store.now.set(self.server_now());
    }

    pub(crate) fn survive<T>(&mut self, object: usize, result: Result<T, Broken>) -> Result<T, Broken> {
        // A fuse that no write has burnt down may still kill what comes after the writes: the answer, the broadcast.
        let is_lit = self.objects[object].store.fuse.take().is_some();
        let dies_behind = result.is_ok() && is_lit && self.rng.chance(50);
        if dies_behind || matches!(result, Err(Broken::Crash)) {
            self.crash(object);
            return Err(Broken::Crash);
        }
        result
    }

    pub(crate) fn broadcast(&mut self, object: usize, events: Option<Events>) {
        let Some(events) = events else { return };
        if events.events.is_empty() && self.has(Bug::ReadMarkNotSent) {
            return;
        }
        for number in 0..self.sockets.len() {
            let socket = &self.sockets[number];
            if socket.object == object && socket.server_has && socket.greeted {
                let seen = self.as_seen_by(socket.end, events.clone());
                self.send_down(number, Down::Events(seen));
            }
        }
    }

    pub(crate) fn as_seen_by(&self, end: usize, events: Events) -> Events {
        if self.ends[end].is_agent() {
            return events;
        }
        Events { events: events.events.into_iter().map(for_visitor).collect(), ..events }
    }

    pub(crate) fn broadcast_what_would_be(&mut self, object: usize, command: &Command) {
        let now = self.server_now();
        let store = self.objects[object].store.clone();
        store.fuse.set(None);
        let mut machine = self.objects[object].machine.clone();
        let author = self.author_of(command);
        if let Ok(events) = command_input(command, author, |input| machine.handle(&store, input, now)) {
            self.broadcast(object, events);
        }
    }

    pub(crate) fn mark_backwards(&mut self, object: usize, command: &Command, up_to: u32) -> Result<(), Broken> {
        let store = &self.objects[object].store;
        let Some(meta) = store.meta()? else { return Ok(()) };
        let read = match command {
            Command::Visitor(_) => ReadMarks { visitor: up_to, ..meta.read },
            Command::Agent(_) => ReadMarks { agent: up_to, ..meta.read },
        };
        store.fuse.set(None);
        store.arm(self.server_now() + 2_000)?;
        let changed = Write::Changed { revision: meta.revision + 1, granted: meta.granted };
        store.write(&[Write::Read(read), changed])?;
        self.broadcast(object, Some(Events { events: Vec::new(), read, base: None }));
        Ok(())
    }
}
