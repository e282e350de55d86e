//! In which language agents read the inbox.

use serde_json::{Value, json};
use tests::browser::{Browser, Key};
use tests::people::{PASSWORD, ask_person, conversation, id, say};
use tests::{Agent, Edge, InboxPage, Visitor, eventually};

fn language_of(browser: &Browser) -> Value {
    browser.script("return document.documentElement.lang", &[])
}

#[test]
fn an_agent_reads_the_language_of_the_browser_and_keeps_another_choice() {
    let edge = Edge::start();
    let (visitor, thread) = (Visitor::new(&edge, 1), conversation(1));
    visitor.command(&thread, 0, id(1), say("Where is my parcel?"));
    visitor.command(&thread, 0, id(2), ask_person());
    Agent::set_up(&edge, "Ada");

    let browser = Browser::speaking(&edge, "es-MX,es,en");
    browser.go(&format!("{}/inbox?workspace=demo", edge.origin()));
    browser.named("button", "Iniciar sesión").wait();
    assert_eq!(language_of(&browser), "es");
    browser.expect_accessible("signing in, in Spanish");
    browser.screenshot("gate-es");
    browser.named("textbox", "Nombre").type_text("Ada");
    browser.css("input[name=password]").type_text(PASSWORD);
    browser.named("button", "Iniciar sesión").click();
    browser.css("nav a[href='#/escalations']").wait_for_text("Escaladas");
    let inbox = InboxPage { browser: &browser };
    inbox.open_escalation("Where is my parcel?");
    browser.css("[role=log]").wait_for_text("Pasó a una persona · Pidió hablar con una persona");
    eventually("a title in Spanish", || {
        let title = browser.script("return document.title", &[]);
        title.as_str().is_some_and(|title| title.ends_with("Bandeja de entrada")).then_some(())
    });
    browser.expect_accessible("a conversation in Spanish");
    browser.screenshot("inbox-es");

    browser.press(&[Key::Char('?')]);
    browser.named("heading", "Atajos de teclado").wait();
    browser.expect_accessible("the keys in Spanish");
    browser.screenshot("help-es");
    browser.named("button", "한국어").click();
    browser.css("nav a[href='#/escalations']").wait_for_text("에스컬레이션");
    assert_eq!(language_of(&browser), "ko");
    browser.css("[role=log]").wait_for_text("상담원에게 전달됨");
    browser.screenshot("inbox-ko");
    browser.reload();
    browser.css("nav a[href='#/escalations']").wait_for_text("에스컬레이션");
    assert_eq!(language_of(&browser), "ko", "the choice comes before what the browser prefers");
    browser.expect_accessible("a conversation in Korean");
    browser.expect_quiet("the inbox in two languages");
}

#[test]
fn what_the_inbox_does_not_speak_is_told_in_english() {
    let edge = Edge::start();
    let browser = Browser::speaking(&edge, "cy");
    browser.go(&format!("{}/inbox?workspace=demo", edge.origin()));
    browser.named("button", "Sign in").wait();
    assert_eq!(language_of(&browser), "en");
    browser.expect_quiet("the inbox for a reader of Welsh");
}

/// The compilation sees that a language has the same plural forms everywhere. Which ones it needs, the browser knows.
#[test]
fn every_language_has_the_plural_forms_that_numbers_ask_for() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    browser.go(&format!("{}/inbox?workspace=demo", edge.origin()));
    browser.named("button", "Sign in").wait();
    let lacking = browser.script(
        r#"return (async () => {
            const lacking = [];
            const languages = JSON.parse(document.getElementById("languages").textContent);
            for (const [tag, , path] of languages) {
                const words = await (await fetch(path)).json();
                const rules = new Intl.PluralRules(tag);
                const stems = Object.keys(words).filter((key) => key.endsWith("_other"));
                if (stems.length == 0) lacking.push(tag);
                for (const stem of stems) {
                    for (let n = 0; n < 1000; n++) {
                        const key = stem.replace(/other$/, rules.select(n));
                        if (!(key in words)) lacking.push(`${tag} ${key}`);
                    }
                }
            }
            return [languages.length, ...new Set(lacking)];
        })()"#,
        &[],
    );
    let languages = lacking.get(0).and_then(Value::as_u64).unwrap();
    assert!(languages >= 5, "{lacking}");
    assert_eq!(lacking, json!([languages]));
}
