//! The way to a person, and what the visitor says of the assistant's help.

use super::{Panel, Screen};
use crate::io::focus;
use crate::model::expected::Said;
use shared::client::Hands;
use shared::conversation::Rating;
use shared::ids::EventId;
use shared::protocol::{HandOff, HandOffReason, Survey, VisitorAction};

/// What stands where the way to a person is. There is always one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Person {
    /// A button.
    Ask,
    /// It was asked for and is being told to the edge.
    Asking,
    /// The team has it.
    OnTheWay,
    /// The team has it, and the thread says so already.
    Here,
}

impl Panel {
    /// What stands where the way to a person is, for the conversation on the screen.
    pub(crate) fn person(self) -> Person {
        if self.screen.get() == Screen::Home {
            return Person::Ask;
        }
        self.log.with(|log| match log {
            Some(log) if log.hands() == Hands::People => {
                let asked = |hand_off: &HandOff| hand_off.reason == HandOffReason::Asked;
                let is_new = !log.state().person_joined && log.state().hand_off.as_ref().is_some_and(asked);
                if is_new { Person::OnTheWay } else { Person::Here }
            }
            Some(log) if self.outbox.with(|outbox| outbox.asks_person(log.id())) => Person::Asking,
            _ => Person::Ask,
        })
    }

    /// When a person is to be expected.
    pub(crate) fn when(self) -> String {
        let filled = |key, n: &str| self.words.with(|words| words.filled(key, n));
        match self.expected.get() {
            Said::Word(key) => self.t(key)(),
            Said::Number(key, number) => filled(key, &number.to_string()),
            Said::Time(key, at) => filled(key, &self.written(at)),
        }
    }

    /// The visitor says how it was. The last score counts.
    pub(crate) fn rate(self, survey: Survey, score: u8) {
        if let Some(conversation) = self.thread_on_screen() {
            self.commit(conversation, VisitorAction::Rate { survey, score, comment: String::new() });
        }
    }

    /// The score that the visitor gave last, whether or not the edge has it already; none yet.
    pub(crate) fn rated(self, survey: Survey) -> Option<u8> {
        self.log.with(|log| {
            let log = log.as_ref()?;
            self.outbox.with(|outbox| outbox.rated(log.id(), survey)).or_else(|| {
                let of_survey = |rating: &&Rating| rating.survey == survey;
                log.state().ratings.iter().find(of_survey).map(|rating| rating.score)
            })
        })
    }

    /// The visitor wants a person. The unsent text stays where it is: nothing is sent by itself.
    pub(crate) fn ask_person(self) {
        let Some(conversation) = self.conversation_to_write_in() else { return };
        let context = self.context(&conversation);
        let draft = self.draft();
        self.commit(conversation, VisitorAction::AskPerson { context });
        self.carry_draft(&draft);
        self.needs_help.set(false);
        self.reading.set(None);
        focus::soon(focus::COMPOSER);
    }

    /// The visitor says whether the assistant's answer or suggestions helped.
    pub(crate) fn answer(self, about: EventId, yes: bool) {
        if let Some(conversation) = self.thread_on_screen() {
            let article = self.tried.borrow().read_last().cloned();
            self.commit(conversation, VisitorAction::Helped { about, yes, article });
            self.to_composer();
        }
    }
}
