//! What the loader says that only this module understands.

use crate::io::json::Json;
use crate::panel::Panel;
use shared::ids::{ArticleId, ConversationId};

impl Panel {
    /// Does what a message of the loader wants. One of a newer loader is left alone.
    pub(super) fn hear_more(self, said: Json) {
        let id = || said.get("id").words();
        match said.get("kind").words().as_str() {
            "open-conversation" => {
                if let Ok(id) = ConversationId::parse(&id()) {
                    self.open_thread(id);
                }
            }
            "open-article" => {
                if let Ok(id) = ArticleId::parse(&id()) {
                    self.open_article_by_id(id);
                }
            }
            "attributes" | "track" => self.take_told(&said),
            "answer-message" => self.answer_message(&said),
            "form" => self.form.set(said.get("text").words()),
            "form-open" => self.open_in_form(&said),
            "form-helped" => self.helped_in_form(&said),
            _ => {}
        }
    }
}
