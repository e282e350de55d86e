//! What is built, as Cloudflare's own program serves it, after the commands of the README: a visitor's and an agent's whole walk.

use serde_json::json;
use shared::matching::{Index, Query};
use shared::protocol::*;
use tests::caller::Caller;
use tests::people::{PASSWORD, ask_person, conversation, id, reply, say, secret};
use tests::wrangler::Wrangler;
use tests::{Reply, Socket, eventually};

/// The site that the README's commands name.
const SITE: &str = "https://www.example.com";

#[test]
fn a_visitor_and_an_agent_talk_on_wrangler_after_the_readmes_commands() {
    let wrangler = Wrangler::start("");
    let origin = wrangler.origin();
    let host = origin.trim_start_matches("http://").to_owned();
    let caller = wrangler.caller(&host, &origin);

    let made = wrangler.follow("Bearer $OPERATOR_TOKEN", None);
    let made: WorkspaceSecrets = serde_json::from_str(&made).unwrap_or_else(|error| panic!("{error}: {made}"));
    let published = wrangler.follow("cargo xtask content", Some(&made.publish_token));
    let published: Published = serde_json::from_str(&published).unwrap_or_else(|error| panic!("{error}: {published}"));
    assert!(published.indexes.iter().any(|index| index.locale == "en" && index.articles > 40), "{published:?}");
    let panel = caller.request("GET", "/panel?workspace=demo").send();
    let policy = panel.header("content-security-policy");
    assert!(policy.contains(SITE), "the site's pages may hold the panel: {policy}");
    assert!(found(&caller, "how do I change my delivery address").contains(&"change-delivery-address".into()));

    let mut visitor = ask(&caller);
    let cookie = first_agent(&caller, &made.setup_token);
    let headers = [("Host", host.as_str()), ("Origin", origin.as_str()), ("Cookie", cookie.as_str())];
    let mut inbox = Socket::open(wrangler.port(), "/api/w/demo/inbox/live", &headers);
    hear(&mut inbox, conversation(1).as_str());
    answer(&caller, &cookie, "Ada here. Try another socket.");
    hear(&mut visitor, "Try another socket");

    publish_one(&caller, &made.publish_token);
    export_and_erase(&caller);
    let gone = caller.request("DELETE", "/api/w/demo/session").header("Cookie", &cookie).send();
    assert_eq!(gone.status, 204, "{}", gone.text());
    for fault in ["address_unknown", "origin_unknown", "upgrade_lost", "\"event\":\"broken\""] {
        assert!(!wrangler.said().contains(fault), "{}", wrangler.said());
    }
}

#[test]
fn a_variable_on_wranglers_command_line_reaches_the_edge() {
    let wrangler = Wrangler::start("--var ORIGIN:https://help.example.com");
    wrangler.follow("Bearer $OPERATOR_TOKEN", None);
    let origin = wrangler.origin();
    let host = origin.trim_start_matches("http://").to_owned();
    let said = wrangler.caller(&host, &origin).expect_refused();
    assert!(said.contains("this edge is https://help.example.com by its setting ORIGIN"), "{said}");
    // The browser's own page is there, but its address is not the one that is set: the operator is told.
    eventually("the operator to be told", || wrangler.said().contains("origin_unknown").then_some(()));
    wrangler.caller(&host, "https://help.example.com").first_message(1).send().ok::<Events>();
}

/// The articles that a panel finds for a text.
fn found(caller: &Caller<'_>, text: &str) -> Vec<String> {
    // The platform speaks for a caller who does not say what it accepts.
    let got = |path: &str| {
        let reply = caller.request("GET", path).header("Accept-Encoding", "br").send();
        assert_eq!((reply.status, reply.header("content-encoding")), (200, "br"), "{path}");
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut reply.body.as_slice(), &mut plain).unwrap();
        plain
    };
    let boot: Boot = serde_json::from_slice(&got("/api/w/demo/boot?locale=en")).unwrap();
    let index = got(&boot.index.unwrap());
    let hits = Index::open(&index).unwrap().search(&Query { text, limit: 3, ..Query::default() });
    hits.into_iter().map(|hit| hit.id).collect()
}

/// A message and the wish for a person; the visitor's open socket.
fn ask(caller: &Caller<'_>) -> Socket {
    let command = |action, number| {
        let request = CommandRequest { have: 0, command: VisitorCommand { id: id(number), action } };
        let path = format!("/api/w/demo/conversations/{}/commands", conversation(1));
        caller.request("POST", &path).bearer(secret(1).as_str()).json(&request).send().ok::<Events>();
    };
    command(say("My lamp flickers and hums"), 1);
    let mut socket = caller.socket(1).unwrap();
    socket.send(&VisitorFrame::Hello { token: secret(1), have: 0 });
    hear(&mut socket, "My lamp flickers and hums");
    command(ask_person(), 2);
    hear(&mut socket, id(2).as_str());
    socket
}

/// Sets up the first agent, and signs in as the same one; the session's cookie.
fn first_agent(caller: &Caller<'_>, setup_token: &str) -> String {
    let setup = Setup { token: setup_token.into(), name: "Ada".into(), password: PASSWORD.into() };
    let admitted = caller.request("POST", "/api/w/demo/setup").json(&setup).send();
    assert_eq!(admitted.ok::<Me>().name, "Ada");
    let signed_in = caller.sign_in();
    assert_eq!(signed_in.ok::<Me>().name, "Ada");
    signed_in.header("set-cookie").split_once(';').unwrap().0.to_owned()
}

fn answer(caller: &Caller<'_>, cookie: &str, text: &str) {
    let command = AgentCommand { id: id(3), action: reply(text), seen: None };
    let path = format!("/api/w/demo/conversations/{}/agent-commands", conversation(1));
    let request = caller.request("POST", &path).header("Cookie", cookie);
    request.json(&AgentCommandRequest { have: 0, command }).send().ok::<Events>();
}

/// Puts an article by itself and takes it away; what is found follows both times.
fn publish_one(caller: &Caller<'_>, token: &str) {
    let path = "/api/w/demo/articles/en/zebra-lamp";
    let text = "the zebra lamp";
    let taken = |reply: Reply| assert_eq!(reply.status, 200, "{}", reply.text());
    let article = json!({ "id": "zebra-lamp", "locale": "en", "url": "https://www.example.com/zebra", "title": "The zebra lamp", "markdown": "A zebra lamp has stripes." });
    taken(caller.request("PUT", path).bearer(token).json(&article).send());
    let is_found = || found(caller, text).contains(&"zebra-lamp".into());
    eventually("the article to be found", || is_found().then_some(()));
    taken(caller.request("DELETE", path).bearer(token).send());
    eventually("the article to be gone", || (!is_found()).then_some(()));
}

/// The visitor's own data, and their end.
fn export_and_erase(caller: &Caller<'_>) {
    let mine = |method, path| {
        caller.request(method, path).bearer(secret(1).as_str()).header("Accept-Encoding", "identity").send()
    };
    let export = mine("GET", "/api/w/demo/visitors/me/export");
    assert!(export.text().contains("Try another socket"), "{}", export.text());
    let erased = mine("DELETE", "/api/w/demo/visitors/me");
    assert!((200..300).contains(&erased.status), "{} {}", erased.status, erased.text());
    eventually("the visitor to be forgotten", || {
        let threads = mine("GET", "/api/w/demo/conversations");
        (!threads.text().contains(conversation(1).as_str())).then_some(())
    });
}

/// Frames up to the one with this text in it.
fn hear(socket: &mut Socket, text: &str) {
    while !socket.receive_text().contains(text) {}
}
