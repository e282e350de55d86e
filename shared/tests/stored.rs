//! Stored shapes of earlier builds: each file in `stored/` holds values as one build wrote them, `{"Type": {"name": value}}`, and
//! never changes. Every later build reads them and loses nothing of them.
//!
//! `BEFOREHAND_KEEP=2027-03-01 cargo test -p beforehand-shared --test stored` adds the file of this build.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use shared::conversation::Counted;
use shared::protocol::*;
use shared::report::Counters;
use shared::richtext::{Block, Span};
use shared::routing::Helped;
use shared::settings::Settings;
use std::path::{Path, PathBuf};

#[path = "stored/lost.rs"]
#[expect(unreachable_pub, reason = "the tests against workerd take it as well, and tell it on")]
mod lost;
#[path = "stored/samples.rs"]
mod samples;

/// Reads a value and writes it again.
type Again = fn(&str) -> serde_json::Result<Value>;

/// Every type that is stored.
const TYPES: [(&str, Again); 15] = [
    ("Event", again::<Event>),
    ("What", again::<What>),
    ("Author", again::<Author>),
    ("Content", again::<Content>),
    ("Summary", again::<Summary>),
    ("Thread", again::<Thread>),
    ("Profile", again::<Profile>),
    ("Block", again::<Block>),
    ("Span", again::<Span>),
    ("AnswerSource", again::<AnswerSource>),
    ("ArticleSource", again::<ArticleSource>),
    ("Settings", again::<Settings>),
    ("Counted", again::<Counted>),
    ("Counters", again::<Counters>),
    ("Helped", again::<Helped>),
];

fn again<T: Serialize + DeserializeOwned>(text: &str) -> serde_json::Result<Value> {
    serde_json::to_value(serde_json::from_str::<T>(text)?)
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// The kept files, each with its name.
fn kept() -> Vec<(String, Map<String, Value>)> {
    let entries = std::fs::read_dir(tests().join("stored")).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    files
        .map(|path| {
            let values = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), values)
        })
        .collect()
}

fn keep_if_asked() {
    let Some(name) = std::env::var_os("BEFOREHAND_KEEP") else { return };
    let path = tests().join("stored").join(name).with_extension("json");
    assert!(!path.exists(), "{} is kept already, and never changes", path.display());
    let text = serde_json::to_string_pretty(&samples::all(&tests())).unwrap() + "\n";
    std::fs::write(path, text).unwrap();
}

#[test]
fn what_earlier_builds_have_stored_is_read_and_nothing_of_it_is_lost() {
    keep_if_asked();
    let kept = kept();
    assert!(!kept.is_empty());
    for (build, types) in kept {
        for (name, values) in types {
            let (_, again) =
                TYPES.iter().find(|(other, _)| *other == name).unwrap_or_else(|| panic!("{build}: {name}"));
            for (sample, old) in values.as_object().unwrap() {
                let what = format!("{build}: {name}.{sample}");
                let new = again(&old.to_string()).unwrap_or_else(|error| panic!("{what} no longer reads: {error}"));
                assert_eq!(lost::lost(old, &new), None, "{what}");
            }
        }
    }
}

#[test]
fn what_this_build_stores_has_samples_of_every_type() {
    let samples = samples::all(&tests());
    for (name, again) in TYPES {
        let values = samples.get(name).and_then(Value::as_object).unwrap_or_else(|| panic!("{name} has no sample"));
        for value in values.values() {
            assert_eq!(&again(&value.to_string()).unwrap(), value, "{name}");
        }
    }
    assert_eq!(samples.len(), TYPES.len());
}

#[test]
fn a_loss_is_seen_and_what_is_new_is_none() {
    let check = |old: Value, new: Value, expected: Option<&str>| {
        assert_eq!(lost::lost(&old, &new).as_deref(), expected, "{old} {new}");
    };
    check(serde_json::json!({ "a": [1, { "b": 2 }] }), serde_json::json!({ "a": [1, { "b": 2 }], "c": 3 }), None);
    check(serde_json::json!({ "a": 1 }), serde_json::json!({}), Some(".a: 1 became null"));
    check(serde_json::json!([{ "a": 1 }]), serde_json::json!([{ "a": 2 }]), Some("[0].a: 1 became 2"));
    let flat = serde_json::json!({ "name": "x", "origins": [] });
    check(flat.clone(), serde_json::json!({ "settings": { "panel": { "name": "x" }, "origins": [] } }), None);
    check(flat, serde_json::json!({ "settings": { "panel": {}, "origins": [] } }), Some(".name: \"x\" became null"));
    check(serde_json::json!([1]), serde_json::json!([1, 2]), Some(": [1] became [1,2]"));
}
