//! A compiler with a standard library for wasm32: rustup's, or Debian's where rustup cannot download.

use super::debian;
use crate::Outcome;
use crate::places::Places;
use crate::run::{quietly, run};
use crate::screen::Screen;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

mod debian_sysroot;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";
/// More flags of the compiler for this target, beside those of .cargo/config.toml.
const WASM_FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";
/// Panics name their files by the whole path. Under one name for the place of all crates, two machines make the same module.
const ELSEWHERE: &str = "/c";

/// Set to `debian`, it takes Debian's compiler even where rustup's would do: to test that way.
const CHOICE: &str = "BEFOREHAND_WASM_TOOLCHAIN";

/// How to call the compiler for wasm32.
pub(crate) struct Toolchain {
    /// A folder with `cargo` and `rustc` that comes first on PATH, or nothing where those on PATH are right.
    wrappers: Option<PathBuf>,
}

impl Toolchain {
    /// Finds a compiler for wasm32, or sets one up.
    pub(crate) fn ensure(places: &Places, screen: &Screen) -> Outcome<Self> {
        let is_debian_chosen = env::var(CHOICE).is_ok_and(|choice| choice == "debian");
        if !is_debian_chosen && (has_target() || add_target(places, screen)) {
            return Ok(Self { wrappers: None });
        }
        if !is_debian_chosen {
            screen.say("rustup cannot download the wasm32 target here, so Debian's compiler builds it");
        }
        debian::ensure(places, screen, &debian_sysroot::PACKAGES, "a compiler for wasm32")?;
        Ok(Self { wrappers: Some(debian_sysroot::ensure(places, screen)?) })
    }

    /// A command for wasm32, with `folders` on PATH behind the compiler's own.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>, folders: &[PathBuf]) -> Command {
        let mut command = Command::new(program);
        let path = env::var_os("PATH").unwrap_or_default();
        let all = self.wrappers.iter().cloned().chain(folders.iter().cloned()).chain(env::split_paths(&path));
        if let Ok(joined) = env::join_paths(all) {
            command.env("PATH", joined);
        }
        // worker-build sets this, and crates that both it and we compile have to come out the same.
        command.env("WASM_BINDGEN_USE_JS_SYS", "1");
        if let Some(home) = cargo_home() {
            command.env(WASM_FLAGS, format!("--remap-path-prefix={home}={ELSEWHERE}"));
        }
        if self.wrappers.is_some() {
            forget_rustup(&mut command);
        }
        command
    }

    /// Whether the compiler is rustup's, which has clippy for wasm32 beside it.
    pub(crate) fn is_rustups(&self) -> bool {
        self.wrappers.is_none()
    }
}

/// Where cargo keeps the sources of crates; none if it cannot be said, or cannot stand in a list of flags.
fn cargo_home() -> Option<String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")))?;
    home.into_os_string().into_string().ok().filter(|home| !home.contains(char::is_whitespace))
}

/// What the cargo that runs us has set for its children would lead past Debian's compiler.
fn forget_rustup(command: &mut Command) {
    for variable in ["CARGO", "RUSTC", "RUSTDOC", "RUSTC_WRAPPER", "RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH"] {
        command.env_remove(variable);
    }
}

fn has_target() -> bool {
    let mut query = Command::new("rustc");
    query.args(["--target", TARGET, "--print", "target-libdir"]);
    quietly(query).is_some_and(|folder| Path::new(&folder).is_dir())
}

fn add_target(places: &Places, screen: &Screen) -> bool {
    let added = screen.step("Add the wasm32 target", "rustup downloads its standard library", |step| {
        let mut command = Command::new("rustup");
        command.args(["target", "add", TARGET]);
        run(places, step, "rustup", command)
    });
    added.is_ok() && has_target()
}
