//! What is shown around the conversations: the link's state, the clock, dialogs, notices.

use crate::io::browser;
use crate::words::t;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::protocol::Millis;

/// What lies over the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Overlay {
    /// The keys.
    Help,
    /// The picker.
    Picker,
    /// Whose the open conversation is, where it lies, how soon it wants an answer.
    Assign,
    /// Until when it is out of sight.
    Snooze,
}

/// Whether the edge is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Link {
    /// Not yet.
    Connecting,
    /// What happens is seen at once.
    Live,
    /// Only by asking again and again.
    Slow,
    /// Not now.
    Lost,
}

/// The page around the conversations.
#[derive(Clone, Copy)]
pub(crate) struct Chrome {
    /// Whether the edge is there.
    pub(crate) link: RwSignal<Link>,
    /// The time, as often as it is worth drawing again.
    pub(crate) now: RwSignal<Millis>,
    /// What lies over the page.
    pub(crate) overlay: RwSignal<Option<Overlay>>,
    /// Whether the side with the context is shown where there is no room for it.
    pub(crate) details: RwSignal<bool>,
    /// The last thing that a screen reader should say by itself.
    pub(crate) notice: RwSignal<String>,
    /// What was copied last from this page.
    pub(crate) copied: RwSignal<String>,
}

impl Chrome {
    /// A page over which nothing lies.
    pub(super) fn new() -> Self {
        Self {
            link: RwSignal::new(Link::Connecting),
            now: RwSignal::new(browser::now()),
            overlay: RwSignal::new(None),
            details: RwSignal::new(false),
            notice: RwSignal::default(),
            copied: RwSignal::default(),
        }
    }

    /// Puts a text where other programs can take it, and says so.
    pub(crate) fn copy(self, text: String) {
        spawn_local(async move {
            let is_copied = browser::copy(&text).await;
            self.notice.try_set(String::from(if is_copied { t("copied") } else { t("not_copied") }));
            self.copied.try_set(if is_copied { text } else { String::new() });
        });
    }
}
