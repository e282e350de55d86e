//! The matching engine as its users see it: compile, open, search.

#![cfg(feature = "compile")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod bytes;
mod context;
mod growing;
mod knowing;
mod languages;
mod learned;
mod near;
mod quality;
mod spellings;
mod typing;

use shared::matching::{Corpus, Doc, Hit, Index, Query, compile};

/// A document with a title and a body.
fn doc(id: &str, title: &str, body: &str) -> Doc {
    Doc { id: id.into(), title: title.into(), body: body.into(), ..Doc::default() }
}

fn bytes_of(locale: &str, docs: &[Doc]) -> Vec<u8> {
    compile(&Corpus { locale, docs, audience: &[] })
}

fn index_of(locale: &str, docs: &[Doc]) -> Index<Vec<u8>> {
    Index::open(bytes_of(locale, docs)).unwrap()
}

fn search(index: &Index<Vec<u8>>, text: &str) -> Vec<Hit> {
    index.search(&Query { text, limit: 3, ..Query::default() })
}

fn best(index: &Index<Vec<u8>>, text: &str) -> Option<String> {
    search(index, text).into_iter().next().map(|hit| hit.id)
}

/// Repeatable numbers for properties.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

/// A small help centre that several tests search.
fn lamps() -> Vec<Doc> {
    vec![
        Doc {
            keywords: vec!["moved house".into()],
            ..doc(
                "address",
                "Change your delivery address",
                "You can change the address of an order until it is packed. Open the order and choose Edit.",
            )
        },
        Doc {
            keywords: vec!["where is my order".into()],
            ..doc("track", "Track a parcel", "Your parcel has a number. With it you can see where it is.")
        },
        doc(
            "wifi",
            "Connect a lamp to Wi-Fi",
            "Hold the button for five seconds, then choose your network in the app.",
        ),
        doc("refund", "When your refund arrives", "A refund takes three to five days to reach your card."),
        doc("flicker", "Lamp flickers", "A light that flickers is often too close to the router. Move it."),
    ]
}
