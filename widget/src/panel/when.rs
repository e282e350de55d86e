//! When a person is to be expected, in words.

use super::Panel;
use crate::io::clock;
use crate::model::expected::Said;
use shared::protocol::Status;

impl Panel {
    /// When a person is to be expected.
    pub(crate) fn when(self) -> String {
        let filled = |key, n: &str| self.words.with(|words| words.filled(key, n));
        match self.expected.get() {
            Said::Word(key) => self.t(key)(),
            Said::Number(key, number) => filled(key, &number.to_string()),
            Said::Time(key, at) => filled(key, &self.written(at)),
        }
    }

    /// The same below the composer, once the team has the conversation: nobody is told just that people are away.
    pub(crate) fn when_it_is_answered(self) -> String {
        // A visitor who was just answered by a person waits for nobody.
        if self.log.with(|log| log.as_ref().is_some_and(|log| log.state().status != Status::Waiting)) {
            return String::new();
        }
        match self.expected.get() {
            Said::Word("away") => self.t("away_leave")(),
            _ => self.when(),
        }
    }

    /// A time as the panel's language writes it.
    pub(crate) fn written(self, at: u64) -> String {
        self.tongue.with(|tongue| clock::written(at, tongue))
    }

    /// The hour of a time.
    pub(crate) fn hour(self, at: u64) -> String {
        self.tongue.with(|tongue| clock::hour(at, tongue))
    }

    /// The name of the day of a time.
    pub(crate) fn day(self, at: u64) -> String {
        self.tongue.with(|tongue| clock::named_day(at, tongue))
    }
}
