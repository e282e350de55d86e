//! Limits that fail closed: over them the caller is told when to come back, a restart gives nothing back, and nobody else is
//! in the way of it.

use serde_json::json;
use shared::limits::{GRANT_AHEAD, INCLUDED, Kind, Scope};
use shared::protocol::*;
use tests::edge::SETUP_TOKEN;
use tests::http::{Reply, Request};
use tests::people::{PASSWORD, ask_person, context, id, say, secret};
use tests::proxy::{self, Rules};
use tests::{Client, Edge, Socket, Visitor};

/// The header in which these tests play the platform.
const ADDRESS: &str = "x-test-address";

fn edge() -> Edge {
    Edge::start_with(&[("ADDRESS_HEADER", ADDRESS)])
}

fn conversation(number: u32) -> String {
    shared::ids::base64url(&[&[9; 12][..], &number.to_be_bytes()].concat())
}

/// A first message in a conversation of its own.
fn begin(edge: &Edge, visitor: u8, number: u32, address: &str) -> Request {
    let command = VisitorCommand { id: id(1), action: say("Hello") };
    edge.client()
        .post(&format!("/api/w/demo/conversations/{}/commands", conversation(number)))
        .bearer(secret(visitor).as_str())
        .header(ADDRESS, address)
        .json(&CommandRequest { have: 0, command })
}

/// The reply says too many, and when to come back in the same words twice.
fn check_wait(what: &str, reply: &Reply) -> Millis {
    assert_eq!(reply.refusal(), (429, ErrorCode::TooMany), "{what}: {}", reply.text());
    let body: ErrorBody = serde_json::from_slice(&reply.body).unwrap();
    let wait = body.error.retry_after_ms.unwrap_or_else(|| panic!("{what}: {}", reply.text()));
    assert_eq!(reply.header("retry-after"), wait.div_ceil(1_000).to_string(), "{what}");
    assert!((1..=24 * 3_600_000).contains(&wait), "{what}: {wait}");
    wait
}

#[test]
fn a_visitor_begins_so_many_conversations_and_a_restart_gives_none_back() {
    let edge = edge();
    let burst = Kind::Conversation.rate(Scope::Visitor).burst;
    for number in 1..=burst {
        begin(&edge, 1, number, "203.0.113.1").send().ok::<Events>();
    }
    check_wait("one more", &begin(&edge, 1, burst + 1, "203.0.113.1").send());
    check_wait("one more from elsewhere", &begin(&edge, 1, burst + 1, "203.0.113.2").send());
    edge.kill();
    edge.restart();
    check_wait("after a restart", &begin(&edge, 1, burst + 1, "203.0.113.3").send());
    begin(&edge, 1, 1, "203.0.113.1").send().ok::<Events>();
    begin(&edge, 2, burst + 2, "203.0.113.1").send().ok::<Events>();
    let listed = Visitor::new(&edge, 1).threads().len();
    assert_eq!(listed, burst as usize, "what was refused has left nothing");
}

#[test]
fn an_address_begins_so_many_conversations_whoever_it_says_it_is() {
    let edge = edge();
    let burst = Kind::Conversation.rate(Scope::Address).burst;
    let mut refused = 0;
    for number in 1..=burst + 5 {
        let visitor = u8::try_from(number % 200).unwrap();
        // One subscriber has a whole /64 of addresses.
        let reply = begin(&edge, visitor, number, &format!("2001:db8:0:1::{number:x}")).send();
        if reply.status == 429 {
            check_wait("too many from here", &reply);
            refused += 1;
        }
    }
    assert!((1..=5).contains(&refused), "{refused} were refused");
    begin(&edge, 201, 9_999, "2001:db8:0:2::1").send().ok::<Events>();
}

#[test]
fn an_address_that_the_caller_invents_is_not_believed() {
    // Nobody has named a header here: what counts is the connection, and all of these come from one machine.
    let edge = Edge::start();
    let burst = Kind::Conversation.rate(Scope::Address).burst;
    let mut refused = 0;
    for number in 1..=burst + 5 {
        let invented = format!("198.51.100.{}", number % 250);
        let request = begin(&edge, u8::try_from(number % 200).unwrap(), number, &invented);
        let request = request.header("cf-connecting-ip", &invented).header("x-forwarded-for", &invented);
        refused += u32::from(request.send().status == 429);
    }
    assert!(refused >= 1, "every one was believed");
}

#[test]
fn behind_a_proxy_each_visitor_is_counted_and_what_a_caller_writes_is_not() {
    let edge = Edge::start_with(&[("ADDRESS_HEADER", "X-Forwarded-For")]);
    let port = proxy::start(edge.port(), Rules { adds_address_to: Some("X-Forwarded-For"), ..Rules::default() });
    let through = Client::new(&format!("http://127.0.0.1:{port}"));
    let begin = |client: &Client, number: u32, header: &str| {
        let command = VisitorCommand { id: id(1), action: say("Hello") };
        let path = format!("/api/w/demo/conversations/{}/commands", conversation(number));
        let request = client.post(&path).bearer(secret(u8::try_from(number % 250).unwrap()).as_str());
        request.header("X-Forwarded-For", header).json(&CommandRequest { have: 0, command }).send()
    };
    // What our proxy has written stands last, whatever the visitor has put before it.
    let burst = Kind::Conversation.rate(Scope::Address).burst;
    for number in 1..=burst + 10 {
        let header = format!("198.51.100.7, 203.0.{}.{}", number / 250, number % 250 + 1);
        begin(&edge.client(), number, &header).ok::<Events>();
    }
    // One who makes up another first entry each time is one.
    let refused = (1_000..=1_000 + burst + 10)
        .filter(|number| begin(&through, *number, &format!("203.0.113.{}", number % 250)).status == 429);
    assert!(refused.count() >= 5, "each was believed");
    assert!(!edge.said().contains("address_unknown"), "{}", edge.said());
    begin(&edge.client(), 5_000, "203.0.113.9, unknown").ok::<Events>();
    let line = || edge.said().lines().find(|line| line.contains("address_unknown")).map(String::from);
    let line = tests::eventually("the operator to be told", line);
    assert!(line.contains("X-Forwarded-For") && !line.contains("203.0.113.9"), "{line}");
}

#[test]
fn an_address_is_the_same_however_a_proxy_writes_it() {
    let edge = Edge::start_with(&[("ADDRESS_HEADER", "X-Forwarded-For")]);
    let guesses = std::cell::Cell::new(0);
    let guess = |address: &str| {
        guesses.set(guesses.get() + 1);
        let body = SignIn { name: format!("Guess {}", guesses.get()), password: "wrong password".into() };
        let request = edge.client().post("/api/w/demo/session").header("Origin", &edge.origin());
        request.header("X-Forwarded-For", address).json(&body).send().status
    };
    let same = ["\"[2001:db8::1]:443\"", "2001:db8::2", "[2001:db8::3]", "10.0.0.1, 2001:db8::4"];
    let burst = Kind::SignIn.rate(Scope::Address).burst as usize;
    for address in same.into_iter().cycle().take(burst) {
        assert_ne!(guess(address), 403, "{address}");
    }
    assert!(same.iter().all(|address| guess(address) == 429), "one network has one count");
    let old = ["::ffff:203.0.113.9", "203.0.113.9:4711", "10.0.0.1,203.0.113.9"];
    for address in old.into_iter().cycle().take(burst) {
        guess(address);
    }
    assert!(old.iter().all(|address| guess(address) == 429), "one address has one count");
    assert_eq!(guess("203.0.113.10"), 401);
}

#[test]
fn a_conversation_is_not_flooded_and_who_waits_goes_on() {
    let edge = edge();
    let visitor = Visitor::new(&edge, 1);
    let thread = shared::ids::ConversationId::parse(&conversation(1)).unwrap();
    begin(&edge, 1, 1, "203.0.113.1").send().ok::<Events>();
    let mut socket = visitor.live_at(&thread, ADDRESS, "203.0.113.1");
    socket.send(&VisitorFrame::Hello { token: visitor.token.clone(), have: 2 });
    let mut taken = Vec::new();
    let mut wait = None;
    for number in 2..=150u8 {
        socket.send(&VisitorFrame::Do(VisitorCommand { id: id(number), action: say(&number.to_string()) }));
    }
    let mut answers = 0;
    while answers < 149 {
        match socket.receive() {
            ConversationFrame::Accepted { id } => {
                taken.push(id);
                answers += 1;
            }
            ConversationFrame::Refused { id: Some(_), error } => {
                assert_eq!(error.code, ErrorCode::TooMany);
                wait = error.retry_after_ms;
                answers += 1;
            }
            ConversationFrame::Refused { id: None, error } => panic!("{error:?}"),
            ConversationFrame::Events(_) | ConversationFrame::Typing { .. } => {}
        }
    }
    assert!(wait.is_some_and(|wait| wait > 0), "a flood is told when to come back");
    let stored = visitor.events(&thread).events;
    let said: Vec<_> = stored.iter().filter(|event| event.by == Author::Visitor && event.id != id(1)).collect();
    let ids: Vec<_> =
        said.iter().filter(|event| matches!(event.what, What::Said { .. })).map(|event| &event.id).collect();
    assert_eq!(ids, taken.iter().collect::<Vec<_>>(), "stored is what was acknowledged, in that order");
    // The outbox of the panel does the same: the refused one again, until it is taken.
    tests::eventually("the pace to give some back", || visitor.offer(&thread, id(150), say("150")));
}

#[test]
fn who_asks_for_more_messages_tells_the_visitors_list_with_the_same_call() {
    let edge = Edge::start_with(&[("UNPACED", "1")]);
    let visitor = Visitor::new(&edge, 1);
    let thread = shared::ids::ConversationId::parse(&conversation(1)).unwrap();
    visitor.command(&thread, 0, id(1), say("Hello"));
    visitor.command(&thread, 0, id(2), ask_person());
    let mut socket = visitor.live(&thread, 0);
    let mut write = |number: u32| {
        let mine = id(u8::try_from(number).unwrap());
        socket.send(&VisitorFrame::Do(VisitorCommand { id: mine.clone(), action: say(&number.to_string()) }));
        while socket.receive::<ConversationFrame>() != (ConversationFrame::Accepted { id: mine.clone() }) {}
    };
    let asks = INCLUDED - GRANT_AHEAD;
    (3..asks).for_each(&mut write);
    let last = || visitor.threads().into_iter().map(|thread| thread.last).next();
    assert_ne!(last(), Some((asks - 1).to_string()), "who looks at the conversation needs no list");
    write(asks);
    tests::eventually("the list to have the last words", || (last() == Some(asks.to_string())).then_some(()));
}

#[test]
fn frames_that_are_no_commands_are_a_flood_too() {
    let edge = edge();
    let visitor = Visitor::new(&edge, 1);
    let thread = shared::ids::ConversationId::parse(&conversation(1)).unwrap();
    begin(&edge, 1, 1, "203.0.113.1").send().ok::<Events>();
    let mut socket = visitor.live(&thread, 0);
    for _ in 0..2_000 {
        if !socket.try_send_text("{") {
            break;
        }
    }
    let said = socket.until_closed();
    assert!(said.iter().any(|text| text.contains("too_many")), "{:?}", said.last());
}

#[test]
fn a_visitors_sockets_are_counted_and_leave_the_agents_theirs() {
    let edge = edge();
    let agent = tests::Agent::set_up(&edge, "Ada");
    let visitor = Visitor::new(&edge, 1);
    let thread = shared::ids::ConversationId::parse(&conversation(1)).unwrap();
    begin(&edge, 1, 1, "203.0.113.1").send().ok::<Events>();
    let mut open: Vec<Socket> = Vec::new();
    let path = format!("/api/w/demo/conversations/{thread}/live");
    let refused = loop {
        match Socket::try_open(edge.port(), &path, &[("Origin", &edge.origin())]) {
            Ok(socket) => open.push(socket),
            Err(status) => break status,
        }
        assert!(open.len() < 100, "there is no end of them");
    };
    assert_eq!((refused, open.len()), (429, 16));
    agent.live(&thread, 0).receive::<ConversationFrame>();
    drop(open);
    tests::eventually("a place to be free again", || {
        Socket::try_open(edge.port(), &path, &[("Origin", &edge.origin())]).ok()
    });
    assert_eq!(visitor.events(&thread).events.len(), agent.events(&thread).events.len());
}

#[test]
fn an_address_opens_so_many_sockets() {
    let edge = edge();
    begin(&edge, 1, 1, "203.0.113.1").send().ok::<Events>();
    let burst = Kind::Socket.rate(Scope::Address).burst;
    let origin = edge.origin();
    let path = format!("/api/w/demo/conversations/{}/live", conversation(1));
    let open = |address: &str| Socket::try_open(edge.port(), &path, &[("Origin", &origin), (ADDRESS, address)]);
    let mut refused = None;
    for _ in 0..burst + 100 {
        if let Err(status) = open("203.0.113.7") {
            refused = Some(status);
        }
    }
    assert_eq!(refused, Some(429));
    tests::eventually("another address to be let in", || open("203.0.113.8").ok());
}

#[test]
fn guesses_are_counted_by_address_whatever_the_name() {
    let edge = edge();
    tests::Agent::set_up(&edge, "Ada");
    let sign_in = |name: &str, password: &str, address: &str| {
        let body = SignIn { name: name.into(), password: password.into() };
        let request = edge.client().post("/api/w/demo/session").header("Origin", &edge.origin());
        request.header(ADDRESS, address).json(&body).send()
    };
    let burst = Kind::SignIn.rate(Scope::Address).burst;
    for number in 0..burst {
        let refused = sign_in(&format!("Guess {number}"), "wrong password", "203.0.113.1");
        assert_eq!(refused.refusal().1, ErrorCode::WrongPassword);
    }
    check_wait("one more name", &sign_in("One more", "wrong password", "203.0.113.1"));
    check_wait("even the right one", &sign_in("Ada", PASSWORD, "203.0.113.1"));
    sign_in("Ada", PASSWORD, "203.0.113.2").ok::<Me>();
    let token = |guess: &str| {
        let body = Setup { token: guess.into(), name: "Eve".into(), password: PASSWORD.into() };
        let request = edge.client().post("/api/w/demo/setup").header("Origin", &edge.origin());
        request.header(ADDRESS, "203.0.113.1").json(&body).send()
    };
    check_wait("the set-up token", &token(SETUP_TOKEN));
}

#[test]
fn resolutions_are_counted_by_address() {
    let edge = edge();
    let burst = Kind::Resolution.rate(Scope::Address).burst;
    let tell = |number: u32, address: &str| {
        let id = conversation(number);
        let body = json!({ "id": id, "article": "track-a-parcel", "locale": "en", "helped": true });
        edge.client().post("/api/w/demo/resolutions").header(ADDRESS, address).json(&body).send()
    };
    for number in 0..burst {
        assert_eq!(tell(number, "203.0.113.1").status, 204);
    }
    check_wait("one more", &tell(burst, "203.0.113.1"));
    assert_eq!(tell(burst, "203.0.113.2").status, 204);
    assert_eq!(context().locale, "en");
}
