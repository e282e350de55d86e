//! What the launcher and the panel look like on a page, where they stand, and the buttons of the page's own.

use serde_json::{Value, json};
use tests::stand_in::{self, READY, ask, heard, say, site, told, visit};
use tests::{Browser, Host, eventually};

#[test]
fn a_button_of_the_site_opens_the_panel_and_says_whether_it_is_open() {
    let edge = stand_in::serve(READY);
    let body = "<a id='help' href='/elsewhere'><b>Help</b></a><button id='other'>Other</button>";
    let port = site(
        edge,
        &[
            ("own", stand_in::tag("data-launcher='#help, .more-help'"), body),
            ("hidden", stand_in::tag("data-launcher='hidden'"), body),
        ],
    );
    let browser = Browser::beside(edge);
    visit(&browser, port, "own");
    assert_eq!(ask(&browser, "launcher.hidden"), true);
    assert_eq!(browser.css("#help").attribute("aria-expanded").as_deref(), Some("false"));
    let panels = || browser.requests().iter().filter(|url| url.contains("/panel")).count();
    assert_eq!(panels(), 0);
    browser.script("document.querySelector('#help b').dispatchEvent(new PointerEvent('pointerover', { bubbles: true, composed: true }))", &[]);
    eventually("the frame to be asked for as the pointer comes", || (panels() == 1).then_some(()));
    browser.css("#help b").click();
    browser.css("iframe").wait();
    assert_eq!(browser.css("#help").attribute("aria-expanded").as_deref(), Some("true"));
    // One that comes later.
    browser.script(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<button class=more-help>More help</button>')",
        &[],
    );
    browser.css(".more-help").click();
    browser.css("iframe").wait_gone();
    eventually("both to say so", || {
        let both = "return [...document.querySelectorAll('#help, .more-help')].map((one) => one.ariaExpanded)";
        (browser.script(both, &[]) == json!(["false", "false"])).then_some(())
    });
    assert!(browser.url().ends_with("/own"));

    visit(&browser, port, "hidden");
    assert_eq!(ask(&browser, "launcher.hidden"), true);
    browser.css("#other").click();
    browser.script("Beforehand('show')", &[]);
    browser.css("iframe").wait();
}

#[test]
fn place_and_look_are_as_the_page_says() {
    let edge = stand_in::serve(READY);
    let set = "data-position='left' data-offset='30 84' data-accent='rgb(10, 125, 75)' data-theme='page' data-radius='4' data-font='Georgia'";
    let body = "<style>.night{color-scheme:dark}</style><div style='position:fixed;inset:auto 0 0;height:64px;background:#eee'>Basket</div>";
    let port = site(edge, &[("set", stand_in::tag(set), body), ("plain", stand_in::tag(""), body), ("address",
        "<script async src='{edge}/beforehand.js?workspace=demo&offset=5%2C40&theme=dark&launcher=hidden'></script>".into(), body)]);
    let browser = Browser::beside(edge);
    visit(&browser, port, "set");
    let place = "[launcher.getBoundingClientRect().left, innerHeight - launcher.getBoundingClientRect().bottom, getComputedStyle(launcher).color]";
    assert_eq!(ask(&browser, place), json!([30, 84, "rgb(10, 125, 75)"]));
    assert!(!browser.requests().iter().any(|url| url.contains("/a/")), "one request");
    Host { browser: &browser }.launcher().click();
    browser.css("iframe").wait();
    let look = |browser: &Browser| told(browser, "page", 1).pop().unwrap()["look"].clone();
    let expected =
        |theme: &str| json!({ "accent": "rgb(10, 125, 75)", "font": "Georgia", "radius": "4", "theme": theme });
    eventually("the look", || (look(&browser) == expected("light")).then_some(()));
    let frame = "[root.querySelector('iframe').getBoundingClientRect().left, innerHeight - root.querySelector('iframe').getBoundingClientRect().bottom, getComputedStyle(root.querySelector('iframe')).borderTopLeftRadius]";
    assert_eq!(ask(&browser, frame), json!([30, 156, "4px"]));
    // As many pages switch: by a class of the root, with which its colour scheme changes.
    browser.script("document.documentElement.className = 'night'", &[]);
    eventually("the dark look", || (look(&browser) == expected("dark")).then_some(()));
    assert_eq!(ask(&browser, "getComputedStyle(region).colorScheme"), "dark");
    browser.script("Beforehand('update', { theme: 'auto', accent: null, position: 'right', offset: '' })", &[]);
    eventually("the look to be taken back", || {
        (look(&browser) == json!({ "font": "Georgia", "radius": "4", "theme": "auto" })).then_some(())
    });
    assert_eq!(
        ask(
            &browser,
            "[innerWidth - launcher.getBoundingClientRect().right, innerHeight - launcher.getBoundingClientRect().bottom]"
        ),
        json!([20, 20])
    );

    visit(&browser, port, "plain");
    browser.script("Beforehand('show')", &[]);
    let page = told(&browser, "page", 1).pop().unwrap();
    assert_eq!(page.get("look"), None, "nothing is said of what is not set");
    visit(&browser, port, "address");
    assert_eq!(
        ask(
            &browser,
            "[launcher.hidden, getComputedStyle(region).colorScheme, [innerWidth - region.getBoundingClientRect().right, innerHeight - region.getBoundingClientRect().bottom].join()]"
        ),
        json!([true, "dark", "5,40"])
    );
}

#[test]
fn what_the_owner_has_published_is_there_at_once_on_the_next_page_of_a_visitor_who_has_used_the_panel() {
    let edge = stand_in::serve(READY);
    let port = site(edge, &[("one", stand_in::tag(""), ""), ("two", stand_in::tag("data-accent='red'"), "")]);
    let browser = Browser::beside(edge);
    let kept = || browser.script("return localStorage['beforehand:demo:look'] ?? null", &[]);
    let look = json!({ "accent": "rgb(1, 2, 3)", "icon": "data:image/svg+xml,%3Csvg%3E", "position": "left", "offset": "40 50", "hidden": false });
    visit(&browser, port, "one");
    // Somebody has only been near the launcher.
    ask(&browser, "launcher.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, composed: true }))");
    eventually("the panel", || heard(&browser, "page").pop());
    say(&browser, "look", &look);
    let drawn = "[getComputedStyle(launcher).color, launcher.getBoundingClientRect().left, launcher.hidden]";
    eventually("the look", || (ask(&browser, drawn) == json!(["rgb(1, 2, 3)", 40, false])).then_some(()));
    assert_eq!(kept(), Value::Null);
    Host { browser: &browser }.launcher().click();
    eventually("it to be kept", || kept().as_str().map(str::to_owned));
    browser.script("Beforehand('hide')", &[]);
    browser.css("iframe").wait_gone();

    let before = browser.requests().len();
    visit(&browser, port, "two");
    assert_eq!(ask(&browser, drawn), json!(["rgb(255, 0, 0)", 40, false]), "the tag counts more");
    assert!(!browser.requests()[before..].iter().any(|url| url.contains("/panel")), "without the panel");
    browser.script("Beforehand('show')", &[]);
    eventually("the panel", || heard(&browser, "page").pop());
    say(&browser, "look", &json!({ "hidden": true }));
    eventually("the launcher to go", || (ask(&browser, "launcher.hidden") == true).then_some(()));
    browser.script("Beforehand('reset')", &[]);
    eventually("it to be forgotten", || kept().is_null().then_some(()));
}
