//! Writing: every letter is searched for at once, on this device.

use super::{Panel, Screen};
use crate::io::{focus, plural, task};
use crate::model::keys::{Key, Press, press};
use crate::model::person::Person;
use crate::model::piece::Piece;
use shared::matching::{Hit, Query, Suggester};

/// A screen reader is told the number of suggestions when typing has paused for this long, not on every key.
const PAUSE_MS: u64 = 1_000;
/// Who stops typing for this much longer has seen what stands above the text.
const LOOK_MS: u64 = 3_000;

impl Panel {
    /// The visitor changed the text.
    pub(crate) fn typed(self, text: String) {
        self.composer.change(|composer| composer.typed(text));
        self.keep_draft();
        if let Some(more) = self.more_now() {
            (more.typed)(self);
        }
        self.needs_help.set(false);
        self.no_files.set(false);
        self.search();
    }

    /// The page has written a text for the first screen: in the place of what stands there, or below it.
    pub(super) fn prefill(self, text: String, instead: bool) {
        if self.screen.now() != Screen::Home {
            self.turn_to(|| self.screen.set(Screen::Home));
        }
        self.composer.change(|composer| if instead { composer.replace(&text) } else { composer.put_back(&text) });
        let text = self.composer.peek(|composer| String::from(composer.text()));
        self.typed(text);
        self.to_composer();
    }

    /// What stands in the empty field: to whom one writes.
    pub(crate) fn hint(self) -> String {
        match (self.screen.get(), self.agent.get()) {
            (Screen::Thread, Some(name)) => self.words.with(|words| words.filled("composer_reply", &name)),
            (Screen::Thread, None) if self.person.get() != Person::Ask => self.t("composer_more")(),
            _ => self.t("composer")(),
        }
    }

    /// Finds the answer and the articles for the text as it is.
    pub(crate) fn search(self) {
        #[cfg(feature = "playground")]
        self.explain_in_console();
        let (answers, articles) = self
            .composer
            .peek(|composer| self.suggestions.peek(|suggestions| self.find(composer.text(), suggestions.answers())));
        let before = self.suggestions.peek(|suggestions| suggestions.count());
        self.suggestions.change(|suggestions| suggestions.found(answers, articles));
        let after = self.suggestions.peek(|suggestions| suggestions.count());
        if after != before || after > 0 {
            self.count_timer.replace(Some(task::later(PAUSE_MS, move || self.say_count())));
        }
    }

    /// The answers and the articles for a text, best first, where these answers are shown already.
    pub(crate) fn find(self, text: &str, shown: &Suggester) -> (Vec<Hit>, Vec<Hit>) {
        let (exclude, left_out, page) = (self.tried.borrow().excluded(), self.answers_left_out(), self.page.borrow());
        let query = Query {
            text,
            exclude: &exclude,
            limit: Suggester::LOOK_AT,
            at_least: Suggester::AT_LEAST,
            page: page.path(),
            products: &self.products.borrow(),
        };
        let articles = self.index.borrow().as_ref().map(|index| index.search(&query)).unwrap_or_default();
        (self.find_answers(&Query { exclude: &left_out, ..query }, shown), articles)
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
        if self.menu.now() {
            self.menu.set(false);
            focus::soon(focus::OPTIONS);
        } else if self.reading.peek(|reading| reading.is_some()) {
            self.then(move |more| (more.close_article)(self));
        } else {
            self.close();
        }
    }

    /// Opens the suggestion with this number.
    pub(crate) fn pick(self, number: usize) {
        if let Some(piece) = self.suggestions.peek(|suggestions| suggestions.piece(number)) {
            self.open_piece(piece);
        }
    }

    /// Opens an article or an answer.
    pub(crate) fn open_piece(self, piece: Piece) {
        self.then(move |more| (more.open)(self, piece, String::new()));
    }

    /// Shows all articles by their sections.
    pub(crate) fn browse(self) {
        self.then(move |more| (more.browse)(self));
    }

    /// Sends the text as it is now: what it becomes until the second module is here was not sent by anybody.
    pub(crate) fn send(self) {
        let text = self.composer.peek(|composer| String::from(composer.text()));
        self.then(move |more| {
            if self.composer.peek(|composer| composer.text() == text) {
                (more.send)(self);
            }
        });
    }

    /// The visitor wants a person.
    pub(crate) fn ask_person(self) {
        self.then(move |more| (more.ask_person)(self));
    }

    /// Opens or closes the menu.
    pub(crate) fn toggle_menu(self) {
        self.then(move |more| (more.toggle_menu)(self));
    }

    /// Goes back from the thread or the article.
    pub(crate) fn back(self) {
        self.then(move |more| (more.back)(self));
    }
}
