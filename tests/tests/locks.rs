//! Locks against guessing shut out who guesses, and nobody else.

use serde_json::json;
use shared::protocol::*;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tests::people::PASSWORD;
use tests::proxy::{self, Rules};
use tests::{Agent, Client, Edge, Reply};

/// The header in which these tests play the platform.
const ADDRESS: &str = "x-test-address";

fn edge() -> Edge {
    Edge::start_with(&[("ADDRESS_HEADER", ADDRESS)])
}

fn sign_in(edge: &Edge, name: &str, password: &str, address: &str, cookies: &str) -> Reply {
    let request = edge.client().post("/api/w/demo/session").header("Origin", &edge.origin());
    let request = request.header(ADDRESS, address).header("Cookie", cookies);
    request.json(&json!({ "name": name, "password": password })).send()
}

/// The value of the cookie by which the edge knows a browser again.
fn browser(reply: &Reply) -> String {
    let all = reply.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let own = all.filter(|value| value.starts_with("bh_browser=")).collect::<Vec<_>>();
    assert_eq!(own.len(), 1, "{:?}", reply.headers);
    assert!(own[0].contains("HttpOnly") && own[0].contains("SameSite=Strict"), "{own:?}");
    own[0].split(';').next().unwrap().to_owned()
}

/// Guesses until this network is shut out for the name.
fn shut_out(edge: &Edge, name: &str, address: &str, cookies: &str) -> usize {
    let wrong =
        |_: &usize| sign_in(edge, name, "wrong password", address, cookies).refusal().1 == ErrorCode::WrongPassword;
    let tried = (0..40).take_while(wrong).count();
    assert!(tried < 40, "guessing goes on for ever");
    tried
}

#[test]
fn whoever_guesses_shuts_out_their_own_network_alone() {
    let edge = edge();
    let _ada = Agent::set_up(&edge, "Ada");
    assert_eq!(shut_out(&edge, "Ada", "203.0.113.1", ""), 10);
    assert_eq!(sign_in(&edge, "Ada", PASSWORD, "203.0.113.1", "").refusal(), (429, ErrorCode::TooMany));
    assert_eq!(shut_out(&edge, "Ada", "2001:db8:0:1::1", ""), 10);
    assert_eq!(sign_in(&edge, "Ada", PASSWORD, "2001:db8:0:1:ffff::2", "").status, 429, "one network");
    for address in ["203.0.113.2", "2001:db8:0:2::1"] {
        sign_in(&edge, "ADA", PASSWORD, address, "").ok::<Me>();
    }
    edge.kill();
    edge.restart();
    assert_eq!(sign_in(&edge, "Ada", PASSWORD, "203.0.113.1", "").status, 429, "a restart gives nothing back");
}

#[test]
fn a_browser_that_has_signed_in_before_has_a_count_of_its_own() {
    let edge = edge();
    let _ada = Agent::set_up(&edge, "Ada");
    let home = browser(&sign_in(&edge, "Ada", PASSWORD, "203.0.113.1", ""));
    // The guesser is in the same network, and goes on until nothing is left there under any name.
    for number in 0..40 {
        sign_in(&edge, &format!("Guess {number}"), "wrong password", "203.0.113.1", "");
    }
    shut_out(&edge, "Ada", "203.0.113.1", "");
    assert_eq!(sign_in(&edge, "Ada", PASSWORD, "203.0.113.1", "").status, 429);
    let again = sign_in(&edge, "Ada", PASSWORD, "203.0.113.1", &home);
    again.ok::<Me>();
    assert_eq!(browser(&again), home);
    assert_eq!(shut_out(&edge, "Ada", "203.0.113.9", &home), 10, "who has stolen it guesses no faster");
    sign_in(&edge, "Ada", PASSWORD, "203.0.113.9", "").ok::<Me>();
}

#[test]
fn a_browser_that_somebody_makes_up_or_brings_for_another_agent_is_a_stranger() {
    let edge = edge();
    let ada = Agent::set_up(&edge, "Ada");
    ada.invite(&edge, "Bob");
    let bobs = browser(&sign_in(&edge, "Bob", PASSWORD, "203.0.113.1", ""));
    let mine = browser(&sign_in(&edge, "Ada", PASSWORD, "203.0.113.1", ""));
    let (signed, signature) = mine.rsplit_once('.').unwrap();
    let forged = format!("{signed}x.{signature}");
    let bare = format!("bh_browser={}", ada.me.id);
    for (number, cookie) in [bobs.as_str(), &forged, &bare, "bh_browser=", "bh_browser=a.b.c"].iter().enumerate() {
        let address = format!("203.0.113.{}", number + 10);
        shut_out(&edge, "Ada", &address, "");
        assert_eq!(sign_in(&edge, "Ada", PASSWORD, &address, cookie).status, 429, "{cookie}");
    }
    // It is no session either.
    let me = edge.client().get("/api/w/demo/session").header("Cookie", &mine).send();
    assert_eq!(me.refusal().1, ErrorCode::NotSignedIn);
}

#[test]
fn guesses_from_everywhere_cost_time_and_nothing_else() {
    let edge = edge();
    let _ada = Agent::set_up(&edge, "Ada");
    for number in 0..40 {
        let wrong = sign_in(&edge, "Ada", "wrong password", &format!("198.51.{number}.1"), "");
        assert_eq!(wrong.refusal().1, ErrorCode::WrongPassword);
    }
    sign_in(&edge, "Ada", PASSWORD, "203.0.113.1", "").ok::<Me>();
}

#[test]
fn others_are_answered_while_many_sign_in_at_once() {
    let edge = edge();
    let _ada = Agent::set_up(&edge, "Ada");
    let (is_over, answered, longest) = (AtomicBool::new(false), AtomicU32::new(0), AtomicU32::new(0));
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let flood: Vec<_> = (0..12)
            .map(|number| {
                let edge = &edge;
                let (client, origin) = (edge.client(), edge.origin());
                scope.spawn(move || {
                    let body = json!({ "name": format!("Nobody {number}"), "password": "wrong password" });
                    let request = client.post("/api/w/demo/session").header("Origin", &origin);
                    request.header(ADDRESS, &format!("198.51.{number}.1")).json(&body).send().status
                })
            })
            .collect();
        let client: Client = edge.client();
        scope.spawn(|| {
            let client = client;
            while !is_over.load(Ordering::Relaxed) {
                let asked = Instant::now();
                client.get("/api/w/demo/boot?locale=en").send().ok::<Boot>();
                answered.fetch_add(1, Ordering::Relaxed);
                longest.fetch_max(u32::try_from(asked.elapsed().as_millis()).unwrap(), Ordering::Relaxed);
            }
        });
        let statuses: Vec<u16> = flood.into_iter().map(|one| one.join().unwrap()).collect();
        is_over.store(true, Ordering::Relaxed);
        assert!(statuses.iter().all(|status| matches!(status, 401 | 429)), "{statuses:?}");
    });
    let whole = begun.elapsed();
    let longest = Duration::from_millis(longest.into_inner().into());
    // One password takes some tenths of a second: nobody waits for all of them.
    assert!(answered.into_inner() >= 12 && longest < whole / 4, "{longest:?} of {whole:?}");
}

#[test]
fn a_password_of_an_earlier_build_is_good_and_is_good_again() {
    for stored in tests::Stored::all() {
        let edge = stored.edge();
        edge.restart();
        for _ in 0..2 {
            assert_eq!(Agent::sign_in(&edge, "Ada").me.name, "Ada");
        }
        edge.kill();
        edge.restart();
        assert_eq!(Agent::sign_in(&edge, "Ada").me.name, "Ada");
        let wrong = edge.client().post("/api/w/demo/session").header("Origin", &edge.origin());
        let wrong = wrong.json(&json!({ "name": "Ada", "password": format!("{PASSWORD} ") })).send();
        assert_eq!(wrong.refusal().1, ErrorCode::WrongPassword);
    }
}

#[test]
fn of_two_sessions_in_a_request_the_one_that_holds_counts() {
    let edge = Edge::start();
    let ada = Agent::set_up(&edge, "Ada");
    let stale = format!("bh_session={}", "A".repeat(43));
    for cookies in [format!("{stale}; {}", ada.cookie), format!("{}; {stale}", ada.cookie)] {
        let me = edge.client().get("/api/w/demo/session").header("Cookie", &cookies).send();
        assert_eq!(me.ok::<Me>().name, "Ada");
    }
    let flood = format!("{}{}", format!("{stale}; ").repeat(100), ada.cookie);
    let me = edge.client().get("/api/w/demo/session").header("Cookie", &flood).send();
    assert_eq!(me.refusal().1, ErrorCode::NotSignedIn, "it is not looked up a hundred times");
}

#[test]
fn by_https_a_neighbours_host_sets_no_session() {
    let edge = Edge::start_with(&[("ORIGIN", "https://help.example.com")]);
    let port = proxy::start(edge.port(), Rules::of_tls());
    let client = Client::new(&format!("http://127.0.0.1:{port}"));
    let request = |method: &str, path: &str| client.request(method, path).header("Origin", "https://help.example.com");
    let setup = Setup { token: tests::edge::SETUP_TOKEN.into(), name: "Ada".into(), password: PASSWORD.into() };
    let reply = request("POST", "/api/w/demo/setup").json(&setup).send();
    let cookie = reply.header("set-cookie");
    assert!(cookie.starts_with("__Host-bh_session.demo=") && cookie.contains("; Path=/; Secure"), "{cookie}");
    let (mine, _) = cookie.split_once(';').unwrap();
    let value = mine.split_once('=').unwrap().1;
    let who = |cookies: &str| client.get("/api/w/demo/session").header("Cookie", cookies).send().status;
    assert_eq!(who(mine), 200);
    assert_eq!(who(&format!("bh_session={value}")), 401, "any host of the domain can set that");
    assert_eq!(who(&format!("bh_session=tossed; {mine}")), 200);
    assert_eq!(who(&format!("__Host-bh_session.other={value}")), 401);
}
