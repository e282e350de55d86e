//! A conversation with two people in it, ours or the plain one.

use shared::ids::{ConversationId, EventId, VisitorToken, base64url};
use shared::protocol::*;
use tests::people::{ask_person, say};
use tests::{Agent, Client, Edge, Socket};

/// The two sides' sockets, both open and greeted.
pub(crate) struct Pair {
    pub(crate) writer: Socket,
    pub(crate) reader: Socket,
}

/// Where conversations are.
pub(crate) trait Rooms: Sync {
    /// Opens the conversation with this number.
    fn open(&self, number: u32) -> Pair;
    /// One more socket that only listens.
    fn listen(&self, number: u32) -> Socket;
    /// A message as it is sent.
    fn frame(&self, id: &str) -> String;
}

/// An id that is no other message's.
pub(crate) fn message_id(conversation: u32, number: u32) -> String {
    let bytes = [&conversation.to_be_bytes()[..], &number.to_be_bytes(), &[7; 8]].concat();
    base64url(&bytes)
}

/// As long as a sentence in a support conversation.
const TEXT: &str = "I have tried that twice, and it still hums as soon as I dim it below half. What now?";

/// The product.
pub(crate) struct Ours {
    agent: Agent,
    client: Client,
    port: u16,
    origin: String,
}

impl Ours {
    pub(crate) fn new(edge: &Edge) -> Self {
        let agent = Agent::set_up(edge, "Ada");
        Self { agent, client: edge.client(), port: edge.port(), origin: edge.origin() }
    }

    pub(crate) fn thread(number: u32) -> ConversationId {
        ConversationId::parse(&base64url(&[&number.to_be_bytes()[..], &[5; 12]].concat())).unwrap()
    }

    fn token(number: u32) -> VisitorToken {
        VisitorToken::parse(&base64url(&[&number.to_be_bytes()[..], &[6; 28]].concat())).unwrap()
    }

    /// The writer's socket, greeted by one who has so much already.
    pub(crate) fn greet(&self, number: u32, have: Seq) -> Socket {
        let path = format!("/api/w/demo/conversations/{}/live", Self::thread(number));
        let address = address(number);
        let mut socket = Socket::open(self.port, &path, &[("Origin", &self.origin), (super::ADDRESS, &address)]);
        socket.send(&VisitorFrame::Hello { token: Self::token(number), have });
        socket
    }
}

impl Rooms for Ours {
    fn open(&self, number: u32) -> Pair {
        let thread = Self::thread(number);
        // Handed to people, as a conversation is in which two people write.
        let command =
            VisitorCommand { id: EventId::parse(&message_id(number, u32::MAX)).unwrap(), action: ask_person() };
        let request = self.client.post(&format!("/api/w/demo/conversations/{thread}/commands"));
        let request = request.bearer(Self::token(number).as_str()).header(super::ADDRESS, &address(number));
        let have = request.json(&CommandRequest { have: 0, command }).send().ok::<Events>().events.len() as Seq;
        let mut writer = self.greet(number, have);
        let mut reader = self.agent.live(&thread, have);
        writer.receive_text();
        reader.receive_text();
        Pair { writer, reader }
    }

    fn listen(&self, number: u32) -> Socket {
        let mut socket = self.agent.live(&Self::thread(number), 2);
        socket.receive_text();
        socket
    }

    fn frame(&self, id: &str) -> String {
        let id = EventId::parse(id).unwrap();
        serde_json::to_string(&VisitorFrame::Do(VisitorCommand { id, action: say(TEXT) })).unwrap()
    }
}

/// The chat of `plain.js`.
pub(crate) struct Plain {
    port: u16,
}

impl Plain {
    pub(crate) fn new(port: u16) -> Self {
        Self { port }
    }
}

impl Rooms for Plain {
    fn open(&self, number: u32) -> Pair {
        Pair { writer: self.listen(number), reader: self.listen(number) }
    }

    fn listen(&self, number: u32) -> Socket {
        Socket::open(self.port, &format!("/room/{number}"), &[])
    }

    fn frame(&self, id: &str) -> String {
        serde_json::json!({ "id": id, "text": TEXT }).to_string()
    }
}

/// Each visitor comes from an address of their own.
fn address(number: u32) -> String {
    let [_, a, b, c] = number.to_be_bytes();
    format!("10.{a}.{b}.{c}")
}
