//! `cargo xtask test`: every test there is, and one summary.

use crate::places::{Places, at, read_text, write};
use crate::run::attempt;
use crate::screen::Screen;
use crate::setup::browser::{Browser, webdriver_json};
use crate::setup::programs::{WASM_BINDGEN, WASM_PACK};
use crate::setup::toolchain::Toolchain;
use crate::setup::{frameworks, node, programs};
use crate::{Outcome, build, package};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

mod outside;
mod tally;

use outside::Outside;
use tally::Tally;

/// The kinds of tests, in the order in which they run: the quickest to tell of a mistake come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// On this machine's processor.
    Native,
    /// `shared` and `widget` as WebAssembly in a browser.
    Wasm,
    /// Through the doors of the product as workerd runs it.
    Edge,
    /// Through the npm package, as its owner installs and runs it.
    Package,
    /// A person's way through the whole product, in a browser.
    Browser,
}

impl Kind {
    pub(crate) const ALL: [Self; 5] = [Self::Native, Self::Wasm, Self::Edge, Self::Package, Self::Browser];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Wasm => "wasm",
            Self::Edge => "edge",
            Self::Package => "package",
            Self::Browser => "browser",
        }
    }

    fn why(self) -> &'static str {
        match self {
            Self::Native => "rules, protocol and tools",
            Self::Wasm => "the same code in Chromium",
            Self::Edge => "HTTP and WebSocket against workerd",
            Self::Package => "the npm package, installed into an empty folder",
            Self::Browser => "a visitor and an agent in Chromium, against workerd",
        }
    }
}

/// The folders of the crates that are also tested as WebAssembly.
const IN_BROWSER: [&str; 2] = ["shared", "widget"];

/// How the tests of the crate `tests` take a browser, the npm package, a proxy before the edge or Cloudflare's program; those that never say
/// it only talk to the doors.
const TAKES: [(Kind, &str); 4] = [
    (Kind::Browser, "Browser::"),
    (Kind::Package, "Package::"),
    (Kind::Package, "Front::"),
    (Kind::Package, "Wrangler::"),
];

/// Runs tests and tells how many passed and failed. Fails when one did, and when a kind has run none.
pub(crate) fn test(places: &Places, screen: &Screen, only: Option<Kind>) -> Outcome {
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| only.is_none_or(|only| only == *kind)).collect();
    let lab = Lab::set_up(places, screen, &kinds)?;

    let mut rows = Vec::new();
    for kind in kinds {
        let started = Instant::now();
        let tally = screen.step(&format!("Run the {} tests", kind.name()), kind.why(), |step| {
            let mut tally = Tally::default();
            for (log, command) in lab.commands(kind)? {
                let ran = attempt(places, step, &log, command)?;
                tally.add(&ran);
            }
            step.result(tally.in_words());
            Ok(tally)
        })?;
        rows.push((kind, tally, started.elapsed()));
    }

    for (_, tally, _) in &rows {
        tally.failures.iter().for_each(|failure| screen.say(&format!("\n{failure}")));
    }
    screen.say(&summary(&rows));
    let failed = rows.iter().any(|(_, tally, _)| tally.failed > 0);
    if failed { Err("Not every test passed.".to_owned()) } else { Ok(()) }
}

/// The last line is the one that machines read.
fn summary(rows: &[(Kind, Tally, Duration)]) -> String {
    let mut text = String::from("\n");
    for (kind, tally, time) in rows {
        text.push_str(&format!("  {:<8} {:>24} {:>6.0} s\n", kind.name(), tally.in_words(), time.as_secs_f32()));
    }
    let passed: u32 = rows.iter().map(|(_, tally, _)| tally.passed).sum();
    let failed: u32 = rows.iter().map(|(_, tally, _)| tally.failed).sum();
    format!("{text}\n{passed} passed, {failed} failed")
}

/// What tests need.
struct Lab<'a> {
    places: &'a Places,
    browser: Option<Browser>,
    /// Where the pages of frameworks are.
    frameworks: Option<PathBuf>,
    toolchain: Option<Toolchain>,
    package: Option<PathBuf>,
    outside: Option<Outside>,
}

impl<'a> Lab<'a> {
    fn set_up(places: &'a Places, screen: &Screen, kinds: &[Kind]) -> Outcome<Self> {
        let needs = |some: &[Kind]| some.iter().any(|kind| kinds.contains(kind));
        let browser = needs(&[Kind::Wasm, Kind::Browser]).then(|| Browser::ensure(places, screen)).transpose()?;
        let toolchain = if needs(&[Kind::Edge, Kind::Package, Kind::Browser]) {
            Some(build::build(places, screen)?)
        } else if needs(&[Kind::Wasm]) {
            Some(Toolchain::ensure(places, screen)?)
        } else {
            None
        };
        let frameworks = needs(&[Kind::Browser]).then(|| frameworks::ensure(places, screen)).transpose()?;
        if needs(&[Kind::Wasm]) {
            programs::install(places, screen, &[&WASM_BINDGEN, &WASM_PACK])?;
        }
        let package = needs(&[Kind::Package]).then(|| package::pack(places, screen)).transpose()?;
        let outside = needs(&[Kind::Package]).then(|| Outside::set_up(places, screen)).transpose()?;
        Ok(Self { places, browser, frameworks, toolchain, package, outside })
    }

    /// The commands of one kind, each with the name of its log.
    fn commands(&self, kind: Kind) -> Outcome<Vec<(String, Command)>> {
        match kind {
            Kind::Native => Ok(vec![("test-native".to_owned(), self.native())]),
            Kind::Wasm => IN_BROWSER.iter().map(|folder| self.in_browser(folder)).collect(),
            Kind::Edge | Kind::Package | Kind::Browser => {
                Ok(vec![(format!("test-{}", kind.name()), self.product(kind)?)])
            }
        }
    }

    fn native(&self) -> Command {
        let mut command = self.cargo_test();
        command.args(["--workspace", "--exclude", "tests"]);
        command
    }

    fn in_browser(&self, folder: &str) -> Outcome<(String, Command)> {
        let (Some(toolchain), Some(browser)) = (&self.toolchain, &self.browser) else {
            return Err("there is no browser".to_owned());
        };
        // The runner reads its browser's arguments from the crate's folder and from nowhere else.
        write(&self.places.root.join(folder).join("webdriver.json"), webdriver_json())?;
        let program = WASM_PACK.folder(self.places).join("wasm-pack");
        let mut command = toolchain.command(program, &[WASM_BINDGEN.folder(self.places)]);
        command
            .current_dir(&self.places.root)
            .args(["test", "--headless", "--chrome", "--mode", "no-install", "--chromedriver"])
            .arg(&browser.chromedriver)
            .args([folder, "--all-features"]);
        Ok((format!("test-wasm-{folder}"), command))
    }

    fn product(&self, kind: Kind) -> Outcome<Command> {
        let mut command = self.cargo_test();
        command.args(["-p", "tests"]);
        let left_out = self.outside.as_ref().and_then(Outside::left_out);
        for target in targets(&self.places.root.join("tests/tests"), kind)? {
            if left_out != Some(target.as_str()) {
                command.args(["--test", &target]);
            }
        }
        if kind == Kind::Edge {
            command.arg("--lib");
        }
        command.env("BEFOREHAND_DIST", self.places.dist());
        command.env("BEFOREHAND_WORKERD", node::workerd(self.places)?);
        command.env("BEFOREHAND_AXE", node::axe(self.places)?);
        command.envs(self.frameworks.iter().map(|path| ("BEFOREHAND_FRAMEWORKS", path)));
        command.envs(self.package.iter().map(|path| ("BEFOREHAND_PACKAGE", path)));
        for (name, path) in self.outside.iter().flat_map(Outside::named) {
            command.env(name, path);
        }
        if let Some(browser) = &self.browser {
            command.env("BEFOREHAND_CHROMIUM", &browser.chromium);
            command.env("BEFOREHAND_CHROMEDRIVER", &browser.chromedriver);
        }
        Ok(command)
    }

    fn cargo_test(&self) -> Command {
        let mut command = Command::new("cargo");
        command.current_dir(&self.places.root).args(["test", "--no-fail-fast"]);
        command
    }
}

/// The test targets in a folder that are of this kind.
fn targets(folder: &Path, kind: Kind) -> Outcome<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder).map_err(|error| at(folder, error))? {
        let path: PathBuf = entry.map_err(|error| at(folder, error))?.path();
        let Some(name) = path.file_stem().and_then(|name| name.to_str()) else { continue };
        if path.extension().is_some_and(|ending| ending == "rs") && kind_of(&read_text(&path)?) == kind {
            names.insert(name.to_owned());
        }
    }
    Ok(names)
}

/// The kind of a test by what it takes.
fn kind_of(text: &str) -> Kind {
    TAKES.into_iter().find(|(_, takes)| text.contains(takes)).map_or(Kind::Edge, |(kind, _)| kind)
}
