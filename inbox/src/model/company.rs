//! Who else looks at the open conversation, and who writes in it just now.

use shared::ids::AgentId;
use shared::protocol::{Author, CompanyFrame, Me, Millis, TYPING_ENDS_MS};

/// The company of one agent at one conversation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Company {
    looking: Vec<Me>,
    /// Who has last said that they write, and when that was.
    typing: Vec<(Author, Millis)>,
}

impl Company {
    /// Takes what the edge tells.
    pub(crate) fn take(&mut self, frame: CompanyFrame, now: Millis) {
        match frame {
            CompanyFrame::Looking(looking) => {
                self.typing.retain(|(by, _)| match by {
                    Author::Agent { id, .. } => looking.iter().any(|one| one.id == *id),
                    _ => true,
                });
                self.looking = looking;
            }
            CompanyFrame::Typing(by) => {
                self.wrote(&by);
                self.typing.push((by, now));
            }
        }
    }

    /// Somebody has sent what they wrote.
    pub(crate) fn wrote(&mut self, by: &Author) {
        self.typing.retain(|(other, _)| other != by);
    }

    /// Forgets who has not written for a while.
    pub(crate) fn tick(&mut self, now: Millis) {
        self.typing.retain(|(_, at)| now.checked_sub(*at).is_some_and(|since| since < TYPING_ENDS_MS));
    }

    /// The names of the others who look, in order.
    pub(crate) fn others(&self, me: &AgentId) -> Vec<&str> {
        self.looking.iter().filter(|one| one.id != *me).map(|one| one.name.as_str()).collect()
    }

    /// The one of the others who has begun to write last.
    pub(crate) fn typing(&self, me: &AgentId) -> Option<&Author> {
        let is_me = |by: &Author| matches!(by, Author::Agent { id, .. } if id == me);
        self.typing.iter().rev().map(|(by, _)| by).find(|by| !is_me(by))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::agent;

    fn author(letter: char) -> Author {
        Author::Agent { id: agent(letter), name: String::from(letter) }
    }

    #[test]
    fn the_others_are_told_of_and_who_writes_until_they_have_written_or_stopped() {
        let mut company = Company::default();
        let me = |letter| Me { id: agent(letter), name: String::from(letter) };
        company.take(CompanyFrame::Looking(vec![me('a'), me('b')]), 0);
        assert_eq!(company.others(&agent('a')), ["b"]);
        company.take(CompanyFrame::Typing(author('a')), 0);
        assert_eq!(company.typing(&agent('a')), None, "nobody is told of themselves");
        company.take(CompanyFrame::Typing(Author::Visitor), 1_000);
        company.take(CompanyFrame::Typing(author('b')), 2_000);
        assert_eq!(company.typing(&agent('a')), Some(&author('b')));
        company.wrote(&author('b'));
        assert_eq!(company.typing(&agent('a')), Some(&Author::Visitor));
        company.tick(1_000 + TYPING_ENDS_MS);
        assert_eq!(company.typing(&agent('a')), None);
        company.take(CompanyFrame::Typing(author('b')), 9_000);
        company.take(CompanyFrame::Looking(vec![me('a')]), 9_000);
        assert_eq!(company.typing(&agent('a')), None, "who has left writes nothing");
    }
}
