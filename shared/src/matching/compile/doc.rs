//! What is compiled.

use std::collections::BTreeMap;

/// What is compiled: an article, or a curated answer with its example questions.
#[derive(Debug, Clone, Default)]
pub struct Doc {
    /// Its slug.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The part of the help centre in which it stands; empty if it says none.
    pub section: String,
    /// The headings inside it.
    pub headings: Vec<String>,
    /// Other words that people use for it.
    pub keywords: Vec<String>,
    /// Questions that it answers, as people ask them.
    pub examples: Vec<String>,
    /// Its text without marks.
    pub body: String,
    /// Beginnings of the paths of pages that it belongs to, each with its slash, such as `/cart`.
    pub places: Vec<String>,
    /// Products that it is about.
    pub products: Vec<String>,
    /// Who may see it; everybody if empty.
    pub audience: Vec<String>,
}

/// Documents of one language for one audience.
#[derive(Debug, Clone, Copy)]
pub struct Corpus<'a> {
    /// The language tag.
    pub locale: &'a str,
    /// The documents, in the order in which equals are given.
    pub docs: &'a [Doc],
    /// The audiences that the reader belongs to. A document for others is not in the bytes at all.
    pub audience: &'a [String],
}

impl Doc {
    /// Says the section after the title of each document whose title another one has, too: in a list nobody could tell them apart.
    pub fn tell_apart(docs: &mut [Self]) {
        let mut times = BTreeMap::<String, u32>::new();
        for doc in docs.iter() {
            *times.entry(doc.title.trim().to_lowercase()).or_default() += 1;
        }
        for doc in docs {
            let section = doc.section.trim();
            if !section.is_empty() && times.get(&doc.title.trim().to_lowercase()).is_some_and(|times| *times > 1) {
                doc.title = [doc.title.trim(), " \u{b7} ", section].concat();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_the_same_title_say_their_section() {
        let doc = |title: &str, section: &str| Doc { title: title.into(), section: section.into(), ..Doc::default() };
        let mut docs =
            [doc("Install", "Mac"), doc("install ", "Windows"), doc("Install", ""), doc("Remove", "Mac"), doc("", "")];
        Doc::tell_apart(&mut docs);
        let titles = docs.map(|doc| doc.title);
        assert_eq!(titles, ["Install \u{b7} Mac", "install \u{b7} Windows", "Install", "Remove", ""]);
    }
}
