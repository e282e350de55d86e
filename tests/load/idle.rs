//! Sockets that are open and silent.

use crate::figures::resident_kb;
use crate::room::Rooms;
use std::sync::mpsc;
use std::time::{Duration, Instant};

const SOCKETS: u32 = 10_000;
/// The tabs of a visitor: as many as a conversation lets in, less two.
const EACH: u32 = 10;
/// Far from the numbers of the pairs.
const FIRST: u32 = 1_000_000;
/// After ten seconds of silence workerd lets an object sleep; what is resident then is what a quiet socket costs.
const UNTIL_ASLEEP: Duration = Duration::from_secs(13);

pub(crate) fn run(name: &str, pid: u32, rooms: &impl Rooms) {
    let conversations = SOCKETS / EACH;
    // Each has both people first, so that only silence is added.
    for number in FIRST..FIRST + conversations {
        drop(rooms.open(number));
    }
    let before = resident_kb(pid);
    let begun = Instant::now();
    let sockets: Vec<_> = (0..SOCKETS).map(|socket| rooms.listen(FIRST + socket % conversations)).collect();
    let opened = begun.elapsed();
    let awake = resident_kb(pid);
    // Nothing ever comes here: it only lets the time pass.
    let (_nobody, nothing) = mpsc::channel::<()>();
    let _timeout = nothing.recv_timeout(UNTIL_ASLEEP);
    let asleep = resident_kb(pid);
    println!(
        "idle, {name}: {} sockets held at once over {conversations} conversations, opened in {:.1} s; {:.1} kB each, {:.1} kB when asleep; \
         {:.0} MB resident in all",
        sockets.len(),
        opened.as_secs_f32(),
        (awake - before) / f64::from(SOCKETS),
        (asleep - before) / f64::from(SOCKETS),
        asleep / 1024.0,
    );
}
