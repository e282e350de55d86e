//! Tags of templates and shortcodes at the beginning of a line.

use super::inline::short;
use super::kept::{Kept, Verbatim};
use super::marks::{Begin, Ends, Shift};
use super::meaning::{self, Family, Meaning};
use super::place::Prefix;
use super::tag::Tag;
use super::writer::Writer;
use crate::html::What;

impl Writer<'_> {
    /// A tag between these signs, before this text.
    pub(super) fn template(
        &mut self,
        prefix: &mut Prefix,
        tag: &Tag,
        signs: (&str, &str, Family),
        after: &str,
        number: u32,
    ) {
        let (open, close, family) = signs;
        let ended = tag.name.strip_prefix("end").filter(|_| family == Family::Template);
        if tag.is_end || ended.is_some() {
            let name = ended.unwrap_or(&tag.name).to_ascii_lowercase();
            let name = name.trim_start_matches('_');
            let is = |ends: &Ends| matches!(ends, Ends::Named(known, open) if *known == family && (open == name || name.is_empty()));
            self.end(is, number);
            return;
        }
        let kept = match meaning::meaning(tag, family) {
            Meaning::Comment => Some(Kept::Comment),
            Meaning::Raw => Some(Kept::Raw),
            Meaning::Code => Some(Kept::Code),
            _ => None,
        };
        let written = [open, " ", &tag.name, " ", close].concat();
        if let Some(kept) = kept {
            if !kept.ends().iter().any(|end| self.comes(end, after)) {
                return self.remark(number, What::Mark(short(&written)));
            }
            if kept == Kept::Code {
                let language = tag.values.first().map(String::as_str).unwrap_or_default();
                self.blank(number);
                self.put(prefix, &["``````", language].concat(), number);
            }
            self.verbatim = Some(Verbatim::Tag(kept));
            return;
        }
        let ends = Ends::Named(family, tag.name.to_ascii_lowercase());
        self.begin(prefix, Begin { tag, family, title: None, ends, shift: Shift::None, written, number });
    }
}
