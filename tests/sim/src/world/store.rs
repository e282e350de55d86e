//! The storage of an object: what is in it outlives a crash, and a crash can come before any write.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use shared::conversation::{ClockSet, Counted, Entry, Meta, Mirror, Owed, Store, Write};
use shared::ids::EventId;
use shared::protocol::{ApiError, ErrorCode, Event, Millis, Seq};

use super::feed::TestFeed;
use crate::Bug;

/// Why a call of the object came to nothing.
#[derive(Debug)]
pub(crate) enum Broken {
    /// The process is gone. Nobody is told anything.
    Crash,
    /// It was refused, and the caller is told.
    Refused(ApiError),
}

impl From<ApiError> for Broken {
    fn from(error: ApiError) -> Self {
        Broken::Refused(error)
    }
}

/// What is on the disk.
#[derive(Debug, Clone, Default)]
pub(crate) struct Disk {
    pub(crate) meta: Option<Meta>,
    pub(crate) entries: Vec<Entry>,
    by_id: BTreeMap<EventId, usize>,
    pub(crate) owed: Vec<Owed>,
    pub(crate) behind: BTreeMap<Mirror, u32>,
    fed: Seq,
    taught: Seq,
    pub(crate) facts: Vec<Counted>,
    pub(crate) clocks: Vec<ClockSet>,
    over_at: Option<Millis>,
    /// When the alarm is set for, by the server's clock.
    pub(crate) alarm: Option<Millis>,
}

/// One object's storage.
#[derive(Debug, Clone, Default)]
pub(crate) struct MemStore {
    pub(crate) disk: RefCell<Disk>,
    /// The server's clock.
    pub(crate) now: Cell<Millis>,
    /// How many more writes succeed before the process dies; none if it lives on.
    pub(crate) fuse: Cell<Option<u64>>,
    pub(crate) bug: Option<Bug>,
    /// An alarm that a planted bug sets too late.
    late_alarm: Cell<Option<Millis>>,
}

impl MemStore {
    pub(crate) fn new(bug: Option<Bug>) -> Self {
        Self { bug, ..Self::default() }
    }

    pub(crate) fn has(&self, id: &EventId) -> bool {
        self.disk.borrow().by_id.contains_key(id)
    }

    /// What is lost when the process dies: nothing, if it is right.
    pub(crate) fn crash(&self) {
        self.fuse.set(None);
        self.late_alarm.set(None);
        let mut disk = self.disk.borrow_mut();
        match self.bug {
            Some(Bug::OwedForgottenAtCrash) => disk.owed.clear(),
            Some(Bug::UntoldForgottenAtCrash) => disk.behind.clear(),
            Some(Bug::FactsForgottenAtCrash) => disk.facts.clear(),
            _ => {}
        }
    }

    /// What is lost when the object sleeps: nothing, if it is right.
    pub(crate) fn sleep(&self, included: u32) {
        if self.bug == Some(Bug::GrantForgottenAtSleep) {
            self.disk.borrow_mut().meta.iter_mut().for_each(|meta| meta.granted = included);
        }
    }

    /// All that is stored is deleted.
    pub(crate) fn wipe(&self) {
        self.fuse.set(None);
        *self.disk.borrow_mut() = Disk::default();
    }

    fn burn(&self) -> Result<(), Broken> {
        match self.fuse.get() {
            None => Ok(()),
            Some(0) => Err(Broken::Crash),
            Some(left) => {
                self.fuse.set(Some(left - 1));
                Ok(())
            }
        }
    }
}

impl Store for MemStore {
    type Error = Broken;
    type Feed = TestFeed;

    fn meta(&self) -> Result<Option<Meta>, Broken> {
        Ok(self.disk.borrow().meta.clone())
    }

    fn events_after(&self, have: Seq) -> Result<Vec<Event>, Broken> {
        let disk = self.disk.borrow();
        Ok(disk.entries.iter().skip(have as usize).map(|entry| entry.event.clone()).collect())
    }

    fn entry(&self, id: &EventId) -> Result<Option<Entry>, Broken> {
        let disk = self.disk.borrow();
        let entry = disk.by_id.get(id).map(|at| disk.entries[*at].clone());
        // What the assistant still owes is looked up by id, too; that is not what the planted bugs are about.
        let is_owed = disk.owed.iter().any(|owed| owed.event == *id);
        let is_forgotten = self.bug == Some(Bug::NoDedupe) && !is_owed && id.is_original();
        Ok(entry.filter(|_| !is_forgotten))
    }

    fn owed(&self) -> Result<Option<Owed>, Broken> {
        Ok(self.disk.borrow().owed.first().cloned())
    }

    fn behind(&self) -> Result<Vec<Mirror>, Broken> {
        Ok(self.disk.borrow().behind.keys().copied().collect())
    }

    fn fed(&self, TestFeed::Archive: TestFeed) -> Result<Seq, Broken> {
        Ok(self.disk.borrow().fed)
    }

    fn acknowledge(&self, TestFeed::Archive: TestFeed, up_to: Seq) -> Result<(), Broken> {
        self.burn()?;
        self.disk.borrow_mut().fed = up_to;
        Ok(())
    }

    fn taught(&self) -> Result<Seq, Broken> {
        Ok(self.disk.borrow().taught)
    }

    fn clock_sets(&self) -> Result<Vec<ClockSet>, Broken> {
        Ok(self.disk.borrow().clocks.clone())
    }

    fn seen_over(&self) -> Result<Option<Millis>, Broken> {
        Ok(self.disk.borrow().over_at)
    }

    fn uncounted(&self) -> Result<Vec<Counted>, Broken> {
        Ok(self.disk.borrow().facts.clone())
    }

    fn arm(&self, at: Millis) -> Result<(), Broken> {
        if self.bug == Some(Bug::AlarmAfterWrite) {
            self.late_alarm.set(Some(at));
            return Ok(());
        }
        self.burn()?;
        self.disk.borrow_mut().ring_by(at, self.now.get());
        Ok(())
    }

    fn write(&self, writes: &[Write]) -> Result<(), Broken> {
        self.burn()?;
        self.disk.borrow_mut().put_all(writes, self.bug)?;
        if let Some(at) = self.late_alarm.take() {
            self.burn()?;
            self.disk.borrow_mut().ring_by(at, self.now.get());
        }
        Ok(())
    }
}

impl Disk {
    /// The alarm is set, unless it rings before that and not only in the past, as the edge sets it.
    fn ring_by(&mut self, at: Millis, now: Millis) {
        if !self.alarm.is_some_and(|rings| rings > now && rings <= at) {
            self.alarm = Some(at);
        }
    }

    /// All of it or nothing, as a transaction has it; no id is taken twice.
    fn put_all(&mut self, writes: &[Write], bug: Option<Bug>) -> Result<(), Broken> {
        let is_known =
            |write: &Write| matches!(write, Write::Append(entry) if self.by_id.contains_key(&entry.event.id));
        let is_again = writes.iter().any(is_known);
        if is_again && !matches!(bug, Some(Bug::NoDedupe | Bug::DoneNotWithAnswer)) {
            return Err(Broken::Refused(ApiError::new(ErrorCode::Internal)));
        }
        let answers = writes.iter().any(|write| matches!(write, Write::Append(_)));
        let is_lost = |write: &Write| {
            bug == Some(Bug::DoneNotWithAnswer) && answers && !is_again && matches!(write, Write::Done(_))
        };
        writes.iter().filter(|write| !is_lost(write)).for_each(|write| self.put(write));
        Ok(())
    }

    fn put(&mut self, write: &Write) {
        match write {
            Write::Begin(meta) => self.meta = Some(meta.clone()),
            Write::Append(entry) => {
                self.by_id.insert(entry.event.id.clone(), self.entries.len());
                self.entries.push(entry.clone());
            }
            Write::Owe(event) => self.owed.push(Owed { event: event.clone(), tries: 0 }),
            Write::Failed(event) => {
                self.owed.iter_mut().filter(|owed| owed.event == *event).for_each(|owed| owed.tries += 1);
            }
            Write::Done(event) => self.owed.retain(|owed| owed.event != *event),
            Write::Read(read) => self.meta.iter_mut().for_each(|meta| meta.read = *read),
            Write::Attend(agent, at) => {
                self.meta.iter_mut().for_each(|meta| meta.attended = Some((agent.clone(), *at)));
            }
            Write::Count(counted) => self.facts.push(counted.clone()),
            Write::Recount(revision) => self.facts.iter_mut().for_each(|counted| counted.revision = *revision),
            Write::ClockSet(set) => self.clocks.push(*set),
            Write::SeenOver(at) => self.over_at = Some(*at),
            Write::Changed { revision, granted } => {
                self.meta.iter_mut().for_each(|meta| (meta.revision, meta.granted) = (*revision, *granted));
                self.behind = Mirror::ALL.into_iter().map(|mirror| (mirror, *revision)).collect();
            }
            Write::Taught(up_to) => self.taught = *up_to,
            Write::Granted(granted) => self.meta.iter_mut().for_each(|meta| meta.granted = *granted),
            Write::Acknowledged(mirror, revision) => {
                self.behind.retain(|other, held| other != mirror || *held > *revision);
                if *mirror == Mirror::Inbox {
                    self.facts.retain(|counted| counted.revision > *revision);
                }
            }
        }
    }
}
