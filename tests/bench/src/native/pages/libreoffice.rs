//! LibreOffice's help: the guides, and the keywords under which its authors put them into the index.

use super::markup::{between, text};
use super::{BODY_CHARS, Pages, entries, stem, text_of};
use crate::set::Doc;
use std::path::Path;

const INDEX: &str = "bookmarks.js";
/// What stands between a keyword and the one below it.
const BELOW: &str = " --  ";
/// In characters: longer ones are sentences by mistake, shorter ones signs.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=80;

/// The language of a folder with an index.
pub(super) fn language(folder: &Path) -> Option<String> {
    let name = folder.file_name()?.to_string_lossy().into_owned();
    let is_help = folder.join(INDEX).is_file();
    is_help.then(|| if name == "en-US" { String::from("en") } else { name })
}

pub(super) fn read(root: &Path) -> Result<Pages, String> {
    let mut pages = Pages::default();
    for part in entries(&root.join("text"))? {
        let guide = part.join("guide");
        if !guide.is_dir() {
            continue;
        }
        for file in entries(&guide)? {
            let markup = text_of(&file)?;
            let id = format!("{}/{}", stem(&part), stem(&file));
            pages.docs.extend(page(id, &markup));
        }
    }
    for (keyword, id) in text_of(&root.join(INDEX))?.split("{url:\"").skip(1).filter_map(entry) {
        if pages.docs.iter().any(|doc| doc.id == id) && LENGTHS.contains(&keyword.chars().count()) {
            pages.asked.entry(keyword).or_default().insert(id);
        }
    }
    Ok(pages)
}

fn page(id: String, markup: &str) -> Option<Doc> {
    let (title, _) = between(markup, "<title>", "</title>")?;
    let (_, shown) = markup.split_once("id=\"DisplayArea\"")?;
    // Without its heading, which is the title.
    let (before, after) = shown.split_once("<h1").unwrap_or(("", shown));
    let after = after.split_once("</h1>").map_or(after, |(_, after)| after);
    let before = before.split_once('>').map_or("", |(_, before)| before);
    let body = format!("{} {}", text(before), text(after));
    Some(Doc { id, title: text(title), body: body.trim().chars().take(BODY_CHARS).collect(), ..Doc::default() })
}

/// A line of the index, and the guide that it leads to.
fn entry(line: &str) -> Option<(String, String)> {
    let (url, rest) = line.split_once('"')?;
    let (keyword, _) = between(rest, "text:\"", "\"}")?;
    let (_, path) = url.split_once("/text/")?;
    let (part, file) = path.split_once("/guide/")?;
    let (name, _) = file.split_once(".html")?;
    Some((text(&keyword.replace(BELOW, " ").replace("-- ", "")), format!("{part}/{name}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_a_title_and_a_body_without_it() {
        let markup = "<title>T &amp; t</title><p>x</p><div id=\"DisplayArea\" itemscope><a name=\"b\"></a>\
                      <h1 id=\"h\">T &amp; t</h1><p>One.</p><p>Two.</p>";
        let doc = page("p".into(), markup).unwrap();
        assert_eq!((doc.title.as_str(), doc.body.as_str()), ("T & t", "One. Two."));
    }

    #[test]
    fn a_keyword_leads_to_its_guide() {
        let line = |url: &str| format!("{url}?DbPAR=CALC#bm\", app:\"CALC\", text:\"Filter --  anwenden\"}},");
        let found = entry(&line("de/text/scalc/guide/autofilter.html"));
        assert_eq!(found, Some(("Filter anwenden".into(), "scalc/autofilter".into())));
        assert_eq!(entry(&line("de/text/scalc/01/filter.html")), None);
    }
}
