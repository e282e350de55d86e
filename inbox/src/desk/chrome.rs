//! What is shown around the conversations: the link's state, the clock, dialogs, notices.

use crate::io::browser;
use crate::words::t;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::ids::ConversationId;
use shared::protocol::{AgentAction, Millis, Placement};

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

/// Something that was just done in a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Done {
    /// What, in a few words.
    pub(crate) text: String,
    /// Where.
    pub(crate) conversation: ConversationId,
    /// What undoes it; none if it was not done, and somebody has to look.
    pub(crate) undo: Option<AgentAction>,
    /// Where it lies after that, if it was put there: once somebody else has put it elsewhere, there is nothing to undo.
    pub(crate) made: Option<Placement>,
}

/// As long as it takes to notice, read and reach for the key.
const DONE_MS: Millis = 12_000;

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
    /// What was just done, and how it is undone.
    pub(crate) done: RwSignal<Option<Done>>,
    done_timer: StoredValue<Option<Timeout>, LocalStorage>,
    /// When a conversation was resolved last.
    pub(super) resolved_at: StoredValue<Millis>,
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
            done: RwSignal::default(),
            done_timer: StoredValue::new_local(None),
            resolved_at: StoredValue::new(0),
            copied: RwSignal::default(),
        }
    }

    /// Says what was done, for the eyes and for the ears, and for a while how it is undone. Everything can be undone by other ways
    /// as well, so nothing is lost with the bar.
    pub(super) fn say_done(self, said: String, done: Done) {
        // The same words again are said again only if the text is another one.
        let is_same = self.notice.with_untracked(|notice| *notice == said);
        self.notice.set(if is_same { [&said, "\u{a0}"].concat() } else { said });
        self.done.set(Some(done));
        let go = move || {
            self.done.try_set(None);
        };
        self.done_timer.set_value(Some(browser::later(DONE_MS, go)));
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
