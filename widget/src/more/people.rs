//! The way to a person, and what the visitor says of the assistant's help.

use crate::io::focus;
use crate::model::person::Person;
use crate::panel::{Panel, Screen};
use shared::client::Hands;
use shared::conversation::Rating;
use shared::ids::EventId;
use shared::protocol::{Survey, VisitorAction};

impl Panel {
    /// What stands where the way to a person is, for the conversation on the screen.
    pub(super) fn person_on_screen(self) -> Person {
        if self.screen.get() != Screen::Thread {
            return Person::Ask;
        }
        self.log.with(|log| match log {
            Some(log) if log.hands() == Hands::People => Person::Here,
            Some(log) if self.outbox.with(|outbox| outbox.asks_person(log.id())) => Person::Asking,
            _ => Person::Ask,
        })
    }

    /// The visitor says how it was. The last score counts.
    pub(super) fn rate(self, survey: Survey, score: u8) {
        if let Some(conversation) = self.thread_on_screen() {
            self.commit(conversation, VisitorAction::Rate { survey, score, comment: String::new() });
        }
    }

    /// The score that the visitor gave last, whether or not the edge has it already; none yet.
    pub(super) fn rated(self, survey: Survey) -> Option<u8> {
        self.log.with(|log| {
            let log = log.as_ref()?;
            self.outbox.with(|outbox| outbox.rated(log.id(), survey)).or_else(|| {
                let of_survey = |rating: &&Rating| rating.survey == survey;
                log.state().ratings.iter().find(of_survey).map(|rating| rating.score)
            })
        })
    }

    /// The visitor wants a person. The unsent text stays where it is: nothing is sent by itself.
    pub(super) fn bring_in_person(self) {
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
    pub(super) fn answer(self, about: EventId, yes: bool) {
        if let Some(conversation) = self.thread_on_screen() {
            let article = self.tried.borrow().read_last().cloned();
            self.commit(conversation, VisitorAction::Helped { about, yes, article });
            self.to_composer();
        }
    }
}
