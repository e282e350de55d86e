//! A feed: another object that takes every event of a conversation once, in order. A mirror (`Mirror`) needs the last
//! state alone.
//!
//! The conversation sends what is after the last acknowledged number, a batch at a time, and sends it again until it is
//! acknowledged. So a batch can come twice, and an old one late: the receiver keeps the number of the last event that it
//! has taken, stores it together with what it makes of the events, and answers with it.

use crate::protocol::{Event, Seq};
use std::convert::Infallible;
use std::fmt::Debug;

/// The name of a feed.
pub trait Feed: Copy + Ord + Debug + 'static {
    /// All feeds that a conversation has.
    const ALL: &'static [Self];
}

/// No feed at all.
impl Feed for Infallible {
    const ALL: &'static [Self] = &[];
}

/// The most events that are sent to a feed at once: a whole conversation mostly, and far less than what a call between objects
/// may carry.
pub const MOST_FED: usize = 100;

/// What a receiver that has everything up to `have` is to take of a batch: the events that follow without a gap. It is empty
/// if the batch is an old one, or one that leaves something out.
pub fn news(have: Seq, batch: &[Event]) -> &[Event] {
    let known = batch.iter().take_while(|event| event.seq <= have).count();
    let news = batch.get(known..).unwrap_or_default();
    if news.first().is_some_and(|first| first.seq == have + 1) { news } else { &[] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::EventId;
    use crate::protocol::{Author, What};

    fn event(seq: Seq) -> Event {
        let id = EventId::parse(&format!("e{seq}")).unwrap();
        Event { seq, id, at: 0, by: Author::System, what: What::Resolved }
    }

    fn check(have: Seq, batch: &[Seq], expected: &[Seq]) {
        let batch: Vec<Event> = batch.iter().copied().map(event).collect();
        let taken: Vec<Seq> = news(have, &batch).iter().map(|event| event.seq).collect();
        assert_eq!(taken, expected, "{have} {batch:?}");
    }

    #[test]
    fn a_receiver_takes_what_follows_and_nothing_twice() {
        check(0, &[1, 2, 3], &[1, 2, 3]);
        check(2, &[1, 2, 3], &[3]);
        check(3, &[1, 2, 3], &[]);
        check(5, &[1, 2, 3], &[]);
        check(1, &[3, 4], &[]);
        check(0, &[], &[]);
    }
}
