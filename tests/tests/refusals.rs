//! What single doors refuse, each with its own code, and nothing changes. What holds for all of them is in `doors.rs`.

use serde_json::{Value, json};
use shared::ids::ArticleId;
use shared::protocol::*;
use tests::edge::{PUBLISH_TOKEN, SETUP_TOKEN};
use tests::people::{PASSWORD, ask_person, context, conversation, id, reply, say};
use tests::{Edge, Visitor, World};

#[test]
fn a_visitors_command_that_cannot_be() {
    let world = World::new();
    let path = format!("/api/w/demo/conversations/{}/commands", world.thread);
    let check = |what: &str, action: Value, code| {
        let body = json!({ "have": 0, "command": { "id": "CQkJCQkJCQkJCQkJCQkJCQ", "action": action } });
        let request = world.edge.client().post(&path).bearer(world.visitor.token.as_str()).json(&body);
        world.expect_refused(what, request, code);
    };
    let said = |text: &str| json!({ "say": { "text": text, "context": context() } });
    let here = |field: &str, value: Value| {
        let mut action = said("Hello");
        action["say"]["context"][field] = value;
        action
    };
    for text in ["", " ", "\n\t\u{3000}\u{a0}"] {
        check("no text", said(text), ErrorCode::EmptyMessage);
    }
    check("too long", said(&"é".repeat(MAX_MESSAGE_CHARS + 1)), ErrorCode::MessageTooLong);
    check("an unknown event", json!({ "helped": { "about": "never-was", "yes": true } }), ErrorCode::UnknownEvent);
    check("an event that asks nothing", json!({ "helped": { "about": id(1), "yes": true } }), ErrorCode::UnknownEvent);
    check("no language", here("locale", json!("not a language")), ErrorCode::InvalidRequest);
    check("a long address", here("url", json!(format!("https://x/{}", "a".repeat(3_000)))), ErrorCode::InvalidRequest);
    check("a long title", here("title", json!("a".repeat(3_000))), ErrorCode::InvalidRequest);
    let shown =
        json!({ "article": { "id": "track-a-parcel", "title": "Track a parcel" }, "opened": false, "helped": null });
    check("more articles than are shown", here("shown", json!(vec![shown; 51])), ErrorCode::InvalidRequest);
    check("an unknown action", json!("resolve"), ErrorCode::InvalidRequest);
    check("an agent's action", json!({ "reply": { "text": "I am Ada" } }), ErrorCode::InvalidRequest);
}

#[test]
fn a_commands_id_that_cannot_be() {
    let world = World::new();
    let path = format!("/api/w/demo/conversations/{}/commands", world.thread);
    let agents_path = format!("/api/w/demo/conversations/{}/agent-commands", world.thread);
    // Ids with a dot, or so long that what follows has no room, belong to the events that follow from a command.
    for bad in ["", "a b", "../../x", &format!("{}.a", id(1)), &"x".repeat(40), &"x".repeat(41)] {
        let body = json!({ "have": 0, "command": { "id": bad, "action": say("Hello") } });
        let request = world.edge.client().post(&path).bearer(world.visitor.token.as_str()).json(&body);
        world.expect_refused(&format!("the id {bad:?}"), request, ErrorCode::InvalidRequest);
        let body = json!({ "have": 0, "command": { "id": bad, "action": reply("Hello") } });
        let request = world.agent.request("POST", &agents_path).json(&body);
        world.expect_refused(&format!("an agent's id {bad:?}"), request, ErrorCode::InvalidRequest);
    }
    let have = |have: &str| format!("/api/w/demo/conversations/{}/events?have={have}", world.thread);
    for bad in ["x", "-1", "1e3", "99999999999"] {
        let request = world.edge.client().get(&have(bad)).bearer(world.visitor.token.as_str());
        world.expect_refused(&format!("have={bad}"), request, ErrorCode::InvalidRequest);
    }
}

#[test]
fn an_id_is_for_one_thing() {
    let world = World::new();
    let visitors = format!("/api/w/demo/conversations/{}/commands", world.thread);
    let again = |action: VisitorAction| {
        let command = VisitorCommand { id: id(1), action };
        let body = CommandRequest { have: 0, command };
        world.edge.client().post(&visitors).bearer(world.visitor.token.as_str()).json(&body)
    };
    world.expect_refused("another text", again(say("Something else")), ErrorCode::IdReused);
    world.expect_refused("another action", again(ask_person()), ErrorCode::IdReused);

    let agents = format!("/api/w/demo/conversations/{}/agent-commands", world.thread);
    let body =
        AgentCommandRequest { have: 0, command: AgentCommand { id: id(1), action: reply("I am you"), seen: None } };
    world.expect_refused("a visitor's id", world.agent.request("POST", &agents).json(&body), ErrorCode::IdReused);
}

#[test]
fn a_conversation_of_somebody_else_is_as_one_that_is_not_there() {
    let world = World::new();
    let client = world.edge.client();
    let nowhere = conversation(99);
    let token = world.visitor.token.as_str();
    let read = |thread: &str| client.get(&format!("/api/w/demo/conversations/{thread}/events")).bearer(token);
    let write = |thread: &str, action: VisitorAction| {
        let body = CommandRequest { have: 0, command: VisitorCommand { id: id(9), action } };
        client.post(&format!("/api/w/demo/conversations/{thread}/commands")).bearer(token).json(&body)
    };
    let others = world.others_thread.as_str();
    for thread in [others, nowhere.as_str(), "x", "%2e%2e%2fdemo%2fxxxxxxxxxxx"] {
        world.expect_refused(thread, read(thread), ErrorCode::UnknownConversation);
        let mark = write(thread, VisitorAction::Read { up_to: 1 });
        world.expect_refused(thread, mark, ErrorCode::UnknownConversation);
    }
    world.expect_refused("to write", write(others, say("I am you")), ErrorCode::UnknownConversation);
    // Not told apart by anything that the caller can see.
    let (theirs, nobodys) = (read(others).send(), read(nowhere.as_str()).send());
    assert_eq!((theirs.status, theirs.text()), (nobodys.status, nobodys.text()));

    let opening = write(nowhere.as_str(), VisitorAction::Helped { about: id(1), yes: true, article: None });
    world.expect_refused("a conversation that begins with an answer", opening, ErrorCode::UnknownConversation);
    for command in ["agent-events?have=0", "agent-commands"] {
        let path = format!("/api/w/demo/conversations/{nowhere}/{command}");
        let body =
            AgentCommandRequest { have: 0, command: AgentCommand { id: id(9), action: reply("Anybody?"), seen: None } };
        let method = if command == "agent-commands" { "POST" } else { "GET" };
        let request = world.agent.request(method, &path);
        let request = if method == "POST" { request.json(&body) } else { request };
        world.expect_refused(command, request, ErrorCode::UnknownConversation);
    }
}

#[test]
fn an_article_and_a_resolution_that_are_not_there() {
    let world = World::new();
    let client = world.edge.client();
    for path in
        ["en/nothing", "en/Not%20A%20Slug", "en/..%2f..%2fsecrets", "not%20a%20tag/track-a-parcel", "e/track-a-parcel"]
    {
        let request = client.get(&format!("/api/w/demo/articles/{path}"));
        world.expect_refused(path, request, ErrorCode::UnknownArticle);
    }
    let resolution = |article: &str, locale: &str| {
        let article = ArticleId::parse(article).unwrap();
        client.post("/api/w/demo/resolutions").json(&Resolution {
            id: id(9),
            about: Solution::Article(article),
            locale: locale.into(),
            helped: true,
        })
    };
    world.expect_refused("no article", resolution("nothing", "en"), ErrorCode::UnknownArticle);
    world.expect_refused("no language", resolution("track-a-parcel", "not a tag"), ErrorCode::InvalidRequest);
}

#[test]
fn a_set_up_link_works_once_and_for_a_good_password() {
    let world = World::new();
    let setup = |workspace: &str, token: &str, name: &str, password: &str| {
        let body = Setup { token: token.into(), name: name.into(), password: password.into() };
        let path = format!("/api/w/{workspace}/setup");
        world.edge.client().post(&path).header("Origin", &world.edge.origin()).json(&body)
    };
    world.expect_refused("twice", setup("demo", SETUP_TOKEN, "Eve", PASSWORD), ErrorCode::AlreadySetUp);
    world.expect_refused("twice by a guess", setup("demo", "a guess", "Eve", PASSWORD), ErrorCode::WrongToken);

    let client = world.edge.client();
    world.edge.make("fresh");
    let fresh = json!({ "panel": { "name": "Fresh" }, "origins": [], "default_locale": "en" });
    client.request("PUT", "/api/w/fresh/settings").bearer(PUBLISH_TOKEN).json(&fresh).send().ok::<Published>();
    let long = "x".repeat(MAX_NAME_CHARS + 1);
    for (what, request, code) in [
        ("a guess", setup("fresh", "a guess", "Eve", PASSWORD), ErrorCode::WrongToken),
        ("no token", setup("fresh", "", "Eve", PASSWORD), ErrorCode::WrongToken),
        ("a short password", setup("fresh", SETUP_TOKEN, "Eve", "nine char"), ErrorCode::WeakPassword),
        ("a long password", setup("fresh", SETUP_TOKEN, "Eve", &"x".repeat(201)), ErrorCode::LongPassword),
        ("a blank name", setup("fresh", SETUP_TOKEN, " \t", PASSWORD), ErrorCode::BadName),
        ("a long name", setup("fresh", SETUP_TOKEN, &long, PASSWORD), ErrorCode::BadName),
        ("a name that turns the text", setup("fresh", SETUP_TOKEN, "E\u{202e}ve", PASSWORD), ErrorCode::BadName),
        ("a name of two alphabets", setup("fresh", SETUP_TOKEN, "Еve", PASSWORD), ErrorCode::BadName),
        ("a name with a control character", setup("fresh", SETUP_TOKEN, "E\u{1b}ve", PASSWORD), ErrorCode::BadName),
    ] {
        world.expect_refused(what, request, code);
        assert!(client.get("/api/w/fresh/setup").send().ok::<SetupState>().needed, "{what} has used the link");
    }
    setup("fresh", SETUP_TOKEN, "Eve", PASSWORD).send().ok::<Me>();
    world.expect_refused("again", setup("fresh", SETUP_TOKEN, "Eve", PASSWORD), ErrorCode::AlreadySetUp);
    // An agent of one workspace is nobody in another, even with the cookie carried over by hand.
    let theirs = client.get("/api/w/fresh/session").header("Cookie", &world.agent.cookie);
    world.expect_refused("an agent of another workspace", theirs, ErrorCode::NotSignedIn);
}

#[test]
fn a_password_is_not_found_by_guessing() {
    let world = World::new();
    let sign_in = |name: &str, password: &str| {
        let body = SignIn { name: name.into(), password: password.into() };
        world.edge.client().post("/api/w/demo/session").header("Origin", &world.edge.origin()).json(&body)
    };
    world.expect_refused("a wrong password", sign_in("Ada", "wrong password"), ErrorCode::WrongPassword);
    world.expect_refused("a wrong name", sign_in("Eve", PASSWORD), ErrorCode::WrongPassword);
    let (known, unknown) = (sign_in("Ada", "wrong password").send(), sign_in("Eve", "wrong password").send());
    assert_eq!((known.status, known.text()), (unknown.status, unknown.text()), "a name is told apart");
    let until_stopped = |_: &u32| sign_in("Ada", "wrong password").send().refusal().1 == ErrorCode::WrongPassword;
    assert!((0..20).take_while(until_stopped).count() < 20, "guessing goes on for ever");
    world.expect_refused("even the right one, now", sign_in("Ada", PASSWORD), ErrorCode::TooMany);
}

#[test]
fn content_that_cannot_be_served_is_not_published() {
    let world = World::new();
    let good = world.edge.content();
    let publish = |token: &str, content: &Value| {
        world.edge.client().request("PUT", "/api/w/demo/content").bearer(token).json(content)
    };
    world.expect_refused("a wrong token", publish("a guess", &good), ErrorCode::WrongToken);
    world.expect_refused("the set-up token", publish(SETUP_TOKEN, &good), ErrorCode::WrongToken);
    let check = |what: &str, place: &str, value: Value| {
        let mut content = good.clone();
        *content.pointer_mut(place).unwrap() = value;
        world.expect_refused(what, publish(PUBLISH_TOKEN, &content), ErrorCode::InvalidRequest);
    };
    let first = good["articles"][0].clone();
    check("an address that runs a script", "/articles/0/url", json!("javascript:alert(1)"));
    check("an address without a scheme", "/articles/0/url", json!("//evil.example"));
    check("a slug that is none", "/articles/0/id", json!("../../etc"));
    check("a language that is none", "/articles/0/locale", json!("no such thing"));
    check("the same article twice", "/articles/1", first);
    check("a default language that is none", "/settings/default_locale", json!(""));
    check("an origin with a path", "/settings/origins/0", json!("https://lumen.example/shop"));
    check("any origin", "/settings/origins/0", json!("*"));
    check("an origin that adds to the policy", "/settings/origins/0", json!("https://a.example; script-src *"));
    check("an answer's slug that is none", "/answers/0/id", json!("An Answer"));
}

#[test]
fn a_first_message_to_no_workspace_leaves_nothing_behind() {
    let edge = Edge::start_empty();
    let (visitor, thread) = (Visitor::new(&edge, 1), conversation(1));
    let refused = visitor.try_command(&thread, 0, id(1), say("Hello"));
    assert_eq!(refused.refusal(), (404, ErrorCode::UnknownWorkspace));
    edge.make("demo");
    edge.publish(&edge.content());
    assert_eq!(visitor.try_events(&thread, 0).refusal().1, ErrorCode::UnknownConversation);
    assert_eq!(visitor.threads(), []);
}

#[test]
fn asking_after_a_workspace_that_is_not_there_leaves_nothing() {
    let edge = Edge::start();
    let client = edge.client();
    let boot = |name: &str| client.get(&format!("/api/w/{name}/boot")).send().refusal().1;
    assert_eq!(boot("nobody"), ErrorCode::UnknownWorkspace);
    // A database has a file and two logs.
    let databases = || edge.files().iter().filter(|file| file.extension() == Some("sqlite".as_ref())).count();
    let before = databases();
    for number in 0..5 {
        assert_eq!(boot(&format!("nobody-{number}")), ErrorCode::UnknownWorkspace);
    }
    assert_eq!(databases(), before);
}
