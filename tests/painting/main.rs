//! From a key to the frame that shows what is suggested for it, beside a field that paints nothing but its own text, in one run in
//! Chromium. `cargo xtask bench painting` runs it; `--json` prints the figures for a program.

mod centre;
mod parts;
mod side;

use centre::{ARTICLES, QUESTIONS};
use serde_json::json;
use shared::protocol::Boot;
use side::Side;
use tests::{Edge, eventually};

/// How often the processor is slowed down, and what the panel may cost more then, in the middle and of the slowest of a hundred, in
/// milliseconds; in the middle there is no bar for a slow one.
const SPEEDS: [(u32, Option<f64>, f64); 2] = [(1, Some(6.0), 16.0), (4, None, 30.0)];

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
    let mut is_good = true;
    let mut figures = Vec::new();
    for (times, most_p50, most_p99) in SPEEDS.into_iter().filter(|_| std::env::var_os("EXP").is_none()) {
        for question in QUESTIONS {
            panel.ask(question, times);
            plain.ask(question, times);
        }
        let [ours, bare] = [&mut panel, &mut plain].map(|side| std::mem::take(&mut side.painted));
        for (percent, most) in [(50, most_p50), (99, Some(most_p99))] {
            let (ours, bare) = (percentile(&ours, percent), percentile(&bare, percent));
            let holds = most.is_none_or(|most| ours - bare <= most);
            is_good &= holds;
            figures.push((times, percent, ours, bare, most, holds));
        }
    }
    let [ours, bare] = [&mut panel, &mut plain].map(parts::of);
    if as_json {
        let figure = |(times, percent, ours, bare, most, _): &(u32, usize, f64, f64, Option<f64>, bool)| json!({ "slowed": times, "percentile": percent, "panel_ms": ours, "plain_ms": bare, "more_ms": ours - bare, "most_ms": most });
        println!(
            "{}",
            json!({ "articles": ARTICLES, "keys": keys, "figures": figures.iter().map(figure).collect::<Vec<_>>(), "parts": { "panel_ms": ours, "plain_ms": bare } })
        );
    } else {
        println!("{keys} keys, {ARTICLES} articles; ms from the key to the end of its frame\n");
        println!("{:>8} {:>5} {:>8} {:>8} {:>8} {:>8}", "slowed", "", "panel", "plain", "more", "most");
        for (times, percent, ours, bare, most, holds) in &figures {
            let most = most.map_or(String::from("-"), |most| format!("{most:.1}"));
            println!(
                "{times:>7}x p{percent:<4} {ours:>8.1} {bare:>8.1} {:>8.1} {most:>8}{}",
                ours - bare,
                if *holds { "" } else { "  too much" }
            );
        }
        println!("\n{}", parts::table(&ours, &bare));
    }
    if !is_good {
        std::process::exit(1);
    }
}

/// The value that so many percent of all are below.
fn percentile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)]
}
