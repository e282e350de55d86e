//! How far the team was reminded of a visitor who waits.

/// The last thing that the team heard of a wait. The order is that in which they follow each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reminded {
    /// Nothing yet.
    #[default]
    Nothing,
    /// That somebody has to be answered.
    Back,
    /// That a promise is broken.
    Late,
}
