//! Sockets that are open and silent.

use crate::figures::resident_kb;
use crate::room::Rooms;
use crate::{UNTIL_ASLEEP, let_pass};
use nix::sys::resource::{Resource, getrlimit};
use std::time::Instant;

const SOCKETS: u64 = 10_000;
/// workerd takes two open files for each.
const FILES_EACH: u64 = 2;
/// The databases of the conversations, three files each, and what a process has anyway.
const OTHER_FILES: u64 = 1_000;
/// They are agents', of whom a conversation lets in many. A conversation that is awake holds about twenty open files in
/// workerd, so ten thousand of them would need more than a machine gives to a process.
const EACH: u32 = 50;
/// Far from the numbers of the pairs.
const FIRST: u32 = 1_000_000;

pub(crate) fn run(name: &str, pid: u32, rooms: &impl Rooms) {
    let (files, _) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    // The limit of open files may allow fewer sockets than wanted.
    let wanted = u32::try_from(SOCKETS.min(files.saturating_sub(OTHER_FILES) / FILES_EACH)).unwrap();
    let conversations = wanted / EACH;
    // Each has both people first, so that only silence is added.
    let begun = Instant::now();
    for number in FIRST..FIRST + conversations {
        drop(rooms.open(number));
    }
    let begun_each = begun.elapsed().as_secs_f64() * 1_000.0 / f64::from(conversations);
    let before = resident_kb(pid);
    let begun = Instant::now();
    let sockets: Vec<_> = (0..wanted).map(|socket| rooms.listen(FIRST + socket % conversations)).collect();
    let opened = begun.elapsed();
    let awake = resident_kb(pid);
    // A quiet socket costs the memory that is resident after that time.
    let_pass(UNTIL_ASLEEP);
    let asleep = resident_kb(pid);
    println!(
        "{name}: to begin a conversation with its two sockets takes {begun_each:.1} ms\nidle, {name}: {} sockets held at once over {conversations} conversations, opened in {:.1} s; {:.1} kB each, {:.1} kB when asleep; \
         {:.0} MB resident in all",
        sockets.len(),
        opened.as_secs_f32(),
        (awake - before) / f64::from(wanted),
        (asleep - before) / f64::from(wanted),
        asleep / 1024.0,
    );
}
