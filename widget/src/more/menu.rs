//! What a visitor can have beside the conversation: the sound of replies, their words in a file, and all of theirs deleted.

use crate::io::{clock, focus, http, page, storage, task};
use crate::model::transcript::{Line, written};
use crate::panel::Panel;
use shared::client::Transcript;

/// What is kept of the sound, and what says that it is on.
const SOUND: &str = "sound";
const ON: &str = "on";

impl Panel {
    /// Opens or closes the menu.
    pub(super) fn turn_menu(self) {
        let is_open = !self.menu.now();
        self.erasing.set(false);
        self.erase_failed.set(false);
        self.menu.set(is_open);
        if is_open {
            focus::soon(focus::MENU);
        }
    }

    fn close_menu(self) {
        self.menu.set(false);
        focus::soon(focus::OPTIONS);
    }

    /// Asks whether all of the visitor is to be deleted, or asks no more.
    pub(super) fn ask_to_erase(self, asks: bool) {
        self.erasing.set(asks);
        focus::soon(if asks { focus::ERASE } else { focus::MENU });
    }

    /// Whether a reply is heard. Nobody hears anything who has not asked for it.
    pub(super) fn has_sound(self) -> bool {
        self.sound.get() && !self.settings.with(|settings| settings.silent)
    }

    /// What was chosen before.
    pub(super) fn remember_sound(self) {
        self.sound.set(storage::get(&self.key(SOUND)).as_deref() == Some(ON));
    }

    /// Turns the sound on or off.
    pub(super) fn toggle_sound(self) {
        let is_on = !self.sound.now();
        self.sound.set(is_on);
        if is_on {
            storage::set(&self.key(SOUND), ON);
            page::beep();
        } else {
            storage::remove(&self.key(SOUND));
        }
        self.close_menu();
    }

    /// Gives the visitor the conversation on the screen as a file.
    pub(super) fn save_transcript(self) {
        let locale = self.tongue.now();
        let [you, assistant] = ["you", "assistant"].map(|key| self.word(key));
        let of = |log: &Transcript| {
            let lines = log.events().iter().filter_map(Line::of);
            lines.map(|line| line.written(&clock::whole(line.at, &locale), &you, &assistant)).collect::<Vec<_>>()
        };
        let lines = self.log.peek(|log| log.as_ref().map(of).unwrap_or_default());
        let name = self.settings.peek(|settings| settings.name.clone());
        page::save(&[&name, ".txt"].concat(), &written(&name, &lines));
        self.close_menu();
    }

    /// Has all of the visitor deleted, here and at the edge.
    pub(super) fn erase(self) {
        let Some(token) = self.token.borrow().clone() else { return self.erased() };
        let door = self.door(&["/visitors/me"]);
        self.erasing.set(false);
        self.erase_failed.set(false);
        task::go(async move {
            match http::delete(&door, &token).await {
                Ok(_) => self.erased(),
                Err(_) => self.erase_failed.set(true),
            }
        });
    }

    fn erased(self) {
        self.menu.set(false);
        // A person whom the site knows is one on other devices, too: of them only what is kept here goes with the page.
        storage::remove_all(&self.key(""));
        storage::set_for_tab(&self.key("erased"), Some(ON));
        self.start_over();
    }

    /// Whether all was deleted a moment ago.
    pub(super) fn was_erased(self) -> bool {
        let name = self.key("erased");
        let was = storage::get_for_tab(&name).is_some();
        storage::set_for_tab(&name, None);
        was
    }
}
