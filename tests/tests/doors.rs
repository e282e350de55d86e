//! Bad input at every door: the same table for all of them. The peculiarities of single doors are in `refusals.rs`.

use serde_json::{Value, json};
use shared::protocol::{ErrorCode, MAX_BODY, MAX_CONTENT};
use tests::World;
use tests::http::Request;

/// Who a door is for.
#[derive(Clone, Copy, PartialEq)]
enum For {
    Everybody,
    Visitors,
    Agents,
    Publishers,
    Operator,
}

/// How a page of another origin is kept out.
#[derive(Clone, Copy, PartialEq)]
enum Origin {
    /// The door tells nothing that is not public.
    Any,
    /// A foreign origin is refused; programs, which have none, are not.
    NotForeign,
    /// Browsers always send it here, so it must be there and be the edge's own.
    Own,
}

struct Door {
    method: &'static str,
    path: &'static str,
    who: For,
    origin: Origin,
    /// A body that the door would take.
    body: Option<fn() -> Value>,
    socket: bool,
}

const fn door(method: &'static str, path: &'static str, who: For, origin: Origin) -> Door {
    Door { method, path, who, origin, body: None, socket: false }
}

const fn taking(door: Door, body: fn() -> Value) -> Door {
    Door { body: Some(body), ..door }
}

const fn socket(path: &'static str, who: For) -> Door {
    Door { socket: true, ..door("GET", path, who, Origin::Own) }
}

/// Every door of the API, without the workspace in front.
const DOORS: [Door; 47] = [
    door("GET", "boot?locale=en", For::Everybody, Origin::Any),
    door("GET", "articles/en/track-a-parcel", For::Everybody, Origin::Any),
    taking(door("POST", "resolutions", For::Everybody, Origin::NotForeign), resolution),
    door("GET", "conversations", For::Visitors, Origin::NotForeign),
    taking(door("POST", "conversations/{thread}/commands", For::Visitors, Origin::NotForeign), command),
    door("GET", "conversations/{thread}/events?have=0", For::Visitors, Origin::NotForeign),
    socket("conversations/{thread}/live", For::Everybody),
    door("GET", "setup", For::Everybody, Origin::Any),
    taking(door("POST", "setup", For::Everybody, Origin::Own), setup),
    taking(door("POST", "session", For::Everybody, Origin::Own), sign_in),
    door("GET", "session", For::Agents, Origin::Any),
    door("DELETE", "session", For::Agents, Origin::Own),
    door("GET", "inbox", For::Agents, Origin::Any),
    socket("inbox/live", For::Agents),
    door("GET", "inbox/articles?locale=en", For::Agents, Origin::Any),
    taking(door("POST", "conversations/{thread}/agent-commands", For::Agents, Origin::Own), agent_command),
    door("GET", "conversations/{thread}/agent-events?have=0", For::Agents, Origin::Any),
    socket("conversations/{thread}/agent-live", For::Agents),
    door("GET", "team", For::Agents, Origin::Any),
    taking(door("POST", "away", For::Agents, Origin::Own), || json!({ "away": false })),
    door("POST", "invitations", For::Agents, Origin::Own),
    taking(door("POST", "routing/explain", For::Agents, Origin::Own), case),
    taking(door("POST", "assistant/explain", For::Agents, Origin::NotForeign), case),
    door("GET", "written", For::Agents, Origin::NotForeign),
    taking(door("POST", "written", For::Agents, Origin::Own), decisions),
    door("GET", "report?days=7", For::Agents, Origin::Any),
    door("GET", "visitors/me/export", For::Visitors, Origin::NotForeign),
    door("DELETE", "visitors/me", For::Visitors, Origin::NotForeign),
    door("GET", "visitors/{visitor}/export", For::Agents, Origin::NotForeign),
    door("DELETE", "visitors/{visitor}", For::Agents, Origin::Own),
    door("GET", "conversations/{thread}/visitor", For::Agents, Origin::Any),
    taking(door("PUT", "", For::Operator, Origin::Any), || json!({ "setup_token": "a-token-of-24-characters-" })),
    door("POST", "secrets/publish", For::Publishers, Origin::Any),
    door("POST", "secrets/identity", For::Publishers, Origin::Any),
    door("GET", "content", For::Publishers, Origin::Any),
    taking(door("PUT", "content", For::Publishers, Origin::Any), content),
    door("GET", "settings", For::Publishers, Origin::Any),
    taking(door("PUT", "settings", For::Publishers, Origin::Any), settings),
    door("GET", "operations", For::Publishers, Origin::Any),
    taking(door("PUT", "operations", For::Publishers, Origin::Any), operations),
    taking(door("PUT", "articles", For::Publishers, Origin::Any), || json!({ "articles": [article()] })),
    taking(door("PUT", "articles/en/track-a-parcel", For::Publishers, Origin::Any), article),
    door("DELETE", "articles/en/track-a-parcel", For::Publishers, Origin::Any),
    taking(door("PUT", "answers", For::Publishers, Origin::Any), || json!({ "answers": [answer()] })),
    taking(door("PUT", "answers/en/hours", For::Publishers, Origin::Any), answer),
    door("GET", "answers/en/hours", For::Publishers, Origin::Any),
    door("DELETE", "answers/en/hours", For::Publishers, Origin::Any),
];

/// The public name of a visitor who was never here.
const NOBODY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn resolution() -> Value {
    json!({ "id": "CQkJCQkJCQkJCQkJCQkJCQ", "article": "track-a-parcel", "locale": "en", "helped": true })
}

fn decisions() -> Value {
    let one =
        json!({ "locale": "en", "article": "track-a-parcel", "kind": "keyword", "text": "x", "decision": "rejected" });
    json!({ "decisions": [one] })
}

fn command() -> Value {
    let context = json!({ "url": "http://localhost/", "title": "Lumen", "locale": "en", "shown": [] });
    json!({ "have": 0, "command": { "id": "CQkJCQkJCQkJCQkJCQkJCQ", "action": { "say": { "text": "Hello", "context": context } } } })
}

fn agent_command() -> Value {
    json!({ "have": 0, "command": { "id": "CQkJCQkJCQkJCQkJCQkJCQ", "action": { "reply": { "text": "Hello" } } } })
}

fn case() -> Value {
    json!({ "case": { "text": "Where is my refund?" } })
}

fn setup() -> Value {
    json!({ "token": tests::edge::SETUP_TOKEN, "name": "Mallory", "password": "correct horse battery" })
}

fn sign_in() -> Value {
    json!({ "name": "Ada", "password": "not her password" })
}

fn content() -> Value {
    json!({ "settings": settings(), "operations": operations(), "articles": [article()], "answers": [answer()] })
}

fn settings() -> Value {
    json!({ "panel": { "name": "Taken over" }, "origins": [], "default_locale": "en" })
}

fn operations() -> Value {
    json!({ "teams": [{ "id": "mallory", "name": "Mallory" }] })
}

fn article() -> Value {
    json!({ "id": "track-a-parcel", "locale": "en", "title": "Taken over", "markdown": "", "url": "https://evil.example/" })
}

fn answer() -> Value {
    json!({ "id": "hours", "locale": "en", "text": "Never.", "examples": [] })
}

impl Door {
    fn path(&self, world: &World, workspace: &str) -> String {
        format!(
            "/api/w/{workspace}/{}",
            self.path.replace("{thread}", world.thread.as_str()).replace("{visitor}", NOBODY)
        )
    }

    /// A request that has neither proof nor origin nor body.
    fn bare(&self, world: &World, workspace: &str) -> Request {
        let request = world.edge.client().request(self.method, &self.path(world, workspace));
        if self.socket { upgrade(request) } else { request }
    }

    fn proven(&self, world: &World, request: Request) -> Request {
        match self.who {
            For::Everybody => request,
            For::Visitors => request.bearer(world.visitor.token.as_str()),
            For::Agents => request.header("Cookie", &world.agent.cookie),
            For::Publishers => request.bearer(tests::edge::PUBLISH_TOKEN),
            For::Operator => request.bearer(tests::edge::OPERATOR_TOKEN),
        }
    }

    fn at_home(&self, world: &World, request: Request) -> Request {
        if self.origin == Origin::Own { request.header("Origin", &world.edge.origin()) } else { request }
    }

    /// A request that lacks only a body.
    fn bodiless(&self, world: &World, workspace: &str) -> Request {
        self.at_home(world, self.proven(world, self.bare(world, workspace)))
    }

    fn with_body(&self, request: Request) -> Request {
        match self.body {
            Some(body) => request.json(&body()),
            None => request,
        }
    }
}

fn upgrade(request: Request) -> Request {
    request
        .header("Connection", "Upgrade")
        .header("Upgrade", "websocket")
        .header("Sec-WebSocket-Version", "13")
        .header("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==")
}

#[test]
fn a_door_takes_its_own_method_only() {
    let world = World::new();
    for door in &DOORS {
        let path = door.path(&world, "demo");
        for method in ["GET", "PATCH", "PUT", "DELETE", "POST"] {
            if !DOORS.iter().any(|other| other.method == method && other.path == door.path) {
                let request = world.agent.request(method, &path);
                let request = if method == "GET" { request } else { request.json(&json!({})) };
                world.expect_refused(&format!("{method} {path}"), request, ErrorCode::WrongMethod);
            }
        }
    }
}

#[test]
fn a_body_is_json_of_the_right_shape_and_size() {
    let world = World::new();
    for door in &DOORS {
        let Some(body) = door.body else { continue };
        let check = |what: &str, request: Request, code| {
            world.expect_refused(&format!("{} {}: {what}", door.method, door.path), request, code);
        };
        let start = || door.bodiless(&world, "demo");
        let json = || start().header("Content-Type", "application/json");
        let valid = body().to_string();
        check("no content type", start().body(valid.clone()), ErrorCode::WrongContentType);
        for kind in
            ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp"]
        {
            check(kind, start().header("Content-Type", kind).body(valid.clone()), ErrorCode::WrongContentType);
        }
        check("nothing", json().body(""), ErrorCode::BrokenJson);
        check("half of it", json().body(&valid[..valid.len() / 2]), ErrorCode::BrokenJson);
        check("two of it", json().body([valid.as_str(), &valid].concat()), ErrorCode::BrokenJson);
        check("no UTF-8", json().body(b"\xff\xfe".to_vec()), ErrorCode::BrokenJson);
        check("deep nesting", json().body("[".repeat(10_000)), ErrorCode::InvalidRequest);
        // Operations in which nothing is said are operations, and a workspace may be made without a word.
        let may_be_empty = matches!(door.path, "operations" | "");
        for shape in ["null", "[]", "{}", "17", "\"text\""].into_iter().filter(|shape| *shape != "{}" || !may_be_empty)
        {
            check(shape, json().body(shape), ErrorCode::InvalidRequest);
        }
        for (place, spoilt) in spoilt(&body()) {
            check(
                &format!("an unknown field at {place:?}"),
                json().body(spoilt.to_string()),
                ErrorCode::InvalidRequest,
            );
        }
        let limit = if door.who == For::Publishers { MAX_CONTENT } else { MAX_BODY };
        let padded = || valid.clone() + &" ".repeat(limit + 1 - valid.len());
        check("too large", json().body(padded()), ErrorCode::BodyTooLarge);
        check("too large, without a length", json().chunked(padded()), ErrorCode::BodyTooLarge);
        let far = || valid.clone() + &" ".repeat(MAX_CONTENT / 2);
        if limit == MAX_BODY {
            check("far too large", json().body(far()), ErrorCode::BodyTooLarge);
        }
    }
}

/// A valid body with an unknown field, once for each object in it; these would be a tenant or an author in an attack.
fn spoilt(body: &Value) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    let mut places = vec![String::new()];
    while let Some(place) = places.pop() {
        let Some(object) = body.pointer(&place).and_then(Value::as_object) else { continue };
        places.extend(object.keys().map(|key| format!("{place}/{key}")));
        for field in ["by", "workspace", "unknown"] {
            let mut spoilt = body.clone();
            spoilt.pointer_mut(&place).unwrap()[field] = json!("agent");
            all.push((format!("{place}/{field}"), spoilt));
        }
    }
    all
}

#[test]
fn a_door_for_somebody_wants_their_proof() {
    let world = World::new();
    for door in &DOORS {
        let what = |what: &str| format!("{} {}: {what}", door.method, door.path);
        let start = || door.with_body(door.at_home(&world, door.bare(&world, "demo")));
        let check = |case: &str, request: Request, code| world.expect_refused(&what(case), request, code);
        if door.who == For::Everybody {
            continue;
        }
        check("no proof", start(), ErrorCode::NotSignedIn);
        if door.who == For::Agents {
            // A session that is not there has ended already, so ending it is no mistake.
            let ends_it = door.method == "DELETE";
            for cookie in ["bh_session=", "bh_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "other=1"] {
                if !ends_it {
                    check(cookie, start().header("Cookie", cookie), ErrorCode::NotSignedIn);
                }
            }
            let token = world.visitor.token.as_str();
            check("a visitor's token", start().bearer(token), ErrorCode::NotSignedIn);
        } else {
            check("another scheme", start().header("Authorization", "Basic YTpi"), ErrorCode::NotSignedIn);
            check("an agent's cookie", start().header("Cookie", &world.agent.cookie), ErrorCode::NotSignedIn);
            check("no token of any kind", start().bearer("guess"), ErrorCode::WrongToken);
            check("nothing", start().bearer(""), ErrorCode::NotSignedIn);
        }
    }
}

#[test]
fn a_page_of_another_origin_is_kept_out() {
    let world = World::new();
    for door in &DOORS {
        let start = || door.with_body(door.proven(&world, door.bare(&world, "demo")));
        let what = |origin: &str| format!("{} {} from {origin}", door.method, door.path);
        if door.origin == Origin::Any {
            continue;
        }
        // The host pages are foreign too: they speak to the panel, never to the edge.
        for origin in
            ["https://evil.example", "null", &world.edge.site(), &format!("{}.evil.example", world.edge.origin())]
        {
            world.expect_refused(&what(origin), start().header("Origin", origin), ErrorCode::ForeignOrigin);
        }
        if door.origin == Origin::Own {
            world.expect_refused(&what("nowhere"), start(), ErrorCode::ForeignOrigin);
        }
    }
}

#[test]
fn a_workspace_that_is_not_there_is_not_there_at_any_door() {
    let world = World::new();
    // The operator makes it.
    for door in DOORS.iter().filter(|door| door.who != For::Operator) {
        for workspace in ["nobody", "Demo", "demo%20", "a.b", &"x".repeat(41)] {
            let request = door.with_body(door.bodiless(&world, workspace));
            let what = format!("{} {} of {workspace}", door.method, door.path);
            world.expect_refused(&what, request, ErrorCode::UnknownWorkspace);
        }
    }
}

#[test]
fn a_socket_is_opened_by_an_upgrade_only() {
    let world = World::new();
    for door in DOORS.iter().filter(|door| door.socket) {
        let request = door.proven(&world, world.edge.client().get(&door.path(&world, "demo")));
        let request = door.at_home(&world, request);
        world.expect_refused(door.path, request, ErrorCode::UpgradeNeeded);
    }
}

#[test]
fn what_is_no_door_says_so() {
    let world = World::new();
    let client = world.edge.client();
    for path in [
        "/nowhere",
        "/api",
        "/api/w/demo/nowhere",
        "/api/w/demo/conversations/x/y/z",
        "/api/w/demo/inbox/nowhere",
        "/a/panel.0000000000000000.js",
        "/a/..%2Fpanel.html",
        "/a/.hidden",
        "/w/demo/index/en.0000000000000000.bin",
        "/w/demo/index/en.bin",
        "/w/demo/index/..%2F..%2Fen.0.bin",
    ] {
        world.expect_refused(path, client.get(path), ErrorCode::UnknownDoor);
    }
    for path in ["/beforehand.js", "/panel?workspace=demo", "/inbox", "/a/panel.js"] {
        world.expect_refused(path, client.post(path).body("x"), ErrorCode::WrongMethod);
    }
    for path in ["/panel", "/panel?workspace=nobody", "/panel?workspace=%2E%2E%2Fdemo"] {
        world.expect_refused(path, client.get(path), ErrorCode::UnknownWorkspace);
    }
}
