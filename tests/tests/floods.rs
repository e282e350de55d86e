//! Names that strangers invent are looked for before they are asked, cost their address alone, and leave nothing behind.

use shared::ids::{EventId, base64url};
use shared::limits::{KNOCKS, MISSES, SILENT};
use shared::protocol::*;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;
use tests::people::{ask_person, context, conversation, id, say};
use tests::{Agent, Edge, Reply, Socket, Visitor, eventually};

/// The header in which these tests play the platform.
const ADDRESS: &str = "x-test-address";
/// How many send at once where one may be too slow.
const FLOODERS: u64 = 8;

fn edge() -> Edge {
    Edge::start_with(&[("ADDRESS_HEADER", ADDRESS)])
}

/// An id that nobody has.
fn invented(number: u32) -> String {
    base64url(&[&[3; 12][..], &number.to_be_bytes()].concat())
}

/// A secret that nobody has.
fn secret(number: u32) -> String {
    base64url(&[&[4; 28][..], &number.to_be_bytes()].concat())
}

/// How many objects have a file.
fn objects(edge: &Edge) -> usize {
    edge.files().iter().filter(|path| path.extension().is_some_and(|ending| ending == "sqlite")).count()
}

#[test]
fn invented_names_at_every_door_leave_no_file_and_are_told_when_to_come_back() {
    let edge = edge();
    let agent = Agent::set_up(&edge, "Ada");
    // One of each that is there, so that what every door needs for itself is stored.
    let visitor = Visitor::new(&edge, 1);
    visitor.command(&conversation(1), 0, id(1), say("Hello"));
    let client = edge.client();
    let get = |number: u32, path: &str| client.get(path).bearer(&secret(number)).header(ADDRESS, "203.0.113.9").send();
    get(0, "/api/w/demo/conversations").ok::<Threads>();
    // The object that counts for the address.
    get(0, "/api/w/demo/visitors/me/export").ok::<VisitorExport>();
    let before = objects(&edge);
    let mut refused = Vec::new();
    let mut note = |reply: Reply| {
        assert!([200, 400, 401, 403, 404, 405, 422, 426, 429].contains(&reply.status), "{}", reply.text());
        if reply.status == 429 {
            refused.push(serde_json::from_slice::<ErrorBody>(&reply.body).unwrap().error.retry_after_ms);
        }
    };
    for number in 1..=MISSES.burst {
        let base = format!("/api/w/demo/conversations/{}", invented(number));
        note(get(number, &format!("{base}/events?have=0")));
        note(get(number, &format!("{base}/events?have=0&wait=20000")));
        note(get(number, "/api/w/demo/conversations"));
        note(get(number, "/api/w/demo/visitors/me/export"));
        note(get(number, &format!("/api/w/other{number}/boot")));
        note(get(number, &format!("/panel?workspace=other{number}")));
        note(get(number, &format!("/w/other{number}/index/en.abc.bin")));
        // Commands that cannot begin a conversation: an answer in none, and a message over its limit.
        let answer = VisitorAction::Helped { about: id(7), yes: true, article: None };
        let long = VisitorAction::Say { text: "x".repeat(9_000), context: context() };
        for action in [answer, long] {
            let id = EventId::parse(&invented(number)).unwrap();
            let request = CommandRequest { have: 0, command: VisitorCommand { id, action } };
            let post = client.post(&format!("{base}/commands")).bearer(&secret(number)).header(ADDRESS, "203.0.113.9");
            note(post.json(&request).send());
        }
        let headers = [("Origin", edge.origin()), (ADDRESS, String::from("203.0.113.9"))];
        let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
        let opened = Socket::try_open(edge.port(), &format!("{base}/live"), &headers);
        assert!(matches!(opened.err(), Some(404 | 429)), "a socket to nothing");
        note(
            agent.request("GET", &format!("/api/w/demo/conversations/{}/agent-events?have=0", invented(number))).send(),
        );
        note(agent.request("GET", &format!("/api/w/demo/visitors/{}/export", secret(number))).send());
    }
    assert_eq!(objects(&edge), before, "an object was woken that never was");
    assert!(refused.len() > 100 && refused.iter().all(|wait| wait.is_some_and(|wait| wait > 0)), "{}", refused.len());

    // A visitor with a conversation goes on, from that address too, and so does one who begins elsewhere.
    let mine = |address: &str| {
        let path = format!("/api/w/demo/conversations/{}/events?have=0", conversation(1));
        client.get(&path).bearer(visitor.token.as_str()).header(ADDRESS, address).send()
    };
    assert_eq!((mine("203.0.113.9").status, mine("203.0.113.8").status), (200, 200));
    Visitor::new(&edge, 2).command(&conversation(2), 0, id(1), ask_person());
}

#[test]
fn an_address_that_asks_without_end_is_told_when_to_come_back_at_every_door_of_visitors() {
    let edge = edge();
    let client = edge.client();
    let boot = |address: &str| client.get("/api/w/demo/boot").header(ADDRESS, address).send();
    let begun = Instant::now();
    // Several at once, so that a slow machine is still faster than what is given back.
    let (answered, is_refused) = (AtomicU64::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        for _ in 0..FLOODERS {
            scope.spawn(|| {
                while !is_refused.load(Ordering::Relaxed) {
                    match boot("203.0.113.5").status {
                        429 => is_refused.store(true, Ordering::Relaxed),
                        _ => drop(answered.fetch_add(1, Ordering::Relaxed)),
                    }
                }
            });
        }
    });
    let given_back = begun.elapsed().as_millis() as u64 / KNOCKS.refill_ms;
    let answered = answered.into_inner();
    assert!(answered <= u64::from(KNOCKS.burst) + given_back + FLOODERS, "{answered}");
    for path in ["/api/w/demo/articles/en/track-a-parcel", "/panel?workspace=demo", "/api/w/demo/boot"] {
        // One is given back in twenty milliseconds, so it takes several at once to be too many.
        let ask = || client.get(path).header(ADDRESS, "203.0.113.5").send().status;
        eventually("a refusal", || {
            let asked: Vec<u16> = std::thread::scope(|scope| {
                let asking: Vec<_> = (0..16).map(|_| scope.spawn(ask)).collect();
                asking.into_iter().map(|one| one.join().unwrap()).collect()
            });
            asked.contains(&429).then_some(())
        });
    }
    assert_eq!(boot("203.0.113.6").status, 200);
}

#[test]
fn sockets_that_never_greet_are_few_and_in_nobodys_way() {
    let edge = edge();
    for number in 1..=8 {
        Visitor::new(&edge, number).command(&conversation(number), 0, id(1), ask_person());
    }
    let origin = edge.origin();
    let open = |number: u8, address: &str| {
        let path = format!("/api/w/demo/conversations/{}/live", conversation(number));
        Socket::try_open(edge.port(), &path, &[("Origin", &origin), (ADDRESS, address)])
    };
    // Sixteen a conversation are let in, so eight conversations could have twice as many.
    let mut silent: Vec<Socket> = Vec::new();
    for number in (1..=8).flat_map(|number| [number; 10]) {
        silent.extend(open(number, "203.0.113.7").ok());
    }
    assert_eq!(silent.len(), SILENT);
    // Elsewhere, and for who greets, there is room.
    for number in (1..=8).cycle().take(2 * SILENT) {
        let visitor = Visitor::new(&edge, number);
        let mut socket = open(number, "203.0.113.8").unwrap();
        socket.send(&VisitorFrame::Hello { token: visitor.token.clone(), have: 0 });
        assert!(matches!(socket.receive(), ConversationFrame::Events(_)));
    }
}
