//! Marks that are open or begin, and how they end.

use super::meaning::Family;
use super::tag::Tag;

/// How a mark ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ends {
    /// With a line of as many colons as it began with, or more.
    Colons(usize),
    /// With as many of these signs, or more.
    Fence(char, usize),
    /// With `///`.
    Slashes,
    /// With the end of this name in its family.
    Named(Family, String),
    /// With the first line that is not indented.
    Indent,
    /// With a blank line.
    Blank,
}

/// How lines in a mark stand further to the right than what they become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shift {
    None,
    /// By four places.
    Four,
    /// As far as the first of them.
    First(Option<usize>),
}

/// A mark that is open.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) ends: Ends,
    pub(super) shift: Shift,
    /// How far to the right it stands.
    pub(super) at: usize,
    /// The end of its element; empty if it has none.
    pub(super) tail: &'static str,
    /// What stands before its lines.
    pub(super) prefix: String,
    pub(super) is_steps: bool,
}

/// A mark that begins.
pub(super) struct Begin<'a> {
    pub(super) tag: &'a Tag,
    pub(super) family: Family,
    pub(super) title: Option<&'a str>,
    pub(super) ends: Ends,
    pub(super) shift: Shift,
    /// As its writer knows it.
    pub(super) written: String,
    pub(super) number: u32,
}
