//! The curated answers, which are searched beside the articles while the visitor types.

use super::{Panel, Screen};
use crate::io::{http, task};
use shared::assistant::Answers;
use shared::ids::AnswerId;
use shared::matching::{Hit, Query, Suggester};

/// The answers that a panel has.
#[derive(Default)]
pub(super) struct Known {
    /// Their address; empty if there are none.
    address: String,
    /// The answers, once they are here.
    pub(super) opened: Option<Answers>,
}

impl Panel {
    /// Loads the answers from the address that the edge gives. Without them the articles are suggested all the same, and an answer is
    /// given after sending.
    pub(super) fn load_answers(self, address: Option<String>) {
        let address = address.unwrap_or_default();
        if self.answers.borrow().address == address {
            return;
        }
        self.answers.replace(Known { address: address.clone(), opened: None });
        if !address.is_empty() {
            task::go(async move {
                let loaded = http::buffer(&address, None).await;
                // Meanwhile another language may have been asked for.
                if let Ok(buffer) = loaded
                    && self.answers.borrow().address == address
                {
                    self.open_answers(buffer.bytes());
                }
            });
        }
    }

    /// Takes the bytes of answers and searches for what was typed meanwhile. False if they are none.
    pub fn open_answers(self, bytes: Vec<u8>) -> bool {
        let Ok(answers) = Answers::open(bytes) else { return false };
        self.answers.borrow_mut().opened = Some(answers);
        self.find_likely();
        self.search();
        true
    }

    /// The language of the answers.
    pub(crate) fn locale_of_answers(self) -> String {
        // The name of the file begins with it: `/w/demo/answers/en.4f9d.bin`.
        let answers = self.answers.borrow();
        let path = answers.address.split('.').next().unwrap_or_default();
        let name = path.bytes().rposition(|byte| byte == b'/').and_then(|slash| path.get(slash + 1..));
        String::from(name.unwrap_or_default())
    }

    /// The answers for a text, best first, where these are shown already.
    pub(super) fn find_answers(self, query: &Query<'_>, shown: &Suggester) -> Vec<Hit> {
        self.answers.borrow().opened.as_ref().map(|answers| answers.search(query, shown)).unwrap_or_default()
    }

    /// What is not shown any more: what was opened here, and what the assistant has given in this conversation.
    pub(super) fn answers_left_out(self) -> Vec<String> {
        let mut left_out = Vec::new();
        let mut leave_out = |ids: &[AnswerId]| {
            for id in ids {
                left_out.push(String::from(id.as_str()));
            }
        };
        leave_out(self.tried.borrow().answers());
        if self.screen.now() == Screen::Thread {
            self.log.peek(|log| {
                if let Some(log) = log {
                    leave_out(&log.state().answered);
                }
            });
        }
        left_out
    }
}
