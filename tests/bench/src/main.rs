//! Measures the matching engine on files of real questions. `cargo xtask bench matching` builds and calls it.

#[cfg(not(target_arch = "wasm32"))]
mod command;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    match command::run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            std::process::ExitCode::FAILURE
        }
    }
}

/// There is no command line in a browser.
#[cfg(target_arch = "wasm32")]
fn main() {}
