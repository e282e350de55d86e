//! What the page tells of its visitor by calls, to travel with the next message.

use crate::io::json::Json;
use crate::panel::{Panel, Screen};

impl Panel {
    /// Takes a message of the loader: attributes have `values`, and something that the visitor has done has a `name` and `data`.
    pub(super) fn take_told(self, said: &Json) {
        let mut told = self.told.borrow_mut();
        let values = said.get("values");
        for name in values.names().unwrap_or_default() {
            told.take(&name, &values.get(&name).said(), false);
        }
        if let Some(name) = said.get("name").text() {
            told.take(&name, &said.get("data").said(), true);
        }
    }

    /// The visitor answers a message that the widget has shown by itself: it stands in the place of the greeting, and the team learns of it with
    /// the first message.
    pub(super) fn answer_message(self, said: &Json) {
        let text = said.get("text").words();
        self.told.borrow_mut().take(&said.get("id").words(), &text, true);
        self.reading.set(None);
        self.turn_to(|| self.screen.set(Screen::Home));
        self.prompt.set(Some(text));
        self.to_composer();
    }
}
