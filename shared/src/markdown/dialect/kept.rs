//! Text of which no line is looked at: how it ends.

use super::ahead::near;

/// How such a text ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verbatim {
    /// A fence of as many signs.
    Fence(char, usize),
    /// HTML whose text is shown as it is, or not at all, up to this.
    Html(&'static str),
    /// Nobody reads it, up to this.
    Comment(&'static str),
    /// Up to the tag that ends it.
    Tag(Kept),
}

/// What stands between two tags of a template that keep it from being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// Nobody reads it.
    Comment,
    /// It is code.
    Code,
    /// Marks of templates in it are text.
    Raw,
}

impl Kept {
    /// With one of these begins the tag that ends it.
    pub(super) fn ends(self) -> &'static [&'static str] {
        match self {
            Self::Comment => &["endcomment", "/comment", "/ comment"],
            Self::Code => &["endhighlight", "/highlight", "/ highlight"],
            Self::Raw => &["endraw", "endverbatim"],
        }
    }
}

impl Verbatim {
    /// Where the end begins in a line, and where it ends.
    pub(super) fn end_in(self, line: &str) -> Option<(usize, usize)> {
        match self {
            Self::Fence(sign, count) => {
                let text = line.trim();
                let is_end = text.chars().all(|c| c == sign) && text.len() >= count;
                is_end.then_some((line.len(), line.len()))
            }
            Self::Html(end) => line.to_ascii_lowercase().contains(end).then_some((line.len(), line.len())),
            Self::Comment(end) => line.find(end).map(|at| (at, at + end.len())),
            Self::Tag(kept) => line.match_indices('{').find_map(|(at, _)| Some((at, at + tag(line.get(at..)?, kept)?))),
        }
    }
}

/// The length of the tag at the beginning of a text, if it ends what is kept.
fn tag(text: &str, kept: Kept) -> Option<usize> {
    let (open, close) =
        super::braces::SIGNS.into_iter().find_map(|(open, close, _)| Some((text.strip_prefix(open)?, close)))?;
    let inside = open.trim_start_matches(['-', ' ']);
    let is_end = kept.ends().iter().any(|end| inside.starts_with(end));
    let end = near(inside).find(close).filter(|_| is_end)?;
    Some(text.len() - inside.len() + end + close.len())
}
