//! What holds in each state of the panel: what assistive technology is told, in which colours it can be read, and that no word is cut.

use serde_json::json;
use std::path::PathBuf;
use tests::browser::Browser;
use tests::states::{STATES, prepare, through};
use tests::{Agent, Edge, Host};

/// A host page.
const PAGE: &str = "/plain/";

/// Where the trees are kept.
fn kept(state: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("trees").join(state).with_extension("txt")
}

fn visit(edge: &Edge, browser: &Browser, tongue: &str, shown: &mut dyn FnMut(&'static str)) {
    let agent = Agent::set_up(edge, "Maya Lind");
    Host::visit(browser, edge, PAGE);
    through(browser, &agent, tongue, shown);
}

/// `BEFOREHAND_BLESS=1` writes them anew, for a person to read.
#[test]
fn assistive_technology_is_told_in_each_state_what_is_kept_for_it() {
    let edge = Edge::start();
    prepare(&edge);
    let browser = Browser::open(&edge);
    let blesses = std::env::var_os("BEFOREHAND_BLESS").is_some();
    let (mut seen, mut differ) = (Vec::new(), Vec::new());
    visit(&edge, &browser, "en", &mut |state| {
        seen.push(state);
        let mut inspector = browser.inspector();
        if blesses {
            std::fs::create_dir_all(kept(state).parent().unwrap()).unwrap();
            std::fs::write(kept(state), inspector.tree()).unwrap();
            return;
        }
        let expected = std::fs::read_to_string(kept(state)).unwrap_or_default();
        let mut last = String::new();
        // The focus and some words come a moment later.
        let same = tests::waiting::holds(|| {
            last = inspector.tree();
            last == expected
        });
        if !same {
            differ.push(format!("{state}:\n{}", difference(&expected, &last)));
        }
    });
    assert_eq!(seen, STATES);
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

/// The lines that only one of two has.
fn difference(expected: &str, found: &str) -> String {
    let only = |mark: &str, one: &str, other: &str| {
        let lines = one.lines().filter(|line| !other.lines().any(|known| known == *line));
        lines.map(|line| format!("{mark} {line}\n")).collect::<String>()
    };
    only("-", expected, found) + &only("+", found, expected)
}

#[test]
fn each_state_is_accessible_light_dark_and_in_the_visitors_own_colours() {
    for tongue in ["en", "ar"] {
        let edge = Edge::start();
        prepare(&edge);
        let browser = Browser::open(&edge);
        let theme = |theme: &str| {
            browser.leave();
            browser.script("Beforehand('update', { theme: arguments[0] })", &[json!(theme)]);
            browser.enter(&browser.css("iframe"));
            browser.until(theme, &format!("return document.documentElement.dataset.theme === {}", json!(theme)));
        };
        visit(&edge, &browser, tongue, &mut |state| {
            for name in ["light", "dark"] {
                theme(name);
                browser.expect_accessible(&format!("{state}, {tongue}, {name}"));
            }
            let mut inspector = browser.inspector();
            inspector.forced_colours();
            browser.until("the visitor's colours", "return matchMedia('(forced-colors: active)').matches");
            browser.screenshot(&format!("forced-{tongue}-{state}"));
            browser.expect_accessible_in_own_colours(&format!("{state}, {tongue}, forced colours"));
        });
    }
}

/// The words that are cut or stand one over another; what people have written may be cut, with an ellipsis.
const CUT: &str = "
    const own = '.suggestions-answer, .suggestions-snippet, .suggestions-snippet *, .suggestions-name, .suggestions-name *, .recent-thread *, .peek *, .unseen, .unseen *';
    const out = [];
    for (const one of document.querySelectorAll('body *')) {
        const has = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        if (!has || !one.checkVisibility({ visibilityProperty: true }) || one.matches(own)) continue;
        const style = getComputedStyle(one), box = one.getBoundingClientRect();
        const hides = (side) => ['hidden', 'clip'].includes(style['overflow' + side]);
        if ((hides('X') && one.scrollWidth > one.clientWidth + 1) || (hides('Y') && one.scrollHeight > one.clientHeight + 1))
            out.push('cut: ' + one.className + ': ' + one.textContent);
        if (style.display !== 'inline' && one.scrollHeight > one.clientHeight + 3 && parseFloat(style.lineHeight) && one.clientHeight)
            if (style.overflowY === 'visible' && !one.children.length) out.push('over its box: ' + one.className + ': ' + one.textContent);
        if (box.right > innerWidth + 1 || box.left < -1) out.push('beside the window: ' + one.className + ': ' + one.textContent);
    }
    return out;";

fn expect_whole(browser: &Browser, what: &str) {
    let cut = browser.script(CUT, &[]);
    assert_eq!(cut, json!([]), "{what}");
    let fits = "return document.documentElement.scrollWidth <= document.documentElement.clientWidth";
    assert_eq!(browser.script(fits, &[]), true, "{what} scrolls sideways");
}

/// The language whose words for the panel have the most letters.
fn longest() -> String {
    let languages = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../languages");
    let of_folder = |entry: std::io::Result<std::fs::DirEntry>| {
        let folder = entry.unwrap();
        let words = std::fs::read_to_string(folder.path().join("panel.json")).ok()?;
        Some((words.chars().count(), folder.file_name().into_string().unwrap()))
    };
    std::fs::read_dir(languages).unwrap().filter_map(of_folder).max().unwrap().1
}

#[test]
fn no_word_is_cut_in_the_longest_language_on_a_small_phone_a_phone_and_a_desk() {
    for (width, height) in [(320, 568), (390, 844), (1040, 800)] {
        let edge = Edge::start();
        prepare(&edge);
        let browser = Browser::of_size(&edge, width, height);
        visit(&edge, &browser, &longest(), &mut |state| {
            browser.screenshot(&format!("longest-{width}-{state}"));
            expect_whole(&browser, &format!("{state}, {} pixels wide, in {}", width, longest()));
        });
    }
}

/// As WCAG 2.2 wants it: 1.4.4 (text at 200 %) and 1.4.12 (text spacing).
const LARGE: &str = "html { font-size: 200% !important }";
const SPACED: &str =
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }";

#[test]
fn no_word_is_cut_where_letters_are_twice_as_large_or_further_apart() {
    for (name, rules) in [("large", LARGE), ("spaced", SPACED)] {
        let edge = Edge::start();
        prepare(&edge);
        let browser = Browser::of_size(&edge, 390, 844);
        let style = "const sheet = new CSSStyleSheet(); sheet.replaceSync(arguments[0]);
            document.adoptedStyleSheets = [sheet];";
        visit(&edge, &browser, "en", &mut |state| {
            browser.script(style, &[json!(rules)]);
            browser.screenshot(&format!("{name}-{state}"));
            expect_whole(&browser, &format!("{state}, {name}"));
            browser.script("document.adoptedStyleSheets = []", &[]);
        });
    }
}
