//! Takes a compiled program apart into two modules that share their memory: the one that begins, and the one that it fetches
//! (`widget/src/more.rs`). All that the first one does not reach goes into the second, code and data alike.

use crate::Outcome;
use crate::places::{Places, make_folder, read};
use crate::run::run;
use crate::screen::Step;
use crate::setup::programs::WASM_SPLIT;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The name under which the second module asks for what it shares.
const SHARED: &str = "__wasm_split";
/// What it shares: memory, the table of functions, and where the stack ends.
const NAMES: [&str; 3] = ["memory", "__indirect_function_table", "__wasm_split_shared0"];
/// In the names of functions that write texts for panics, as the compiler writes them.
const WRITES_WORDS: &[u8] = b"4core3fmt";

/// The two.
pub(super) struct Two {
    pub(super) first: PathBuf,
    pub(super) second: PathBuf,
    /// Whether the second one calls what writes the texts of panics, as nothing of it should.
    pub(super) writes_words: bool,
}

pub(super) fn apart(places: &Places, step: &Step, name: &str, compiled: &Path) -> Outcome<Two> {
    let folder = places.work().join(name).join("apart");
    make_folder(&folder)?;
    let mut command = Command::new(WASM_SPLIT.folder(places).join("wasm-split-cli"));
    command.arg(compiled).arg(&folder);
    run(places, step, &format!("wasm-split-{name}"), command)?;
    let second = folder.join("split_more.wasm");
    let writes_words = read(&second)?.windows(WRITES_WORDS.len()).any(|bytes| bytes == WRITES_WORDS);
    Ok(Two { first: folder.join("main.wasm"), second, writes_words })
}

/// A script that gives the second module what the first one shares; `short` tells what a name of the first became.
pub(super) fn link(short: impl Fn(&str) -> Outcome<String>) -> Outcome<String> {
    let mut fields = Vec::new();
    for name in NAMES {
        fields.push(format!("{name}: first.{}", short(name)?));
    }
    Ok(format!("export const shared = (first) => ({{ {SHARED}: {{ {} }} }});\n", fields.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_module_gets_what_the_first_one_shares_by_the_names_that_it_has() {
        let script = link(|name| Ok(name.chars().take(4).collect())).unwrap_or_default();
        assert_eq!(
            script,
            "export const shared = (first) => ({ __wasm_split: { memory: first.memo, \
             __indirect_function_table: first.__in, __wasm_split_shared0: first.__wa } });\n"
        );
        assert!(link(|name| Err(name.to_owned())).is_err());
    }
}
