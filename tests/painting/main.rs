//! From a key to the frame that shows what is suggested for it, beside a field that paints nothing but its own text, in one run in
//! Chromium. `cargo xtask bench painting` runs it; `--json` prints the figures for a program.

mod centre;
mod figure;
mod parts;
mod side;

use centre::{ARTICLES, QUESTIONS};
use figure::Figure;
use serde_json::json;
use shared::protocol::Boot;
use side::Side;
use tests::{Edge, eventually};

/// How many times as slow the frame is made.
const SPEEDS: [u32; 2] = [1, 4];
/// Under this share of the keys something is suggested, or what is measured is not what it says.
const LEAST_LISTED: f64 = 0.4;

fn main() {
    let as_json = std::env::args().any(|argument| argument == "--json");
    let edge = Edge::start_with(&[("UNPACED", "1")]);
    edge.publish(&centre::content(edge.content(), &edge.site()));
    eventually("the index to hold all articles", || {
        let boot: Boot = edge.client().get("/api/w/demo/boot?locale=en").send().ok();
        let index = edge.client().get(&boot.index?).send().body;
        shared::matching::Index::open(index).ok().filter(|open| open.len() == ARTICLES).map(drop)
    });
    let (mut panel, mut plain) = (Side::panel(&edge), Side::plain(&edge));
    let keys: usize = QUESTIONS.iter().map(|question| question.chars().count()).sum();
    let mut figures = Vec::new();
    for slowed in SPEEDS {
        // A shared machine is now faster and now slower: both take turns.
        for question in QUESTIONS {
            panel.ask(question, slowed);
            plain.ask(question, slowed);
        }
        let [ours, bare] = [&mut panel, &mut plain].map(|side| std::mem::take(&mut side.painted));
        figures.extend([50, 99].map(|percent| Figure::new(slowed, percent, &ours, &bare)));
    }
    let listed = panel.listed() as f64 / (keys * SPEEDS.len()) as f64;
    assert!(listed >= LEAST_LISTED, "only under {listed:.2} of the keys something is suggested");
    let [ours, bare] = [&mut panel, &mut plain].map(parts::of);
    if as_json {
        let parts = json!({ "panel_ms": ours, "plain_ms": bare });
        println!(
            "{}",
            json!({ "articles": ARTICLES, "keys": keys, "listed": listed, "figures": figures, "parts": parts })
        );
    } else {
        println!("\n{keys} keys, {ARTICLES} articles, suggestions under {:.0} % of the keys", listed * 100.0);
        println!("{}\n{}", figure::table(&figures), parts::table(&ours, &bare));
    }
    if !figures.iter().all(Figure::holds) {
        std::process::exit(1);
    }
}
