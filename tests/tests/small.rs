//! Small windows, and windows that are zoomed in until little is left of them.

use serde_json::json;
use tests::browser::{Browser, Key};
use tests::{Edge, Host};

/// A window of 1,280 by 800 at 400 %, one of 800 by 496 at 200 %, and phones with a keyboard on the screen.
const SIZES: [(u32, u32); 4] = [(320, 200), (400, 248), (320, 256), (390, 300)];

#[test]
fn send_is_seen_and_the_rest_scrolls_at_every_zoom() {
    let edge = Edge::start();
    for (width, height) in SIZES {
        let browser = Browser::of_size(&edge, width, height);
        let host = Host::visit(&browser, &edge, "/plain/");
        host.open_panel();
        let at = format!("{width} x {height}");
        let seen = |what: &str| {
            let body = "const { top, bottom, height } = document.querySelector(arguments[0]).getBoundingClientRect();
                return height > 30 && top >= 0 && bottom <= innerHeight && document.documentElement.scrollHeight <= innerHeight";
            for one in [".desk-send", ".composer"] {
                assert_eq!(browser.script(body, &[json!(one)]), true, "{one} at {at}, {what}");
            }
        };
        let scrolls = |selector: &str| {
            let body = "const one = document.querySelector(arguments[0]);
                one.scrollTop = 1e6;
                const { bottom } = one.lastElementChild.getBoundingClientRect();
                return bottom <= one.getBoundingClientRect().bottom + 1";
            assert_eq!(browser.script(body, &[json!(selector)]), true, "{selector} at {at}");
        };
        seen("at first");
        scrolls(".home");
        host.write("change my delivery address");
        host.suggestion("Change your delivery address").wait();
        seen("with suggestions");
        scrolls(".suggestions");
        for _ in 0..browser.role("option").texts().len() {
            browser.press(&[Key::Down]);
            let active =
                "const { top, bottom } = document.querySelector('[aria-selected=true]').getBoundingClientRect();
                const list = document.querySelector('.suggestions').getBoundingClientRect();
                return top >= list.top - 1 && bottom <= list.bottom + 1";
            browser.until("the chosen suggestion to be seen", active);
        }
        browser.screenshot(&format!("small-{width}x{height}"));
        browser.expect_accessible(&at);
        host.write(&" and more of it".repeat(12));
        seen("with a long text");
        browser.expect_quiet(&at);
    }
}
