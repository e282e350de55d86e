//! Lives through chaos for some minutes: `cargo xtask chaos`.

use std::time::Duration;
use tests::chaos::Chaos;

fn main() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let minutes = number("BEFOREHAND_MINUTES").unwrap_or(10);
    let seed = number("BEFOREHAND_SEED").unwrap_or(20_261);
    println!("{minutes} minutes, seed {seed}");
    println!("{}", Chaos { length: Duration::from_secs(60 * minutes), seed }.live());
}
