//! The initials that stand for a person's face.

use shared::matching::is_letter;

/// The first letters of the first and the last word of a name. The style sheet makes them capitals.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next();
    let mut out = String::new();
    // `last` would bring code that goes through a text backwards.
    let last = words.fold(None, |_, word| Some(word));
    for word in first.into_iter().chain(last) {
        out.extend(word.chars().find(|c| is_letter(*c)));
    }
    out
}

/// One of the six colours of faces, the same for the same name (`styles/faces.css`).
pub fn hue(name: &str) -> &'static str {
    const HUES: [&str; 6] = ["face is-0", "face is-1", "face is-2", "face is-3", "face is-4", "face is-5"];
    let sum = name.bytes().fold(0_usize, |sum, byte| sum + usize::from(byte));
    HUES.get(sum % HUES.len()).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_face_shows_at_most_two_letters_in_any_script() {
        for (name, face) in [
            ("Ada Lovelace", "AL"),
            ("ada", "a"),
            ("Ana María de la Cruz", "AC"),
            ("이 지은", "이지"),
            ("", ""),
            ("(x) y", "xy"),
        ] {
            assert_eq!(initials(name), face, "{name}");
        }
    }
}
