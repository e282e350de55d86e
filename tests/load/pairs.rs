//! Pairs of people who write: each waits for the other side's screen and for the acknowledgement before the next message.

use crate::figures::Figures;
use crate::let_pass;
use crate::room::{Pair, Rooms, message_id};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Barrier, Mutex};
use std::time::{Duration, Instant};

/// Until the engine has compiled what it runs often, and every object is awake.
const WARM_UP: Duration = Duration::from_secs(4);
/// The threads only wait on sockets.
const STACK: usize = 256 * 1024;
static OPENING: Mutex<()> = Mutex::new(());
/// Each run has conversations of its own, so that none is longer than another's.
static NEXT: AtomicU32 = AtomicU32::new(0);

/// What pairs can do with their conversation.
#[derive(Clone, Copy)]
pub(crate) enum Pace {
    /// Message after message; those of so long a time after the warm-up count.
    Steady(Duration),
    /// One message, after everybody was silent for so long.
    Once(Duration),
}

pub(crate) fn run(rooms: &impl Rooms, conversations: u32, pace: Pace) -> Figures {
    let first = NEXT.fetch_add(conversations, Ordering::Relaxed);
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
                let mine = match pace {
                    Pace::Steady(measured) => write_on(rooms, &mut pair, number, measured),
                    Pace::Once(silence) => {
                        let_pass(silence);
                        vec![write_one(rooms, &mut pair, &message_id(number, 0))]
                    }
                };
                times.lock().unwrap().extend(mine);
            };
            std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, write).unwrap();
        }
        start.wait();
        Instant::now()
    });
    let times = times.into_inner().unwrap();
    match pace {
        Pace::Steady(measured) => Figures::of(times, measured),
        Pace::Once(silence) => Figures::of(times, begun.elapsed().saturating_sub(silence)),
    }
}

/// How long each message took whose turn was over within the measured time.
fn write_on(rooms: &impl Rooms, pair: &mut Pair, number: u32, measured: Duration) -> Vec<Duration> {
    let begun = Instant::now();
    let mut times = Vec::new();
    for message in 0.. {
        let shown = write_one(rooms, pair, &message_id(number, message));
        let since = begun.elapsed();
        if since > WARM_UP + measured {
            break;
        }
        if since > WARM_UP {
            times.push(shown);
        }
    }
    times
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
