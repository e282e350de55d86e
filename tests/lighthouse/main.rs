//! What the tag costs a page by Lighthouse, on its phone: the same page with and without it. `cargo xtask bench lighthouse` runs it; `--json`
//! prints the figures for a program.

mod figure;
mod page;

use page::HostPage;
use serde_json::json;
use std::process::ExitCode;
use tests::Edge;

/// How often each page is looked at, unless it is said.
const RUNS: usize = 3;

fn main() -> ExitCode {
    let (mut runs, mut as_json) = (RUNS, false);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--json" => as_json = true,
            "--runs" => runs = words.next().and_then(|runs| runs.parse().ok()).expect("--runs N"),
            _ => panic!("what is {word}?"),
        }
    }
    let edge = Edge::start();
    let [with, without] = [true, false].map(|tagged| HostPage::serve(&edge, tagged));
    let mut figures = figure::all();
    // A shared machine is now faster and now slower: both take turns.
    for _ in 0..runs {
        let reports = [without.report(), with.report()];
        figures.iter_mut().for_each(|figure| figure.add(&reports));
    }
    if as_json {
        println!(
            "{}",
            json!({ "runs": runs, "figures": figures.iter().map(figure::Figure::json).collect::<Vec<_>>() })
        );
    } else {
        println!("\n{}", figure::table(&figures));
    }
    // Not `exit`, which would leave the edges at work.
    if figures.iter().all(figure::Figure::holds) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
