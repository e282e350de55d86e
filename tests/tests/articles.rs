//! Articles as help centres have them: HTML and Markdown, with pictures, links to one another and mistakes.

use serde_json::{Value, json};
use shared::problem::{Problem, ProblemCode};
use shared::protocol::*;
use shared::richtext::{Block, Span, pictures_in, plain_text};
use tests::edge::PUBLISH_TOKEN;
use tests::pictures::{Pictures, png};
use tests::{Edge, Reply};

const LOCAL: [(&str, &str); 1] = [("LOCAL_SERVERS", "1")];

fn article(id: &str, field: &str, text: String) -> Value {
    json!({ "id": id, "locale": "en", "title": format!("About {id}"), field: text, "url": format!("https://www.lumen.example/help/{id}") })
}

fn request(edge: &Edge, method: &str, door: &str, headers: &[(&str, &str)], body: Option<&Value>) -> Reply {
    let request = edge.client().request(method, &format!("/api/w/demo/{door}")).bearer(PUBLISH_TOKEN);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(name, value));
    match body {
        Some(body) => request.json(body).send(),
        None => request.send(),
    }
}

fn put(edge: &Edge, door: &str, body: &Value) -> Published {
    request(edge, "PUT", door, &[], Some(body)).ok()
}

fn read(edge: &Edge, id: &str) -> Article {
    edge.client().get(&format!("/api/w/demo/articles/en/{id}")).send().ok()
}

fn codes(problems: &[Problem]) -> Vec<(ProblemCode, Option<u32>)> {
    problems.iter().map(|problem| (problem.code, problem.line)).collect()
}

const SVG: &str = "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 20'><script>alert(1)</script>\
    <path d='M0 0h40v20z' onclick='alert(2)'/></svg>";

fn server() -> Pictures {
    Pictures::serve(|path| match path {
        "/plug.png" => (200, String::new(), png(40, 20)),
        "/moved.png" => (302, "Location: /plug.png\r\n".into(), Vec::new()),
        "/round" => (302, "Location: /round\r\n".into(), Vec::new()),
        "/page" => (200, "Content-Type: image/png\r\n".into(), b"<script>alert(1)</script>".to_vec()),
        "/large.png" => (200, String::new(), png(400, 300)),
        "/plug.svg" => (200, String::new(), SVG.into()),
        "/busy" => (503, String::new(), Vec::new()),
        "/huge" => (200, String::new(), vec![0; 5_000_001]),
        _ => (404, String::new(), Vec::new()),
    })
}

#[test]
fn pictures_are_fetched_once_and_come_from_the_edge() {
    let (edge, server) = (Edge::start_with(&LOCAL), server());
    let picture = |path: &str| format!("<p><img src='{}' alt='It is {path}'></p>", server.url(path));
    let all = ["/plug.png", "/moved.png", "/round", "/page", "/huge", "/none"].map(picture).concat();
    let published = put(&edge, "articles/en/pictures", &article("pictures", "html", all));
    assert_eq!(codes(&published.warnings), [(ProblemCode::NoPicture, None); 4], "{published:?}");
    let said: String = published.warnings.iter().map(|problem| problem.sentence.clone()).collect();
    for why in ["without end", "no PNG", "larger than 5 MB", "answers 404", "of article pictures (en)"] {
        assert!(said.contains(why), "{why}: {said}");
    }
    let read = read(&edge, "pictures");
    let here: Vec<_> = pictures_in(&read.blocks).cloned().collect();
    assert_eq!(here.len(), 2, "{read:?}");
    assert!(here.iter().all(|picture| picture.size == Some((40, 20)) && picture.src == here[0].src), "{here:?}");
    assert!(plain_text(&read.blocks).contains("It is /none"), "a picture that is not there is what it shows");
    let given = edge.client().get(&here[0].src).send();
    assert_eq!((given.status, given.header("content-type")), (200, "image/png"));
    assert!(
        given.header("cache-control").contains("immutable")
            && given.header("content-security-policy").contains("sandbox")
    );
    assert!(given.body.starts_with(b"\x89PNG") && !given.body.windows(8).any(|bytes| bytes == b"Somebody"));
    let asked = server.asked();
    let again = article("again", "markdown", format!("![Plug]({})", server.url("/plug.png")));
    assert_eq!(put(&edge, "articles/en/again", &again).warnings, []);
    assert_eq!(pictures_in(&self::read(&edge, "again").blocks).next().unwrap().src, here[0].src);
    assert_eq!(server.asked(), asked, "what is here is not fetched again");
    let all = ["/plug.png", "/moved.png", "/round", "/page", "/huge", "/none"].map(picture).concat();
    let published = put(&edge, "articles/en/pictures", &article("pictures", "html", all));
    assert_eq!(codes(&published.warnings), [(ProblemCode::NoPicture, None); 4], "{published:?}");
    assert_eq!(server.asked() - asked, 5 + 3, "what could not be had is tried once more");
    for id in ["pictures", "again"] {
        assert_eq!(request(&edge, "DELETE", &format!("articles/en/{id}"), &[], None).status, 200);
    }
    assert_eq!(edge.client().get(&here[0].src).send().status, 404, "what no article has is gone");
}

#[test]
fn a_drawing_is_written_anew_and_can_do_nothing() {
    let (edge, server) = (Edge::start_with(&LOCAL), server());
    let html = format!("<img alt='A plug' src='{}'>", server.url("/plug.svg"));
    assert_eq!(put(&edge, "articles/en/drawn", &article("drawn", "html", html)).warnings, []);
    let read = read(&edge, "drawn");
    let picture = pictures_in(&read.blocks).next().unwrap();
    assert_eq!(picture.size, Some((40, 20)));
    let given = edge.client().get(&picture.src).send();
    assert_eq!((given.status, given.header("content-type")), (200, "image/svg+xml"));
    assert!(given.header("content-security-policy").contains("default-src 'none'"));
    let text = String::from_utf8(given.body).unwrap();
    assert!(text.contains("d=\"M0 0h40v20z\"") && !text.contains("alert") && !text.contains("script"), "{text}");
}

#[test]
fn nothing_is_fetched_from_inside() {
    let (edge, server) = (Edge::start(), server());
    let inside =
        ["http://localhost/a.png", "http://169.254.169.254/latest", "http://[::1]/a.png", "http://printer/a.png"];
    let own = server.url("/plug.png");
    let html: String =
        inside.iter().copied().chain([own.as_str()]).map(|src| format!("<img alt='' src='{src}'>")).collect();
    let published = put(&edge, "articles/en/inside", &article("inside", "html", html));
    assert_eq!(codes(&published.warnings), [(ProblemCode::NoPicture, None); 5], "{published:?}");
    assert!(published.warnings.iter().all(|one| one.sentence.contains("no public server")), "{published:?}");
    assert_eq!(server.asked(), 0);
}

#[test]
fn every_loss_is_named_and_a_trial_stores_nothing() {
    let (edge, server) = (Edge::start_with(&LOCAL), server());
    let html = format!(
        "<p>Where it is</p>\n<script>1</script>\n<img src='{}'>\n<a href='article:nowhere'>x</a> <a href='ftp://x'>y</a>",
        server.url("/none")
    );
    let lossy = article("lossy", "html", html);
    let before = request(&edge, "GET", "content", &[], None).body;
    let tried: Published = request(&edge, "PUT", "articles/en/lossy?dry_run=1", &[], Some(&lossy)).ok();
    let mut expected = vec![
        (ProblemCode::NotShown, Some(2)),
        (ProblemCode::NoDescription, Some(3)),
        (ProblemCode::DeadLink, Some(4)),
        (ProblemCode::UnknownArticle, None),
        (ProblemCode::NoPicture, None),
    ];
    assert_eq!(codes(&tried.warnings), expected, "{tried:?}");
    assert_eq!(request(&edge, "GET", "content", &[], None).body, before);
    assert_eq!(edge.client().get("/api/w/demo/articles/en/lossy").send().status, 404);
    let mut content: Value = serde_json::from_slice(&before).unwrap();
    content["articles"].as_array_mut().unwrap().push(lossy.clone());
    let tried: Published = request(&edge, "PUT", "content?dry_run=1", &[], Some(&content)).ok();
    expected.sort();
    let mut found = codes(&tried.warnings);
    found.retain(|(code, _)| *code != ProblemCode::EmptyTeam);
    found.sort();
    assert_eq!(found, expected, "{tried:?}");
    assert!(tried.warnings.iter().any(|one| one.at.ends_with("].html") && one.sentence.contains("\"About lossy\"")));
    assert_eq!(request(&edge, "GET", "content", &[], None).body, before);
    let stored = put(&edge, "articles/en/lossy", &lossy);
    let mut found = codes(&stored.warnings);
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn two_editors_do_not_undo_one_another() {
    let edge = Edge::start();
    let door = "articles/en/shared/page";
    let written = |text: &str| {
        let mut article = article("shared/page", "markdown", text.into());
        article["url"] = json!("https://www.lumen.example/help/shared");
        article
    };
    let new = [("If-None-Match", "*")];
    assert_eq!(request(&edge, "PUT", door, &new, Some(&written("one"))).status, 200);
    assert_eq!(request(&edge, "PUT", door, &new, Some(&written("x"))).refusal(), (412, ErrorCode::ChangedMeanwhile));
    let source = request(&edge, "GET", &format!("{door}?source=1"), &[], None);
    let version = source.header("etag").to_owned();
    assert_eq!(source.ok::<ArticleSource>().markdown, "one");
    let guarded = [("If-Match", version.as_str())];
    assert_eq!(request(&edge, "PUT", door, &guarded, Some(&written("two"))).status, 200);
    for method in ["PUT", "DELETE"] {
        let body = (method == "PUT").then(|| written("three"));
        let refused = request(&edge, method, door, &guarded, body.as_ref());
        assert_eq!(refused.refusal(), (412, ErrorCode::ChangedMeanwhile), "{method}");
    }
    assert_eq!(plain_text(&read(&edge, "shared/page").blocks), "two");
    assert_eq!(request(&edge, "DELETE", door, &[("If-Match", "*")], None).status, 200);
    let stranger = edge.client().get(&format!("/api/w/demo/{door}?source=1")).send();
    assert_eq!(stranger.refusal(), (401, ErrorCode::NotSignedIn));
    for wrong in ["x", "\"a\", \"b\""] {
        let refused = request(&edge, "PUT", door, &[("If-Match", wrong)], Some(&written("x")));
        assert_eq!(refused.refusal(), (422, ErrorCode::InvalidRequest), "{wrong:?}");
    }
    let lists = request(&edge, "PUT", "answers", &[("If-Match", "*")], Some(&json!({ "answers": [] })));
    assert_eq!(lists.refusal(), (422, ErrorCode::InvalidRequest));
    let answer = json!({ "id": "hours", "locale": "en", "text": "Nine to five.", "examples": ["when are you open"] });
    put(&edge, "answers/en/hours", &answer);
    let source = request(&edge, "GET", "answers/en/hours", &[], None);
    assert!(source.header("etag").len() > 10 && source.ok::<AnswerSource>().text == "Nine to five.");
}

#[test]
fn links_to_pages_of_the_help_centre_open_its_articles() {
    let edge = Edge::start();
    put(&edge, "articles/en/refunds", &article("refunds", "markdown", "# How long\n\nA week.".into()));
    let html = "<a href='refunds#how-long'>a</a> <a href='/help/refunds'>b</a> <a href='#x'>c</a> <a href='/help/other'>d</a> \
         <a href='http://www.lumen.example/help/refunds/?utm_source=mail#how-long'>f</a> <a href='refunds.md'>g</a> \
         <a href='/help/refunds?page=2'>h</a><h2 id=x>X</h2>";
    let mut staff = article("staff", "markdown", "For us.".into());
    staff["audience"] = json!(["staff"]);
    put(&edge, "articles/en/staff", &staff);
    let html = [html, " <p>x <a href='/help/staff'>e</a>"].concat();
    put(&edge, "articles/en/links", &article("links", "html", html));
    let blocks = read(&edge, "links").blocks;
    let Some(Block::Paragraph(spans)) = blocks.first() else { panic!("{blocks:?}") };
    let led: Vec<String> = spans
        .iter()
        .filter_map(|span| match span {
            Span::Article { id, at, .. } => Some(format!("{id} {at}")),
            Span::Link { url, .. } => Some(url.clone()),
            Span::Jump { to, .. } => Some(format!("#{to}")),
            _ => None,
        })
        .collect();
    let pages = ["other", "refunds?page=2"].map(|page| format!("https://www.lumen.example/help/{page}"));
    assert_eq!(led, ["refunds how-long", "refunds ", "#x", &pages[0], "refunds how-long", "refunds ", &pages[1]]);
    let json = serde_json::to_string(&blocks).unwrap();
    assert!(json.contains("https://www.lumen.example/help/staff"), "what the reader may not read stays a page: {json}");
}

#[test]
fn a_picture_of_many_parts_comes_whole() {
    let (edge, server) = (Edge::start_with(&LOCAL), server());
    let html = format!("<img alt='' src='{}'>", server.url("/large.png"));
    assert_eq!(put(&edge, "articles/en/large", &article("large", "html", html)).warnings, []);
    let address = pictures_in(&read(&edge, "large").blocks).next().unwrap().src.clone();
    let given = edge.client().get(&address).send();
    let (whole, note) = (png(400, 300), "tEXtAuthor\0Somebody".len() + 8);
    assert_eq!((given.status, given.body.len()), (200, whole.len() - note), "all of it but the note of its author");
    assert!(whole.ends_with(&given.body[given.body.len() - 100_000..]), "its end is its end");
}

#[test]
fn a_server_that_is_away_is_not_asked_again_with_every_article() {
    let (edge, server) = (Edge::start_with(&LOCAL), server());
    let busy = article("busy", "html", format!("<p>x</p><img alt='' src='{}'>", server.url("/busy")));
    assert_eq!(codes(&put(&edge, "articles/en/busy", &busy).warnings), [(ProblemCode::NoPicture, None)]);
    for id in ["one", "two", "three"] {
        assert_eq!(put(&edge, &format!("articles/en/{id}"), &article(id, "html", "<p>x</p>".into())).warnings, []);
    }
    assert_eq!(server.asked(), 1);
}

#[test]
fn a_body_in_another_encoding_is_told_so() {
    let edge = Edge::start();
    let send = |body: &[u8]| {
        let request = edge.client().request("PUT", "/api/w/demo/articles/en/a").bearer(PUBLISH_TOKEN);
        request.header("Content-Type", "application/json").body(body).send()
    };
    let refused = send(b"{\"id\": \"a\",\n\"title\": \"Gr\xfc\xdfe\"}");
    assert_eq!(refused.refusal(), (400, ErrorCode::BrokenJson));
    assert!(refused.text().contains("not in UTF-8 from byte 25 on, in line 2"), "{}", refused.text());
    let marked = format!("\u{feff}{}", article("a", "markdown", "x".into()));
    assert_eq!(send(marked.as_bytes()).status, 200, "a byte order mark is no mistake");
}
