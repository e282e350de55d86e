//! What time makes happen: nothing that was put aside or forgotten stays so.

use super::visitor::hand_off_to_escalations;
use super::{Draft, State};
use crate::protocol::{Author, HandOffReason, Millis, Priority, Resurface, Status, What};

/// How long the clock waits before it brings back what is forgotten. A workspace's deadlines set it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watch {
    /// After how much waiting a reply is called due, by priority from the lowest.
    pub due: [Millis; 4],
    /// After how long a visitor who was told that nothing was found, and did nothing, is handed to people.
    pub stuck: Millis,
}

const MINUTE: Millis = 60 * 1_000;

impl Default for Watch {
    /// Well before the usual promises of a day, four hours, an hour and a quarter of one. And ten minutes of silence after
    /// "I have nothing more on this": the visitor has left without asking, and the question is still open.
    fn default() -> Self {
        Self { due: [20 * 60 * MINUTE, 3 * 60 * MINUTE, 45 * MINUTE, 10 * MINUTE], stuck: 10 * MINUTE }
    }
}

impl Watch {
    fn due_after(&self, priority: Priority) -> Millis {
        let [low, normal, high, urgent] = self.due;
        match priority {
            Priority::Low => low,
            Priority::Normal => normal,
            Priority::High => high,
            Priority::Urgent => urgent,
        }
    }
}

/// What the clock makes happen, if its time has come. Ids follow from the events that are meant: an alarm that rings twice
/// does it once.
pub fn on_time(state: &State, watch: &Watch, now: Millis) -> Option<Draft> {
    timers(state, watch).into_iter().flatten().find(|(at, _, _)| now >= *at).map(|(_, _, draft)| draft)
}

/// When to look at the clock again, and why.
pub fn next_time(state: &State, watch: &Watch) -> Option<(Millis, &'static str)> {
    timers(state, watch).into_iter().flatten().map(|(at, why, _)| (at, why)).min()
}

type Timer = (Millis, &'static str, Draft);

fn timers(state: &State, watch: &Watch) -> [Option<Timer>; 3] {
    let by_itself = |id, what| Draft { id, by: Author::System, what };
    let snooze = state.snooze.as_ref().map(|snooze| {
        let what = What::Resurfaced { because: Resurface::SnoozeOver };
        (snooze.until, "the snooze is over", by_itself(snooze.by.derived("w"), what))
    });
    let waits = state.status == Status::Waiting && state.snooze.is_none();
    let waiting = state.waiting_since.zip(state.waiting_from.as_ref()).filter(|_| waits);
    let due = waiting.map(|(since, from)| {
        let priority = state.hand_off.as_ref().map(|hand_off| hand_off.place.priority).unwrap_or_default();
        let what = What::Resurfaced { because: Resurface::ReplyDue };
        let at = since.saturating_add(watch.due_after(priority));
        (at, "a reply is due", by_itself(from.derived("d"), what))
    });
    let stuck = state.stuck.as_ref().filter(|_| state.assistant_may_speak()).map(|(event, at)| {
        let what = hand_off_to_escalations(HandOffReason::NothingFound);
        (at.saturating_add(watch.stuck), "nothing was found and nobody asked", by_itself(event.derived("n"), what))
    });
    [snooze, due, stuck]
}
