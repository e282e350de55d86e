//! What is listed without a search: what the site knows to be asked most, and what belongs to the page.

use super::index::Index;
use super::search::{Hit, Query};

impl<B: AsRef<[u8]>> Index<B> {
    /// The document with this id: its title, and in the snippet the beginning of its text.
    pub fn named(&self, id: &str) -> Option<Hit> {
        let number = self.doc_number(id)?;
        let (title, snippet) = (self.doc_title(number).into(), self.doc_lead(number).into());
        Some(Hit { id: id.into(), title, snippet, ..Hit::default() })
    }

    /// Whether the document with this id belongs to the page or to a product of a query.
    pub fn belongs(&self, id: &str, query: &Query<'_>) -> bool {
        self.doc_number(id).is_some_and(|number| self.lifted_by(number, query).is_some())
    }

    /// The documents that belong to the page or to a product of a query: the id and the title of each.
    pub fn of_page(&self, query: &Query<'_>) -> impl Iterator<Item = (&str, &str)> {
        let belongs = |number: &usize| self.lifted_by(*number, query).is_some();
        (0..self.len()).filter(belongs).map(|number| (self.doc_id(number), self.doc_title(number)))
    }

    fn doc_number(&self, id: &str) -> Option<usize> {
        (0..self.len()).find(|number| self.doc_id(*number) == id)
    }
}

#[cfg(feature = "compile")]
#[cfg(test)]
mod tests {
    use super::super::{Corpus, Doc, compile};
    use super::*;

    fn index() -> Index<Vec<u8>> {
        let doc = |id: &str, title: &str, places: &[&str]| Doc {
            id: id.into(),
            title: title.into(),
            body: "How do you do that with the lamp.".into(),
            places: places.iter().map(|place| String::from(*place)).collect(),
            ..Doc::default()
        };
        let docs = [doc("track", "Where is my parcel", &["/orders"]), doc("wifi", "Connect the lamp", &[])];
        Index::open(compile(&Corpus { locale: "en", docs: &docs, audience: &[] })).unwrap()
    }

    #[test]
    fn a_document_is_listed_by_its_name() {
        let index = index();
        let hit = index.named("track").unwrap();
        assert_eq!(
            (hit.title.as_str(), hit.snippet.as_str()),
            ("Where is my parcel", "How do you do that with the lamp.")
        );
        assert_eq!(index.named("nothing"), None);
        let query = Query { page: "/orders/7", ..Query::default() };
        assert_eq!(index.of_page(&query).collect::<Vec<_>>(), [("track", "Where is my parcel")]);
        assert_eq!(index.of_page(&Query::default()).count(), 0);
        assert!(index.belongs("track", &query) && !index.belongs("wifi", &query) && !index.belongs("nothing", &query));
    }
}
