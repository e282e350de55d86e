//! Where a line stands: how far to the right, behind the sign of a list, in code.

/// A line with its number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) number: u32,
    pub(super) text: &'a str,
}

/// What is written before a line: the sign of a list is written once.
#[derive(Debug, Clone, Default)]
pub(super) struct Prefix {
    pub(super) first: String,
    pub(super) rest: String,
}

impl Prefix {
    pub(super) fn of(text: &str) -> Self {
        Self { first: String::from(text), rest: String::from(text) }
    }

    /// Goes on with what stands before all further lines.
    pub(super) fn take(&mut self) -> String {
        std::mem::replace(&mut self.first, self.rest.clone())
    }
}

/// How far to the right a text begins: a tab goes to the next fourth place.
pub(super) fn indent(text: &str) -> usize {
    let mut column = 0;
    for c in text.chars() {
        match c {
            ' ' => column += 1,
            '\t' => column += 4 - column % 4,
            _ => break,
        }
    }
    column
}

/// The length of the sign of a list item with the space after it.
pub(super) fn marker(text: &str) -> Option<usize> {
    /// More digits are a number.
    const MOST_DIGITS: usize = 9;
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let sign = text.get(digits..)?.chars().next()?;
    let is_sign = if digits == 0 { "-*+".contains(sign) } else { ".)".contains(sign) && digits <= MOST_DIGITS };
    let after = text.get(digits + 1..).filter(|_| is_sign)?;
    let spaces = after.bytes().take_while(|byte| *byte == b' ').count();
    let is_rule = digits == 0 && text.chars().all(|c| c == sign || c == ' ') && text.matches(sign).count() > 2;
    match spaces {
        0 => None,
        _ if is_rule || after.trim().is_empty() => None,
        1..=4 => Some(digits + 1 + spaces),
        _ => Some(digits + 2),
    }
}

/// The fence of code with which a text begins.
pub(super) fn fence(text: &str) -> Option<(char, usize, &str)> {
    let sign = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let count = text.chars().take_while(|c| *c == sign).count();
    let info = text.get(count..)?;
    (count >= 3 && !(sign == '`' && info.contains('`'))).then_some((sign, count, info.trim()))
}

/// The end of HTML that a line begins and does not end, if its text is none of ours.
pub(super) fn raw_html(text: &str) -> Option<&'static str> {
    if let Some(after) = text.strip_prefix("<!--") {
        return (!after.contains("-->")).then_some("-->");
    }
    let names = [("pre", "</pre>"), ("script", "</script>"), ("style", "</style>"), ("textarea", "</textarea>")];
    let start = text.strip_prefix('<')?.get(..9.min(text.len() - 1)).unwrap_or(text).to_ascii_lowercase();
    let is_named = |name: &str| {
        start.strip_prefix(name).is_some_and(|after| after.is_empty() || after.starts_with([' ', '>', '\t']))
    };
    let (_, end) = names.into_iter().find(|(name, _)| is_named(name))?;
    (!text.to_ascii_lowercase().contains(end)).then_some(end)
}

/// Spaces.
pub(super) fn spaces(count: usize) -> String {
    " ".repeat(count)
}
