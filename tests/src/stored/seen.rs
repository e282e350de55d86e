//! Everything that a build shows of what it has stored.

use crate::identity::identity;
use crate::people::conversation;
use crate::{Agent, Edge, Visitor, eventually};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use shared::matching::{Index, Query};
use shared::protocol::*;
use std::collections::BTreeMap;

/// The visitor with this number is the site's user 17; the others have secrets of their own.
const IDENTIFIED: u8 = 14;
/// Whose exports are looked at: an address may ask for ten in a minute. They are somebody with the assistant, the one whom the site
/// knows, and one with many messages.
const EXPORTED: [u8; 3] = [1, IDENTIFIED, 20];

/// What the doors answered, as JSON, so that a field that a later build does not know is missed all the same.
#[derive(Debug, Serialize, Deserialize)]
pub struct Seen {
    /// The day of the calendar on which it was stored, counted from 1970.
    pub day: u16,
    /// The cookie of an agent's session.
    pub session: String,
    /// An invitation that nobody has used.
    pub invitation: String,
    /// The `Events` of each conversation as agents see it, by its number.
    pub conversations: BTreeMap<u8, Value>,
    /// The lines of the inbox.
    pub inbox: Value,
    /// Who is in the team.
    pub team: Value,
    /// The counters of the longest report.
    pub report: Value,
    /// The list of each conversation's visitor.
    pub threads: BTreeMap<u8, Value>,
    /// The `VisitorExport` of some visitors.
    pub exports: BTreeMap<u8, Value>,
    /// Articles, by their address.
    pub articles: BTreeMap<String, Value>,
    /// The first hit of each search, by language and question.
    pub hits: Vec<(String, String, String)>,
}

/// Questions with the article that answers each, and its language.
const QUESTIONS: [(&str, &str, &str); 3] = [
    ("en", "where is my parcel", "track-a-parcel"),
    ("es", "dónde está mi paquete", "track-a-parcel"),
    ("tr", "kargom nerede", "track-a-parcel"),
];

/// The visitor whose conversation has this number.
pub fn visitor(edge: &Edge, number: u8) -> Visitor {
    if number == IDENTIFIED {
        let claims = json!({ "name": "Grace Hopper", "email": "grace@navy.example", "plan": "pro" });
        Visitor::identified(edge, identity("17", 1, claims))
    } else {
        Visitor::new(edge, number)
    }
}

impl Seen {
    /// Asks every door, for these conversations.
    pub fn of(edge: &Edge, agent: &Agent, invitation: &str, numbers: impl IntoIterator<Item = u8>) -> Self {
        let get = |path: &str| agent.request("GET", path).send().ok::<Value>();
        let numbers: Vec<u8> = numbers.into_iter().collect();
        let events =
            |number: u8| get(&format!("/api/w/demo/conversations/{}/agent-events?have=0", conversation(number)));
        let threads =
            |number: u8| -> Value { visitor(edge, number).request("GET", "/api/w/demo/conversations").send().ok() };
        let export =
            |number: u8| visitor(edge, number).request("GET", "/api/w/demo/visitors/me/export").send().ok::<Value>();
        let address = |locale: &str, id: &str| format!("/api/w/demo/articles/{locale}/{id}");
        let articles = QUESTIONS.map(|(locale, _, id)| address(locale, id));
        Self {
            day: today(),
            session: agent.cookie.clone(),
            invitation: String::from(invitation),
            conversations: numbers.iter().map(|number| (*number, events(*number))).collect(),
            inbox: get("/api/w/demo/inbox"),
            team: get("/api/w/demo/team"),
            report: get(&format!("/api/w/demo/report?days={MAX_REPORT_DAYS}")),
            threads: numbers.iter().map(|number| (*number, threads(*number))).collect(),
            exports: EXPORTED.map(|number| (number, export(number))).into(),
            articles: articles.map(|address| (address.clone(), edge.client().get(&address).send().ok())).into(),
            hits: QUESTIONS
                .map(|(locale, question, _)| (locale.into(), question.into(), first_hit(edge, locale, question)))
                .into(),
        }
    }
}

/// The day of the calendar, counted from 1970, as the counters of the reports have it.
pub fn today() -> u16 {
    const DAY_SECONDS: u64 = 24 * 60 * 60;
    u16::try_from(crate::identity::now() / DAY_SECONDS).unwrap()
}

/// The article that a panel would suggest first.
pub fn first_hit(edge: &Edge, locale: &str, question: &str) -> String {
    // An index of another engine is made anew before it is named.
    let index = eventually("an index that opens", || {
        let boot: Boot = edge.client().get(&format!("/api/w/demo/boot?locale={locale}")).send().ok();
        Index::open(edge.client().get(&boot.index?).send().body).ok()
    });
    let hits = index.search(&Query { text: question, limit: 1, ..Query::default() });
    hits.into_iter().next().map(|hit| hit.id).unwrap_or_default()
}
