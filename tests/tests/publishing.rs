//! Each document that a site owner publishes can be put by itself, and nothing else changes by that.

use serde_json::{Value, json};
use shared::matching::{Index, Query};
use shared::problem::{Problem, ProblemCode};
use shared::protocol::*;
use shared::routing::Explanation;
use tests::edge::PUBLISH_TOKEN;
use tests::people::{conversation, id, say};
use tests::{Agent, Edge, Reply, Visitor};

/// A workspace's publisher.
struct Publisher<'a> {
    edge: &'a Edge,
    workspace: &'static str,
}

impl Publisher<'_> {
    fn send(&self, method: &str, door: &str, body: Option<&Value>) -> Reply {
        let path = format!("/api/w/{}/{door}", self.workspace);
        let request = self.edge.client().request(method, &path).bearer(PUBLISH_TOKEN);
        match body {
            Some(body) => request.json(body).send(),
            None => request.send(),
        }
    }

    fn get(&self, door: &str) -> Value {
        self.send("GET", door, None).ok()
    }

    fn put(&self, door: &str, body: &Value) -> Published {
        self.send("PUT", door, Some(body)).ok()
    }

    fn delete(&self, door: &str) -> Published {
        self.send("DELETE", door, None).ok()
    }

    /// The code of a refusal, and the problems that come with it.
    fn refused(&self, method: &str, door: &str, body: Option<&Value>) -> (ErrorCode, Vec<Problem>) {
        let reply = self.send(method, door, body);
        let code = reply.refusal().1;
        let body: ErrorBody = serde_json::from_slice(&reply.body).unwrap();
        (code, body.problems)
    }

    fn boot(&self, locale: &str) -> Boot {
        self.edge.client().get(&format!("/api/w/{}/boot?locale={locale}", self.workspace)).send().ok()
    }
}

fn demo(edge: &Edge) -> Publisher<'_> {
    Publisher { edge, workspace: "demo" }
}

fn article(locale: &str, id: &str, text: &str) -> Value {
    json!({
        "id": id, "locale": locale, "title": format!("About {text}"), "markdown": format!("Everything about *{text}*."),
        "url": "https://www.lumen.example/help/",
    })
}

fn answer(locale: &str, id: &str, article: Value) -> Value {
    json!({ "id": id, "locale": locale, "text": "Of course.", "examples": ["can I gild the lamp"], "article": article })
}

/// The ids of the articles in an index for a text.
fn search(edge: &Edge, address: &str, text: &str) -> Vec<String> {
    let index = Index::open(edge.client().get(address).send().body).unwrap();
    let hits = index.search(&Query { text, limit: 3, ..Query::default() });
    hits.into_iter().map(|hit| hit.id).collect()
}

fn codes_and_places(problems: &[Problem]) -> Vec<(ProblemCode, &str)> {
    problems.iter().map(|problem| (problem.code, problem.at.as_str())).collect()
}

#[test]
fn settings_are_put_by_themselves_and_reach_the_panel_at_once() {
    let edge = Edge::start();
    let publisher = demo(&edge);
    let (content, boot) = (publisher.get("content"), publisher.boot("en"));
    let mut settings = publisher.get("settings");
    assert_eq!(settings, content["settings"]);
    settings["panel"]["name"] = json!("Lamp help");
    settings["origins"].as_array_mut().unwrap().push(json!("https://shop.lumen.example"));
    settings["retention_days"] = json!(30);
    let published = publisher.put("settings", &settings);
    assert_eq!(published.warnings, []);

    assert_eq!(publisher.get("settings"), settings);
    let after = publisher.boot("en");
    assert_eq!(after.panel.name, "Lamp help");
    assert_eq!(after.index, boot.index, "no index is made anew");
    let policy = edge.client().get("/panel?workspace=demo").send();
    assert!(policy.header("content-security-policy").contains("https://shop.lumen.example"));
    assert_eq!(publisher.get("content"), with(&content, "settings", settings));
}

#[test]
fn operations_are_put_by_themselves_and_count_for_the_next_conversation() {
    let edge = Edge::start();
    let (publisher, agent) = (demo(&edge), Agent::set_up(&edge, "Ada"));
    let content = publisher.get("content");
    let operations = json!({
        "teams": [{ "id": "lamps", "name": "Lamps", "members": [{ "agent": agent.team().agents[0].id.as_str() }] }],
        "rules": [{ "id": "hum", "when": { "words": ["hum*"] }, "then": { "team": "lamps" } }],
    });
    let published = publisher.put("operations", &operations);
    assert_eq!(published.warnings, []);
    let stored = publisher.get("operations");
    assert_eq!((&stored["teams"][0]["id"], &stored["rules"][0]["id"]), (&json!("lamps"), &json!("hum")));
    assert_eq!(publisher.get("content"), with(&content, "operations", stored));

    let case = json!({ "case": { "text": "It hums" } });
    let told: Explanation = agent.request("POST", "/api/w/demo/routing/explain").json(&case).send().ok();
    assert_eq!(told.decision.team.unwrap().as_str(), "lamps");

    let empty = publisher.put("operations", &json!({ "teams": [{ "id": "lamps", "name": "Lamps" }] }));
    assert_eq!(codes_and_places(&empty.warnings), [(ProblemCode::EmptyTeam, "teams[0].members")]);
}

#[test]
fn an_article_is_put_and_deleted_by_itself_and_only_its_language_gets_another_index() {
    let edge = Edge::start();
    let publisher = demo(&edge);
    let content = publisher.get("content");
    let (english, turkish) = (publisher.boot("en").index.unwrap(), publisher.boot("tr").index.unwrap());
    let gilded = article("en", "gild-the-lamp", "gilding");

    let published = publisher.put("articles/en/gild-the-lamp", &gilded);
    let with_it = publisher.boot("en").index.unwrap();
    assert_ne!(with_it, english);
    assert_eq!(publisher.boot("tr").index.unwrap(), turkish);
    let line = published.indexes.iter().find(|index| index.locale == "en").unwrap();
    assert_eq!(line.url, with_it);
    assert_eq!(search(&edge, &with_it, "gilding"), ["gild-the-lamp"]);
    assert_eq!(line.bytes as usize, edge.client().get(&with_it).send().body.len());
    let in_english = |article: &&Value| article["locale"] == "en";
    let written = content["articles"].as_array().unwrap().iter().filter(in_english).count();
    assert_eq!(line.articles as usize, written + 1);
    let read: Article = edge.client().get("/api/w/demo/articles/en/gild-the-lamp").send().ok();
    assert_eq!(read.title, "About gilding");

    let mut renamed = gilded.clone();
    renamed["title"] = json!("About gold");
    publisher.put("articles/en/gild-the-lamp", &renamed);
    let read: Article = edge.client().get("/api/w/demo/articles/en/gild-the-lamp").send().ok();
    assert_eq!(read.title, "About gold", "it is replaced");
    let all = publisher.get("content");
    assert_eq!(all["articles"].as_array().unwrap().len(), content["articles"].as_array().unwrap().len() + 1);

    publisher.delete("articles/en/gild-the-lamp");
    assert_eq!(publisher.get("content"), content);
    assert_eq!(publisher.boot("en").index.unwrap(), english, "the same articles have the same index");
    let gone = edge.client().get("/api/w/demo/articles/en/gild-the-lamp").send();
    assert_eq!(gone.refusal().1, ErrorCode::UnknownArticle);
    let again = publisher.refused("DELETE", "articles/en/gild-the-lamp", None);
    assert_eq!(again, (ErrorCode::UnknownArticle, Vec::new()));
}

#[test]
fn the_last_article_of_a_language_takes_the_language_with_it() {
    let edge = Edge::start();
    let publisher = demo(&edge);
    publisher.put("articles/pt/gild-the-lamp", &article("pt", "gild-the-lamp", "ouro"));
    assert_eq!(publisher.boot("pt-BR").locale, "pt");
    let published = publisher.delete("articles/pt/gild-the-lamp");
    assert!(published.indexes.iter().all(|index| index.locale != "pt"), "{published:?}");
    assert_eq!(publisher.boot("pt-BR").locale, "en");
}

#[test]
fn an_article_may_lie_in_folders() {
    let edge = Edge::start();
    let publisher = demo(&edge);
    publisher.put("articles/en/lamps/gilding", &article("en", "lamps/gilding", "gilding"));
    let read: Article = edge.client().get("/api/w/demo/articles/en/lamps/gilding").send().ok();
    assert_eq!(read.id.as_str(), "lamps/gilding");
    publisher.delete("articles/en/lamps/gilding");
    let gone = edge.client().get("/api/w/demo/articles/en/lamps/gilding").send();
    assert_eq!(gone.refusal().1, ErrorCode::UnknownArticle);
}

#[test]
fn an_answer_is_put_and_deleted_by_itself_and_given_to_the_next_visitor() {
    let edge = Edge::start();
    let publisher = demo(&edge);
    let content = publisher.get("content");
    let indexes = publisher.boot("en").index;
    let published = publisher.put("answers/en/gild", &answer("en", "gild", json!("track-a-parcel")));
    assert_eq!(published.warnings, []);
    assert_eq!(publisher.boot("en").index, indexes, "articles have another index");
    let (visitor, thread) = (Visitor::new(&edge, 1), conversation(1));
    visitor.command(&thread, 0, id(1), say("Can I gild the lamp?"));
    let answered = |visitor: &Visitor| serde_json::to_string(&visitor.events(&thread)).unwrap().contains("Of course.");
    tests::eventually("the answer", || answered(&visitor).then_some(()));

    let published = publisher.put("answers/en/gild", &answer("en", "gild", json!("never-written")));
    assert_eq!(codes_and_places(&published.warnings), [(ProblemCode::UnknownArticle, "article")]);
    publisher.delete("answers/en/gild");
    assert_eq!(publisher.get("content"), content);
    assert_eq!(publisher.refused("DELETE", "answers/en/gild", None).0, ErrorCode::UnknownAnswer);
}

#[test]
fn all_articles_or_all_answers_are_put_at_once() {
    let edge = Edge::start();
    let publisher = demo(&edge);
    let content = publisher.get("content");
    let two = json!([article("en", "gilding", "gilding"), article("tr", "gilding", "altın")]);
    publisher.put("articles", &json!({ "articles": two }));
    let after = publisher.get("content");
    let ids: Vec<&str> = after["articles"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["gilding", "gilding"]);
    for part in ["settings", "operations", "answers"] {
        assert_eq!(after[part], content[part], "{part}");
    }
    assert_eq!(publisher.boot("es").locale, "en", "nothing is there in Spanish");

    let odd = json!({ "answers": [answer("en", "a", Value::Null), answer("en", "b", json!("never-written"))] });
    let published = publisher.put("answers", &odd);
    assert_eq!(codes_and_places(&published.warnings), [(ProblemCode::UnknownArticle, "answers[1].article")]);
    publisher.put("articles", &json!({ "articles": content["articles"] }));
    publisher.put("answers", &json!({ "answers": content["answers"] }));
    assert_eq!(publisher.get("content"), content);
}

#[test]
fn a_language_in_which_nothing_has_changed_is_not_compiled() {
    let edge = Edge::start();
    let publisher = demo(&edge);
    let address = publisher.boot("tr").index.unwrap();
    let made = edge.client().get(&address).send().body;
    edge.stop();
    // Another word in what the index is made of shows whether it is made anew. In JSON a quote stands before the first word.
    assert!(edge.overwrite(br#""Paketiniz depomuzdan"#, br#""Paketiniz tezgahtann"#) > 0, "the article is stored");
    edge.restart();

    publisher.put("articles/en/gilding", &article("en", "gilding", "gilding"));
    publisher.put("answers/tr/gild", &answer("tr", "gild", Value::Null));
    let mut settings = publisher.get("settings");
    settings["panel"]["name"] = json!("Lamp help");
    publisher.put("settings", &settings);
    publisher.put("content", &publisher.get("content"));
    assert_eq!(publisher.boot("tr").index.unwrap(), address, "not compiled");
    assert_eq!(edge.client().get(&address).send().body, made);
    publisher.put("articles/tr/gilding", &article("tr", "gilding", "altın"));
    publisher.delete("articles/tr/gilding");
    assert_ne!(publisher.boot("tr").index.unwrap(), address, "compiled of what is stored now");
}

#[test]
fn only_the_operator_makes_a_workspace_and_a_typing_error_makes_none() {
    let edge = Edge::start();
    let publisher = Publisher { edge: &edge, workspace: "fresh" };
    let one = article("en", "gilding", "gilding");
    let settings = json!({ "panel": { "name": "" }, "origins": [], "default_locale": "en" });
    for (method, door, body) in [
        ("PUT", "articles/en/gilding", Some(&one)),
        ("DELETE", "articles/en/gilding", None),
        ("PUT", "articles", Some(&json!({ "articles": [one] }))),
        ("PUT", "answers", Some(&json!({ "answers": [] }))),
        ("PUT", "operations", Some(&json!({}))),
        ("PUT", "settings", Some(&settings)),
        ("PUT", "content", Some(&edge.content())),
        ("GET", "content", None),
        ("GET", "settings", None),
        ("GET", "operations", None),
    ] {
        let refused = publisher.refused(method, door, body);
        assert_eq!(refused, (ErrorCode::UnknownWorkspace, Vec::new()), "{method} {door}");
    }
    edge.make("fresh");
    assert_eq!(publisher.boot("en").panel.name, "fresh", "it begins with its own name");
    let published = publisher.put("settings", &settings);
    assert_eq!(published.indexes, []);
    assert_eq!(codes_and_places(&published.warnings), [(ProblemCode::EmptyName, "panel.name")]);
    assert_eq!(publisher.boot("en").index, None);
    let visitor = edge.client().get("/api/w/fresh/articles/en/gilding").send();
    assert_eq!(visitor.refusal().1, ErrorCode::UnknownArticle);
    publisher.put("articles/en/gilding", &one);
    assert_eq!(search(&edge, &publisher.boot("en").index.unwrap(), "gilding"), ["gilding"]);
}

#[test]
fn what_is_wrong_is_told_all_at_once_with_its_place_and_nothing_is_changed() {
    let edge = Edge::start();
    let publisher = demo(&edge);
    let content = publisher.get("content");
    let check = |door: &str, body: &Value, expected: &[(ProblemCode, &str)]| {
        let (code, problems) = publisher.refused("PUT", door, Some(body));
        assert_eq!(code, ErrorCode::InvalidRequest, "{door}");
        assert_eq!(codes_and_places(&problems), expected, "{door}");
        assert_eq!(publisher.get("content"), content, "{door} has changed something");
    };
    let settings = json!({ "panel": { "name": " " }, "origins": ["*"], "default_locale": "?", "retention_days": 0 });
    check(
        "settings",
        &settings,
        &[
            (ProblemCode::EmptyName, "panel.name"),
            (ProblemCode::InvalidOrigin, "origins[0]"),
            (ProblemCode::InvalidLocale, "default_locale"),
            (ProblemCode::InvalidRetention, "retention_days"),
        ],
    );
    let operations = json!({
        "rules": [{ "id": "a", "when": {}, "then": { "team": "x" } }],
        "hours": { "zone": "Moon", "week": {} },
    });
    check(
        "operations",
        &operations,
        &[
            (ProblemCode::EmptyRule, "rules[0].when"),
            (ProblemCode::UnknownTeam, "rules[0].then.team"),
            (ProblemCode::UnknownZone, "hours.zone"),
        ],
    );
    let mut unsafe_one = article("??", "b", "gilding");
    unsafe_one["url"] = json!("javascript:alert(1)");
    check(
        "articles/en/a",
        &unsafe_one,
        &[
            (ProblemCode::InvalidLocale, "locale"),
            (ProblemCode::UnsafeAddress, "url"),
            (ProblemCode::WrongPlace, "locale"),
            (ProblemCode::WrongPlace, "id"),
        ],
    );
    check("answers/en/a", &answer("en", "b", Value::Null), &[(ProblemCode::WrongPlace, "id")]);
    let mut all = content.clone();
    all["settings"] = settings;
    all["operations"] = operations;
    all["articles"] = json!([unsafe_one, { "id": "c" }]);
    all["answers"] = json!([answer("en", "a", Value::Null), answer("en", "a", Value::Null)]);
    let (code, problems) = publisher.refused("PUT", "content", Some(&all));
    assert_eq!(code, ErrorCode::InvalidRequest);
    for (code, at) in [
        (ProblemCode::InvalidOrigin, "settings.origins[0]"),
        (ProblemCode::UnknownTeam, "operations.rules[0].then.team"),
        (ProblemCode::UnsafeAddress, "articles[0].url"),
        (ProblemCode::InvalidShape, "articles[1]"),
    ] {
        assert!(codes_and_places(&problems).contains(&(code, at)), "{code:?} at {at}: {problems:?}");
    }
    assert_eq!(publisher.get("content"), content);
}

#[test]
fn a_document_that_was_taken_outlives_the_process() {
    let edge = Edge::start();
    let publisher = demo(&edge);
    publisher.put("articles/en/gilding", &article("en", "gilding", "gilding"));
    let before = (publisher.get("content"), publisher.boot("en"));
    edge.kill();
    edge.restart();
    assert_eq!((publisher.get("content"), publisher.boot("en")), before);
}

#[test]
fn content_of_older_tools_is_taken_with_the_settings_beside_the_articles() {
    let edge = Edge::start();
    let publisher = demo(&edge);
    let mut content = publisher.get("content");
    // Of a brand those tools know nothing.
    content["settings"]["panel"] = json!({ "name": content["settings"]["panel"]["name"] });
    let mut flat = content.clone();
    let settings = flat.as_object_mut().unwrap().remove("settings").unwrap();
    flat["name"] = settings["panel"]["name"].clone();
    for field in ["origins", "default_locale"] {
        flat[field] = settings[field].clone();
    }
    publisher.put("content", &flat);
    assert_eq!(publisher.get("content"), content);
}

fn with(content: &Value, part: &str, value: Value) -> Value {
    let mut content = content.clone();
    content[part] = value;
    content
}
