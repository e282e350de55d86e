//! Pairs of people who write: each waits for the other side's screen and for the acknowledgement before the next message.

use crate::figures::Figures;
use crate::room::{Pair, Rooms, message_id};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Barrier, Mutex};
use std::time::{Duration, Instant};

/// Enough for a 99th percentile, in a few seconds.
const MESSAGES: u32 = 6_000;
/// The threads only wait on sockets.
const STACK: usize = 256 * 1024;
static OPENING: Mutex<()> = Mutex::new(());
/// Each run has conversations of its own, so that none is longer than another's.
static NEXT: AtomicU32 = AtomicU32::new(0);

pub(crate) fn run(rooms: &impl Rooms, conversations: u32) -> Figures {
    let first = NEXT.fetch_add(conversations, Ordering::Relaxed);
    let each = (MESSAGES / conversations).max(5);
    let times = Mutex::new(Vec::new());
    let start = Barrier::new(conversations as usize + 1);
    let begun = std::thread::scope(|scope| {
        for number in first..first + conversations {
            let (times, start) = (&times, &start);
            let write = move || {
                // One after the other: beginning is measured by itself.
                let mut pair = {
                    let _mine = OPENING.lock();
                    rooms.open(number)
                };
                start.wait();
                let mine: Vec<Duration> =
                    (0..each).map(|message| write_one(rooms, &mut pair, &message_id(number, message))).collect();
                times.lock().unwrap().extend(mine);
            };
            std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, write).unwrap();
        }
        start.wait();
        Instant::now()
    });
    Figures::of(times.into_inner().unwrap(), begun.elapsed())
}

/// From sending to the other side's screen.
fn write_one(rooms: &impl Rooms, pair: &mut Pair, id: &str) -> Duration {
    let frame = rooms.frame(id);
    let begun = Instant::now();
    pair.writer.send_text(&frame);
    while !pair.reader.receive_text().contains(id) {}
    let shown = begun.elapsed();
    loop {
        let text = pair.writer.receive_text();
        assert!(!text.contains("refused"), "{text}");
        if text.contains("accepted") && text.contains(id) {
            return shown;
        }
    }
}
