//! Prints what long texts cost. `cargo xtask bench texts` builds and calls it.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    use bench::texts::{MOST_MS, MOST_TIMES, costs};
    use std::process::ExitCode;

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

#[cfg(target_arch = "wasm32")]
fn main() {}
