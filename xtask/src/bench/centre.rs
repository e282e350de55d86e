//! `cargo xtask bench help-centre`: two real help centres, published as they are.

use crate::places::Places;
use crate::run::run;
use crate::screen::Screen;
use crate::setup::debian;
use crate::{Outcome, product};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The help of GNOME and of LibreOffice, and what makes HTML of the first.
const PACKAGES: [&str; 4] = ["gnome-user-docs", "yelp-tools", "libreoffice-help-en-us", "libreoffice-help-common"];
const GNOME: &str = "/usr/share/help/C/gnome-help";
const LIBREOFFICE: &str = "/usr/share/libreoffice/help";

/// Builds the product, publishes both help centres, and prints what was dropped; pictures of articles are in `target/help-centre`.
pub(crate) fn centre(places: &Places, screen: &Screen) -> Outcome {
    debian::ensure(places, screen, &PACKAGES, "the help of GNOME and of LibreOffice")?;
    let shown = places.target.join("help-centre");
    let gnome = shown.join("gnome");
    std::fs::create_dir_all(&gnome).map_err(|error| format!("{}: {error}", gnome.display()))?;
    screen.step("Make HTML of GNOME's help", "yelp-build", |step| {
        let mut command = Command::new("yelp-build");
        command.args(["html", "-o"]).arg(&gnome).args(pages(Path::new(GNOME))?);
        run(places, step, "yelp-build", command).map(drop)
    })?;
    let mut command = product::in_browser(places, screen, "centre")?;
    command
        .env("BEFOREHAND_SCREENSHOTS", &shown)
        .env("BEFOREHAND_GNOME", &gnome)
        .env("BEFOREHAND_LIBREOFFICE", LIBREOFFICE);
    product::to_its_end(command, "A help centre was not taken.")
}

/// The pages of GNOME's help as their writers have them.
fn pages(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let all = entries.flatten().map(|entry| entry.path());
    Ok(all.filter(|path| path.extension().is_some_and(|extension| extension == "page")).collect())
}
