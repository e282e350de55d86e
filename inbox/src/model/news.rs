//! The words of others that came while an agent wrote. They are shown above the reply that was held back for them.

use crate::words::t;
use shared::client::Transcript;
use shared::conversation::one_line;
use shared::protocol::{Author, Event, Seq, What};

/// The words after a number, each with the name of who wrote them, in order.
pub(crate) fn news(thread: &Transcript, seen: Seq) -> Vec<(String, String)> {
    let of = |event: &Event| {
        let What::Said { text } = &event.what else { return None };
        let name = match &event.by {
            Author::Visitor => String::from(t("visitor")),
            Author::Agent { name, .. } => name.clone(),
            Author::Assistant | Author::System => return None,
        };
        Some((name, one_line(text)))
    };
    thread.events().iter().filter(|event| event.seq > seen).filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::{conversation, event_id};
    use shared::client::Side;
    use shared::ids::AgentId;
    use shared::protocol::{Events, ReadMarks};

    #[test]
    fn what_was_written_since_is_told_with_its_author() {
        let agent = Author::Agent { id: AgentId::parse(&"a".repeat(22)).unwrap(), name: "Ivo".into() };
        let said = |seq, by, text: &str| Event {
            seq,
            id: event_id(&format!("e{seq}")),
            at: 0,
            by,
            what: What::Said { text: text.into() },
        };
        let solved = Event { what: What::Resolved, ..said(4, agent.clone(), "") };
        let events =
            vec![said(1, Author::Visitor, "hi"), said(2, Author::Visitor, "one\nmore"), said(3, agent, "yes"), solved];
        let mut thread = Transcript::new(conversation('a'), Side::Agent);
        thread.take(Events { events, read: ReadMarks::default(), base: None });
        let told = |name: &str, text: &str| (String::from(name), String::from(text));
        assert_eq!(news(&thread, 1), [told("Visitor", "one more"), told("Ivo", "yes")]);
        assert_eq!(news(&thread, 3), []);
    }
}
