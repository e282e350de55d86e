//! Stress in scripts that put no space between words. CommonMark looks for a space or a sign around `**`: `**注意：**请看` has none,
//! so that its stars would be read as letters. Where that is so, the marks are written as elements.

/// Rows of stars on one line.
#[derive(Debug, Default)]
pub(super) struct Stress(Vec<Run>);

#[derive(Debug, Clone, Copy)]
struct Run {
    at: usize,
    count: usize,
    opens: bool,
    closes: bool,
    /// CommonMark does not see what it is.
    is_unseen: bool,
}

impl Stress {
    /// Stars come after this text and before this letter.
    pub(super) fn run(&mut self, before: &str, count: usize, after: Option<char>) {
        if count > 2 {
            return;
        }
        let last = before.chars().next_back();
        let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let is_sign = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace());
        let is_near = last.is_some_and(is_unspaced) || after.is_some_and(is_unspaced);
        let (opens, closes) = (!is_space(after), !is_space(last));
        let is_unseen =
            is_near && opens && closes && (is_sign(last) && !is_sign(after) || is_sign(after) && !is_sign(last));
        self.0.push(Run { at: before.len(), count, opens, closes, is_unseen });
    }

    /// The line with elements where CommonMark would see letters.
    pub(super) fn settled(self, line: String) -> String {
        if !self.0.iter().any(|run| run.is_unseen) {
            return line;
        }
        let mut elements: Vec<(Run, &str)> = Vec::new();
        for (count, begin, end) in [(1, "<em>", "</em>"), (2, "<strong>", "</strong>")] {
            let mut open: Option<Run> = None;
            for run in self.0.iter().filter(|run| run.count == count).copied() {
                match open {
                    Some(before) if run.closes => {
                        if before.is_unseen || run.is_unseen {
                            elements.extend([(before, begin), (run, end)]);
                        }
                        open = None;
                    }
                    None if run.opens => open = Some(run),
                    _ => {}
                }
            }
        }
        elements.sort_by_key(|(run, _)| run.at);
        let mut out = String::new();
        let mut at = 0;
        for (run, element) in elements {
            out.push_str(line.get(at..run.at).unwrap_or_default());
            out.push_str(element);
            at = run.at + run.count;
        }
        out.push_str(line.get(at..).unwrap_or_default());
        out
    }
}

/// Letters and signs of scripts that put no space between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{312f}' | '\u{3190}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}
