//! The demo site: help centre, host pages, and the content document that the edge imports.
//!
//! Plain files in, plain files out: Markdown and templates under `www/` become a folder that any static server can
//! serve. Two placeholders stay in the output, because only the edge knows their values: `{{edge}}` (its own origin) in
//! pages and `{{site}}` (the demo's origin) in the content document.

mod content;
mod feed;
mod front_matter;
mod host;
mod markdown;
mod pages;
mod template;
mod theme;
mod words;

use std::fs;
use std::path::Path;

use content::Content;
use theme::Theme;

/// Builds the site of the project at `root` into the folder `out_www`, which is emptied first, and writes the content
/// document to `content_json`. An error names the file that is at fault.
pub(crate) fn build(root: &Path, out_www: &Path, content_json: &Path) -> Result<(), String> {
    let www = root.join("www");
    let content = Content::load(&www.join("content"))?;
    let theme = Theme::load(&www.join("theme"))?;

    if out_www.exists() {
        fs::remove_dir_all(out_www).map_err(|error| format!("{}: {error}", out_www.display()))?;
    }
    theme.copy_files(out_www)?;
    for page in pages::render(&content, &theme)? {
        write(&out_www.join(page.path), &page.html)?;
    }
    for page in host::render(&theme)? {
        write(&out_www.join(page.path), &page.html)?;
    }
    write(content_json, &feed::document(&content))
}

/// A finished page and its place under the site's root.
struct Page {
    path: String,
    html: String,
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let describe = |error| format!("{}: {error}", path.display());
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(describe)?;
    }
    fs::write(path, text).map_err(describe)
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_site_builds_from_the_projects_own_content() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the project");
        let out = std::env::temp_dir().join(format!("beforehand-site-{}", std::process::id()));
        build(root, &out.join("www"), &out.join("content.json")).expect("the site builds");

        let home = read(&out.join("www/index.html")).expect("there is a home page");
        assert!(home.contains(r#"<script async src="{{edge}}/beforehand.js" data-workspace="demo"></script>"#));
        let feed = read(&out.join("content.json")).expect("there is a content document");
        assert!(feed.contains(r#""url":"{{site}}/help/en/change-delivery-address/""#));
        fs::remove_dir_all(out).expect("the test removes what it made");
    }
}
