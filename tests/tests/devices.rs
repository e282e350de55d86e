//! One person on two devices, by the identity that the site has signed, and a shared computer after they have left it.

use serde_json::{Value, json};
use tests::browser::Browser;
use tests::identity::identity;
use tests::people::{id, reply};
use tests::{Agent, Edge, Host, eventually};

/// Tells the loader who is signed in, as a page does.
fn identify(browser: &Browser, identity: Value) {
    browser.script("Beforehand('update', { identity: arguments[0] })", &[identity]);
}

/// A token for the user with this name; each is another one.
fn token(subject: &str, jti: u32) -> Value {
    json!(identity(subject, jti, json!({})))
}

/// Everything that is kept in the panel's frame.
fn kept(browser: &Browser) -> String {
    let all = "return JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])";
    String::from(browser.script(all, &[]).as_str().unwrap())
}

fn unread(host: &Host<'_>, count: u32) {
    let name = if count == 0 { String::from("Help chat") } else { format!("Help chat, {count} unread") };
    eventually(&format!("a launcher with the name {name:?}"), || (host.launcher().name() == name).then_some(()));
}

#[test]
fn one_person_on_two_devices_sees_one_thread_and_leaves_nothing_on_a_shared_computer() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let (phones, shared) = (Browser::open(&edge), Browser::open(&edge));

    // Somebody who has not signed in was at the shared computer before.
    let computer = Host::visit(&shared, &edge, "/plain/");
    computer.open_panel();
    computer.say("Asked without a name");
    shared.leave();
    let anonymous = agent.inbox()[0].id.clone();

    let phone = Host::visit(&phones, &edge, "/plain/");
    identify(&phones, token("17", 1));
    phone.open_panel();
    phone.say("My lamp hums");
    phones.named("button", "Talk to a person").click();
    phones.css(".desk-with-people").wait();
    let thread = agent.inbox().into_iter().map(|line| line.id).find(|id| *id != anonymous).unwrap();
    assert!(!kept(&phones).contains("token"), "an identity needs no secret of the browser: {}", kept(&phones));
    phones.named("button", "Close").click();
    phones.leave();

    identify(&shared, token("17", 2));
    computer.enter_panel();
    shared.css(".home-recent").wait_for_text("My lamp hums");
    assert!(!shared.css(".home-recent").text().contains("without a name"));
    shared.named("button", "Close").click();
    shared.leave();
    agent.command(&thread, 0, id(90), reply("Unplug it, please."));
    for host in [&phone, &computer] {
        unread(host, 1);
    }
    computer.open_panel();
    shared.css(".home-recent button").click();
    shared.role("log").wait_for_text("Unplug it, please.");
    for (host, browser) in [(&computer, &shared), (&phone, &phones)] {
        browser.leave();
        unread(host, 0);
    }

    // A new token of the same person changes nothing on the screen.
    computer.enter_panel();
    computer.write("half a sent");
    shared.leave();
    identify(&shared, token("17", 3));
    computer.enter_panel();
    computer.write("ence");
    assert_eq!(computer.composer().property("textContent"), "half a sentence");
    shared.expect_accessible("the thread of one who has signed in");

    for (who, token) in [("nobody", Value::Null), ("somebody else", token("18", 4))] {
        shared.leave();
        identify(&shared, token);
        let blank = || {
            shared.leave();
            computer.enter_panel();
            (computer.composer().property("textContent") == "").then_some(())
        };
        eventually(&format!("the panel to start over for {who}"), blank);
        let page = shared.css("body").text();
        assert!(!page.contains("lamp") && !page.contains("Unplug"), "{who} sees {page}");
        assert!(!kept(&shared).contains("half a sentence"), "{}", kept(&shared));
        shared.leave();
        unread(&computer, 0);
    }
    identify(&shared, Value::Null);
    computer.enter_panel();
    shared.css("body").wait_for_text("without a name");
    shared.leave();
    for (browser, what) in [(&phones, "the phone"), (&shared, "the shared computer")] {
        browser.expect_quiet(what);
    }
}
