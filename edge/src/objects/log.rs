//! The tables of a conversation: its log, what is still to be told to other objects, and what the assistant owes.

use crate::failure::Failure;
use crate::platform::{now, transaction};
use serde::Deserialize;
use shared::conversation::{Draft, State};
use shared::ids::{ConversationId, EventId, VisitorId, WorkspaceId};
use shared::protocol::{ErrorCode, Event, ReadMarks, Seq, What};
use std::cell::{Cell, RefCell};
use worker::{SqlStorage, SqlStorageValue, Storage};

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS meta (
    id INTEGER PRIMARY KEY CHECK (id = 1), workspace TEXT NOT NULL, conversation TEXT NOT NULL, visitor TEXT NOT NULL,
    revision INTEGER NOT NULL, read_visitor INTEGER NOT NULL, read_agent INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest TEXT, json TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS owed (event TEXT PRIMARY KEY, tries INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS outbox (target TEXT PRIMARY KEY, revision INTEGER NOT NULL);
";

/// Whose conversation it is, and how often it has changed.
#[derive(Debug, Clone)]
pub(super) struct Meta {
    pub(super) workspace: WorkspaceId,
    pub(super) conversation: ConversationId,
    pub(super) visitor: VisitorId,
    /// Grows with every change, read marks included: what other objects hold is old if theirs is smaller.
    pub(super) revision: u32,
    pub(super) read: ReadMarks,
}

/// Another object that must learn of every change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Inbox,
    Visitor,
}

impl Target {
    const ALL: [Target; 2] = [Target::Inbox, Target::Visitor];

    fn name(self) -> &'static str {
        match self {
            Target::Inbox => "inbox",
            Target::Visitor => "visitor",
        }
    }
}

/// A side of the conversation whose read mark moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Visitor,
    Agent,
}

/// The stored conversation. Statements are synchronous: what happens between two awaits is one step.
pub(super) struct Log {
    storage: Storage,
    /// What the row of `meta` says; none while it was not read since it last changed.
    meta: RefCell<Option<Meta>>,
    /// Whether the tables are there.
    begun: Cell<bool>,
}

#[derive(Deserialize)]
struct MetaRow {
    workspace: WorkspaceId,
    conversation: ConversationId,
    visitor: VisitorId,
    revision: u32,
    read_visitor: Seq,
    read_agent: Seq,
}

#[derive(Deserialize)]
struct JsonRow {
    json: String,
}

#[derive(Deserialize)]
struct DigestRow {
    digest: Option<String>,
}

#[derive(Deserialize)]
struct OwedRow {
    event: EventId,
    tries: u32,
}

#[derive(Deserialize)]
struct OutboxRow {
    target: String,
    revision: u32,
}

impl Log {
    pub(super) fn new(storage: Storage) -> Self {
        Self { storage, meta: RefCell::new(None), begun: Cell::new(false) }
    }

    fn sql(&self) -> SqlStorage {
        self.storage.sql()
    }

    fn run(&self, query: &str, values: Vec<SqlStorageValue>) -> Result<(), Failure> {
        self.sql().exec(query, values)?;
        Ok(())
    }

    /// Whose conversation it is; none if it has not begun. Reading writes nothing, not even tables.
    pub(super) fn meta(&self) -> Result<Option<Meta>, Failure> {
        if let Some(meta) = self.meta.borrow().as_ref() {
            return Ok(Some(meta.clone()));
        }
        if !self.begun.get() {
            let tables: Vec<serde_json::Value> =
                self.sql().exec("SELECT 1 AS one FROM sqlite_master WHERE name = 'meta'", None)?.to_array()?;
            if tables.is_empty() {
                return Ok(None);
            }
            self.begun.set(true);
        }
        let rows: Vec<MetaRow> = self.sql().exec("SELECT * FROM meta", None)?.to_array()?;
        let meta = rows.into_iter().next().map(|row| Meta {
            workspace: row.workspace,
            conversation: row.conversation,
            visitor: row.visitor,
            revision: row.revision,
            read: ReadMarks { visitor: row.read_visitor, agent: row.read_agent },
        });
        self.meta.borrow_mut().clone_from(&meta);
        Ok(meta)
    }

    /// The storage was emptied: nothing that was remembered holds any more.
    pub(super) fn forgotten(&self) {
        self.meta.replace(None);
        self.begun.set(false);
    }

    /// Begins a conversation.
    pub(super) fn create(&self, meta: &Meta) -> Result<(), Failure> {
        self.sql().exec(SCHEMA, None)?;
        let names = [meta.workspace.as_str(), meta.conversation.as_str(), meta.visitor.as_str()];
        self.run("INSERT INTO meta VALUES (1, ?, ?, ?, 0, 0, 0)", names.map(Into::into).to_vec())
    }

    /// The events after a number, in order.
    pub(super) fn events_after(&self, have: Seq) -> Result<Vec<Event>, Failure> {
        let rows: Vec<JsonRow> =
            self.sql().exec("SELECT json FROM events WHERE seq > ? ORDER BY seq", vec![integer(have)])?.to_array()?;
        rows.iter().map(|row| Ok(serde_json::from_str(&row.json)?)).collect()
    }

    /// The text of a visitor's message.
    pub(super) fn said(&self, id: &EventId) -> Result<Option<String>, Failure> {
        let rows: Vec<JsonRow> =
            self.sql().exec("SELECT json FROM events WHERE id = ?", vec![id.as_str().into()])?.to_array()?;
        let Some(row) = rows.first() else { return Ok(None) };
        let event: Event = serde_json::from_str(&row.json)?;
        Ok(if let What::Said { text } = event.what { Some(text) } else { None })
    }

    /// Whether a command with this id and content was done before; the same id with other content is refused.
    pub(super) fn was_done(&self, id: &EventId, digest: &str) -> Result<bool, Failure> {
        let rows: Vec<DigestRow> =
            self.sql().exec("SELECT digest FROM events WHERE id = ?", vec![id.as_str().into()])?.to_array()?;
        match rows.first() {
            None => Ok(false),
            Some(row) if row.digest.as_deref() == Some(digest) => Ok(true),
            Some(_) => Err(ErrorCode::IdReused.into()),
        }
    }

    /// Whether an event with this id is stored.
    pub(super) fn has(&self, id: &EventId) -> Result<bool, Failure> {
        let rows: Vec<DigestRow> =
            self.sql().exec("SELECT digest FROM events WHERE id = ?", vec![id.as_str().into()])?.to_array()?;
        Ok(!rows.is_empty())
    }

    /// Numbers and stores events, folds them, and notes whom to tell: all of it or nothing. `command` is the id and
    /// digest of the command that they come from; `owes` says that the assistant must look at its message.
    pub(super) fn append(
        &self,
        state: &State,
        drafts: Vec<Draft>,
        command: Option<(&EventId, &str)>,
        owes: bool,
    ) -> Result<(State, Vec<Event>), Failure> {
        let meta = self.meta.take();
        let stored = transaction(&self.storage, || {
            let mut next = state.clone();
            let mut events = Vec::with_capacity(drafts.len());
            for Draft { id, by, what } in drafts {
                // The clock may step back; the log does not.
                let event = Event { seq: next.last_seq + 1, id, at: now().max(next.updated_at), by, what };
                let digest = command.filter(|(id, _)| **id == event.id).map(|(_, digest)| digest);
                let values = vec![
                    integer(event.seq),
                    event.id.as_str().into(),
                    digest.into(),
                    serde_json::to_string(&event)?.into(),
                ];
                self.run("INSERT INTO events (seq, id, digest, json) VALUES (?, ?, ?, ?)", values)?;
                next.apply(&event);
                events.push(event);
            }
            if let (true, Some((id, _))) = (owes, command) {
                self.run("INSERT OR IGNORE INTO owed VALUES (?, 0)", vec![id.as_str().into()])?;
            }
            self.touch()?;
            Ok((next, events))
        })?;
        // What was rolled back is not remembered: it is read again then.
        self.meta.replace(meta.map(|meta| Meta { revision: meta.revision + 1, ..meta }));
        Ok(stored)
    }

    /// Moves a read mark forward; false if it was there already.
    pub(super) fn mark_read(&self, side: Side, up_to: Seq) -> Result<bool, Failure> {
        self.meta.replace(None);
        transaction(&self.storage, || {
            let query = match side {
                Side::Visitor => "UPDATE meta SET read_visitor = ?1 WHERE read_visitor < ?1",
                Side::Agent => "UPDATE meta SET read_agent = ?1 WHERE read_agent < ?1",
            };
            let moved = self.sql().exec(query, vec![integer(up_to)])?.rows_written() > 0;
            if moved {
                self.touch()?;
            }
            Ok(moved)
        })
    }

    /// Counts a change and notes that the others must learn of it.
    fn touch(&self) -> Result<(), Failure> {
        self.run("UPDATE meta SET revision = revision + 1", Vec::new())?;
        self.run("INSERT OR REPLACE INTO outbox SELECT target.column1, revision FROM meta, (VALUES ('inbox'), ('visitor')) AS target", Vec::new())?;
        Ok(())
    }

    /// Who has not confirmed the last change, and which one it is.
    pub(super) fn outbox(&self) -> Result<Vec<(Target, u32)>, Failure> {
        let rows: Vec<OutboxRow> = self.sql().exec("SELECT target, revision FROM outbox", None)?.to_array()?;
        let known = |row: OutboxRow| {
            Target::ALL.into_iter().find(|target| target.name() == row.target).map(|target| (target, row.revision))
        };
        Ok(rows.into_iter().filter_map(known).collect())
    }

    /// The other object has this revision. A later one stays in the outbox.
    pub(super) fn confirmed(&self, target: Target, revision: u32) -> Result<(), Failure> {
        self.run("DELETE FROM outbox WHERE target = ? AND revision <= ?", vec![target.name().into(), integer(revision)])
    }

    /// The oldest message that the assistant has not looked at, and how often that has failed.
    pub(super) fn owed(&self) -> Result<Option<(EventId, u32)>, Failure> {
        let rows: Vec<OwedRow> =
            self.sql().exec("SELECT event, tries FROM owed ORDER BY rowid LIMIT 1", None)?.to_array()?;
        Ok(rows.into_iter().next().map(|row| (row.event, row.tries)))
    }

    /// The assistant could not look at it this time.
    pub(super) fn owed_failed(&self, event: &EventId) -> Result<(), Failure> {
        self.run("UPDATE owed SET tries = tries + 1 WHERE event = ?", vec![event.as_str().into()])
    }

    /// The assistant has looked at it.
    pub(super) fn owed_done(&self, event: &EventId) -> Result<(), Failure> {
        self.run("DELETE FROM owed WHERE event = ?", vec![event.as_str().into()])
    }
}

fn integer(number: u32) -> SqlStorageValue {
    SqlStorageValue::Integer(i64::from(number))
}
