//! Writing: every letter is searched for at once, on this device.

use super::Panel;
use crate::io::{clock, focus, plural, random, task};
use crate::model::keys::{Key, Press, press};
use shared::ids::ConversationId;
use shared::matching::{Query, Suggester};
use shared::protocol::{Context, VisitorAction};

/// A screen reader is told the number of suggestions when typing has paused for this long, not on every key.
const PAUSE_MS: u64 = 1_000;
/// Who stops typing for this much longer has seen what stands above the text.
const LOOK_MS: u64 = 3_000;

impl Panel {
    /// The visitor changed the text.
    pub(crate) fn typed(self, text: String) {
        self.composer.change(|composer| composer.typed(text));
        self.keep_draft();
        self.tell_typing();
        self.needs_help.set(false);
        self.search();
    }

    /// Finds the answer and the articles for the text as it is.
    pub(super) fn search(self) {
        #[cfg(feature = "playground")]
        self.explain_in_console();
        let (exclude, left_out) = (self.tried.borrow().excluded(), self.answers_left_out());
        let (answers, articles) = self.composer.peek(|composer| {
            let page = self.page.borrow();
            let query = Query {
                text: composer.text(),
                exclude: &exclude,
                limit: Suggester::LOOK_AT,
                at_least: Suggester::AT_LEAST,
                page: page.path(),
                products: &self.products.borrow(),
            };
            let articles = self.index.borrow().as_ref().map(|index| index.search(&query)).unwrap_or_default();
            (self.find_answers(&Query { exclude: &left_out, ..query }), articles)
        });
        let often = self.find_often(&exclude, &left_out);
        let before = self.suggestions.peek(|suggestions| suggestions.count());
        self.suggestions.change(|suggestions| {
            suggestions.found(answers, articles);
            suggestions.list_often(often);
        });
        // Nobody has asked for what is asked most.
        let is_often = self.suggestions.peek(|suggestions| suggestions.is_often());
        let after = if is_often { 0 } else { self.suggestions.peek(|suggestions| suggestions.count()) };
        if after != before || after > 0 {
            self.count_timer.replace(Some(task::later(PAUSE_MS, move || self.say_count())));
        }
    }

    fn say_count(self) {
        let count = self.suggestions.peek(|suggestions| suggestions.count());
        let text = self.words.peek(|words| match count {
            0 => String::from(words.get("suggestions_none")),
            some => words.counted("suggestions", &plural::form(some, &self.tongue.now()), &some.to_string()),
        });
        self.spoken.set(text);
        self.count_timer.replace(Some(task::later(LOOK_MS, move || {
            self.suggestions.peek(|suggestions| {
                self.composer.peek(|composer| self.tried.borrow_mut().paused(suggestions.articles(), composer.text()));
            });
        })));
    }

    /// The visitor pressed a key in the composer. True if the key is used up.
    pub(crate) fn pressed(self, key: Key<'_>) -> bool {
        let (listed, active) = self.suggestions.peek(|suggestions| (suggestions.count(), suggestions.active()));
        match press(key, listed, active) {
            Press::Type => return false,
            Press::Leave => {
                self.suggestions.change(|suggestions| suggestions.leave());
                return false;
            }
            // It stood there before anything was typed: it is no step on the way out.
            Press::CloseList if active.is_none() && self.suggestions.peek(|suggestions| suggestions.is_often()) => {
                self.out();
            }
            Press::CloseList => self.close_list(),
            Press::Next => self.suggestions.change(|suggestions| suggestions.next()),
            Press::Previous => self.suggestions.change(|suggestions| suggestions.previous()),
            Press::Open(number) => self.pick(number),
            Press::Send => self.send(),
            Press::Out => self.out(),
        }
        true
    }

    /// Takes the suggestions away, until something else is typed.
    pub(crate) fn close_list(self) {
        self.suggestions.change(|suggestions| suggestions.clear());
        self.count_timer.replace(None);
        self.spoken.set(String::new());
    }

    /// One step out: from the article to what lies under it, or out of the panel.
    pub(crate) fn out(self) {
        if self.reading.peek(|reading| reading.is_some()) { self.close_article() } else { self.close() }
    }

    /// Opens the suggestion with this number.
    pub(crate) fn pick(self, number: usize) {
        if let Some(piece) = self.suggestions.peek(|suggestions| suggestions.piece(number)) {
            self.open(piece, String::new());
        }
    }

    /// Sends the text: it is kept first, then shown, then sent.
    pub(crate) fn send(self) {
        let Some(text) = self.composer.peek(|composer| composer.message().map(String::from)) else { return };
        let Some(conversation) = self.conversation_to_write_in() else { return };
        let context = self.context(&conversation);
        let draft = self.draft();
        if !self.commit(conversation, VisitorAction::Say { text, context }) {
            return;
        }
        self.drop_draft(&draft);
        self.close_list();
        self.needs_help.set(false);
        self.reading.set(None);
        focus::soon(focus::COMPOSER);
    }

    /// Where the visitor is and what was tried, as it travels with a message.
    pub(super) fn context(self, conversation: &ConversationId) -> Context {
        let shown = self.suggestions.peek(|suggestions| {
            let mut tried = self.tried.borrow_mut();
            self.composer.peek(|composer| tried.at_sending(suggestions.articles(), composer.text(), conversation))
        });
        let (recent, answers) = (self.tried.borrow().read(), self.tried.borrow().answers_in_vain());
        self.locale.peek(|locale| self.page.borrow().context(locale, shown, recent, answers))
    }

    /// The open conversation, or a new one from the home screen.
    pub(super) fn conversation_to_write_in(self) -> Option<ConversationId> {
        self.thread_on_screen().or_else(random::conversation_id)
    }

    /// A time as the panel's language writes it.
    pub(crate) fn written(self, at: u64) -> String {
        self.tongue.with(|tongue| clock::written(at, tongue))
    }
}
