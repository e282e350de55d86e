//! Sending what was written.

use crate::io::{focus, random};
use crate::panel::Panel;
use shared::ids::ConversationId;
use shared::protocol::{Context, VisitorAction};

impl Panel {
    /// Sends the text: it is kept first, then shown, then sent.
    pub(super) fn say(self) {
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
        self.prompt.set(None);
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
        self.locale.peek(|locale| self.page.borrow().context(locale, shown, recent, answers, self.told.borrow().all()))
    }

    /// The open conversation, or a new one from the home screen.
    pub(super) fn conversation_to_write_in(self) -> Option<ConversationId> {
        self.thread_on_screen().or_else(random::conversation_id)
    }
}
