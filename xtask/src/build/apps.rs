//! The two pages that run WebAssembly in a browser: the panel and the inbox.

use super::asset::{write_hashed, write_with_variants};
use super::stamp::Stamp;
use super::{names, paths, silence, words};
use crate::Outcome;
use crate::places::{Places, at, make_folder, read, read_text, write};
use crate::run::run;
use crate::screen::{Screen, Step};
use crate::setup::node;
use crate::setup::programs::WASM_BINDGEN;
use crate::setup::toolchain::TARGET;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A page: its binary crate, and the folder with `NAME.html`, `style.css` and `boot.js`.
pub(crate) struct App {
    name: &'static str,
    folder: &'static str,
    /// The file of each language that the page itself fetches, and what stands for the list of them in the page.
    words: Option<&'static str>,
}

/// The panel has its words from the edge.
pub(crate) const APPS: [App; 2] = [
    App { name: "panel", folder: "widget", words: None },
    App { name: "inbox", folder: "inbox", words: Some("inbox.json") },
];

/// Under this key a language has its own name.
const LANGUAGE_NAME: &str = "language_name";

/// What rustc's wasm32 target uses and every browser of the last years has. `--strip-debug` removes the section that
/// names them, so they are named here.
pub(super) const WASM_FEATURES: [&str; 6] = [
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-reference-types",
];

/// Jumps are first laid out anew from flat code, which a compiler's own are not as short as; each further -Oz still finds
/// something; and functions of one crate side by side compress better: 1.7 % of the panel, together.
const SMALLEST: [&str; 11] = [
    // The stack ends there, and nothing has an address so low: sums of addresses need not be made one by one.
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "-Oz",
    "--reorder-functions-by-name",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
    names::SHORTEN,
];

/// Syntax that browsers have had since 2022; the WebAssembly features above ask for no older ones.
pub(crate) const JS_TARGET: &str = "--target=es2022";

/// What a page's script imports.
pub(crate) const GLUE: &str = "wasm-bindgen-glue";

/// Makes the files of one page, unless they are up to date.
pub(crate) fn make(places: &Places, screen: &Screen, app: &App) -> Outcome {
    let compiled = places.target.join(TARGET).join("release").join(format!("{}.wasm", app.name));
    let sources = places.root.join(app.folder);
    let stamp = Stamp::new(places.work().join(format!("{}.stamp", app.name)))
        .text(include_str!("apps.rs"))
        .text(include_str!("asset.rs"))
        .text(include_str!("names.rs"))
        .text(include_str!("silence.rs"))
        .file(&places.root.join("package-lock.json"))?
        .file(&compiled)?
        .folder(&sources, &["html", "css", "js"])?
        .folder(&words::folder(places), &["json"])?
        .folder(&places.root.join("kit"), &["css"])?;
    if stamp.is_fresh() && places.dist().join("assets").join(format!("{}.html", app.name)).is_file() {
        return Ok(());
    }
    screen.step(&format!("Make the {}'s files", app.name), "wasm-opt looks for the smallest form", |step| {
        remove_old(places, app)?;
        let wasm = write_hashed(places, app.name, "wasm", &module(places, step, app.name, &compiled)?)?;
        // The page's script asks for its glue by this name, because the real one is made here.
        let glue = places.work().join(app.name).join(format!("{}.js", app.name));
        let alias = format!("--alias:{GLUE}={}", glue.display());
        let js = bundle(places, step, app.name, &sources.join("boot.js"), "js", &["--format=esm", &alias])?;
        let js = write_hashed(places, app.name, "js", &js)?;
        let css = bundle(places, step, app.name, &sources.join("style.css"), "css", &[])?;
        let css = write_hashed(places, app.name, "css", &css)?;
        let name = format!("{}.html", app.name);
        let html = read_text(&sources.join(&name))?;
        let html = html.replace("{{js}}", &js).replace("{{wasm}}", &wasm).replace("{{css}}", &css);
        let html = html.replace("{{languages}}", &languages(places, app)?);
        write_with_variants(&places.dist().join("assets").join(name), html.as_bytes())?;
        stamp.keep()
    })
}

/// Writes the words of every language, and gives the list of them for the page: `[[tag, name, path], …]`.
fn languages(places: &Places, app: &App) -> Outcome<String> {
    let failed = |error: serde_json::Error| error.to_string();
    let mut list = Vec::new();
    for (tag, words) in app.words.map(|file| words::all(places, file)).transpose()?.unwrap_or_default() {
        let name = words.get(LANGUAGE_NAME).cloned().ok_or_else(|| format!("{tag} has no {LANGUAGE_NAME}"))?;
        let bytes = serde_json::to_vec(&words).map_err(failed)?;
        let path = write_hashed(places, &format!("{}.{tag}", app.name), "json", &bytes)?;
        list.push([tag, name, path]);
    }
    // The list stands in a script element, which a text must not end.
    Ok(serde_json::to_string(&list).map_err(failed)?.replace('<', "\\u003c"))
}

/// Minifies a JavaScript or CSS file together with all that it imports.
pub(crate) fn bundle(
    places: &Places,
    step: &Step,
    name: &str,
    entry: &Path,
    ending: &str,
    arguments: &[&str],
) -> Outcome<Vec<u8>> {
    let out = places.work().join(format!("{name}.min.{ending}"));
    let mut command = Command::new(node::esbuild(places)?);
    command.current_dir(&places.root).arg(entry).arg(format!("--outfile={}", out.display()));
    command.args(["--bundle", "--minify", "--log-level=warning", JS_TARGET]).args(arguments);
    run(places, step, &format!("esbuild-{name}-{ending}"), command)?;
    read(&out)
}

/// Makes the JavaScript side and gives the optimised module.
pub(crate) fn module(places: &Places, step: &Step, name: &str, compiled: &Path) -> Outcome<Vec<u8>> {
    let folder = places.work().join(name);
    make_folder(&folder)?;
    let mut command = Command::new(WASM_BINDGEN.folder(places).join("wasm-bindgen"));
    command.arg(compiled).arg("--out-dir").arg(&folder).args(["--out-name", name]);
    // Every browser with the syntax of `JS_TARGET` encodes text in place.
    command.args(["--target", "web", "--no-typescript", "--omit-default-module-path", "--encode-into", "always"]);
    run(places, step, &format!("wasm-bindgen-{}", name), command)?;

    let bound = folder.join(format!("{}_bg.wasm", name));
    let mut command = Command::new(node::wasm_opt(places)?);
    command.arg(&bound).arg("--print-call-graph").args(WASM_FEATURES);
    let graph = run(places, step, &format!("wasm-opt-{}-graph", name), command)?;
    let silent = folder.join("silent.wasm");
    write(&silent, silence::silenced(&read(&bound)?, &graph)?)?;

    let optimised = folder.join("optimised.wasm");
    let mut command = Command::new(node::wasm_opt(places)?);
    command.arg(&silent).arg("-o").arg(&optimised);
    command.args(SMALLEST).args(WASM_FEATURES);
    let printed = run(places, step, &format!("wasm-opt-{}", name), command)?;
    let glue = folder.join(format!("{name}.js"));
    write(&glue, names::follow(&printed, &read_text(&glue)?)?)?;
    let mut module = read(&optimised)?;
    paths::blank(&mut module);
    Ok(module)
}

fn remove_old(places: &Places, app: &App) -> Outcome {
    let folder = places.dist().join("assets/a");
    make_folder(&folder)?;
    for entry in fs::read_dir(&folder).map_err(|error| at(&folder, error))? {
        let path = entry.map_err(|error| at(&folder, error))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with(&format!("{}.", app.name)) {
            fs::remove_file(&path).map_err(|error| at(&path, error))?;
        }
    }
    Ok(())
}
