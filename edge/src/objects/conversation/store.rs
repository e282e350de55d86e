//! The tables of a conversation: its log, what is still to be told to other objects, and what the assistant owes.

mod clocks;
mod lessons;

use super::super::alarm::Alarm;
use crate::failure::Failure;
use crate::platform::{stored, transaction};
use crate::sql;
use crate::tables::{Layout, Tables};
use serde::Deserialize;
use shared::conversation::{ClockSet, Counted, Entry, Meta, Mirror, Owed, Store, Write};
use shared::ids::{AgentId, ConversationId, EventId, VisitorId, WorkspaceId};
use shared::protocol::{ErrorCode, Event, Millis, ReadMarks, Seq};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::convert::Infallible;
use worker::{SqlStorageValue, State, Storage};

const LAYOUT: Layout = Layout { steps: &[&[FIRST], &[clocks::SECOND]], mend: mend_first_layout };

/// The tables of version 1.
const FIRST: &str = "
CREATE TABLE IF NOT EXISTS meta (
    id INTEGER PRIMARY KEY CHECK (id = 1), workspace TEXT NOT NULL, conversation TEXT NOT NULL, visitor TEXT NOT NULL,
    revision INTEGER NOT NULL, read_visitor INTEGER NOT NULL, read_agent INTEGER NOT NULL, attended_by TEXT, attended_at INTEGER,
    granted INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS events (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL, digest TEXT, revision INTEGER NOT NULL, granted INTEGER NOT NULL, json TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS owed (event TEXT PRIMARY KEY, tries INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS told (target TEXT PRIMARY KEY, revision INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS facts (revision INTEGER NOT NULL, json TEXT NOT NULL);
";

/// What a conversation of the oldest layout lacks, in which a message was three rows. Its ids have an index, too, which may
/// stay.
const LACKING: &str = "
ALTER TABLE meta ADD COLUMN granted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE events ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE events ADD COLUMN granted INTEGER NOT NULL DEFAULT 0;
";

/// The tables name the mirrors.
fn name(mirror: Mirror) -> &'static str {
    match mirror {
        Mirror::Inbox => "inbox",
        Mirror::Visitor => "visitor",
    }
}

/// The stored conversation. Statements are synchronous: what happens between two awaits is one step.
///
/// A message is one row in one page, since what is written is what takes the time, and what is paid for. So an event's row
/// carries the revision and the grant that come with it, in the place of a second row; and the ids of events are known by a
/// map in memory, which is read from the log when it is first asked, in the place of an index.
pub(super) struct ConversationStore {
    storage: Storage,
    alarm: Alarm,
    /// What the row of `meta` says; none while it was not read since it last changed.
    meta: RefCell<Option<Meta>>,
    tables: Tables,
    /// Where each event is; none while the log was not read. The ids are clients' choice, so it is no hash table.
    numbers: RefCell<Option<BTreeMap<EventId, Seq>>>,
}

#[derive(Deserialize)]
struct MetaRow {
    workspace: WorkspaceId,
    conversation: ConversationId,
    visitor: VisitorId,
    revision: u32,
    read_visitor: Seq,
    read_agent: Seq,
    attended_by: Option<AgentId>,
    attended_at: Option<Millis>,
    granted: u32,
    last_revision: Option<u32>,
    last_granted: Option<u32>,
}

#[derive(Deserialize)]
struct ColumnRow {
    name: String,
}

#[derive(Deserialize)]
struct NumberRow {
    seq: Seq,
    id: EventId,
}

#[derive(Deserialize)]
struct EntryRow {
    json: String,
    digest: Option<String>,
}

#[derive(Deserialize)]
struct OwedRow {
    event: EventId,
    tries: u32,
}

#[derive(Deserialize)]
struct ToldRow {
    target: String,
    revision: u32,
}

impl ConversationStore {
    pub(super) fn new(state: &State) -> Self {
        Self {
            storage: state.storage(),
            alarm: Alarm::new(state.storage()),
            meta: RefCell::new(None),
            tables: Tables::new(state.storage(), &LAYOUT),
            numbers: RefCell::new(None),
        }
    }

    fn run(&self, statement: &str, values: Vec<SqlStorageValue>) -> Result<(), Failure> {
        sql::run(&self.storage, statement, values).map(drop)
    }

    /// The number of the last event, without reading the log.
    pub(super) fn last(&self) -> Result<Seq, Failure> {
        let last = sql::count(&self.storage, "SELECT COALESCE(MAX(seq), 0) AS count FROM events", None)?;
        Ok(Seq::try_from(last).unwrap_or(Seq::MAX))
    }

    /// The object's alarm.
    pub(super) fn alarm(&self) -> &Alarm {
        &self.alarm
    }

    /// The storage was emptied: nothing that was remembered holds any more.
    pub(super) fn forgotten(&self) {
        self.alarm.is_off();
        self.meta.replace(None);
        self.tables.look_again();
        self.numbers.replace(None);
    }

    /// The number of the event with this id.
    fn number(&self, id: &EventId) -> Result<Option<Seq>, Failure> {
        if let Some(numbers) = self.numbers.borrow().as_ref() {
            return Ok(numbers.get(id).copied());
        }
        let rows: Vec<NumberRow> = sql::all(&self.storage, "SELECT seq, id FROM events", None)?;
        let numbers: BTreeMap<EventId, Seq> = rows.into_iter().map(|row| (row.id, row.seq)).collect();
        let number = numbers.get(id).copied();
        self.numbers.replace(Some(numbers));
        Ok(number)
    }

    /// `changed` is the revision that comes with the event, and the grant; they are stored with it.
    fn put(&self, write: &Write, changed: Option<(u32, u32)>) -> Result<(), Failure> {
        match write {
            Write::Begin(meta) => {
                self.tables.ensure()?;
                let names = [meta.workspace.as_str(), meta.conversation.as_str(), meta.visitor.as_str()];
                let values = names.map(Into::into).into_iter().chain([integer(meta.granted)]).collect();
                let statement = "INSERT INTO meta (id, workspace, conversation, visitor, revision, read_visitor, read_agent, granted) \
                                 VALUES (1, ?, ?, ?, 0, 0, 0, ?)";
                self.run(statement, values)
            }
            Write::Append(Entry { event, digest }) => {
                if self.number(&event.id)?.is_some() {
                    return Err(ErrorCode::IdReused.into());
                }
                let (revision, granted) = changed.unwrap_or_default();
                let values = vec![
                    integer(event.seq),
                    event.id.as_str().into(),
                    digest.as_deref().into(),
                    integer(revision),
                    integer(granted),
                    serde_json::to_string(event)?.into(),
                ];
                self.run(
                    "INSERT INTO events (seq, id, digest, revision, granted, json) VALUES (?, ?, ?, ?, ?, ?)",
                    values,
                )
            }
            Write::Owe(event) => {
                self.run("INSERT OR IGNORE INTO owed (event, tries) VALUES (?, 0)", vec![event.as_str().into()])
            }
            Write::Failed(event) => {
                self.run("UPDATE owed SET tries = tries + 1 WHERE event = ?", vec![event.as_str().into()])
            }
            Write::Done(event) => self.run("DELETE FROM owed WHERE event = ?", vec![event.as_str().into()]),
            Write::Read(read) => {
                let values = vec![integer(read.visitor), integer(read.agent)];
                self.run("UPDATE meta SET read_visitor = ?, read_agent = ?", values)
            }
            Write::Attend(agent, at) => {
                self.run("UPDATE meta SET attended_by = ?, attended_at = ?", vec![agent.as_str().into(), stored(*at)])
            }
            Write::Count(counted) => {
                let values = vec![integer(counted.revision), serde_json::to_string(counted)?.into()];
                self.run("INSERT INTO facts (revision, json) VALUES (?, ?)", values)
            }
            // An event has it.
            Write::Changed { .. } if changed.is_some() => Ok(()),
            Write::Changed { revision, granted } => {
                let values = vec![integer(*revision), integer(*granted)];
                self.run("UPDATE meta SET revision = ?, granted = ?", values)
            }
            Write::Recount(revision) => {
                let facts = self.uncounted()?.into_iter().map(|counted| Counted { revision: *revision, ..counted });
                self.run("DELETE FROM facts", Vec::new())?;
                facts.map(Write::Count).try_for_each(|count| self.put(&count, changed))
            }
            Write::ClockSet(set) => clocks::add(&self.storage, *set),
            Write::SeenOver(at) => clocks::see_over(&self.storage, *at),
            // Of two rows with the same revision this one counts.
            Write::Granted(granted) => {
                let revision = self.meta()?.map_or(0, |meta| meta.revision);
                self.run("UPDATE meta SET revision = ?, granted = ?", vec![integer(revision), integer(*granted)])
            }
            Write::Acknowledged(mirror, revision) => {
                let values = vec![name(*mirror).into(), integer(*revision)];
                let query = "INSERT INTO told (target, revision) VALUES (?, ?) ON CONFLICT (target) DO UPDATE \
                             SET revision = excluded.revision WHERE excluded.revision > revision";
                self.run(query, values)?;
                match mirror {
                    Mirror::Inbox => self.run("DELETE FROM facts WHERE revision <= ?", vec![integer(*revision)]),
                    Mirror::Visitor => Ok(()),
                }
            }
            Write::Taught(up_to) => lessons::put(&self.storage, *up_to),
        }
    }
}

impl Store for ConversationStore {
    type Error = Failure;
    /// No object takes every event yet.
    type Feed = Infallible;

    /// Reading writes nothing, not even tables; but those of an earlier layout are brought up to date.
    fn meta(&self) -> Result<Option<Meta>, Failure> {
        if let Some(meta) = self.meta.borrow().as_ref() {
            return Ok(Some(meta.clone()));
        }
        if !self.tables.exist()? {
            return Ok(None);
        }
        let query = "SELECT workspace, conversation, visitor, meta.revision, read_visitor, read_agent, attended_by, attended_at, \
                     meta.granted, last.revision AS last_revision, last.granted AS last_granted FROM meta \
                     LEFT JOIN (SELECT revision, granted FROM events ORDER BY seq DESC LIMIT 1) AS last";
        let meta = sql::one(&self.storage, query, None)?.map(|row: MetaRow| {
            // Whichever was written later.
            let last = row.last_revision.zip(row.last_granted).filter(|(revision, _)| *revision > row.revision);
            let (revision, granted) = last.unwrap_or((row.revision, row.granted));
            Meta {
                workspace: row.workspace,
                conversation: row.conversation,
                visitor: row.visitor,
                revision,
                read: ReadMarks { visitor: row.read_visitor, agent: row.read_agent },
                attended: row.attended_by.zip(row.attended_at),
                granted,
            }
        });
        self.meta.borrow_mut().clone_from(&meta);
        Ok(meta)
    }

    fn events_after(&self, have: Seq) -> Result<Vec<Event>, Failure> {
        sql::documents(&self.storage, "SELECT json FROM events WHERE seq > ? ORDER BY seq", vec![integer(have)])
    }

    fn entry(&self, id: &EventId) -> Result<Option<Entry>, Failure> {
        let Some(number) = self.number(id)? else { return Ok(None) };
        let query = "SELECT json, digest FROM events WHERE seq = ?";
        let row: Option<EntryRow> = sql::one(&self.storage, query, vec![integer(number)])?;
        row.map(|row| Ok(Entry { event: serde_json::from_str(&row.json)?, digest: row.digest })).transpose()
    }

    fn owed(&self) -> Result<Option<Owed>, Failure> {
        let row = sql::one(&self.storage, "SELECT event, tries FROM owed ORDER BY rowid LIMIT 1", None)?;
        Ok(row.map(|row: OwedRow| Owed { event: row.event, tries: row.tries }))
    }

    /// A mirror has not learned of the last change if the revision that it was told is an older one: so a change costs no row
    /// for each of them.
    fn behind(&self) -> Result<Vec<Mirror>, Failure> {
        let Some(Meta { revision, .. }) = self.meta()? else { return Ok(Vec::new()) };
        let rows: Vec<ToldRow> = sql::all(&self.storage, "SELECT target, revision FROM told", None)?;
        let told = |mirror: Mirror| rows.iter().find(|row| row.target == name(mirror)).map_or(0, |row| row.revision);
        Ok(Mirror::ALL.into_iter().filter(|mirror| told(*mirror) < revision).collect())
    }

    fn uncounted(&self) -> Result<Vec<Counted>, Failure> {
        sql::documents(&self.storage, "SELECT json FROM facts ORDER BY rowid", None)
    }

    fn clock_sets(&self) -> Result<Vec<ClockSet>, Failure> {
        clocks::sets(&self.storage)
    }

    fn seen_over(&self) -> Result<Option<Millis>, Failure> {
        clocks::seen_over(&self.storage)
    }

    fn fed(&self, feed: Infallible) -> Result<Seq, Failure> {
        match feed {}
    }

    fn acknowledge(&self, feed: Infallible, _up_to: Seq) -> Result<(), Failure> {
        match feed {}
    }

    fn taught(&self) -> Result<Seq, Failure> {
        lessons::taught(&self.storage)
    }

    fn arm(&self, at: Millis) -> Result<(), Failure> {
        self.alarm.ring_by(at)
    }

    fn write(&self, writes: &[Write]) -> Result<(), Failure> {
        let appends = writes.iter().any(|write| matches!(write, Write::Append(_)));
        let changed = writes.iter().find_map(|write| match write {
            Write::Changed { revision, granted } if appends => Some((*revision, *granted)),
            _ => None,
        });
        let put_all = || writes.iter().try_for_each(|write| self.put(write, changed));
        // What a turn writes is kept together by the runtime; a transaction is for taking back what came before a failure, and
        // costs as much as a row. If only half of that is written, the mirror is updated again.
        let is_one = matches!(
            writes,
            [Write::Append(_), Write::Changed { .. }]
                | [Write::Acknowledged(..) | Write::Taught(_) | Write::Granted(_) | Write::Done(_)]
        );
        let written = if is_one { put_all() } else { transaction(&self.storage, put_all) };
        let (mut meta, mut numbers) = (self.meta.borrow_mut(), self.numbers.borrow_mut());
        match (&written, meta.as_mut()) {
            (Ok(()), Some(meta)) => writes.iter().for_each(|write| note(meta, write)),
            // Whatever it is now, it is read anew.
            _ => *meta = None,
        }
        if written.is_err() {
            // The tables may have been made by what was taken back.
            self.tables.look_again();
        }
        match (&written, numbers.as_mut()) {
            (Ok(()), Some(numbers)) => numbers.extend(writes.iter().filter_map(number_of)),
            _ => *numbers = None,
        }
        written
    }
}

/// Adds the columns of revisions and grants where they are not.
fn mend_first_layout(storage: &Storage) -> Result<(), Failure> {
    let columns: Vec<ColumnRow> = sql::all(storage, "PRAGMA table_info(meta)", None)?;
    if columns.iter().any(|column| column.name == "granted") {
        return Ok(());
    }
    sql::run(storage, LACKING, None).map(drop)
}

fn integer(number: u32) -> SqlStorageValue {
    SqlStorageValue::Integer(i64::from(number))
}

/// The id that a write adds to the log, and its number.
fn number_of(write: &Write) -> Option<(EventId, Seq)> {
    match write {
        Write::Append(Entry { event, .. }) => Some((event.id.clone(), event.seq)),
        _ => None,
    }
}

/// Changes the remembered row of `meta` as a write does.
fn note(meta: &mut Meta, write: &Write) {
    match write {
        Write::Begin(begun) => meta.clone_from(begun),
        Write::Read(read) => meta.read = *read,
        Write::Attend(agent, at) => meta.attended = Some((agent.clone(), *at)),
        Write::Changed { revision, granted } => (meta.revision, meta.granted) = (*revision, *granted),
        Write::Granted(granted) => meta.granted = *granted,
        Write::Append(_)
        | Write::Owe(_)
        | Write::Failed(_)
        | Write::Done(_)
        | Write::Count(_)
        | Write::Recount(_)
        | Write::ClockSet(_)
        | Write::SeenOver(_)
        | Write::Acknowledged(..)
        | Write::Taught(_) => {}
    }
}
