//! This build reads the data of earlier builds with nothing lost, and writes on.

use serde_json::{Value, json};
use shared::ids::{EventId, base64url};
use shared::protocol::*;
use std::collections::BTreeMap;
use std::path::PathBuf;
use tests::edge::PUBLISH_TOKEN;
use tests::people::{PASSWORD, conversation, reply, say};
use tests::stored::{Seen, Stored, first_hit, lost, today, visitor};
use tests::{Agent, Edge, eventually, id};

/// This build on a copy of what an earlier one has stored, what that one showed, and an agent whose session goes on.
struct Opened {
    edge: Edge,
    seen: Seen,
    ada: Agent,
}

impl Opened {
    fn new(stored: &Stored) -> Self {
        println!("{}", stored.name());
        let (edge, seen) = (stored.edge(), stored.seen());
        move_counters_to_today(&edge, &seen);
        edge.restart();
        let ada = Agent::returning(&edge, &seen.session);
        Self { edge, seen, ada }
    }

    fn get(&self, path: &str) -> Value {
        self.ada.request("GET", path).send().ok()
    }

    fn holder_of(&self, number: u8) -> Option<String> {
        let rows = self.ada.inbox();
        let row = rows.into_iter().find(|row| row.id == conversation(number)).unwrap();
        row.hand_off.and_then(|hand_off| hand_off.place.assignee).map(|agent| agent.as_str().to_owned())
    }
}

/// The counters of a day are in the reports of the next 400. Their rows and the rows of their index begin with the day, in two
/// bytes, and the topic.
fn move_counters_to_today(edge: &Edge, seen: &Seen) {
    for topic in seen.report["now"].as_object().unwrap().keys() {
        let row_of = |day: u16| [&day.to_be_bytes()[..], topic.as_bytes()].concat();
        let moved = edge.overwrite(&row_of(seen.day), &row_of(today()));
        assert!(moved >= 2, "{topic}: a row and its place in the index, not {moved}");
    }
}

fn events(value: &Value) -> &Vec<Value> {
    value["events"].as_array().unwrap()
}

/// All events are there as they were. After them comes only what the clock has made happen since.
fn check_events(what: &str, old: &Value, new: &Value) {
    let (before, since) = events(new).split_at(events(old).len());
    assert_eq!(lost(&json!(events(old)), &json!(before)), None, "{what}");
    assert!(since.iter().all(|event| event["by"] == "system" || event["what"] == "unseen"), "{what}: {since:#?}");
    assert_eq!(lost(&old["read"], &new["read"]), None, "{what}");
}

/// A row is as it was. If the clock has changed the conversation, what it began with is.
fn check_row(what: &str, version: &str, old: &Value, new: &Value) {
    assert!(new[version].as_u64() >= old[version].as_u64(), "{what}: {new:#} is older than {old:#}");
    if new[version] == old[version] {
        assert_eq!(lost(old, new), None, "{what}");
    }
    for field in ["id", "title", "opened_at", "context"] {
        assert_eq!(lost(&old[field], &new[field]), None, "{what}: {field}");
    }
}

fn check_threads(what: &str, old: &Value, new: &Value) {
    let (old, new) = (by_id(old), by_id(new));
    assert!(!old.is_empty() && old.keys().eq(new.keys()), "{what}");
    old.into_iter().for_each(|(id, old)| check_row(what, "updated_at", old, new[&id]));
}

fn by_id(rows: &Value) -> BTreeMap<String, &Value> {
    rows.as_array().unwrap().iter().map(|row| (row["id"].as_str().unwrap().to_owned(), row)).collect()
}

#[test]
fn every_conversation_and_its_place_in_the_lists_is_as_it_was() {
    for stored in Stored::all() {
        let opened = Opened::new(&stored);
        assert!(opened.seen.conversations.len() > 20);
        for (number, old) in &opened.seen.conversations {
            let path = format!("/api/w/demo/conversations/{}/agent-events?have=0", conversation(*number));
            check_events(&format!("conversation {number}"), old, &opened.get(&path));
        }
        let inbox = opened.get("/api/w/demo/inbox");
        let (old, new) = (by_id(&opened.seen.inbox["snapshot"]), by_id(&inbox["snapshot"]));
        assert!(old.keys().eq(new.keys()));
        for (id, old) in old {
            check_row(&id, "version", old, new[&id]);
        }
    }
}

#[test]
fn every_visitor_has_what_they_had() {
    for stored in Stored::all() {
        let opened = Opened::new(&stored);
        for (number, old) in &opened.seen.threads {
            let new: Value = visitor(&opened.edge, *number).request("GET", "/api/w/demo/conversations").send().ok();
            check_threads(&format!("the list of visitor {number}"), &old["threads"], &new["threads"]);
        }
        for (number, old) in &opened.seen.exports {
            let visitor = visitor(&opened.edge, *number);
            let new: Value = visitor.request("GET", "/api/w/demo/visitors/me/export").send().ok();
            let what = format!("visitor {number}");
            assert_eq!(lost(&old["visitor"], &new["visitor"]), None, "{what}");
            assert_eq!(lost(&old["profile"], &new["profile"]), None, "{what}");
            check_threads(&what, &old["threads"], &new["threads"]);
            let (old, new) = (by_id(&old["conversations"]), by_id(&new["conversations"]));
            assert!(old.keys().eq(new.keys()), "{what}");
            old.into_iter().for_each(|(id, old)| check_events(&what, old, new[&id]));
        }
        let named = opened.seen.exports.values().filter(|export| export["profile"]["name"] == "Grace Hopper");
        assert_eq!(named.count(), 1, "somebody of whom the site has said who they are");
    }
}

#[test]
fn agents_sign_in_what_was_published_is_found_and_what_was_counted_is_reported() {
    for stored in Stored::all() {
        let opened = Opened::new(&stored);
        for name in ["Ada", "Bob", "Cleo"] {
            assert_eq!(Agent::sign_in(&opened.edge, name).me.name, name);
        }
        let sign_in = json!({ "name": "Ada", "password": format!("{PASSWORD}?") });
        let origin = opened.edge.origin();
        let wrong = opened.edge.client().post("/api/w/demo/session").header("Origin", &origin).json(&sign_in).send();
        assert_eq!(wrong.refusal().1, ErrorCode::WrongPassword);
        let team = opened.get("/api/w/demo/team");
        for (old, new) in
            [("agents", "id"), ("agents", "name"), ("teams", "id"), ("teams", "members")].map(|(list, field)| {
                let fields = |roster: &Value| -> Vec<Value> {
                    roster[list].as_array().unwrap().iter().map(|one| one[field].clone()).collect()
                };
                (fields(&opened.seen.team), fields(&team))
            })
        {
            assert_eq!(old, new);
        }
        for (address, old) in &opened.seen.articles {
            let new: Value = opened.edge.client().get(address).send().ok();
            assert_eq!(lost(old, &new), None, "{address}");
        }
        for (locale, question, article) in &opened.seen.hits {
            assert_eq!((first_hit(&opened.edge, locale, question), article), (article.clone(), article), "{question}");
        }
        check_report(&opened.seen.report, &opened.get(&format!("/api/w/demo/report?days={MAX_REPORT_DAYS}")));
    }
}

/// What the clock counts on with: how many conversations an agent has at once, and what it hands to people.
const COUNTED_ON: [&str; 4] = ["at_once", "handed_off", "escalations", "escalated"];

/// Earlier counts are still there.
fn check_report(old: &Value, new: &Value) {
    fn without_what_goes_on(value: &Value) -> Value {
        match value {
            Value::Object(fields) => {
                let kept = fields.iter().filter(|(name, _)| !COUNTED_ON.contains(&name.as_str()));
                kept.map(|(name, value)| (name.clone(), without_what_goes_on(value))).collect()
            }
            other => other.clone(),
        }
    }
    let [old_topics, new_topics] = [old, new].map(|report| without_what_goes_on(&report["now"]));
    assert!(old_topics.as_object().unwrap().len() > 1, "the report has topics");
    assert_eq!(lost(&old_topics, &new_topics), None);
    assert_eq!(lost(&old["promises"], &new["promises"]), None);
}

#[test]
fn what_was_stored_is_written_on() {
    for stored in Stored::all() {
        let Opened { edge, seen, ada } = Opened::new(&stored);
        let cleo_too = Agent::try_join(&edge, &seen.invitation, "Dora");
        assert_eq!(cleo_too.ok::<Me>().name, "Dora", "the invitation is good still");
        // An address may not ask for more messages than for half of them at once.
        let written: Vec<u8> = seen.conversations.keys().copied().filter(|number| number % 2 == 0).collect();
        for number in &written {
            let (thread, mine) = (conversation(*number), visitor(&edge, *number));
            mine.command(&thread, 0, said(*number, "visitor"), say("I am back"));
            ada.command(&thread, 0, said(*number, "agent"), reply("Welcome back"));
            let events = ada.events(&thread).events;
            assert!(events.iter().map(|event| event.seq).eq(1..=events.len() as Seq), "conversation {number}");
            let ids = events.iter().map(|event| &event.id);
            let new = [said(*number, "visitor"), said(*number, "agent")];
            assert!(ids.filter(|id| new.contains(id)).eq(&new), "conversation {number}");
        }
        let new_article = || edge.client().get("/api/w/demo/articles/en/delivery-costs").send();
        assert_eq!(new_article().refusal().1, ErrorCode::UnknownArticle);
        edge.publish(&edge.content());
        assert_eq!(new_article().ok::<Article>().id.as_str(), "delivery-costs");
        eventually("the inbox to know every reply", || {
            let answered = ada.inbox().iter().filter(|row| row.last == "Welcome back").count();
            (answered == written.len()).then_some(())
        });
        edge.kill();
        edge.restart();
        for number in &written {
            let last = ada.events(&conversation(*number)).events.pop().unwrap();
            assert_eq!(last.id, said(*number, "agent"), "conversation {number} after a restart");
        }
    }
}

#[test]
fn what_was_published_as_one_text_is_read_and_put_in_parts() {
    for stored in Stored::all() {
        let opened = Opened::new(&stored);
        let door = |method: &str, door: &str| {
            opened.edge.client().request(method, &format!("/api/w/demo/{door}")).bearer(PUBLISH_TOKEN)
        };
        let content: Content = door("GET", "content").send().ok();
        assert_eq!(content.settings.panel.name, "Lumen help");
        assert_eq!(content.settings.retention_days, Some(3_660));
        assert_eq!(content.settings.assistant.as_ref().unwrap().suggestions, 2);
        assert_eq!(content.operations.as_ref().unwrap().teams[0].id.as_str(), "billing");
        assert!(content.articles.iter().any(|article| article.locale == "tr" && !article.keywords.is_empty()));
        assert_eq!(content.answers.len(), 1);
        let index = |locale: &str| {
            let path = format!("/api/w/demo/boot?locale={locale}");
            eventually("an index", || opened.edge.client().get(&path).send().ok::<Boot>().index)
        };
        let (english, turkish) = (index("en"), index("tr"));

        let mut settings = serde_json::to_value(&content.settings).unwrap();
        settings["panel"]["name"] = json!("Another name");
        door("PUT", "settings").json(&settings).send().ok::<Published>();
        let mut article = content.articles.iter().find(|article| article.locale == "en").unwrap().clone();
        article.markdown.push_str("\n\nA word more.");
        let place = format!("articles/en/{}", article.id);
        door("PUT", &place).json(&article).send().ok::<Published>();
        assert_ne!(index("en"), english);
        assert_eq!(index("tr"), turkish);

        let mut expected = content.clone();
        expected.settings.panel.name = "Another name".into();
        let changed = expected.articles.iter_mut().find(|other| other.locale == "en" && other.id == article.id);
        *changed.unwrap() = article;
        assert_eq!(door("GET", "content").send().ok::<Content>(), expected, "nothing else has changed");
    }
}

#[test]
fn articles_move_to_the_library_whole_whenever_the_process_ends() {
    /// Kills at as many moments, from the first request on to well after the move.
    const KILLS: usize = 6;
    let content =
        |edge: &Edge| -> Content { edge.client().get("/api/w/demo/content").bearer(PUBLISH_TOKEN).send().ok() };
    for stored in Stored::all() {
        let expected = content(&Opened::new(&stored).edge);
        assert!(expected.articles.len() > 4 && !expected.answers.is_empty());
        for kill in 0..KILLS {
            let edge = stored.edge();
            edge.restart();
            let client = edge.client();
            std::thread::scope(|scope| {
                let moving = edge.client();
                scope.spawn(move || moving.get("/api/w/demo/boot?locale=en").try_send());
                // The kill comes later each time, by requests that have nothing to do with it.
                (0..4 * kill).for_each(|_| drop(client.get("/beforehand.js").try_send()));
                edge.kill();
            });
            edge.restart();
            assert_eq!(content(&edge), expected, "{}: kill {kill}", stored.name());
            assert_eq!(first_hit(&edge, "en", "where is my parcel"), "track-a-parcel");
            edge.kill();
            edge.restart();
            assert_eq!(content(&edge), expected, "{}: kill {kill}, and once more", stored.name());
        }
    }
}

fn said(number: u8, by: &str) -> EventId {
    EventId::parse(&base64url(&[[number; 8], [by.as_bytes()[0]; 8]].concat())).unwrap()
}

#[test]
fn what_waits_in_a_teams_list_is_given_out_and_what_is_erased_goes() {
    const WAITS: u8 = 9;
    for stored in Stored::all() {
        let opened = Opened::new(&stored);
        assert_eq!(opened.holder_of(WAITS), None);
        let Opened { edge, ada, .. } = &opened;
        let _here = ada.inbox_live();
        let given: Vec<u8> =
            (6..WAITS).filter(|number| opened.holder_of(*number).as_deref() == Some(ada.me.id.as_str())).collect();
        assert_eq!(given.len(), 2, "she has as many as she can");
        ada.command(&conversation(given[0]), 0, id(250), AgentAction::Resolve);
        eventually("it to be given to somebody with room", || opened.holder_of(WAITS));

        let rows = ada.inbox().len();
        let erased: Erasure = visitor(edge, 1).request("DELETE", "/api/w/demo/visitors/me").send().ok();
        assert_eq!((erased.left, ada.inbox().len()), (0, rows - 1));
        edge.kill();
        edge.restart();
        assert_eq!(ada.inbox().len(), rows - 1);
    }
}

/// The databases of all objects of one class.
fn databases(edge: &Edge, class: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let folder = edge.folder().join("objects").join(class);
    let is_one = |path: &PathBuf| path.starts_with(&folder) && !path.ends_with("metadata.sqlite");
    edge.files().into_iter().filter(is_one).map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

#[test]
fn what_a_later_build_has_stored_is_refused_and_left_alone() {
    let stored = Stored::later();
    let (edge, seen) = (stored.edge(), stored.seen());
    let [workspace, visitors] = ["workspace", "visitor"].map(|class| databases(&edge, class));
    assert!(workspace.len() == 1 && visitors.len() > 20);
    edge.restart();
    let cookie = &seen.session;
    let (mine, thread) = (visitor(&edge, 1), conversation(1));
    let content = edge.content();
    let refused = [
        ("a command", mine.try_command(&thread, 0, id(250), say("Hello"))),
        ("the events", mine.try_events(&thread, 0)),
        ("an export", mine.request("GET", "/api/w/demo/visitors/me/export").send()),
        ("an erasure", mine.request("DELETE", "/api/w/demo/visitors/me").send()),
        ("the start", edge.client().get("/api/w/demo/boot").send()),
        ("a session", edge.client().get("/api/w/demo/session").header("Cookie", cookie).send()),
        ("publishing", edge.try_publish(&content)),
    ];
    for (what, reply) in refused {
        assert_eq!(reply.refusal(), (500, ErrorCode::Internal), "{what}");
    }
    assert!(edge.said().contains("this build knows those up to"), "the operator is told: {}", edge.said());
    edge.stop();
    assert!(databases(&edge, "workspace") == workspace && databases(&edge, "visitor") == visitors);
    // The platform writes into a conversation's database when its alarm rings; what was said is there.
    for (number, conversation) in &seen.conversations {
        let last = events(conversation).last().unwrap()["id"].as_str().unwrap();
        assert!(!edge.files_with(last.as_bytes()).is_empty(), "the last event of conversation {number}");
    }
}
