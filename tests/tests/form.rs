//! A form of the site's own, with `data-beforehand` on the field where the visitor writes: what may answer stands beneath it.

use serde_json::{Value, json};
use tests::browser::{Browser, Key};
use tests::{Edge, Host, eventually};

/// What stands beneath the first field, for a script.
const BENEATH: &str = "const field = document.querySelector('[data-beforehand]');
    const beneath = [...document.querySelectorAll('div')].find((one) => one.shadowRoot?.querySelector('section ul'));
    const root = beneath?.shadowRoot, area = root?.querySelector('section');
    const titles = [...(root?.querySelectorAll('li > button') ?? [])].map((one) => one.querySelector('b').textContent || one.innerText);";

/// The value of a script that can name what stands beneath the field.
fn ask(browser: &Browser, question: &str) -> Value {
    browser.script(&format!("{BENEATH} return {question};"), &[])
}

/// Writes in the field, and waits until this title is found.
fn write(browser: &Browser, text: &str, title: &str) {
    let field = browser.css("[data-beforehand]");
    field.click();
    field.type_text(text);
    browser.until(
        &format!("{title:?} beneath the field"),
        &format!("{BENEATH} return titles.some((one) => one.includes({title:?}));"),
    );
}

#[test]
fn what_may_answer_stands_beneath_the_sites_own_form_and_its_text_stays_on_the_device() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    Host::visit(&browser, &edge, "/contact/");
    let of_form = || browser.requests().iter().any(|url| url.contains("/a/form."));
    assert!(!of_form());
    write(&browser, "my parcel has not come zebra", "parcel");
    assert!(of_form());
    assert_eq!(
        ask(&browser, "[root.querySelector('#heading').textContent, area.hidden, area.ariaLabel]"),
        json!(["Suggestions", false, null])
    );
    browser.until(
        "screen readers to be told",
        &format!("{BENEATH} return root.querySelector('output').textContent.includes(titles[0])"),
    );
    // It is behind the label, so that it is not the field's name; and it has the field's letters.
    assert_eq!(
        ask(
            &browser,
            "[beneath.previousElementSibling.tagName, getComputedStyle(area).fontSize === getComputedStyle(field).fontSize]"
        ),
        json!(["LABEL", true])
    );
    browser.expect_accessible("a form with suggestions");
    assert_eq!(
        Host { browser: &browser }.launcher().attribute("aria-expanded").as_deref(),
        Some("false"),
        "without the panel"
    );

    // With the keyboard: the next stop behind the field.
    browser.press(&[Key::Tab, Key::Enter]);
    browser.until("the text", &format!("{BENEATH} return Boolean(root.querySelector('.own a'))"));
    let link = "[root.querySelector('.own a').target, root.querySelector('.own a').href.includes('/help/en/'), root.activeElement.ariaExpanded]";
    assert_eq!(ask(&browser, link), json!(["_blank", true, "true"]));
    browser.expect_accessible("an article beneath a form");
    browser.screenshot("form-article");
    // An open article stays while more is written.
    let read = ask(&browser, "root.activeElement.querySelector('b').textContent");
    let field = browser.css("[data-beforehand]");
    field.click();
    browser.press(&[Key::Control('a')]);
    browser.type_text("I want a refund");
    browser.until("others", &format!("{BENEATH} return titles.some((one) => one.includes('efund'));"));
    assert_eq!(ask(&browser, "titles[0]"), read);

    let yes = "[...root.querySelectorAll('.choice')].find((one) => one.textContent === 'Yes, thanks')";
    browser.script(&format!("{BENEATH} {yes}.click()"), &[]);
    browser.until("thanks", &format!("{BENEATH} return root.activeElement?.textContent === 'Glad that helped.'"));
    eventually("it to be counted", || browser.sent().iter().any(|one| one.contains("\"helped\":true")).then_some(()));
    browser.expect_never_sent("zebra");
    browser.expect_quiet("a form");
}

#[test]
fn a_strict_page_has_it_too_where_the_page_wants_it_and_it_goes_with_the_text() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    Host::visit(&browser, &edge, "/strict/");
    let form = "<form id='form'><p>Your message</p><textarea id='message' aria-label='Message' data-beforehand='#here'></textarea><div id='here'></div></form>";
    browser.script("document.querySelector('main').insertAdjacentHTML('afterbegin', arguments[0])", &[json!(form)]);
    write(&browser, "change my delivery address", "address");
    assert_eq!(ask(&browser, "beneath.parentNode.id"), "here");
    assert_eq!(ask(&browser, "getComputedStyle(area).borderTopWidth"), "1px", "its style is let in");
    browser.script("document.querySelector('#form').reset()", &[]);
    browser.until("it to go", &format!("{BENEATH} return !beneath"));
    // A page may draw its form anew.
    browser.script("const form = document.querySelector('#form'); form.replaceWith(form.cloneNode(true))", &[]);
    write(&browser, "return an item", "Return an item");
    browser.script("Beforehand('shutdown')", &[]);
    browser.until("it to go with the widget", &format!("{BENEATH} return !beneath"));
    browser.expect_quiet("a form on a strict page");
}

#[test]
fn an_answer_is_given_by_its_words_and_a_form_works_alone_where_nothing_comes() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    Host::visit(&browser, &edge, "/contact/");
    write(&browser, "when are you open?", "Answer");
    let answer = "root.querySelector('li small')?.textContent";
    eventually("the answer", || (ask(&browser, answer) == "Answer").then_some(()));
    browser.screenshot("form-answer");

    let browser = Browser::open(&edge);
    let mut inspector = browser.inspector();
    inspector.block(&["*/a/form.*"]);
    Host::visit(&browser, &edge, "/contact/");
    let field = browser.css("[data-beforehand]");
    field.click();
    field.type_text("my parcel has not come");
    browser.css("form button").click();
    eventually("the form to be sent", || browser.url().contains("/contact/?").then_some(()));
}

#[test]
fn it_stands_beneath_the_field_in_whatever_the_field_stands() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    Host::visit(&browser, &edge, "/plain/");
    let field = "<textarea aria-label='Message' data-beforehand rows='3'></textarea>";
    for (name, form) in [
        (
            "a row",
            format!("<form style='display:flex;align-items:center'><b>Message</b>{field}<button>Send</button></form>"),
        ),
        ("a grid", format!("<form style='display:grid;grid-template-columns:8em 1fr'><b>Message</b>{field}</form>")),
        (
            "a place of its own",
            format!(
                "<form><div style='position:relative;height:120px'><span style='position:absolute;inset:0'>{field}</span></div></form>"
            ),
        ),
        ("a float", format!("<form><span style='float:left'>{field}</span><br style='clear:both'></form>")),
        ("a shadow tree", String::new()),
    ] {
        let add = "document.querySelector('#form-around')?.remove();
            const around = Object.assign(document.createElement('div'), { id: 'form-around' });
            document.querySelector('main').prepend(around);
            if (arguments[0]) around.innerHTML = arguments[0];
            else around.attachShadow({ mode: 'open' }).innerHTML = arguments[1];";
        browser.script(add, &[json!(form), json!(format!("<form>{field}</form>"))]);
        browser.css("[data-beforehand]").click();
        browser.type_text("where is my parcel");
        let place = "const around = document.querySelector('#form-around'), tree = around.shadowRoot ?? document;
            const field = tree.querySelector('[data-beforehand]');
            const beneath = [...tree.querySelectorAll('div')].find((one) => one.shadowRoot?.querySelector('section li'));
            return Boolean(beneath) && beneath.getBoundingClientRect().top >= field.getBoundingClientRect().bottom - 1
                && field.getBoundingClientRect().width > 100;";
        browser.until(&format!("it beneath a field in {name}"), place);
    }
}

#[test]
fn an_article_leads_to_another_one_in_place_and_a_text_set_by_the_page_is_noticed() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    Host::visit(&browser, &edge, "/contact/");
    write(&browser, "how long does delivery take", "elivery");
    let open = "[...root.querySelectorAll('li > button')].find((one) => one.querySelector('b').textContent.includes('elivery')).click()";
    browser.script(&format!("{BENEATH} {open}"), &[]);
    browser.until("a link in the text", &format!("{BENEATH} return Boolean(root.querySelector('li .link'))"));
    let name = ask(&browser, "root.querySelector('li .link').textContent");
    browser.script(&format!("{BENEATH} root.querySelector('li .link').click()"), &[]);
    browser.until("the other article", &format!("{BENEATH} return Boolean(root.querySelector('li > div:not([hidden]) > .text > .title')) && !root.querySelector('li .link')?.textContent.includes({name})"));

    browser.script("document.querySelector('[data-beforehand]').value = 'reset my password'; document.querySelector('input').focus()", &[]);
    browser.css("[data-beforehand]").click();
    browser
        .until("what fits the new text", &format!("{BENEATH} return titles.some((one) => one.includes('password'));"));
}
