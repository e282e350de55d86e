//! Searching as the panel does it: compiled to WebAssembly, in a real browser.
//!
//! Run by `wasm-pack test --headless --chrome shared -- --all-features`.

#![cfg(all(target_arch = "wasm32", feature = "compile", feature = "markdown"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use shared::matching::{Corpus, Doc, Index, Query, compile, words};
use shared::{markdown, richtext};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const ARTICLES: [(&str, &str, &str); 3] = [
    ("change-delivery-address", "Change your delivery address", "You can **change** it until we pack the order."),
    ("track-a-parcel", "Track a parcel", "Your parcel has a number. With it you see where it is."),
    ("kargo-takibi", "Kargonuzu takip edin", "Kargonuzun nerede olduğunu **görebilirsiniz**."),
];

fn index() -> Vec<u8> {
    let doc = |(id, title, text): (&str, &str, &str)| Doc {
        id: id.into(),
        title: title.into(),
        body: richtext::plain_text(&markdown::parse(text)),
        ..Doc::default()
    };
    compile(&Corpus { locale: "en", docs: &ARTICLES.map(doc), audience: &[] })
}

fn best(text: &str) -> Option<String> {
    let bytes = index();
    let hits = Index::open(&bytes[..]).unwrap().search(&Query { text, limit: 3, ..Query::default() });
    hits.into_iter().next().map(|hit| hit.id)
}

#[wasm_bindgen_test]
fn half_a_question_finds_its_article() {
    assert_eq!(best("how do i chan").as_deref(), Some("change-delivery-address"));
    assert_eq!(best("where is my parc").as_deref(), Some("track-a-parcel"));
    assert_eq!(best("KARGOM NEREDE").as_deref(), Some("kargo-takibi"));
    assert_eq!(best("zzzz"), None);
}

/// The browser is asked for letters that the tables here do not have, and has to say what the library says elsewhere.
#[wasm_bindgen_test]
fn capitals_and_composed_letters_are_those_of_the_browser() {
    let folded = |text: &str| words(text).into_iter().map(|word| word.folded).collect::<Vec<_>>();
    for (one, other) in [
        ("ÉCOLE ẞ ŸȘȚ", "école ß ÿșț"),
        ("ƁƏŊ ǄƗ", "ɓəŋ ǆɨ"),
        ("ΆΈΏ Ἀ", "άέώ ἀ"),
        ("ҐЇѪ", "ґїѫ"),
        ("ԱՖ", "աֆ"),
        ("ⰀⰁ", "ⰰⰱ"),
        ("İstanbul ILIK", "i\u{307}stanbul ilik"),
        ("ﬁn Ω K", "fin ω k"),
        ("e\u{301}cole a\u{328}", "école ą"),
    ] {
        assert_eq!(folded(one), folded(other), "{one}");
    }
    assert_eq!(folded("ɓə"), ["ɓə"]);
}

#[wasm_bindgen_test]
fn damaged_bytes_are_refused_or_find_nothing_and_never_trap() {
    let bytes = index();
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0xff;
        if let Ok(index) = Index::open(&damaged[..]) {
            index.search(&Query { text: "change", limit: 3, ..Query::default() });
        }
        if let Ok(index) = Index::open(&bytes[..at]) {
            index.search(&Query { text: "change", limit: 3, ..Query::default() });
        }
    }
}
