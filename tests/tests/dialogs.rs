//! Modal dialogs of a page: a browser lets nobody use what is outside of the one on top, so that the launcher is in it, in whatever tree it is.

use serde_json::Value;
use tests::{Browser, Edge, Host, eventually};

/// The widget's element and its frame, wherever they are.
const WIDGET: &str = "const trees = (root) => [...root.querySelectorAll('*')].flatMap((one) => one.shadowRoot ? [one, ...trees(one.shadowRoot)] : []);
    const widget = trees(document).find((one) => one.shadowRoot.querySelector('output + button'));
    const frame = widget?.shadowRoot.querySelector('iframe');";

/// Two dialogs of the page, one in a shadow tree with what the page has put into its slot, and one in a tree inside of a tree.
const DIALOGS: &str = "document.querySelector('main').insertAdjacentHTML('beforeend',
      '<dialog id=b><button>B</button></dialog><dialog id=a><button>A</button></dialog><x-slotted><button>S</button></x-slotted><x-outer></x-outer>');
    const within = (host, html) => { const root = host.attachShadow({ mode: 'open' }); root.innerHTML = html; return root };
    window.all = { a: document.querySelector('#a'), b: document.querySelector('#b'),
      slotted: within(document.querySelector('x-slotted'), '<dialog><slot></slot></dialog>').querySelector('dialog'),
      inner: within(within(document.querySelector('x-outer'), '<x-inner></x-inner>').querySelector('x-inner'), '<dialog><p>No field</p></dialog>').querySelector('dialog') };";

fn ask(browser: &Browser, question: &str) -> Value {
    browser.script(&format!("{WIDGET} return {question};"), &[])
}

/// Waits until the widget is in this dialog, or behind the body, once and drawn.
fn expect_in(browser: &Browser, name: &str) {
    eventually(&format!("the widget in {name}"), || {
        let place = "Object.keys(all).find((name) => all[name] === widget?.parentNode) ?? widget?.parentNode.tagName";
        (ask(browser, place) == name).then_some(())
    });
    let is_drawn = "widget.matches(':popover-open') && trees(document).filter((one) => one.shadowRoot.querySelector('output + button')).length === 1";
    assert_eq!(ask(browser, is_drawn), true, "{name}");
}

/// The launcher and the panel can be used by mouse and keyboard.
fn expect_usable(host: &Host<'_>, name: &str) {
    let browser = host.browser;
    let spot = browser.script(&format!("{WIDGET} const box = widget.shadowRoot.querySelector('output + button').getBoundingClientRect();
        let found = document.elementFromPoint(box.x + 9, box.y + 9); while (found?.shadowRoot && found !== widget) found = found.shadowRoot.elementFromPoint(box.x + 9, box.y + 9);
        return found === widget"), &[]);
    assert_eq!(spot, true, "{name}: the launcher can be clicked");
}

#[test]
fn the_launcher_is_in_the_dialog_on_top_and_comes_back_to_the_one_below() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    let host = Host::visit(&browser, &edge, "/plain/");
    browser.script(DIALOGS, &[]);
    expect_in(&browser, "HTML");
    host.open_panel();
    host.write("half a question");
    browser.leave();
    browser.script(
        &format!("{WIDGET} window.before = frame; window.loads = 0; frame.addEventListener('load', () => loads++)"),
        &[],
    );
    // Opened by what is in the dialog before, as in life; `b` stands before `a` in the page, and above it.
    for order in
        [vec!["a", "b"], vec!["a", "slotted", "b"], vec!["slotted"], vec!["inner", "a"], vec!["slotted", "inner"]]
    {
        for name in &order {
            browser.script(&format!("all.{name}.showModal()"), &[]);
            expect_in(&browser, name);
            expect_usable(&host, &format!("{name} of {order:?}"));
            assert_eq!(ask(&browser, "frame === before && loads"), 0, "{name}: the frame did not start anew");
        }
        for (above, name) in order.iter().enumerate().rev() {
            browser.script(&format!("all.{name}.close()"), &[]);
            expect_in(&browser, above.checked_sub(1).map_or("HTML", |below| order[below]));
        }
    }
    // Both at once, and the one below is the first to close.
    browser.script("all.a.showModal(); all.b.showModal()", &[]);
    expect_in(&browser, "b");
    browser.script("all.a.close()", &[]);
    expect_in(&browser, "b");
    // A dialog that leaves the page takes the widget along, so that its frame starts anew.
    browser.script("all.b.remove()", &[]);
    expect_in(&browser, "HTML");
    expect_usable(&host, "the page");
    host.enter_panel();
    assert_eq!(host.composer().property("textContent"), "half a question");
    browser.leave();
    browser.expect_quiet("dialogs");
}

#[test]
fn a_dialog_that_was_open_before_the_widget_came_has_the_launcher() {
    let edge = Edge::start();
    let browser = Browser::open(&edge);
    Host::visit(&browser, &edge, "/plain/");
    browser.script(DIALOGS, &[]);
    browser.script("Beforehand('shutdown')", &[]);
    eventually("the widget to go", || (ask(&browser, "widget ?? null") == Value::Null).then_some(()));
    browser.script("all.a.showModal(); Beforehand('boot')", &[]);
    expect_in(&browser, "a");
    browser.expect_quiet("a dialog that was first");
}
