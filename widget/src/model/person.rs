//! The way to a person, as it stands below the composer.

/// What stands where the way to a person is. There is always one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    /// A button.
    Ask,
    /// It was asked for and is being told to the edge.
    Asking,
    /// The team has it.
    Here,
}
