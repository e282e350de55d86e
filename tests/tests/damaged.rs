//! Data folders in which something cannot be read: what can be is backed up, restored and looked through, and the rest is named.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tests::folder::Folder;
use tests::package::{Done, done};
use tests::people::{conversation, id, reply, say, texts};
use tests::porter::{self, Porter};
use tests::{Agent, Edge, Visitor, eventually};

/// The exit code of what is done and not whole.
const NOT_WHOLE: Option<i32> = Some(3);
/// Somebody who may read no file of others, as root may.
const NOBODY: u32 = 65_534;
/// Each has a conversation.
const VISITORS: u8 = 6;
/// The one whose conversation stays whole.
const WHOLE: u8 = 6;
const ALARMS: &str = "objects/conversation/metadata.sqlite";

/// An edge that has served, and was stopped in order.
fn served() -> (Edge, Agent) {
    let edge = Edge::behind(Porter::default(), None, &[]);
    let ada = Agent::set_up(&edge, "Ada");
    for number in 1..=VISITORS {
        Visitor::new(&edge, number).command(&conversation(number), 0, id(number), say("Hello"));
        ada.command(&conversation(number), 0, id(100 + number), reply("Hello, too"));
    }
    eventually("the list to have all", || (ada.inbox().len() == usize::from(VISITORS)).then_some(()));
    edge.stop();
    (edge, ada)
}

/// The database of a conversation, by the name that is written in it or beside it.
fn database(data: &Path, number: u8) -> PathBuf {
    let name = serde_json::to_value(conversation(number)).unwrap();
    let name = name.as_str().unwrap().as_bytes();
    let is_it = |path: &PathBuf| fs::read(path).unwrap().windows(name.len()).any(|part| part == name);
    let files = fs::read_dir(data.join("objects/conversation")).unwrap().map(|file| file.unwrap().path());
    let file = files.filter(|path| !path.ends_with("metadata.sqlite")).find(is_it).unwrap();
    PathBuf::from(file.to_str().unwrap().trim_end_matches("-wal"))
}

/// Damages all but one conversation, and the alarms of all. Gives what is damaged, by its place in the folder.
fn damage(data: &Path) -> Vec<String> {
    let files: Vec<PathBuf> = (1..WHOLE).map(|number| database(data, number)).collect();
    // A header, as of a bad block.
    let mut bytes = fs::read(&files[0]).unwrap();
    bytes[..64].fill(0xa5);
    fs::write(&files[0], bytes).unwrap();
    let cut = File::options().write(true).open(&files[1]).unwrap();
    cut.set_len(cut.metadata().unwrap().len() / 2 + 100).unwrap();
    fs::set_permissions(&files[2], Permissions::from_mode(0o000)).unwrap();
    fs::remove_file(&files[3]).unwrap();
    fs::create_dir(&files[3]).unwrap();
    // A file without a byte is what some file systems leave after a power cut.
    let empty = File::create(&files[4]).unwrap();
    empty.set_modified(SystemTime::now() + Duration::from_secs(5)).unwrap();
    fs::write(data.join(ALARMS), "this is no database, and has more than a hundred bytes of that".repeat(90)).unwrap();
    let place = |file: &PathBuf| file.strip_prefix(data).unwrap().to_str().unwrap().to_owned();
    files.iter().map(place).chain([ALARMS.into()]).collect()
}

/// Gives a folder to one who is not root, for whom a file without rights is closed.
fn give_away(folder: &Path) {
    chown(folder, Some(NOBODY), Some(NOBODY)).unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            give_away(&path);
        } else {
            chown(&path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }
}

fn run(as_whom: Option<u32>, words: &[&str]) -> Done {
    let mut command = porter::operator(words);
    if let Some(user) = as_whom {
        command.uid(user).gid(user);
    }
    done(&mut command)
}

fn health(edge: &Edge) -> serde_json::Value {
    serde_json::from_slice(&edge.client().get("/health").send().body).unwrap()
}

#[test]
fn what_cannot_be_read_is_named_and_everything_else_is_backed_up_restored_and_served() {
    let (edge, ada) = served();
    let room = Folder::new("damaged");
    let (data, file, restored) = (edge.folder(), room.path().join("b.tgz"), room.path().join("restored"));
    let [in_words, file_in_words, restored_in_words] = [data, &file, &restored].map(|path| path.to_str().unwrap());
    let damaged = damage(data);
    let is_root = data.metadata().unwrap().uid() == 0;
    let whom = is_root.then(|| {
        give_away(data);
        chown(room.path(), Some(NOBODY), Some(NOBODY)).unwrap();
        NOBODY
    });

    let made = run(whom, &["backup", "--data", in_words, "--to", file_in_words]);
    assert_eq!(made.status.code(), NOT_WHOLE, "{}", made.said);
    assert!(made.said.contains("is NOT WHOLE"), "{}", made.said);
    damaged.iter().for_each(|place| assert!(made.said.contains(place), "{place} is not named: {}", made.said));
    assert_eq!(fs::read_dir(room.path()).unwrap().count(), 1, "nothing is left beside it");

    let looked = run(whom, &["fsck", "--data", in_words]);
    assert_eq!(looked.status.code(), NOT_WHOLE, "{}", looked.said);
    damaged.iter().for_each(|place| assert!(looked.said.contains(place), "{place} is not named: {}", looked.said));

    let put_back = run(whom, &["restore", "--from", file_in_words, "--data", restored_in_words]);
    assert_eq!(put_back.status.code(), NOT_WHOLE, "{}", put_back.said);
    for place in damaged.iter().filter(|place| *place != ALARMS) {
        assert!(put_back.said.contains(place), "{place} is not named: {}", put_back.said);
    }
    assert!(!put_back.said.contains(ALARMS), "alarms are made anew: {}", put_back.said);

    let again = Edge::stopped_behind(Porter::default(), &restored);
    again.restart();
    let said = health(&again);
    assert!(said["soon"][0]["what"].as_str().unwrap().contains("5 files cannot be read"), "{said}");
    assert_eq!(said["status"], "ok", "all others are served: {said}");
    let ada = Agent::returning(&again, &ada.cookie);
    let (visitor, thread) = (Visitor::new(&again, WHOLE), conversation(WHOLE));
    assert_eq!(texts(&visitor.events(&thread).events), ["Hello", "Hello, too"]);
    visitor.command(&thread, 0, id(250), say("after the restore"));
    eventually("the team to see it", || ada.inbox().iter().any(|line| line.last == "after the restore").then_some(()));
    again.stop();

    // Once the damaged ones are away, a backup is whole, and `/health` is well.
    for place in damaged.iter().filter(|place| *place != ALARMS) {
        let path = restored.join(place);
        let _one_of_both = (fs::remove_file(&path), fs::remove_dir(&path));
    }
    let whole = room.path().join("whole.tgz");
    let made = run(whom, &["backup", "--data", restored_in_words, "--to", whole.to_str().unwrap()]);
    assert!(made.status.success() && made.said.contains("is whole"), "{}", made.said);
    again.restart();
    assert_eq!(health(&again)["soon"], serde_json::Value::Null);
}

#[test]
fn a_repair_goes_past_what_cannot_be_read_and_makes_alarms_anew() {
    let (edge, _) = served();
    let data = edge.folder();
    let damaged = damage(data);
    let in_words = data.to_str().unwrap();
    let repaired = run(None, &["fsck", "--data", in_words, "--repair"]);
    assert_eq!(repaired.status.code(), NOT_WHOLE, "{}", repaired.said);
    let again = run(None, &["fsck", "--data", in_words]);
    assert!(!again.said.contains(ALARMS), "{}", again.said);
    assert!(again.said.contains(&damaged[0]) && again.said.contains(&damaged[4]), "{}", again.said);
    assert!(data.join(ALARMS).with_extension("sqlite.damaged").is_file(), "nothing is thrown away");
    edge.restart();
    let (visitor, thread) = (Visitor::new(&edge, WHOLE), conversation(WHOLE));
    assert_eq!(texts(&visitor.events(&thread).events), ["Hello", "Hello, too"]);
}

#[test]
fn a_restore_that_was_cut_short_is_not_served() {
    let edge = Edge::stopped_behind(Porter::default(), Folder::new("cut-short").path());
    fs::create_dir_all(edge.folder().join("restoring.1")).unwrap();
    let (status, said) = Porter::default().second(edge.folder());
    fs::remove_dir_all(edge.folder()).unwrap();
    assert!(!status.success() && said.contains("was cut short"), "{said}");
}
