//! A client: a visitor's tab, or an agent's page.
//!
//! What it knows and decides is the product's own code for every client: `Outbox`, `Transcript`, `Link`. What is done when is
//! wired here as the panel and the inbox wire it (`widget/src/panel/deliver.rs`, `inbox/src/desk/open/delivery.rs`; `follow`
//! has the other half).

use shared::client::{
    Command as _, Input, Link, Outbox, Pending, Side, Taken, Transcript, Verdict, Way, tell_read_again,
};
use shared::ids::{ConversationId, EventId};
use shared::protocol::{AgentAction, AgentCommand, ApiError, ErrorCode, Events, VisitorAction, VisitorCommand};

use super::frames::{Command, Request, Up};
use super::{Happening, World};
use crate::Bug;

/// How soon somebody looks again for a thread that was not there.
const LOOK_AGAIN: u64 = 10_000;

/// A client.
pub(crate) struct End {
    pub(crate) device: usize,
    pub(crate) object: usize,
    life: u32,
    pub(crate) side: Side,
    /// Whether its page is open at all.
    pub(crate) is_open: bool,
    /// Whether its thread is on the screen, so that what comes is read.
    pub(crate) is_shown: bool,
    pub(crate) outbox: Outbox<Command>,
    pub(crate) log: Transcript,
    pub(crate) link: Link,
    pub(crate) socket: Option<usize>,
    pub(crate) follows: bool,
    pub(crate) timers: u32,
    retries: u32,
    /// Up to which event its copy was compared.
    pub(crate) compared: usize,
    /// Whether its copy may have events that the edge has lost.
    pub(crate) is_of_other_log: bool,
}

impl End {
    pub(crate) fn new(device: usize, object: usize, side: Side, id: ConversationId) -> Self {
        Self {
            device,
            object,
            life: 0,
            side,
            is_open: false,
            is_shown: true,
            outbox: Outbox::default(),
            log: Transcript::new(id, side),
            link: Link::default(),
            socket: None,
            follows: false,
            timers: 0,
            retries: 0,
            compared: 0,
            is_of_other_log: false,
        }
    }

    pub(crate) fn is_agent(&self) -> bool {
        self.side == Side::Agent
    }
}

impl World {
    /// Opens the page, or opens it again: all that lived in it is gone, and what was kept is read back.
    pub(crate) fn open_page(&mut self, number: usize) {
        self.close_page(number);
        let side = self.ends[number].side;
        let drops = self.has(Bug::OutboxDroppedAtReload(side));
        let kept = self.devices[self.ends[number].device].kept.values().filter(|_| !drops).cloned().collect();
        let id = self.objects[self.ends[number].object].id.clone();
        let one = &mut self.ends[number];
        one.is_open = true;
        one.log = Transcript::new(id, side);
        one.compared = 0;
        one.is_of_other_log = false;
        one.follows = false;
        one.outbox = Outbox::restored(kept);
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
        one.retries += 1;
        one.link = Link::default();
        if let Some(socket) = one.socket.take() {
            self.sockets[socket].client_has = false;
            self.sockets[socket].server_has = false;
        }
    }

    /// The visitor does something.
    pub(crate) fn commit(&mut self, number: usize, action: VisitorAction) {
        let command = VisitorCommand { id: self.fresh_id(), action };
        self.commit_command(number, Command::Visitor(command));
    }

    /// An agent does something.
    pub(crate) fn work(&mut self, number: usize, action: AgentAction) {
        let command = AgentCommand { id: self.fresh_id(), action, seen: None };
        self.commit_command(number, Command::Agent(command));
    }

    /// Which agent has done something; the first, if it is no agent's.
    pub(crate) fn author_of(&self, command: &Command) -> usize {
        self.replied.get(shared::client::Command::id(command)).map_or(0, |(author, _)| *author)
    }

    /// An agent replies, knowing what is on their screen.
    pub(crate) fn reply(&mut self, number: usize, text: String) {
        let (id, seen) = (self.fresh_id(), self.ends[number].log.have());
        self.replied.insert(id.clone(), (number, seen));
        let action = AgentAction::Reply { text, seen: Some(seen) };
        self.commit_command(number, Command::Agent(AgentCommand { id, action, seen: None }));
    }

    /// A reply was held back. Its author reads what is new, and sends it again after a while.
    fn hold_back(&mut self, number: usize, id: &EventId) {
        let Some(held) = self.ends[number].outbox.pending().iter().find(|one| one.command.id() == id) else { return };
        let text = held.command.words().map(String::from).unwrap_or_default();
        self.unsettled.remove(id);
        self.forget(number, id);
        self.fetch(number);
        let wait = self.rng.between(300, 5_000);
        self.after(wait, Happening::SendsAgain(number, text));
        self.flush(number);
    }

    pub(crate) fn sends_again(&mut self, number: usize, text: String) {
        if !self.ends[number].is_open {
            self.open_page(number);
        }
        // It is written now, after what was written meanwhile.
        let Some(place) = self.intents.iter().position(|intent| intent.text == text) else { return };
        let intent = self.intents.remove(place);
        self.intents.push(intent);
        self.tell(|| format!("page {number} sends \"{text}\" again"));
        self.reply(number, text);
    }

    /// A command is kept, then shown, then sent.
    fn commit_command(&mut self, number: usize, command: Command) {
        let conversation = self.ends[number].log.id().clone();
        let now = self.device_now(number);
        let at = if self.has(Bug::OrderByDeviceClock) { now } else { self.ends[number].outbox.stamp(now) };
        let device = self.ends[number].device;
        let pending = Pending::new(conversation, at, command);
        let id = pending.command.id().clone();
        self.devices[device].kept.insert(id.clone(), pending.clone());
        self.unsettled.insert(id);
        self.ends[number].outbox.add(pending);
        self.flush(number);
    }

    /// Sends what is due, over the socket if it is live, else by requests.
    pub(crate) fn flush(&mut self, number: usize) {
        let now = self.device_now(number);
        while self.ends[number].is_open {
            let one = &mut self.ends[number];
            let socket = one.socket.filter(|_| one.link.is_live());
            let live = socket.map(|_| one.log.id());
            match (one.outbox.next(live, now), socket) {
                (Some((Way::Socket, pending)), Some(socket)) => {
                    self.send_up(socket, Up::Do(Box::new(pending.command)));
                    self.turn(number, Input::Check);
                }
                (Some((_, pending)), _) => {
                    let request = self.request(number, Some(pending.command));
                    self.ask(request);
                }
                (None, _) => break,
            }
        }
        let one = &mut self.ends[number];
        one.retries += 1;
        if let Some(at) = one.outbox.deadline().filter(|_| one.is_open) {
            let retry = one.retries;
            self.after(at.saturating_sub(now), Happening::Retry(number, retry));
        }
    }

    /// The edge may be within reach again: what could not reach it goes now.
    pub(crate) fn hurry(&mut self, number: usize) {
        self.ends[number].outbox.reached();
        self.flush(number);
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
        if request.held {
            let input = if result.as_ref().is_some_and(Result::is_ok) { Input::Answered } else { Input::Unanswered };
            if let Some(Ok(events)) = result {
                self.take(number, events);
            }
            return self.turn(number, input);
        }
        match (result, request.command) {
            (Some(Ok(events)), command) => {
                if let Some(command) = &command {
                    self.hears_of_storage(number, command.id().clone());
                }
                self.take(number, events);
                if let Some(command) = command {
                    self.accepted(number, command.id());
                }
                self.follow(number);
            }
            (Some(Err(error)), Some(command)) => self.refused(number, command.id(), error),
            // The thread is not there yet. Its person looks again after a while.
            (Some(Err(_)), None) => {
                let life = self.ends[number].life;
                self.after(LOOK_AGAIN, Happening::Look(number, life));
            }
            (None, Some(command)) => {
                let (now, random) = (self.device_now(number), self.rng.next() as u32);
                self.ends[number].outbox.unreached(command.id(), now, random);
                self.flush(number);
            }
            (None, None) => {
                // Events that a followed thread lacks come with the next greeting.
                if self.ends[number].follows {
                    self.turn(number, Input::Follow);
                }
                self.follow(number);
            }
        }
    }

    pub(crate) fn retry(&mut self, number: usize, retry: u32) {
        if self.ends[number].retries == retry && self.ends[number].is_open {
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
            self.unsettled.remove(&id);
            self.forget(number, &id);
        }
        let ignored = self.has(Bug::OtherLogNotNoticed).then(|| Events { base: None, ..events.clone() });
        let had = self.ends[number].log.have();
        let taken = self.ends[number].log.take(ignored.unwrap_or(events));
        if self.ends[number].log.have() < had {
            self.tell(|| format!("page {number} drops its copy"));
            (self.ends[number].is_of_other_log, self.ends[number].compared) = (false, 0);
        }
        self.compare(number);
        if taken == Taken::Gap && !self.has(Bug::GapIgnored) {
            self.tell(|| format!("page {number} misses something"));
            self.fetch(number);
        }
        self.read_what_is_shown(number);
    }

    /// Everything on the screen is read, and the edge is told over a live socket.
    pub(crate) fn read_what_is_shown(&mut self, number: usize) {
        let id = self.fresh_id();
        let one = &mut self.ends[number];
        if !one.is_open || !one.is_shown || !one.log.is_behind() {
            return;
        }
        let Some(up_to) = one.log.read_all() else { return };
        let Some(socket) = one.socket.filter(|_| one.link.is_live()) else { return };
        let command = match one.side {
            Side::Visitor => Command::Visitor(VisitorCommand { id, action: VisitorAction::Read { up_to } }),
            Side::Agent => Command::Agent(AgentCommand { id, action: AgentAction::Read { up_to }, seen: None }),
        };
        self.send_up(socket, Up::Do(Box::new(command)));
    }

    /// A read mark was refused for now and is told again.
    pub(crate) fn read_again(&mut self, number: usize) {
        self.ends[number].log.report_again();
        self.read_what_is_shown(number);
    }

    pub(crate) fn accepted(&mut self, number: usize, id: &EventId) {
        self.unsettled.remove(id);
        self.forget(number, id);
        self.hurry(number);
    }

    pub(crate) fn refused(&mut self, number: usize, id: &EventId, error: ApiError) {
        self.tell(|| format!("page {number} is refused {id:?}: {:?}", error.code));
        if error.code == ErrorCode::Unseen {
            return self.hold_back(number, id);
        }
        if error.code == ErrorCode::IdReused {
            self.fail(|| format!("{id:?} was taken for something else"));
        }
        if error.passes() && self.has(Bug::RefusedForNowDropped(self.ends[number].side)) {
            self.forget(number, id);
            return self.flush(number);
        }
        if !error.passes() {
            self.unsettled.remove(id);
        }
        let (now, random) = (self.device_now(number), self.rng.next() as u32);
        let read_again = tell_read_again(&error);
        match self.ends[number].outbox.refused(id, error, now, random) {
            Some(Verdict::Dropped) => self.unkeep(number, id),
            Some(Verdict::Later | Verdict::Kept) => {}
            // It is of a read mark, which is kept nowhere.
            None => {
                if let Some(wait) = read_again {
                    self.after(wait, Happening::ReadAgain(number));
                }
            }
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
