//! A second place for what an object must put aside for a moment. It is empty but for that moment.

use super::shell::{Object, durable};
use crate::calls::reply::Answer;
use crate::calls::spare::{self, Asked, Dump, Get, Keep};
use crate::failure::Failure;
use crate::platform::transaction;
use crate::sql;
use crate::tables::{Layout, Tables};
use serde::Deserialize;
use worker::{Env, State, durable_object};

const LAYOUT: Layout = Layout { steps: &[&[FIRST]], mend: |_| Ok(()) };

/// The tables of version 1.
const FIRST: &str = "
CREATE TABLE IF NOT EXISTS texts (part INTEGER, at INTEGER, json TEXT NOT NULL, PRIMARY KEY (part, at));
CREATE TABLE IF NOT EXISTS whole (id INTEGER PRIMARY KEY CHECK (id = 1));
";
/// A row holds at most 2 MB; a character has at most four bytes.
const ROW_CHARS: usize = 400_000;

/// The object.
#[durable_object(fetch)]
pub struct Spare {
    state: State,
    tables: Tables,
}

#[derive(Deserialize)]
struct TextRow {
    json: String,
}

durable!(Spare);

impl Object for Spare {
    type Class = spare::Spare;

    fn open(state: State, _env: Env) -> Self {
        let tables = Tables::new(state.storage(), &LAYOUT);
        Self { state, tables }
    }

    async fn answer(&self, asked: Asked) -> Answer {
        match asked {
            Asked::Keep(Keep { part, dump, last }, reply) => reply.with(self.keep(part, &dump, last)),
            Asked::Get(Get { part }, reply) => reply.with(self.get(part)),
            Asked::Clear(_, reply) => reply.with(self.clear().await),
        }
    }
}

impl Spare {
    fn keep(&self, part: u32, dump: &Dump, last: bool) -> Result<(), Failure> {
        let storage = self.state.storage();
        let text: Vec<char> = serde_json::to_string(dump)?.chars().collect();
        self.tables.ensure()?;
        transaction(&storage, || {
            if part == 0 {
                sql::run(&storage, "DELETE FROM whole; DELETE FROM texts;", None)?;
            }
            for (at, row) in (0i64..).zip(text.chunks(ROW_CHARS)) {
                let values = vec![i64::from(part).into(), at.into(), row.iter().collect::<String>().into()];
                sql::run(&storage, "INSERT OR REPLACE INTO texts (part, at, json) VALUES (?, ?, ?)", values)?;
            }
            if last {
                sql::run(&storage, "INSERT OR IGNORE INTO whole (id) VALUES (1)", None)?;
            }
            Ok(())
        })
    }

    async fn clear(&self) -> Result<(), Failure> {
        self.tables.look_again();
        Ok(self.state.storage().delete_all().await?)
    }

    fn get(&self, part: u32) -> Result<Option<Dump>, Failure> {
        if !self.tables.exist()? {
            return Ok(None);
        }
        let query = "SELECT json FROM texts WHERE part = ? AND EXISTS (SELECT 1 FROM whole) ORDER BY at";
        let rows: Vec<TextRow> = sql::all(&self.state.storage(), query, vec![i64::from(part).into()])?;
        if rows.is_empty() {
            return Ok(None);
        }
        let text: String = rows.into_iter().map(|row| row.json).collect();
        Ok(Some(serde_json::from_str(&text)?))
    }
}
