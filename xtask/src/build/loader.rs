//! The script that site owners put on their pages. Its name never changes, so it is small and its cache is short.

use super::apps::bundle;
use super::asset::write_with_variants;
use super::stamp::Stamp;
use super::words;
use crate::Outcome;
use crate::places::{Places, read, write};
use crate::run::run;
use crate::screen::{Screen, Step};
use crate::setup::node;
use std::path::Path;
use std::process::Command;

/// What `words.js` imports.
const WORDS: &str = "languages";

/// The order in which the loader reads the words of a language.
const KEYS: [&str; 2] = ["title", "failed"];

/// All of the script is in one function, so every name in it may be changed, and what is done once stands where it is done. Each
/// visitor of each site loads it, so that these bytes are worth a second program.
const SMALLEST: [&str; 5] = [
    "--toplevel",
    "--compress",
    "passes=4,ecma=2022,collapse_vars=false,unsafe,unsafe_arrows,pure_getters,keep_fargs=false",
    "--mangle",
    "toplevel",
];

pub(crate) fn make(places: &Places, screen: &Screen) -> Outcome {
    let sources = places.root.join("widget/loader");
    let out = places.dist().join("assets/beforehand.js");
    let stamp = Stamp::new(places.work().join("loader.stamp"))
        .text(include_str!("loader.rs"))
        .file(&places.root.join("package-lock.json"))?
        .folder(&sources, &["js", "css"])?
        .folder(&words::folder(places), &["json"])?;
    if stamp.is_fresh() && out.is_file() {
        return Ok(());
    }
    screen.step("Make the loader", "it is bundled and minified", |step| {
        let entry = sources.join("index.js");
        let words = places.work().join("loader-words.json");
        write(&words, table(places)?)?;
        let alias = format!("--alias:{WORDS}={}", words.display());
        let bundled = places.work().join("loader.js");
        write(&bundled, bundle(places, step, "loader", &entry, "js", &["--format=iife", "--charset=utf8", &alias])?)?;
        write_with_variants(&out, &smallest(places, step, &bundled)?)?;
        stamp.keep()
    })
}

/// The same script in fewer bytes.
fn smallest(places: &Places, step: &Step, bundled: &Path) -> Outcome<Vec<u8>> {
    let out = places.work().join("loader.smallest.js");
    let mut command = Command::new("node");
    command.arg(node::terser(places)?).arg(bundled).args(SMALLEST).arg("--output").arg(&out);
    run(places, step, "terser-loader", command)?;
    read(&out)
}

/// The words of every language in one array, which the loader carries whole: they are few.
fn table(places: &Places) -> Outcome<String> {
    let row = |(tag, words): (String, words::Words)| {
        let texts = KEYS.map(|key| words.get(key).cloned().ok_or_else(|| format!("{tag} has no {key}")));
        std::iter::once(Ok(tag)).chain(texts).collect::<Outcome<Vec<String>>>()
    };
    let rows = words::all(places, "loader.json")?.into_iter().map(row).collect::<Outcome<Vec<_>>>()?;
    serde_json::to_string(&rows).map_err(|error| error.to_string())
}
