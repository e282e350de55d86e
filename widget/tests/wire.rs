//! The panel reads the wire as serde does: every committed snapshot, by both.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use panel::json::Json;
use panel::wire;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use shared::conversation::for_visitor;
use shared::protocol::{
    ApiError, Article, ArticleRef, Author, Boot, Context, ConversationFrame, Event, Events, KnownProblem, Shown,
    Thread, Threads, VisitorCommand, What,
};
use shared::settings::PanelSettings;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const VISITOR: &str = include_str!("../../shared/tests/wire/visitor.json");
const EVENT: &str = include_str!("../../shared/tests/wire/event.json");
const ERROR: &str = include_str!("../../shared/tests/wire/error.json");
const CONTENT: &str = include_str!("../../shared/tests/wire/content.json");

/// The snapshots of one type, by the names of its variants.
fn snapshots(file: &str, name: &str) -> Map<String, Value> {
    let file: Map<String, Value> = serde_json::from_str(file).unwrap();
    let Some(Value::Object(variants)) = file.get(name) else { panic!("no snapshots of {name}") };
    variants.clone()
}

fn check<T: DeserializeOwned + Serialize>(file: &str, name: &str, read: fn(&Json) -> Option<T>) {
    for (variant, value) in snapshots(file, name) {
        let text = value.to_string();
        let by_serde: T = serde_json::from_value(value).unwrap();
        let Some(by_panel) = read(&Json::parse(&text).unwrap()) else { panic!("{name} {variant} cannot be read") };
        assert_eq!(
            serde_json::to_value(by_panel).unwrap(),
            serde_json::to_value(by_serde).unwrap(),
            "{name} {variant}"
        );
    }
}

#[wasm_bindgen_test]
fn every_snapshot_is_read_as_serde_reads_it() {
    check::<Events>(VISITOR, "Events", wire::events);
    check::<Threads>(VISITOR, "Threads", wire::threads);
    check::<Thread>(VISITOR, "Thread", wire::thread);
    check::<ConversationFrame>(VISITOR, "ConversationFrame", wire::frame);
    check::<VisitorCommand>(VISITOR, "VisitorCommand", wire::command);
    check::<Event>(EVENT, "Event", wire::event);
    check::<Author>(EVENT, "Author", wire::author);
    check::<Context>(EVENT, "Context", wire::context);
    check::<Shown>(EVENT, "Shown", wire::shown);
    check::<ArticleRef>(EVENT, "ArticleRef", wire::article_ref);
    check::<ApiError>(ERROR, "ApiError", wire::api_error);
    check::<KnownProblem>(VISITOR, "KnownProblem", wire::known_problem);
    check::<PanelSettings>(CONTENT, "PanelSettings", wire::panel_settings);
}

/// The blocks of an article stay as they came.
#[wasm_bindgen_test]
fn an_article_is_read_as_far_as_something_is_decided_by_it() {
    for (variant, snapshot) in snapshots(CONTENT, "Article") {
        let by_serde: Article = serde_json::from_value(snapshot.clone()).unwrap();
        let by_panel = wire::article(&Json::parse(&snapshot.to_string()).unwrap()).unwrap();
        let said = (by_panel.locale, by_panel.title, by_panel.url);
        assert_eq!(said, (by_serde.locale, by_serde.title, by_serde.url), "{variant}");
    }
}

#[wasm_bindgen_test]
fn whatever_happens_is_read_as_a_visitor_is_told_of_it() {
    let event = snapshots(EVENT, "Event").into_values().next().unwrap();
    for (variant, what) in snapshots(EVENT, "What") {
        let mut event = event.clone();
        event.as_object_mut().unwrap().insert("what".into(), what);
        let told = serde_json::to_value(for_visitor(serde_json::from_value(event).unwrap())).unwrap();
        let read = wire::event(&Json::parse(&told.to_string()).unwrap()).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), told, "{variant}");
    }
    let news = wire::what(&Json::parse(r#"{ "something_new": { "x": 1 } }"#).unwrap());
    assert_eq!(news, Some(What::Unseen), "a newer edge is understood as far as it can be");
}

#[wasm_bindgen_test]
fn every_action_every_reason_and_every_status_is_known() {
    for (variant, action) in snapshots(VISITOR, "VisitorAction") {
        let command = serde_json::json!({ "id": "e1", "action": action });
        assert!(wire::command(&Json::parse(&command.to_string()).unwrap()).is_some(), "{variant}");
    }
    for (variant, reason) in snapshots(EVENT, "HandOffReason") {
        let what = serde_json::json!({ "handed_off": { "reason": reason, "place": { "to": "escalations" } } });
        assert!(wire::what(&Json::parse(&what.to_string()).unwrap()).is_some(), "{variant}");
    }
    for (variant, status) in snapshots(EVENT, "Status") {
        let mut thread = snapshots(VISITOR, "Thread").into_values().next().unwrap();
        thread.as_object_mut().unwrap().insert("status".into(), status);
        assert!(wire::thread(&Json::parse(&thread.to_string()).unwrap()).is_some(), "{variant}");
    }
    for (variant, described) in snapshots(ERROR, "ErrorCode") {
        let error = serde_json::json!({ "code": described.get("code"), "message": "x" });
        assert!(wire::api_error(&Json::parse(&error.to_string()).unwrap()).is_some(), "{variant}");
    }
}

#[wasm_bindgen_test]
fn a_boot_is_read_as_far_as_it_is_used() {
    for (variant, value) in snapshots(VISITOR, "Boot") {
        let text = value.to_string();
        let by_serde: Boot = serde_json::from_value(value).unwrap();
        let by_panel = wire::boot(&Json::parse(&text).unwrap()).unwrap();
        assert_eq!(
            (by_panel.panel, by_panel.locale, by_panel.index),
            (by_serde.panel, by_serde.locale, by_serde.index),
            "{variant}"
        );
        assert_eq!((by_panel.online, by_panel.expected), (by_serde.online, by_serde.expected), "{variant}");
        let words = by_panel.words.unwrap_or_default();
        for (key, text) in by_serde.words {
            assert_eq!(words.get(&key), text, "{variant}");
        }
    }
}

#[wasm_bindgen_test]
fn what_has_another_shape_is_not_read() {
    for text in [
        "null",
        "[]",
        "7",
        "\"x\"",
        "{}",
        "{\"events\":[{}],\"read\":{\"visitor\":0,\"agent\":0}}",
        "{\"events\":{},\"read\":{}}",
    ] {
        let json = Json::parse(text).unwrap();
        assert!(wire::events(&json).is_none(), "{text}");
        assert!(wire::frame(&json).is_none(), "{text}");
        assert!(wire::article(&json).is_none(), "{text}");
        assert!(wire::boot(&json).is_none(), "{text}");
        assert!(wire::pending(&json).is_none(), "{text}");
    }
    assert!(Json::parse("{").is_none());
}
