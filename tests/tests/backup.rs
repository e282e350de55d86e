//! Backups of a product at work, what is put back of them, and folders that older releases have written.

use shared::ids::EventId;
use shared::protocol::*;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tests::courier::{Courier, Side};
use tests::folder::Folder;
use tests::package::{Done, Served};
use tests::people::{conversation, id, say, texts};
use tests::porter::{signal, workerd_of};
use tests::stored::{DAY_MS, Stored};
use tests::waiting::lasting;
use tests::{Agent, Edge, Package, Visitor, eventually};

/// Each writes in a conversation, with an agent who answers.
const VISITORS: u8 = 6;
/// The porter's longest standstill, for tests: with none, each database is of an instant of its own.
const STILL_MS: &str = "STILL_MS";

fn place() -> Edge {
    Edge::stopped_in(&[], |_| {})
}

fn serve(edge: &Edge) -> Served {
    let data = edge.folder().to_str().unwrap();
    let listen = format!("127.0.0.1:{}", edge.port());
    let mut command = Package::installed().command(&["serve", "--data", data, "--listen", &listen]);
    // Couriers write faster than people.
    Served::start(command.env("UNPACED", "1").env("DAY_MS", DAY_MS), edge.folder())
}

fn set_up(edge: &Edge, served: &Served) -> Agent {
    let line = served.line("#setup=").unwrap();
    assert_eq!(Agent::try_join(edge, line.split_once("#setup=").unwrap().1, "Ada").status, 200);
    Agent::sign_in(edge, "Ada")
}

fn run(words: &[&str], paths: [&Path; 2], still_ms: Option<&str>) -> Done {
    let [file, data] = paths.map(|path| path.to_str().unwrap());
    let mut command = Package::installed().command(&[words, &[file, "--data", data]].concat());
    tests::package::done(command.envs(still_ms.map(|time| (STILL_MS, time))))
}

/// What a backup promises.
struct Promised {
    file: std::path::PathBuf,
    /// What was acknowledged before it began.
    acknowledged: BTreeSet<EventId>,
}

/// Writes until it is over.
fn write(mut courier: Courier, acknowledged: &Mutex<BTreeSet<EventId>>, over: &AtomicBool) {
    while !over.load(Ordering::Relaxed) {
        while courier.has_room() {
            courier.write();
        }
        if courier.deliver() {
            acknowledged.lock().unwrap().extend(courier.told.last().cloned());
        } else {
            lasting(Duration::from_millis(50));
        }
    }
}

#[test]
fn a_backup_under_load_has_all_that_was_acknowledged_before_it_began() {
    let (edge, room) = (place(), Folder::new("backup"));
    let mut served = serve(&edge);
    let ada = set_up(&edge, &served);
    for number in 1..=VISITORS {
        Visitor::new(&edge, number).command(&conversation(number), 0, id(number), tests::people::ask_person());
    }
    let couriers: Vec<Courier> = (1..=VISITORS)
        .flat_map(|number| {
            let sides = [Side::Visitor(Visitor::new(&edge, number)), Side::Agent(Agent::returning(&edge, &ada.cookie))];
            let [visitor, agent] = sides;
            [(number, visitor), (100 + number, agent)]
                .map(|(name, side)| Courier::new(name, side, conversation(number), 7))
        })
        .collect();
    let (acknowledged, over) = (Mutex::new(BTreeSet::new()), AtomicBool::new(false));
    let promised: Vec<Promised> = std::thread::scope(|scope| {
        let (acknowledged, over) = (&acknowledged, &over);
        for courier in couriers {
            scope.spawn(move || write(courier, acknowledged, over));
        }
        let made = [None, Some("0"), None, Some("0")].into_iter().enumerate().map(|(number, still_ms)| {
            let wanted = acknowledged.lock().unwrap().len() + 60;
            eventually("more to be written", || (acknowledged.lock().unwrap().len() >= wanted).then_some(()));
            let acknowledged = acknowledged.lock().unwrap().clone();
            let file = room.path().join(format!("backup-{number}.tgz"));
            let done = run(&["backup"], [&file, edge.folder()], still_ms);
            assert!(done.status.success() && done.said.contains("is whole"), "{}", done.said);
            println!("{} acknowledged before: {}", acknowledged.len(), done.said.trim());
            Promised { file, acknowledged }
        });
        let made = made.collect();
        // They go on writing until the power goes.
        let wanted = acknowledged.lock().unwrap().len() + 30;
        eventually("more to be written", || (acknowledged.lock().unwrap().len() >= wanted).then_some(()));
        served.kill();
        over.store(true, Ordering::Relaxed);
        made
    });

    for (number, promise) in promised.iter().enumerate() {
        let restored = place();
        let done = run(&["restore"], [&promise.file, restored.folder()], None);
        assert!(done.status.success(), "{}", done.said);
        let again = serve(&restored);
        let ada = Agent::returning(&restored, &ada.cookie);
        let mut there = BTreeSet::new();
        for number in 1..=VISITORS {
            let (visitor, thread) = (Visitor::new(&restored, number), conversation(number));
            let events = visitor.events(&thread).events;
            assert!(events.iter().map(|event| event.seq).eq(1..=events.len() as Seq), "{number} has a gap");
            let ids: BTreeSet<EventId> = events.iter().map(|event| event.id.clone()).collect();
            assert_eq!(ids.len(), events.len(), "each is there once");
            there.extend(ids);
            eventually("it to go on", || visitor.offer(&thread, id(250), say("after the restore")));
            eventually("the team to see it", || {
                ada.inbox().iter().any(|line| line.id == thread && line.last == "after the restore").then_some(())
            });
        }
        let lost: Vec<_> = promise.acknowledged.difference(&there).collect();
        assert!(lost.is_empty(), "backup {number} lacks {lost:?}");
        again.stop("TERM");
        let whole = Package::installed().run(&["fsck", "--data", restored.folder().to_str().unwrap()]);
        assert!(whole.status.success() && whole.said.contains(" 0 findings"), "{}", whole.said);
    }
}

#[test]
fn a_backup_is_restored_whole_into_an_empty_folder_or_not_at_all() {
    let (edge, room) = (place(), Folder::new("restore"));
    let served = serve(&edge);
    let (visitor, thread) = (Visitor::new(&edge, 1), conversation(1));
    visitor.command(&thread, 0, id(1), say("Hello"));
    let file = room.path().join("b.tgz");
    let made = run(&["backup"], [&file, edge.folder()], None);
    assert!(made.status.success(), "{}", made.said);
    let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata().unwrap().permissions());
    assert_eq!(
        (mode & 0o777, std::fs::read_dir(room.path()).unwrap().count()),
        (0o600, 1),
        "for its owner, and nothing is left beside it"
    );
    let again = run(&["backup"], [&file, edge.folder()], None);
    assert!(!again.status.success() && again.said.contains("is there already"), "{}", again.said);
    let running = run(&["restore"], [&file, edge.folder()], None);
    assert!(!running.status.success() && running.said.contains("is in use by another Beforehand"), "{}", running.said);
    let looked = Package::installed().run(&["fsck", "--data", edge.folder().to_str().unwrap()]);
    assert!(!looked.status.success() && looked.said.contains("is in use by another Beforehand"), "{}", looked.said);
    served.stop("TERM");
    let full = run(&["restore"], [&file, edge.folder()], None);
    assert!(!full.status.success() && full.said.contains("is not empty"), "{}", full.said);

    let to = room.path().join("to");
    let bytes = std::fs::read(&file).unwrap();
    for (name, content) in [("half", &bytes[..bytes.len() / 2]), ("other", b"no backup".as_slice()), ("empty", b"")] {
        let damaged = room.path().join(name);
        std::fs::write(&damaged, content).unwrap();
        let done = run(&["restore"], [&damaged, &to], None);
        assert!(!done.status.success() && done.said.contains("cannot be restored"), "{name}: {}", done.said);
        assert!(!to.exists(), "{name}: nothing is left of it");
    }
    // A stopped folder can be put into a backup as well, and that one is the same.
    let stopped = room.path().join("stopped.tgz");
    let made = run(&["backup"], [&stopped, edge.folder()], None);
    assert!(made.status.success() && made.said.contains("Nobody served it"), "{}", made.said);
    let done = run(&["restore"], [&stopped, &to], None);
    assert!(done.status.success(), "{}", done.said);
    let _served = Package::installed().serve(&to, edge.port(), &[]);
    assert_eq!(texts(&visitor.events(&thread).events), ["Hello"]);
}

#[test]
fn a_product_that_was_left_standing_still_goes_on() {
    let edge = place();
    let _served = serve(&edge);
    let (visitor, thread) = (Visitor::new(&edge, 1), conversation(1));
    visitor.command(&thread, 0, id(1), say("before"));
    // As a backup leaves it that is killed between two lines.
    assert!(signal(workerd_of(edge.folder()).unwrap(), "STOP"));
    assert!(visitor.command(&thread, 0, id(2), say("after")).len() >= 2);
}

#[test]
fn folders_of_older_releases_are_opened_and_written_on() {
    for stored in Stored::all() {
        let (edge, seen) = (stored.edge(), stored.seen());
        let served = serve(&edge);
        let ada = Agent::returning(&edge, &seen.session);
        assert_eq!(
            ada.inbox().len(),
            seen.inbox[1].as_array().map_or(ada.inbox().len(), Vec::len),
            "{}",
            stored.name()
        );
        for (number, before) in &seen.conversations {
            let events = ada.events(&conversation(*number)).events;
            assert!(events.len() >= before["events"].as_array().unwrap().len(), "{}: {number}", stored.name());
        }
        // An index of another engine is made anew before it is named.
        eventually("its articles to be there", || {
            let boot: serde_json::Value = edge.client().get("/api/w/demo/boot?own=en&locale=en").send().ok();
            (edge.client().get(boot["index"].as_str()?).send().status == 200).then_some(())
        });
        let (visitor, thread) = (Visitor::new(&edge, 200), conversation(200));
        visitor.command(&thread, 0, id(1), say("after the upgrade"));
        served.stop("TERM");
        let whole = Package::installed().run(&["fsck", "--data", edge.folder().to_str().unwrap()]);
        assert!(whole.status.success(), "{}: {}", stored.name(), whole.said);
    }
}
