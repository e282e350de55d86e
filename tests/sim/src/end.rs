//! A client: a visitor's tab, or an agent's page.
//!
//! What it knows and decides is the panel's own code: `Outbox`, `Log`, `Link`, `Backoff`. What is done when is wired here as
//! the panel wires it (`widget/src/panel/deliver.rs`; `follow` has the other half). An agent's page follows a conversation in the same
//! way and sends its commands by requests, one at a time, until each is answered.

use std::collections::VecDeque;

use panel::model::backoff::Backoff;
use panel::model::link::{Input, Link};
use panel::model::log::{Log, Taken};
use panel::model::outbox::{Entry, Outbox};
use shared::ids::EventId;
use shared::protocol::{AgentCommand, ApiError, ErrorCode, Events, VisitorAction, VisitorCommand};

use crate::Bug;
use crate::object::command_of;
use crate::world::{Command, Happening, Request, Up, World};

/// How soon somebody looks again for a thread that was not there.
const LOOK_AGAIN: u64 = 10_000;

/// A client.
pub(crate) struct End {
    pub(crate) device: usize,
    pub(crate) object: usize,
    is_agent: bool,
    /// Whether its page is open at all.
    pub(crate) is_open: bool,
    /// Whether its thread is on the screen, so that what comes is read.
    pub(crate) is_shown: bool,
    pub(crate) outbox: Outbox,
    pub(crate) desk: VecDeque<AgentCommand>,
    desk_sends: bool,
    pub(crate) log: Log,
    pub(crate) link: Link,
    backoff: Backoff,
    pub(crate) socket: Option<usize>,
    pub(crate) follows: bool,
    pub(crate) carrying: Option<EventId>,
    life: u32,
    pub(crate) timers: u32,
    /// Up to which event its copy was compared.
    pub(crate) compared: usize,
}

impl End {
    pub(crate) fn new(device: usize, object: usize, is_agent: bool, id: shared::ids::ConversationId) -> Self {
        Self {
            device,
            object,
            is_agent,
            is_open: false,
            is_shown: true,
            outbox: Outbox::default(),
            desk: VecDeque::new(),
            desk_sends: false,
            log: Log::new(id),
            link: Link::default(),
            backoff: Backoff::default(),
            socket: None,
            follows: false,
            carrying: None,
            life: 0,
            timers: 0,
            compared: 0,
        }
    }

    pub(crate) fn is_agent(&self) -> bool {
        self.is_agent
    }
}

impl World {
    /// Opens the page, or opens it again: all that lived in it is gone, and what was kept is read back.
    pub(crate) fn open_page(&mut self, number: usize) {
        self.close_page(number);
        let kept: Vec<Entry> = self.devices[self.ends[number].device].kept.values().cloned().collect();
        let id = self.objects[self.ends[number].object].id.clone();
        let drops = self.has(Bug::OutboxDroppedAtReload);
        let one = &mut self.ends[number];
        one.is_open = true;
        one.log = Log::new(id);
        one.compared = 0;
        one.backoff = Backoff::default();
        one.follows = false;
        one.outbox = Outbox::restored(if drops || one.is_agent { Vec::new() } else { kept });
        self.tell(|| format!("page {number} opens"));
        self.fetch(number);
        self.flush(number);
    }

    /// The page is gone, and its socket with it.
    pub(crate) fn close_page(&mut self, number: usize) {
        let one = &mut self.ends[number];
        one.is_open = false;
        one.life += 1;
        one.timers += 1;
        one.link = Link::default();
        one.carrying = None;
        one.desk_sends = false;
        if let Some(socket) = one.socket.take() {
            self.sockets[socket].client_has = false;
            self.sockets[socket].server_has = false;
        }
    }

    /// The visitor does something: it is kept, then shown, then sent.
    pub(crate) fn commit(&mut self, number: usize, action: VisitorAction) {
        let command = VisitorCommand { id: self.fresh_id(), action };
        let conversation = self.ends[number].log.id().clone();
        let now = self.device_now(number);
        let at = if self.has(Bug::OrderByDeviceClock) { now } else { self.ends[number].outbox.stamp(now) };
        let entry = Entry { conversation, at, command };
        let device = self.ends[number].device;
        self.devices[device].kept.insert(entry.command.id.clone(), entry.clone());
        self.ends[number].outbox.add(entry);
        self.flush(number);
    }

    pub(crate) fn flush(&mut self, number: usize) {
        if self.ends[number].is_agent {
            return self.flush_desk(number);
        }
        if !self.ends[number].outbox.is_stuck() {
            return;
        }
        let Some(entry) = self.ends[number].outbox.send_next() else { return };
        let one = &mut self.ends[number];
        let live = one.socket.filter(|_| one.link.is_live());
        if let Some(socket) = live {
            one.carrying = Some(entry.command.id.clone());
            self.send_up(socket, Up::Do(command_of(&entry)));
            self.turn(number, Input::Check);
        } else {
            let request = self.request(number, Some(command_of(&entry)));
            self.ask(request);
        }
    }

    fn flush_desk(&mut self, number: usize) {
        let one = &mut self.ends[number];
        let Some(command) = one.desk.front().filter(|_| one.is_open && !one.desk_sends).cloned() else { return };
        one.desk_sends = true;
        let request = self.request(number, Some(Command::Agent(command)));
        self.ask(request);
    }

    pub(crate) fn fetch(&mut self, number: usize) {
        let request = self.request(number, None);
        self.ask(request);
    }

    fn request(&self, number: usize, command: Option<Command>) -> Request {
        let one = &self.ends[number];
        Request { end: number, life: one.life, have: one.log.have(), command, held: false }
    }

    /// Asks for what is new in the place of a socket.
    pub(crate) fn hold(&mut self, number: usize) {
        let request = Request { held: true, ..self.request(number, None) };
        self.ask(request);
    }

    /// A request is answered, or given up.
    pub(crate) fn answered(&mut self, request: Request, result: Option<Result<Events, ApiError>>) {
        let number = request.end;
        if self.ends[number].life != request.life || !self.ends[number].is_open {
            return;
        }
        if self.ends[number].is_agent && request.command.is_some() {
            self.ends[number].desk_sends = false;
        }
        if request.held {
            let input = if result.as_ref().is_some_and(Result::is_ok) { Input::Answered } else { Input::Unanswered };
            if let Some(Ok(events)) = result {
                self.take(number, events);
            }
            return self.turn(number, input);
        }
        match (result, request.command) {
            (Some(Ok(events)), command) => {
                self.ends[number].backoff.succeeded();
                if let Some(command) = &command {
                    self.hears_of_storage(number, command.id().clone());
                }
                self.take(number, events);
                if let Some(command) = command {
                    self.accepted(number, command.id());
                }
                self.follow(number);
            }
            (Some(Err(error)), Some(command)) => self.refused(number, Some(command.id().clone()), error),
            // The thread is not there yet. Whoever it belongs to looks again after a while.
            (Some(Err(_)), None) => {
                let life = self.ends[number].life;
                self.after(LOOK_AGAIN, Happening::Look(number, life));
            }
            (None, Some(_)) => {
                self.ends[number].outbox.lost();
                self.retry_later(number);
            }
            (None, None) => {
                // What is missing in a thread that is followed comes with the next greeting.
                if self.ends[number].follows {
                    self.turn(number, Input::Follow);
                }
                self.follow(number);
            }
        }
    }

    fn retry_later(&mut self, number: usize) {
        let random = self.rng.next() as u32;
        let wait = self.ends[number].backoff.failed(random);
        let life = self.ends[number].life;
        self.after(wait, Happening::Retry(number, life));
    }

    pub(crate) fn retry(&mut self, number: usize, life: u32) {
        if self.ends[number].life == life && self.ends[number].is_open {
            self.flush(number);
        }
    }

    pub(crate) fn look(&mut self, number: usize, life: u32) {
        if self.ends[number].life == life && self.ends[number].is_open {
            self.fetch(number);
        }
    }

    pub(crate) fn take(&mut self, number: usize, events: Events) {
        for id in self.ends[number].outbox.confirmed_by(&events.events) {
            self.forget(number, &id);
        }
        let taken = self.ends[number].log.take(events);
        self.compare(number);
        if taken == Taken::Gap && !self.has(Bug::GapIgnored) {
            self.tell(|| format!("page {number} misses something"));
            self.fetch(number);
        }
        self.read_what_is_shown(number);
    }

    /// Whatever is on the screen is read, and the edge is told over a live socket.
    pub(crate) fn read_what_is_shown(&mut self, number: usize) {
        let id = self.fresh_id();
        let one = &mut self.ends[number];
        if !one.is_open || !one.is_shown || !one.log.is_behind() {
            return;
        }
        let Some(up_to) = one.log.read_all() else { return };
        let Some(socket) = one.socket.filter(|_| one.link.is_live()) else { return };
        let command = if one.is_agent {
            Command::Agent(AgentCommand { id, action: shared::protocol::AgentAction::Read { up_to } })
        } else {
            Command::Visitor(VisitorCommand { id, action: VisitorAction::Read { up_to } })
        };
        self.send_up(socket, Up::Do(command));
    }

    pub(crate) fn accepted(&mut self, number: usize, id: &EventId) {
        self.forget(number, id);
        self.ends[number].desk.retain(|command| command.id != *id);
        self.flush(number);
    }

    pub(crate) fn refused(&mut self, number: usize, id: Option<EventId>, error: ApiError) {
        self.tell(|| format!("page {number} is refused {id:?}: {:?}", error.code));
        if error.code == ErrorCode::IdReused {
            self.fail(|| format!("{id:?} was taken for something else"));
        }
        if error.passes() && !self.ends[number].is_agent {
            self.ends[number].outbox.lost();
            return self.retry_later(number);
        }
        if let Some(id) = &id {
            self.ends[number].desk.retain(|command| command.id != *id);
        }
        if let Some(id) = self.ends[number].outbox.refused(id, error) {
            self.unkeep(number, &id);
        }
        self.flush(number);
    }

    fn forget(&mut self, number: usize, id: &EventId) {
        if self.ends[number].outbox.forget(id).is_some() {
            self.unkeep(number, id);
        }
    }

    fn unkeep(&mut self, number: usize, id: &EventId) {
        let device = self.ends[number].device;
        self.devices[device].kept.remove(id);
    }
}
