//! The days of the reports: those of the office's calendar, so that a Monday morning in Auckland is a Monday. The inbox keeps the zone
//! that it was told last, for it also counts what no conversation tells.

use super::Inbox;
use crate::failure::Failure;
use crate::sql;
use crate::tables::Step;
use serde::Deserialize;
use shared::hours::Zone;
use shared::protocol::Millis;
use shared::report::DayNumber;

/// Version 4: the zone by its name, in one row at most.
pub(super) const FOURTH: Step = &["CREATE TABLE office (id INTEGER PRIMARY KEY CHECK (id = 1), zone TEXT NOT NULL)"];

const DAY_MS: Millis = 24 * 60 * 60 * 1_000;

/// A calendar.
#[derive(Debug, Clone)]
pub(super) struct Days {
    name: Option<String>,
    zone: Option<Zone>,
}

#[derive(Deserialize)]
struct ZoneRow {
    zone: String,
}

impl Days {
    fn of(name: Option<String>) -> Self {
        let zone = name.as_deref().and_then(Zone::parse);
        Self { name, zone }
    }

    /// The number of a day; that of Greenwich where no office has said where it is.
    pub(super) fn day(&self, at: Millis) -> DayNumber {
        match &self.zone {
            Some(zone) => zone.day(at),
            None => DayNumber::try_from(at / DAY_MS).unwrap_or(DayNumber::MAX),
        }
    }
}

impl Inbox {
    /// The calendar of the reports.
    pub(super) fn days(&self) -> Result<Days, Failure> {
        if let Some(known) = self.zone.borrow().clone() {
            return Ok(known);
        }
        let row: Option<ZoneRow> = sql::one(&self.state.storage(), "SELECT zone FROM office", None)?;
        let days = Days::of(row.map(|row| row.zone));
        self.zone.replace(Some(days.clone()));
        Ok(days)
    }

    /// Keeps the zone, if one is named and it is another one than before. Earlier counts stay on their days.
    pub(super) fn learn_zone(&self, name: Option<String>) -> Result<(), Failure> {
        self.ready()?;
        if name.is_none() || self.days()?.name == name {
            return Ok(());
        }
        let statement =
            "INSERT INTO office (id, zone) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET zone = excluded.zone";
        sql::run(&self.state.storage(), statement, vec![name.clone().unwrap_or_default().into()])?;
        self.zone.replace(Some(Days::of(name)));
        Ok(())
    }
}
