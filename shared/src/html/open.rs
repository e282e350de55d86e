//! What a `Builder` knows of the elements around the text that it reads.

/// An element that is open.
pub(super) struct Open {
    pub(super) name: String,
    /// What was open before it.
    pub(super) frames: usize,
    pub(super) marks: usize,
    pub(super) is_preformatted: bool,
}

/// An element that is left out, and those of its name in it.
pub(super) struct Skipped {
    pub(super) name: String,
    pub(super) depth: u32,
    /// What a video is called, if its address is still to come.
    pub(super) media: Option<String>,
}

impl Skipped {
    /// An element that has just begun.
    pub(super) fn new(name: &str, media: Option<String>) -> Self {
        Self { name: String::from(name), depth: 1, media }
    }
}
