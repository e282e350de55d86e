//! The demo site: help centre, host pages, and the content document that the edge imports.
//!
//! Plain files in, plain files out: Markdown and templates under `www/` become a folder that any static server can
//! serve. Two placeholders stay in the output, because only the edge knows their values: `{{edge}}` (its own origin) in
//! pages and `{{site}}` (the demo's origin) in the content document.

mod feed;
mod front_matter;
mod help_centre;
mod host;
mod language;
mod markdown;
mod pages;
mod template;
mod theme;

use help_centre::HelpCentre;
use std::fs;
use std::path::Path;
use theme::Theme;

/// Builds the site from `www`, this crate's folder, into the folder `out_www`, which is emptied first, and writes the content
/// document to `content_json`. An error is a text for a person and names the file that is at fault.
pub fn build(www: &Path, out_www: &Path, content_json: &Path) -> Result<(), String> {
    let help_centre = HelpCentre::load(&www.join("content"))?;
    let theme = Theme::load(&www.join("theme"))?;

    if out_www.exists() {
        fs::remove_dir_all(out_www).map_err(|error| at(out_www, error))?;
    }
    theme.copy_files(out_www)?;
    for page in pages::render(&help_centre, &theme)? {
        write(&out_www.join(page.path), &page.html)?;
    }
    for page in host::render(&help_centre, &theme)? {
        write(&out_www.join(page.path), &page.html)?;
    }
    write(content_json, &feed::document(&help_centre))
}

/// The content document alone, for a site at this origin, such as `https://www.example.com`: as the edge's content door takes it. `www` and
/// the error are those of `build`.
pub fn content(www: &Path, site: &str) -> Result<String, String> {
    Ok(feed::document(&HelpCentre::load(&www.join("content"))?).replace(SITE, site))
}

/// Stands for the demo's origin in the content document.
const SITE: &str = "{{site}}";

/// A finished page and its place under the site's root.
struct Page {
    path: String,
    html: String,
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(|error| at(path, error))?;
    }
    fs::write(path, text).map_err(|error| at(path, error))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| at(path, error))
}

/// An error that names its file.
fn at(path: &Path, error: impl std::fmt::Display) -> String {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_site_builds_from_the_projects_own_content() {
        let out = std::env::temp_dir().join(format!("beforehand-site-{}", std::process::id()));
        build(Path::new(env!("CARGO_MANIFEST_DIR")), &out.join("www"), &out.join("content.json"))
            .expect("the site builds");

        let home = read(&out.join("www/index.html")).expect("there is a home page");
        assert!(home.contains(r#"<script async src="{{edge}}/beforehand.js" data-workspace="demo"></script>"#));
        let feed = read(&out.join("content.json")).expect("there is a content document");
        assert!(feed.contains(r#""url":"{{site}}/help/en/change-delivery-address/""#));
        let feed: serde_json::Value = serde_json::from_str(&feed).expect("it is JSON");
        let answers = feed.get("answers").and_then(|answers| answers.as_array()).expect("there are answers");
        assert!(!answers.is_empty() && answers.iter().all(|answer| answer.get("locale").is_some_and(|it| it == "en")));
        fs::remove_dir_all(out).expect("the test removes what it made");
    }
}
