//! `cargo xtask size`: what travels to browsers and to the edge, against the ceilings in `size.json`.

use crate::build::asset::{brotli, gzip};
use crate::places::{Places, at, read, read_text};
use crate::screen::Screen;
use crate::serve::{Door, Wish};
use crate::{Outcome, build, serve};
use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;

/// The language whose index is weighed: the one with every article.
const LOCALE: &str = "en";

/// Everything between a click on the launcher and suggestions, in one sum.
const FIRST_OPEN: &str = "first open";

/// Builds, weighs, and fails when something is over its ceiling.
pub(crate) fn size(places: &Places, screen: &Screen) -> Outcome {
    build::build(places, screen)?;
    let ceilings = ceilings(places)?;
    let rows = weigh(places, screen)?;
    screen.say(&table(&rows, &ceilings));

    let over: Vec<&str> = rows.iter().filter(|row| row.is_over(&ceilings)).map(|row| row.name).collect();
    let unknown: Vec<&str> =
        ceilings.keys().map(String::as_str).filter(|name| rows.iter().all(|row| row.name != *name)).collect();
    match (over.as_slice(), unknown.as_slice()) {
        ([], []) => Ok(()),
        ([], unknown) => Err(format!("size.json has a ceiling for what is not there: {}", unknown.join(", "))),
        (over, _) => Err(format!("Over its ceiling in size.json: {}", over.join(", "))),
    }
}

/// Bytes of one part in the three forms.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    name: &'static str,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl Row {
    fn of(name: &'static str, bytes: &[u8]) -> Outcome<Self> {
        let failed = |error| format!("{name}: {error}");
        let (gzip, brotli) = (gzip(bytes).map_err(failed)?.len(), brotli(bytes).map_err(failed)?.len());
        Ok(Self { name, raw: bytes.len(), gzip, brotli })
    }

    fn sum(name: &'static str, rows: &[Self]) -> Self {
        let sum = |part: fn(&Self) -> usize| rows.iter().map(part).sum();
        Self { name, raw: sum(|row| row.raw), gzip: sum(|row| row.gzip), brotli: sum(|row| row.brotli) }
    }

    fn is_over(&self, ceilings: &BTreeMap<String, usize>) -> bool {
        ceilings.get(self.name).is_some_and(|ceiling| self.brotli > *ceiling)
    }
}

fn weigh(places: &Places, screen: &Screen) -> Outcome<Vec<Row>> {
    let assets = places.dist().join("assets");
    let file = |name, path: &str| Row::of(name, &read(&assets.join(path))?);
    let hashed = |name, app: &str, ending: &str| Row::of(name, &read(&find_hashed(places, app, ending)?)?);
    let [boot, index, answers] = from_the_edge(places, screen)?;

    let opened = [
        hashed("loader, more", "more", "js")?,
        file("panel HTML", "panel.html")?,
        hashed("panel CSS", "panel", "css")?,
        hashed("panel JS", "panel", "js")?,
        hashed("panel WASM", "panel", "wasm")?,
        Row::of("boot (words)", &boot)?,
        Row::of("index (en)", &index)?,
    ];
    let second = build::apps::second_of("panel");
    let inbox = [
        file("", "inbox.html")?,
        hashed("", "inbox", "css")?,
        hashed("", "inbox", "js")?,
        hashed("", "inbox", "wasm")?,
        largest_words(places)?,
    ];
    let worker = |name, path: &str| Row::of(name, &read(&places.dist().join("worker").join(path))?);
    let mut rows = vec![
        file("loader", "beforehand.js")?,
        hashed("contact form", "form", "js")?,
        hashed("messages", "messages", "js")?,
        hashed("shim intercom", "intercom", "js")?,
        hashed("shim chatwoot", "chatwoot", "js")?,
        hashed("shim zendesk", "zendesk", "js")?,
        hashed("shim crisp", "crisp", "js")?,
    ];
    rows.extend_from_slice(&opened);
    rows.push(Row::sum(FIRST_OPEN, &opened));
    rows.push(Row::sum(
        "panel, second",
        &[hashed("", &second, "wasm")?, hashed("", &second, "css")?, hashed("", &second, "js")?],
    ));
    // They come once articles are suggested already.
    rows.push(Row::of("answers (en)", &answers)?);
    rows.push(Row::sum("inbox", &inbox));
    rows.push(worker("worker JS", "index.js")?);
    rows.push(worker("worker WASM", "index_bg.wasm")?);
    Ok(rows)
}

/// What the panel asks the edge for when it opens. The edge makes it from what is published, so it has to run.
fn from_the_edge(places: &Places, screen: &Screen) -> Outcome<[Vec<u8>; 3]> {
    let data = places.work().join("size-data");
    if data.exists() {
        fs::remove_dir_all(&data).map_err(|error| at(&data, error))?;
    }
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let port = free.map_err(|error| format!("no free port: {error}"))?.port();
    let running = serve::start(places, screen, &Wish { port, data })?;
    let door: &Door = &running.door;
    Ok([door.boot(LOCALE)?, door.index(LOCALE)?, door.curated(LOCALE)?])
}

/// The words of the inbox in the language where they are most: a page loads one language.
fn largest_words(places: &Places) -> Outcome<Row> {
    let rows = hashed_paths(places, "inbox", "json")?
        .iter()
        .map(|path| Row::of("", &read(path)?))
        .collect::<Outcome<Vec<_>>>()?;
    rows.into_iter().max_by_key(|row| row.brotli).ok_or_else(|| "the inbox has no words".to_owned())
}

fn find_hashed(places: &Places, app: &str, ending: &str) -> Outcome<PathBuf> {
    let first = hashed_paths(places, app, ending)?.into_iter().next();
    first.ok_or_else(|| format!("dist/assets/a has no {app}.*.{ending}"))
}

fn hashed_paths(places: &Places, app: &str, ending: &str) -> Outcome<Vec<PathBuf>> {
    let folder = places.dist().join("assets/a");
    let entries = fs::read_dir(&folder).map_err(|error| at(&folder, error))?;
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    let is_it = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with(&format!("{app}.")) && name.ends_with(&format!(".{ending}"))
    };
    Ok(paths.filter(is_it).collect())
}

/// Bytes after brotli, by name.
fn ceilings(places: &Places) -> Outcome<BTreeMap<String, usize>> {
    let path = places.root.join("size.json");
    serde_json::from_str(&read_text(&path)?).map_err(|error| at(&path, error))
}

fn table(rows: &[Row], ceilings: &BTreeMap<String, usize>) -> String {
    let mut text = format!("\n  {:<14}{:>12}{:>12}{:>12}{:>12}\n", "bytes", "raw", "gzip", "brotli", "ceiling");
    for row in rows {
        let ceiling = ceilings.get(row.name).map_or_else(|| "-".to_owned(), ToString::to_string);
        let mark = if row.is_over(ceilings) { "  OVER" } else { "" };
        text.push_str(&format!(
            "  {:<14}{:>12}{:>12}{:>12}{:>12}{mark}\n",
            row.name, row.raw, row.gzip, row.brotli, ceiling
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_row_over_its_own_ceiling_is_over() {
        let ceilings = BTreeMap::from([("loader".to_owned(), 100)]);
        let row = |name, brotli| Row { name, raw: 900, gzip: 300, brotli };
        assert!(!row("loader", 100).is_over(&ceilings));
        assert!(row("loader", 101).is_over(&ceilings));
        assert!(!row("inbox", 5000).is_over(&ceilings));
        assert!(table(&[row("loader", 101)], &ceilings).contains("OVER"));
    }

    #[test]
    fn the_first_open_is_a_sum_of_its_parts() {
        let part = |brotli| Row { name: "part", raw: 10, gzip: 5, brotli };
        assert_eq!(Row::sum(FIRST_OPEN, &[part(2), part(3)]), Row { name: FIRST_OPEN, raw: 20, gzip: 10, brotli: 5 });
    }
}
