//! From a click on the launcher until the composer takes text, on a slow device and a slow line, in Chromium. `cargo xtask bench opening` runs
//! it; with `--against` an older build is opened in turn with this one, and `--json` prints the figures for a program.

mod figure;
mod side;

use figure::Figure;
use serde_json::json;
use side::{SLOWED, Side};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use tests::{line, tools};

/// How often each is opened in each way, unless it is said.
const RUNS: usize = 5;

/// How long the mouse has been over the launcher before the click.
const WAYS: [(&str, Option<Duration>); 2] =
    [("cold", None), ("after 400 ms over the launcher", Some(Duration::from_millis(400)))];

fn main() -> ExitCode {
    let (mut runs, mut against, mut as_json) = (RUNS, None, false);
    let mut words = std::env::args_os().skip(1);
    while let Some(word) = words.next() {
        match word.to_str() {
            Some("--json") => as_json = true,
            Some("--against") => against = words.next().map(PathBuf::from),
            Some("--runs") => runs = words.next().and_then(|runs| runs.to_str()?.parse().ok()).expect("--runs N"),
            _ => panic!("what is {}?", word.display()),
        }
    }
    let old = against.map(Side::new);
    let new = Side::new(tools::dist());
    // An edge makes its index and reads its files when they are asked for first.
    for side in old.iter().chain([&new]) {
        side.open(None);
    }
    let figures = WAYS.map(|(way, hovered)| {
        let mut figure = Figure::new(way);
        // A shared machine is now faster and now slower: both take turns.
        for _ in 0..runs {
            figure.old.extend(old.as_ref().map(|side| side.open(hovered)));
            figure.new.push(new.open(hovered));
        }
        figure
    });
    if as_json {
        let delay_ms = 2 * line::DELAY.as_millis();
        let figures: Vec<_> = figures.iter().map(Figure::json).collect();
        println!(
            "{}",
            json!({ "slowed": SLOWED, "bytes_per_second": line::BYTES_PER_SECOND, "round_trip_ms": delay_ms, "runs": runs,
                "figures": figures })
        );
    } else {
        println!("\n{}", figure::table(&figures));
    }
    // Not `exit`, which would leave the edges at work.
    if figures.iter().all(Figure::holds) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
