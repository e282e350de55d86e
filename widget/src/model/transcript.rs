//! A conversation as a text that a visitor can keep.

use shared::protocol::{Author, Event, Millis, What};

/// What was said at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// When.
    pub at: Millis,
    by: &'a Author,
    text: String,
}

impl<'a> Line<'a> {
    /// The line of an event; none if nothing was said.
    pub fn of(event: &'a Event) -> Option<Self> {
        let text = match &event.what {
            What::Said { text } | What::Answered { text, .. } => text.clone(),
            What::Suggested { articles } => {
                let mut titles = String::new();
                for article in articles {
                    titles.push_str("\n- ");
                    titles.push_str(&article.title);
                }
                titles
            }
            _ => return None,
        };
        Some(Self { at: event.at, by: &event.by, text })
    }

    /// It with its time and who said it.
    pub fn written(&self, at: &str, you: &str, assistant: &str) -> String {
        let by = match self.by {
            Author::Visitor => you,
            Author::Agent { name, .. } => name,
            Author::Assistant | Author::System => assistant,
        };
        [at, " · ", by, ": ", &self.text, "\n"].concat()
    }
}

/// All lines under the name of the help.
pub fn written(name: &str, lines: &[String]) -> String {
    [name, "\n\n", &lines.concat()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::{event, said_by_agent, said_by_visitor, suggested};

    #[test]
    fn what_was_said_is_written_with_who_and_when() {
        let said = [said_by_visitor("Where is it?"), suggested("track"), said_by_agent("On its way.")];
        let mut events: Vec<Event> = (1..).zip(said).map(|(seq, said)| event(seq, said)).collect();
        events.push(event(4, (Author::Visitor, What::Resolved)));
        let lines: Vec<String> =
            events.iter().filter_map(Line::of).map(|line| line.written("9:00", "You", "Assistant")).collect();
        assert_eq!(
            written("Help", &lines),
            "Help\n\n9:00 · You: Where is it?\n9:00 · Assistant: \n- track\n9:00 · Ada: On its way.\n"
        );
    }
}
