//! Something that was asked of the edge.

/// How far it has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Fetched<T> {
    /// On its way.
    #[default]
    Asked,
    /// It is here.
    Here(T),
    /// The edge could not be reached, or refused.
    Failed,
    /// The edge is older than this page and has no such thing.
    Absent,
}
