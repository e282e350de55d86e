//! The porter, as a stranger and an operator find it: a flood, a frame without end, a stop, a second process, a crash, a full disk.

use shared::protocol::*;
use std::collections::BTreeSet;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tests::folder::Folder;
use tests::people::{ask_person, conversation, id, say, texts};
use tests::porter::{Disk, Porter, open_files, signal, workerd_of};
use tests::raw::{raw, to_the_end, upgrade};
use tests::{Agent, Edge, Visitor, eventually};

/// What an operator's supervisor gives a process before it kills it, and what we promise.
const STOPS_WITHIN: Duration = Duration::from_secs(10);

fn edge() -> Edge {
    Edge::behind(Porter::default(), None, &[])
}

fn workerd(edge: &Edge) -> i32 {
    workerd_of(edge.folder()).expect("the porter has noted whom it has started")
}

/// The code of the close frame that these bytes end with.
fn close_code(said: &[u8]) -> Option<u16> {
    let [.., 0x88, 2, high, low] = said else { return None };
    Some(u16::from_be_bytes([*high, *low]))
}

#[test]
fn a_stop_ends_open_sockets_in_time_tells_them_to_come_back_and_lets_nobody_hang() {
    let edge = edge();
    let visitor = Visitor::new(&edge, 1);
    let thread = conversation(1);
    visitor.command(&thread, 0, id(1), ask_person());
    let agent = Agent::set_up(&edge, "Ada");
    let (mut greeted, mut inbox) = (visitor.live(&thread, 0), agent.inbox_live());
    greeted.receive::<ConversationFrame>();
    inbox.receive_text();
    let mut silent = raw(&edge, STOPS_WITHIN);
    let path = format!("/api/w/demo/conversations/{thread}/live");
    assert_eq!(upgrade(&edge, &mut silent, &path, ""), 101);
    let held = format!("/api/w/demo/conversations/{thread}/events?have=9&wait=25000");

    let begun = Instant::now();
    let porter = edge.pid();
    assert!(signal(i32::try_from(porter).unwrap(), "TERM"));
    assert_eq!(to_the_end(&mut silent).as_deref().and_then(close_code), Some(1012));
    greeted.until_closed();
    inbox.until_closed();
    // Meanwhile, and until it is gone, nobody new waits for an answer that does not come.
    let asked = Instant::now();
    if let Ok(reply) = visitor.request("GET", &held).try_send() {
        assert_eq!(reply.refusal(), (503, ErrorCode::Unavailable));
        assert_eq!(reply.header("retry-after"), "1");
    }
    assert!(asked.elapsed() < Duration::from_secs(2), "{:?}", asked.elapsed());
    edge.stop();
    assert!(begun.elapsed() < STOPS_WITHIN, "{:?}", begun.elapsed());
    edge.restart();
    assert_eq!(visitor.events(&thread).events.len(), agent.events(&thread).events.len());
    assert_eq!(edge.client().get("/health").send().text(), "{\"status\":\"ok\"}\n");
}

#[test]
fn a_second_process_on_the_same_folder_is_refused_with_a_sentence() {
    let edge = edge();
    let visitor = Visitor::new(&edge, 1);
    visitor.command(&conversation(1), 0, id(1), say("Hello"));
    let (status, said) = Porter::default().second(edge.folder());
    assert!(!status.success());
    let sentence = format!("is in use by another Beforehand (process {})", edge.pid());
    assert!(said.contains(&sentence) && said.contains("--data"), "{said}");
    let first = said.split(' ').next().unwrap();
    assert!(first.starts_with("20") && first.ends_with('Z') && first.contains('T'), "a line has its time: {said}");
    visitor.command(&conversation(1), 0, id(2), say("Still here"));
}

#[test]
fn a_workerd_that_ends_is_started_again_and_who_was_connected_is_told_to_come_back() {
    let edge = edge();
    let visitor = Visitor::new(&edge, 1);
    let thread = conversation(1);
    visitor.command(&thread, 0, id(1), ask_person());
    for number in 2..=6 {
        let before = workerd(&edge);
        let mut socket = visitor.live(&thread, 0);
        socket.receive::<ConversationFrame>();
        assert!(signal(before, "KILL"));
        socket.until_closed();
        // A request that comes in between waits for the new one.
        eventually("an answer", || visitor.offer(&thread, id(number), say(&number.to_string())));
        assert_ne!(workerd(&edge), before);
    }
    let events = visitor.events(&thread).events;
    assert_eq!(texts(&events).iter().filter(|text| text.len() == 1).count(), 5);
}

#[test]
fn the_workerd_of_a_porter_that_was_killed_serves_no_second_time_beside_the_next_one() {
    let edge = edge();
    let left_behind = workerd(&edge);
    let mut porter = edge.take_process();
    porter.kill().unwrap();
    porter.wait().unwrap();
    assert!(open_files(left_behind).is_some(), "it ended by itself");
    edge.restart();
    eventually("it to be gone", || open_files(left_behind).is_none().then_some(()));
    assert!(edge.said().contains("left behind"));
}

#[test]
fn however_a_folder_is_spelled_it_is_one() {
    let edge = edge();
    let left_behind = workerd(&edge);
    let mut porter = edge.take_process();
    porter.kill().unwrap();
    porter.wait().unwrap();
    let elsewhere = Folder::new("link");
    let link = elsewhere.path().join("data");
    std::os::unix::fs::symlink(edge.folder(), &link).unwrap();
    let port = edge.port();
    let mut next = Porter::default().command(&link, port).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    eventually("it to be gone", || open_files(left_behind).is_none().then_some(()));
    eventually("the next one to serve", || {
        edge.client().get("/health").try_send().ok().filter(|reply| reply.status == 200)
    });
    assert!(signal(i32::try_from(next.id()).unwrap(), "TERM"));
    next.wait().unwrap();
}

#[test]
fn what_is_stored_is_for_the_operators_user_alone() {
    let edge = edge();
    Visitor::new(&edge, 1).command(&conversation(1), 0, id(1), say("Hello"));
    let files = edge.files();
    let open: Vec<_> = files.iter().filter(|path| path.metadata().unwrap().permissions().mode() & 0o077 != 0).collect();
    assert!(open.is_empty() && !files.is_empty(), "{open:?}");
}

#[test]
fn a_path_is_counted_as_it_is_read_however_it_is_written() {
    let edge = edge();
    let visitor = Visitor::new(&edge, 1);
    visitor.command(&conversation(1), 0, id(1), say("Hello"));
    let answer = |line: &str| {
        let mut stream = raw(&edge, Duration::from_secs(5));
        stream
            .write_all(
                format!("{line} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", edge.port()).as_bytes(),
            )
            .unwrap();
        let said = String::from_utf8_lossy(&to_the_end(&mut stream).unwrap_or_default()).into_owned();
        let status = said.split(' ').nth(1).unwrap_or_default().to_owned();
        (status, said)
    };
    for path in ["/health", "//health", "/health/"] {
        assert_eq!(answer(&format!("GET {path}")).0, "200", "{path}");
    }
    let demo = edge.client().get("/plain/").header("Host", &edge.site().replace("http://", "")).send();
    assert!(demo.status == 200 && demo.header("content-type").starts_with("text/html"), "{demo:?}");
    for path in ["/./health", "/x/../health", "/%2e/health", "/x/.%2E/health", "/\\health"] {
        assert_eq!(answer(&format!("GET {path}")).0, "400", "{path}");
    }
    let (status, said) = answer("CONNECT 127.0.0.1:80");
    assert!(status == "405" && said.contains("wrong_method"), "{said}");
}

#[test]
fn nothing_is_packed_on_sockets() {
    let edge = edge();
    let visitor = Visitor::new(&edge, 1);
    let thread = conversation(1);
    visitor.command(&thread, 0, id(1), say("Hello"));
    let mut stream = raw(&edge, Duration::from_secs(20));
    let path = format!("/api/w/demo/conversations/{thread}/live");
    assert_eq!(upgrade(&edge, &mut stream, &path, "Sec-WebSocket-Extensions: permessage-deflate\r\n"), 101);
    stream.write_all(&[0xc1, 0x81, 0, 0, 0, 0, 0]).unwrap();
    assert_eq!(to_the_end(&mut stream).as_deref().and_then(close_code), Some(1009));
}

#[test]
fn what_no_client_sends_ends_its_connection_and_costs_nobody_memory() {
    let edge = edge();
    let visitor = Visitor::new(&edge, 1);
    let thread = conversation(1);
    visitor.command(&thread, 0, id(1), ask_person());
    let path = format!("/api/w/demo/conversations/{thread}/live");
    let open = || {
        let mut stream = raw(&edge, Duration::from_secs(20));
        assert_eq!(upgrade(&edge, &mut stream, &path, ""), 101);
        stream
    };
    // A frame that is announced with 31 MB, one that comes to no end, and pings without end.
    let mut long = open();
    long.write_all(&[&[0x81, 0xff][..], &31_000_000_u64.to_be_bytes(), &[0; 4]].concat()).unwrap();
    assert_eq!(to_the_end(&mut long).as_deref().and_then(close_code), Some(1009));
    let mut pings = open();
    let greeting = serde_json::to_string(&VisitorFrame::Hello { token: visitor.token.clone(), have: 0 }).unwrap();
    let length = u16::try_from(greeting.len()).unwrap().to_be_bytes();
    pings.write_all(&[&[0x81, 0x80 | 126, length[0], length[1], 0, 0, 0, 0], greeting.as_bytes()].concat()).unwrap();
    let mut flood = pings.try_clone().unwrap();
    let flooding = std::thread::spawn(move || {
        (0..20_000).take_while(|_| flood.write_all(&[0x89, 0x80, 0, 0, 0, 0]).is_ok()).count()
    });
    assert!(to_the_end(&mut pings).is_some(), "it answers pings for ever");
    flooding.join().unwrap();
    let begun = Instant::now();
    let (mut unfinished, mut head) = (open(), raw(&edge, Duration::from_secs(20)));
    unfinished.write_all(&[0x81, 0x85, 0, 0]).unwrap();
    head.write_all(b"GET /api/w/demo/boot HTTP/1.1\r\nHost: ").unwrap();
    assert!(to_the_end(&mut head).is_some(), "a head that never ends");
    assert!(to_the_end(&mut unfinished).is_some(), "a frame that never ends");
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    assert_eq!(visitor.events(&thread).events.len(), 2);
}

#[test]
fn what_has_ended_or_never_began_leaves_no_file_after_the_next_start() {
    let edge = edge();
    let visitor = Visitor::new(&edge, 1);
    visitor.command(&conversation(1), 0, id(1), say("Hello"));
    let databases = || -> BTreeSet<_> {
        edge.files().into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "sqlite")).collect()
    };
    let other = Visitor::new(&edge, 2);
    let before = databases();
    other.command(&conversation(2), 0, id(1), say("Mine"));
    let erased: Erasure = other.request("DELETE", "/api/w/demo/visitors/me").send().ok();
    assert_eq!(erased.left, 0);
    assert!(databases().len() >= before.len() + 2, "workerd leaves a file for each");
    edge.stop();
    edge.restart();
    assert!(databases().is_subset(&before), "{:?}", databases().difference(&before));
    assert_eq!(visitor.events(&conversation(1)).events.len(), 3);
}

#[test]
fn on_a_full_disk_visitors_are_told_when_to_come_back_and_nothing_that_was_acknowledged_is_lost() {
    let Some(disk) = Disk::new(24) else {
        println!("this user may not mount a disk; what follows needs one");
        return;
    };
    let edge = Edge::behind(Porter::default(), Some(disk.path()), &[]);
    let visitors: Vec<Visitor> = (1..=10).map(|number| Visitor::new(&edge, number)).collect();
    let process = edge.pid();
    let mut told = vec![Vec::new(); visitors.len()];
    let mut refused = Vec::new();
    for round in 1..=30_u8 {
        if round == 10 {
            disk.fill();
        }
        if round == 20 {
            disk.free();
        }
        for (number, visitor) in (1..).zip(&visitors) {
            let text = format!("{number} {round}");
            let reply = visitor.try_command(&conversation(number), 0, id(round), say(&text));
            match reply.status {
                200 => told[usize::from(number) - 1].push(text),
                503 => {
                    let body: ErrorBody = serde_json::from_slice(&reply.body).unwrap();
                    assert_eq!(body.error.code, ErrorCode::Unavailable);
                    assert!(
                        body.error.retry_after_ms.is_some_and(|wait| wait > 0)
                            && !reply.header("retry-after").is_empty()
                    );
                    refused.push(round);
                }
                other => panic!("round {round}: {other} {}", reply.text()),
            }
        }
    }
    assert!(refused.contains(&15), "the disk was not full: {refused:?}");
    for (number, visitor) in (1..).zip(&visitors) {
        eventually("it to be taken again", || visitor.offer(&conversation(number), id(99), say("after")));
        let events = visitor.events(&conversation(number)).events;
        let stored: Vec<&str> =
            texts(&events).into_iter().filter(|text| text.starts_with(&format!("{number} "))).collect();
        let acknowledged = &told[usize::from(number) - 1];
        assert!(acknowledged.iter().all(|text| stored.iter().filter(|one| *one == text).count() == 1), "{stored:?}");
    }
    assert_eq!(edge.pid(), process);
    // It starts on a full disk as well, and what is stored can be read.
    disk.fill();
    edge.kill();
    edge.restart();
    eventually("the conversation", || (visitors[0].try_events(&conversation(1), 0).status == 200).then_some(()));
}
