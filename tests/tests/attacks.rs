//! Attacks that worked on other help widgets, on the edge: one test each. The numbers that are missing here attack the panel
//! and the loader, and are tested with them.

use serde_json::{Value, json};
use shared::protocol::*;
use std::net::TcpListener;
use tests::edge::PUBLISH_TOKEN;
use tests::people::{ask_person, context, conversation, id, reply, say, secret};
use tests::{Agent, Edge, Reply, Socket, Visitor, World, eventually};

/// The status and code of a refusal.
fn check(what: &str, reply: &Reply, code: ErrorCode) {
    assert_eq!(reply.refusal(), (code.status(), code), "{what}: {}", reply.text());
}

#[test]
fn attack_6_another_visitors_conversation_is_not_read_by_its_id() {
    let world = World::new();
    let (mine, theirs) = (&world.visitor, &world.others_thread);
    let base = format!("/api/w/demo/conversations/{theirs}");
    for (method, path) in
        [("GET", format!("{base}/events?have=0")), ("GET", format!("{base}/events?have=0&wait=25000"))]
    {
        check(&path, &mine.request(method, &path).send(), ErrorCode::UnknownConversation);
    }
    for action in [say("Let me in"), ask_person(), VisitorAction::Read { up_to: 1 }] {
        check("a command", &mine.try_command(theirs, 0, id(90), action), ErrorCode::UnknownConversation);
    }
    let mut socket = mine.live(theirs, 0);
    let ConversationFrame::Refused { error, .. } = socket.receive() else { panic!("it is let in") };
    assert_eq!((error.code, socket.until_closed()), (ErrorCode::UnknownConversation, Vec::new()));
    let export: VisitorExport = mine.request("GET", "/api/w/demo/visitors/me/export").send().ok();
    assert!(export.conversations.iter().all(|one| one.id != *theirs));
    // A visitor's token opens nothing of the agents', and their session nothing of a visitor's.
    check("as an agent", &mine.request("GET", &format!("{base}/agent-events?have=0")).send(), ErrorCode::NotSignedIn);
    let as_visitor = world.agent.request("GET", &format!("{base}/events?have=0")).send();
    check("as a visitor", &as_visitor, ErrorCode::NotSignedIn);
}

#[test]
fn attack_7_a_visitors_token_is_shown_to_nobody_and_stored_nowhere() {
    let world = World::new();
    let (token, thread) = (world.visitor.token.as_str(), &world.thread);
    let mut inbox = world.agent.inbox_live();
    let mut live = world.agent.live(thread, 0);
    let visitor: VisitorOf =
        world.agent.request("GET", &format!("/api/w/demo/conversations/{thread}/visitor")).send().ok();
    let shown = [
        inbox.receive_text(),
        live.receive_text(),
        serde_json::to_string(&world.agent.events(thread)).unwrap(),
        serde_json::to_string(&world.agent.inbox()).unwrap(),
        serde_json::to_string(&world.visitor.events(thread)).unwrap(),
        String::from(
            world.agent.request("GET", &format!("/api/w/demo/visitors/{}/export", visitor.visitor)).send().text(),
        ),
        world.edge.said(),
    ];
    for text in shown {
        assert!(!text.contains(token), "{text}");
    }
    assert_ne!(visitor.visitor.as_str(), token, "the public name proves nothing");
    let stolen = world.edge.client().get("/api/w/demo/conversations").bearer(visitor.visitor.as_str()).send();
    assert_eq!(stolen.ok::<Threads>().threads, [], "nor does it open anything when it is used as one");
    drop((inbox, live));
    world.edge.stop();
    assert_eq!(world.edge.files_with(token.as_bytes()), Vec::<String>::new());
}

#[test]
fn attack_8_nobody_becomes_somebody_else_and_a_session_ends() {
    // A day is a fifth of a second here: a session of fourteen is over soon.
    let edge = Edge::start_with(&[("DAY_MS", "200")]);
    let agent = Agent::set_up(&edge, "Ada");
    let me = || agent.request("GET", "/api/w/demo/session").send();
    assert_eq!(me().ok::<Me>().name, "Ada");
    for claim in ["bh_session=Ada", "bh_session=", "name=Ada", "bh_session=0; agent=Ada"] {
        let reply = edge.client().get("/api/w/demo/inbox").header("Cookie", claim).send();
        check(claim, &reply, ErrorCode::NotSignedIn);
    }
    // Every character counts, the last as much as the first.
    let (name, value) = agent.cookie.split_once('=').unwrap();
    for at in [0, value.len() / 2, value.len() - 1] {
        let other = if value.as_bytes()[at] == b'A' { "B" } else { "A" };
        let forged = format!("{name}={}{other}{}", &value[..at], &value[at + 1..]);
        check(
            &forged,
            &edge.client().get("/api/w/demo/inbox").header("Cookie", &forged).send(),
            ErrorCode::NotSignedIn,
        );
    }
    eventually("the session to end by itself", || (me().status == 401).then_some(()));
}

#[test]
fn attack_9_secrets_are_long_and_never_the_same() {
    let edge = Edge::start();
    let first = Agent::set_up(&edge, "Ada");
    let sessions: Vec<Agent> = (0..8).map(|_| Agent::sign_in(&edge, "Ada")).collect();
    let mut cookies: Vec<&str> = sessions.iter().chain([&first]).map(|agent| agent.cookie.as_str()).collect();
    cookies.sort_unstable();
    cookies.dedup();
    assert_eq!(cookies.len(), 9);
    // 256 bits are 43 characters of base64url.
    assert!(cookies.iter().all(|cookie| cookie.len() == "bh_session=".len() + 43), "{cookies:?}");
    for weak in ["", "1", "password", "00000000-0000-4000-8000-000000000000", &"a".repeat(42), &"a".repeat(44)] {
        let reply = edge.client().get("/api/w/demo/conversations").bearer(weak).send();
        assert!(matches!(reply.refusal().1, ErrorCode::WrongToken | ErrorCode::NotSignedIn), "{weak:?}");
    }
}

#[test]
fn attack_10_what_is_searched_and_asked_for_is_never_a_statement() {
    let world = World::new();
    let hostile =
        ["' OR '1'='1", "'; DROP TABLE events; --", "\") OR 1=1 --", "%' UNION SELECT token FROM agents --", "a\0b"];
    for text in hostile {
        world.visitor.command(&world.thread, 0, id(77), say("Where is my parcel?"));
        let said = world.other.try_command(&conversation(2), 0, id(78), say(text));
        assert!(matches!(said.status, 200 | 409), "{}", said.text());
        let encoded: String = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
        for path in [
            format!("conversations/{}/events?have={encoded}", world.thread),
            format!("inbox/articles?locale={encoded}"),
            format!("conversations/{encoded}/agent-events?have=0"),
            format!("visitors/{encoded}/export"),
            format!("boot?locale={encoded}"),
            format!("articles/{encoded}/{encoded}"),
        ] {
            let reply = world.agent.request("GET", &format!("/api/w/demo/{path}")).send();
            assert_ne!(reply.status, 500, "{path}: {}", reply.text());
        }
        let sign_in = SignIn { name: text.into(), password: text.into() };
        let reply =
            world.edge.client().post("/api/w/demo/session").header("Origin", &world.edge.origin()).json(&sign_in);
        assert!(matches!(reply.send().status, 401 | 429));
    }
    assert_eq!(world.agent.inbox().len(), 2, "everything is where it was");
    assert!(!world.edge.said().contains("SQLITE"), "{}", world.edge.said());
}

#[test]
fn attack_11_who_writes_and_where_is_not_the_callers_to_say() {
    let world = World::new();
    let path = format!("/api/w/demo/conversations/{}/commands", world.thread);
    let valid = json!({ "have": 0, "command": { "id": id(90), "action": { "say": { "text": "I am Ada", "context": context() } } } });
    for (place, field) in [
        ("", "by"),
        ("", "workspace"),
        ("", "visitor"),
        ("/command", "by"),
        ("/command", "at"),
        ("/command", "seq"),
        ("/command/action/say", "by"),
        ("/command/action/say", "author"),
        ("/command/action/say/context", "visitor"),
    ] {
        let mut body = valid.clone();
        body.pointer_mut(place).unwrap()[field] = json!("agent");
        let request = world.edge.client().post(&path).bearer(world.visitor.token.as_str()).json(&body);
        world.expect_refused(&format!("{field} at {place:?}"), request, ErrorCode::InvalidRequest);
    }
    // An id that the edge derives is no client's to use: it would stand for what the assistant says.
    let mut derived = valid;
    derived["command"]["id"] = json!(format!("{}.a", id(1)));
    let request = world.edge.client().post(&path).bearer(world.visitor.token.as_str()).json(&derived);
    world.expect_refused("a derived id", request, ErrorCode::InvalidRequest);
}

#[test]
fn attack_12_nothing_is_put_anywhere_without_a_proof() {
    let world = World::new();
    let client = world.edge.client();
    let content: Value =
        json!({ "name": "Mine now", "origins": [], "default_locale": "en", "articles": [], "answers": [] });
    for path in ["content", "uploads", "files", "conversations/x/files", "a/panel.js"] {
        for method in ["PUT", "POST", "PATCH"] {
            let path = format!("/api/w/demo/{path}");
            let reply = client.request(method, &path).json(&content).send();
            assert!(matches!(reply.status, 401 | 403 | 404 | 405), "{method} {path}: {}", reply.status);
        }
    }
    for wrong in [world.visitor.token.as_str(), "", "publish", tests::edge::SETUP_TOKEN] {
        let reply = client.request("PUT", "/api/w/demo/content").bearer(wrong).json(&content).send();
        assert!(matches!(reply.status, 401 | 403), "{wrong:?}");
    }
    let name = client.get("/api/w/demo/boot?locale=en").send().ok::<Boot>().panel.name;
    assert_ne!(name, "Mine now");
    client.request("PUT", "/api/w/demo/content").bearer(PUBLISH_TOKEN).json(&content).send().ok::<Published>();
}

#[test]
fn attack_13_no_address_that_anybody_names_is_ever_fetched() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let inside = format!("http://127.0.0.1:{}/latest/meta-data", listener.local_addr().unwrap().port());
    let mut content = edge.content();
    content["articles"][0]["url"] = json!(inside);
    content["articles"][0]["markdown"] = json!(format!("![picture]({inside}) [link]({inside}) <{inside}>"));
    edge.publish(&content);
    let mut place = context();
    place.url.clone_from(&inside);
    let visitor = Visitor::new(&edge, 1);
    visitor.command(&conversation(1), 0, id(1), VisitorAction::Say { text: format!("Look: {inside}"), context: place });
    visitor.command(&conversation(1), 0, id(2), ask_person());
    agent.command(&conversation(1), 0, id(3), reply(&format!("Here: {inside}")));
    // All of it is done: what would fetch has had its turn.
    eventually("the lists", || agent.inbox().first().is_some_and(|line| line.last.contains("Here")).then_some(()));
    listener.set_nonblocking(true).unwrap();
    assert!(listener.accept().is_err(), "somebody came");
}

#[test]
fn attack_14_another_site_changes_nothing_with_an_agents_session() {
    let world = World::new();
    let thread = &world.thread;
    let command = json!({ "have": 0, "command": { "id": id(90), "action": { "reply": { "text": "Forged" } } } });
    let visitor: VisitorOf =
        world.agent.request("GET", &format!("/api/w/demo/conversations/{thread}/visitor")).send().ok();
    let doors = [
        ("POST", format!("conversations/{thread}/agent-commands"), Some(&command)),
        ("DELETE", String::from("session"), None),
        ("DELETE", format!("visitors/{}", visitor.visitor), None),
    ];
    for (method, path, body) in doors {
        for origin in ["https://evil.example", "null", &world.edge.site()] {
            let request = world.edge.client().request(method, &format!("/api/w/demo/{path}"));
            let request = request.header("Cookie", &world.agent.cookie).header("Origin", origin);
            let request = if let Some(body) = body { request.json(body) } else { request };
            world.expect_refused(&format!("{method} {path} from {origin}"), request, ErrorCode::ForeignOrigin);
        }
    }
    // A form of another site can send text without asking the browser, but no JSON.
    let form = world.agent.request("POST", &format!("/api/w/demo/conversations/{thread}/agent-commands"));
    let form = form.header("Content-Type", "text/plain").body(command.to_string());
    world.expect_refused("a form", form, ErrorCode::WrongContentType);
}

#[test]
fn attack_15_another_site_opens_no_socket_with_an_agents_session() {
    let world = World::new();
    for path in [
        "inbox/live",
        &format!("conversations/{}/agent-live", world.thread),
        &format!("conversations/{}/live", world.thread),
    ] {
        for origin in
            ["https://evil.example", "null", &world.edge.site(), &format!("{}.evil.example", world.edge.origin())]
        {
            let headers = [("Origin", origin), ("Cookie", world.agent.cookie.as_str())];
            let refused = Socket::try_open(world.edge.port(), &format!("/api/w/demo/{path}"), &headers).err();
            assert_eq!(refused, Some(403), "{path} from {origin}");
        }
        let nowhere = [("Cookie", world.agent.cookie.as_str())];
        assert_eq!(
            Socket::try_open(world.edge.port(), &format!("/api/w/demo/{path}"), &nowhere).err(),
            Some(403),
            "{path}"
        );
    }
}

#[test]
fn attack_16_a_flood_of_one_is_no_trouble_to_another() {
    let edge = Edge::start_with(&[("ADDRESS_HEADER", "x-test-address")]);
    let agent = Agent::set_up(&edge, "Ada");
    let flood = |number: u32| {
        let thread = shared::ids::base64url(&[&[3; 12][..], &number.to_be_bytes()].concat());
        let command = VisitorCommand { id: id(1), action: ask_person() };
        let token = secret(u8::try_from(number % 150).unwrap() + 50);
        let request =
            edge.client().post(&format!("/api/w/demo/conversations/{thread}/commands")).bearer(token.as_str());
        request.header("x-test-address", "203.0.113.66").json(&CommandRequest { have: 0, command }).send().status
    };
    let statuses: Vec<u16> = (0..300).map(flood).collect();
    let taken = statuses.iter().filter(|status| **status == 200).count();
    assert!(
        (100..200).contains(&taken) && statuses.iter().all(|status| matches!(status, 200 | 429)),
        "{taken} were taken"
    );
    let honest = Visitor::new(&edge, 1);
    honest.command(&conversation(1), 0, id(1), say("My lamp hums"));
    honest.command(&conversation(1), 0, id(2), ask_person());
    agent.command(&conversation(1), 0, id(3), reply("Hello"));
    assert_eq!(honest.threads().len(), 1);
}

#[test]
fn attack_20_the_edge_has_no_door_for_what_is_not_sent() {
    let world = World::new();
    // Every door that takes a text stores it as said; there is none for typing, drafts or searching.
    for path in ["typing", "drafts", "suggestions", "search?q=my%20secret", "conversations/typing"] {
        for method in ["GET", "POST", "PUT"] {
            let reply =
                world.visitor.request(method, &format!("/api/w/demo/{path}")).json(&json!({ "text": "my sec" })).send();
            assert!(matches!(reply.status, 404 | 405), "{method} {path}: {}", reply.status);
        }
    }
    for action in [json!({ "typing": { "text": "my sec" } }), json!({ "draft": "my sec" })] {
        let body = json!({ "have": 0, "command": { "id": id(90), "action": action } });
        let path = format!("/api/w/demo/conversations/{}/commands", world.thread);
        world.expect_refused(
            "an unsent text",
            world.visitor.request("POST", &path).json(&body),
            ErrorCode::InvalidRequest,
        );
    }
    let resolution =
        json!({ "id": id(91), "article": "track-a-parcel", "locale": "en", "helped": true, "typed": "my sec" });
    let request = world.edge.client().post("/api/w/demo/resolutions").json(&resolution);
    world.expect_refused("a resolution with what was typed", request, ErrorCode::InvalidRequest);
}

#[test]
fn attack_21_whoever_signs_out_leaves_nothing_open_on_a_shared_computer() {
    let world = World::new();
    let (mut inbox, mut live) = (world.agent.inbox_live(), world.agent.live(&world.thread, 0));
    inbox.receive::<InboxFrame>();
    live.receive::<ConversationFrame>();
    let elsewhere = Agent::sign_in(&world.edge, "Ada");
    let mut stays = elsewhere.live(&world.thread, 0);
    stays.receive::<ConversationFrame>();

    let out = world.agent.request("DELETE", "/api/w/demo/session").send();
    assert_eq!(out.status, 204);
    assert!(out.header("set-cookie").contains("Max-Age=0"), "{:?}", out.headers);
    for socket in [&mut inbox, &mut live] {
        let said = socket.until_closed();
        assert!(said.iter().any(|text| text.contains("not_signed_in")), "{said:?}");
    }
    for path in ["session", "inbox", &format!("conversations/{}/agent-events?have=0", world.thread)] {
        check(path, &world.agent.request("GET", &format!("/api/w/demo/{path}")).send(), ErrorCode::NotSignedIn);
    }
    // The session on another computer is another one.
    stays.send(&AgentFrame::Do(AgentCommand { id: id(90), action: reply("Still here"), seen: None }));
    let accepted = std::iter::from_fn(|| Some(stays.receive::<ConversationFrame>()))
        .find(|frame| !matches!(frame, ConversationFrame::Events(_)));
    assert_eq!(accepted, Some(ConversationFrame::Accepted { id: id(90) }));
}
