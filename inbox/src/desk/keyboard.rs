//! What keys ask for.

use super::session::Session;
use crate::io::browser::{self, Shelf};
use crate::model::keys::{Action, Key, Keys};
use leptos::prelude::*;

/// The keys that were pressed, and whether single letters count.
#[derive(Clone, Copy)]
pub(crate) struct Keyboard {
    keys: StoredValue<Keys>,
    session: Session,
}

impl Keyboard {
    /// The keys as they were chosen on this device.
    pub(super) fn new(session: Session) -> Self {
        let name = session.names.with_value(|names| names.letters_off());
        let letters_off = browser::kept(Shelf::Device, &name).is_some();
        Self { keys: StoredValue::new(Keys::new(letters_off)), session }
    }

    /// Whether single letters do something.
    pub(crate) fn has_letters(self) -> bool {
        self.keys.with_value(|keys| !keys.letters_off)
    }

    /// Switches what single letters do, on this device.
    pub(crate) fn set_letters(self, on: bool) {
        self.keys.update_value(|keys| keys.letters_off = !on);
        self.session.names.with_value(|names| match on {
            true => browser::forget(Shelf::Device, &names.letters_off()),
            false => browser::keep(Shelf::Device, &names.letters_off(), "1"),
        });
    }

    /// What a key asks for, alone or after the keys before it.
    pub(super) fn press(self, event: &web_sys::KeyboardEvent) -> Option<Action> {
        let name = event.key();
        let key = Key {
            name: &name,
            command: event.ctrl_key() || event.meta_key(),
            alt: event.alt_key(),
            focus: browser::focused(),
        };
        self.keys.try_update_value(|keys| keys.press(key, browser::now())).flatten()
    }
}
