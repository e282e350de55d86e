//! The site and its team: what is published, who is there and who is away.

use serde_json::{Value, json};
use tests::{Agent, Edge};

/// Who works there.
pub(crate) struct Team {
    pub(crate) ada: Agent,
    pub(crate) bob: Agent,
}

/// What the kept help centre is about, in every language that has it: as much as a search needs to choose from.
const ARTICLES: [&str; 4] = ["track-a-parcel", "connect-wifi", "refund-times", "reset-password"];

/// Publishes a small help centre and makes two agents who will be there, and one who is never.
pub(crate) fn hire(edge: &Edge) -> Team {
    let mut content = edge.content();
    let is_kept = |article: &Value| ARTICLES.contains(&article["id"].as_str().unwrap());
    content["articles"].as_array_mut().unwrap().retain(is_kept);
    content["answers"].as_array_mut().unwrap().retain(|answer| answer["id"] == "opening-hours");
    let settings = if content["settings"].is_object() { &mut content["settings"] } else { &mut content };
    // Ten years, the longest that is allowed.
    settings["retention_days"] = json!(3_660);
    settings["assistant"] = json!({ "suggestions": 2 });
    edge.publish(&content);
    let ada = Agent::set_up(edge, "Ada");
    let bob = ada.invite(edge, "Bob");
    let _away = ada.invite(edge, "Cleo");
    content["operations"] = operations(&ada, &bob);
    edge.publish(&content);
    Team { ada, bob }
}

/// A team with room for three, a rule for what is urgent, promises for that alone, and hours that never end.
fn operations(ada: &Agent, bob: &Agent) -> Value {
    let all_day = ["00:00-24:00"];
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let week: serde_json::Map<String, Value> = days.map(|day| (day.into(), json!(all_day))).into_iter().collect();
    json!({
        "teams": [{
            "id": "billing",
            "name": "Billing",
            "members": [{ "agent": ada.me.id, "capacity": 2 }, { "agent": bob.me.id, "capacity": 1 }]
        }],
        "rules": [
            { "id": "money", "when": { "words": ["refund"] }, "then": { "team": "billing", "assign": "balance" } },
            { "id": "fire", "when": { "words": ["smoke"] }, "then": { "priority": "urgent", "tags": ["safety"] } }
        ],
        "hours": { "zone": "Europe/Amsterdam", "week": week, "holidays": [{ "date": "12-25", "name": "Christmas" }] },
        "deadlines": { "targets": { "urgent": { "first": { "share": 80, "within": 4 } } } }
    })
}
