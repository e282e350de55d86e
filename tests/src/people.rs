//! A visitor and an agent who use the doors directly.

use crate::{Client, Edge, Reply, Socket};
use shared::ids::{ConversationId, EventId, VisitorToken, base64url};
use shared::protocol::*;

/// An identifier of 22 characters that is always the same for the same number.
pub fn id(number: u8) -> EventId {
    EventId::parse(&base64url(&[number; 16])).unwrap()
}

/// A conversation's identifier that is always the same for the same number.
pub fn conversation(number: u8) -> ConversationId {
    ConversationId::parse(&base64url(&[number; 16])).unwrap()
}

/// A visitor's token that is always the same for the same number.
pub fn secret(number: u8) -> VisitorToken {
    VisitorToken::parse(&base64url(&[number; 32])).unwrap()
}

/// The page that the visitor is on.
pub fn context() -> Context {
    let article = ArticleRef {
        id: shared::ids::ArticleId::parse("connect-wifi").unwrap(),
        title: "Connect a lamp to Wi-Fi".into(),
    };
    Context {
        url: "http://localhost/plain/?from=mail".into(),
        title: "Lumen Dot, a table lamp · Lumen".into(),
        locale: "en".into(),
        shown: vec![Shown { opened: true, helped: Some(false), ..Shown::new(article) }],
        recent: Vec::new(),
        answers: Vec::new(),
        told: Vec::new(),
    }
}

pub fn say(text: &str) -> VisitorAction {
    VisitorAction::Say { text: text.into(), context: context() }
}

pub fn ask_person() -> VisitorAction {
    VisitorAction::AskPerson { context: context() }
}

/// What was said in these events, in their order.
pub fn texts(events: &[Event]) -> Vec<&str> {
    events
        .iter()
        .filter_map(|event| if let What::Said { text } = &event.what { Some(text.as_str()) } else { None })
        .collect()
}

/// A visitor who waits in a conversation, and the agent who will answer.
pub fn waiting() -> (Edge, Agent, Visitor, ConversationId) {
    let (edge, agent, visitor, thread) = meeting();
    visitor.command(&thread, 0, id(1), ask_person());
    (edge, agent, visitor, thread)
}

/// An agent, and a visitor with the conversation that they will begin.
pub fn meeting() -> (Edge, Agent, Visitor, ConversationId) {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let (visitor, thread) = (Visitor::new(&edge, 1), conversation(1));
    (edge, agent, visitor, thread)
}

pub fn reply(text: &str) -> AgentAction {
    AgentAction::Reply { text: text.into(), seen: None }
}

/// Someone on the site.
pub struct Visitor {
    client: Client,
    origin: String,
    port: u16,
    pub token: VisitorToken,
}

impl Visitor {
    /// The visitor with this number's secret.
    pub fn new(edge: &Edge, number: u8) -> Self {
        Self { client: edge.client(), origin: edge.origin(), port: edge.port(), token: secret(number) }
    }

    /// A device of the visitor whom the site has signed this for.
    pub fn identified(edge: &Edge, token: VisitorToken) -> Self {
        Self { token, ..Self::new(edge, 0) }
    }

    /// The same visitor, who reaches the edge by another port.
    pub fn through(self, port: u16) -> Self {
        let origin = format!("http://127.0.0.1:{port}");
        Self { client: Client::new(&origin), origin, port, ..self }
    }

    pub fn try_command(&self, thread: &ConversationId, have: Seq, id: EventId, action: VisitorAction) -> Reply {
        let request = CommandRequest { have, command: VisitorCommand { id, action } };
        self.client
            .post(&format!("/api/w/demo/conversations/{thread}/commands"))
            .bearer(self.token.as_str())
            .json(&request)
            .send()
    }

    /// The events that the visitor did not have yet, the command's own included.
    pub fn command(&self, thread: &ConversationId, have: Seq, id: EventId, action: VisitorAction) -> Vec<Event> {
        self.try_command(thread, have, id, action).ok::<Events>().events
    }

    /// Sends a command to an edge that may just be down; none unless it was taken.
    pub fn offer(&self, thread: &ConversationId, id: EventId, action: VisitorAction) -> Option<Events> {
        let request = CommandRequest { have: 0, command: VisitorCommand { id, action } };
        let path = format!("/api/w/demo/conversations/{thread}/commands");
        let reply = self.client.post(&path).bearer(self.token.as_str()).json(&request).try_send().ok()?;
        (reply.status == 200).then(|| reply.ok())
    }

    pub fn try_events(&self, thread: &ConversationId, have: Seq) -> Reply {
        self.client
            .get(&format!("/api/w/demo/conversations/{thread}/events?have={have}"))
            .bearer(self.token.as_str())
            .send()
    }

    pub fn events(&self, thread: &ConversationId) -> Events {
        self.try_events(thread, 0).ok()
    }

    pub fn threads(&self) -> Vec<Thread> {
        self.client.get("/api/w/demo/conversations").bearer(self.token.as_str()).send().ok::<Threads>().threads
    }

    /// A live socket that has said how far the visitor is.
    pub fn live(&self, thread: &ConversationId, have: Seq) -> Socket {
        let mut socket = self.silent_socket(thread);
        socket.send(&VisitorFrame::Hello { token: self.token.clone(), have });
        socket
    }

    /// A request with this visitor's proof.
    pub fn request(&self, method: &str, path: &str) -> crate::http::Request {
        self.client.request(method, path).bearer(self.token.as_str())
    }

    /// As `live`, of an edge that may just be down.
    pub fn try_live(&self, thread: &ConversationId, have: Seq) -> Option<Socket> {
        let path = format!("/api/w/demo/conversations/{thread}/live");
        let mut socket = Socket::try_open(self.port, &path, &[("Origin", &self.origin)]).ok()?;
        let hello = VisitorFrame::Hello { token: self.token.clone(), have };
        socket.try_send_text(&serde_json::to_string(&hello).unwrap()).then_some(socket)
    }

    /// A silent socket that the platform says to come from this address.
    pub fn live_at(&self, thread: &ConversationId, header: &str, address: &str) -> Socket {
        let path = format!("/api/w/demo/conversations/{thread}/live");
        Socket::open(self.port, &path, &[("Origin", &self.origin), (header, address)])
    }

    /// A live socket that has said nothing yet.
    pub fn silent_socket(&self, thread: &ConversationId) -> Socket {
        Socket::open(self.port, &format!("/api/w/demo/conversations/{thread}/live"), &[("Origin", &self.origin)])
    }
}

/// Someone of the team, signed in.
pub struct Agent {
    client: Client,
    origin: String,
    port: u16,
    /// The value for the `Cookie` header.
    pub cookie: String,
    pub me: Me,
}

/// The password of every agent in the tests.
pub const PASSWORD: &str = "correct horse battery";

impl Agent {
    /// Uses the set-up link.
    pub fn set_up(edge: &Edge, name: &str) -> Self {
        Self::admitted(edge, &Self::try_join(edge, crate::edge::SETUP_TOKEN, name))
    }

    /// Uses an invitation by this agent.
    pub fn invite(&self, edge: &Edge, name: &str) -> Self {
        Self::admitted(edge, &Self::try_join(edge, &self.invitation().token, name))
    }

    pub fn invitation(&self) -> Invitation {
        self.request("POST", "/api/w/demo/invitations").send().ok()
    }

    /// Uses a set-up link with this token.
    pub fn try_join(edge: &Edge, token: &str, name: &str) -> Reply {
        let setup = Setup { token: token.into(), name: name.into(), password: PASSWORD.into() };
        edge.client().post("/api/w/demo/setup").header("Origin", &edge.origin()).json(&setup).send()
    }

    pub fn team(&self) -> Roster {
        self.request("GET", "/api/w/demo/team").send().ok()
    }

    pub fn report(&self) -> Report {
        self.request("GET", "/api/w/demo/report?days=7").send().ok()
    }

    pub fn sign_in(edge: &Edge, name: &str) -> Self {
        let sign_in = SignIn { name: name.into(), password: PASSWORD.into() };
        Self::admitted(
            edge,
            &edge.client().post("/api/w/demo/session").header("Origin", &edge.origin()).json(&sign_in).send(),
        )
    }

    /// The agent whose session has this cookie.
    pub fn returning(edge: &Edge, cookie: &str) -> Self {
        let me = edge.client().get("/api/w/demo/session").header("Cookie", cookie).send().ok();
        Self { client: edge.client(), origin: edge.origin(), port: edge.port(), cookie: cookie.into(), me }
    }

    fn admitted(edge: &Edge, reply: &Reply) -> Self {
        let me = reply.ok();
        let (cookie, _) = reply.header("set-cookie").split_once(';').unwrap();
        Self { client: edge.client(), origin: edge.origin(), port: edge.port(), cookie: cookie.into(), me }
    }

    /// The same agent, who reaches the edge by another port.
    pub fn through(self, port: u16) -> Self {
        let origin = format!("http://127.0.0.1:{port}");
        Self { client: Client::new(&origin), origin, port, ..self }
    }

    /// A request with this agent's proof.
    pub fn request(&self, method: &str, path: &str) -> crate::http::Request {
        self.client.request(method, path).header("Cookie", &self.cookie).header("Origin", &self.origin)
    }

    pub fn try_command(&self, thread: &ConversationId, have: Seq, id: EventId, action: AgentAction) -> Reply {
        let request = AgentCommandRequest { have, command: AgentCommand { id, action, seen: None } };
        self.request("POST", &format!("/api/w/demo/conversations/{thread}/agent-commands")).json(&request).send()
    }

    pub fn command(&self, thread: &ConversationId, have: Seq, id: EventId, action: AgentAction) -> Vec<Event> {
        self.try_command(thread, have, id, action).ok::<Events>().events
    }

    pub fn events(&self, thread: &ConversationId) -> Events {
        self.request("GET", &format!("/api/w/demo/conversations/{thread}/agent-events?have=0")).send().ok()
    }

    pub fn inbox(&self) -> Vec<Summary> {
        let InboxFrame::Snapshot(summaries) = self.request("GET", "/api/w/demo/inbox").send().ok() else {
            panic!("the inbox does not begin with a snapshot");
        };
        summaries
    }

    /// What the edge answers to a query of the lists, such as `list=waiting`.
    pub fn lists(&self, query: &str) -> Vec<InboxFrame> {
        self.request("GET", &format!("/api/w/demo/inbox?{query}")).send().ok()
    }

    /// The live inbox, of a page that asks for lists in pages.
    pub fn lists_live(&self, ask: &InboxAsk) -> Socket {
        let mut socket = self.socket("/api/w/demo/inbox/live?pages");
        socket.send(ask);
        socket
    }

    /// The live inbox.
    pub fn inbox_live(&self) -> Socket {
        self.socket("/api/w/demo/inbox/live")
    }

    /// A live socket to a conversation that has said how far the agent is.
    pub fn live(&self, thread: &ConversationId, have: Seq) -> Socket {
        let mut socket = self.socket(&format!("/api/w/demo/conversations/{thread}/agent-live"));
        socket.send(&AgentFrame::Hello { have, company: false, glimpse: false });
        socket
    }

    /// A live socket to a conversation that is also told who else is there.
    pub fn live_with_company(&self, thread: &ConversationId) -> Socket {
        let mut socket = self.socket(&format!("/api/w/demo/conversations/{thread}/agent-live"));
        socket.send(&AgentFrame::Hello { have: 0, company: true, glimpse: false });
        socket
    }

    /// As `live`, of an edge that may just be down.
    pub fn try_live(&self, thread: &ConversationId, have: Seq) -> Option<Socket> {
        let path = format!("/api/w/demo/conversations/{thread}/agent-live");
        let headers = [("Origin", self.origin.as_str()), ("Cookie", self.cookie.as_str())];
        let mut socket = Socket::try_open(self.port, &path, &headers).ok()?;
        socket
            .try_send_text(&serde_json::to_string(&AgentFrame::Hello { have, company: false, glimpse: false }).unwrap())
            .then_some(socket)
    }

    fn socket(&self, path: &str) -> Socket {
        Socket::open(self.port, path, &[("Origin", &self.origin), ("Cookie", &self.cookie)])
    }
}
