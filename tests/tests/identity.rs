//! Who a visitor is, as the site has signed it: one person on all of their devices, nobody else, and what the site knows.

use serde_json::{Value, json};
use shared::ids::{ConversationId, TeamId, VisitorToken};
use shared::protocol::*;
use tests::edge::{IDENTITY_KEY, OTHERS_IDENTITY_KEY};
use tests::identity::{identity, now, signed};
use tests::people::{ask_person, conversation, id, reply, say};
use tests::{Agent, Edge, Socket, Visitor, World, eventually};

/// What the demo's help centre surely has an article on.
const QUESTION: &str = "Where is my parcel?";

/// A device of the site's user 17, with a token of its own.
fn device(edge: &Edge, jti: u32, more: Value) -> Visitor {
    Visitor::identified(edge, identity("17", jti, more))
}

/// The next frame with events in it.
fn next_events(socket: &mut Socket) -> Vec<Event> {
    loop {
        match socket.receive() {
            ConversationFrame::Events(Events { events, .. }) if !events.is_empty() => return events,
            ConversationFrame::Refused { error, .. } => panic!("{error:?}"),
            _ => {}
        }
    }
}

fn refused(socket: &mut Socket) -> ErrorCode {
    loop {
        if let ConversationFrame::Refused { error, .. } = socket.receive() {
            return error.code;
        }
    }
}

fn export(visitor: &Visitor) -> VisitorExport {
    visitor.request("GET", "/api/w/demo/visitors/me/export").send().ok()
}

fn summary(agent: &Agent, thread: &ConversationId) -> Summary {
    agent.inbox().into_iter().find(|summary| summary.id == *thread).unwrap()
}

#[test]
fn one_person_on_two_devices_sees_one_thread_live_and_agrees_on_what_is_unread() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let (phone, laptop) = (device(&edge, 1, json!({})), device(&edge, 2, json!({ "plan": "pro" })));
    assert_ne!(phone.token, laptop.token);
    let thread = conversation(1);
    phone.command(&thread, 0, id(1), ask_person());
    let have = phone.events(&thread).events.len() as Seq;
    let unread = |visitor: &Visitor| visitor.threads().iter().map(|thread| thread.unread).collect::<Vec<_>>();

    let (mut on_phone, mut on_laptop) = (phone.live(&thread, have), laptop.live(&thread, 0));
    assert_eq!(next_events(&mut on_laptop), phone.events(&thread).events, "what was before comes first");
    on_phone.send(&VisitorFrame::Do(VisitorCommand { id: id(2), action: say("From my phone") }));
    assert_eq!(next_events(&mut on_laptop), next_events(&mut on_phone));
    agent.command(&thread, 0, id(3), reply("Hello to both"));
    let heard = next_events(&mut on_phone);
    assert_eq!(next_events(&mut on_laptop), heard);
    eventually("the reply to count", || (unread(&phone) == [1]).then_some(()));
    assert_eq!(phone.threads(), laptop.threads());

    let up_to = heard.last().unwrap().seq;
    on_laptop.send(&VisitorFrame::Do(VisitorCommand { id: id(4), action: VisitorAction::Read { up_to } }));
    let mark = std::iter::from_fn(|| Some(on_phone.receive::<ConversationFrame>()))
        .find(|frame| matches!(frame, ConversationFrame::Events(events) if events.read.visitor == up_to));
    assert!(mark.is_some(), "the phone learns what the laptop has read");
    eventually("nothing to be unread", || (unread(&phone) == [0] && unread(&laptop) == [0]).then_some(()));
    assert_eq!((phone.threads(), agent.inbox().len()), (laptop.threads(), 1));
}

#[test]
fn what_the_site_has_not_signed_so_is_refused_and_nothing_is_stored() {
    let world = World::new();
    let site = device(&world.edge, 1, json!({}));
    let header = json!({ "alg": "HS256", "typ": "JWT" });
    let claims = |exp: u64| json!({ "sub": "17", "exp": exp });
    let good = signed(&header, &claims(now() + 60), IDENTITY_KEY);
    let parts: Vec<&str> = good.as_str().split('.').collect();
    let other = signed(&header, &json!({ "sub": "18", "exp": now() + 60 }), "a key that somebody has thought up");
    let swapped = [parts[0], other.as_str().split('.').nth(1).unwrap(), parts[2]].join(".");
    let last = if parts[2].ends_with('A') { "E" } else { "A" };
    let cut = [parts[0], parts[1], &[&parts[2][..parts[2].len() - 1], last].concat()].join(".");
    let taken_from = |text: &str| VisitorToken::parse(text).unwrap();
    for (what, token, code) in [
        ("forged", other.clone(), ErrorCode::WrongToken),
        ("of another workspace", signed(&header, &claims(now() + 60), OTHERS_IDENTITY_KEY), ErrorCode::WrongToken),
        ("with another's claims", taken_from(&swapped), ErrorCode::WrongToken),
        ("with one other character", taken_from(&cut), ErrorCode::WrongToken),
        (
            "of no algorithm",
            signed(&json!({ "alg": "none" }), &claims(now() + 60), IDENTITY_KEY),
            ErrorCode::WrongToken,
        ),
        ("of RS256", signed(&json!({ "alg": "RS256" }), &claims(now() + 60), IDENTITY_KEY), ErrorCode::WrongToken),
        ("expired", signed(&header, &claims(now() - 1), IDENTITY_KEY), ErrorCode::IdentityExpired),
        ("for years", signed(&header, &claims(now() + 400 * 86_400), IDENTITY_KEY), ErrorCode::WrongToken),
        ("in milliseconds", signed(&header, &claims(now() * 1_000), IDENTITY_KEY), ErrorCode::WrongToken),
        ("without an end", signed(&header, &json!({ "sub": "17" }), IDENTITY_KEY), ErrorCode::WrongToken),
        (
            "of somebody signed out",
            signed(&header, &json!({ "sub": "undefined", "exp": now() + 60 }), IDENTITY_KEY),
            ErrorCode::WrongToken,
        ),
        (
            "of tomorrow",
            signed(&header, &json!({ "sub": "17", "exp": now() + 90_000, "nbf": now() + 86_400 }), IDENTITY_KEY),
            ErrorCode::WrongToken,
        ),
        ("of nobody", signed(&header, &json!({ "sub": "", "exp": now() + 60 }), IDENTITY_KEY), ErrorCode::WrongToken),
        ("of no JSON", taken_from("AAAA.AAAA.AAAA"), ErrorCode::WrongToken),
    ] {
        let visitor = Visitor::identified(&world.edge, token);
        let began = CommandRequest { have: 0, command: VisitorCommand { id: id(90), action: say("Let me in") } };
        let path = format!("/api/w/demo/conversations/{}", conversation(90));
        let begins = visitor.request("POST", &format!("{path}/commands")).json(&began);
        world.expect_refused(&format!("{what}: begins"), begins, code);
        let looks = visitor.request("GET", &format!("/api/w/demo/conversations/{}/events", world.thread));
        world.expect_refused(&format!("{what}: looks"), looks, code);
        for (method, path) in [("GET", "conversations"), ("GET", "visitors/me/export"), ("DELETE", "visitors/me")] {
            let request = visitor.request(method, &format!("/api/w/demo/{path}"));
            world.expect_refused(&format!("{what}: {method} {path}"), request, code);
        }
        let mut socket = visitor.live(&world.thread, 0);
        assert_eq!((refused(&mut socket), socket.until_closed()), (code, Vec::new()), "{what}");
        assert_eq!(site.try_events(&conversation(90), 0).refusal().1, ErrorCode::UnknownConversation, "{what}");
    }
    // No shape of a token at all, and one that is over its limit.
    for token in ["a.b", "a.b.c.d", &["e30.", &"a".repeat(8_192), ".a"].concat()] {
        let request = world.edge.client().get("/api/w/demo/conversations").bearer(token);
        world.expect_refused("no token", request, ErrorCode::WrongToken);
    }
    assert_eq!(Visitor::identified(&world.edge, good).threads(), [], "it was the one part that was wrong");
}

#[test]
fn a_devices_secret_opens_nothing_of_an_identity_and_the_other_way_round() {
    let edge = Edge::start();
    let _agent = Agent::set_up(&edge, "Ada");
    let (person, anybody) = (device(&edge, 1, json!({})), Visitor::new(&edge, 1));
    person.command(&conversation(1), 0, id(1), say("While signed in"));
    anybody.command(&conversation(2), 0, id(2), say("After signing out"));
    let other = Visitor::identified(&edge, identity("18", 1, json!({})));
    // Whose name is written so that it looks like somebody else's.
    let odd = Visitor::identified(&edge, identity("demo\u{0}17", 1, json!({})));
    for (who, theirs) in [(&anybody, 1), (&other, 1), (&odd, 1), (&person, 2), (&other, 2)] {
        let thread = conversation(theirs);
        assert_eq!(who.try_events(&thread, 0).refusal().1, ErrorCode::UnknownConversation);
        let written = who.try_command(&thread, 0, id(9), say("I am you"));
        assert_eq!(written.refusal().1, ErrorCode::UnknownConversation);
        assert_eq!(refused(&mut who.live(&thread, 0)), ErrorCode::UnknownConversation);
        assert!(export(who).conversations.iter().all(|one| one.id != thread));
        assert!(who.threads().iter().all(|one| one.id != thread));
    }
    assert_eq!((person.threads().len(), anybody.threads().len(), other.threads().len()), (1, 1, 0));
}

#[test]
fn a_socket_hears_nothing_after_its_identity_has_expired() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let thread = conversation(1);
    let lasting = device(&edge, 1, json!({}));
    lasting.command(&thread, 0, id(1), ask_person());
    let ends = now() + 3;
    let short = device(&edge, 2, json!({ "exp": ends }));
    let (mut listens, mut speaks) = (short.live(&thread, 0), short.live(&thread, 0));
    next_events(&mut listens);
    next_events(&mut speaks);
    eventually("the identity to expire", || (now() > ends).then_some(()));
    speaks.send(&VisitorFrame::Do(VisitorCommand { id: id(2), action: say("Still me?") }));
    assert_eq!(refused(&mut speaks), ErrorCode::IdentityExpired);
    agent.command(&thread, 0, id(3), reply("Only for you"));
    let heard = listens.until_closed().concat();
    assert!(heard.contains("identity_expired") && !heard.contains("Only for you"), "{heard}");
    assert_eq!(short.try_events(&thread, 0).refusal(), (401, ErrorCode::IdentityExpired));
    let said = serde_json::to_string(&lasting.events(&thread)).unwrap();
    assert!(said.contains("Only for you") && !said.contains("Still me?"), "{said}");
}

#[test]
fn rules_on_plan_tenure_products_and_company_place_a_conversation() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let teams = ["money", "old", "tech", "schools"];
    let mut content = edge.content();
    content["operations"] = json!({
        "teams": teams.map(|team| json!({ "id": team, "name": team })),
        "rules": [
            { "id": "plan", "when": { "plan": ["enterprise"] }, "then": { "team": "money" } },
            { "id": "tenure", "when": { "tenure": [{ "from_days": 365 }] }, "then": { "team": "old" } },
            { "id": "products", "when": { "products": ["Lumen Dot"] }, "then": { "team": "tech" } },
            { "id": "company", "when": { "company": ["school"] }, "then": { "team": "schools" } }
        ]
    });
    edge.publish(&content);
    let place = |number: u8, token: VisitorToken| {
        let thread = conversation(number);
        Visitor::identified(&edge, token).command(&thread, 0, id(number), ask_person());
        summary(&agent, &thread).hand_off.unwrap().place.to
    };
    let team = |name: &str| Destination::Team(TeamId::parse(name).unwrap());
    let years = |days: u64| json!({ "customer_since": now() - days * 86_400 });
    for (number, claims, expected) in [
        (1, json!({ "plan": "enterprise" }), team("money")),
        (2, years(366), team("old")),
        (3, years(364), Destination::Escalations),
        (4, json!({ "products": ["Lumen Arc", "Lumen Dot"] }), team("tech")),
        (5, json!({ "company_type": "school" }), team("schools")),
        (6, json!({ "plan": "free" }), Destination::Escalations),
    ] {
        let placed = place(number, identity(&number.to_string(), 1, claims.clone()));
        assert_eq!(placed, expected, "{claims}");
    }
    // What the site says by now counts, also in a thread that began before.
    let thread = conversation(7);
    let before = Visitor::identified(&edge, identity("7", 1, json!({ "plan": "free" })));
    before.command(&thread, 0, id(7), say("Hello"));
    let after = Visitor::identified(&edge, identity("7", 2, json!({ "plan": "enterprise" })));
    after.command(&thread, 0, id(8), ask_person());
    assert_eq!(summary(&agent, &thread).hand_off.unwrap().place.to, team("money"));
    // Not what an older token says that somebody has kept.
    let older = identity("7", 1, json!({ "plan": "free", "exp": now() + 600 }));
    assert_eq!(place(8, older), team("money"));
}

#[test]
fn a_trial_a_new_customer_and_one_at_risk_are_left_to_people() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    for (number, claims, reason) in [
        (1, json!({ "trial": true }), Some(HandOffReason::NewCustomer)),
        (2, json!({ "customer_since": now() - 86_400 }), Some(HandOffReason::NewCustomer)),
        (3, json!({ "at_risk": true }), Some(HandOffReason::AtRisk)),
        (4, json!({ "trial": false, "customer_since": now() - 4_000 * 86_400 }), None),
    ] {
        let thread = conversation(number);
        let visitor = Visitor::identified(&edge, identity(&number.to_string(), 1, claims.clone()));
        visitor.command(&thread, 0, id(number), say(QUESTION));
        assert_eq!(summary(&agent, &thread).hand_off.map(|hand_off| hand_off.reason), reason, "{claims}");
    }
}

#[test]
fn what_the_site_says_is_told_to_agents_and_to_the_visitor_and_ends_with_the_rest() {
    const NAME: &str = "Wilhelmina Quarkenbush";
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let said = json!({ "name": NAME, "plan": "plan-zq-77", "products": ["product-zq-77"] });
    let (phone, laptop) = (device(&edge, 1, said.clone()), device(&edge, 2, said));
    assert_eq!(export(&phone).profile, None, "nothing is kept of somebody who has only looked");
    phone.command(&conversation(1), 0, id(1), ask_person());
    laptop.command(&conversation(2), 0, id(2), say("And another thing"));
    Visitor::new(&edge, 1).command(&conversation(3), 0, id(3), say("I stay here"));

    let copy = export(&laptop);
    let profile = copy.profile.clone().unwrap();
    assert_eq!((profile.name.as_deref(), profile.plan.as_deref()), (Some(NAME), Some("plan-zq-77")));
    assert_eq!(copy.conversations.len(), 2);
    let of: VisitorOf =
        agent.request("GET", &format!("/api/w/demo/conversations/{}/visitor", conversation(1))).send().ok();
    assert_eq!((of.visitor, of.profile), (copy.visitor, Some(profile)));
    let seen = serde_json::to_string(&phone.events(&conversation(1))).unwrap();
    assert!(!seen.contains(NAME), "nobody is greeted with it: {seen}");

    let erased = laptop.request("DELETE", "/api/w/demo/visitors/me").send();
    assert_eq!(erased.ok::<Erasure>(), Erasure { left: 0 });
    assert_eq!((phone.threads(), export(&phone).profile), (Vec::new(), None));
    assert_eq!(phone.try_events(&conversation(1), 0).refusal().1, ErrorCode::UnknownConversation);
    let (thread, gone) = (conversation(1), Vec::<String>::new());
    eventually("the lists to be written anew", || (edge.files_with(thread.as_str().as_bytes()) == gone).then_some(()));
    edge.stop();
    for trace in [NAME, "zq-77", phone.token.as_str(), laptop.token.as_str(), thread.as_str()] {
        assert_eq!(edge.files_with(trace.as_bytes()), gone, "{trace}");
    }
    assert_ne!(edge.files_with(b"I stay here"), Vec::<String>::new(), "the search finds what is there");
}

#[test]
fn a_user_whose_number_is_signed_as_a_number_is_the_one_whose_number_is_signed_as_a_text() {
    let edge = Edge::start();
    let header = json!({ "alg": "HS256", "typ": "JWT" });
    let number = signed(&header, &json!({ "sub": 17, "exp": now() + 60 }), IDENTITY_KEY);
    Visitor::identified(&edge, number).command(&conversation(1), 0, id(1), say("By number"));
    assert_eq!(device(&edge, 1, json!({})).threads().len(), 1);
}

#[test]
fn whoever_has_a_long_name_or_an_odd_one_is_let_in() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let products: Vec<String> = (0..21).map(|number| format!("Product {number}")).collect();
    for (number, more) in [
        (1, json!({ "name": "x".repeat(61) })),
        (2, json!({ "name": "Ana\u{0}\u{202e}\tMaria" })),
        (3, json!({ "products": products })),
        (4, json!({ "plan": "p".repeat(5_000) })),
    ] {
        let visitor = Visitor::identified(&edge, identity(&number.to_string(), 1, more));
        visitor.command(&conversation(number), 0, id(number), ask_person());
        let path = format!("/api/w/demo/conversations/{}/visitor", conversation(number));
        let profile = agent.request("GET", &path).send().ok::<VisitorOf>().profile.unwrap();
        let name = profile.name.unwrap_or_default();
        assert!(name.chars().count() <= 60 && !name.contains(['\u{0}', '\u{202e}', '\t']), "{name:?}");
        assert!(profile.products.len() <= 20 && profile.plan.unwrap_or_default().len() <= 100, "{number}");
    }
}

#[test]
fn a_refused_claim_is_named() {
    let edge = Edge::start();
    let header = json!({ "alg": "HS256", "typ": "JWT" });
    for (claims, named) in [
        (json!({ "exp": now() + 60 }), "sub"),
        (json!({ "sub": true, "exp": now() + 60 }), "sub"),
        (json!({ "sub": "17" }), "exp"),
        (json!({ "sub": "17", "exp": now() + 60, "trial": "yes" }), "trial"),
    ] {
        let visitor = Visitor::identified(&edge, signed(&header, &claims, IDENTITY_KEY));
        let refused = visitor.request("GET", "/api/w/demo/conversations").send();
        assert_eq!(refused.refusal(), (403, ErrorCode::WrongToken), "{claims}");
        assert!(refused.text().contains(&format!(": {named} ")), "{claims}: {}", refused.text());
    }
}
