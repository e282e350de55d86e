//! The script that site owners put on their pages, in two parts. The name of the first never changes, so it is small and its cache is short.
//! The second comes with the panel, under a name that holds a digest.

use super::apps::bundle;
use super::asset::write_with_variants;
use super::stamp::{Digest, Stamp};
use super::words;
use crate::Outcome;
use crate::places::{Places, at, make_folder, read, write};
use crate::run::run;
use crate::screen::{Screen, Step};
use crate::setup::node;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What `words.js` of each part imports: the file of a language, and which of its texts.
const WORDS: [(&str, &str, &[&str]); 2] =
    [("languages", "loader.json", &["title"]), ("languages-more", "panel.json", &["close", "retry"])];

/// What comes later, each with its entry: the second part, what stands beneath a form of the page's own, what is said unasked, and what stands in for the scripts of other widgets.
const PARTS: [(&str, &str); 7] = [
    ("more", "more/more.js"),
    ("form", "form/form.js"),
    ("messages", "messages/messages.js"),
    ("intercom", "shims/intercom.js"),
    ("chatwoot", "shims/chatwoot.js"),
    ("zendesk", "shims/zendesk.js"),
    ("crisp", "shims/crisp.js"),
];

/// The first part carries the digest, and two builds of one site are told apart by fewer digits.
const LONG_ENOUGH: usize = 8;

/// What stands between two languages, and between the texts of one.
const BETWEEN: [&str; 2] = [";", "|"];

/// Names of properties that both parts use and no page does end with this, and are made shorter.
const SHORTENED: &str = "--mangle-props=[a-z]_$";

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
        let bundler = Bundler::new(places, step, &sources)?;
        // The first part knows the others by a digest of all, so that no two builds are ever mixed.
        let mut all = bundler.bundle("index.js", "beforehand", "iife", "")?;
        let mut parts = Vec::new();
        for (name, entry) in PARTS {
            let part = bundler.smallest(entry, name, "esm", "")?;
            all.extend_from_slice(&part);
            parts.push((name, part));
        }
        let digest = &Digest::of(&all).hex()[..LONG_ENOUGH];
        remove_old(places)?;
        for (name, part) in parts {
            write_with_variants(&places.dist().join(format!("assets/a/{name}.{digest}.js")), &part)?;
        }
        write_with_variants(&out, &bundler.smallest("index.js", "beforehand", "iife", digest)?)?;
        stamp.keep()
    })
}

/// Makes one script of the files of a part.
struct Bundler<'a> {
    places: &'a Places,
    step: &'a Step,
    sources: &'a Path,
    arguments: Vec<String>,
}

impl<'a> Bundler<'a> {
    fn new(places: &'a Places, step: &'a Step, sources: &'a Path) -> Outcome<Self> {
        // Which name became which, the same for all parts.
        let names = places.work().join("loader-names.json");
        write(&names, "{}")?;
        let mut arguments = vec![
            "--charset=utf8".into(),
            SHORTENED.into(),
            format!("--mangle-cache={}", names.display()),
            format!("--define:VERSION=\"{}\"", env!("CARGO_PKG_VERSION")),
        ];
        for (name, file, keys) in WORDS {
            let made = places.work().join(name).with_extension("json");
            write(&made, table(places, file, keys)?)?;
            arguments.push(format!("--alias:{name}={}", made.display()));
        }
        Ok(Self { places, step, sources, arguments })
    }

    /// All that an entry needs in one script, in which the other parts have this digest.
    fn bundle(&self, entry: &str, name: &str, format: &str, digest: &str) -> Outcome<Vec<u8>> {
        let own = [format!("--format={format}"), format!("--define:PARTS=\"{digest}\"")];
        let arguments: Vec<&str> = self.arguments.iter().chain(&own).map(String::as_str).collect();
        bundle(self.places, self.step, &format!("loader-{name}"), &self.sources.join(entry), "js", &arguments)
    }

    /// The same script in fewer bytes.
    fn smallest(&self, entry: &str, name: &str, format: &str, digest: &str) -> Outcome<Vec<u8>> {
        let bundled = self.places.work().join(format!("{name}.js"));
        write(&bundled, self.bundle(entry, name, format, digest)?)?;
        let out = self.places.work().join(format!("{name}.smallest.js"));
        let mut command = Command::new("node");
        command.arg(node::terser(self.places)?).arg(bundled).args(SMALLEST).arg("--output").arg(&out);
        if format == "esm" {
            command.arg("--module");
        }
        run(self.places, self.step, &format!("terser-{name}"), command)?;
        read(&out)
    }
}

/// Takes away the parts of builds before this one.
fn remove_old(places: &Places) -> Outcome {
    let folder = places.dist().join("assets/a");
    make_folder(&folder)?;
    for entry in fs::read_dir(&folder).map_err(|error| at(&folder, error))? {
        let path = entry.map_err(|error| at(&folder, error))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if PARTS.iter().any(|(part, _)| name.starts_with(&format!("{part}."))) {
            fs::remove_file(&path).map_err(|error| at(&path, error))?;
        }
    }
    Ok(())
}

/// The words of every language in one text, which is carried whole: they are few. It begins with what stands between two languages, so that
/// each is found in the same way.
fn table(places: &Places, file: &str, keys: &[&str]) -> Outcome<String> {
    let [between_languages, between_words] = BETWEEN;
    let mut table = String::new();
    for (tag, words) in words::all(places, file)? {
        let mut row = String::new();
        for key in keys {
            let text = words.get(*key).ok_or_else(|| format!("{tag} has no {key} in {file}"))?;
            if BETWEEN.iter().any(|between| text.contains(between)) {
                return Err(format!(
                    "{key} of {tag} has a {between_languages} or a {between_words}, which stand between texts"
                ));
            }
            row.push_str(&format!("{between_words}{text}"));
        }
        let before = BEFORE.iter().filter(|(_, today)| *today == tag).map(|(before, _)| *before);
        for tag in std::iter::once(tag.as_str()).chain(before) {
            table.push_str(&format!("{between_languages}{tag}{row}"));
        }
    }
    serde_json::to_string(&table).map_err(|error| error.to_string())
}
