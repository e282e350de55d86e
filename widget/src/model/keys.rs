//! What a key means in the composer while articles may be listed above it.

/// A key as the browser names it, with what decides its meaning.
#[derive(Debug, Clone, Copy)]
pub struct Key<'a> {
    /// `KeyboardEvent.key`.
    pub name: &'a str,
    /// Whether Shift is held.
    pub shift: bool,
    /// Whether Control or Command is held.
    pub control: bool,
    /// Whether the keyboard is on the screen: it has no Shift for a new line, and Send is beside it.
    pub touch: bool,
    /// Whether an input method is at work: then every key belongs to it.
    pub composing: bool,
    /// Whether the caret stands in the last line of the text: only there does "down" lead out of it.
    pub last_line: bool,
    /// Whether the text is a single line as it is seen: only there does "up" lead out of it.
    pub only_line: bool,
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// The browser's own meaning.
    Type,
    /// Go to the next suggestion.
    Next,
    /// Go to the one before, or back to the text; from the text to the last.
    Previous,
    /// Leave the list, stay in the text. The key keeps its own meaning too.
    Leave,
    /// Take the list away; the key is used up.
    CloseList,
    /// Open the suggestion with this number.
    Open(usize),
    /// Send the text.
    Send,
    /// Go one step out: from the article, or out of the panel.
    Out,
}

/// The meaning of a key when `listed` suggestions are there and `active` is the chosen one.
pub fn press(key: Key<'_>, listed: usize, active: Option<usize>) -> Press {
    if key.composing {
        return Press::Type;
    }
    match (key.name, active) {
        ("ArrowDown", Some(_)) => Press::Next,
        ("ArrowDown", None) if listed > 0 && key.last_line => Press::Next,
        ("ArrowUp", Some(_)) => Press::Previous,
        ("ArrowUp", None) if listed > 0 && key.only_line => Press::Previous,
        ("ArrowLeft" | "ArrowRight" | "Home" | "End", Some(_)) => Press::Leave,
        ("Enter", _) if key.shift => Press::Type,
        ("Enter", Some(number)) => Press::Open(number),
        ("Enter", None) if key.touch && !key.control => Press::Type,
        ("Enter", None) => Press::Send,
        ("Escape", _) if listed > 0 => Press::CloseList,
        ("Escape", _) => Press::Out,
        _ => Press::Type,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key<'_> = Key {
        name: "",
        shift: false,
        control: false,
        touch: false,
        composing: false,
        last_line: true,
        only_line: true,
    };

    fn check(name: &str, listed: usize, active: Option<usize>, expected: Press) {
        assert_eq!(press(Key { name, ..KEY }, listed, active), expected, "{name} {listed} {active:?}");
    }

    #[test]
    fn arrows_move_in_the_list_only_when_there_is_one() {
        check("ArrowDown", 3, None, Press::Next);
        check("ArrowDown", 0, None, Press::Type);
        check("ArrowDown", 3, Some(2), Press::Next);
        check("ArrowUp", 3, None, Press::Previous);
        check("ArrowUp", 0, None, Press::Type);
        check("ArrowUp", 3, Some(0), Press::Previous);
        check("ArrowLeft", 3, Some(0), Press::Leave);
        check("ArrowLeft", 3, None, Press::Type);
        let inside = Key { name: "ArrowDown", last_line: false, ..KEY };
        assert_eq!(press(inside, 3, None), Press::Type, "down moves the caret while there are lines below");
        let lines = Key { name: "ArrowUp", only_line: false, ..KEY };
        assert_eq!(press(lines, 3, None), Press::Type, "up moves the caret in a text of several lines");
    }

    #[test]
    fn enter_opens_what_is_chosen_and_else_sends() {
        check("Enter", 3, Some(1), Press::Open(1));
        check("Enter", 3, None, Press::Send);
        assert_eq!(press(Key { name: "Enter", shift: true, ..KEY }, 3, Some(1)), Press::Type);
    }

    #[test]
    fn enter_makes_a_new_line_where_the_keyboard_is_on_the_screen() {
        let touch = Key { name: "Enter", touch: true, ..KEY };
        assert_eq!(press(touch, 3, None), Press::Type);
        assert_eq!(press(touch, 3, Some(1)), Press::Open(1));
        assert_eq!(
            press(Key { control: true, ..touch }, 3, None),
            Press::Send,
            "a keyboard beside the screen has Control"
        );
    }

    #[test]
    fn escape_takes_the_list_away_and_then_leads_out() {
        check("Escape", 3, Some(1), Press::CloseList);
        check("Escape", 3, None, Press::CloseList);
        check("Escape", 0, None, Press::Out);
    }

    #[test]
    fn every_key_belongs_to_the_input_method_while_it_composes() {
        for name in ["Enter", "ArrowDown", "Escape"] {
            assert_eq!(press(Key { name, composing: true, ..KEY }, 3, Some(0)), Press::Type);
        }
    }
}
