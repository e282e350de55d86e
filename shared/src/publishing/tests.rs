use super::*;
use crate::turns::at_once;
use serde_json::{Value, json};

fn content() -> Value {
    json!({
        "settings": {
            "panel": { "name": "Lumen help" },
            "origins": ["https://www.lumen.example"],
            "default_locale": "en",
        },
        "operations": { "teams": [{ "id": "shop", "name": "Shop", "members": [{ "agent": "aaaaaaaaaaaaaaaaaaaaaa" }] }] },
        "articles": [article("en", "track-a-parcel"), article("tr", "track-a-parcel")],
        "answers": [answer("en", "hours", json!("track-a-parcel"))],
    })
}

fn article(locale: &str, id: &str) -> Value {
    json!({
        "id": id, "locale": locale, "title": format!("About {id}"), "markdown": "Open it.",
        "url": "https://www.lumen.example/help/",
    })
}

fn answer(locale: &str, id: &str, article: Value) -> Value {
    json!({ "id": id, "locale": locale, "text": "Monday to Friday.", "examples": [], "article": article })
}

/// The problems of a body, whatever its shape, as codes and places.
fn check<T: Document>(body: &Value, expected: &[(&str, &str)]) {
    let problems = match serde_json::from_value::<T>(body.clone()) {
        Ok(document) => at_once(document.problems(&Turns::none())),
        Err(_) => at_once(shape_problems::<T>(&body.to_string(), &Turns::none())),
    };
    let code = |problem: &Problem| json!(problem.code).as_str().map(String::from).unwrap();
    let found: Vec<(String, &str)> = problems.iter().map(|problem| (code(problem), problem.at.as_str())).collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(code, at)| (code.as_str(), *at)).collect();
    assert_eq!(found, expected, "{problems:?}");
    for problem in &problems {
        assert!(problem.sentence.ends_with('.') && !problem.sentence.contains(" at line "), "{problem:?}");
    }
}

fn shape_of<T: Document>(body: &str) -> Vec<Problem> {
    at_once(shape_problems::<T>(body, &Turns::none()))
}

/// The content with these values at these places.
fn spoilt(changes: &[(&str, Value)]) -> Value {
    let mut content = content();
    for (place, value) in changes {
        let (parent, field) = place.rsplit_once('/').unwrap();
        match content.pointer_mut(parent).unwrap() {
            Value::Array(items) => items[field.parse::<usize>().unwrap()] = value.clone(),
            object => object[field] = value.clone(),
        }
    }
    content
}

#[test]
fn content_that_can_be_served_has_no_problem() {
    check::<Content>(&content(), &[]);
    check::<Content>(&spoilt(&[("/operations", Value::Null)]), &[]);
}

#[test]
fn mistakes_in_every_part_are_found_at_once_with_their_places() {
    let wrong = spoilt(&[
        ("/settings/origins", json!(["https://www.lumen.example", "*"])),
        ("/settings/default_locale", json!("")),
        ("/settings/retention_days", json!(0)),
        ("/operations/rules", json!([{ "id": "a", "when": { "words": ["x"] }, "then": { "team": "sales" } }])),
        ("/articles", json!([article("no such", "a"), article("en", "b"), article("en", "b")])),
        ("/answers", json!([answer("en", "x", json!("b")), answer("en", "x", json!("gone"))])),
    ]);
    check::<Content>(
        &wrong,
        &[
            ("invalid_origin", "settings.origins[1]"),
            ("invalid_locale", "settings.default_locale"),
            ("invalid_retention", "settings.retention_days"),
            ("unknown_team", "operations.rules[0].then.team"),
            ("invalid_locale", "articles[0].locale"),
            ("duplicate_id", "articles[2].id"),
            ("duplicate_id", "answers[1].id"),
            ("unknown_article", "answers[1].article"),
        ],
    );
}

#[test]
fn a_part_of_the_wrong_shape_hides_no_other_mistake() {
    let wrong = spoilt(&[
        ("/settings/panel", json!({ "nane": "Lumen help" })),
        ("/settings/assistant", json!({ "answer_at": "often" })),
        ("/operations/hours", json!({ "zone": 7 })),
        ("/articles/0", json!({ "id": "../../etc" })),
        ("/articles/1/url", json!("javascript:alert(1)")),
        ("/answers/0/examples", json!("when are you open")),
    ]);
    check::<Content>(
        &wrong,
        &[
            ("invalid_shape", "settings.assistant.answer_at"),
            ("invalid_shape", "settings.panel.nane"),
            ("invalid_shape", "settings.panel"),
            ("invalid_shape", "operations.hours.zone"),
            ("invalid_id", "articles[0].id"),
            // Its language, title and address are missing, and its text.
            ("invalid_shape", "articles[0]"),
            ("invalid_shape", "articles[0]"),
            ("invalid_shape", "articles[0]"),
            ("empty_text", "articles[0].markdown"),
            ("unsafe_address", "articles[1].url"),
            ("invalid_shape", "answers[0].examples"),
        ],
    );
}

#[test]
fn a_mistake_of_shape_hides_no_other_one_beside_it() {
    check::<Settings>(
        &json!({
            "panel": { "name": "" }, "origins": ["*", "https://a.example"], "default_locale": "english!", "retention_days": 0,
            "assistant": { "answer_at": 900, "offer_at": "often" }, "greeting": "Hi",
        }),
        &[
            ("invalid_shape", "assistant.answer_at"),
            ("invalid_shape", "assistant.offer_at"),
            ("invalid_shape", "greeting"),
            ("empty_name", "panel.name"),
            ("invalid_origin", "origins[0]"),
            ("invalid_locale", "default_locale"),
            ("invalid_retention", "retention_days"),
        ],
    );
    check::<Operations>(
        &json!({
            "teams": [{ "id": "shop", "name": "Shop", "members": [{ "agent": "me" }] }],
            "rules": [
                { "id": "a", "when": { "words": ["refund"] }, "then": { "priority": "asap" } },
                { "id": "b", "when": { "words": "refund" }, "then": { "team": "nobody" } },
            ],
            "hours": { "zone": "Moon", "week": { "mon": ["9-5"] } },
        }),
        &[
            ("invalid_shape", "rules[0].then.priority"),
            ("invalid_shape", "rules[1].when.words"),
            ("invalid_id", "teams[0].members[0].agent"),
            ("unknown_team", "rules[1].then.team"),
            ("unknown_zone", "hours.zone"),
            ("invalid_shift", "hours.week.mon[0]"),
        ],
    );
}

#[test]
fn what_no_part_explains_is_a_problem_of_the_whole() {
    check::<Content>(&spoilt(&[("/greeting", json!("Hi"))]), &[("invalid_shape", "greeting")]);
    for shape in [json!(null), json!([]), json!({}), json!(17)] {
        check::<Content>(&shape, &[("invalid_shape", "")]);
    }
    for shape in [json!(null), json!([]), json!(17)] {
        check::<Settings>(&shape, &[("invalid_shape", "")]);
    }
    check::<Settings>(&json!({}), &[("invalid_shape", ""); 3]);
    let lists = json!({ "articles": [], "answers": [] });
    check::<Content>(&lists, &[("invalid_shape", "")]);
    let missing = ("invalid_shape", "");
    check::<Settings>(
        &lists,
        &[("invalid_shape", "answers"), ("invalid_shape", "articles"), missing, missing, missing],
    );
    let deep = "[".repeat(10_000);
    assert_eq!(shape_of::<Articles>(&deep).len(), 1);
}

#[test]
fn a_list_is_no_document_though_every_field_has_a_default() {
    assert!(serde_json::from_str::<Operations>("[]").is_ok());
    assert!(!is_object(" []") && is_object("\n {}"));
    assert_eq!(shape_of::<Operations>("[]").len(), 1);
}

#[test]
fn each_document_is_judged_by_itself() {
    check::<Settings>(&content()["settings"], &[]);
    check::<Settings>(&json!({ "panel": {}, "origins": [], "default_locale": "en" }), &[("invalid_shape", "panel")]);
    check::<Operations>(&json!({ "teams": [{ "id": "x", "name": "X" }] }), &[("empty_team", "teams[0].members")]);
    let twice = json!({ "articles": [article("en", "a"), article("tr", "a"), article("en", "a")] });
    check::<Articles>(&twice, &[("duplicate_id", "articles[2].id")]);
    let spelt = json!({ "articles": [article("en-US", "a"), article("en-us", "b"), article("en_US", "c"), article("en", "d")] });
    check::<Articles>(&spelt, &[("invalid_locale", "articles[1].locale"), ("invalid_locale", "articles[2].locale")]);
    let odd = json!({ "answers": [answer("e", "a", Value::Null), {}] });
    let empty = ("invalid_shape", "answers[1]");
    check::<Answers>(&odd, &[("invalid_locale", "answers[0].locale"), empty, empty, empty, empty]);
    check::<ArticleSource>(&article("en", "a"), &[]);
    check::<AnswerSource>(&answer("?", "a", Value::Null), &[("invalid_locale", "locale")]);
}

#[test]
fn an_article_fits_into_a_row() {
    let mut long = article("en", "a");
    // As blocks it is many times as long.
    for (markdown, fits) in [("a ".repeat(MAX_TEXT_CHARS / 2), true), (">a\n\n".repeat(MAX_TEXT_CHARS / 4), false)] {
        long["markdown"] = json!(markdown);
        check::<ArticleSource>(&long, if fits { &[] } else { &[("too_long", "markdown")] });
    }
}

#[test]
fn an_article_is_written_in_one_way() {
    let mut both = article("en", "a");
    both["html"] = json!("<p>Open it.</p>");
    check::<ArticleSource>(&both, &[("invalid_shape", "html")]);
    both["markdown"] = json!("");
    check::<ArticleSource>(&both, &[]);
    both["html"] = json!("<!-- nothing -->");
    check::<ArticleSource>(&both, &[("empty_text", "html")]);
    both.as_object_mut().unwrap().remove("html");
    check::<ArticleSource>(&both, &[("empty_text", "markdown")]);
}

#[test]
fn what_is_not_shown_is_told_with_its_line() {
    let mut lossy = article("en", "a");
    lossy["html"] = json!("<p>a</p>\n<script>x</script>\n<img src=/b.png>\n<a href='ftp://x'>c</a>");
    lossy["markdown"] = json!("");
    let article: ArticleSource = serde_json::from_value(lossy).unwrap();
    let problems = at_once(article.problems(&Turns::none()));
    let found: Vec<_> = problems.iter().map(|problem| (problem.code, problem.line)).collect();
    let expected = [ProblemCode::NotShown, ProblemCode::NoDescription, ProblemCode::DeadLink];
    assert_eq!(found, expected.into_iter().zip([Some(2), Some(3), Some(4)]).collect::<Vec<_>>());
    assert!(problems.iter().all(Problem::is_warning));
}

#[test]
fn titles_that_nobody_can_tell_apart_are_named() {
    let titled = |id: &str, section: &str| {
        let mut article = article("en", id);
        article["title"] = json!("Overview");
        article["section"] = json!(section);
        article
    };
    let articles = json!({ "articles": [titled("a", "Billing"), titled("b", "API"), titled("c", "API")] });
    check::<Articles>(&articles, &[("same_title", "articles[1].title")]);
}

#[test]
fn a_document_belongs_to_the_address_that_it_was_sent_to() {
    assert_eq!(place_problems(("en", "a"), ("en", "a")), []);
    let problems = place_problems(("en", "a"), ("tr", "b"));
    let found: Vec<(ProblemCode, &str)> = problems.iter().map(|problem| (problem.code, problem.at.as_str())).collect();
    assert_eq!(found, [(ProblemCode::WrongPlace, "locale"), (ProblemCode::WrongPlace, "id")]);
}

#[test]
fn more_articles_than_are_learned_from_are_told_where_there_is_something_to_learn() {
    let articles = |count: usize, examples: &[&str]| {
        let one = |number: usize| {
            let mut article = article("en", &format!("a{number}"));
            article["examples"] = json!(examples);
            article
        };
        json!({ "articles": (0..count).map(one).collect::<Vec<_>>() })
    };
    let examples = ["where is it", "is it late", "not here yet"];
    check::<Articles>(&articles(1_501, &examples), &[("not_taught", "articles")]);
    check::<Articles>(&articles(1_500, &examples), &[]);
    check::<Articles>(&articles(1_501, &examples[..2]), &[]);
}

#[test]
fn a_body_that_is_half_right_is_told_where_it_is_not() {
    let twice = "{\n \"id\": \"a\", \"locale\": \"en\", \"title\": \"A\", \"url\": \"https://x.example\",\n \"title\": \"B\", \"markdown\": \"x\"}";
    let problems = shape_of::<ArticleSource>(twice);
    assert_eq!((problems[0].code, problems[0].at.as_str()), (ProblemCode::InvalidShape, "title"), "{problems:?}");
    let half = r#"{"articles": [{"id": "a"}, {"id": "b", "title": "\ud800"}]}"#;
    let problems = shape_of::<Articles>(half);
    assert_eq!((problems.len(), problems[0].at.as_str()), (1, "articles[1].title"), "{problems:?}");
}

#[test]
fn a_title_that_was_written_for_a_page_of_html_is_told() {
    for (title, is_told) in [
        ("Don&#8217;t panic", true),
        ("A &amp; B", true),
        ("Use <b>bold</b>", true),
        ("AT&T; and R&D", true),
        ("Is 3 < 4 & 5 > 4?", false),
        ("Salt & pepper; sugar", false),
        ("a<b", false),
    ] {
        let mut one = article("en", "a");
        one["title"] = json!(title);
        check::<ArticleSource>(&one, if is_told { &[("not_shown", "title")] } else { &[] });
    }
}

#[test]
fn of_a_list_that_is_too_long_the_rest_is_not_looked_at() {
    let body = format!("{{\"answers\":[{}0]}}", "0,".repeat(MAX_ANSWERS + 50));
    let problems = shape_of::<Answers>(&body);
    assert_eq!((problems[0].code, problems[0].at.as_str()), (ProblemCode::TooMany, "answers"));
    assert!(problems[0].sentence.contains("10051"), "{:?}", problems[0]);
    assert_eq!(problems.len(), 1 + MAX_ANSWERS);
}

#[test]
fn links_to_files_and_places_that_are_not_there_are_told_with_their_line() {
    let page = |id: &str, text: &str| {
        let mut one = article("en", id);
        one["url"] = json!(format!("https://docs.example/guide/{id}/"));
        one["markdown"] = json!(text);
        one
    };
    let told = |text: &str| {
        let body = json!({ "articles": [page("start", text), page("pay", "## By card\n\nx\n\n> ## In a quotation")] });
        let articles: Articles = serde_json::from_value(body).unwrap();
        let problems = at_once(articles.problems(&Turns::none()));
        problems.iter().map(|problem| (problem.code, problem.line, problem.at.clone())).collect::<Vec<_>>()
    };
    let dead = |line: u32| vec![(ProblemCode::DeadLink, Some(line), String::from("articles[0].markdown"))];
    assert_eq!(told("a\n\n[b](pay.md#by-card) [c](../guide/pay.mdx) [d](https://other.example/x.md)"), []);
    assert_eq!(told("a\n\n[b](gone.md#x)"), dead(3));
    assert_eq!(told("[a](article:pay#by-card) [b](article:pay#in-a-quotation) [c](article:pay)"), []);
    assert_eq!(told("a\n\n[b](article:pay#nowhere)"), dead(3));
}
