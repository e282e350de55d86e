//! What the assistant finds for a message and why: the page and the products of the visitor, the dry run, and an index that is
//! damaged.

use serde_json::{Value, json};
use shared::assistant::{AssistantExplanation, CandidateTrace, Decision, WhyNot};
use shared::protocol::*;
use tests::edge::PUBLISH_TOKEN;
use tests::identity::identity;
use tests::people::{context, conversation, id};
use tests::{Agent, Edge, Reply, Visitor, eventually};

/// What the demo's help centre surely has an article on, and its name.
const QUESTION: &str = "Where is my parcel?";
const ARTICLE: &str = "track-a-parcel";
/// What every index begins with, and what none does.
const MAGIC: &[u8] = b"BFI5";
const DAMAGED: &[u8] = b"BFI?";

fn explain(agent: &Agent, case: Value) -> AssistantExplanation {
    agent.request("POST", "/api/w/demo/assistant/explain").json(&json!({ "case": case })).send().ok()
}

fn candidate<'a>(of: &'a [CandidateTrace], id: &str) -> &'a CandidateTrace {
    of.iter().find(|one| one.id == id).unwrap_or_else(|| panic!("{id} is not among {of:#?}"))
}

/// Says something on a page.
fn say_on(url: &str, text: &str) -> VisitorAction {
    VisitorAction::Say { text: text.into(), context: Context { url: url.into(), shown: Vec::new(), ..context() } }
}

/// The articles that were suggested, in order.
fn suggested(events: &[Event]) -> Vec<&str> {
    let articles = events.iter().filter_map(|event| match &event.what {
        What::Suggested { articles } => Some(articles),
        _ => None,
    });
    articles.flatten().map(|article| article.id.as_str()).collect()
}

#[test]
fn one_request_says_why_nothing_was_suggested_before_sending_and_after() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let plain = explain(&agent, json!({ "text": QUESTION, "locale": "en", "about": [ARTICLE] }));
    assert_eq!(plain.locale, "en");
    assert!(plain.typing.suggested.iter().any(|id| id.as_str() == ARTICLE), "{plain:#?}");
    assert!(candidate(&plain.typing.candidates, ARTICLE).why_not.is_empty());
    assert!(candidate(&plain.sent.candidates, ARTICLE).why_not.is_empty(), "{plain:#?}");
    assert_eq!((plain.typing.thresholds.suggest_at, plain.sent.thresholds.suggest_at), (12, 28));

    // The same text, of which the visitor has read the article just now.
    let read = explain(&agent, json!({ "text": QUESTION, "locale": "en", "read": [ARTICLE] }));
    assert!(!read.typing.suggested.iter().any(|id| id.as_str() == ARTICLE));
    assert_eq!(candidate(&read.typing.candidates, ARTICLE).why_not, [WhyNot::Read]);
    let after = candidate(&read.sent.candidates, ARTICLE);
    assert_eq!(after.why_not, [WhyNot::Read, WhyNot::FromHelpCentre]);
    assert_eq!(after.likelihood, candidate(&plain.sent.candidates, ARTICLE).likelihood, "it is as likely as before");
    assert!(after.sentence.contains("The visitor has just read it in the help centre."), "{}", after.sentence);
    let says_it = |decision: &Decision| matches!(decision, Decision::Suggest(articles) if articles.iter().any(|article| article.id.as_str() == ARTICLE));
    assert!(says_it(&plain.sent.decision) && !says_it(&read.sent.decision), "{read:#?}");

    let quote = explain(&agent, json!({ "text": "Can I get a quote for 40 lamps?", "locale": "en" }));
    assert_eq!(quote.sent.decision, Decision::HandOff(HandOffReason::Pricing));
    assert_eq!(quote.sent.people_first.unwrap().pattern.as_deref(), Some("a quote"));
    assert!(quote.sent.sentence.contains("because it is about prices"), "{}", quote.sent.sentence);
    assert!(agent.inbox().is_empty(), "nothing was changed by it");
}

#[test]
fn what_is_explained_is_what_happens() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    for (number, text) in [(1, QUESTION), (2, "lamp"), (3, "Zyx wvuts qponm"), (4, "how long does delivery take")] {
        let explained = explain(&agent, json!({ "text": text, "locale": "en", "page": "http://localhost/plain/" }));
        let visitor = Visitor::new(&edge, number);
        // The panel sends with a message what stands above it.
        let shown = explained.typing.suggested.iter().map(|id| {
            let article = ArticleRef { id: id.clone(), title: String::new() };
            Shown { standing: true, ..Shown::new(article) }
        });
        let context = Context { url: "http://localhost/plain/".into(), shown: shown.collect(), ..context() };
        let action = VisitorAction::Say { text: text.into(), context };
        let events = visitor.command(&conversation(number), 0, id(1), action);
        let happened = events.iter().find(|event| event.by == Author::Assistant).map(|event| event.what.clone());
        let draft = explained.sent.decision.draft(&id(1)).map(|draft| draft.what);
        assert_eq!(happened, draft, "{text}");
    }
}

#[test]
fn agents_and_publishers_can_ask_and_nobody_else() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let path = "/api/w/demo/assistant/explain";
    let body = json!({ "case": { "text": QUESTION } });
    let ask = |token: &str| -> Reply { edge.client().post(path).bearer(token).json(&body).send() };
    let told: AssistantExplanation = ask(PUBLISH_TOKEN).ok();
    assert_eq!(told, explain(&agent, json!({ "text": QUESTION })));
    assert_eq!(ask("another-token").refusal(), (401, ErrorCode::NotSignedIn));
    assert_eq!(edge.client().post(path).json(&body).send().refusal(), (401, ErrorCode::NotSignedIn));
    let unknown = json!({ "case": { "txet": QUESTION } });
    assert_eq!(agent.request("POST", path).json(&unknown).send().refusal().1, ErrorCode::InvalidRequest);
}

/// Two articles that say the same, each of which belongs to a page and to a product.
fn twins(edge: &Edge) -> Value {
    let mut content = edge.content();
    let articles = content["articles"].as_array_mut().unwrap();
    for (name, place, product) in [("first", "/first", "one"), ("second", "/second", "two")] {
        articles.push(json!({
            "id": name, "locale": "en", "title": "Zanzibar quokka", "markdown": "Zanzibar quokka.",
            "places": [place], "products": [product], "url": format!("{}/help/en/{name}/", edge.site()),
        }));
    }
    content
}

#[test]
fn the_page_and_the_products_of_the_visitor_count_after_sending() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    edge.publish(&twins(&edge));
    let best = |number: u8, visitor: &Visitor, url: &str| {
        let events = visitor.command(&conversation(number), 0, id(1), say_on(url, "zanzibar quokka"));
        String::from(*suggested(&events).first().unwrap_or_else(|| panic!("{events:#?}")))
    };
    let anonymous = |number: u8, url: &str| best(number, &Visitor::new(&edge, number), url);
    assert_eq!(anonymous(1, "https://shop.example/"), "first", "equals keep their order");
    assert_eq!(anonymous(2, "https://shop.example/second/7?a=1"), "second");
    let known = Visitor::identified(&edge, identity("17", 1, json!({ "products": ["two"] })));
    assert_eq!(best(3, &known, "https://shop.example/"), "second");
    // What the site says may change with the next token.
    let later = Visitor::identified(
        &edge,
        identity("17", 2, json!({ "products": ["one"], "exp": tests::identity::now() + 7_200 })),
    );
    assert_eq!(best(4, &later, "https://shop.example/"), "first");

    let case = json!({ "text": "zanzibar quokka", "locale": "en", "page": "https://shop.example/second/7", "about": ["first", "second"] });
    let explained = explain(&agent, case);
    for candidates in [&explained.typing.candidates, &explained.sent.candidates] {
        let lifted = ["first", "second"].map(|id| candidate(candidates, id).lifted_by.as_deref());
        assert_eq!(lifted, [None, Some("/second")]);
    }
}

#[test]
fn an_index_that_does_not_open_is_not_nothing_found_and_is_made_anew() {
    let edge = Edge::start();
    let whole = edge.client().get("/api/w/demo/boot?locale=en").send().ok::<Boot>().index.unwrap();
    let bytes = edge.client().get(&whole).send().body;
    edge.stop();
    assert!(edge.overwrite(MAGIC, DAMAGED) > 0);
    edge.restart();

    let (visitor, thread) = (Visitor::new(&edge, 1), conversation(1));
    visitor.command(&thread, 0, id(1), say_on("http://localhost/", QUESTION));
    let said = eventually("the assistant to say something", || {
        visitor.events(&thread).events.into_iter().find(|event| event.by == Author::Assistant)
    });
    assert_ne!(said.what, What::FoundNothing, "a search that failed has not found nothing");
    assert!(
        suggested(std::slice::from_ref(&said)).contains(&ARTICLE) || matches!(said.what, What::Answered { .. }),
        "{said:#?}"
    );
    let log = edge.said();
    assert!(
        log.contains("the index of articles in en does not open")
            || log.contains("the index of answers in en does not open"),
        "{log}"
    );
    let again = edge.client().get(&whole).send();
    assert!(again.status == 200 && again.body == bytes, "the same index at the same address");
}

#[test]
fn damaged_bytes_are_not_handed_to_the_panel() {
    let edge = Edge::start();
    let index = edge.client().get("/api/w/demo/boot?locale=en").send().ok::<Boot>().index.unwrap();
    let bytes = edge.client().get(&index).send().body;
    edge.stop();
    assert!(edge.overwrite(MAGIC, DAMAGED) > 0);
    edge.restart();
    let first = edge.client().get(&index).send();
    assert_eq!((first.status, first.header("cache-control")), (500, "no-store"), "what is wrong is not kept for ever");
    let whole = eventually("the index to be made anew", || {
        Some(edge.client().get(&index).send()).filter(|reply| reply.status == 200)
    });
    assert!(whole.body == bytes);
}
