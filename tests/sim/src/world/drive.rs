//! The loops that drive a machine, as the edge runs them (`edge/src/objects/conversation/drive.rs`): several at once, each for
//! a request, a frame, an alarm. Between two of their steps anything can happen.

use shared::conversation::{Aim, Answer, Input, Step};
use shared::ids::EventId;
use shared::protocol::{ApiError, ErrorCode};

use super::feed::TestFeed;
use super::frames::{Command, Down};
use super::given::agent;
use super::store::Broken;
use super::{Happening, World};
use crate::Bug;

/// One loop.
#[derive(Debug, Clone)]
pub(crate) struct Loop {
    pub(crate) object: usize,
    /// Which life of the object it belongs to: it dies with that.
    pub(crate) life: u32,
    aim: Aim,
    /// What is left to do when the aim is reached.
    then: Then,
    /// How many calls of its own have not come back.
    under_way: u32,
    /// Why it has stopped, while it waits for those.
    failed: Option<ApiError>,
    pub(crate) is_over: bool,
}

/// Who waits for a loop.
#[derive(Debug, Clone)]
pub(crate) enum Then {
    /// Nobody.
    Nothing,
    /// A command that is to be taken.
    Take(Box<Command>, Caller),
    /// The answer to a request that may still be open.
    AnswerRequest(u64),
    /// The alarm is to be set again.
    SetAlarm,
    /// The object that ends the conversation.
    Ended,
}

/// Where a command came from.
#[derive(Debug, Clone)]
pub(crate) enum Caller {
    Request(u64),
    Socket(usize, EventId),
}

impl World {
    /// Starts a loop.
    pub(crate) fn drive(&mut self, object: usize, aim: Aim, then: Then) {
        let life = self.objects[object].life;
        self.watch(object);
        self.loops.push(Loop { object, life, aim, then, under_way: 0, failed: None, is_over: false });
        self.turn_loop(self.loops.len() - 1);
    }

    /// The machine is told who looks.
    fn watch(&mut self, object: usize) {
        let (visitors, now, bug) = (self.visitor_looks(object), self.server_now(), self.bug);
        let one = &mut self.objects[object];
        let visitors = visitors || (bug == Some(Bug::WatcherForgotten) && one.was_watched);
        one.was_watched |= visitors;
        let watched = one.machine.handle(&one.store, Input::Watchers { visitors }, now);
        let _ = self.survive(object, watched);
    }

    pub(crate) fn visitor_looks(&self, object: usize) -> bool {
        self.sockets.iter().any(|socket| {
            socket.object == object && socket.server_has && socket.greeted && !self.ends[socket.end].is_agent()
        })
    }

    /// Lets a loop do what it can do now.
    fn turn_loop(&mut self, number: usize) {
        loop {
            let Loop { object, life, under_way, failed, is_over, .. } = self.loops[number].clone();
            if is_over || self.objects[object].life != life {
                return;
            }
            if let Some(error) = failed {
                if under_way == 0 {
                    self.finish(number, Err(error));
                }
                return;
            }
            self.light_fuse(object, 1);
            let step = self.poll(number);
            match self.survive(object, step) {
                Ok(Step::Do(work)) => {
                    self.loops[number].under_way += 1;
                    self.call(object, number, work);
                    if self.has(Bug::TwoLoopsDoTheSame) {
                        return;
                    }
                }
                Ok(Step::Wait) => {
                    if under_way == 0 {
                        self.objects[object].waiting.push(number);
                    }
                    return;
                }
                Ok(Step::Done) => {
                    if under_way == 0 {
                        self.finish(number, Ok(()));
                    }
                    return;
                }
                Err(Broken::Crash) => return,
                Err(Broken::Refused(error)) => self.loops[number].failed = Some(error),
            }
        }
    }

    fn poll(&mut self, number: usize) -> Result<Step<TestFeed>, Broken> {
        let (now, bug) = (self.server_now(), self.bug);
        let one = &mut self.objects[self.loops[number].object];
        if bug == Some(Bug::TwoLoopsDoTheSame) {
            // Work under way is a state of the machine, and this machine knows nothing of it.
            return one.machine.clone().poll(&one.store, &self.loops[number].aim, now);
        }
        one.machine.poll(&one.store, &self.loops[number].aim, now)
    }

    /// Whether a frame waits for something before it is taken.
    pub(crate) fn takes_a_frame(&self, object: usize) -> bool {
        let life = self.objects[object].life;
        self.loops.iter().any(|one| {
            let is_frame = matches!(one.then, Then::Take(_, Caller::Socket(..)));
            one.object == object && one.life == life && !one.is_over && is_frame
        })
    }

    /// A call has come back. A loop of an earlier life does not hear it.
    pub(crate) fn answered_call(&mut self, number: usize, answer: Answer<TestFeed>) {
        let Loop { object, life, .. } = self.loops[number].clone();
        if self.objects[object].life != life {
            return;
        }
        self.landed(object, &answer);
        self.watch(object);
        self.light_fuse(object, 3);
        let now = self.server_now();
        let one = &mut self.objects[object];
        let outcome = one.machine.handle(&one.store, Input::Answer(answer), now);
        let outcome = self.survive(object, outcome);
        self.loops[number].under_way -= 1;
        match outcome {
            Ok(events) => self.broadcast(object, events),
            Err(Broken::Crash) => return self.notice(object),
            Err(Broken::Refused(error)) => {
                if self.loops[number].failed.is_none() {
                    self.loops[number].failed = Some(error);
                }
            }
        }
        self.turn_loop(number);
        self.ring(object);
        self.notice(object);
    }

    /// Wakes the loops that wait for others.
    fn ring(&mut self, object: usize) {
        for number in std::mem::take(&mut self.objects[object].waiting) {
            self.turn_loop(number);
        }
    }

    fn finish(&mut self, number: usize, result: Result<(), ApiError>) {
        self.loops[number].is_over = true;
        let object = self.loops[number].object;
        match self.loops[number].then.clone() {
            Then::Nothing => {}
            Then::Take(command, caller) => {
                // The terms are asked for in vain sometimes; a message needs its grant.
                let result = match result {
                    Ok(()) => self.command(object, &command),
                    Err(error) => Err(Broken::Refused(error)),
                };
                self.taken(object, caller, result);
            }
            Then::AnswerRequest(request) => self.answer_request(object, request, Ok(())),
            Then::SetAlarm => self.set_alarm(object),
            Then::Ended => self.ended(object, result),
        }
    }

    /// What became of a command is answered, and what follows from it is done.
    pub(crate) fn taken(&mut self, object: usize, caller: Caller, result: Result<(), Broken>) {
        let is_dead = matches!(result, Err(Broken::Crash));
        match caller {
            Caller::Request(request) => match result {
                Ok(()) => self.drive(object, Aim::Everything, Then::AnswerRequest(request)),
                result => self.answer_request(object, request, result),
            },
            Caller::Socket(socket, id) => {
                match result {
                    Ok(()) => self.send_down(socket, Down::Accepted(id)),
                    Err(Broken::Crash) if self.has(Bug::AckBeforeWrite) => {
                        self.after(20, Happening::Down(socket, Down::Accepted(id)));
                    }
                    Err(Broken::Crash) => {}
                    Err(Broken::Refused(error)) => self.send_down(socket, Down::Refused(Some(id), error)),
                }
                if !is_dead {
                    self.drive(object, Aim::Soon, Then::Nothing);
                }
            }
        }
        self.notice(object);
    }

    /// Takes a command, or dies at one of its writes.
    pub(crate) fn command(&mut self, object: usize, command: &Command) -> Result<(), Broken> {
        let now = self.server_now();
        self.light_fuse(object, 6);
        if self.has(Bug::BroadcastBeforeCommit) {
            self.broadcast_what_would_be(object, command);
        }
        if let Some(up_to) = command.read_mark().filter(|_| self.has(Bug::ReadMarkBackwards)) {
            return self.mark_backwards(object, command, up_to);
        }
        if matches!(command, Command::Visitor(_)) && command.read_mark().is_none() {
            self.others[object].spent += 1;
        }
        let author = self.author_of(command);
        let unaware = self.has(Bug::UnseenIgnored).then(|| command.unaware());
        let command = unaware.as_ref().unwrap_or(command);
        let one = &mut self.objects[object];
        // With a planted bug: the one that does not know of the end.
        let machine = one.lasting.as_mut().unwrap_or(&mut one.machine);
        let outcome = command_input(command, author, |input| machine.handle(&one.store, input, now));
        let events = self.survive(object, outcome)?;
        self.objects[object].is_unwatched = false;
        if self.objects[object].ends {
            self.fail(|| format!("conversation {object} is being ended, and has taken something"));
        }
        self.broadcast(object, events);
        Ok(())
    }

    fn answer_request(&mut self, object: usize, number: u64, result: Result<(), Broken>) {
        let Some(request) = self.open_requests.remove(&number) else { return };
        let one = &self.objects[object];
        let result = result.and_then(|()| one.machine.events(&one.store, request.have));
        let answer = match result {
            Ok(events) => Some(Ok(self.as_seen_by(request.end, events))),
            // A fault of ours is tried again, like silence.
            Err(Broken::Refused(error)) if error.code != ErrorCode::Internal => Some(Err(error)),
            Err(_) => None,
        };
        self.answer(request, answer);
    }
}

/// Hands a command to a machine.
pub(crate) fn command_input<T>(command: &Command, author: usize, take: impl FnOnce(Input<'_, TestFeed>) -> T) -> T {
    match command {
        Command::Visitor(command) => {
            let digest = serde_json::to_string(command).unwrap_or_default();
            take(Input::Visitor { command, digest: &digest, from: "somewhere" })
        }
        Command::Agent(command) => {
            let digest = serde_json::to_string(command).unwrap_or_default();
            take(Input::Agent { command, agent: &agent(author), digest: &digest })
        }
    }
}
