//! The glimpse of a reply that came while the panel is closed. It stands in the panel's own frame, in a small form beside the
//! launcher: the host page learns that there is one, and not what it says.

use crate::io::host;
use crate::model::preview::Preview;
use crate::panel::Panel;
use shared::protocol::{Status, Thread, What};

impl Panel {
    /// What is to be shown beside the launcher; none while the panel is open, and of what was dismissed.
    pub(super) fn preview(self) -> Option<Preview> {
        if self.shown.get() {
            return None;
        }
        let preview = self.of_followed().or_else(|| self.of_others())?;
        self.dismissed.with(|dismissed| dismissed.as_ref() != Some(&preview)).then_some(preview)
    }

    fn of_followed(self) -> Option<Preview> {
        self.log.with(|log| {
            let log = log.as_ref()?;
            let (from, what) = log.preview()?;
            let from = from.map_or_else(|| self.by_the_assistant(), String::from);
            let text = match what {
                What::Said { text } | What::Answered { text, .. } => text.clone(),
                // A title by itself would read like news.
                What::Suggested { articles } => {
                    let title = articles.first().map_or("", |article| article.title.as_str());
                    [&self.t("suggested")(), " ", title].concat()
                }
                // The rest says nothing to a visitor.
                _ => self.t("found_nothing")(),
            };
            Some(Preview { thread: log.id().clone(), from, text })
        })
    }

    /// Of a thread that is not followed, only the last line is known.
    fn of_others(self) -> Option<Preview> {
        let of_site = self.settings.with(|settings| settings.name.clone());
        self.list.with(|list| {
            let thread = list.fresh()?;
            // The speaker is not known; where it is the assistant's turn, nobody of the team has spoken.
            let from = if thread.status == Status::Automatic { self.by_the_assistant() } else { of_site };
            Some(Preview { thread: thread.id.clone(), from, text: self.last_of(thread) })
        })
    }

    /// The assistant's name, with the mark of what is automatic.
    fn by_the_assistant(self) -> String {
        [&self.t("assistant")(), " · ", &self.t("automatic")()].concat()
    }

    /// The last line of a thread, for the lists.
    pub(super) fn last_of(self, thread: &Thread) -> String {
        if thread.last.is_empty() { self.t("suggested")() } else { thread.last.clone() }
    }

    /// The visitor wants to read it.
    pub(super) fn open_preview(self) {
        if let (Some(preview), Some(host)) = (self.preview(), self.host()) {
            host::tell(&host, "open");
            self.reading.set(None);
            self.open_thread(preview.thread);
        }
    }

    /// The visitor does not want to see it now. It stays unread.
    pub(super) fn dismiss_preview(self) {
        let preview = self.preview();
        self.dismissed.set(preview);
    }
}
