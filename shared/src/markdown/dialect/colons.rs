//! Marks that begin with colons.

use super::inline::short;
use super::marks::{Begin, Ends, Shift};
use super::meaning::{self, Family, Meaning};
use super::place::Prefix;
use super::tag::{self, Tag};
use super::writer::{Next, Writer};
use crate::html::{What, kind_of_mark};

impl Writer<'_> {
    /// `:::note Title`, `:::note[Title]`, `:::(Info) (Title)`, `:::{warning}`, and their end.
    pub(super) fn colons(&mut self, prefix: &mut Prefix, rest: &str, number: u32) -> Next {
        let colons = rest.bytes().take_while(|byte| *byte == b':').count();
        if colons < 3 {
            return Next::Text;
        }
        let said = rest.get(colons..).unwrap_or_default().trim();
        let is_end = |ends: &Ends| matches!(ends, Ends::Colons(begun) if *begun <= colons);
        let (said, is_empty) =
            said.strip_suffix(":::").map_or((said, false), |said| (said.trim_end_matches(':').trim(), true));
        if said.is_empty() || said.ends_with("-end") {
            if !self.end(is_end, number) {
                self.remark(number, What::Mark(short(rest)));
            }
            return Next::Done;
        }
        let (mut tag, title) = sign(said);
        tag.is_empty |= is_empty;
        let mut title = title;
        let is_unknown = meaning::meaning(&tag, Family::Sign) == Meaning::Unknown;
        if is_unknown
            && title.is_some()
            && !(tag.name.chars().all(|c| c.is_ascii_lowercase() || c == '-') && self.comes(":::", ""))
        {
            // Words that look like a mark.
            title = Some(String::from(said));
        }
        let written = [":::", &tag.name].concat();
        let begin = Begin {
            tag: &tag,
            family: Family::Sign,
            title: title.as_deref(),
            ends: Ends::Colons(colons),
            shift: Shift::None,
            written,
            number,
        };
        self.begin(prefix, begin);
        Next::Done
    }
}

/// What stands behind colons: a name with attributes, and a title.
fn sign(said: &str) -> (Tag, Option<String>) {
    let within = |text: &str, open: char, close: char| {
        text.trim()
            .strip_prefix(open)
            .and_then(|rest| rest.rsplit_once(close))
            .map(|(inside, _)| String::from(inside.trim()))
    };
    if let Some((kind, rest)) = said.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        let tag = Tag { name: kind.trim().to_ascii_lowercase(), ..Tag::default() };
        return (tag, within(rest, '(', ')').filter(|title| !title.is_empty()));
    }
    if let Some((name, rest)) = said.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        let mut tag = tag::read(name);
        let word = tag.name.trim_start_matches('.');
        let kind = word.split('-').find(|word| *word != "callout" && kind_of_mark(word).is_some()).unwrap_or(word);
        tag.name = String::from(kind);
        let title = Some(rest.trim()).filter(|title| !title.is_empty()).map(String::from);
        return (tag, title);
    }
    let end = said.find([' ', '[', '{', '(']).unwrap_or(said.len());
    let (name, rest) = said.split_at_checked(end).unwrap_or((said, ""));
    let (words, values) = match rest.find('{') {
        Some(at) => rest.split_at_checked(at).unwrap_or((rest, "")),
        None if rest.contains("=\"") => ("", rest),
        None => (rest, ""),
    };
    let tag = tag::read(&[name, " ", values.trim().trim_start_matches('{').trim_end_matches('}')].concat());
    let title = within(words, '[', ']').unwrap_or_else(|| String::from(words.trim()));
    (tag, Some(title).filter(|title| !title.is_empty()))
}
