//! Writes into the stored objects of an edge that is stopped: thousands of conversations in a second, as they were stored.

use crate::people::conversation;
use crate::waiting::eventually;
use crate::{Client, Edge, tools};
use serde_json::{Value, json};
use shared::ids::{ConversationId, base64url};
use shared::protocol::{Author, Context, Me, Millis, Status, Summary, What};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

/// As many rows as go into one request.
const AT_ONCE: usize = 2_000;

/// The stored objects of a stopped edge, opened by an engine that only runs SQL. Closed when dropped.
pub struct Seed<'a> {
    edge: &'a Edge,
    process: Child,
    client: Client,
}

impl<'a> Seed<'a> {
    /// Opens the objects of an edge that is stopped.
    pub fn open(edge: &'a Edge) -> Self {
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let process = Command::new(tools::workerd())
            .arg("serve")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/seed/seed.capnp"))
            .args(["--socket-addr", &format!("http=127.0.0.1:{port}")])
            .args(["--directory-path", &format!("objects={}", edge.folder().join("objects").display())])
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let client = Client::new(&format!("http://127.0.0.1:{port}"));
        eventually("the seeding engine to answer", || client.get("/").try_send().ok());
        Self { edge, process, client }
    }

    /// The only stored object of a class.
    pub fn only(&self, class: &str) -> String {
        let mut ids = self.edge.files().into_iter().filter_map(|path| {
            let is_of_class = path.parent()?.file_name()? == class && path.extension()? == "sqlite";
            Some(path.file_stem()?.to_str()?.to_owned()).filter(|name| is_of_class && name != "metadata")
        });
        let id = ids.next().unwrap_or_else(|| panic!("no {class} is stored"));
        assert_eq!(ids.next(), None, "more than one {class}");
        id
    }

    /// Runs a statement once for each row of values; gives what the last run has found.
    pub fn run(&self, class: &str, id: &str, statement: &str, rows: &[Value]) -> Value {
        let mut found = Value::Null;
        for rows in rows.chunks(AT_ONCE) {
            let body = json!({ "statement": statement, "rows": rows });
            found = self.client.post(&format!("/{class}/{id}")).json(&body).send().ok();
        }
        found
    }

    /// Puts lines into the inbox as a build stored them that knew neither ranks nor places.
    pub fn lines(&self, lines: &[Summary]) {
        let inbox = self.only("inbox");
        let rows: Vec<Value> = lines
            .iter()
            .map(|line| json!([line.id, line.version, line.updated_at, serde_json::to_string(line).unwrap()]))
            .collect();
        let statement = "INSERT INTO conversations (id, version, updated_at, json) VALUES (?, ?, ?, ?)";
        self.run("inbox", &inbox, statement, &rows);
    }

    /// Appends messages to the only conversation that is stored, by its visitor and this agent in turn.
    pub fn messages(&self, count: u32, agent: &Me, at: Millis) {
        let id = self.only("conversation");
        let last = "SELECT max(seq), max(revision), min(granted) FROM events";
        let last = self.run("conversation", &id, last, &[json!([])]);
        let [seq, revision, granted] = [0, 1, 2].map(|column| last[0][column].as_u64().unwrap());
        let row = |number: u32| {
            let seq = seq + u64::from(number) + 1;
            let author = Author::Agent { id: agent.id.clone(), name: agent.name.clone() };
            // The visitor has the last word of an even number, and waits.
            let by = if number.is_multiple_of(2) { author } else { Author::Visitor };
            let id = base64url(&[&[0xe5; 12][..], &number.to_be_bytes()].concat());
            let text =
                format!("Message {number}: it is blue, it hums when it rains, and the switch is on the left side.");
            let at = at + Millis::from(number) * 1_000;
            let event = json!({ "seq": seq, "id": id, "at": at, "by": by, "what": What::Said { text } });
            json!([seq, id, null, revision + u64::from(number) + 1, granted, event.to_string()])
        };
        let rows: Vec<Value> = (0..count).map(row).collect();
        let statement = "INSERT INTO events (seq, id, digest, revision, granted, json) VALUES (?, ?, ?, ?, ?, ?)";
        self.run("conversation", &id, statement, &rows);
    }
}

impl Drop for Seed<'_> {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The id of the conversation of this number, of those that no test makes by hand.
pub fn seeded(number: u32) -> ConversationId {
    let bytes = [&[0x5e; 12][..], &number.to_be_bytes()].concat();
    let id = ConversationId::parse(&base64url(&bytes)).unwrap();
    assert_ne!(id, conversation(0x5e));
    id
}

/// A line of the conversation of this number that was begun and has changed at this time.
pub fn line(number: u32, status: Status, at: Millis) -> Summary {
    let title =
        format!("Question {number}: where is the parcel that I ordered last week, and can it still be changed?");
    Summary {
        id: seeded(number),
        version: 3,
        last: format!("It was sent to the address of order {number}."),
        title,
        status,
        hand_off: None,
        waiting_since: (status == Status::Waiting).then_some(at),
        due: None,
        snoozed_until: None,
        resurfaced: None,
        opened_at: at,
        updated_at: at,
        unread: 0,
        context: Context {
            url: "https://shop.example/orders".into(),
            title: "Orders".into(),
            locale: "en".into(),
            ..Context::default()
        },
    }
}
