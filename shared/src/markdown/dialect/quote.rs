//! Quotations that are callouts: `> [!note] Title`, `> 📘 Title`, and those that the line before or after names.

use super::marks::{Begin, Ends, Shift};
use super::meaning::{Family, by_sign};
use super::place::{Line, Prefix};
use super::tag::{self, Tag};
use super::writer::Writer;
use crate::html::{What, kind_of_mark};

/// Quotations in one another. The marks in more of them are text.
const MOST_QUOTES: usize = 6;

impl Writer<'_> {
    /// A quotation, which goes on as long as lines begin with its sign.
    pub(super) fn quote(&mut self, prefix: &mut Prefix, rest: &str, number: u32) {
        let first = if self.is_broken { [rest, "  "].concat() } else { String::from(rest) };
        let mut inside: Vec<(u32, String)> = vec![(number, unquoted(&first))];
        while self.depth < MOST_QUOTES
            && let Some(line) = self.lines.get(self.at).copied()
        {
            let (placed, ended) = self.placed(line.text, false);
            let text = placed.trim_start();
            if ended.is_some() || !text.starts_with('>') {
                break;
            }
            inside.push((line.number, unquoted(text)));
            self.at += 1;
        }
        if self.depth >= MOST_QUOTES {
            return self.put(prefix, rest, number);
        }
        let place = self.open.len();
        let is_callout = self.begin_quote(prefix, &mut inside, number);
        let lines: Vec<Line<'_>> = inside.iter().map(|(number, text)| Line { number: *number, text }).collect();
        let plain = Writer::new(&lines, self.setting, self.depth + 1).run();
        for (line, number) in plain.text.lines().zip(plain.lines) {
            if is_callout {
                self.put(prefix, line, number);
            } else {
                let before = prefix.take();
                let quoted = [before.as_str(), "> ", line].concat();
                // Two spaces at the end of a line with words break it there.
                self.write(if line.trim().is_empty() { quoted.trim_end() } else { &quoted }, number);
            }
        }
        self.out.marks.extend(plain.marks);
        let last = inside.last().map_or(number, |(number, _)| *number);
        self.close_from(place, last);
    }

    /// What a quotation is, by its first line and what was said of it. The words in that line are its title.
    fn begin_quote(&mut self, prefix: &mut Prefix, inside: &mut Vec<(u32, String)>, number: u32) -> bool {
        let first = inside.first().map(|(_, text)| text.trim().to_string()).unwrap_or_default();
        let has_more = inside.iter().skip(1).any(|(_, text)| !text.trim().is_empty());
        let mut tag = Tag { name: String::from("callout"), ..Tag::default() };
        let mut title = String::new();
        let after = self.lines.get(self.at).map(|line| line.text.trim()).and_then(super::class::class_of);
        if let Some((mark, rest)) = first.strip_prefix("[!").and_then(|rest| rest.split_once(']')) {
            let (word, _) = mark.split_once(['|', ' ']).unwrap_or((mark, ""));
            match word.to_ascii_lowercase().as_str() {
                "video" => tag = tag::read(&mark.replacen(word, "embed", 1)),
                "div" | "include" => return self.leave_first(inside, &["[!", mark, "]"].concat(), rest, number),
                kind if kind_of_mark(kind).is_some() => tag.values.push(String::from(kind)),
                _ => title.push_str(word),
            }
            let rest = rest.trim_start_matches(['-', '+']).trim();
            if !rest.is_empty() {
                title = String::from(rest);
            }
            inside.remove(0);
        } else if let Some((kind, rest)) = by_sign(&first).filter(|(_, rest)| has_more || !rest.is_empty()) {
            tag.values.push(String::from(kind));
            if has_more {
                title.push_str(rest.trim_start_matches('#').trim());
                inside.remove(0);
            } else if let Some((_, text)) = inside.first_mut() {
                *text = String::from(rest);
            }
        } else if let Some(class) = self.pending.take().or_else(|| after.inspect(|_| self.at += 1)) {
            if let Some(kind) = class.strip_suffix("-title") {
                title = first;
                inside.remove(0);
                tag.values.push(String::from(kind));
            } else {
                tag.values.push(class);
            }
        } else {
            return false;
        }
        let title = Some(title.as_str()).filter(|title| !title.is_empty());
        let written = String::from("> [!]");
        self.begin(
            prefix,
            Begin { tag: &tag, family: Family::Sign, title, ends: Ends::Blank, shift: Shift::None, written, number },
        );
        true
    }

    fn leave_first(&mut self, inside: &mut [(u32, String)], mark: &str, rest: &str, number: u32) -> bool {
        self.remark(number, What::Mark(super::inline::short(mark)));
        if let Some((_, text)) = inside.first_mut() {
            *text = String::from(rest.trim());
        }
        true
    }
}

/// A line without the sign of a quotation.
fn unquoted(line: &str) -> String {
    let rest = line.strip_prefix('>').unwrap_or(line);
    String::from(rest.strip_prefix(' ').unwrap_or(rest))
}
