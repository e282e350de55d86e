//! What the operator's log says of what breaks: one line of JSON, with the object, the question, the place and the detail. The
//! caller learns none of it.

use serde_json::Value;
use shared::protocol::*;
use std::path::PathBuf;
use tests::Edge;

/// The lines about what broke, in their order.
fn broken(edge: &Edge) -> Vec<Value> {
    let said = edge.said();
    let lines = said.lines().filter_map(|line| Some(&line[line.find(r#"{"event":"broken""#)?..]));
    lines.map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

/// Whether a line says all of this; a place is said by its file.
fn says(line: &Value, wanted: &[(&str, &str)]) -> bool {
    wanted.iter().all(|(name, value)| {
        let text = line[*name].as_str().unwrap_or_default();
        if *name == "place" { text.rsplit_once(':').is_some_and(|(file, _)| file == *value) } else { text == *value }
    })
}

/// The panel's start fails, and the caller learns nothing but that.
fn start_fails(edge: &Edge, status: u16, code: ErrorCode) {
    let reply = edge.client().get("/api/w/demo/boot?locale=en").send();
    let ErrorBody { error, .. } = serde_json::from_str(reply.text()).unwrap();
    assert_eq!((reply.status, error.code), (status, code), "{}", reply.text());
    assert_eq!(error.message, ApiError::new(code).message, "{}", reply.text());
}

#[test]
fn what_breaks_in_an_object_says_object_question_and_place() {
    let edge = Edge::start();
    edge.stop();
    assert!(edge.overwrite(br#""default_locale""#, br#""default_locals""#) > 0);
    edge.restart();
    assert_eq!(broken(&edge), [] as [Value; 0]);
    start_fails(&edge, 500, ErrorCode::Internal);
    let wanted = [("object", "Workspace"), ("question", "Boot"), ("place", "edge/src/objects/documents.rs")];
    let lines = broken(&edge);
    let line = lines.iter().find(|line| says(line, &wanted)).unwrap_or_else(|| panic!("{lines:#?}"));
    assert!(line["detail"].as_str().unwrap().contains("default_locale"), "{line}");
    assert!(line.get("called").is_none(), "no other object has to do with it: {line}");
}

#[test]
fn a_call_without_an_answer_says_who_was_asked_what_and_from_where() {
    let edge = Edge::start();
    edge.stop();
    // The workspace's object cannot open its database. workerd needs its own of the alarms, which lies beside it.
    let database =
        |path: &&PathBuf| path.to_string_lossy().contains("/workspace/") && !path.ends_with("metadata.sqlite");
    let files = edge.files();
    assert_ne!(files.iter().filter(database).map(|path| std::fs::write(path, "no database").unwrap()).count(), 0);
    edge.restart();
    // Storage may come back: the panel tries again.
    start_fails(&edge, 503, ErrorCode::Unavailable);
    let wanted = [
        ("object", "Worker"),
        ("question", "visitor::boot"),
        ("called", "Workspace"),
        ("asked", "Boot"),
        ("place", "edge/src/doors/visitor.rs"),
    ];
    let lines = broken(&edge);
    assert!(lines.iter().any(|line| says(line, &wanted)), "{lines:#?}\n{}", edge.said());
}
