//! The lines that are seen in the composer are kept and sent, whichever way they came in.

use shared::protocol::{Author, What};
use tests::browser::{Browser, Key};
use tests::{Agent, Edge, Host, eventually, waiting::eventually_ok};

const LINES: &str = "My order number is 12345\nMy name is Jo\n\nThe lamp is broken";

#[test]
fn every_line_break_that_is_seen_is_sent() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    let command = |text| {
        browser.script("document.execCommand('insertText', false, arguments[0])", &[serde_json::json!(text)]);
    };
    let type_lines = |text: &str| {
        let keys = text.chars().map(|letter| if letter == '\n' { Key::NewLine } else { Key::Char(letter) });
        browser.press(&keys.collect::<Vec<_>>());
    };
    let ways: [(&str, &str, &dyn Fn()); 7] = [
        ("an input method", LINES, &|| browser.insert(LINES)),
        ("a program", LINES, &|| command(LINES)),
        ("keys", LINES, &|| type_lines(LINES)),
        ("the clipboard", LINES, &|| {
            browser.insert(LINES);
            browser.press(&[Key::Control('a'), Key::Control('x'), Key::Control('v')]);
        }),
        ("keys and an input method", "one\ntwo\nthree\n\nfour", &|| {
            type_lines("one\n");
            browser.insert("two\nthree");
            type_lines("\n\nfour");
        }),
        ("an input method in the midst of a word", "la\n\nmp", &|| {
            type_lines("lp");
            browser.script("getSelection().modify('move', 'backward', 'character')", &[]);
            browser.insert("a\n\nm");
        }),
        ("a line break at the end", "one\ntwo\n\nthree", &|| {
            browser.insert("one\ntwo\n");
            browser.press(&[Key::NewLine]);
            browser.insert("three");
        }),
    ];
    let mut expected = Vec::new();
    for (way, text, write) in ways {
        host.composer().click();
        write();
        browser.press(&[Key::Enter]);
        expected.push(String::from(text));
        eventually_ok(&format!("what {way} wrote"), || {
            let sent = sent(&agent);
            if sent == expected { Ok(()) } else { Err(format!("{sent:#?}")) }
        });
    }
    browser.expect_quiet("writing in lines");
}

#[test]
fn a_draft_in_lines_comes_back_as_it_was() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    host.composer().wait_focused();
    browser.insert("one\n\ntwo\n");
    for _ in 0..2 {
        browser.reload();
        host.open_panel();
        let drawn = || host.composer().property("innerText").as_str().map(str::to_owned);
        eventually("the draft", || drawn().filter(|text| text == "one\n\ntwo\n\n"));
    }
    browser.script(
        "const end = getSelection(); end.selectAllChildren(arguments[0]); end.collapseToEnd()",
        &[browser.script("return document.querySelector('#composer')", &[])],
    );
    host.composer().type_text("three");
    browser.press(&[Key::Enter]);
    eventually_ok("the draft to be sent", || {
        let sent = sent(&agent);
        if sent == ["one\n\ntwo\nthree"] { Ok(()) } else { Err(format!("{sent:#?}")) }
    });
}

#[test]
fn an_arrow_leads_out_of_the_last_line_alone() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    host.composer().wait_focused();
    for (text, ups) in [("change my\ndelivery address", 1), ("change my delivery address\n\nplease", 2)] {
        browser.press(&[Key::Control('a')]);
        browser.insert(text);
        host.suggestion("Change your delivery address").wait();
        browser.press(&vec![Key::Up; ups]);
        let active = || host.composer().attribute("aria-activedescendant").filter(|active| !active.is_empty());
        for _ in 0..ups {
            browser.press(&[Key::Down]);
            assert_eq!(active(), None, "there is a line below in {text:?}");
        }
        browser.press(&[Key::Down]);
        eventually("the list", active);
    }
}

#[test]
fn up_leads_from_a_single_line_to_the_suggestion_next_to_it() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    host.composer().wait_focused();
    let half = "change my delivery address";
    let chosen = || {
        let all = browser.role("option").texts();
        let active = browser.css("[role=option][aria-selected=true]").texts().pop()?;
        Some((all.iter().position(|one| *one == active)?, all.len()))
    };
    browser.insert(half);
    host.suggestion("Change your delivery address").wait();
    browser.press(&[Key::Up]);
    eventually("the last suggestion", || chosen().filter(|(number, count)| number + 1 == *count));
    let long = format!("{half} {}", "because we move to another town in another country ".repeat(3));
    for text in [long, format!("{half}\nplease")] {
        browser.press(&[Key::Control('a')]);
        browser.insert(&text);
        host.suggestion("Change your delivery address").wait();
        browser.press(&[Key::Up]);
        assert_eq!(chosen(), None, "up is the text's own in {text:?}");
    }
}

/// What the visitor has said.
fn sent(agent: &Agent) -> Vec<String> {
    let Some(line) = agent.inbox().into_iter().next() else { return Vec::new() };
    let events = agent.events(&line.id).events;
    let said = events.into_iter().filter(|event| event.by == Author::Visitor).map(|event| event.what);
    said.filter_map(|what| if let What::Said { text } = what { Some(text) } else { None }).collect()
}
