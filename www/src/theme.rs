//! Templates and the files that are served as they are, from `www/theme/`.

use super::language::Language;
use super::template::fill;
use super::{at, read, write};
use std::fs;
use std::path::{Path, PathBuf};

/// The look of the site.
pub(super) struct Theme {
    folder: PathBuf,
    layout: String,
}

/// What every page tells its frame.
pub(super) struct Frame<'a> {
    pub(super) language: &'a Language,
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    /// Which entry of the header this page belongs to: `help`, `shop`, `app` or `account`.
    pub(super) area: &'a str,
    /// The name of a script of its own, without `.js`, or nothing.
    pub(super) script: Option<&'a str>,
    pub(super) main: &'a str,
}

/// The entries of the header, and the words that name them.
const AREAS: [(&str, &str, &str); 4] = [
    ("shop", "nav_shop", "/plain/"),
    ("app", "nav_app", "/app/"),
    ("account", "nav_account", "/strict/"),
    ("help", "nav_help", ""),
];

impl Theme {
    pub(super) fn load(folder: &Path) -> Result<Self, String> {
        Ok(Self { folder: folder.to_owned(), layout: read(&folder.join("layout.html"))? })
    }

    /// The text of a template, by its name without `.html`.
    pub(super) fn template(&self, name: &str) -> Result<String, String> {
        read(&self.folder.join(format!("{name}.html")))
    }

    /// Copies scripts and pictures, and the styles as one file; templates stay behind.
    pub(super) fn copy_files(&self, out: &Path) -> Result<(), String> {
        copy_served(&self.folder, out)?;
        copy_served(&self.folder.join("img"), &out.join("img"))?;
        let styles = STYLES.map(|name| read(&self.folder.join(format!("css/{name}.css"))));
        let styles: String = styles.into_iter().collect::<Result<_, _>>()?;
        write(&out.join("site.css"), &styles)
    }

    /// Puts a page's main part into the frame that all pages share.
    pub(super) fn frame(&self, frame: &Frame<'_>) -> Result<String, String> {
        let language = frame.language;
        let mut values = language.values();
        let help = format!("/help/{}/", language.locale);
        let navigation: String = AREAS
            .iter()
            .map(|(area, word, address)| {
                let label = language.word(word);
                let address = if address.is_empty() { help.as_str() } else { address };
                let current = if *area == frame.area { r#" aria-current="true""# } else { "" };
                format!(r#"<li><a href="{address}"{current}>{label}</a></li>"#)
            })
            .collect();
        let script =
            frame.script.map(|name| format!("<script defer src=\"/{name}.js\"></script>\n")).unwrap_or_default();
        values.extend([
            ("locale", language.locale.as_str()),
            ("title", frame.title),
            ("description", frame.description),
            ("area", frame.area),
            ("navigation", &navigation),
            ("script", &script),
            ("main", frame.main),
        ]);
        fill(&self.layout, &values).map_err(|error| format!("layout.html: {error}"))
    }
}

/// What a browser asks for by itself; everything else in the folder is ours.
const SERVED: [&str; 2] = ["js", "svg"];

/// The parts of the one style sheet, in the order of the cascade.
const STYLES: [&str; 8] = ["tokens", "base", "frame", "home", "article", "product", "shop", "account"];

fn copy_served(from: &Path, to: &Path) -> Result<(), String> {
    let describe = |error| at(from, error);
    fs::create_dir_all(to).map_err(describe)?;
    for entry in fs::read_dir(from).map_err(describe)? {
        let path = entry.map_err(describe)?.path();
        let (Some(name), Some(extension)) = (path.file_name(), path.extension()) else { continue };
        if SERVED.iter().any(|served| extension == *served) {
            fs::copy(&path, to.join(name)).map_err(describe)?;
        }
    }
    Ok(())
}
