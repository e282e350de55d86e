//! `/health` says what is wrong with the disk, a database and the clock.

use serde_json::Value;
use std::fs::File;
use std::time::{Duration, SystemTime};
use tests::people::{conversation, id, say};
use tests::porter::{Disk, Porter, signal, workerd_of};
use tests::{Edge, Visitor, eventually};

fn health(edge: &Edge) -> (u16, Value) {
    let reply = edge.client().get("/health").send();
    (reply.status, serde_json::from_slice(&reply.body).unwrap())
}

/// The sentence on a part, once it is told.
fn told(edge: &Edge, list: &str, part: &str) -> String {
    eventually("it to be told", || {
        let (_, said) = health(edge);
        let one = said[list].as_array()?.iter().find(|one| one["part"] == part)?;
        one["what"].as_str().map(str::to_owned)
    })
}

#[test]
fn nothing_is_told_where_nothing_is_wrong() {
    let edge = Edge::behind(Porter::default(), None, &[]);
    let (status, said) = health(&edge);
    assert_eq!((status, &said["status"], &said["problems"]), (200, &Value::from("ok"), &Value::Null), "{said}");
}

#[test]
fn a_full_disk_is_told_and_one_that_has_room_again_is_not() {
    let Some(disk) = Disk::new(48) else {
        println!("this user may not mount a disk; what follows needs one");
        return;
    };
    let edge = Edge::behind(Porter::default(), Some(disk.path()), &[]);
    let (status, said) = health(&edge);
    assert_eq!(status, 200, "{said}");
    assert!(told(&edge, "soon", "disk").contains("MB are free"));
    disk.fill();
    assert!(told(&edge, "problems", "disk").contains("Nothing can be stored: No space left on device"));
    let (status, said) = health(&edge);
    assert_eq!((status, &said["status"]), (503, &Value::from("failing")));
    disk.free();
    eventually("it to be well", || (health(&edge).0 == 200).then_some(()));
}

#[test]
fn a_workspace_that_cannot_be_read_is_told_at_its_next_start() {
    let edge = Edge::behind(Porter::default(), None, &[]);
    edge.stop();
    let is_workspace = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        path.parent().unwrap().ends_with("workspace") && name.ends_with(".sqlite") && name != "metadata.sqlite"
    };
    let file = edge.files().into_iter().find(is_workspace).unwrap();
    std::fs::write(file, "this is no database, and has more than a hundred bytes of that".repeat(90)).unwrap();
    edge.restart();
    // A request meets it, and the log has it.
    let reply = edge.client().get("/api/w/demo/setup").send();
    assert!(reply.status >= 500, "{reply:?}");
    assert!(told(&edge, "problems", "database").contains("SQLITE_NOTADB"));
    assert_eq!(health(&edge).0, 503);
}

#[test]
fn a_product_that_stands_still_is_told_and_goes_on() {
    let edge = Edge::behind(Porter::default(), None, &[]);
    let visitor = Visitor::new(&edge, 1);
    visitor.command(&conversation(1), 0, id(1), say("Hello"));
    let process = workerd_of(edge.folder()).unwrap();
    assert!(signal(process, "STOP"));
    let (status, said) = health(&edge);
    assert!(status == 503 && said["problems"][0]["part"] == "database", "{said}");
    assert!(signal(process, "CONT"));
    eventually("it to be well", || (health(&edge).0 == 200).then_some(()));
}

#[test]
fn a_clock_that_is_behind_what_is_stored_is_told() {
    let edge = Edge::behind(Porter::default(), None, &[]);
    edge.stop();
    let later = SystemTime::now() + Duration::from_secs(3_600);
    File::options().write(true).open(&edge.files()[0]).unwrap().set_modified(later).unwrap();
    edge.restart();
    let what = told(&edge, "problems", "clock");
    assert!(what.contains("seconds behind what is stored"), "{what}");
    // It hurts no more than that: people can write.
    let visitor = Visitor::new(&edge, 1);
    visitor.command(&conversation(1), 0, id(1), say("Hello"));
    assert_eq!(health(&edge).1["status"], "failing");
}
