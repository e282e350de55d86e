//! GNOME's help: topics, and the sentence that each says of itself where it is linked to.

use super::markup::{between, text};
use super::{BODY_CHARS, Pages, entries, stem, text_of};
use crate::set::Doc;
use std::path::Path;

const HELP: &str = "gnome-help";
/// In characters: longer ones are paragraphs.
const LENGTHS: std::ops::RangeInclusive<usize> = 10..=110;

/// The language of a folder with this help.
pub(super) fn language(folder: &Path) -> Option<String> {
    let name = folder.file_name()?.to_string_lossy().replace('_', "-");
    // "sr@latin" is no tag of a language.
    let is_help = folder.join(HELP).is_dir() && !name.contains('@');
    is_help.then(|| if name == "C" { String::from("en") } else { name })
}

pub(super) fn read(root: &Path) -> Result<Pages, String> {
    let mut pages = Pages::default();
    for file in entries(&root.join(HELP))? {
        if file.extension().is_none_or(|extension| extension != "page") {
            continue;
        }
        if let Some((doc, says)) = page(stem(&file), &text_of(&file)?) {
            if LENGTHS.contains(&says.chars().count()) {
                pages.asked.entry(says).or_default().insert(doc.id.clone());
            }
            pages.docs.push(doc);
        }
    }
    Ok(pages)
}

/// A topic without what it says of itself, and that.
fn page(id: String, markup: &str) -> Option<(Doc, String)> {
    let (information, rest) = between(markup, "<info>", "</info>")?;
    let says = between(information, "<desc>", "</desc>").map(|(says, _)| text(says)).unwrap_or_default();
    let (title, body) = between(rest, "<title>", "</title>")?;
    let body = text(body).chars().take(BODY_CHARS).collect();
    Some((Doc { id, title: text(title), body, ..Doc::default() }, says))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_is_asked_for_by_what_it_says_of_itself() {
        let markup = "<page><info><link/><desc>Hear  it.</desc></info><title>Sound</title><p>Turn it up.</p></page>";
        let (doc, says) = page("sound".into(), markup).unwrap();
        assert_eq!((doc.title.as_str(), doc.body.as_str(), says.as_str()), ("Sound", "Turn it up.", "Hear it."));
    }
}
