//! Teaching the library: all lessons of the conversation at once, whenever they have changed.
//!
//! The lessons are a fold over the log, so that nothing is stored for them but up to which event the library has them. A conversation
//! without lessons makes no call and no write for that.

use super::flights::Errand;
use super::others::Lost;
use super::work::{Step, Teaching, Work};
use super::{Feed, Machine, begun};
use crate::conversation::store::{Held, Store, Write};
use crate::learning::{Lesson, Lessons};
use crate::protocol::{Author, Millis, Seq, What};

impl<F: Feed> Machine<F> {
    /// Whether the library lacks something.
    pub(super) fn is_to_teach<S: Store<Feed = F>>(&mut self, store: &S) -> Result<bool, S::Error> {
        let changed_at = self.folded(store)?.lessons.changed_at();
        Ok(changed_at > 0 && store.taught()? < changed_at)
    }

    /// Teaches what the library lacks, if nobody does it just now.
    pub(super) fn teach<S: Store<Feed = F>>(&mut self, store: &S, now: Millis) -> Result<Option<Step<F>>, S::Error> {
        if !self.is_to_teach(store)? || !self.flights.may_start(&Errand::Teach, now) {
            return Ok(None);
        }
        let lessons = self.folded(store)?.lessons.clone();
        let teaching = Teaching {
            revision: begun(store)?.revision,
            up_to: lessons.changed_at(),
            names: names(store)?,
            lessons: with_texts(store, &lessons)?,
        };
        self.flights.start(Errand::Teach, teaching.revision, now);
        Ok(Some(Step::Do(Work::Teach(teaching))))
    }

    /// The library has the lessons, or they were lost on the way.
    pub(super) fn taught<S: Store<Feed = F>>(
        &mut self,
        store: &S,
        revision: u32,
        up_to: Seq,
        answer: Result<Held, Lost>,
        now: Millis,
    ) -> Result<(), S::Error> {
        let Ok(held) = answer else {
            self.flights.fail(Errand::Teach, revision);
            return Ok(());
        };
        self.flights.land(&Errand::Teach, revision);
        if held.agrees && held.revision <= begun(store)?.revision {
            return if store.taught()? < up_to { store.write(&[Write::Taught(up_to)]) } else { Ok(()) };
        }
        self.jump_over(store, held, now)
    }
}

/// The lessons with the texts of their messages.
fn with_texts<S: Store>(store: &S, lessons: &Lessons) -> Result<Vec<Lesson>, S::Error> {
    let mut all = Vec::new();
    for one in lessons.all() {
        if let Some(What::Said { text }) = store.entry(&one.message)?.map(|entry| entry.event.what) {
            let (message, locale, outcome) = (one.message.clone(), one.locale.clone(), one.outcome.clone());
            all.push(Lesson { message, text, locale, outcome });
        }
    }
    Ok(all)
}

/// What the agents are called who have written, each once.
fn names<S: Store>(store: &S) -> Result<Vec<String>, S::Error> {
    let mut names = Vec::new();
    for event in store.events_after(0)? {
        if let Author::Agent { name, .. } = event.by
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    Ok(names)
}
