//! Something that is wrong with the machine.

/// One thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// `disk`, `database` or `clock`.
    pub(crate) part: &'static str,
    /// A sentence. Anybody may read it: it names no path and nobody.
    pub(crate) what: String,
    /// Whether visitors are refused or misled already; otherwise they soon may be.
    pub(crate) is_now: bool,
}

impl Trouble {
    pub(crate) fn now(part: &'static str, what: String) -> Self {
        Self { part, what, is_now: true }
    }

    pub(crate) fn soon(part: &'static str, what: String) -> Self {
        Self { part, what, is_now: false }
    }
}
