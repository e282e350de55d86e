//! What the visitor's place, products, reading and rights change.

use super::{doc, index_of, lamps};
use shared::matching::{Corpus, Doc, Index, Query, compile};

fn ids(index: &Index<Vec<u8>>, query: &Query<'_>) -> Vec<String> {
    index.search(query).into_iter().map(|hit| hit.id).collect()
}

#[test]
fn what_was_just_read_is_not_given_again() {
    let index = index_of("en", &lamps());
    let exclude = ["address".to_owned()];
    let found = ids(&index, &Query { text: "change address", exclude: &exclude, limit: 5, ..Query::default() });
    assert!(!found.contains(&"address".into()), "{found:?}");
}

#[test]
fn the_page_and_the_products_lift_what_belongs_there() {
    let docs = [
        Doc { places: vec!["/shop".into()], ..doc("shop", "Return an item", "Within 30 days.") },
        Doc {
            places: vec!["/app".into()],
            products: vec!["plus".into()],
            ..doc("app", "Return an item", "Within 30 days.")
        },
    ];
    let index = index_of("en", &docs);
    let text = "return an item";
    let first = |query: Query<'_>| ids(&index, &query).remove(0);
    assert_eq!(first(Query { text, limit: 2, ..Query::default() }), "shop", "equals keep their order");
    assert_eq!(first(Query { text, limit: 2, page: "/app/settings", ..Query::default() }), "app");
    assert_eq!(first(Query { text, limit: 2, page: "/shop", ..Query::default() }), "shop");
    let products = ["plus".to_owned()];
    assert_eq!(first(Query { text, limit: 2, products: &products, ..Query::default() }), "app");
}

#[test]
fn what_is_less_likely_than_wanted_is_not_given() {
    let docs = [doc("return", "Return an item", "Within 30 days."), doc("item", "Find an item", "Search for it.")];
    let index = index_of("en", &docs);
    let all = index.search(&Query { text: "return an item", limit: 9, ..Query::default() });
    let [first, .., last] = all.as_slice() else { panic!("{all:?}") };
    assert!(last.confidence < first.confidence);
    let above = Query { text: "return an item", limit: 9, at_least: first.confidence, ..Query::default() };
    assert_eq!(index.search(&above).as_slice(), std::slice::from_ref(first));
    let none = Query { at_least: 1.1, ..above };
    assert_eq!(index.search(&none), []);
}

#[test]
fn what_a_reader_may_not_see_is_not_in_the_bytes() {
    let docs = [
        doc("open", "Opening hours", "Nine to five."),
        Doc { audience: vec!["staff".into()], ..doc("secret", "Xylophone vault", "The code is quixotic.") },
    ];
    let holds = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    let compiled = |audience: &[String]| compile(&Corpus { locale: "en", docs: &docs, audience });
    for text in ["secret", "Xylophone", "xylophone", "quixotic"] {
        assert!(!holds(&compiled(&[]), text), "{text}");
        assert!(!holds(&compiled(&["press".into()]), text), "{text}");
        assert!(holds(&compiled(&["staff".into()]), text), "{text}");
    }
}
