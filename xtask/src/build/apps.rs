//! The two pages that run WebAssembly in a browser: the panel and the inbox.

use super::asset::{write_hashed, write_with_variants};
use super::stamp::Stamp;
use super::{names, paths, silence, split, words};
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

/// A page: its binary crate, and the folder with `NAME.html`, `style.css` and `boot.js`; with two modules, `more.css` and
/// `more.js` come with the second.
pub(crate) struct App {
    name: &'static str,
    folder: &'static str,
    /// The file of each language that the page itself fetches, and what stands for the list of them in the page.
    words: Option<&'static str>,
    /// Whether it is taken apart into two modules, of which the page's script fetches the second.
    is_two: bool,
}

/// The panel has its words from the edge.
pub(crate) const APPS: [App; 2] = [
    App { name: "panel", folder: "widget", words: None, is_two: true },
    App { name: "inbox", folder: "inbox", words: Some("inbox.json"), is_two: false },
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

/// What the script of a page imports whose program is two modules.
const LINK: &str = "wasm-link";

/// The name of the second module's files.
pub(crate) fn second_of(name: &str) -> String {
    format!("{name}-more")
}

/// Makes the files of one page, unless they are up to date.
pub(crate) fn make(places: &Places, screen: &Screen, app: &App) -> Outcome {
    let compiled = places.target.join(TARGET).join("release").join(format!("{}.wasm", app.name));
    let sources = places.root.join(app.folder);
    let stamp = Stamp::new(places.work().join(format!("{}.stamp", app.name)))
        .text(include_str!("apps.rs"))
        .text(include_str!("asset.rs"))
        .text(include_str!("names.rs"))
        .text(include_str!("silence.rs"))
        .text(include_str!("split.rs"))
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
        let Modules { first, second } = modules(places, step, app, &compiled)?;
        let wasm = write_hashed(places, app.name, "wasm", &first)?;
        let second = second.map(|second| write_hashed(places, &second_of(app.name), "wasm", &second)).transpose()?;
        // The page's script asks for its glue by this name, because the real one is made here.
        let glue = places.work().join(app.name).join(format!("{}.js", app.name));
        let alias = format!("--alias:{GLUE}={}", glue.display());
        let link = format!("--alias:{LINK}={}", places.work().join(app.name).join("link.js").display());
        let js = bundle(places, step, app.name, &sources.join("boot.js"), "js", &["--format=esm", &alias, &link])?;
        let js = write_hashed(places, app.name, "js", &js)?;
        let css = bundle(places, step, app.name, &sources.join("style.css"), "css", &[])?;
        let css = write_hashed(places, app.name, "css", &css)?;
        let [more_css, more_js] = match app.is_two {
            true => ["css", "js"].map(|ending| more(places, step, app, &sources, ending)),
            false => [Ok(String::new()), Ok(String::new())],
        };
        let name = format!("{}.html", app.name);
        let html = read_text(&sources.join(&name))?;
        let html = html.replace("{{js}}", &js).replace("{{wasm}}", &wasm).replace("{{css}}", &css);
        let html = html.replace("{{second}}", &second.unwrap_or_default());
        let html = html.replace("{{more_css}}", &more_css?).replace("{{more_js}}", &more_js?);
        let html = html.replace("{{languages}}", &languages(places, app)?);
        write_with_variants(&places.dist().join("assets").join(name), html.as_bytes())?;
        stamp.keep()
    })
}

/// Makes the style or the script that comes with the second module, and gives its address.
fn more(places: &Places, step: &Step, app: &App, sources: &Path, ending: &str) -> Outcome<String> {
    let name = second_of(app.name);
    let format: &[&str] = if ending == "js" { &["--format=esm"] } else { &[] };
    let file = bundle(places, step, &name, &sources.join(format!("more.{ending}")), ending, format)?;
    write_hashed(places, &name, ending, &file)
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

/// Makes the JavaScript side of a program of one module, and gives the optimised module.
pub(crate) fn module(places: &Places, step: &Step, name: &'static str, compiled: &Path) -> Outcome<Vec<u8>> {
    Ok(modules(places, step, &App { name, folder: name, words: None, is_two: false }, compiled)?.first)
}

/// The optimised modules of a page.
struct Modules {
    first: Vec<u8>,
    second: Option<Vec<u8>>,
}

/// Makes the JavaScript side and gives the optimised modules.
fn modules(places: &Places, step: &Step, app: &App, compiled: &Path) -> Outcome<Modules> {
    let name = app.name;
    let folder = places.work().join(name);
    make_folder(&folder)?;
    let two = app.is_two.then(|| split::apart(places, step, name, compiled)).transpose()?;
    let compiled = two.as_ref().map_or(compiled, |two| &two.first);
    let mut command = Command::new(WASM_BINDGEN.folder(places).join("wasm-bindgen"));
    command.arg(compiled).arg("--out-dir").arg(&folder).args(["--out-name", name]);
    // Every browser with the syntax of `JS_TARGET` encodes text in place.
    command.args(["--target", "web", "--no-typescript", "--omit-default-module-path", "--encode-into", "always"]);
    // The second module looks up what it calls in the table of functions.
    command.args(two.is_some().then_some("--keep-lld-exports"));
    run(places, step, &format!("wasm-bindgen-{name}"), command)?;

    let bound = folder.join(format!("{name}_bg.wasm"));
    let mut command = Command::new(node::wasm_opt(places)?);
    command.arg(&bound).arg("--print-call-graph").args(WASM_FEATURES);
    let graph = run(places, step, &format!("wasm-opt-{name}-graph"), command)?;
    let silent = folder.join("silent.wasm");
    let others_write = two.as_ref().is_some_and(|two| two.writes_words);
    write(&silent, silence::silenced(&read(&bound)?, &graph, others_write)?)?;

    let (first, printed) = smallest(places, step, name, &silent)?;
    let glue = folder.join(format!("{name}.js"));
    write(&glue, names::follow(&printed, &read_text(&glue)?)?)?;
    let Some(two) = two else { return Ok(Modules { first, second: None }) };
    write(&folder.join("link.js"), split::link(|name| names::exported(&printed, name))?)?;
    let mut command = Command::new(node::wasm_opt(places)?);
    let out = folder.join("second.wasm");
    command.arg(&two.second).arg("-o").arg(&out).args(SMALLEST.iter().filter(|pass| **pass != names::SHORTEN));
    command.args(WASM_FEATURES);
    run(places, step, &format!("wasm-opt-{name}-second"), command)?;
    let mut second = read(&out)?;
    paths::blank(&mut second);
    Ok(Modules { first, second: Some(second) })
}

/// The smallest form of a module, and the names in it that were shortened, as wasm-opt has printed them.
fn smallest(places: &Places, step: &Step, name: &str, module: &Path) -> Outcome<(Vec<u8>, String)> {
    let optimised = module.with_file_name("optimised.wasm");
    let mut command = Command::new(node::wasm_opt(places)?);
    command.arg(module).arg("-o").arg(&optimised).args(SMALLEST).args(WASM_FEATURES);
    let printed = run(places, step, &format!("wasm-opt-{name}"), command)?;
    let mut module = read(&optimised)?;
    paths::blank(&mut module);
    Ok((module, printed))
}

fn remove_old(places: &Places, app: &App) -> Outcome {
    let folder = places.dist().join("assets/a");
    make_folder(&folder)?;
    for entry in fs::read_dir(&folder).map_err(|error| at(&folder, error))? {
        let path = entry.map_err(|error| at(&folder, error))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with(&format!("{}.", app.name)) || name.starts_with(&format!("{}.", second_of(app.name))) {
            fs::remove_file(&path).map_err(|error| at(&path, error))?;
        }
    }
    Ok(())
}
