//! Markdown of the tools that help centres are written with, as plain Markdown: what stands before the text, and callouts that are no
//! quotations.

use crate::html::What;
use crate::html::kind_of_mark;

/// A text as plain Markdown.
pub(super) struct Plain {
    pub(super) text: String,
    /// For each line, on which line it was written.
    pub(super) lines: Vec<u32>,
    /// What was left out, with its line.
    pub(super) marks: Vec<(u32, What)>,
}

/// A callout of MkDocs, whose text is what is indented.
const INDENT: usize = 4;

/// Marks that are open at once. Articles have three or four; each line is held against all of them.
const MOST_OPEN: usize = 32;

/// How a callout ends.
#[derive(PartialEq)]
enum Ends {
    /// With a line of as many colons as it began with, or more.
    Colons(usize),
    /// With `{% endhint %}`.
    Hint,
    /// With the first line that is not indented.
    Indent,
}

/// What is open.
struct Open {
    ends: Ends,
    /// The end tag; empty for marks that nobody knows.
    tag: &'static str,
}

struct Writer {
    out: Plain,
    open: Vec<Open>,
    /// The fence of code that is open.
    fence: Option<String>,
}

/// Reads a text.
pub(super) fn plain(markdown: &str) -> Plain {
    let markdown = markdown.strip_prefix('\u{feff}').unwrap_or(markdown);
    let mut writer = Writer {
        out: Plain { text: String::new(), lines: Vec::new(), marks: Vec::new() },
        open: Vec::new(),
        fence: None,
    };
    let skipped = front_matter(markdown);
    if skipped > 0 {
        writer.out.marks.push((1, What::FrontMatter));
    }
    for (line, number) in markdown.lines().zip(1u32..).skip(skipped) {
        writer.take(line, number);
    }
    let last = u32::try_from(markdown.lines().count()).unwrap_or(u32::MAX);
    while let Some(open) = writer.open.pop() {
        writer.close(&open, last);
    }
    writer.out
}

impl Writer {
    fn take(&mut self, line: &str, number: u32) {
        // The text of a callout of MkDocs stands further to the right; a blank line may be in it.
        let mut line = line;
        let mut place = 0;
        while place < self.open.len() {
            if self.open.get(place).is_some_and(|open| open.ends == Ends::Indent) && !line.trim().is_empty() {
                match line.strip_prefix("    ").or_else(|| line.strip_prefix('\t')) {
                    Some(inside) => line = inside,
                    None => {
                        for open in self.open.split_off(place).into_iter().rev() {
                            self.close(&open, number);
                        }
                    }
                }
            }
            place += 1;
        }
        let text = line.trim();
        if self.keeps(line, text) {
            return self.write(line, number);
        }
        let colons = text.bytes().take_while(|byte| *byte == b':').count();
        if colons >= 3 {
            return self.colons(line, text, colons, number);
        }
        let shouted = ["!!! ", "??? ", "???+ "].iter().find_map(|begin| text.strip_prefix(begin));
        if let Some(said) = shouted
            && line.len() - line.trim_start().len() < INDENT
        {
            let (kind, title) = said.split_once(' ').unwrap_or((said, ""));
            let is_known = kind_of_mark(&kind.to_ascii_lowercase()).is_some();
            if is_known || title.is_empty() || title.starts_with('"') {
                return self.begin(kind, title.trim_matches('"'), Ends::Indent, number);
            }
        }
        // `:smile:` at the beginning of a line explains no word.
        if text.starts_with(':') && !text.starts_with(": ") && !text.starts_with(":-") {
            let (space, rest) = line.split_at_checked(line.len() - line.trim_start().len()).unwrap_or(("", line));
            return self.write(&[space, "\\", rest].concat(), number);
        }
        if text.starts_with("{%") && text.contains("%}") {
            return self.tags(text, number);
        }
        if matches!(text.to_ascii_lowercase().as_str(), "[toc]" | "[[toc]]" | "[[_toc_]]") {
            self.out.marks.push((number, What::Mark(String::from(text))));
            return self.write("", number);
        }
        self.write(line, number);
    }

    /// Whether a line is code, or the fence of some.
    fn keeps(&mut self, line: &str, text: &str) -> bool {
        let fence: String = text.chars().take_while(|c| matches!(c, '`' | '~')).collect();
        let after = text.get(fence.len()..).unwrap_or_default();
        let is_fence =
            fence.len() >= 3 && (fence.starts_with("~~~") || fence.starts_with("```") && !after.contains('`'));
        match &self.fence {
            Some(open) => {
                if is_fence && fence.starts_with(open.as_str()) && text.len() == fence.len() {
                    self.fence = None;
                }
                true
            }
            None if is_fence => {
                self.fence = Some(fence);
                true
            }
            None => line.starts_with("    ") || line.starts_with('\t'),
        }
    }

    /// `:::note Title`, `:::note[Title]`, `::: warning` and their end.
    fn colons(&mut self, line: &str, text: &str, colons: usize, number: u32) {
        let said = text.get(colons..).unwrap_or_default().trim();
        if !said.is_empty() {
            let end = said.find([' ', '[', '{']).unwrap_or(said.len());
            let (kind, rest) = said.split_at_checked(end).unwrap_or((said, ""));
            let rest = rest.trim().split('{').next().unwrap_or_default().trim();
            let title = rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(rest);
            return self.begin(kind, title, Ends::Colons(colons), number);
        }
        let is_end = |open: &Open| matches!(open.ends, Ends::Colons(begun) if begun <= colons);
        match self.open.iter().rposition(is_end) {
            Some(place) => {
                for open in self.open.split_off(place).into_iter().rev() {
                    self.close(&open, number);
                }
            }
            None if self.open.len() < MOST_OPEN => self.write(line, number),
            None => {}
        }
    }

    /// A line of tags with text between them.
    fn tags(&mut self, text: &str, number: u32) {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{%") {
            let Some((tag, next)) = after.split_once("%}") else { break };
            if !before.trim().is_empty() {
                self.write(before.trim(), number);
            }
            self.tag(tag.trim(), number);
            rest = next;
        }
        if !rest.trim().is_empty() {
            self.write(rest.trim(), number);
        }
    }

    /// `{% hint style="info" %}` and its end.
    fn tag(&mut self, tag: &str, number: u32) {
        let name = tag.split_ascii_whitespace().next().unwrap_or_default();
        if name == "hint" {
            let style = tag.split(['"', '\'']).nth(1).unwrap_or_default();
            return self.begin(style, "", Ends::Hint, number);
        }
        if name == "endhint"
            && let Some(place) = self.open.iter().rposition(|open| open.ends == Ends::Hint)
        {
            for open in self.open.split_off(place).into_iter().rev() {
                self.close(&open, number);
            }
            return;
        }
        if name == "embed"
            && let Some(url) = tag.split(['"', '\'']).nth(1)
        {
            return self.write(url, number);
        }
        if !name.starts_with("end") {
            self.out.marks.push((number, What::Mark(["{% ", name, " %}"].concat())));
        }
        self.write("", number);
    }

    fn begin(&mut self, kind: &str, title: &str, ends: Ends, number: u32) {
        if self.open.len() >= MOST_OPEN {
            self.out.marks.push((number, What::Deep));
            return self.write(&escaped(title), number);
        }
        let kind = kind.to_ascii_lowercase();
        if kind == "details" {
            self.write("", number);
            let title = if title.is_empty() { "…" } else { title };
            self.write(&["<details><summary>", &escaped(title), "</summary>"].concat(), number);
            self.write("", number);
            return self.open.push(Open { ends, tag: "</details>" });
        }
        let known = kind_of_mark(&kind).is_some();
        if !known {
            let mark = if ends == Ends::Indent { ["!!! ", &kind].concat() } else { [":::", &kind].concat() };
            self.out.marks.push((number, What::Mark(mark)));
        }
        self.write("", number);
        if !known && !title.is_empty() {
            self.write(&escaped(title), number);
            self.write("", number);
        }
        if known {
            let heading = if title.is_empty() {
                String::new()
            } else {
                ["<div class=\"title\">", &escaped(title), "</div>"].concat()
            };
            self.write(&["<aside class=\"callout ", &kind, "\">", &heading].concat(), number);
            self.write("", number);
        }
        self.open.push(Open { ends, tag: if known { "</aside>" } else { "" } });
    }

    fn close(&mut self, open: &Open, number: u32) {
        self.write("", number);
        if !open.tag.is_empty() {
            self.write(open.tag, number);
            self.write("", number);
        }
    }

    fn write(&mut self, line: &str, number: u32) {
        self.out.text.push_str(line);
        self.out.text.push('\n');
        self.out.lines.push(number);
    }
}

/// How many lines at the beginning describe the text: between two lines of `---` or of `+++`, names with their values and nothing
/// else.
fn front_matter(markdown: &str) -> usize {
    /// Longer ones are text.
    const MOST_LINES: usize = 200;
    let mut lines = markdown.lines().map(str::trim_end);
    let Some(fence @ ("---" | "+++")) = lines.next() else { return 0 };
    let sign = if fence == "---" { ':' } else { '=' };
    let is_pair = |line: &str| {
        let name = line.split(sign).next().unwrap_or_default().trim();
        line.contains(sign) && !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-.\"".contains(c))
    };
    let goes_on = |line: &str| line.starts_with([' ', '\t', '#', '[']) || line.starts_with("- ") || line.is_empty();
    let inside: Vec<&str> = lines.clone().take_while(|line| *line != fence).collect();
    let is_first_pair =
        inside.iter().find(|line| !line.is_empty() && !line.starts_with('#')).is_none_or(|line| is_pair(line));
    let is_whole = inside.len() <= MOST_LINES && inside.len() < lines.count();
    let has_pair = inside.is_empty() || inside.iter().any(|line| is_pair(line));
    let all = inside.iter().all(|line| is_pair(line) || goes_on(line));
    if is_whole && is_first_pair && has_pair && all { inside.len() + 2 } else { 0 }
}

/// Text in HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
