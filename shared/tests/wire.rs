//! The wire as it is: each file in `wire/` holds every variant of every type of one family of messages, so that a change
//! of the wire is seen in review.
//!
//! A file is `{"Type": {"Variant": value}}`; for a type without variants the inner names are free. Each value is read
//! into its type and written again, which must give the same value. `BEFOREHAND_BLESS=1` writes the files anew from what
//! the types make of them, such as after adding a field that has a default; what no longer reads must be changed by hand.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use shared::assistant::{AssistantExplanation, Decision, WhyNot};
use shared::problem::{Problem, ProblemCode};
use shared::protocol::*;
use shared::richtext::{Block, Span};
use shared::settings::{PanelSettings, Settings};
use std::path::PathBuf;

#[path = "wire/variants.rs"]
mod variants;
use variants::Variants;

#[test]
fn what_the_panel_sends_and_gets() {
    let mut file = File::open("visitor");
    file.answer::<Boot>("Boot");
    file.answer::<KnownProblem>("KnownProblem");
    file.answer::<Section>("Section");
    file.answer::<Sections>("Sections");
    file.answer::<Messages>("Messages");
    file.answer::<MessageText>("MessageText");
    file.answer::<Expected>("Expected");
    file.request::<CommandRequest>("CommandRequest");
    file.request::<VisitorCommand>("VisitorCommand");
    file.request::<VisitorAction>("VisitorAction");
    file.answer::<Events>("Events");
    file.answer::<Base>("Base");
    file.answer::<Threads>("Threads");
    file.answer::<Thread>("Thread");
    file.request::<Resolution>("Resolution");
    file.request::<VisitorFrame>("VisitorFrame");
    file.answer::<ConversationFrame>("ConversationFrame");
    file.close();
}

#[test]
fn what_the_inbox_sends_and_gets() {
    let mut file = File::open("agent");
    file.answer::<SetupState>("SetupState");
    file.request::<Setup>("Setup");
    file.request::<SignIn>("SignIn");
    file.answer::<Me>("Me");
    file.request::<AgentCommandRequest>("AgentCommandRequest");
    file.request::<AgentCommand>("AgentCommand");
    file.request::<AgentAction>("AgentAction");
    file.request::<AgentFrame>("AgentFrame");
    file.answer::<CompanyFrame>("CompanyFrame");
    file.answer::<InboxFrame>("InboxFrame");
    file.request::<InboxAsk>("InboxAsk");
    file.answer::<Glimpse>("Glimpse");
    file.answer::<Summary>("Summary");
    file.answer::<HandOff>("HandOff");
    file.answer::<Roster>("Roster");
    file.answer::<Colleague>("Colleague");
    file.answer::<TeamLine>("TeamLine");
    file.answer::<ListedArticle>("ListedArticle");
    file.answer::<Invitation>("Invitation");
    file.request::<Away>("Away");
    file.answer::<Report>("Report");
    file.request::<ExplainRequest>("ExplainRequest");
    file.request::<AssistantExplainRequest>("AssistantExplainRequest");
    file.answer::<AssistantExplanation>("AssistantExplanation");
    file.answer::<Decision>("Decision");
    file.answer::<WhyNot>("WhyNot");
    file.close();
}

#[test]
fn what_a_conversation_holds() {
    let mut file = File::open("event");
    file.answer::<Event>("Event");
    file.answer::<Author>("Author");
    file.answer::<What>("What");
    file.request::<Context>("Context");
    file.request::<Told>("Told");
    file.request::<Shown>("Shown");
    file.request::<ArticleRef>("ArticleRef");
    file.answer::<HandOffReason>("HandOffReason");
    file.answer::<Destination>("Destination");
    file.answer::<Priority>("Priority");
    file.request::<Placement>("Placement");
    file.answer::<Resurface>("Resurface");
    file.answer::<Survey>("Survey");
    file.answer::<ReadMarks>("ReadMarks");
    file.answer::<Status>("Status");
    file.close();
}

#[test]
fn what_a_site_owner_publishes_and_a_visitor_reads() {
    let mut file = File::open("content");
    file.request::<Content>("Content");
    file.request::<Settings>("Settings");
    file.request::<PanelSettings>("PanelSettings");
    file.request::<Articles>("Articles");
    file.request::<ArticleSource>("ArticleSource");
    file.request::<Answers>("Answers");
    file.request::<AnswerSource>("AnswerSource");
    file.answer::<Published>("Published");
    file.answer::<PublishedIndex>("PublishedIndex");
    file.answer::<Article>("Article");
    file.answer::<AnswerToRead>("AnswerToRead");
    file.answer::<Block>("Block");
    file.answer::<Span>("Span");
    file.close();
}

#[test]
fn what_a_visitor_can_have_of_what_is_kept_about_them() {
    let mut file = File::open("privacy");
    file.answer::<VisitorExport>("VisitorExport");
    file.answer::<ConversationExport>("ConversationExport");
    file.answer::<Erasure>("Erasure");
    file.answer::<VisitorOf>("VisitorOf");
    file.answer::<Profile>("Profile");
    file.close();
}

#[test]
fn what_an_operator_sends_and_gets() {
    let mut file = File::open("secrets");
    file.request::<NewWorkspace>("NewWorkspace");
    file.answer::<WorkspaceSecrets>("WorkspaceSecrets");
    file.answer::<RenewedSecret>("RenewedSecret");
    file.close();
}

#[test]
fn what_the_edge_says_when_it_refuses() {
    let mut file = File::open("error");
    file.answer::<ErrorBody>("ErrorBody");
    file.answer::<ApiError>("ApiError");
    file.answer::<Problem>("Problem");
    file.answer::<ProblemCode>("ProblemCode");
    // The list itself is the snapshot: no code may change its name, status or sentence unseen.
    let entry = |code: &ErrorCode| {
        let value = json!({ "code": code, "status": code.status(), "sentence": code.sentence() });
        (format!("{code:?}"), value)
    };
    file.replace("ErrorCode", ErrorCode::ALL.iter().map(entry).collect());
    file.close();
}

#[test]
fn every_status_of_an_error_is_one_of_an_error() {
    for code in ErrorCode::ALL {
        assert!((400..=599).contains(&code.status()), "{code:?}");
        assert_eq!(serde_json::from_value::<ErrorCode>(json!(code)).unwrap(), *code);
    }
}

/// One file of snapshots, and what the types made of it so far.
struct File {
    path: PathBuf,
    before: Map<String, Value>,
    after: Map<String, Value>,
}

impl File {
    fn open(family: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/wire/{family}.json"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let before = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self { path, before, after: Map::new() }
    }

    /// A type that only the edge writes: it must read back as it was written.
    fn answer<T: Variants + Serialize + DeserializeOwned>(&mut self, name: &str) {
        let samples = self.samples(name);
        let mut missing = T::ALL.to_vec();
        let mut after = Map::new();
        for (label, value) in samples {
            let read: T = read(&value).unwrap_or_else(|error| panic!("{name}.{label} no longer reads: {error}"));
            if let Some(variant) = read.variant() {
                assert_eq!(variant, label, "{name}.{label} is another variant");
            }
            missing.retain(|variant| *variant != label);
            after.insert(label, serde_json::to_value(&read).unwrap());
        }
        assert!(missing.is_empty(), "{} has no {name}.{}", self.path.display(), missing.join(", "));
        self.after.insert(String::from(name), Value::Object(after));
    }

    /// A type that anybody can send: beside that, no object in it takes a field that it does not know.
    fn request<T: Variants + Serialize + DeserializeOwned>(&mut self, name: &str) {
        self.answer::<T>(name);
        for (label, value) in self.samples(name) {
            for place in objects(&value) {
                let mut spoilt = value.clone();
                let object = spoilt.pointer_mut(&place).and_then(Value::as_object_mut).unwrap();
                object.insert(String::from("unknown_field"), json!(1));
                assert!(read::<T>(&spoilt).is_err(), "{name}.{label} takes an unknown field at {place:?}");
            }
        }
    }

    fn replace(&mut self, name: &str, value: Map<String, Value>) {
        self.after.insert(String::from(name), Value::Object(value));
    }

    fn close(self) {
        if self.before == self.after {
            return;
        }
        let text = serde_json::to_string_pretty(&self.after).unwrap() + "\n";
        if std::env::var_os("BEFOREHAND_BLESS").is_some() {
            std::fs::write(&self.path, text).unwrap();
        } else {
            panic!("the wire has changed; BEFOREHAND_BLESS=1 would write {}:\n{text}", self.path.display());
        }
    }

    fn samples(&self, name: &str) -> Map<String, Value> {
        let samples = self.before.get(name).and_then(Value::as_object);
        samples.unwrap_or_else(|| panic!("{} has no {name}", self.path.display())).clone()
    }
}

fn read<T: DeserializeOwned>(value: &Value) -> serde_json::Result<T> {
    // As text, since that is how it travels.
    serde_json::from_str(&value.to_string())
}

/// The places of all objects in a value, as JSON pointers.
fn objects(value: &Value) -> Vec<String> {
    let within = |key: &str, inner: &Value| {
        objects(inner).into_iter().map(move |place| format!("/{key}{place}")).collect::<Vec<_>>()
    };
    match value {
        Value::Object(fields) => {
            std::iter::once(String::new()).chain(fields.iter().flat_map(|(key, inner)| within(key, inner))).collect()
        }
        Value::Array(items) => {
            items.iter().enumerate().flat_map(|(at, inner)| within(&at.to_string(), inner)).collect()
        }
        _ => Vec::new(),
    }
}
