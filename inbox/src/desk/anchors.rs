//! The elements to which the desk leads the keyboard's focus.

/// The field in which the reply is written.
pub(crate) const REPLY_FIELD: &str = "reply";
/// The heading of the open conversation, where reading begins.
pub(crate) const THREAD_TITLE: &str = "thread-title";
/// The heading of a page that is not of conversations.
pub(crate) const PAGE_TITLE: &str = "page-title";
/// The button that says whose the open conversation is and where it lies.
pub(crate) const PLACING_BUTTON: &str = "placing";
