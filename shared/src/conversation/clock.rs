//! What time makes happen: nothing that was put aside or forgotten stays so.

use super::{Draft, Reminded, State, hand_off_to_escalations};
use crate::deadlines::{Appointment, Kind, Terms};
use crate::protocol::{Author, HandOffReason, Millis, Resurface, What};

/// What the clock makes happen, if its time has come. Ids follow from the events that are meant: an alarm that rings twice
/// does it once.
pub fn on_time(state: &State, terms: &Terms, now: Millis) -> Option<Draft> {
    timers(state, terms).into_iter().flatten().find(|(at, _, _)| now >= *at).map(|(_, _, draft)| draft)
}

/// When to look at the clock again, and why.
pub fn next_time(state: &State, terms: &Terms) -> Option<(Millis, &'static str)> {
    timers(state, terms).into_iter().flatten().map(|(at, why, _)| (at, why)).min()
}

impl State {
    /// The appointment with the visitor; none if they do not wait. It is that of now: another priority, or other terms,
    /// count from when the waiting began.
    pub fn appointment(&self, terms: &Terms) -> Option<Appointment> {
        let priority = self.hand_off.as_ref().map(|hand_off| hand_off.place.priority).unwrap_or_default();
        self.waiting_since.map(|since| terms.appointment(since, self.awaited(), priority))
    }

    /// Which reply the visitor waits for, or would wait for.
    pub fn awaited(&self) -> Kind {
        if self.person_joined { Kind::Next } else { Kind::First }
    }
}

type Timer = (Millis, &'static str, Draft);

fn timers(state: &State, terms: &Terms) -> [Option<Timer>; 3] {
    let stuck = state.stuck.as_ref().filter(|_| state.assistant_may_speak()).map(|(event, at)| {
        let what = hand_off_to_escalations(HandOffReason::NothingFound);
        let draft = Draft { id: event.derived("n"), by: Author::System, what };
        (at.saturating_add(terms.promises.people_after()), "nothing was found and nobody asked", draft)
    });
    // Of two at once the promise is the better reason, so it comes first.
    [waiting(state, terms), snooze(state), stuck]
}

/// A promise is not put off by a snooze; what was promised nothing is the agents' to put off.
fn waiting(state: &State, terms: &Terms) -> Option<Timer> {
    let Appointment { back_at, due } = state.appointment(terms)?;
    let from = state.waiting_from.as_ref()?;
    let (at, why, because, suffix) = match (state.waiting_told, due) {
        (Reminded::Nothing, Some(_)) => (back_at, "a reply is due soon", Resurface::ReplyDue, "d"),
        // A conversation that has just come back from a snooze is before people's eyes.
        (Reminded::Nothing, None) if state.snooze.is_none() && state.resurfaced.is_none() => {
            (back_at, "somebody waits", Resurface::Forgotten, "d")
        }
        (Reminded::Back, Some(due)) => (due, "a reply is late", Resurface::ReplyLate, "l"),
        _ => return None,
    };
    Some((at, why, Draft { id: from.derived(suffix), by: Author::System, what: What::Resurfaced { because } }))
}

fn snooze(state: &State) -> Option<Timer> {
    let snooze = state.snooze.as_ref()?;
    let what = What::Resurfaced { because: Resurface::SnoozeOver };
    Some((snooze.until, "the snooze is over", Draft { id: snooze.by.derived("w"), by: Author::System, what }))
}
