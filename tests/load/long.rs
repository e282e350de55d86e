//! A conversation of ten thousand messages: what the last ones cost beside the first, and what it costs to wake it up.

use crate::figures::millis;
use crate::room::{Ours, Rooms, message_id};
use shared::protocol::{ConversationFrame, Seq};
use std::time::Instant;
use tests::Edge;

const MESSAGES: u32 = 10_000;
const PART: u32 = 1_000;
/// The messages that are on their way at once.
const WINDOW: u32 = 32;
/// A conversation of its own.
const NUMBER: u32 = 2_000_000;

pub(crate) fn run(edge: &Edge, ours: &Ours) {
    let mut pair = ours.open(NUMBER);
    let mut parts = Vec::new();
    for part in 0..MESSAGES / PART {
        let begun = Instant::now();
        let (mut sent, mut taken) = (0, 0);
        while taken < PART {
            while sent < PART && sent < taken + WINDOW {
                pair.writer.send_text(&ours.frame(&message_id(NUMBER, part * PART + sent)));
                sent += 1;
            }
            let text = pair.writer.receive_text();
            assert!(!text.contains("refused"), "{text}");
            taken += u32::from(text.contains("accepted"));
        }
        parts.push(f64::from(PART) / begun.elapsed().as_secs_f64());
    }
    println!(
        "a conversation of {MESSAGES} messages, {WINDOW} at once: {:.0} messages/s in the first {PART}, {:.0} in the last",
        parts[0],
        parts[parts.len() - 1],
    );
    drop(pair);
    edge.kill();
    edge.restart();
    for (what, have) in [("asks for the last event", MESSAGES + 1), ("asks for all of it", 0)] {
        let begun = Instant::now();
        let text = ours.greet(NUMBER, have as Seq).receive_text();
        let frame: ConversationFrame = serde_json::from_str(&text).unwrap();
        let ConversationFrame::Events(events) = frame else { panic!("{text}") };
        println!(
            "  after a restart, who {what} has {} in {:.0} ms ({} kB)",
            events.events.len(),
            millis(begun.elapsed()),
            text.len() / 1024
        );
    }
    let mut writer = ours.greet(NUMBER, MESSAGES + 2);
    writer.receive_text();
    let begun = Instant::now();
    writer.send_text(&ours.frame(&message_id(NUMBER, MESSAGES)));
    while !writer.receive_text().contains("accepted") {}
    println!("  the next message, for which the whole log is read once: {:.0} ms", millis(begun.elapsed()));
}
