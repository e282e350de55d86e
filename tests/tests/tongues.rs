//! In which language a visitor is served: regions and scripts, from the page to articles, answers, words and dates.

use serde_json::{Value, json};
use shared::protocol::*;
use std::collections::BTreeMap;
use tests::people::{context, conversation, id};
use tests::site::{self, Page};
use tests::{Browser, Edge, Host, Visitor, eventually};

/// The languages that are published, each with what it says about refunds.
const REFUNDS: [(&str, &str); 5] = [
    ("en", "Ask for a refund"),
    ("pt-BR", "Como pedir reembolso"),
    ("zh-Hant", "如何申請退款"),
    ("zh-Hans", "如何申请退款"),
    ("sr-Latn", "Kako tražiti povraćaj novca"),
];

fn edge(origin: &str) -> Edge {
    let edge = Edge::start();
    let article = |(locale, title): &(&str, &str)| json!({ "id": "refund", "locale": locale, "title": title, "markdown": title, "url": "https://shop.example/refund" });
    let mut articles: Vec<Value> = REFUNDS.iter().map(article).collect();
    articles.push(json!({ "id": "only-pt", "locale": "pt", "title": "Horário", "markdown": "Das 9 às 17.", "url": "https://shop.example/h" }));
    let mut content = edge.content();
    content["settings"]["origins"] = json!([origin]);
    content["articles"] = json!(articles);
    edge.publish(&content);
    edge
}

fn boot(edge: &Edge, locale: &str) -> Boot {
    edge.client().get(&format!("/api/w/demo/boot?locale={locale}")).send().ok()
}

#[test]
fn a_visitor_is_served_in_the_nearest_language_both_ways() {
    let edge = edge("https://shop.example");
    for (wanted, locale) in [
        ("pt-BR", "pt-BR"),
        ("pt_BR", "pt-BR"),
        ("PT-br", "pt-BR"),
        ("pt", "pt"),
        ("pt-PT", "pt"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant-MO", "zh-Hant"),
        ("zh-CN", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("sr-Latn-RS", "sr-Latn"),
        ("sr", "sr-Latn"),
        ("en-GB", "en"),
        ("de_DE.UTF-8", "en"),
        ("en-US-u-ca-gregory-nu-latn-hc-h23", "en"),
        ("%3Cx%3E", "en"),
    ] {
        let boot = boot(&edge, wanted);
        assert_eq!(boot.locale, locale, "{wanted}");
        assert!(boot.index.is_some_and(|index| index.contains(&format!("/{locale}."))), "{wanted}");
    }
    let article = |locale: &str, id: &str| -> Article {
        edge.client().get(&format!("/api/w/demo/articles/{locale}/{id}")).send().ok()
    };
    assert_eq!(article("zh-TW", "refund").title, "如何申請退款");
    assert_eq!(article("pt-BR", "only-pt").locale, "pt", "what is not there in the region is read in the language");
    assert_eq!(article("pt", "refund").locale, "pt-BR", "and the other way");
    assert_eq!(article("fr", "refund").locale, "en");
}

#[test]
fn an_answer_is_given_in_its_language_though_no_article_is_there_in_it() {
    let edge = Edge::start();
    let mut content = edge.content();
    content["settings"]["default_locale"] = json!("de");
    let mut move_to = |list: &str, locale: &str| {
        let list = content[list].as_array_mut().unwrap();
        list.retain(|piece| piece["locale"] == "en");
        list.iter_mut().for_each(|piece| piece["locale"] = json!(locale));
    };
    move_to("articles", "de");
    move_to("answers", "en-GB");
    edge.publish(&content);
    let visitor = Visitor::new(&edge, 1);
    let context = Context { locale: "en-AU".into(), shown: Vec::new(), ..context() };
    visitor.command(&conversation(1), 0, id(1), VisitorAction::Say { text: "when are you open".into(), context });
    eventually("the answer in English", || {
        let events = visitor.events(&conversation(1)).events;
        events.iter().any(|event| matches!(&event.what, What::Answered { .. })).then_some(())
    });
}

#[test]
fn the_panel_finds_what_is_written_in_the_language_and_script_of_the_page() {
    let shops = [
        ("brazil", "pt-BR", "", "reembolso", "Como pedir reembolso"),
        ("setting", "en", "data-locale='pt_BR'", "reembolso", "Como pedir reembolso"),
        ("taiwan", "zh-TW", "", "退款", "如何申請退款"),
        ("hong-kong", "zh-HK", "", "退款", "如何申請退款"),
        ("china", "zh-CN", "", "退款", "如何申请退款"),
        ("chinese", "zh", "", "退款", "如何申请退款"),
    ];
    let tag = "{edge}";
    let page = |lang: &str, more: &str| {
        format!(
            "<!doctype html><html lang='{lang}'><title>Shop</title><script async src='{tag}/beforehand.js' data-workspace='demo' {more}></script><body><main>Shop</main></body>"
        )
    };
    // The pages name the edge, and the edge the site: the edge is there first, and is told the origin later.
    let edge = edge("https://shop.example");
    let pages: BTreeMap<String, Page> = shops
        .iter()
        .map(|(name, lang, more, ..)| (format!("/{name}"), Page::html(page(lang, more).replace(tag, &edge.origin()))))
        .collect();
    let port = site::serve(pages);
    let mut content: Value = edge.client().get("/api/w/demo/content").bearer(tests::edge::PUBLISH_TOKEN).send().ok();
    content["settings"]["origins"] = json!(shops.map(|(name, ..)| format!("http://{name}.localhost:{port}")));
    edge.publish(&content);
    let browser = Browser::open(&edge);
    for (name, _, _, typed, title) in shops {
        browser.go(&format!("http://{name}.localhost:{port}/{name}"));
        let host = Host { browser: &browser };
        host.open_panel();
        host.write(typed);
        host.suggestion(title).wait();
        browser.leave();
    }
}

#[test]
fn words_that_the_panel_does_not_have_in_a_language_are_read_in_their_own() {
    let edge = edge("https://shop.example");
    let script = format!("<script async src='{}/beforehand.js' data-workspace='demo'></script>", edge.origin());
    let page = format!(
        "<!doctype html><html lang='fa' dir='rtl'><title>فروشگاه</title>{script}<body><main>فروشگاه</main></body>"
    );
    let port = site::serve(BTreeMap::from([("/shop".to_owned(), Page::html(page))]));
    let mut content: Value = edge.client().get("/api/w/demo/content").bearer(tests::edge::PUBLISH_TOKEN).send().ok();
    content["settings"]["origins"] = json!([format!("http://shop.localhost:{port}")]);
    let title = "چگونه درخواست استرداد پول کنم";
    let article = json!({ "id": "refund", "locale": "fa", "title": title, "markdown": "> [!NOTE]\n> به ما بنویسید.", "url": "https://shop.example/fa" });
    content["articles"].as_array_mut().unwrap().push(article);
    edge.publish(&content);
    let browser = Browser::open(&edge);
    browser.go(&format!("http://shop.localhost:{port}/shop"));
    let host = Host { browser: &browser };
    host.open_panel();
    browser.css(".home-hello").wait_for_text("How can we help");
    let spoken = |selector: &str| {
        let body = "const one = document.querySelector(arguments[0]);
            return [one.closest('[lang]').lang, getComputedStyle(one).direction];";
        browser.script(body, &[json!(selector)])
    };
    for own in [".home-hello", ".home-greeting p", ".desk-person", ".header-presence"] {
        assert_eq!(spoken(own), json!(["en", "ltr"]), "{own}");
    }
    host.write("استرداد");
    host.suggestion(title).wait();
    assert_eq!(spoken(".suggestions-name"), json!(["fa", "rtl"]));
    browser.css(".suggestions-option").click();
    browser.css(".article-callout").wait();
    for (selector, expected) in [
        (".article-text", json!(["fa", "rtl"])),
        (".article-callout > :last-child", json!(["fa", "rtl"])),
        (".article-kind", json!(["en", "ltr"])),
        (".question.is-end", json!(["en", "ltr"])),
        (".header-title h1", json!(["en", "ltr"])),
    ] {
        assert_eq!(spoken(selector), expected, "{selector}");
    }
    browser.screenshot("persian");
    browser.expect_accessible("a Persian article in a panel that speaks English");
}

#[test]
fn a_visitor_is_spoken_to_in_their_language_though_no_article_is_in_it() {
    let edge = edge("https://shop.example");
    let script = format!("<script async src='{}/beforehand.js' data-workspace='demo'></script>", edge.origin());
    let page = format!(
        "<!doctype html><html lang='ar-EG' dir='rtl'><title>متجر</title>{script}<body><main>متجر</main></body>"
    );
    let port = site::serve(BTreeMap::from([("/shop".to_owned(), Page::html(page))]));
    let mut content: Value = edge.client().get("/api/w/demo/content").bearer(tests::edge::PUBLISH_TOKEN).send().ok();
    content["settings"]["origins"] = json!([format!("http://shop.localhost:{port}")]);
    content["settings"]["words"] = json!({ "ar": { "greeting": "أهلاً بك في متجرنا" } });
    content["settings"]["outage"] = json!({ "text": { "en": "Payments are slow.", "ar": "الدفع بطيء." } });
    edge.publish(&content);
    let browser = Browser::open(&edge);
    browser.go(&format!("http://shop.localhost:{port}/shop"));
    let host = Host { browser: &browser };
    host.open_panel();
    browser.css(".home-hello").wait_for_text("أهلاً بك في متجرنا");
    browser.css(".home-outage").wait_for_text("الدفع بطيء.");
    let root = "return [document.documentElement.lang, document.documentElement.dir]";
    assert_eq!(browser.script(root, &[]), json!(["ar-EG", "rtl"]));
    host.write("refund");
    host.suggestion("Ask for a refund").wait();
    browser.screenshot("arabic");
    browser.expect_accessible("a panel that speaks Arabic over articles in English");
}
