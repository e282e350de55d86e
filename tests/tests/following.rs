//! In a large help centre an index is made once for many pieces that are put one by one. It follows within seconds; what is taken away
//! is in none when that is answered.

use serde_json::{Value, json};
use shared::matching::{Index, Query};
use shared::protocol::*;
use tests::edge::PUBLISH_TOKEN;
use tests::{Edge, Reply, eventually};

/// More than an index is made for at once.
const MANY: usize = 240;
/// Pieces that are put one by one.
const SINGLE: usize = 60;

fn article(number: usize, text: &str) -> Value {
    json!({ "id": format!("a{number}"), "locale": "en", "title": format!("About number{number}"), "markdown": text,
        "url": format!("https://www.lumen.example/help/{number}") })
}

fn send(edge: &Edge, method: &str, door: &str, body: Option<&Value>) -> Reply {
    let request = edge.client().request(method, &format!("/api/w/demo/{door}")).bearer(PUBLISH_TOKEN);
    match body {
        Some(body) => request.json(body).send(),
        None => request.send(),
    }
}

fn put(edge: &Edge, body: &Value) -> Published {
    send(edge, "PUT", &format!("articles/en/{}", body["id"].as_str().unwrap()), Some(body)).ok()
}

fn index_now(edge: &Edge) -> String {
    let boot: Boot = edge.client().get("/api/w/demo/boot?locale=en").send().ok();
    boot.index.unwrap()
}

fn finds(edge: &Edge, text: &str) -> bool {
    // The index may be replaced after its address was told.
    let bytes = eventually("the index", || {
        Some(edge.client().get(&index_now(edge)).send()).filter(|reply| reply.status == 200)
    });
    let index = Index::open(bytes.body).unwrap();
    !index.search(&Query { text, limit: 3, ..Query::default() }).is_empty()
}

fn large() -> Edge {
    let edge = Edge::start();
    let articles: Vec<Value> = (0..MANY).map(|number| article(number, "Nothing yet.")).collect();
    let published: Published = send(&edge, "PUT", "articles", Some(&json!({ "articles": articles }))).ok();
    assert_eq!((published.indexes[0].articles as usize, published.pending.len()), (MANY, 0));
    edge
}

#[test]
fn one_index_is_made_for_many_pieces() {
    let edge = large();
    let mut addresses = vec![index_now(&edge)];
    for number in 0..SINGLE {
        let published = put(&edge, &article(number, "It is about marmalade."));
        assert_eq!(published.pending, ["en"], "{number}");
        if addresses.last() != Some(&published.indexes[0].url) {
            addresses.push(published.indexes[0].url.clone());
        }
    }
    assert!(addresses.len() < SINGLE / 4, "an index was made for nearly every piece: {addresses:?}");
    let read: Article = edge.client().get("/api/w/demo/articles/en/a0").send().ok();
    assert!(serde_json::to_string(&read.blocks).unwrap().contains("marmalade"), "an article itself is there at once");
    eventually("the index to follow", || finds(&edge, "marmalade").then_some(()));
    let same = put(&edge, &article(0, "It is about marmalade."));
    assert!(same.pending.is_empty(), "what is the same as before needs no index");
}

#[test]
fn it_follows_after_the_end_of_the_process() {
    let edge = large();
    assert_eq!(put(&edge, &article(MANY, "It is about marmalade.")).pending, ["en"]);
    edge.kill();
    edge.restart();
    eventually("the index to follow", || finds(&edge, "marmalade").then_some(()));
}

#[test]
fn what_is_taken_away_is_in_no_index_at_once() {
    let edge = large();
    let mut secret = article(1, "It is about marmalade.");
    assert_eq!(put(&edge, &secret).pending, ["en"]);
    eventually("the index to follow", || finds(&edge, "marmalade").then_some(()));
    assert_eq!(put(&edge, &article(2, "It is about quinces.")).pending, ["en"]);
    secret["audience"] = json!(["staff"]);
    assert!(put(&edge, &secret).pending.is_empty());
    assert!(!finds(&edge, "marmalade") && finds(&edge, "quinces"), "what was to follow is made with it");
    let removed: Published = send(&edge, "DELETE", "articles/en/a2", None).ok();
    assert!(removed.pending.is_empty());
    assert!(!finds(&edge, "quinces"));
}
