//! The script that site owners put on their pages. Its name never changes, so it is small and its cache is short.

use super::apps::bundle;
use super::asset::write_with_variants;
use super::stamp::Stamp;
use crate::Outcome;
use crate::places::Places;
use crate::screen::Screen;

pub(crate) fn make(places: &Places, screen: &Screen) -> Outcome {
    let sources = places.root.join("widget/loader");
    let out = places.dist.join("assets/beforehand.js");
    let stamp = Stamp::new(places.work.join("loader.stamp"))
        .text(include_str!("loader.rs"))
        .file(&places.root.join("package-lock.json"))?
        .folder(&sources, &["js", "css"])?;
    if stamp.is_fresh() && out.is_file() {
        return Ok(());
    }
    screen.step("Make the loader", "it is bundled and minified", |step| {
        let entry = sources.join("index.js");
        let bytes = bundle(places, step, "loader", &entry, "js", &["--format=iife", "--loader:.css=text"])?;
        write_with_variants(&out, &bytes)?;
        stamp.keep()
    })
}
