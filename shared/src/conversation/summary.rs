//! A conversation in one line, for lists.

use super::State;
use crate::deadlines::Terms;
use crate::ids::ConversationId;
use crate::protocol::{Event, Seq, Summary};

/// A list's line holds about this many characters on the widest screen.
const LINE_CHARS: usize = 120;

/// The first line of a text, cut for a list.
pub fn one_line(text: &str) -> String {
    let mut line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((cut, _)) = line.char_indices().nth(LINE_CHARS) {
        line.truncate(cut);
        line.push('…');
    }
    line
}

/// The last line as the visitor's list has it: empty for articles, which the panel says in its own words.
pub fn last_for_visitor(state: &State) -> String {
    if state.last_is_title { String::new() } else { one_line(&state.last_line) }
}

/// The conversation as the agents' lists show it, with the revision that it has now, and as if everything were read.
pub fn summary(id: &ConversationId, revision: u32, state: &State, terms: &Terms) -> Summary {
    Summary {
        id: id.clone(),
        version: revision,
        title: one_line(&state.title),
        last: one_line(&state.last_line),
        status: state.status,
        hand_off: state.hand_off.clone(),
        waiting_since: state.waiting_since,
        due: state.appointment(terms).and_then(|appointment| appointment.due),
        snoozed_until: state.snooze.as_ref().map(|snooze| snooze.until),
        resurfaced: state.resurfaced,
        opened_at: state.opened_at,
        updated_at: state.updated_at,
        unread: 0,
        context: state.context.clone(),
    }
}

/// Whether what is offered is to take the place of what is held, by their versions. Old news come late, and twice.
pub fn is_newer(held: Option<u32>, offered: u32) -> bool {
    held.is_none_or(|held| offered > held)
}

/// Whether two lines with one revision tell of the same. The due time follows from the terms too, and those may have changed, or
/// not been known, when one of the two was told.
pub fn agrees(held: &Summary, offered: &Summary) -> bool {
    *held == Summary { due: held.due, ..offered.clone() }
}

/// How many entries by others the visitor has not seen: only what speaks to them counts.
pub fn unread_by_visitor<'a>(events: impl IntoIterator<Item = &'a Event>, read_up_to: Seq) -> u32 {
    let unread = |event: &&Event| event.seq > read_up_to && event.speaks_to_visitor();
    u32::try_from(events.into_iter().filter(unread).count()).unwrap_or(u32::MAX)
}

/// How many messages of the visitor nobody of the team has seen.
pub fn unread_by_agents<'a>(events: impl IntoIterator<Item = &'a Event>, read_up_to: Seq) -> u32 {
    let unread = |event: &&Event| event.seq > read_up_to && event.speaks_to_agents();
    u32::try_from(events.into_iter().filter(unread).count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_differ_in_their_due_time_alone_tell_of_the_same() {
        let (id, state) = (ConversationId::parse(&"a".repeat(22)).unwrap(), State::default());
        let line = summary(&id, 7, &state, &Terms::default());
        assert!(agrees(&line, &Summary { due: Some(5), ..line.clone() }));
        assert!(!agrees(&line, &Summary { last: "other words".into(), ..line.clone() }));
    }

    #[test]
    fn a_line_is_short_and_has_no_breaks() {
        assert_eq!(one_line("a\n  b\tc"), "a b c");
        let long = one_line(&"é".repeat(500));
        assert_eq!(long.chars().count(), LINE_CHARS + 1);
        assert!(long.ends_with('…'));
    }
}
