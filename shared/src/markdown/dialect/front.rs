//! What stands before a text and describes it.

/// Longer ones are text.
const MOST_LINES: usize = 200;

/// How many lines at the beginning describe the text, blank ones before them too: between two lines of `---` or of `+++`, names
/// with their values and nothing else.
pub(super) fn lines(markdown: &str) -> usize {
    let blank = markdown.lines().take(MOST_LINES).take_while(|line| line.trim().is_empty()).count();
    let mut lines = markdown.lines().skip(blank).map(str::trim_end);
    let Some(fence @ ("---" | "+++")) = lines.next() else { return 0 };
    let sign = if fence == "---" { ':' } else { '=' };
    let ends = |line: &str| line == fence || (fence == "---" && line == "...");
    let inside: Vec<&str> = lines.clone().take(MOST_LINES + 1).take_while(|line| !ends(line)).collect();
    let is_whole = inside.len() <= MOST_LINES && lines.nth(inside.len()).is_some();
    let pairs = inside.iter().filter(|line| pair(line, sign).is_some()).count();
    let first = inside.iter().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let is_first_pair =
        first.is_none_or(|line| pair(line, sign).is_some() || (fence == "+++" && line.starts_with('[')));
    let mut is_quoted = false;
    let all = inside.iter().all(|line| {
        let said = pair(line, sign);
        let is_part = is_quoted || said.is_some() || goes_on(line);
        let opens =
            said.is_some_and(|(_, value)| value.starts_with('"') && (value.len() == 1 || !value.ends_with('"')));
        is_quoted = if is_quoted { !line.ends_with('"') } else { opens };
        is_part
    });
    // One line with a colon between two rules is a sentence, unless it names a field.
    let is_sentence = pairs == 1 && inside.len() == 1 && inside.iter().any(|line| says(line));
    let is_front = is_whole && is_first_pair && (pairs > 0 || inside.is_empty()) && all && !is_sentence;
    if is_front { blank + inside.len() + 2 } else { 0 }
}

/// The name of a field and its value.
fn pair(line: &str, sign: char) -> Option<(&str, &str)> {
    /// A name has no more words.
    const MOST_WORDS: usize = 4;
    let (name, value) = line.split_once(sign)?;
    let is_name = |c: char| c.is_alphanumeric() || "_-.\" ".contains(c);
    let is_value = sign != ':' || value.is_empty() || value.starts_with([' ', '\t']);
    let is_pair = !name.trim().is_empty()
        && !name.starts_with([' ', '-'])
        && name.split_whitespace().count() <= MOST_WORDS
        && name.chars().all(is_name)
        && is_value;
    is_pair.then_some((name, value.trim()))
}

/// Whether a line goes on with the value before it.
fn goes_on(line: &str) -> bool {
    line.is_empty() || line.starts_with([' ', '\t', '#', '[', ']', '}']) || line.starts_with("- ") || line == "-"
}

/// Whether a pair is rather a sentence: its name begins with a capital letter, and its value has several words.
fn says(line: &str) -> bool {
    let (name, value) = line.split_once(':').unwrap_or((line, ""));
    name.starts_with(char::is_uppercase) && value.split_whitespace().count() > 2
}
