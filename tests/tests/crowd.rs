//! With the usual limit of 1,024 open files: a crowd that writes at once, a flood of invented names and a thousand silent sockets.

use nix::sys::resource::{Resource, getrlimit, setrlimit};
use shared::ids::{ConversationId, EventId, VisitorToken, base64url};
use shared::protocol::*;
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tests::people::{ask_person, conversation, id, say, texts};
use tests::porter::{Porter, open_files, workerd_of};
use tests::raw::{raw, upgrade};
use tests::waiting::lasting;
use tests::{Client, Edge, Reply, Visitor};

/// The header in which these tests play the platform.
const ADDRESS: &str = "x-test-address";
const FILES: u32 = 1_024;
const CROWD: u32 = 300;
const READS: u32 = 5_000;
const SILENT: u32 = 1_000;
/// Databases are given back ten seconds after their last question, so a crowd of this size is let in by parts.
const ALL_WITHIN: Duration = Duration::from_secs(120);

/// One of the crowd, by number.
struct One {
    client: Client,
    token: VisitorToken,
    thread: ConversationId,
    address: String,
}

impl One {
    fn new(edge: &Edge, number: u32) -> Self {
        let bytes = |kind: u8, length: usize| [&vec![kind; length - 4][..], &number.to_be_bytes()].concat();
        Self {
            client: edge.client(),
            token: VisitorToken::parse(&base64url(&bytes(8, 32))).unwrap(),
            thread: ConversationId::parse(&base64url(&bytes(9, 16))).unwrap(),
            // Ten in an office.
            address: format!("10.{}.{}.1", number / 10 / 250, number / 10 % 250),
        }
    }

    fn try_say(&self, id: EventId, text: &str) -> Result<Reply, String> {
        let request = CommandRequest { have: 0, command: VisitorCommand { id, action: say(text) } };
        let path = format!("/api/w/demo/conversations/{}/commands", self.thread);
        let post = self.client.post(&path).bearer(self.token.as_str()).header(ADDRESS, &self.address);
        post.json(&request).try_send().map_err(|error| error.to_string())
    }

    /// Says it until it is taken; gives how often the answer was to come back later.
    fn say(&self, id: EventId, text: &str, begun: Instant) -> u32 {
        let mut refused = 0;
        loop {
            assert!(begun.elapsed() < ALL_WITHIN, "{} is not let in", self.thread);
            match self.try_say(id.clone(), text) {
                Ok(reply) if reply.status == 200 => return refused,
                Ok(reply) => lasting(told_when(&reply)),
                // Without a place there is at times no answer, either; a client tries again after a second.
                Err(_) => lasting(Duration::from_secs(1)),
            }
            refused += 1;
        }
    }
}

/// How long a refusal says to wait, in both of its words.
fn told_when(reply: &Reply) -> Duration {
    assert!([429, 503].contains(&reply.status), "{} {}", reply.status, reply.text());
    let body: ErrorBody = serde_json::from_slice(&reply.body).unwrap();
    let wait = body.error.retry_after_ms.unwrap_or_else(|| panic!("{}", reply.text()));
    assert!(wait > 0 && !reply.header("retry-after").is_empty());
    Duration::from_millis(wait)
}

#[test]
fn with_1024_files_three_hundred_who_write_at_once_a_flood_and_a_thousand_silent_sockets_end_nothing() {
    // These are more files than a process is given, too.
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    setrlimit(Resource::RLIMIT_NOFILE, hard, hard).unwrap();
    let edge = Edge::behind(Porter { files: Some(FILES) }, None, &[("ADDRESS_HEADER", ADDRESS)]);
    assert!(edge.said().contains("with at most 1024 open files"), "{}", edge.said());
    let regular = Visitor::new(&edge, 1);
    let thread = conversation(1);
    regular.command(&thread, 0, id(1), ask_person());
    let process = workerd_of(edge.folder()).unwrap();
    let begun = Instant::now();
    let (over, answered, told) = (AtomicBool::new(false), AtomicU32::new(0), AtomicU32::new(0));

    let (refused, most) = std::thread::scope(|scope| {
        // Connections that say nothing, and sockets that never greet.
        let silent: Vec<TcpStream> = (0..SILENT).map(|_| raw(&edge, Duration::from_secs(1))).collect();
        let path = format!("/api/w/demo/conversations/{thread}/live");
        let opened = (0..SILENT / 10).filter(|number| {
            let mut stream = raw(&edge, Duration::from_secs(10));
            upgrade(&edge, &mut stream, &path, &format!("{ADDRESS}: 172.16.{}.1\r\n", number / 10)) == 101
        });
        assert!(opened.count() > 0);

        let (edge, over, answered, told) = (&edge, &over, &answered, &told);
        let flood: Vec<_> = (0..8)
            .map(|part| {
                let client = edge.client();
                scope.spawn(move || {
                    for number in 0..READS / 8 {
                        let name = base64url(&[&[part; 12][..], &number.to_be_bytes()].concat());
                        let token = base64url(&[&[part; 28][..], &number.to_be_bytes()].concat());
                        let path = format!("/api/w/demo/conversations/{name}/events?have=0");
                        let address = format!("192.0.2.{}", number % 200);
                        let read = client.get(&path).bearer(&token).header(ADDRESS, &address).try_send();
                        assert!(read.is_err() || [404, 429, 503].contains(&read.unwrap().status));
                    }
                })
            })
            .collect();
        let crowd: Vec<_> = (0..CROWD)
            .map(|number| {
                let one = One::new(edge, number);
                scope.spawn(move || (1..=3).map(|number| one.say(id(number), &number.to_string(), begun)).sum::<u32>())
            })
            .collect();
        let watching = scope.spawn(move || {
            let mut most = 0;
            while !over.load(Ordering::Relaxed) {
                most = most.max(open_files(process).unwrap_or_default());
                lasting(Duration::from_millis(50));
            }
            most
        });
        // A visitor with a conversation goes on meanwhile.
        let visitor = Visitor::new(edge, 1);
        let going_on = scope.spawn(move || {
            while !over.load(Ordering::Relaxed) {
                match visitor
                    .request("GET", &format!("/api/w/demo/conversations/{}/events?have=0", conversation(1)))
                    .try_send()
                {
                    Ok(reply) if reply.status == 200 => drop(answered.fetch_add(1, Ordering::Relaxed)),
                    Ok(reply) => {
                        told_when(&reply);
                        told.fetch_add(1, Ordering::Relaxed);
                    }
                    Err(_) => drop(told.fetch_add(1, Ordering::Relaxed)),
                }
                lasting(Duration::from_millis(200));
            }
        });
        let refused: u32 = crowd.into_iter().map(|one| one.join().unwrap()).sum();
        flood.into_iter().for_each(|part| part.join().unwrap());
        over.store(true, Ordering::Relaxed);
        going_on.join().unwrap();
        drop(silent);
        (refused, watching.join().unwrap())
    });

    assert_eq!(workerd_of(edge.folder()), Some(process), "it has ended:\n{}", edge.said());
    let (answered, told) = (answered.into_inner(), told.into_inner());
    assert!(answered > 4 * told, "who has a conversation: {answered} answers, {told} times told to come back");
    for number in 0..CROWD {
        let one = One::new(&edge, number);
        let path = format!("/api/w/demo/conversations/{}/events?have=0", one.thread);
        let events = loop {
            let reply = one.client.get(&path).bearer(one.token.as_str()).header(ADDRESS, &one.address).send();
            if reply.status == 200 {
                break reply.ok::<Events>().events;
            }
            lasting(told_when(&reply));
        };
        let said: Vec<&str> = texts(&events).into_iter().filter(|text| text.len() == 1).collect();
        assert_eq!(said, ["1", "2", "3"], "{number}");
    }
    println!(
        "{CROWD} visitors, three messages each, in {:.0} s: {refused} times told to come back; at most {most} of {FILES} files; \
         {answered} answers to who had a conversation, {told} times told to come back",
        begun.elapsed().as_secs_f32()
    );
}
