//! What is being written and not sent: one draft for each thread, and one for the first screen.
//!
//! A tab keeps its own, so that two tabs do not write over each other. The browser keeps the one that was written last, for a
//! tab that is closed or crashes. A text for which neither has room stays in the field, and the visitor is told.

use super::{Panel, Screen};
use crate::io::{storage, task};
use shared::ids::ConversationId;

/// A longer text is kept when typing pauses, for keeping it takes longer than a key may.
const LONG: usize = 4_000;
/// Such a pause.
const PAUSE_MS: u64 = 400;

impl Panel {
    /// The thread on the screen; none on the first screen.
    pub(crate) fn thread_on_screen(self) -> Option<ConversationId> {
        match self.screen.now() {
            Screen::Thread => self.log.peek(|log| log.as_ref().map(|log| log.id().clone())),
            Screen::Home | Screen::Sections => None,
        }
    }

    /// The name of the draft of what is on the screen.
    pub(crate) fn draft(self) -> String {
        let of = self.thread_on_screen().map(|id| [":", id.as_str()].concat());
        self.key(&["draft", &of.unwrap_or_default()].concat())
    }

    /// Keeps the text as it is.
    pub(super) fn keep_draft(self) {
        let is_long = self.composer.peek(|composer| composer.text().len() > LONG);
        if is_long {
            self.draft_timer.replace(Some(task::later(PAUSE_MS, move || self.keep_draft_now())));
        } else {
            self.keep_draft_now();
        }
    }

    /// The same, without waiting: the page may be about to go.
    pub(crate) fn keep_draft_now(self) {
        self.draft_timer.replace(None);
        let draft = self.draft();
        let is_kept = self.composer.peek(|composer| keep(&draft, composer.text()));
        self.too_large.set(!is_kept);
    }

    /// Shows the draft of what has come on the screen.
    pub(crate) fn show_draft(self) {
        let draft = self.draft();
        let kept = storage::get_for_tab(&draft).or_else(|| storage::get(&draft)).unwrap_or_default();
        self.composer.change(|composer| composer.replace(&kept));
        self.too_large.set(false);
        self.search();
    }

    /// Goes to another screen: the draft stays with the one that is left.
    pub(crate) fn turn_to(self, go: impl FnOnce()) {
        self.keep_draft_now();
        go();
        self.show_draft();
    }

    /// A text that was written in the first screen belongs to the thread that it has become.
    pub(crate) fn carry_draft(self, from: &str) {
        if self.draft() != from {
            keep(from, "");
            self.keep_draft_now();
        }
    }

    /// The text was sent, or is not wanted any more.
    pub(crate) fn drop_draft(self, draft: &str) {
        self.draft_timer.replace(None);
        keep(draft, "");
        self.too_large.set(false);
        self.composer.change(|composer| composer.replace(""));
    }

    /// Another tab is done with a text that this one has only taken over.
    pub(super) fn dropped_elsewhere(self, name: &str, text: &str) {
        let draft = self.draft();
        let is_it = name == draft && self.composer.peek(|composer| composer.text() == text);
        if is_it && storage::get_for_tab(&draft).is_none() {
            self.composer.change(|composer| composer.replace(""));
            self.search();
        }
    }
}

/// Keeps a text for the tab, and for the browser; an empty one is forgotten there, unless another tab has written since. False if neither
/// has room for it.
fn keep(draft: &str, text: &str) -> bool {
    let [kept, before] = storage::unread(draft);
    let has_written = before.is_there();
    if !has_written && kept.words() == text {
        // This tab has written nothing: the text that it shows is another one's.
        return true;
    }
    let in_tab = storage::set_for_tab(draft, Some(text));
    if !text.is_empty() {
        return storage::set(draft, text) || in_tab;
    }
    if !has_written || before.is(&kept) {
        storage::remove(draft);
    }
    true
}
