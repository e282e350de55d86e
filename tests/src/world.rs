//! A small world at work, and a look at all of it: what was refused must have changed nothing.

use crate::http::Request;
use crate::people::{ask_person, conversation, id, say};
use crate::{Agent, Edge, Visitor};
use serde_json::{Value, json};
use shared::ids::ConversationId;
use shared::protocol::ErrorCode;
use std::cell::RefCell;

/// A visitor who waits for a person, another one with the assistant, and an agent.
pub struct World {
    pub edge: Edge,
    pub visitor: Visitor,
    pub thread: ConversationId,
    pub other: Visitor,
    pub others_thread: ConversationId,
    pub agent: Agent,
    last_seen: RefCell<Value>,
}

impl World {
    pub fn new() -> Self {
        let edge = Edge::start();
        let agent = Agent::set_up(&edge, "Ada");
        let (visitor, thread) = (Visitor::new(&edge, 1), conversation(1));
        visitor.command(&thread, 0, id(1), say("My lamp flickers and hums"));
        visitor.command(&thread, 0, id(2), ask_person());
        let (other, others_thread) = (Visitor::new(&edge, 2), conversation(2));
        other.command(&others_thread, 0, id(3), say("A secret of somebody else"));
        let world = Self { edge, visitor, thread, other, others_thread, agent, last_seen: RefCell::default() };
        world.last_seen.replace(world.look());
        world
    }

    /// Everything that anybody here can see.
    fn look(&self) -> Value {
        let client = self.edge.client();
        json!({
            "events": self.visitor.events(&self.thread),
            "threads": self.visitor.threads(),
            "other's events": self.other.events(&self.others_thread),
            "other's threads": self.other.threads(),
            "inbox": self.agent.inbox(),
            "me": self.agent.request("GET", "/api/w/demo/session").send().ok::<Value>(),
            "boot": client.get("/api/w/demo/boot?locale=en").send().ok::<Value>(),
            "setup": client.get("/api/w/demo/setup").send().ok::<Value>(),
        })
    }

    /// The request is refused with this code, in JSON that nobody may store, and has changed nothing.
    pub fn expect_refused(&self, what: &str, request: Request, code: ErrorCode) {
        let reply = request.send();
        assert_eq!(reply.refusal(), (code.status(), code), "{what}: {}", reply.text());
        assert_eq!(reply.header("cache-control"), "no-store", "{what}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{what}");
        let now = self.look();
        assert_eq!(*self.last_seen.borrow(), now, "{what} has changed something");
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}
