//! Somebody who writes whatever happens: with an outbox as the panel and the inbox have one, over sockets that are cut and
//! requests that fail, to an edge that is killed. Remembers what they were told.

use crate::chance::Chance;
use crate::people::{reply, say};
use crate::{Agent, Socket, Visitor};
use shared::ids::{ConversationId, EventId, base64url};
use shared::protocol::*;
use std::collections::{BTreeMap, VecDeque};

/// Which side of the conversation.
pub enum Side {
    Visitor(Visitor),
    Agent(Agent),
}

/// A writer in one conversation.
pub struct Courier {
    name: u8,
    side: Side,
    thread: ConversationId,
    chance: Chance,
    socket: Option<Socket>,
    outbox: VecDeque<EventId>,
    made: u64,
    /// In the order in which they were made.
    pub written: Vec<EventId>,
    /// What was acknowledged, in that order.
    pub told: Vec<EventId>,
    /// What came over sockets and in answers, by number.
    pub seen: BTreeMap<Seq, EventId>,
    /// Contradictions in what came.
    pub lies: Vec<String>,
    pub figures: Figures,
}

/// How often what happened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    pub tries: u64,
    pub cut: u64,
    pub away: u64,
    pub too_many: u64,
    pub most_in_outbox: u64,
}

/// More than this a person does not write to somebody who does not answer.
const MOST_IN_OUTBOX: usize = 5;

impl Courier {
    pub fn new(name: u8, side: Side, thread: ConversationId, seed: u64) -> Self {
        Self {
            name,
            side,
            thread,
            chance: Chance::new(seed.wrapping_add(u64::from(name))),
            socket: None,
            outbox: VecDeque::new(),
            made: 0,
            written: Vec::new(),
            told: Vec::new(),
            seen: BTreeMap::new(),
            lies: Vec::new(),
            figures: Figures::default(),
        }
    }

    /// The text that belongs to a message, so that a stored one can be told.
    pub fn text(id: &EventId) -> String {
        format!("Message {id}")
    }

    /// Writes one more message and keeps it, whether or not it can be sent.
    pub fn write(&mut self) {
        self.made += 1;
        let mut bytes = [self.name; 16];
        bytes[8..].copy_from_slice(&self.made.to_be_bytes());
        let id = EventId::parse(&base64url(&bytes)).unwrap();
        self.written.push(id.clone());
        self.outbox.push_back(id);
        self.figures.most_in_outbox = self.figures.most_in_outbox.max(self.outbox.len() as u64);
    }

    pub fn name(&self) -> u8 {
        self.name
    }

    pub fn has_room(&self) -> bool {
        self.outbox.len() < MOST_IN_OUTBOX
    }

    pub fn is_done(&self) -> bool {
        self.outbox.is_empty()
    }

    /// Tries to deliver the oldest message once. True if it was acknowledged.
    pub fn deliver(&mut self) -> bool {
        let Some(id) = self.outbox.front().cloned() else { return false };
        self.figures.tries += 1;
        let taken = if self.chance.once_in(3) { self.post(&id) } else { self.carry(&id) };
        if taken {
            self.outbox.pop_front();
            self.told.push(id);
        }
        taken
    }

    fn post(&mut self, id: &EventId) -> bool {
        let have = self.have();
        let base = format!("/api/w/demo/conversations/{}", self.thread);
        let request = match &self.side {
            Side::Visitor(visitor) => {
                let command = VisitorCommand { id: id.clone(), action: say(&Self::text(id)) };
                visitor.request("POST", &format!("{base}/commands")).json(&CommandRequest { have, command })
            }
            Side::Agent(agent) => {
                let command = AgentCommand { id: id.clone(), action: reply(&Self::text(id)), seen: None };
                agent.request("POST", &format!("{base}/agent-commands")).json(&AgentCommandRequest { have, command })
            }
        };
        match request.try_send() {
            Ok(reply) if reply.status == 200 => {
                self.hear(reply.ok());
                true
            }
            Ok(reply) => self.not_now(&reply.refusal().1),
            Err(_) => {
                self.figures.away += 1;
                false
            }
        }
    }

    fn carry(&mut self, id: &EventId) -> bool {
        let Some(mut socket) = self.socket.take().or_else(|| self.connect()) else {
            self.figures.away += 1;
            return false;
        };
        let visitors = VisitorFrame::Do(VisitorCommand { id: id.clone(), action: say(&Self::text(id)) });
        let agents = AgentFrame::Do(AgentCommand { id: id.clone(), action: reply(&Self::text(id)), seen: None });
        let text = match self.side {
            Side::Visitor(_) => serde_json::to_string(&visitors),
            Side::Agent(_) => serde_json::to_string(&agents),
        };
        if self.chance.once_in(8) {
            self.figures.cut += 1;
            match self.side {
                Side::Visitor(_) => socket.cut_in_a_frame(&visitors),
                Side::Agent(_) => socket.cut_in_a_frame(&agents),
            }
            return false;
        }
        if !socket.try_send_text(&text.unwrap()) {
            return false;
        }
        loop {
            match socket.try_receive::<ConversationFrame>() {
                Some(ConversationFrame::Events(events)) => self.hear(events),
                Some(ConversationFrame::Accepted { id: accepted }) if accepted == *id => {
                    self.socket = Some(socket);
                    return true;
                }
                // Of one that was cut off, to which an event has given the answer already.
                Some(ConversationFrame::Accepted { .. } | ConversationFrame::Typing { .. }) => {}
                Some(ConversationFrame::Refused { error, .. }) => return self.not_now(&error.code),
                None => return false,
            }
        }
    }

    fn connect(&mut self) -> Option<Socket> {
        let have = self.have();
        match &self.side {
            Side::Visitor(visitor) => visitor.try_live(&self.thread, have),
            Side::Agent(agent) => agent.try_live(&self.thread, have),
        }
    }

    /// What may be refused here: too much at once, and what passes.
    fn not_now(&mut self, code: &ErrorCode) -> bool {
        match code {
            ErrorCode::TooMany | ErrorCode::Internal | ErrorCode::Unavailable => self.figures.too_many += 1,
            other => self.lies.push(format!("refused for good: {other:?}")),
        }
        false
    }

    fn have(&self) -> Seq {
        self.seen.last_key_value().map_or(0, |(seq, _)| *seq)
    }

    fn hear(&mut self, events: Events) {
        for event in events.events {
            let before = self.have();
            match self.seen.get(&event.seq) {
                Some(id) if *id != event.id => self.lies.push(format!("{} is {id} and {}", event.seq, event.id)),
                Some(_) => {}
                None if event.seq != before + 1 => self.lies.push(format!("{} after {before}", event.seq)),
                None => {
                    self.seen.insert(event.seq, event.id);
                }
            }
        }
    }
}

/// Holds what the writers in a conversation were told against what is stored; gives how many messages that is.
pub fn all_is_there(thread: &ConversationId, stored: &[Event], writers: &[&Courier]) -> usize {
    assert!(stored.iter().map(|event| event.seq).eq(1..=stored.len() as Seq), "{thread} has a gap");
    let said: Vec<(&EventId, &String)> = stored
        .iter()
        .filter_map(|event| if let What::Said { text } = &event.what { Some((&event.id, text)) } else { None })
        .collect();
    for writer in writers {
        assert_eq!(writer.lies, Vec::<String>::new(), "{thread}");
        assert_eq!(writer.told, writer.written, "all was acknowledged in the order of writing");
        let theirs: Vec<EventId> =
            said.iter().map(|(id, _)| *id).filter(|id| writer.written.contains(id)).cloned().collect();
        assert_eq!(theirs, writer.written, "{thread}: lost, twice, or in another order");
        for (seq, id) in &writer.seen {
            let there = stored.get(*seq as usize - 1).map(|event| &event.id);
            assert_eq!(there, Some(id), "{thread}: {seq} was shown to be another");
        }
    }
    assert!(said.iter().all(|(id, text)| **text == Courier::text(id)), "{thread}: a text has changed");
    assert_eq!(said.len(), writers.iter().map(|writer| writer.written.len()).sum::<usize>(), "{thread}: from nobody");
    said.len()
}
