//! The curated answers, which are searched beside the articles while the visitor types.

use super::Panel;
use crate::io::{http, task};
use shared::assistant::Answers;
use shared::matching::{Hit, Query};
use shared::protocol::AnswersPlace;

/// The answers that a panel has.
#[derive(Default)]
pub(super) struct Known {
    /// Where they are; none if there are none.
    place: Option<AnswersPlace>,
    /// The answers, once they are here.
    opened: Option<Answers>,
}

impl Known {
    /// The answers, once they are here.
    pub(super) fn opened(&self) -> Option<&Answers> {
        self.opened.as_ref()
    }
}

impl Panel {
    /// Loads the answers from where the edge says that they are. Without them the articles are suggested all the same, and an answer is
    /// given after sending.
    pub(super) fn load_answers(self, place: Option<AnswersPlace>) {
        if self.answers.borrow().place == place && (place.is_none() || self.answers.borrow().opened.is_some()) {
            return;
        }
        self.answers.replace(Known { place: place.clone(), opened: None });
        let Some(place) = place else { return };
        task::go(async move {
            let Ok(buffer) = http::buffer(&place.url, None).await else { return };
            // Meanwhile another language may have been asked for.
            if self.answers.borrow().place.as_ref() == Some(&place) {
                self.open_answers(buffer.bytes());
            }
        });
    }

    /// Takes the bytes of answers and searches for what was typed meanwhile. False if they are none.
    pub fn open_answers(self, bytes: Vec<u8>) -> bool {
        let Ok(answers) = Answers::open(bytes) else { return false };
        self.answers.borrow_mut().opened = Some(answers);
        if !self.composer.peek(|composer| composer.is_blank()) {
            self.search();
        }
        true
    }

    /// The language of the answers.
    pub(crate) fn locale_of_answers(self) -> String {
        self.answers.borrow().place.as_ref().map_or_else(|| self.locale.now(), |place| place.locale.clone())
    }

    /// The answers for a text, best first.
    pub(super) fn find_answers(self, query: &Query<'_>) -> Vec<Hit> {
        let answers = self.answers.borrow();
        let Some(answers) = &answers.opened else { return Vec::new() };
        self.suggestions.peek(|suggestions| answers.search(query, suggestions.answers()))
    }

    /// What is not shown any more: what was opened here, and what the assistant has given in this conversation.
    pub(super) fn answers_left_out(self) -> Vec<String> {
        let mut left_out: Vec<String> =
            self.tried.borrow().answers().iter().map(|(id, _)| String::from(id.as_str())).collect();
        if self.thread_on_screen().is_some() {
            self.log.peek(|log| {
                let given = log.iter().flat_map(|log| &log.state().answered);
                left_out.extend(given.map(|id| String::from(id.as_str())));
            });
        }
        left_out
    }
}
