//! An article for some is for nobody else, at every door that there is.

use serde_json::{Value, json};
use shared::matching::{Index, Query};
use shared::protocol::*;
use tests::edge::PUBLISH_TOKEN;
use tests::http::Request;
use tests::identity::identity;
use tests::people::{context, conversation, id};
use tests::{Agent, Edge, Stored, Visitor, eventually};

/// What shows that a door gives something of the article for the staff.
const TRACES: [&str; 4] = ["zanzibar", "quetzalcoatl", "xylograph", "marmalade"];
const SECRET: &str = "zanzibar-tariff";
/// Where the article is that was for everybody before.
const WAS_PUBLIC: &str = "track-a-parcel";

/// How a door keeps what is for some from the others.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Guard {
    /// It gives what is published, and asks who reads.
    Reader,
    /// It gives a conversation to those whose it is. What the assistant says there was found for its visitor.
    Conversation,
    /// It wants an agent's session, or the publish token.
    Team,
    /// It wants the publish token, or the operator's.
    Publisher,
    /// It gives a picture to those who know the hash of its bytes, which is told only to readers of an article that has it.
    Hash,
    /// It gives nothing that is published.
    Nothing,
}

use Guard::{Conversation, Hash, Nothing, Publisher, Reader, Team};

/// Every door in `edge/src/doors.rs`, and how it is guarded. A new door belongs here before it may open.
const DOORS: [(&str, &str, Guard); 59] = [
    ("GET", "/beforehand.js", Nothing),
    ("GET", "/a/{name}", Nothing),
    ("GET", "/panel", Nothing),
    ("GET", "/inbox", Nothing),
    ("GET", "/w/{workspace}/index/{name}", Reader),
    ("GET", "/w/{workspace}/answers/{name}", Nothing),
    ("GET", "/w/{workspace}/picture/{name}", Hash),
    ("GET", "/w/{workspace}/brand/{name}", Nothing),
    ("GET", "/w/{workspace}/messages/{name}", Nothing),
    ("PUT", "", Publisher),
    ("POST", "secrets/publish", Publisher),
    ("POST", "secrets/identity", Publisher),
    ("GET", "boot", Reader),
    ("GET", "articles/{locale}/{first}/..", Reader),
    ("PUT", "articles/{locale}/{first}/..", Publisher),
    ("DELETE", "articles/{locale}/{first}/..", Publisher),
    ("GET", "sections/{locale}", Reader),
    ("POST", "resolutions", Reader),
    ("GET", "conversations", Conversation),
    ("POST", "conversations/{id}/commands", Conversation),
    ("GET", "conversations/{id}/events", Conversation),
    ("GET", "conversations/{id}/live", Conversation),
    ("GET", "visitors/me/export", Conversation),
    ("DELETE", "visitors/me", Nothing),
    ("GET", "visitors/{id}/export", Team),
    ("DELETE", "visitors/{id}", Team),
    ("GET", "conversations/{id}/visitor", Team),
    ("GET", "setup", Nothing),
    ("POST", "setup", Nothing),
    ("GET", "session", Nothing),
    ("POST", "session", Nothing),
    ("DELETE", "session", Nothing),
    ("GET", "inbox", Team),
    ("GET", "inbox/live", Team),
    ("GET", "inbox/articles", Team),
    ("GET", "team", Team),
    ("POST", "away", Team),
    ("POST", "invitations", Team),
    ("POST", "routing/explain", Team),
    ("POST", "assistant/explain", Team),
    ("GET", "written", Team),
    ("POST", "written", Team),
    ("GET", "unanswered", Team),
    ("POST", "unanswered", Team),
    ("GET", "report", Team),
    ("POST", "conversations/{id}/agent-commands", Team),
    ("GET", "conversations/{id}/agent-events", Team),
    ("GET", "conversations/{id}/agent-live", Team),
    ("GET", "content", Publisher),
    ("PUT", "content", Publisher),
    ("GET", "settings", Publisher),
    ("PUT", "settings", Publisher),
    ("GET", "operations", Publisher),
    ("PUT", "operations", Publisher),
    ("PUT", "articles", Publisher),
    ("PUT", "answers", Publisher),
    // The publisher's without `read=1`; an answer that is read leads to its article for who may read that.
    ("GET", "answers/{locale}/{first}/..", Publisher),
    ("PUT", "answers/{locale}/{first}/..", Publisher),
    ("DELETE", "answers/{locale}/{first}/..", Publisher),
];

/// The doors as the table in the edge's source has them: method and address; the ones of the API have no slash in front.
fn doors_of_the_edge() -> Vec<(String, String)> {
    let source = include_str!("../../edge/src/doors.rs");
    let mut doors = Vec::new();
    for table in source.split("doors! { ").skip(1) {
        let (head, table) = table.split("\n    }\n").next().unwrap().split_once(';').unwrap();
        let of_api = head.ends_with(", address");
        for entry in table.split(';').filter(|entry| entry.contains("=>")) {
            let (pattern, handlers) = entry.split_once("=>").unwrap();
            let part = |part: &str| match part.trim() {
                "rest @ .." => String::from(".."),
                literal if literal.starts_with('"') => String::from(literal.trim_matches('"')),
                variable => format!("{{{variable}}}"),
            };
            let parts = pattern.trim().trim_matches(['[', ']']).split(',').filter(|part| !part.trim().is_empty());
            let parts: Vec<String> = parts.map(part).collect();
            let address = format!("{}{}", if of_api { "" } else { "/" }, parts.join("/"));
            // HEAD is GET without a body.
            let verbs =
                handlers.split_whitespace().filter(|word| ["Get", "Post", "Put", "Delete", "Patch"].contains(word));
            doors.extend(verbs.map(|verb| (verb.to_uppercase(), address.clone())));
        }
    }
    doors
}

fn secret() -> Value {
    json!({
        "id": SECRET, "locale": "en", "title": "Zanzibar and the ocelot pass", "keywords": ["xylograph"],
        "markdown": "## Marmalade\n\nThe ocelot pass costs a *quetzalcoatl*.", "examples": ["what is the ocelot pass"],
        "audience": ["staff", "board"], "url": "https://www.lumen.example/help/zanzibar/",
    })
}

/// An edge with the article, an answer that leads to it and one that anybody may read but leads to it, and an article that was for
/// everybody a moment ago.
fn edge() -> Edge {
    let edge = Edge::start();
    let mut content = edge.content();
    let articles = content["articles"].as_array_mut().unwrap();
    let was_public = |article: &&mut Value| article["id"] == WAS_PUBLIC && article["locale"] == "en";
    articles.iter_mut().find(was_public).unwrap()["audience"] = json!(["staff"]);
    articles.push(secret());
    content["answers"].as_array_mut().unwrap().push(json!({
        "id": "ocelots", "locale": "en", "text": "Ocelots are welcome.", "article": SECRET,
        "examples": ["are ocelots welcome", "may I bring an ocelot", "ocelot in the shop"],
    }));
    edge.publish(&content);
    edge
}

fn of_audience(edge: &Edge, subject: &str, audience: Value) -> Visitor {
    Visitor::identified(edge, identity(subject, 1, json!({ "audience": audience })))
}

fn say(text: &str) -> VisitorAction {
    VisitorAction::Say { text: text.into(), context: Context { shown: Vec::new(), ..context() } }
}

/// The articles that the assistant has named, with answers and as suggestions.
fn named(events: &[Event]) -> Vec<&str> {
    let mut ids = Vec::new();
    for event in events {
        match &event.what {
            What::Suggested { articles } => ids.extend(articles.iter().map(|article| article.id.as_str())),
            What::Answered { article, .. } => ids.extend(article.iter().map(|article| article.id.as_str())),
            _ => {}
        }
    }
    ids
}

#[test]
fn every_door_says_how_it_guards_what_is_for_some() {
    let mut known: Vec<(String, String)> =
        DOORS.iter().map(|(method, address, _)| (String::from(*method), String::from(*address))).collect();
    let mut real = doors_of_the_edge();
    known.sort();
    real.sort();
    assert!(real.len() > 40, "the table of doors was read: {real:?}");
    assert_eq!(real, known, "a door without its guard in this test, or a guard without its door");
}

#[test]
fn a_stranger_gets_nothing_of_it_at_any_door() {
    let edge = edge();
    let strangers = [
        ("nobody", None),
        ("a browser", Some(Visitor::new(&edge, 1))),
        ("a partner", Some(of_audience(&edge, "7", json!("partners")))),
        (
            "nearly the staff",
            Some(of_audience(&edge, "8", json!(["Staff", "staff ", ""].map(|name| format!("{name}."))))),
        ),
    ];
    for (number, (who, visitor)) in (1..).zip(&strangers) {
        let thread = conversation(number);
        if let Some(visitor) = visitor {
            visitor.command(&thread, 0, id(10 * number), say("May I bring an ocelot?"));
            visitor.command(&thread, 0, id(10 * number + 1), say("What is the ocelot pass?"));
            let events = eventually("an answer", || {
                let events = visitor.events(&thread).events;
                events.iter().any(|event| matches!(event.what, What::Answered { .. })).then_some(events)
            });
            assert!(!named(&events).contains(&SECRET), "{who}: {events:#?}");
        }
        let boot: Boot = with(edge.client().get("/api/w/demo/boot?locale=en"), visitor).send().ok();
        let (index, answers) = (boot.index.unwrap(), boot.answers.unwrap());
        for (method, address, guard) in DOORS {
            // Those that end the stranger come last by themselves: each has a thread of its own.
            let path = match address {
                "/w/{workspace}/index/{name}" => index.clone(),
                "/w/{workspace}/answers/{name}" => answers.clone(),
                root if root.starts_with('/') => root.replace("{name}", "nothing.js"),
                door => format!("/api/w/demo/{door}?locale=en&have=0&days=7"),
            };
            let path = path.replace("{locale}", "en").replace("{first}/..", SECRET).replace("{id}", thread.as_str());
            let mut request = with(edge.client().request(method, &path), visitor);
            if method == "POST" || method == "PUT" {
                request = request.json(&body(address, number));
            }
            let reply = request.send();
            let text = String::from_utf8_lossy(&reply.body).to_lowercase();
            for trace in TRACES {
                assert!(!text.contains(trace), "{who}: {method} {path} gives {trace}: {text}");
            }
            match guard {
                Team | Publisher => assert!(reply.status >= 400, "{who}: {method} {path}: {text}"),
                Reader | Conversation | Hash | Nothing => {}
            }
        }
        for (id, code) in [(SECRET, ErrorCode::UnknownArticle), (WAS_PUBLIC, ErrorCode::UnknownArticle)] {
            let article = with(edge.client().get(&format!("/api/w/demo/articles/en/{id}")), visitor).send();
            assert_eq!(article.refusal(), (404, code), "{who}: {id}");
        }
        let resolution =
            with(edge.client().post("/api/w/demo/resolutions"), visitor).json(&body("resolutions", 0)).send();
        assert_eq!(resolution.refusal(), (404, ErrorCode::UnknownArticle), "{who}");
    }
}

/// The request with the visitor's proof, if there is one.
fn with(request: Request, visitor: &Option<Visitor>) -> Request {
    match visitor {
        Some(visitor) => request.bearer(visitor.token.as_str()),
        None => request,
    }
}

fn body(address: &str, number: u8) -> Value {
    match address {
        "resolutions" => json!({ "id": id(200), "article": SECRET, "locale": "en", "helped": true }),
        "conversations/{id}/commands" => {
            json!({ "have": 0, "command": { "id": id(10 * number + 2), "action": say("And the ocelot pass?") } })
        }
        "routing/explain" | "assistant/explain" => json!({ "case": { "text": "the ocelot pass", "locale": "en" } }),
        _ => json!({}),
    }
}

#[test]
fn who_belongs_to_the_audience_gets_it() {
    let edge = edge();
    let public: Boot = edge.client().get("/api/w/demo/boot?locale=en").send().ok();
    for (number, audience) in [(1, json!("staff")), (2, json!(["partners", "board"]))] {
        let reader = of_audience(&edge, &number.to_string(), audience);
        let started = reader.request("GET", "/api/w/demo/boot?locale=en").send();
        let own = started.ok::<Boot>().index.unwrap();
        assert_eq!(started.header("cache-control"), "no-store");
        assert!(started.header("vary").contains("authorization"), "one visitor's start is not another one's");
        assert_ne!(Some(&own), public.index.as_ref());
        let index = reader.request("GET", &own).send();
        assert_eq!((index.status, index.header("cache-control")), (200, "no-store"));
        let opened = Index::open(index.body).unwrap();
        let hits = opened.search(&Query { text: "ocelot pass", limit: 3, ..Query::default() });
        assert_eq!(hits.first().map(|hit| hit.id.as_str()), Some(SECRET), "found while it is typed");
        for (who, stranger) in [("nobody", None), ("a partner", Some(of_audience(&edge, "9", json!("partners"))))] {
            let refused = with(edge.client().get(&own), &stranger).send();
            assert_eq!(refused.refusal(), (404, ErrorCode::UnknownDoor), "{who} has the address");
        }
        let reply = reader.request("GET", &format!("/api/w/demo/articles/en/{SECRET}")).send();
        assert_eq!(reply.ok::<Article>().title, "Zanzibar and the ocelot pass");
        assert_eq!(reply.header("cache-control"), "no-store", "no cache keeps what is for some");
        let body = json!({ "id": id(number), "article": SECRET, "locale": "en", "helped": true });
        assert_eq!(reader.request("POST", "/api/w/demo/resolutions").json(&body).send().status, 204);
        let thread = conversation(number);
        reader.command(&thread, 0, id(10 * number), say("May I bring an ocelot?"));
        eventually("the answer with the article", || {
            named(&reader.events(&thread).events).contains(&SECRET).then_some(())
        });
        let searched = conversation(10 + number);
        reader.command(&searched, 0, id(10 * number + 5), say("xylograph zanzibar quetzalcoatl"));
        eventually("the article to be found after sending", || {
            named(&reader.events(&searched).events).contains(&SECRET).then_some(())
        });
    }
    // An article for everybody is read by everybody, also with a proof that is over.
    let over = Visitor::identified(&edge, identity("3", 1, json!({ "audience": "staff", "exp": 1_000_000_000 })));
    let public = over.request("GET", "/api/w/demo/articles/en/connect-wifi").send();
    assert_eq!(public.ok::<Article>().id.as_str(), "connect-wifi");
    assert_eq!(public.header("cache-control"), "public, max-age=60");
    let restricted = over.request("GET", &format!("/api/w/demo/articles/en/{SECRET}")).send();
    assert_eq!(restricted.refusal().1, ErrorCode::UnknownArticle);
}

#[test]
fn an_article_for_some_that_an_earlier_build_served_to_everybody_is_for_them_alone() {
    const ARTICLE: &str = "/api/w/demo/articles/en/refund-times";
    let stored = Stored::restricted();
    let edge = stored.edge();
    edge.restart();
    let nobody = || edge.client().get(ARTICLE).send().refusal().1;
    assert_eq!(nobody(), ErrorCode::UnknownArticle, "from the first request on");
    assert_eq!(edge.client().get("/api/w/demo/articles/en/track-a-parcel").send().status, 200);
    let staff = of_audience(&edge, "7", json!("staff"));
    eventually("the staff to get it, once it is read from what was written", || {
        (staff.request("GET", ARTICLE).send().status == 200).then_some(())
    });
    assert_eq!(nobody(), ErrorCode::UnknownArticle);
    eventually("the index of everybody to be made without it", || {
        let boot: Boot = edge.client().get("/api/w/demo/boot?locale=en").send().ok();
        // Between the two the index may be made anew, under another address.
        let index = Index::open(edge.client().get(&boot.index?).send().body).ok()?;
        index.title("refund-times").is_none().then_some(())
    });
}

#[test]
fn the_team_sees_for_whom_an_article_is() {
    let edge = edge();
    let agent = Agent::set_up(&edge, "Ada");
    let listed: Vec<ListedArticle> = agent.request("GET", "/api/w/demo/inbox/articles?locale=en").send().ok();
    let audience = |id: &str| &listed.iter().find(|article| article.id.as_str() == id).unwrap().audience;
    assert_eq!(audience(SECRET), &["board", "staff"]);
    assert!(audience("connect-wifi").is_empty());
    let content: Content = edge.client().get("/api/w/demo/content").bearer(PUBLISH_TOKEN).send().ok();
    let article = content.articles.iter().find(|article| article.id.as_str() == SECRET).unwrap();
    assert_eq!(article.audience, ["staff", "board"], "as it was written");
}
