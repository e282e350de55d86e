//! Each workspace has secrets of its own, made with it. The operator's token makes workspaces and does nothing else.

use serde_json::{Value, json};
use shared::limits::{Kind, Scope};
use shared::protocol::*;
use tests::edge::{IDENTITY_KEY, OPERATOR_TOKEN, PUBLISH_TOKEN, SETUP_TOKEN};
use tests::http::Request;
use tests::identity::{now, signed};
use tests::people::PASSWORD;
use tests::{Agent, Client, Edge, Reply, Stored};

fn made(edge: &Edge, name: &str) -> WorkspaceSecrets {
    let reply = edge.try_make(name).send();
    assert_eq!((reply.status, reply.header("cache-control")), (201, "no-store"), "{}", reply.text());
    serde_json::from_slice(&reply.body).unwrap()
}

fn publish(edge: &Edge, workspace: &str, token: &str) -> Reply {
    let settings = json!({ "panel": { "name": "Published" }, "origins": [], "default_locale": "en" });
    let path = format!("/api/w/{workspace}/settings");
    edge.client().request("PUT", &path).bearer(token).json(&settings).send()
}

fn set_up(edge: &Edge, workspace: &str, token: &str) -> Reply {
    let setup = Setup { token: token.into(), name: "Ada".into(), password: PASSWORD.into() };
    let request = edge.client().post(&format!("/api/w/{workspace}/setup"));
    request.header("Origin", &edge.origin()).json(&setup).send()
}

/// What the workspace says to a visitor whom its site has signed with this key.
fn threads(edge: &Edge, workspace: &str, key: &str) -> Reply {
    let claims = json!({ "sub": "17", "exp": now() + 60 });
    let token = signed(&json!({ "alg": "HS256" }), &claims, key);
    edge.client().get(&format!("/api/w/{workspace}/conversations")).bearer(token.as_str()).send()
}

fn name_of(edge: &Edge, workspace: &str) -> String {
    edge.client().get(&format!("/api/w/{workspace}/boot")).send().ok::<Boot>().panel.name
}

#[test]
fn the_secrets_of_one_workspace_open_nothing_of_another() {
    let edge = Edge::start_empty();
    let (one, two) = (made(&edge, "one"), made(&edge, "two"));
    let all = [&one.setup_token, &one.publish_token, &one.identity_key, &two.setup_token, &two.publish_token];
    let mut distinct = all.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    assert!(distinct.len() == all.len() && all.iter().all(|secret| secret.len() >= 43), "{all:?}");
    for token in [&one.publish_token, &two.setup_token, &two.identity_key, PUBLISH_TOKEN, OPERATOR_TOKEN] {
        assert_eq!(publish(&edge, "two", token).refusal(), (403, ErrorCode::WrongToken), "{token}");
    }
    for token in [&one.setup_token, &two.publish_token, SETUP_TOKEN, OPERATOR_TOKEN] {
        assert_eq!(set_up(&edge, "two", token).refusal(), (403, ErrorCode::WrongToken), "{token}");
    }
    for key in [&one.identity_key, &two.publish_token, IDENTITY_KEY, OPERATOR_TOKEN] {
        assert_eq!(threads(&edge, "two", key).refusal(), (403, ErrorCode::WrongToken), "{key}");
    }
    assert_eq!(name_of(&edge, "two"), "two", "it begins with its own name");
    publish(&edge, "two", &two.publish_token).ok::<Published>();
    set_up(&edge, "two", &two.setup_token).ok::<Me>();
    threads(&edge, "two", &two.identity_key).ok::<Threads>();
    assert_eq!((name_of(&edge, "one"), name_of(&edge, "two")), ("one".into(), "Published".into()));
    edge.stop();
    for secret in [&two.setup_token, &two.publish_token, &one.setup_token, &one.publish_token] {
        assert_eq!(edge.files_with(secret.as_bytes()), Vec::<String>::new(), "only digests are stored");
    }
}

#[test]
fn the_operators_token_makes_a_workspace_once_and_does_nothing_else() {
    let edge = Edge::start_empty();
    let make = |token: &str| edge.client().request("PUT", "/api/w/acme").bearer(token).send();
    for token in ["guess", PUBLISH_TOKEN, SETUP_TOKEN, &OPERATOR_TOKEN[1..]] {
        assert_eq!(make(token).refusal(), (403, ErrorCode::WrongToken), "{token}");
    }
    assert_eq!(edge.client().request("PUT", "/api/w/acme").send().refusal().1, ErrorCode::NotSignedIn);
    assert_eq!(edge.client().get("/api/w/acme/boot").send().refusal().1, ErrorCode::UnknownWorkspace);
    let secrets = made(&edge, "acme");
    assert_eq!(make(OPERATOR_TOKEN).refusal(), (409, ErrorCode::WorkspaceExists));
    publish(&edge, "acme", &secrets.publish_token).ok::<Published>();
    for (method, path) in
        [("GET", "content"), ("GET", "operations"), ("POST", "secrets/publish"), ("POST", "secrets/identity")]
    {
        let request = edge.client().request(method, &format!("/api/w/acme/{path}")).bearer(OPERATOR_TOKEN);
        assert_eq!(request.send().refusal(), (403, ErrorCode::WrongToken), "{path}");
    }
    for name in ["Acme", "a.b", "a b", "a%2fb"] {
        let refused =
            edge.client().request("PUT", &format!("/api/w/{}", name.replace(' ', "%20"))).bearer(OPERATOR_TOKEN);
        let refused = refused.send();
        assert_eq!(refused.refusal().1, ErrorCode::InvalidRequest, "{name}");
        assert!(refused.text().contains("small letters"), "{}", refused.text());
    }
    let without = Edge::start_empty_with(&[("OPERATOR_TOKEN", "")]);
    for token in [OPERATOR_TOKEN, "", SETUP_TOKEN] {
        let refused = without.client().request("PUT", "/api/w/acme").bearer(token).send();
        assert!(matches!(refused.status, 401 | 403), "{token}");
    }
}

#[test]
fn guesses_at_the_operators_token_are_counted_over_all_names_and_leave_nothing_behind() {
    let edge = Edge::start_empty();
    made(&edge, "acme");
    let files = edge.files().len();
    let guess = |number: u32| {
        let request = edge.client().request("PUT", &format!("/api/w/invented-{number}")).bearer("a guess");
        request.send().refusal().1
    };
    let codes: Vec<ErrorCode> = (0..60).map(guess).collect();
    let refused = codes.iter().filter(|code| **code == ErrorCode::WrongToken).count();
    assert!((20..=25).contains(&refused) && codes.last() == Some(&ErrorCode::TooMany), "{codes:?}");
    assert_eq!(edge.files().len(), files);
    assert_eq!(edge.try_make("other").send().status, 201, "the right one is not shut out");
}

#[test]
fn of_those_who_renew_a_token_at_once_one_has_the_new_one() {
    let edge = Edge::start_empty();
    let secrets = made(&edge, "acme");
    let (origin, token) = (edge.origin(), &secrets.publish_token);
    let renew = || Client::new(&origin).request("POST", "/api/w/acme/secrets/publish").bearer(token).send().status;
    let mut answers = std::thread::scope(|scope| {
        let all: Vec<_> = (0..6).map(|_| scope.spawn(renew)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect::<Vec<_>>()
    });
    answers.sort_unstable();
    assert_eq!(answers, [200, 403, 403, 403, 403, 403]);
}

#[test]
fn secrets_that_an_operator_brings_along_are_long_enough() {
    let edge = Edge::start_empty();
    let with = |body: Value| edge.try_make("acme").json(&body).send();
    for body in [
        json!({ "setup_token": "x".repeat(23) }),
        json!({ "publish_token": "" }),
        json!({ "identity_key": "x".repeat(31) }),
        json!({ "publish_token": "x".repeat(201) }),
        json!({ "publish_token": "two words of more than 24 characters" }),
        json!({ "publish_token": "é".repeat(24) }),
        json!({ "password": "x".repeat(24) }),
    ] {
        assert_eq!(with(body.clone()).refusal(), (422, ErrorCode::InvalidRequest), "{body}");
    }
    assert_eq!(edge.client().get("/api/w/acme/setup").send().refusal().1, ErrorCode::UnknownWorkspace);
    let token = "x".repeat(24);
    assert_eq!(with(json!({ "publish_token": token })).status, 201);
    publish(&edge, "acme", &token).ok::<Published>();
}

#[test]
fn publishing_under_a_name_that_nobody_has_made_says_how_to_make_it() {
    let edge = Edge::start();
    for (method, path) in [("PUT", "content"), ("PUT", "settings"), ("PUT", "articles"), ("GET", "content")] {
        let request = edge.client().request(method, &format!("/api/w/deom/{path}")).bearer(PUBLISH_TOKEN);
        let request: Request = if method == "PUT" { request.json(&edge.content()) } else { request };
        let refused = request.send();
        assert_eq!(refused.refusal(), (404, ErrorCode::UnknownWorkspace), "{path}");
        assert!(refused.text().contains("PUT /api/w/deom"), "{}", refused.text());
    }
    assert_eq!(edge.client().get("/api/w/deom/boot").send().refusal().1, ErrorCode::UnknownWorkspace);
}

#[test]
fn a_secret_is_renewed_and_a_former_key_holds_until_its_tokens_have_ended() {
    let edge = Edge::start_empty();
    let first = made(&edge, "acme");
    let renew = |what: &str, token: &str| {
        let request = edge.client().post(&format!("/api/w/acme/secrets/{what}")).bearer(token).send();
        request.ok::<RenewedSecret>().secret
    };
    let key = renew("identity", &first.publish_token);
    assert_ne!(key, first.identity_key);
    for key in [&key, &first.identity_key] {
        threads(&edge, "acme", key).ok::<Threads>();
    }
    let last = renew("identity", &first.publish_token);
    for key in [&key, &last] {
        threads(&edge, "acme", key).ok::<Threads>();
    }
    assert_eq!(threads(&edge, "acme", &first.identity_key).refusal().1, ErrorCode::WrongToken, "two are taken at most");
    let token = renew("publish", &first.publish_token);
    assert_eq!(publish(&edge, "acme", &first.publish_token).refusal().1, ErrorCode::WrongToken);
    publish(&edge, "acme", &token).ok::<Published>();
    edge.kill();
    edge.restart();
    publish(&edge, "acme", &token).ok::<Published>();
    threads(&edge, "acme", &key).ok::<Threads>();
}

#[test]
fn a_workspace_of_an_earlier_build_goes_on_with_the_secrets_of_the_environment_until_it_has_its_own() {
    for stored in Stored::all() {
        let edge = stored.edge();
        edge.restart();
        let settings = || edge.client().get("/api/w/demo/settings");
        settings().bearer(PUBLISH_TOKEN).send().ok::<Value>();
        threads(&edge, "demo", IDENTITY_KEY).ok::<Threads>();
        assert_eq!(set_up(&edge, "demo", SETUP_TOKEN).refusal().1, ErrorCode::AlreadySetUp);
        // They open what is there already, and make nothing.
        assert_eq!(publish(&edge, "other", PUBLISH_TOKEN).refusal().1, ErrorCode::UnknownWorkspace);
        let before = settings().bearer(PUBLISH_TOKEN).send().ok::<Value>();
        let own = made(&edge, "demo");
        assert_eq!(edge.try_make("demo").send().refusal().1, ErrorCode::WorkspaceExists);
        assert_eq!(settings().bearer(PUBLISH_TOKEN).send().refusal().1, ErrorCode::WrongToken);
        assert_eq!(settings().bearer(&own.publish_token).send().ok::<Value>(), before, "nothing else has changed");
        assert_eq!(set_up(&edge, "demo", SETUP_TOKEN).refusal().1, ErrorCode::WrongToken);
        // Sites have signed with the key of the environment, which names its workspace.
        tests::eventually("the new key to be known", || {
            (threads(&edge, "demo", &own.identity_key).status == 200).then_some(())
        });
        threads(&edge, "demo", IDENTITY_KEY).ok::<Threads>();
        assert_eq!(Agent::sign_in(&edge, "Ada").me.name, "Ada");
    }
}

#[test]
fn a_workspace_without_a_key_for_identities_says_so() {
    let stored = Stored::all().remove(0);
    for keys in ["", "fresh:identity-key-of-others-in-the-tests", "demo:short", IDENTITY_KEY] {
        let edge = stored.edge_with(&[("IDENTITY_SECRET", keys)]);
        edge.restart();
        assert_eq!(threads(&edge, "demo", IDENTITY_KEY).refusal(), (403, ErrorCode::NoIdentityKey), "{keys:?}");
    }
}

#[test]
fn wrong_publish_tokens_are_counted_and_the_right_one_is_not_shut_out() {
    let edge = Edge::start();
    let burst = Kind::SignIn.rate(Scope::Address).burst;
    let refusals: Vec<ErrorCode> =
        (0..burst + 3).map(|n| publish(&edge, "demo", &format!("guess {n}")).refusal().1).collect();
    assert_eq!(refusals[0], ErrorCode::WrongToken);
    assert_eq!(refusals.last(), Some(&ErrorCode::TooMany));
    publish(&edge, "demo", PUBLISH_TOKEN).ok::<Published>();
}

#[test]
fn invitations_are_counted() {
    let edge = Edge::start();
    let ada = Agent::set_up(&edge, "Ada");
    let burst = Kind::SignIn.rate(Scope::Address).burst as usize;
    let invite = || ada.request("POST", "/api/w/demo/invitations").send().status;
    let made = (0..burst * 2).take_while(|_| invite() == 200).count();
    assert!((10..=burst).contains(&made), "{made} in a row");
    assert_eq!(invite(), 429);
}

#[test]
fn a_link_that_is_of_no_use_says_so_before_a_form_is_filled_in() {
    let edge = Edge::start();
    let state = |token: &str| edge.client().get("/api/w/demo/setup").bearer(token).send();
    assert!(state(SETUP_TOKEN).ok::<SetupState>().needed);
    let refused = |token: &str| state(token).ok::<SetupState>().refused;
    assert_eq!((refused("guess"), refused(SETUP_TOKEN)), (Some(ErrorCode::WrongToken), None));
    let ada = Agent::set_up(&edge, "Ada");
    assert_eq!(refused(SETUP_TOKEN), Some(ErrorCode::AlreadySetUp));
    let invitation = ada.invitation().token;
    assert_eq!(refused(&invitation), None);
    Agent::try_join(&edge, &invitation, "Bob").ok::<Me>();
    assert_eq!(refused(&invitation), Some(ErrorCode::WrongToken));
}
