//! What is asked most: counted once for each visitor's yes, and told to those who may read it.

use serde_json::{Value, json};
use shared::protocol::*;
use tests::identity::identity;
use tests::people::id;
use tests::{Edge, Reply, Visitor};

/// An article of the demo and an answer.
const ARTICLE: (&str, &str) = ("article", "track-a-parcel");
const ANSWER: (&str, &str) = ("answer", "opening-hours");

/// Says that something has helped.
fn helped(edge: &Edge, number: u8, (kind, id_of): (&str, &str)) {
    let body = json!({ "id": id(number), kind: id_of, "locale": "en-GB", "helped": true });
    assert_eq!(edge.client().post("/api/w/demo/resolutions").json(&body).send().status, 204);
}

fn often(boot: Reply) -> Value {
    json!(boot.ok::<Boot>().often)
}

fn for_everybody(edge: &Edge, locale: &str) -> Value {
    often(edge.client().get(&format!("/api/w/demo/boot?locale={locale}")).send())
}

#[test]
fn what_has_helped_often_is_told_in_its_language_as_long_as_it_is_there() {
    let edge = Edge::start();
    for _ in 0..3 {
        helped(&edge, 1, ARTICLE);
    }
    helped(&edge, 2, ARTICLE);
    let in_vain = json!({ "id": id(3), "article": ARTICLE.1, "locale": "en", "helped": false });
    assert_eq!(edge.client().post("/api/w/demo/resolutions").json(&in_vain).send().status, 204);
    assert_eq!(for_everybody(&edge, "en"), json!([]), "two times, one of them told again and again");
    helped(&edge, 4, ARTICLE);
    for number in 5..9 {
        helped(&edge, number, ANSWER);
    }
    edge.kill();
    edge.restart();
    assert_eq!(for_everybody(&edge, "en"), json!([{ "answer": ANSWER.1 }, { "article": ARTICLE.1 }]));
    assert_eq!(for_everybody(&edge, "tr"), json!([]));

    let mut content = edge.content();
    for article in content["articles"].as_array_mut().unwrap() {
        if article["id"] == ARTICLE.1 {
            article["audience"] = json!(["staff"]);
        }
    }
    content["answers"] = json!([]);
    edge.publish(&content);
    assert_eq!(for_everybody(&edge, "en"), json!([]), "nobody learns of what is for some");
    let staff = Visitor::identified(&edge, identity("7", 1, json!({ "audience": "staff" })));
    let told = often(staff.request("GET", "/api/w/demo/boot?locale=en").send());
    assert_eq!(told, json!([{ "article": ARTICLE.1 }]));
}
