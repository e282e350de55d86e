//! `cargo xtask bench help-centre`: two real help centres, published as they are.

use crate::places::Places;
use crate::run::run;
use crate::screen::Screen;
use crate::setup::browser::Browser;
use crate::setup::{debian, node};
use crate::{Outcome, build, stopping};
use std::path::Path;
use std::process::Command;

/// The help of GNOME and of LibreOffice, and what makes HTML of the first.
const PACKAGES: [&str; 4] = ["gnome-user-docs", "yelp-tools", "libreoffice-help-en-us", "libreoffice-help-common"];
const GNOME: &str = "/usr/share/help/C/gnome-help";
const LIBREOFFICE: &str = "/usr/share/libreoffice/help";

/// Builds the product, publishes both help centres, and prints what was dropped; pictures of articles are in `target/help-centre`.
pub(crate) fn centre(places: &Places, screen: &Screen) -> Outcome {
    debian::ensure(places, screen, &PACKAGES, "the help of GNOME and of LibreOffice")?;
    let browser = Browser::ensure(places, screen)?;
    build::build(places, screen)?;
    let shown = places.target.join("help-centre");
    let gnome = shown.join("gnome");
    std::fs::create_dir_all(&gnome).map_err(|error| format!("{}: {error}", gnome.display()))?;
    screen.step("Make HTML of GNOME's help", "yelp-build", |step| {
        let mut command = Command::new("yelp-build");
        command.args(["html", "-o"]).arg(&gnome).args(pages(Path::new(GNOME))?);
        run(places, step, "yelp-build", command).map(drop)
    })?;
    let mut command = Command::new("cargo");
    command
        .current_dir(&places.root)
        .args(["run", "--quiet", "-p", "tests", "--bin", "centre"])
        .env("BEFOREHAND_DIST", places.dist())
        .env("BEFOREHAND_WORKERD", node::workerd(places)?)
        .env("BEFOREHAND_AXE", node::axe(places)?)
        .env("BEFOREHAND_CHROMIUM", &browser.chromium)
        .env("BEFOREHAND_CHROMEDRIVER", &browser.chromedriver)
        .env("BEFOREHAND_SCREENSHOTS", &shown)
        .env("BEFOREHAND_GNOME", &gnome)
        .env("BEFOREHAND_LIBREOFFICE", LIBREOFFICE);
    let mut child = stopping::start(&mut command)?;
    let status = child.wait().map_err(|error| format!("the help centres: {error}"))?;
    stopping::ended(&child);
    if status.success() { Ok(()) } else { Err(String::from("A help centre was not taken.")) }
}

/// The pages of GNOME's help as their writers have them.
fn pages(folder: &Path) -> Outcome<Vec<std::path::PathBuf>> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let all = entries.flatten().map(|entry| entry.path());
    Ok(all.filter(|path| path.extension().is_some_and(|extension| extension == "page")).collect())
}
