//! Storage that remembers every call that changes something.

use shared::conversation::*;
use shared::ids::EventId;
use shared::protocol::*;
use std::cell::RefCell;

/// Remembers every call that changes something, in order.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) calls: RefCell<Vec<Call>>,
    pub(crate) fed: RefCell<Seq>,
}

/// A feed that takes whatever it is told to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Archive;

impl Feed for Archive {
    const ALL: &'static [Self] = &[Archive];
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Call {
    Arm(Millis),
    Write(Vec<Write>),
}

impl Memory {
    pub(crate) fn writes(&self) -> Vec<Write> {
        let writes = |call: &Call| if let Call::Write(writes) = call { writes.clone() } else { Vec::new() };
        self.calls.borrow().iter().flat_map(writes).collect()
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        let event = |write| if let Write::Append(entry) = write { Some(entry.event) } else { None };
        self.writes().into_iter().filter_map(event).collect()
    }
}

impl Store for Memory {
    type Error = ApiError;
    type Feed = Archive;

    fn meta(&self) -> Result<Option<Meta>, ApiError> {
        Ok(self.writes().into_iter().fold(None, |meta: Option<Meta>, write| match write {
            Write::Begin(meta) => Some(meta),
            Write::Read(read) => meta.map(|meta| Meta { read, ..meta }),
            Write::Attend(agent, at) => meta.map(|meta| Meta { attended: Some((agent, at)), ..meta }),
            Write::Changed { revision, granted } => meta.map(|meta| Meta { revision, granted, ..meta }),
            Write::Granted(granted) => meta.map(|meta| Meta { granted, ..meta }),
            _ => meta,
        }))
    }

    fn events_after(&self, have: Seq) -> Result<Vec<Event>, ApiError> {
        Ok(self.events().into_iter().filter(|event| event.seq > have).collect())
    }

    fn entry(&self, id: &EventId) -> Result<Option<Entry>, ApiError> {
        let entry = |write| if let Write::Append(entry) = write { Some(entry) } else { None };
        Ok(self.writes().into_iter().filter_map(entry).find(|entry| entry.event.id == *id))
    }

    fn owed(&self) -> Result<Option<Owed>, ApiError> {
        let owed = self.writes().into_iter().fold(Vec::new(), |mut owed: Vec<Owed>, write| {
            match write {
                Write::Owe(event) => owed.push(Owed { event, tries: 0 }),
                Write::Failed(event) => {
                    owed.iter_mut().filter(|one| one.event == event).for_each(|one| one.tries += 1);
                }
                Write::Done(event) => owed.retain(|one| one.event != event),
                _ => {}
            }
            owed
        });
        Ok(owed.into_iter().next())
    }

    fn behind(&self) -> Result<Vec<Mirror>, ApiError> {
        let told = |mirror, revision| self.writes().contains(&Write::Acknowledged(mirror, revision));
        let revision = self.meta()?.map_or(0, |meta| meta.revision);
        let is_behind = |mirror: &Mirror| revision > 0 && !told(*mirror, revision);
        Ok(Mirror::ALL.into_iter().filter(is_behind).collect())
    }

    fn clock_sets(&self) -> Result<Vec<ClockSet>, ApiError> {
        let set = |write| if let Write::ClockSet(set) = write { Some(set) } else { None };
        Ok(self.writes().into_iter().filter_map(set).collect())
    }

    fn seen_over(&self) -> Result<Option<Millis>, ApiError> {
        let seen = |write| if let Write::SeenOver(at) = write { Some(at) } else { None };
        Ok(self.writes().into_iter().filter_map(seen).next_back())
    }

    fn fed(&self, Archive: Archive) -> Result<Seq, ApiError> {
        Ok(*self.fed.borrow())
    }

    fn acknowledge(&self, Archive: Archive, up_to: Seq) -> Result<(), ApiError> {
        self.fed.replace(up_to);
        Ok(())
    }

    fn taught(&self) -> Result<Seq, ApiError> {
        let taught = |write| if let Write::Taught(up_to) = write { Some(up_to) } else { None };
        Ok(self.writes().into_iter().filter_map(taught).next_back().unwrap_or_default())
    }

    fn uncounted(&self) -> Result<Vec<Counted>, ApiError> {
        Ok(self.writes().into_iter().fold(Vec::new(), |mut facts: Vec<Counted>, write| {
            match write {
                Write::Count(fact) => facts.push(fact),
                Write::Recount(revision) => facts.iter_mut().for_each(|fact| fact.revision = revision),
                Write::Acknowledged(Mirror::Inbox, revision) => facts.retain(|fact| fact.revision > revision),
                _ => {}
            }
            facts
        }))
    }

    fn arm(&self, at: Millis) -> Result<(), ApiError> {
        self.calls.borrow_mut().push(Call::Arm(at));
        Ok(())
    }

    fn write(&self, writes: &[Write]) -> Result<(), ApiError> {
        self.calls.borrow_mut().push(Call::Write(writes.to_vec()));
        Ok(())
    }
}
