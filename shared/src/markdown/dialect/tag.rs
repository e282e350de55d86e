//! The tags of components and of templates: `<Card title="A">`, `{% tab title="A" %}`, `{{< figure src="a" >}}`.

use super::ahead::{Ahead, LONGEST, near};

/// A mark that has a name, and says more in attributes.
#[derive(Debug, Default, Clone)]
pub(super) struct Tag {
    /// As it was written.
    pub(super) name: String,
    /// Names in small letters with their values. A value that a program works out is none.
    pub(super) attributes: Vec<(String, String)>,
    /// Values without a name.
    pub(super) values: Vec<String>,
    /// It ends what has begun.
    pub(super) is_end: bool,
    /// Nothing is in it.
    pub(super) is_empty: bool,
}

impl Tag {
    /// The value of the first of these that says something.
    pub(super) fn get(&self, names: &[&str]) -> Option<&str> {
        let value =
            |name: &&str| self.attributes.iter().find(|(known, value)| known == name && !value.trim().is_empty());
        names.iter().find_map(value).map(|(_, value)| value.trim())
    }
}

/// Where the tag of an element ends at the beginning of these lines: the line, and the byte after it. None if that is no tag.
pub(super) fn end<'a>(lines: impl Iterator<Item = &'a str>, ahead: &Ahead) -> Option<(usize, usize)> {
    let mut quote = None;
    let mut depth = 0usize;
    let mut left = LONGEST;
    let find = || {
        for (number, line) in lines.enumerate() {
            if left == 0 || ahead.is_spent() || (line.trim().is_empty() && depth == 0) {
                return None;
            }
            left -= 1;
            for (at, c) in line.char_indices() {
                match (quote, c) {
                    _ if left == 0 => return None,
                    (Some(open), _) if open == c => quote = None,
                    (Some(_), _) => {}
                    (None, '"' | '\'') => quote = Some(c),
                    (None, '`') if depth > 0 => quote = Some(c),
                    (None, '{') => depth += 1,
                    (None, '}') => depth = depth.saturating_sub(1),
                    (None, '<') if depth == 0 && (number, at) != (0, 0) => return None,
                    (None, '>') if depth == 0 => return Some((number, at + 1)),
                    _ => {}
                }
                left -= 1;
            }
        }
        None
    };
    let found = find();
    ahead.spend(LONGEST - left);
    found
}

/// Reads what stands between the signs around a tag.
pub(super) fn read(inside: &str) -> Tag {
    let inside = inside.trim();
    // Of longer ones only the name is read.
    let inside = if inside.len() > LONGEST { inside.split_whitespace().next().unwrap_or_default() } else { inside };
    let (is_end, inside) = inside.strip_prefix('/').map_or((false, inside), |rest| (true, rest.trim()));
    let (is_empty, inside) = inside.strip_suffix('/').map_or((false, inside), |rest| (true, rest.trim()));
    let end = inside.find(|c: char| c.is_whitespace() || "=({".contains(c)).unwrap_or(inside.len());
    let (name, rest) = inside.split_at_checked(end).unwrap_or((inside, ""));
    // `{% callout(kind="warning") %}`
    let rest = rest.strip_prefix('(').map_or(rest, |rest| rest.trim_end().trim_end_matches(')'));
    let mut tag = Tag { name: String::from(name), is_end, is_empty, ..Tag::default() };
    let mut rest = rest.trim_start_matches(apart);
    // A sign that is not closed is not closed for those behind it either.
    let mut unclosed = String::new();
    let mut value = |text, first| {
        let found = if unclosed.contains(first) { None } else { value(text, first) };
        if found.is_none() {
            unclosed.extend("\"'`{".contains(first).then_some(first));
        }
        found
    };
    while let Some(first) = rest.chars().next() {
        if let Some((value, after)) = value(rest, first) {
            tag.values.extend(value);
            rest = after.trim_start_matches(apart);
            continue;
        }
        let end = rest.find(|c: char| apart(c) || c == '=' || c == '{').unwrap_or(rest.len());
        // Each turn takes a letter at least.
        let (name, after) = rest.split_at_checked(end.max(first.len_utf8())).unwrap_or((rest, ""));
        let after_sign = after.trim_start().strip_prefix('=').map(str::trim_start);
        let Some(written) = after_sign else {
            tag.values.push(String::from(name));
            rest = after.trim_start_matches(apart);
            continue;
        };
        let first = written.chars().next().unwrap_or(' ');
        let end = written.find(apart).unwrap_or(written.len());
        let bare = written.split_at_checked(end).map(|(value, after)| (Some(String::from(value)), after));
        let (value, after) = value(written, first).or(bare).unwrap_or((None, ""));
        tag.attributes.extend(value.map(|value| (name.to_ascii_lowercase(), value)));
        rest = after.trim_start_matches(apart);
    }
    tag
}

/// A value in quotes or in braces, and what stands after it. In braces is a program: only a text in it says something.
fn value(text: &str, first: char) -> Option<(Option<String>, &str)> {
    if matches!(first, '"' | '\'' | '`') {
        let (value, after) = text.strip_prefix(first)?.split_once(first)?;
        return Some((Some(String::from(value)), after));
    }
    if first != '{' {
        return None;
    }
    let end = braces(text)?;
    let (program, after) = text.split_at_checked(end)?;
    let program = program.trim_start_matches('{').trim_end_matches('}').trim();
    let first = program.chars().next().unwrap_or(' ');
    let whole =
        value(program, first).filter(|(_, after)| after.is_empty() && first != '{').and_then(|(value, _)| value);
    let loaded = || program.strip_prefix("require(")?.split(['"', '\'']).nth(1).map(String::from);
    let said = whole.or_else(loaded).or_else(|| program.parse::<u32>().ok().map(|number| number.to_string()));
    Some((said, after))
}

/// The byte after the brace that ends what begins with one.
pub(super) fn braces(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut depth = 0usize;
    for (at, c) in near(text).char_indices() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '{') => depth += 1,
            (None, '}') if depth <= 1 => return Some(at + 1),
            (None, '}') => depth -= 1,
            _ => {}
        }
    }
    None
}

fn apart(c: char) -> bool {
    c.is_whitespace() || c == ','
}
