//! Prints what long texts cost. `cargo xtask bench texts` builds and calls it.

use bench::texts::{MOST_MS, MOST_TIMES, costs};
use std::process::ExitCode;

fn main() -> ExitCode {
    match costs() {
        Ok(costs) => {
            println!("{}", costs.table);
            if costs.over.is_empty() {
                println!("every text costs at most {MOST_TIMES} times an English one, and less than {MOST_MS} ms");
                return ExitCode::SUCCESS;
            }
            eprintln!("dearer than {MOST_TIMES} times English, or than {MOST_MS} ms:\n{}", costs.over.join("\n"));
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
