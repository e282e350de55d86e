//! Any bytes as an index, any text as a question: neither may panic or read out of bounds.
//!
//! The first byte of the input is the length of the text, which follows; the rest is the index.

#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::matching::{Index, Query};

fuzz_target!(|input: &[u8]| {
    let Some((length, rest)) = input.split_first() else { return };
    let (text, bytes) = rest.split_at(usize::from(*length).min(rest.len()));
    if let Ok(index) = Index::open(bytes) {
        let text = String::from_utf8_lossy(text);
        index.search(&Query { text: &text, limit: 5, page: "/cart", ..Query::default() });
    }
});
