//! What a text of 8,000 characters costs, in each script, beside an English one of the same length.

mod scripts;
mod site;

use crate::percentile::percentile;
use scripts::samples;
use site::Site;
use std::hint::black_box;
use std::time::Instant;

/// Each thing is done this often; the middle of its times counts.
const TIMES: usize = 9;
/// A text costs at most as much as this many English ones.
pub const MOST_TIMES: f64 = 10.0;
/// A text costs less than this, in milliseconds.
pub const MOST_MS: f64 = 20.0;
/// Below this, in milliseconds, a ratio is noise: no number of such texts stops anybody.
const COUNTS_FROM_MS: f64 = 1.0;

/// What is done with a text.
const DEEDS: [(&str, Deed); 5] = [
    ("typed", Site::typed),
    ("sent", Site::sent),
    ("routed", Site::routed),
    ("keyword", Site::keyword),
    ("rule", Site::rule),
];

type Deed = fn(&Site, &str);

/// The table, and what is dearer than a text may be.
pub struct Costs {
    /// A line for each script, with a column in milliseconds for each thing that is done.
    pub table: String,
    /// A sentence for each cost that is over the limits.
    pub over: Vec<String>,
}

/// Measures all scripts. An error says what of the demo's articles cannot be read.
pub fn costs() -> Result<Costs, String> {
    let site = Site::open()?;
    let mut table = format!("{:<20}", "8,000 characters");
    for (name, _) in DEEDS {
        table.push_str(&format!("{name:>18}"));
    }
    let mut over = Vec::new();
    let mut english = Vec::new();
    for (script, text) in samples() {
        let times: Vec<f64> = DEEDS.iter().map(|(_, deed)| middle(|| deed(&site, black_box(&text)))).collect();
        if english.is_empty() {
            english.clone_from(&times);
        }
        table.push_str(&format!("\n{script:<20}"));
        for (((deed, _), time), english) in DEEDS.iter().zip(&times).zip(&english) {
            let ratio = time / english;
            table.push_str(&format!("{:>18}", format!("{time:.2} ms {ratio:>5.1}x")));
            if *time >= MOST_MS || (ratio > MOST_TIMES && *time >= COUNTS_FROM_MS) {
                over.push(format!("{script}, {deed}: {time:.2} ms, {ratio:.1} times English"));
            }
        }
    }
    Ok(Costs { table, over })
}

/// The middle of the times that something takes, in milliseconds.
fn middle(deed: impl Fn()) -> f64 {
    let times: Vec<f64> = (0..TIMES)
        .map(|_| {
            let start = Instant::now();
            deed();
            start.elapsed().as_secs_f64() * 1_000.0
        })
        .collect();
    percentile(&times, 50)
}
