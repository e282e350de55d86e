//! Publishing takes its time beside everything else: it stops nobody, changes nothing before it is whole, and is bounded.

use serde_json::{Value, json};
use shared::problem::{Problem, ProblemCode};
use shared::protocol::*;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tests::edge::PUBLISH_TOKEN;
use tests::people::PASSWORD;
use tests::{Agent, Client, Edge, Reply};

/// The bounds of `docs/publishing.md`.
const MAX_ARTICLES: usize = 20_000;
const MAX_TEXT_CHARS: usize = 200_000;
/// Nobody takes it for a standstill. Most of a sign-in is its hash, which takes half a second on a busy machine.
const SOON: Duration = Duration::from_secs(3);
/// An address may sign in thirty times at once, and two changes are published.
const SIGN_INS: usize = 12;
/// As much as is possible takes as long as it takes, on a busy machine too.
const LONG: Duration = Duration::from_secs(300);

fn article(number: usize, markdown: String) -> Value {
    json!({
        "id": format!("article-{number}"), "locale": "en", "title": format!("About matter {number}"), "markdown": markdown,
        "url": "https://www.lumen.example/help/",
    })
}

/// As many articles as a large help centre has, with some words that no other one has.
fn many() -> Vec<Value> {
    let text = |number: usize| {
        format!(
            "To settle matter {number}, open the drawer and press button{number} for {} seconds. Then wait.",
            number % 60
        )
    };
    (0..10_000).map(|number| article(number, text(number))).collect()
}

/// Five megabytes of what costs most for its length.
fn worst() -> Vec<Value> {
    let han = |from: u32| -> String {
        (0..20_000u32).filter_map(|at| char::from_u32(0x4e00 + (at * 7 + from) % 20_000)).collect()
    };
    let words = |from: usize| -> String { (0..20_000).map(|at| format!("w{}x ", from * 20_000 + at)).collect() };
    let chinese = (0..40).map(|number| article(number, han(number as u32)));
    let distinct = (40..60).map(|number| article(number, words(number).chars().take(MAX_TEXT_CHARS).collect()));
    chinese.chain(distinct).collect()
}

fn put(edge: &Edge, door: &str, body: &Value) -> Reply {
    put_with(&Client::patient(&edge.origin(), LONG), door, body)
}

fn put_with(client: &Client, door: &str, body: &Value) -> Reply {
    client.request("PUT", &format!("/api/w/demo/{door}")).bearer(PUBLISH_TOKEN).json(body).send()
}

/// The longest time that a start of the panel and a sign-in take while this is done.
fn longest_while(edge: &Edge, work: impl FnOnce() + Send) -> [Duration; 2] {
    let done = AtomicBool::new(false);
    let done = &done;
    std::thread::scope(|scope| {
        scope.spawn(move || {
            work();
            done.store(true, Ordering::Release);
        });
        let mut longest = [Duration::ZERO; 2];
        let mut rounds = 0;
        while !done.load(Ordering::Acquire) {
            let begun = Instant::now();
            edge.client().get("/api/w/demo/boot?locale=en").send().ok::<Boot>();
            longest[0] = longest[0].max(begun.elapsed());
            if rounds % 8 == 0 && rounds < 8 * SIGN_INS {
                let begun = Instant::now();
                let sign_in = SignIn { name: "Ada".into(), password: PASSWORD.into() };
                let request = edge.client().post("/api/w/demo/session").header("Origin", &edge.origin());
                request.json(&sign_in).send().ok::<Me>();
                longest[1] = longest[1].max(begun.elapsed());
            }
            rounds += 1;
        }
        assert!(rounds > 3, "the work was done before anybody came");
        longest
    })
}

#[test]
fn a_large_publish_lets_panels_start_and_agents_sign_in_meanwhile() {
    let edge = Edge::start();
    let _ada = Agent::set_up(&edge, "Ada");
    for (what, articles) in [("10,000 articles", many()), ("the worst texts", worst())] {
        let body = json!({ "articles": articles });
        let begun = Instant::now();
        let client = Client::patient(&edge.origin(), LONG);
        let longest = longest_while(&edge, || drop(put_with(&client, "articles", &body).ok::<Published>()));
        println!(
            "{what}: published in {:?}, boot at most {:?}, sign-in at most {:?}",
            begun.elapsed(),
            longest[0],
            longest[1]
        );
        assert!(longest.iter().all(|longest| *longest < SOON), "{what}: {longest:?}");
    }
}

#[test]
fn what_was_there_is_served_until_a_change_is_whole_also_after_a_kill() {
    let edge = Edge::start();
    let before = content(&edge);
    let boot = || edge.client().get("/api/w/demo/boot?locale=en").send().ok::<Boot>().index.unwrap();
    let index = boot();
    let body = json!({ "articles": many() });
    std::thread::scope(|scope| {
        let client = Client::patient(&edge.origin(), LONG);
        let request = client.request("PUT", "/api/w/demo/articles").bearer(PUBLISH_TOKEN).json(&body);
        let publishing = scope.spawn(move || request.try_send());
        // It is under way once something of it is stored beside what is there.
        tests::eventually("the change to be begun", || {
            (!edge.files_with(b"open the drawer and press").is_empty()).then_some(())
        });
        assert_eq!(boot(), index, "nobody sees the half of it");
        edge.kill();
        assert!(publishing.join().unwrap().is_err(), "it was not ended");
    });
    edge.restart();
    assert_eq!(boot(), index);
    assert_eq!(content(&edge), before, "nothing of it is there");
    let one = json!({ "articles": [article(1, "Only this.".into())] });
    put(&edge, "articles", &one).ok::<Published>();
    assert_eq!(content(&edge)["articles"].as_array().unwrap().len(), 1, "what was left over does not come back");
}

#[test]
fn two_publish_at_once_and_each_is_whole() {
    let edge = Edge::start();
    let bodies = ["first", "second"].map(|word| {
        let all: Vec<Value> = (0..300).map(|number| article(number, format!("The {word} one."))).collect();
        json!({ "articles": all })
    });
    let client = &Client::patient(&edge.origin(), LONG);
    std::thread::scope(|scope| {
        for body in &bodies {
            scope.spawn(move || drop(put_with(client, "articles", body).ok::<Published>()));
        }
    });
    let text = content(&edge)["articles"].to_string();
    assert_ne!(text.contains("The first one."), text.contains("The second one."), "not a mixture of both");
}

fn content(edge: &Edge) -> Value {
    edge.client().get("/api/w/demo/content").bearer(PUBLISH_TOKEN).send().ok()
}

fn problems(reply: &Reply) -> Vec<Problem> {
    assert_eq!(reply.refusal(), (422, ErrorCode::InvalidRequest));
    serde_json::from_slice::<ErrorBody>(&reply.body).unwrap().problems
}

#[test]
fn each_bound_has_a_sentence_that_names_the_article() {
    let edge = Edge::start();
    let before = content(&edge);
    let mut long = article(1, "a ".repeat(MAX_TEXT_CHARS));
    long["title"] = json!("x".repeat(301));
    let marks = article(2, format!("e{}", "\u{301}".repeat(40)));
    let mut bad_id = article(3, "x".into());
    bad_id["id"] = json!("Getting Started");
    bad_id["title"] = json!("Getting started");
    let mut user = article(4, "x".into());
    user["url"] = json!("https://bank.example@evil.example/");
    let found = problems(&put(&edge, "articles", &json!({ "articles": [article(0, "x".into()), long, marks, user] })));
    let told: Vec<(ProblemCode, &str)> = found.iter().map(|problem| (problem.code, problem.at.as_str())).collect();
    assert_eq!(
        told,
        [
            (ProblemCode::TooLong, "articles[1].title"),
            (ProblemCode::TooLong, "articles[1].markdown"),
            (ProblemCode::TooManyMarks, "articles[2].markdown"),
            (ProblemCode::UnsafeAddress, "articles[3].url"),
        ]
    );
    assert!(
        found[2].sentence.starts_with("Article 3, \"About matter 2\": The text has 40 marks on one letter"),
        "{found:?}"
    );
    let found = problems(&put(&edge, "articles", &json!({ "articles": [article(0, "x".into()), bad_id] })));
    assert_eq!((found.len(), found[0].code, found[0].at.as_str()), (1, ProblemCode::InvalidId, "articles[1].id"));
    assert!(
        found[0].sentence.starts_with("Article 2, \"Getting started\": \"Getting Started\" cannot be an id."),
        "{found:?}"
    );

    let short = |number: usize| json!({ "id": format!("a{number}"), "locale": "en", "title": "x", "markdown": "", "url": "https://x.example" });
    let crowd: Vec<Value> = (0..MAX_ARTICLES * 2).map(short).collect();
    let found = problems(&put(&edge, "articles", &json!({ "articles": crowd })));
    assert_eq!((found[0].code, found[0].at.as_str()), (ProblemCode::TooMany, "articles"));
    assert!(found.len() <= 1_001, "{}", found.len());
    assert_eq!(content(&edge), before);

    let broken = edge.client().request("PUT", "/api/w/demo/settings").bearer(PUBLISH_TOKEN);
    let broken = broken.header("Content-Type", "application/json").body("{\"panel\":\n  {\"name\":\"x\"").send();
    assert_eq!(broken.refusal().1, ErrorCode::BrokenJson);
    assert!(broken.text().contains("at line 2 column 13"), "{}", broken.text());
}

#[test]
fn what_is_probably_not_meant_is_told_with_its_article() {
    let edge = Edge::start();
    let mut staff = article(1, "For us.".into());
    staff["audience"] = json!(["staff"]);
    let html = article(2, "<p>To reset</p>\n\n<script>choose()</script>".into());
    let links = article(3, "See [that](article:article-1) and [this](article:gone).".into());
    let body = json!({ "articles": [staff, html, links, article(4, String::new())] });
    let published: Published = put(&edge, "articles", &body).ok();
    let told: Vec<(ProblemCode, &str)> =
        published.warnings.iter().map(|problem| (problem.code, problem.at.as_str())).collect();
    assert_eq!(
        told,
        [
            (ProblemCode::NotShown, "articles[1].markdown"),
            (ProblemCode::EmptyText, "articles[3].markdown"),
            (ProblemCode::RestrictedArticle, "articles[2].markdown"),
            (ProblemCode::UnknownArticle, "articles[2].markdown"),
        ]
    );
    let lost = &published.warnings[0];
    assert!(lost.sentence.contains("<script>") && lost.line == Some(3), "{lost:?}");
    let answer = |locale: &str, article: &str| json!({ "answers": [{ "id": "a", "locale": locale, "text": "Yes.", "examples": [], "article": article }] });
    let codes = |published: Published| published.warnings.into_iter().map(|problem| problem.code).collect::<Vec<_>>();
    assert_eq!(codes(put(&edge, "answers", &answer("en", "article-1")).ok()), [ProblemCode::RestrictedArticle]);
    assert_eq!(codes(put(&edge, "answers", &answer("fr", "article-2")).ok()), [], "who reads French gets it");
    let one = put(&edge, "articles/en/article-3", &article(3, "See [that](article:article-1).".into()));
    assert_eq!(codes(one.ok()), [ProblemCode::RestrictedArticle]);
}
