//! The pages of two help centres as their files have them.

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tests::pictures::Pictures;

/// A page of a help centre.
pub(crate) struct Page {
    pub(crate) id: String,
    pub(crate) html: String,
    title: String,
    section: String,
    keywords: Vec<String>,
    url: String,
}

impl Page {
    /// It as it is put.
    pub(crate) fn source(&self) -> Value {
        json!({ "id": self.id, "locale": "en", "title": self.title, "html": self.html, "section": self.section,
            "keywords": self.keywords, "url": self.url })
    }
}

/// GNOME's help, which yelp-build has made HTML of.
pub(crate) fn gnome(folder: &Path, server: &Pictures) -> Vec<Page> {
    let page = |path: PathBuf| {
        let name = path.file_name()?.to_str()?.to_owned();
        let html = std::fs::read_to_string(&path).ok()?;
        let id = id("gnome", name.strip_suffix(".html")?);
        let url = server.url(&format!("/gnome/{name}"));
        Some(Page { id, title: title(&html)?, section: String::new(), keywords: Vec::new(), url, html })
    };
    files(folder).into_iter().filter_map(page).collect()
}

/// LibreOffice's help, as its Debian package has it, in English.
pub(crate) fn libreoffice(folder: &Path, server: &Pictures) -> Vec<Page> {
    let root = folder.join("en-US/text");
    let page = |path: PathBuf| {
        let place = path.strip_prefix(&root).ok()?.to_str()?.to_owned();
        let html = std::fs::read_to_string(&path).ok()?;
        let keywords = html.split("itemprop=\"keywords\" content=\"").skip(1).filter_map(|rest| rest.split_once('"'));
        let keywords = keywords.map(|(keyword, _)| keyword.replace("&amp;", "&")).take(200).collect();
        let id = id("libreoffice", place.strip_suffix(".html")?);
        let section = place.split('/').next()?.trim_start_matches('s');
        let url = server.url(&format!("/libreoffice/en-US/text/{place}"));
        Some(Page { id, title: title(&html)?, section: section.into(), keywords, url, html: as_shown(&html) })
    };
    files(&root).into_iter().filter_map(page).collect()
}

/// What the script of a page shows of its alternatives on every system but a Mac.
fn as_shown(html: &str) -> String {
    html.replace("hidden=\"true\" id=\"default", "id=\"default").replace("hidden=\"true\" id=\"UNIX", "id=\"UNIX")
}

fn title(html: &str) -> Option<String> {
    let (_, rest) = html.split_once("<title>")?;
    let (title, _) = rest.split_once("</title>")?;
    let title = title.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    Some(title.trim().to_owned()).filter(|title| !title.is_empty())
}

/// A place as an id: small letters, digits and signs that an address can have.
fn id(centre: &str, place: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() || "-_/".contains(c) { c.to_ascii_lowercase() } else { '-' };
    format!("{centre}/{place}").chars().map(letter).collect()
}

/// All pages below a folder, by name.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "html") {
                all.push(path);
            }
        }
    }
    all.sort();
    all
}
