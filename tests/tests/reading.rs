//! Reading an article in the panel: what its parts say to whom, what scrolls, and the way back.

use serde_json::json;
use tests::browser::{Browser, Key};
use tests::edge::PUBLISH_TOKEN;
use tests::{Edge, Host, eventually};

/// Publishes an article of this text.
fn publish(edge: &Edge, id: &str, markdown: &str) {
    let url = format!("https://www.lumen.example/help/{id}");
    let article = json!({ "id": id, "locale": "en", "title": format!("About {id}"), "markdown": markdown, "url": url });
    let put = edge.client().request("PUT", &format!("/api/w/demo/articles/en/{id}")).bearer(PUBLISH_TOKEN);
    assert_eq!(put.json(&article).send().status, 200);
}

/// Opens an article as the page does.
fn show<'b>(edge: &Edge, browser: &'b Browser, id: &str) -> Host<'b> {
    let host = Host::visit(browser, edge, "/plain/");
    browser.script("Beforehand('showArticle', arguments[0])", &[json!(id)]);
    browser.enter(&browser.css("iframe"));
    browser.css(".article-text").wait();
    host
}

#[test]
fn a_callout_says_its_kind_and_a_box_what_it_is_for() {
    let edge = Edge::start();
    let text = "\
> [!WARNING]\n> It is hot.\n\n> [!TIP]\n> Take a cloth.\n\n> [!NOTE]\n> It cools down.\n\n\
<div class='callout callout-danger'><h4>Warning</h4>Do not touch.</div>\n\n\
<div class='callout callout-danger'><h4>Glass</h4>It breaks.</div>\n\n\
- [x] Unplug it\n- [ ] Wait for **ten** minutes\n";
    publish(&edge, "heat", text);
    let browser = Browser::open(&edge);
    show(&edge, &browser, "heat");
    let said: Vec<String> =
        browser.css(".article-callout").texts().iter().map(|text| text.replace("\n\n", "\n")).collect();
    let expected = ["Warning\nIt is hot.", "Tip\nTake a cloth.", "Note\nIt cools down."];
    assert_eq!(said[..3], expected);
    assert_eq!(said[3..], ["Warning\nDo not touch.", "Warning\nGlass\nIt breaks."]);
    for name in ["Unplug it", "Wait for ten minutes"] {
        assert!(browser.named("checkbox", name).is_there(), "{name}");
    }
    let marks =
        "return [...document.querySelectorAll('.article-text li')].map((one) => getComputedStyle(one).listStyleType)";
    assert_eq!(browser.script(marks, &[]), json!(["none", "none"]), "a box is mark enough");
    browser.screenshot("callouts");
    browser.expect_accessible("an article with callouts and boxes");
    browser.expect_quiet("an article with callouts and boxes");
}

#[test]
fn a_table_breaks_no_word_and_is_a_stop_of_the_keyboard_only_while_it_scrolls() {
    let edge = Edge::start();
    let wide = "| Identification | Compatibility | Characteristics | Recommendation |\n|---|---|---|---|\n\
        | consectetur adipiscing | extraordinarily | internationalisation | https://www.lumen.example/a/very/long/address/that/has/no/place/to/break/in/it/at/all |\n";
    publish(
        &edge,
        "tables",
        &format!(
            "# A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n{wide}\n```\n{}\n```\n\n```\nshort\n```\n",
            "long ".repeat(40)
        ),
    );
    let browser = Browser::dark_phone(&edge);
    show(&edge, &browser, "tables");
    let stops = "return [...document.querySelectorAll('.article-wide')].map((one) =>
        [one.scrollWidth > one.clientWidth, one.tabIndex === 0, one.computedRole === 'group' && one.computedName])";
    let expected = json!([
        [false, false, false],
        [true, true, "About tables"],
        [true, true, "About tables"],
        [false, false, false]
    ]);
    eventually("what scrolls to be known", || (browser.script(stops, &[]) == expected).then_some(()));
    let broken = "
        const broken = [];
        for (const cell of document.querySelectorAll('th, td')) {
            const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) for (const { index, 0: word } of walk.currentNode.data.matchAll(/\\S+/g)) {
                const range = new Range();
                range.setStart(walk.currentNode, index);
                range.setEnd(walk.currentNode, index + word.length);
                if (range.getClientRects().length > 1 && !word.startsWith('http')) broken.push(word);
            }
        }
        return broken;";
    assert_eq!(browser.script(broken, &[]), json!([]));
    browser.screenshot("tables");
    browser.expect_accessible("an article with tables");
    browser.expect_quiet("an article with tables");
}

#[test]
fn back_leads_to_the_article_that_one_came_from_at_its_place() {
    let edge = Edge::start();
    let long = "A line of text.\n\n".repeat(60);
    publish(&edge, "third", "The third one.");
    publish(&edge, "second", "The second one. It leads to [the third](article:third).");
    publish(&edge, "first", &format!("{long}It leads to [the second](article:second).\n\n{long}"));
    let browser = Browser::open(&edge);
    let host = show(&edge, &browser, "first");
    let at = |title: &str| browser.named("heading", title).wait_focused();
    let top = || browser.script("return document.querySelector('.article').scrollTop", &[]).as_f64().unwrap();
    let go = |link: &str| browser.css(".article-text .link").with_name(link).click();
    let back = || browser.named("button", "Back").click();
    browser.script("document.querySelector('.article-text .link').scrollIntoView({ block: 'center' })", &[]);
    let left = top();
    assert!(left > 500.0, "{left}");
    go("the second");
    at("About second");
    assert!(top() < 50.0, "another article begins at its beginning");
    go("the third");
    at("About third");
    back();
    at("About second");
    back();
    at("About first");
    eventually("the place in the first", || ((top() - left).abs() < 2.0).then_some(()));
    back();
    browser.css(".article").wait_gone();
    host.composer().wait();
    browser.leave();

    browser.script("Beforehand('showArticle', 'second')", &[]);
    host.enter_panel();
    at("About second");
    go("the third");
    at("About third");
    browser.press(&[Key::Escape]);
    browser.css(".article").wait_gone();
    browser.expect_quiet("the ways back");
}

#[test]
fn a_link_to_a_place_opens_what_hides_it() {
    let edge = Edge::start();
    let more = "A line of text.\n\n".repeat(40);
    publish(
        &edge,
        "folded",
        &format!(
            "[To the end](#the-end)\n\n{more}<details><summary>More</summary><details><summary>And more</summary><h3 id='the-end'>The end</h3></details></details>"
        ),
    );
    let browser = Browser::open(&edge);
    show(&edge, &browser, "folded");
    assert!(!browser.named("heading", "The end").is_there(), "it is folded away");
    browser.named("button", "To the end").click();
    browser.named("heading", "The end").wait_focused();
    let seen = "const { top, bottom } = document.activeElement.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight";
    assert_eq!(browser.script(seen, &[]), true);
    browser.expect_quiet("a link to a place");
}
