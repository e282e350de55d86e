//! Pages that change under the widget: bodies are replaced, dialogs open, the language is another one. An open panel stays open, with the half-typed
//! text in it.

use serde_json::{Value, json};
use tests::{Browser, Edge, Host, eventually};

/// The widget's element, found as no page would find it.
const WIDGET: &str = "const widget = [...document.querySelectorAll('*')].find((one) => one.shadowRoot);
    const [frame, launcher] = ['iframe', 'output + button'].map((tag) => widget?.shadowRoot.querySelector(tag));";

fn ask(browser: &Browser, question: &str) -> Value {
    browser.script(&format!("{WIDGET} return {question};"), &[])
}

fn half_typed<'b>(browser: &'b Browser, edge: &Edge, path: &str) -> Host<'b> {
    let host = Host::visit(browser, edge, path);
    host.open_panel();
    browser.leave();
    browser.script(
        &format!("{WIDGET} window.before = frame; window.loads = 0; frame.addEventListener('load', () => loads++);"),
        &[],
    );
    host.enter_panel();
    host.write("half a question");
    // It is kept a moment later; what follows may come after that.
    eventually("the draft to be kept", || {
        let kept = browser
            .script("return JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)])", &[]);
        kept.as_str().unwrap().contains("half a question").then_some(())
    });
    browser.leave();
    // A page that is loaded may be taken over by its framework for a while.
    eventually("the widget behind the body", || (ask(browser, "widget.parentNode.tagName") == "HTML").then_some(()));
    assert_eq!(ask(browser, "[frame === before, loads]"), json!([true, 0]), "it did not start anew for that");
    host
}

/// Leaves nothing of this round to the next one.
fn forget(browser: &Browser) {
    browser.script("Beforehand('reset')", &[]);
    browser.enter(&browser.css_any("iframe"));
    let is_empty = "return !JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)]).includes('half a question')";
    browser.until("the frame to forget", is_empty);
    browser.leave();
}

fn expect_half_typed(host: &Host<'_>) {
    eventually("the open panel", || {
        (host.launcher().attribute("aria-expanded").as_deref() == Some("true")).then_some(())
    });
    host.enter_panel();
    eventually("the half-typed text", || (host.composer().property("textContent") == "half a question").then_some(()));
    host.browser.leave();
    assert_eq!(
        host.browser.script("return [...document.querySelectorAll('*')].filter((one) => one.shadowRoot).length", &[]),
        1,
        "it is there once"
    );
}

#[test]
fn a_body_that_is_replaced_takes_nothing_with_it() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    for change in [
        "document.body.innerHTML = ''",
        "document.body.replaceChildren(document.createElement('main'))",
        "document.body.replaceWith(document.createElement('body'))",
        "document.documentElement.replaceChild(document.createElement('body'), document.body)",
        "document.body.outerHTML = '<body><h1>Another page</h1></body>'",
    ] {
        let host = half_typed(&browser, &edge, "/plain/");
        // As Turbo does, in a browser without the Navigation API: first the address, later the body, and that twice.
        browser.script(&format!("delete window.navigation; history.pushState({{}}, '', '/two'); {change}; setTimeout(() => {{ {change}; window.second = true }}, 300)"), &[]);
        browser.until("the second body", "return window.second === true");
        expect_half_typed(&host);
        assert_eq!(ask(&browser, "[frame === before, loads]"), json!([true, 0]), "{change}");
        forget(&browser);
    }
    browser.expect_quiet("bodies that were replaced");
}

#[test]
fn what_was_taken_out_of_the_page_is_back_within_a_second_without_a_click() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    for change in [
        "widget.remove()",
        "for (const one of [...document.documentElement.children]) if (!['HEAD', 'BODY'].includes(one.tagName)) one.remove()",
        "const root = document.createElement('html'); root.append(document.createElement('body')); document.replaceChild(root, document.documentElement)",
        "document.documentElement.innerHTML = '<head></head><body>new</body>'",
    ] {
        let host = half_typed(&browser, &edge, "/plain/");
        let time = "window.gone = performance.now(); new MutationObserver(() => { if (widget.isConnected) window.back ??= performance.now() - gone })
                    .observe(document, { childList: true, subtree: true });";
        browser.script(&format!("{WIDGET} {time} {change}"), &[]);
        eventually("the widget to be back", || {
            ask(&browser, "window.back ?? null").as_f64().filter(|back| *back < 1000.0)
        });
        expect_half_typed(&host);
        forget(&browser);
    }
}

#[test]
fn a_body_that_is_replaced_at_once_takes_no_text_with_it() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    host.write("half a question");
    browser.leave();
    browser.script("document.body.replaceWith(document.createElement('body'))", &[]);
    eventually("the widget to be back", || (ask(&browser, "!!widget") == true).then_some(()));
    expect_half_typed(&host);
}

#[test]
fn a_page_that_takes_it_out_again_and_again_is_left_alone_and_told() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    host.open_panel();
    browser.leave();
    let fight = "window.times = 0; window.began = performance.now();
        const strip = () => { for (const one of document.querySelectorAll('body > [popover], html > [popover]'))
            { one.remove(); times++ } };
        new MutationObserver(strip).observe(document, { childList: true, subtree: true }); strip();";
    browser.script(fight, &[]);
    let sentence = "Beforehand: leave div[popover=manual] in the page";
    let said = || browser.console().iter().filter(|line| line.contains(sentence)).count();
    eventually("the sentence", || (said() > 0).then_some(()));
    let [times, took] = ["times", "performance.now() - began"]
        .map(|what| browser.script(&format!("return {what}"), &[]).as_f64().unwrap());
    assert!((4.0..10.0).contains(&times) && took > 5000.0, "{times} times in {took} ms");
    // A click is the last thing that could bring it back.
    browser.css("h1").click();
    browser.until(
        "the page to be left alone",
        "return new Promise((done) => setTimeout(() => done(!document.querySelector('[popover]')), 1000))",
    );
    assert_eq!((said(), ask(&browser, "widget ?? null")), (1, Value::Null));
    assert_eq!(browser.script("return times", &[]).as_f64(), Some(times));
}

#[test]
fn in_a_modal_dialog_the_launcher_and_an_open_panel_can_be_used() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = half_typed(&browser, &edge, "/plain/");
    browser.script("document.body.insertAdjacentHTML('beforeend', '<dialog aria-label=\"Checkout\"><button>Pay</button></dialog>'); document.querySelector('dialog').showModal()", &[]);
    eventually("the widget in the dialog", || (ask(&browser, "widget.parentNode.tagName") == "DIALOG").then_some(()));
    expect_half_typed(&host);
    assert_eq!(ask(&browser, "[frame === before, loads]"), json!([true, 0]), "it did not start anew");
    host.launcher().click();
    host.launcher().click();
    host.enter_panel();
    host.say("How do I pay?");
    browser.leave();
    browser.screenshot("in-a-dialog");
    browser.expect_accessible("the widget in a dialog");
    browser.script("document.querySelector('dialog').close()", &[]);
    eventually("the widget out of the dialog", || (ask(&browser, "widget.parentNode.tagName") == "HTML").then_some(()));

    // The dialog goes with all that is around it.
    browser.script("document.querySelector('dialog').showModal()", &[]);
    eventually("the widget in the dialog", || (ask(&browser, "widget.parentNode.tagName") == "DIALOG").then_some(()));
    browser.script("document.body.replaceWith(document.createElement('body'))", &[]);
    eventually("the widget out of the dialog", || {
        (ask(&browser, "widget?.parentNode.tagName ?? ''") == "HTML").then_some(())
    });
    host.enter_panel();
    browser.role("log").wait_for_text("How do I pay?");
    browser.expect_quiet("dialogs");
}

#[test]
fn the_language_of_the_page_is_followed_while_it_lives() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = half_typed(&browser, &edge, "/plain/");
    browser.script("document.documentElement.lang = 'es-MX'", &[]);
    eventually("the launcher in Spanish", || (host.launcher().name() == "Chat de ayuda").then_some(()));
    host.enter_panel();
    eventually("the panel in Spanish", || (host.composer().name() == "Escribe tu pregunta").then_some(()));
    browser.leave();
    expect_half_typed(&host);
    browser.expect_quiet("another language");
}

#[test]
fn the_page_under_a_panel_that_covers_it_can_be_neither_scrolled_nor_reached() {
    let edge = Edge::start();
    let browser = Browser::dark_phone(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    // Names that the page has given a type, and a list of style sheets that the page has put in the place of the old one.
    browser.script("document.querySelector('main').style.minHeight = '4000px'; document.querySelector('h1').style.visibility = 'visible'; scrollTo(0, 300);
        for (const name of ['h', 't', 'i', 'p']) CSS.registerProperty({ name: '--' + name, syntax: '<number>', inherits: true, initialValue: '0' });
        document.adoptedStyleSheets = [new CSSStyleSheet()];", &[]);
    host.open_panel();
    browser.leave();
    let covers = "const box = frame.getBoundingClientRect(); return [box.x, box.y, box.width - innerWidth, box.height - innerHeight]";
    assert_eq!(browser.script(&format!("{WIDGET} {covers}"), &[]), json!([0, 0, 0, 0]));
    browser.screenshot("phone-over-page");
    let page = "return [getComputedStyle(document.documentElement).overflowY, scrollY,
        [...document.body.querySelectorAll('a, button, h1')].filter((one) => one.checkVisibility({ visibilityProperty: true })).length]";
    assert_eq!(browser.script(page, &[]), json!(["hidden", 300, 0]));
    assert_eq!(browser.script("return [document.body.outerHTML, document.documentElement.outerHTML].some((html) => html.includes('inert') || /<(body|html)[^>]*style/.test(html))", &[]), false, "nothing of the page is changed");
    host.enter_panel();
    browser.named("button", "Close").click();
    browser.leave();
    eventually("the page", || {
        let page = browser.script(page, &[]);
        (page[0] == "visible" && page[1] == 300 && page[2].as_u64() > Some(2)).then_some(())
    });
    browser.expect_quiet("a phone");
}

#[test]
fn the_keyboard_stays_where_it_is_when_the_widget_moves() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    let behind = || {
        eventually("the widget behind the body", || {
            (ask(&browser, "widget?.parentNode.tagName ?? ''") == "HTML").then_some(())
        })
    };
    // The page brings it back to where it began; the loader looks after any click.
    let moves = || {
        ask(&browser, "document.body.moveBefore(widget, null) ?? dispatchEvent(new Event('click'))");
        behind();
    };
    behind();
    ask(&browser, "launcher.focus()");
    moves();
    assert_eq!(
        ask(&browser, "document.activeElement === widget && widget.shadowRoot.activeElement === launcher"),
        true
    );

    host.open_panel();
    host.composer().wait_focused();
    browser.leave();
    moves();
    assert_eq!(ask(&browser, "document.activeElement === widget && widget.shadowRoot.activeElement === frame"), true);
    host.enter_panel();
    browser.type_text("half");
    eventually("what is typed", || (host.composer().property("textContent") == "half").then_some(()));
}
