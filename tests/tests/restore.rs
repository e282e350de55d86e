//! Data folders whose objects are of two instants: a copy that was made while the edge ran, or was put back in part.

use fsck::{Finding, List};
use shared::ids::ConversationId;
use shared::protocol::{Base, Events, Status, Summary};
use std::path::Path;
use tests::people::{ask_person, conversation, id, reply, say};
use tests::{Agent, Edge, Visitor, eventually};

const TALKS: [u8; 2] = [1, 2];

fn line(agent: &Agent, thread: &ConversationId) -> Option<Summary> {
    agent.inbox().into_iter().find(|row| row.id == *thread)
}

fn copy(from: &Path, to: &Path) {
    let _ = std::fs::remove_dir_all(to);
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

/// Two visitors wait for a person; then each is answered, writes three times more and is answered again, and only the
/// conversations are put back to where they were before that.
fn of_two_instants() -> (Edge, Agent, Vec<(Visitor, ConversationId)>) {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let talks: Vec<(Visitor, ConversationId)> =
        TALKS.map(|number| (Visitor::new(&edge, number), conversation(number))).into();
    for (number, (visitor, thread)) in (0..).zip(&talks) {
        visitor.command(thread, 0, id(number), ask_person());
    }
    let objects = edge.folder().join("objects");
    edge.kill();
    copy(&objects.join("conversation"), &edge.folder().join("copy"));
    edge.restart();
    for (number, (visitor, thread)) in (0..).zip(&talks) {
        for (part, text) in (0..).zip(["one", "two", "three"]) {
            visitor.command(thread, 0, id(10 + 10 * number + part), say(text));
        }
        agent.command(thread, 0, id(18 + 10 * number), reply("answered"));
        eventually("the list to have the answer", || line(&agent, thread).filter(|row| row.status == Status::Replied));
    }
    edge.kill();
    copy(&edge.folder().join("copy"), &objects.join("conversation"));
    (edge, agent, talks)
}

#[test]
fn a_conversation_that_was_restored_is_seen_by_the_team_when_somebody_writes() {
    let (edge, agent, talks) = of_two_instants();
    edge.restart();
    let (visitor, thread) = &talks[0];
    assert_eq!(line(&agent, thread).unwrap().status, Status::Replied, "the list is of a later instant");
    visitor.command(thread, 0, id(90), say("are you there?"));
    let row = eventually("the list to tell what is true", || {
        line(&agent, thread).filter(|row| row.last == "are you there?" && row.status == Status::Waiting)
    });
    assert!(row.waiting_since.is_some());
    let threads = eventually("the visitor's own list", || {
        visitor.threads().into_iter().find(|one| one.id == *thread && one.last == "are you there?")
    });
    assert_eq!(threads.status, Status::Waiting);
}

#[test]
fn a_client_learns_that_the_edge_has_other_events_than_its_copy() {
    let (edge, _agent, talks) = of_two_instants();
    edge.restart();
    let (visitor, thread) = &talks[0];
    let all = visitor.events(thread).events;
    let last = all.last().unwrap();
    let asked = |have| visitor.try_events(thread, have).ok::<Events>();
    assert_eq!(asked(last.seq).base, Some(Base { have: last.seq, id: Some(last.id.clone()), at: Some(last.at) }));
    assert_eq!(asked(last.seq + 4).base, Some(Base { have: last.seq + 4, id: None, at: None }));
    assert_eq!(asked(0).base, None);
    visitor.command(thread, 0, id(90), say("again"));
    let base = asked(last.seq + 1).base.unwrap();
    assert!(base.id.is_some_and(|id| id != tests::people::id(10)), "the number is that of another event now");
}

#[test]
fn a_folder_of_two_instants_is_found_out_and_repaired_for_all_conversations() {
    let (edge, agent, talks) = of_two_instants();
    let objects = edge.folder().join("objects");
    let found = fsck::look(&objects).unwrap();
    assert_eq!(found.conversations, TALKS.len());
    for (_, thread) in &talks {
        let is_of_it = |finding: &Finding| matches!(finding, Finding::Line { conversation, list: List::Inbox, .. } if conversation == thread.as_str());
        assert!(found.findings.iter().any(is_of_it), "{found:?}");
    }
    assert_eq!(fsck::repair(&objects, &found).unwrap().conversations, TALKS.len());
    edge.restart();
    for (_, thread) in &talks {
        eventually("the list to be right by itself", || {
            line(&agent, thread).filter(|row| row.status == Status::Waiting && row.last.is_empty())
        });
    }
    edge.stop();
    assert_eq!(fsck::look(&objects).unwrap().findings, []);
}

#[test]
fn a_whole_folder_has_nothing_to_be_found_and_a_broken_file_is_named() {
    let edge = Edge::start();
    let (visitor, thread) = (Visitor::new(&edge, 1), conversation(1));
    visitor.command(&thread, 0, id(1), ask_person());
    edge.stop();
    let objects = edge.folder().join("objects");
    assert_eq!(fsck::look(&objects).unwrap().findings, []);
    let file = edge.files().into_iter().find(|path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        path.parent().unwrap().ends_with("visitor") && name.ends_with(".sqlite") && name != "metadata.sqlite"
    });
    let file = file.unwrap();
    std::fs::write(&file, "this is no database, and has more than a hundred bytes of that".repeat(90)).unwrap();
    let found = fsck::look(&objects).unwrap().findings;
    assert!(matches!(&found[..], [Finding::Unreadable { file: broken, .. }, ..] if *broken == file), "{found:?}");
}

#[test]
fn a_deleted_log_of_the_inbox_comes_back_with_what_is_written_next() {
    let edge = Edge::start();
    let agent = Agent::set_up(&edge, "Ada");
    let (visitor, thread) = (Visitor::new(&edge, 1), conversation(1));
    visitor.command(&thread, 0, id(1), ask_person());
    eventually("the list to have it", || line(&agent, &thread));
    edge.kill();
    for path in edge.files() {
        let is_log = path.to_str().unwrap().ends_with("-wal") || path.to_str().unwrap().ends_with("-shm");
        if is_log && path.parent().unwrap().ends_with("inbox") {
            std::fs::remove_file(path).unwrap();
        }
    }
    let objects = edge.folder().join("objects");
    let found = fsck::look(&objects).unwrap();
    fsck::repair(&objects, &found).unwrap();
    edge.restart();
    eventually("the list to have it again", || line(&agent, &thread).filter(|row| row.status == Status::Waiting));
}
