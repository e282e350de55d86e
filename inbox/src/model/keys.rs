//! What keys do.

use super::lists::List;
use super::place::{Days, Page};
use shared::protocol::Millis;

/// What an agent can ask the inbox to do, by key, by button or from the picker.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Action {
    /// To the next row of the list.
    Next,
    /// To the row before.
    Previous,
    /// Open the row.
    Open,
    /// Write in the open conversation.
    Reply,
    /// Resolve the open conversation, or take it up again.
    Resolve,
    /// Undo what was just done.
    Undo,
    /// Choose whose the open conversation is, where it lies and how soon it wants an answer.
    Assign,
    /// Make the open conversation the agent's own.
    Take,
    /// Choose until when the open conversation is out of sight.
    Snooze,
    /// Bring it back into sight.
    Wake,
    /// To another list.
    Go(List),
    /// To the list of a team, by its place among the teams from 0.
    GoTeam(usize),
    /// To another page.
    Turn(Page),
    /// Show the keys.
    Help,
    /// Show the picker.
    Pick,
    /// Close what was opened last.
    Close,
    /// Sign out.
    SignOut,
}

/// A key as the browser tells it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key<'a> {
    /// The `key` of the event.
    pub(crate) name: &'a str,
    /// Control or Command is held.
    pub(crate) command: bool,
    /// Alt is held.
    pub(crate) alt: bool,
    /// What has the focus.
    pub(crate) focus: Focus,
}

/// What has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Focus {
    /// A field in which people write.
    Text,
    /// Something that arrows scroll.
    Scroller,
    /// A button or a link: Enter is its own.
    Control,
    /// Anything else.
    Page,
}

/// `g` and the letter after it belong together for this long; slower, and it was an accident.
const SEQUENCE_MS: Millis = 1_500;

/// Remembers the first key of a sequence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Keys {
    go_since: Option<Millis>,
    /// Whether single letters do nothing, for people whose keyboard or voice control types by accident (WCAG 2.1.4).
    pub(crate) letters_off: bool,
}

impl Keys {
    /// No key pressed yet.
    pub(crate) fn new(letters_off: bool) -> Self {
        Self { go_since: None, letters_off }
    }

    /// What a key does now; nothing for most.
    pub(crate) fn press(&mut self, key: Key<'_>, now: Millis) -> Option<Action> {
        let go = self.go_since.take().is_some_and(|since| now.saturating_sub(since) <= SEQUENCE_MS);
        if key.command {
            return (key.name.eq_ignore_ascii_case("k") && !key.alt).then_some(Action::Pick);
        }
        if key.name == "Escape" {
            return Some(Action::Close);
        }
        if key.alt || key.focus == Focus::Text {
            return None;
        }
        if !self.letters_off {
            if go {
                return second(key.name);
            }
            if key.name == "g" {
                self.go_since = Some(now);
                return None;
            }
        }
        self.single(key)
    }

    fn single(&self, key: Key<'_>) -> Option<Action> {
        let arrows = key.focus != Focus::Scroller;
        match key.name {
            "ArrowDown" if arrows => Some(Action::Next),
            "ArrowUp" if arrows => Some(Action::Previous),
            "Enter" if key.focus == Focus::Page => Some(Action::Open),
            _ if self.letters_off => None,
            "j" => Some(Action::Next),
            "k" => Some(Action::Previous),
            "r" => Some(Action::Reply),
            "e" => Some(Action::Resolve),
            "a" => Some(Action::Assign),
            "t" => Some(Action::Take),
            "s" => Some(Action::Snooze),
            "z" => Some(Action::Undo),
            "?" => Some(Action::Help),
            _ => None,
        }
    }
}

fn second(name: &str) -> Option<Action> {
    Some(match name {
        "n" => Action::Go(List::Waiting),
        "m" => Action::Go(List::Mine),
        "u" => Action::Go(List::Unassigned),
        "e" => Action::Go(List::Escalations),
        "w" => Action::Go(List::Automatic),
        "s" => Action::Go(List::Snoozed),
        "d" => Action::Go(List::Solved),
        "a" => Action::Go(List::All),
        "r" => Action::Turn(Page::Reports(Days::default())),
        "p" => Action::Turn(Page::People),
        _ => return name.parse::<usize>().ok()?.checked_sub(1).map(Action::GoTeam),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str, focus: Focus) -> Key<'_> {
        Key { name, command: false, alt: false, focus }
    }

    #[test]
    fn letters_act_on_the_page_and_never_where_people_write() {
        for (name, action) in [
            ("j", Action::Next),
            ("k", Action::Previous),
            ("ArrowDown", Action::Next),
            ("Enter", Action::Open),
            ("r", Action::Reply),
            ("e", Action::Resolve),
            ("a", Action::Assign),
            ("t", Action::Take),
            ("s", Action::Snooze),
            ("?", Action::Help),
        ] {
            assert_eq!(Keys::default().press(key(name, Focus::Page), 0), Some(action), "{name}");
            assert_eq!(Keys::default().press(key(name, Focus::Text), 0), None, "{name}");
        }
        assert_eq!(
            Keys::default().press(key("Enter", Focus::Control), 0),
            None,
            "Enter belongs to a button that has the focus"
        );
        assert_eq!(Keys::default().press(key("ArrowDown", Focus::Scroller), 0), None);
        assert_eq!(Keys::default().press(key("Escape", Focus::Text), 0), Some(Action::Close));
    }

    #[test]
    fn a_sequence_goes_to_a_list_if_it_is_quick() {
        for (name, action) in [
            ("n", Some(Action::Go(List::Waiting))),
            ("m", Some(Action::Go(List::Mine))),
            ("u", Some(Action::Go(List::Unassigned))),
            ("e", Some(Action::Go(List::Escalations))),
            ("w", Some(Action::Go(List::Automatic))),
            ("s", Some(Action::Go(List::Snoozed))),
            ("d", Some(Action::Go(List::Solved))),
            ("a", Some(Action::Go(List::All))),
            ("r", Some(Action::Turn(Page::Reports(Days::default())))),
            ("p", Some(Action::Turn(Page::People))),
            ("1", Some(Action::GoTeam(0))),
            ("9", Some(Action::GoTeam(8))),
            ("0", None),
            ("x", None),
        ] {
            let mut keys = Keys::default();
            assert_eq!(keys.press(key("g", Focus::Page), 0), None);
            assert_eq!(keys.press(key(name, Focus::Page), 1_000), action, "{name}");
        }
        let mut keys = Keys::default();
        keys.press(key("g", Focus::Page), 0);
        assert_eq!(
            keys.press(key("e", Focus::Page), 2_000),
            Some(Action::Resolve),
            "too slow: the letter stands alone"
        );
    }

    #[test]
    fn the_picker_opens_from_everywhere_and_other_commands_are_the_browsers() {
        for name in ["k", "K"] {
            let held = Key { command: true, ..key(name, Focus::Text) };
            assert_eq!(Keys::default().press(held, 0), Some(Action::Pick));
        }
        assert_eq!(Keys::default().press(Key { command: true, ..key("r", Focus::Page) }, 0), None);
    }

    #[test]
    fn letters_can_be_switched_off() {
        let mut keys = Keys::new(true);
        for name in ["j", "e", "r", "a", "t", "s", "?", "g"] {
            assert_eq!(keys.press(key(name, Focus::Page), 0), None, "{name}");
        }
        assert_eq!(keys.press(key("ArrowDown", Focus::Page), 0), Some(Action::Next));
    }
}
