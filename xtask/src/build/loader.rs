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

/// What the loader says of each language.
const TITLE: &str = "title";

/// Codes of before, which pages still have (CLDR, "languageAlias"): each with the language of today. The loader has one row for each.
const BEFORE: [(&str, &str); 7] =
    [("in", "id"), ("iw", "he"), ("ji", "yi"), ("jw", "jv"), ("mo", "ro"), ("tl", "fil"), ("no", "nb")];

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

/// The title of every language in one array, which the loader carries whole: they are few.
fn table(places: &Places) -> Outcome<String> {
    let mut rows = Vec::new();
    for (tag, words) in words::all(places, "loader.json")? {
        let title = words.get(TITLE).ok_or_else(|| format!("{tag} has no {TITLE}"))?;
        let before = BEFORE.iter().filter(|(_, today)| *today == tag).map(|(before, _)| String::from(*before));
        rows.extend(std::iter::once(tag.clone()).chain(before).map(|tag| [tag, title.clone()]));
    }
    serde_json::to_string(&rows).map_err(|error| error.to_string())
}
