//! Keys as WebDriver names them (<https://www.w3.org/TR/webdriver2/#keyboard-actions>).

use serde_json::{Value, json};

/// A key to press and release.
#[derive(Debug, Clone, Copy)]
pub enum Key {
    Tab,
    BackTab,
    Enter,
    /// Enter with Shift held.
    NewLine,
    Escape,
    Up,
    Down,
    Home,
    End,
    Space,
    Char(char),
    /// A letter with Control held.
    Control(char),
}

const SHIFT: char = '\u{E008}';
const CONTROL: char = '\u{E009}';

impl Key {
    pub(super) fn actions(self) -> Vec<Value> {
        let press =
            |key: char| vec![json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })];
        let held = |holder: char, key: char| {
            let down = std::iter::once(json!({ "type": "keyDown", "value": holder }));
            let up = std::iter::once(json!({ "type": "keyUp", "value": holder }));
            down.chain(press(key)).chain(up).collect()
        };
        match self {
            Key::Tab => press('\u{E004}'),
            Key::BackTab => held(SHIFT, '\u{E004}'),
            Key::Enter => press('\u{E007}'),
            Key::NewLine => held(SHIFT, '\u{E007}'),
            Key::Escape => press('\u{E00C}'),
            Key::Up => press('\u{E013}'),
            Key::Down => press('\u{E015}'),
            Key::Home => press('\u{E011}'),
            Key::End => press('\u{E010}'),
            Key::Space => press(' '),
            Key::Char(key) => press(key),
            Key::Control(key) => held(CONTROL, key),
        }
    }
}
