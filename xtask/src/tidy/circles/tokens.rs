//! A file of Rust as words and signs, without comments, texts and characters.

/// A word, `::`, or another sign, and its line from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) line: usize,
}

impl Token<'_> {
    pub(super) fn is_word(&self) -> bool {
        self.text.starts_with(is_in_words)
    }
}

/// Reads all tokens of a file.
pub(super) fn read(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (source, 1);
    while let Some(first) = rest.chars().next() {
        let unread = unread(rest);
        let length = match unread {
            Some(length) => length,
            None if is_in_words(first) => rest.find(|c| !is_in_words(c)).unwrap_or(rest.len()),
            None if rest.starts_with("::") => 2,
            None => first.len_utf8(),
        };
        let (text, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        if unread.is_none() && !first.is_whitespace() {
            tokens.push(Token { text, line });
        }
        line += text.matches('\n').count();
        rest = after;
    }
    tokens
}

/// The length of the comment, text or character at the beginning, if one is there.
fn unread(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(block_comment(rest));
    }
    if rest.starts_with('\'') {
        return character(rest);
    }
    let after_b = rest.strip_prefix(['b', 'c']).unwrap_or(rest);
    if let Some(inner) = after_b.strip_prefix('"') {
        return Some(rest.len() - inner.len() + quoted(inner));
    }
    let after_r = after_b.strip_prefix('r')?;
    let marks = after_r.len() - after_r.trim_start_matches('#').len();
    let inner = after_r.get(marks..)?.strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(marks));
    let length = inner.find(&end).map_or(inner.len(), |place| place + end.len());
    Some(rest.len() - inner.len() + length)
}

/// Comments in blocks may stand within one another.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut place) = (0, 0);
    while let Some(at) = rest.get(place..).filter(|at| !at.is_empty()) {
        let step = match at {
            open if open.starts_with("/*") => (1, 2),
            close if close.starts_with("*/") => (-1, 2),
            other => (0, other.chars().next().map_or(1, char::len_utf8)),
        };
        depth += step.0;
        place += step.1;
        if depth == 0 {
            break;
        }
    }
    place
}

/// The rest of a text with its closing sign; a sign after `\` does not close it.
fn quoted(inner: &str) -> usize {
    let mut is_escaped = false;
    for (place, c) in inner.char_indices() {
        match c {
            '"' if !is_escaped => return place + 1,
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    inner.len()
}

/// `'x'` and `'\n'`, but not the lifetime `'x`.
fn character(rest: &str) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1);
    let (_, first) = chars.next()?;
    if first == '\\' {
        let (after, _) = chars.nth(1)?;
        return rest.get(after..)?.find('\'').map(|place| after + place + 1);
    }
    chars.next().filter(|(_, c)| *c == '\'').map(|(place, _)| place + 1)
}

fn is_in_words(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_signs_have_their_lines_and_the_rest_is_left_out() {
        let check = |source: &str, expected: &[(&str, usize)]| {
            let tokens: Vec<_> = read(source).iter().map(|token| (token.text, token.line)).collect();
            assert_eq!(tokens, expected, "{source}");
        };
        check("use a::b;", &[("use", 1), ("a", 1), ("::", 1), ("b", 1), (";", 1)]);
        check("a // b\n/* c /* d */\n*/ e", &[("a", 1), ("e", 3)]);
        check(r#"a("b\"c") d"#, &[("a", 1), ("(", 1), (")", 1), ("d", 1)]);
        check("r#\"x\ny\"# a br\"q\" b\"z\" b", &[("a", 2), ("b", 2)]);
        check(r"'x' '\'' '\u{1F600}' a<'b>", &[("a", 1), ("<", 1), ("'", 1), ("b", 1), (">", 1)]);
        check("\"open", &[]);
        check("bar break", &[("bar", 1), ("break", 1)]);
    }
}
