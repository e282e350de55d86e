//! The things that go wrong.

use super::wires::Wires;
use super::{Acknowledged, VISITORS};
use crate::chance::Chance;
use crate::folder::Folder;
use crate::people::{conversation, id, say};
use crate::porter::{Disk, Porter, signal, workerd_of};
use crate::waiting::lasting;
use crate::{Agent, Edge, Visitor, eventually};
use shared::ids::EventId;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// One thing that goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// workerd ends without a word.
    Crash,
    /// So does everything, and comes back later.
    PowerCut,
    /// The machine stands still, as a paused one does.
    Standstill,
    /// Every connection is cut.
    Cut,
    /// The network says nothing, and nothing ends.
    Silence,
    /// The disk is full for a while.
    FullDisk,
    /// The operator stops it and starts it again.
    Restart,
    /// The operator copies the running folder, which takes time.
    Copy,
    /// Many strangers ask for what is not there.
    Flood,
}

const ALL: [Fault; 9] = [
    Fault::Crash,
    Fault::PowerCut,
    Fault::Standstill,
    Fault::Cut,
    Fault::Silence,
    Fault::Restart,
    Fault::Copy,
    Fault::Flood,
    Fault::FullDisk,
];
/// How long most of it lasts at most.
const LASTS_MS: u64 = 3_000;
/// Strangers at once; each asks once.
const STRANGERS: u32 = 300;

impl Fault {
    pub(super) fn any(chance: &mut Chance, has_disk: bool) -> Self {
        let all = if has_disk { ALL.len() } else { ALL.len() - 1 };
        ALL[usize::try_from(chance.below(all as u64)).unwrap()]
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Fault::Crash => "crashes",
            Fault::PowerCut => "power cuts",
            Fault::Standstill => "standstills",
            Fault::Cut => "cuts",
            Fault::Silence => "silences",
            Fault::FullDisk => "full disks",
            Fault::Restart => "restarts",
            Fault::Copy => "copies",
            Fault::Flood => "floods",
        }
    }

    pub(super) fn happen(
        self,
        edge: &Edge,
        wires: &Wires,
        disk: Option<&Disk>,
        chance: &mut Chance,
        acknowledged: &Acknowledged,
        copy: &mut Option<Copy>,
    ) {
        let mut wait = || lasting(Duration::from_millis(chance.below(LASTS_MS)));
        let workerd = || workerd_of(edge.folder()).unwrap_or_default();
        match self {
            Fault::Crash => drop(signal(workerd(), "KILL")),
            Fault::PowerCut => {
                edge.kill();
                wait();
                edge.restart();
            }
            Fault::Standstill => {
                let process = workerd();
                signal(process, "STOP");
                wait();
                signal(process, "CONT");
            }
            Fault::Cut => wires.cut(),
            Fault::Silence => {
                wires.silence(true);
                wait();
                wires.silence(false);
                wires.cut();
            }
            Fault::FullDisk => {
                let Some(disk) = disk else { return };
                disk.fill();
                wait();
                disk.free();
            }
            Fault::Restart => {
                edge.stop();
                edge.restart();
            }
            Fault::Copy => *copy = Some(Copy::take(edge.folder(), workerd(), acknowledged, &mut wait)),
            Fault::Flood => flood(edge, chance.below(1 << 20)),
        }
    }
}

/// Asks for conversations that are not there.
fn flood(edge: &Edge, from: u64) {
    let client = edge.client();
    std::thread::scope(|scope| {
        for part in 0..8 {
            let client = &client;
            scope.spawn(move || {
                for number in 0..STRANGERS / 8 {
                    let name =
                        shared::ids::base64url(&[&from.to_be_bytes()[..], &[part; 4], &number.to_be_bytes()].concat());
                    let token = shared::ids::base64url(&[name.as_bytes(), &[0; 10]].concat());
                    let path = format!("/api/w/demo/conversations/{name}/events?have=0");
                    let request = client.get(&path);
                    // It may be away, too.
                    let _refused = request.bearer(&token).try_send();
                }
            });
        }
    });
}

/// A copy of the data folder of a running edge: the lists are younger than the conversations.
pub(super) struct Copy {
    folder: Folder,
    /// The messages that had been acknowledged when it was begun.
    acknowledged: BTreeSet<EventId>,
}

impl Copy {
    fn take(data: &Path, workerd: i32, acknowledged: &Acknowledged, wait: &mut impl FnMut()) -> Self {
        let folder = Folder::new("copy");
        let (from, to) = (data.join("objects"), folder.path().join("objects"));
        std::fs::create_dir(&to).unwrap();
        let acknowledged = acknowledged.lock().unwrap().clone();
        // While the process stands still, each file is of one instant.
        let copy = |classes: &[&str]| {
            signal(workerd, "STOP");
            for class in classes {
                let _not_yet = Command::new("cp").arg("-a").arg(from.join(class)).arg(&to).output();
            }
            signal(workerd, "CONT");
        };
        copy(&["conversation"]);
        wait();
        copy(&["inbox", "workspace", "library", "visitor", "address", "spare"]);
        Self { folder, acknowledged }
    }

    /// Serves the copy: what was acknowledged before it is there once, and the team sees what is written from now on.
    pub(super) fn open(self) -> String {
        let edge = Edge::stopped_behind(Porter::default(), self.folder.path());
        edge.restart();
        let ada = Agent::sign_in(&edge, "Ada");
        let mut there = BTreeSet::new();
        for number in 1..=VISITORS {
            let (visitor, thread) = (Visitor::new(&edge, number), conversation(number));
            let stored = visitor.events(&thread).events;
            assert_eq!(stored.iter().map(|event| &event.id).collect::<BTreeSet<_>>().len(), stored.len(), "once");
            there.extend(stored.into_iter().map(|event| event.id));
            eventually("it to be taken", || visitor.offer(&thread, id(252), say("After the restore")));
            eventually("the team to see it", || {
                ada.inbox().iter().any(|line| line.id == thread && line.last == "After the restore").then_some(())
            });
        }
        assert!(self.acknowledged.is_subset(&there), "{:?}", self.acknowledged.difference(&there));
        format!("; a copy with {} of them was restored and goes on", self.acknowledged.len())
    }
}
