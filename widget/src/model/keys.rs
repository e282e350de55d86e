//! What a key means in the composer while articles may be listed above it.

/// A key as the browser names it, with what decides its meaning.
#[derive(Debug, Clone, Copy)]
pub struct Key<'a> {
    /// `KeyboardEvent.key`.
    pub name: &'a str,
    /// Whether Shift is held.
    pub shift: bool,
    /// Whether an input method is at work: then every key belongs to it.
    pub composing: bool,
    /// Whether the caret stands in the last line of the text: only there does "down" lead out of it.
    pub last_line: bool,
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// The browser's own meaning.
    Type,
    /// Go to the next suggestion.
    Next,
    /// Go to the one before, or back to the text.
    Previous,
    /// Leave the list, stay in the text. The key keeps its own meaning too.
    Leave,
    /// Leave the list; the key is used up.
    ToText,
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
        ("ArrowLeft" | "ArrowRight" | "Home" | "End", Some(_)) => Press::Leave,
        ("Enter", _) if key.shift => Press::Type,
        ("Enter", Some(number)) => Press::Open(number),
        ("Enter", None) => Press::Send,
        ("Escape", Some(_)) => Press::ToText,
        ("Escape", None) => Press::Out,
        _ => Press::Type,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, listed: usize, active: Option<usize>, expected: Press) {
        let key = Key { name, shift: false, composing: false, last_line: true };
        assert_eq!(press(key, listed, active), expected, "{name} {listed} {active:?}");
    }

    #[test]
    fn arrows_move_in_the_list_only_when_there_is_one() {
        check("ArrowDown", 3, None, Press::Next);
        check("ArrowDown", 0, None, Press::Type);
        check("ArrowDown", 3, Some(2), Press::Next);
        check("ArrowUp", 3, None, Press::Type);
        check("ArrowUp", 3, Some(0), Press::Previous);
        check("ArrowLeft", 3, Some(0), Press::Leave);
        check("ArrowLeft", 3, None, Press::Type);
        let inside = Key { name: "ArrowDown", shift: false, composing: false, last_line: false };
        assert_eq!(press(inside, 3, None), Press::Type, "down moves the caret while there are lines below");
    }

    #[test]
    fn enter_opens_what_is_chosen_and_else_sends() {
        check("Enter", 3, Some(1), Press::Open(1));
        check("Enter", 3, None, Press::Send);
        let shifted = Key { name: "Enter", shift: true, composing: false, last_line: true };
        assert_eq!(press(shifted, 3, Some(1)), Press::Type);
    }

    #[test]
    fn escape_leads_to_the_text_and_then_out() {
        check("Escape", 3, Some(1), Press::ToText);
        check("Escape", 3, None, Press::Out);
    }

    #[test]
    fn every_key_belongs_to_the_input_method_while_it_composes() {
        for name in ["Enter", "ArrowDown", "Escape"] {
            assert_eq!(press(Key { name, shift: false, composing: true, last_line: true }, 3, Some(0)), Press::Type);
        }
    }
}
