//! Values of every type that is stored, as this build writes them: those of the wire's snapshots that are stored as they travel,
//! and the reports' own.

use serde_json::{Map, Value, json};
use shared::conversation::Counted;
use shared::ids::{AgentId, ArticleId, TeamId};
use shared::protocol::{Millis, Priority};
use shared::report::{By, Counters, Fact, Score, Survey};
use shared::routing::Helped;
use std::path::Path;

/// The types whose snapshots of the wire are stored, each with its file.
const OF_WIRE: [(&str, &str); 7] = [
    ("Event", "event"),
    ("What", "event"),
    ("Author", "event"),
    ("Content", "content"),
    ("Summary", "agent"),
    ("Thread", "visitor"),
    ("Profile", "privacy"),
];
/// Besides: what an article was made into, what was written, and the settings.
const OF_CONTENT: [&str; 5] = ["Block", "Span", "AnswerSource", "ArticleSource", "Settings"];

/// All samples: `{"Type": {"name": value}}`.
pub(crate) fn all(tests: &Path) -> Map<String, Value> {
    let of_content = OF_CONTENT.map(|name| (name, "content"));
    let mut all: Map<String, Value> = OF_WIRE
        .into_iter()
        .chain(of_content)
        .map(|(name, file)| {
            let text = std::fs::read_to_string(tests.join(format!("wire/{file}.json"))).unwrap();
            let snapshots: Value = serde_json::from_str(&text).unwrap();
            (name.to_owned(), snapshots[name].clone())
        })
        .collect();
    let counted = |(revision, fact)| Counted { revision, at: 1_795_910_400_000, topic: "connect-wifi".into(), fact };
    let facts = facts();
    let named = |fact: &Fact| name(fact).to_owned();
    let by_name = (1..).zip(facts.clone()).map(|(at, fact)| (named(&fact), json!(counted((at, fact))))).collect();
    all.insert("Counted".into(), Value::Object(by_name));
    let mut counters = Counters::default();
    facts.iter().for_each(|fact| counters.record(fact));
    all.insert("Counters".into(), json!({ "of_every_fact": counters, "of_none": Counters::default() }));
    let helped = |team| Helped { team, agent: agent() };
    all.insert("Helped".into(), json!({ "in_a_team": helped(Some(team())), "in_escalations": helped(None) }));
    all
}

fn agent() -> AgentId {
    AgentId::parse("AQEBAQEBAQEBAQEBAQEBAQ").unwrap()
}

fn team() -> TeamId {
    TeamId::parse("billing").unwrap()
}

/// A fact of every kind, in every form that matters to a sum.
fn facts() -> Vec<Fact> {
    let article = || ArticleId::parse("connect-wifi").unwrap();
    let (after, priority): (Millis, _) = (90_000, Priority::High);
    let rated =
        |survey, automated| Fact::Rated { survey, score: Score::new(4).unwrap(), instead_of: Score::new(2), automated };
    vec![
        Fact::Asked,
        Fact::AskedElsewhere,
        Fact::ShownElsewhere { article: article() },
        Fact::Shown { article: article() },
        Fact::Opened { article: article() },
        Fact::Escalated { article: article() },
        Fact::Solved { by: By::Suggestion(article()) },
        Fact::Reopened { by: By::Person },
        Fact::HandedOff { team: Some(team()), first: true },
        Fact::LookedAt,
        Fact::Reassigned { first: true },
        Fact::Late { priority, first: true },
        rated(Survey::Csat, false),
        Fact::FirstReply { after, priority, kept: Some(true) },
        Fact::NextReply { after, priority, kept: Some(false) },
        Fact::Active { agent: agent(), span: after },
        Fact::AtOnce { agent: agent(), open: 3, span: after },
    ]
}

/// Has no wildcard: a new kind of fact does not compile until it is in the list above as well.
fn name(fact: &Fact) -> &'static str {
    match fact {
        Fact::Asked => "Asked",
        Fact::AskedElsewhere => "AskedElsewhere",
        Fact::ShownElsewhere { .. } => "ShownElsewhere",
        Fact::Shown { .. } => "Shown",
        Fact::Opened { .. } => "Opened",
        Fact::Escalated { .. } => "Escalated",
        Fact::Solved { .. } => "Solved",
        Fact::Reopened { .. } => "Reopened",
        Fact::HandedOff { .. } => "HandedOff",
        Fact::LookedAt => "LookedAt",
        Fact::Reassigned { .. } => "Reassigned",
        Fact::Late { .. } => "Late",
        Fact::Rated { .. } => "Rated",
        Fact::FirstReply { .. } => "FirstReply",
        Fact::NextReply { .. } => "NextReply",
        Fact::Active { .. } => "Active",
        Fact::AtOnce { .. } => "AtOnce",
    }
}
