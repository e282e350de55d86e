//! Two signs before and after words, and signs for keys and pictures.

use super::inline::Text;

/// Names in `:name:` that begin like this are pictures.
const ICONS: [&str; 5] = ["material-", "fontawesome-", "octicons-", "simple-", "fa-"];

impl Text<'_> {
    /// Two signs before and after words, and signs for keys and pictures.
    pub(super) fn sign(&mut self, rest: &str) -> Option<usize> {
        let before = self.out.chars().next_back();
        if before.is_some_and(char::is_alphanumeric) {
            return None;
        }
        let is_word = |text: &str| !text.is_empty() && !text.starts_with(' ') && !text.ends_with(' ');
        if let Some(after) = rest.strip_prefix("==") {
            let inside = self.until(after, "==").filter(|inside| is_word(inside) && !inside.starts_with('='))?;
            self.out.push_str(&["<mark>", inside, "</mark>"].concat());
            return Some(inside.len() + 4);
        }
        if let Some(after) = rest.strip_prefix("^^") {
            let inside = self.until(after, "^^").filter(|inside| is_word(inside))?;
            self.out.push_str(&["<u>", inside, "</u>"].concat());
            return Some(inside.len() + 4);
        }
        if let Some(after) = rest.strip_prefix("%%") {
            let inside = self.until(after, "%%")?;
            let whole = inside.len() + 4;
            return rest.get(whole..)?.chars().next().is_none_or(char::is_whitespace).then_some(whole);
        }
        if let Some(after) = rest.strip_prefix("++") {
            let inside = self.until(after, "++").filter(|inside| is_word(inside))?;
            let is_key = |key: &str| {
                !key.is_empty() && (key.starts_with('"') || key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
            };
            if !inside.split('+').all(is_key) {
                return None;
            }
            let keys: Vec<String> = inside.split('+').map(|key| ["<kbd>", &key_name(key), "</kbd>"].concat()).collect();
            self.out.push_str(&keys.join("+"));
            return Some(inside.len() + 4);
        }
        if let Some(after) = rest.strip_prefix(':') {
            let name = after.get(..after.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))?)?;
            let is_icon =
                after.get(name.len()..)?.starts_with(':') && ICONS.iter().any(|begin| name.starts_with(begin));
            if is_icon {
                self.leave(rest.get(..name.len() + 2)?);
            }
            return is_icon.then_some(name.len() + 2);
        }
        // The place of a block, at the end of its last line.
        let name = rest.strip_prefix('^')?;
        let is_place = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if is_place && before.is_none_or(char::is_whitespace) {
            return Some(rest.len());
        }
        let inside = self.until(name.strip_prefix('[')?, "]")?;
        self.out.push_str(&["(", inside, ")"].concat());
        Some(inside.len() + "^[]".len())
    }
}

/// A key, as keyboards name it.
fn key_name(key: &str) -> String {
    let key = key.trim_matches('"');
    let mut letters = key.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
