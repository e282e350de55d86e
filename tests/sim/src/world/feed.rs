//! A feed that keeps every event, to see that each comes once and in order.

use shared::conversation::{Feed, news};
use shared::protocol::{Event, Seq};

use crate::Bug;

/// The one feed of each conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TestFeed {
    Archive,
}

impl Feed for TestFeed {
    const ALL: &'static [Self] = &[TestFeed::Archive];
}

/// The object behind the feed. What it has taken outlives everything, as it would be stored.
#[derive(Debug, Clone, Default)]
pub(crate) struct Archive {
    pub(crate) events: Vec<Event>,
}

impl Archive {
    /// Takes a batch and says up to which event it has everything.
    pub(crate) fn take(&mut self, batch: &[Event], bug: Option<Bug>) -> Seq {
        match bug {
            Some(Bug::FeedTakenTwice) => self.events.extend(batch.iter().cloned()),
            _ => {
                let news = news(self.has(), batch).to_vec();
                self.events.extend(news);
            }
        }
        self.has()
    }

    fn has(&self) -> Seq {
        self.events.last().map_or(0, |event| event.seq)
    }
}
