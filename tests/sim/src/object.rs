//! A conversation's object: the product's machine over a store, driven as the edge drives it, and killed at any write.

use shared::client::Command as _;
use shared::conversation::{Machine, Meta, Output, Store, Target as List, for_visitor};
use shared::deadlines::{Pair, Promises, Target, Terms};
use shared::ids::{ConversationId, VisitorId, WorkspaceId};
use shared::protocol::{AgentAction, ApiError, ErrorCode, Events, Priority, ReadMarks, VisitorAction};

use crate::Bug;
use crate::store::{Broken, MemStore};
use crate::world::{Command, Down, Happening, Request, Up, World};

/// One conversation on the edge.
pub(crate) struct Object {
    pub(crate) store: MemStore,
    pub(crate) machine: Machine,
    /// Which life this is: what an earlier one waited for is not heard any more.
    pub(crate) life: u32,
    pub(crate) id: ConversationId,
    pub(crate) visitor: VisitorId,
    /// The alarm that is on its way.
    pub(crate) wound: Option<u64>,
}

impl Object {
    pub(crate) fn new(number: usize, bug: Option<Bug>, now: u64) -> Self {
        let letter = char::from(b'a' + number as u8);
        let parsed = |length| String::from(letter).repeat(length);
        Self {
            store: MemStore::new(bug),
            machine: machine(now),
            life: 0,
            wound: None,
            id: ConversationId::parse(&parsed(22)).unwrap_or_else(|error| panic!("{error}")),
            visitor: VisitorId::parse(&parsed(43)).unwrap_or_else(|error| panic!("{error}")),
        }
    }
}

/// Promises that are short enough to be broken in a world of minutes.
pub(crate) fn terms() -> Terms {
    let target = |within| Some(Target { share: 90, within });
    let targets = [(Priority::Normal, Pair { first: target(20), next: target(40) })].into_iter().collect();
    Terms { promises: Promises { targets, ..Promises::default() }, ..Terms::default() }
}

fn machine(now: u64) -> Machine {
    let mut machine = Machine::new(now);
    machine.agree(terms());
    machine
}

impl World {
    /// A request reaches the edge; a repeated one is done too, but nobody hears the answer.
    pub(crate) fn arrives(&mut self, request: Request, is_heard: bool) {
        let object = self.ends[request.end].object;
        let result = match &request.command {
            Some(command) => self.command(object, command),
            None => Ok(()),
        };
        let result = match result {
            Ok(()) => self.objects[object].machine.events(&self.objects[object].store, request.have),
            Err(error) => Err(error),
        };
        let answer = match result {
            Ok(events) => Some(Ok(self.as_seen_by(request.end, events))),
            // A fault of ours is tried again, like silence.
            Err(Broken::Refused(error)) if error.code != ErrorCode::Internal => Some(Err(error)),
            Err(_) => None,
        };
        let is_acknowledged_all_the_same = self.has(Bug::AckBeforeWrite) && answer.is_none();
        if is_heard {
            let nothing = Events { events: Vec::new(), read: ReadMarks::default() };
            self.answer(request, if is_acknowledged_all_the_same { Some(Ok(nothing)) } else { answer });
        }
        self.settle_with(object, &List::ALL);
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
                self.recall_told(object);
                match self.command(object, &command) {
                    Ok(()) => self.send_down(socket, Down::Accepted(id)),
                    Err(Broken::Crash) if self.has(Bug::AckBeforeWrite) => {
                        self.after(20, Happening::Down(socket, Down::Accepted(id)));
                    }
                    Err(Broken::Crash) => {}
                    Err(Broken::Refused(error)) => self.send_down(socket, Down::Refused(Some(id), error)),
                }
                self.settle(object);
                self.notice(object);
            }
        }
    }

    /// Does a command, or dies at one of its writes.
    fn command(&mut self, object: usize, command: &Command) -> Result<(), Broken> {
        let now = self.server_now();
        let is_begun = self.objects[object].store.disk.borrow().meta.is_some();
        self.light_fuse(object, 6);
        if !is_begun {
            let visitor = match command {
                Command::Visitor(command) => Some(command),
                Command::Agent(_) => None,
            };
            Machine::check_beginning(visitor, now)?;
            let one = &mut self.objects[object];
            let meta = Meta {
                workspace: WorkspaceId::parse("demo").unwrap_or_else(|error| panic!("{error}")),
                conversation: one.id.clone(),
                visitor: one.visitor.clone(),
                revision: 0,
                read: ReadMarks::default(),
                attended: None,
            };
            let begun = one.machine.begin(&one.store, meta);
            self.survive(object, begun)?;
        }
        if self.has(Bug::BroadcastBeforeCommit) {
            self.broadcast_what_would_be(object, command);
        }
        if let Some(up_to) = read_mark(command).filter(|_| self.has(Bug::ReadMarkBackwards)) {
            return self.mark_backwards(object, command, up_to);
        }
        let one = &mut self.objects[object];
        let outputs = do_command(&mut one.machine, &one.store, command, now);
        let outputs = self.survive(object, outputs)?;
        self.broadcast(object, outputs);
        Ok(())
    }

    /// Forgets all that is not stored. Sockets live on: the runtime holds them while the object sleeps.
    pub(crate) fn evict(&mut self, object: usize) {
        let now = self.server_now();
        self.objects[object].machine = machine(now);
        self.objects[object].life += 1;
    }

    /// The process dies.
    pub(crate) fn crash(&mut self, object: usize) {
        self.tell(|| format!("the object of conversation {object} dies"));
        self.objects[object].store.crash();
        self.evict(object);
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

    pub(crate) fn broadcast(&mut self, object: usize, outputs: Vec<Output>) {
        for output in outputs {
            let Output::Broadcast(events) = output else { continue };
            if events.events.is_empty() && self.has(Bug::ReadMarkNotSent) {
                continue;
            }
            for number in 0..self.sockets.len() {
                let socket = &self.sockets[number];
                if socket.object == object && socket.server_has && socket.greeted {
                    let seen = self.as_seen_by(socket.end, events.clone());
                    self.send_down(number, Down::Events(seen));
                }
            }
        }
    }

    fn as_seen_by(&self, end: usize, events: Events) -> Events {
        if self.ends[end].is_agent() {
            return events;
        }
        Events { events: events.events.into_iter().map(for_visitor).collect(), read: events.read }
    }

    fn broadcast_what_would_be(&mut self, object: usize, command: &Command) {
        let now = self.server_now();
        let store = self.objects[object].store.clone();
        store.fuse.set(None);
        let mut machine = self.objects[object].machine.clone();
        if let Ok(outputs) = do_command(&mut machine, &store, command, now) {
            self.broadcast(object, outputs);
        }
    }

    fn mark_backwards(&mut self, object: usize, command: &Command, up_to: u32) -> Result<(), Broken> {
        use shared::conversation::Write;
        let store = &self.objects[object].store;
        let Some(meta) = store.meta()? else { return Ok(()) };
        let read = match command {
            Command::Visitor(_) => ReadMarks { visitor: up_to, ..meta.read },
            Command::Agent(_) => ReadMarks { agent: up_to, ..meta.read },
        };
        store.fuse.set(None);
        store.arm(self.server_now() + 2_000)?;
        store.write(&[Write::Read(read), Write::Changed(meta.revision + 1)])?;
        self.broadcast(object, vec![Output::Broadcast(Events { events: Vec::new(), read })]);
        Ok(())
    }
}

fn read_mark(command: &Command) -> Option<u32> {
    match command {
        Command::Visitor(command) => match command.action {
            VisitorAction::Read { up_to } => Some(up_to),
            _ => None,
        },
        Command::Agent(command) => match command.action {
            AgentAction::Read { up_to } => Some(up_to),
            _ => None,
        },
    }
}

fn do_command(machine: &mut Machine, store: &MemStore, command: &Command, now: u64) -> Result<Vec<Output>, Broken> {
    match command {
        Command::Visitor(command) => {
            let digest = serde_json::to_string(command).unwrap_or_default();
            machine.visitor(store, command, &digest, now)
        }
        Command::Agent(command) => {
            let digest = serde_json::to_string(command).unwrap_or_default();
            machine.agent(store, command, &crate::people::ada(), &digest, now)
        }
    }
}
