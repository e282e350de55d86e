//! Every page: nothing on the console, no accessibility violation, no request to anybody else.

use tests::browser::{Browser, Key};
use tests::{Agent, Edge, Host, InboxPage, tools};

/// The addresses of all pages of the demo, from the site's root.
fn demo_pages() -> Vec<String> {
    let mut pages = Vec::new();
    let mut folders = vec![tools::dist().join("www")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name == "index.html") {
                let place = folder.strip_prefix(tools::dist().join("www")).unwrap().to_str().unwrap().to_owned();
                pages.push(if place.is_empty() { "/".into() } else { format!("/{place}/") });
            }
        }
    }
    pages.sort();
    assert!(pages.len() >= 40 + 4 * 12 + 3, "the help centre and the host pages: {}", pages.len());
    pages
}

#[test]
fn every_page_of_the_demo_in_light() {
    check_demo(Browser::open, &demo_pages());
}

#[test]
fn every_kind_of_page_of_the_demo_in_the_dark_on_a_phone() {
    let is_article = |page: &&String| page.starts_with("/help/") && page.matches('/').count() == 4;
    let (articles, mut pages): (Vec<String>, Vec<String>) =
        demo_pages().into_iter().partition(|page| is_article(&page));
    // Articles differ in their words alone; one in eight is some in every language.
    pages.extend(articles.into_iter().step_by(8));
    check_demo(Browser::dark_phone, &pages);
}

fn check_demo(open: fn(&Edge) -> Browser, pages: &[String]) {
    let edge = Edge::start();
    let browser = open(&edge);
    for page in pages {
        Host::visit(&browser, &edge, page);
        browser.expect_accessible(page);
        browser.expect_quiet(page);
    }
}

#[test]
fn every_screen_of_the_panel_in_the_dark_on_a_phone() {
    let edge = Edge::start();
    let browser = Browser::dark_phone(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    let as_wanted = "return innerWidth === 390 && matchMedia('(prefers-color-scheme: dark)').matches";
    assert_eq!(browser.script(as_wanted, &[]), true, "a dark phone");
    host.open_panel();
    browser.expect_accessible("the greeting");
    host.write("change my delivery addr");
    host.suggestion("Change your delivery address").wait();
    browser.expect_accessible("the suggestions");
    host.suggestion("Change your delivery address").open_by_keyboard();
    browser.named("button", "Yes, thanks").click();
    browser.named("button", "Back").wait();
    browser.expect_accessible("the thanks");
    browser.named("button", "Back").click();
    host.say("ess");
    browser.role("log").wait_for_text("Automatic");
    browser.expect_accessible("the thread");
    browser.named("button", "Back").click();
    browser.named("heading", "Your conversations").wait();
    browser.expect_accessible("the recent threads");
    browser.leave();
    browser.expect_accessible("the host page with the panel open");
    browser.expect_quiet("the panel");
}

#[test]
fn every_screen_of_the_inbox() {
    let edge = Edge::start();
    Agent::set_up(&edge, "Ada");
    for open in [Browser::open, Browser::dark_phone] {
        let browser = open(&edge);
        browser.go(&format!("{}/inbox", edge.origin()));
        browser.role("heading").wait();
        browser.expect_accessible("an inbox of no workspace");
        let inbox = InboxPage::sign_in(&browser, &edge, "Ada");
        let places = [
            "#/waiting",
            "#/mine",
            "#/unassigned",
            "#/escalations",
            "#/automatic",
            "#/snoozed",
            "#/solved",
            "#/all",
            "#/reports/28",
            "#/people",
        ];
        for list in places {
            inbox.browser.css(&format!("nav a[href='{list}']")).click();
            browser.until("the list", &format!("return location.hash === '{list}'"));
            browser.expect_accessible(&format!("{list} without conversations"));
        }
        browser.press(&[Key::Char('?')]);
        browser.role("dialog").wait();
        browser.expect_accessible("the keys");
        browser.press(&[Key::Escape]);
        browser.role("dialog").wait_gone();
        browser.press(&[Key::Control('k')]);
        browser.role("combobox").wait();
        browser.type_text("escal");
        browser.role("option").wait();
        browser.expect_accessible("the picker");
        browser.expect_quiet("the inbox");
    }
}
