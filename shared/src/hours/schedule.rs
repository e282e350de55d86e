//! Office hours as a site owner writes them.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// When people are there, in the office's own time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// A name of the IANA time zone database, such as `Europe/Istanbul`.
    pub zone: String,
    /// The shifts of each day, such as `09:00-12:30`. A shift that ends at or before its beginning goes on into the next
    /// day: `22:00-06:00`. `00:00-24:00` is the whole day. A day that is left out is closed.
    #[serde(default)]
    pub week: BTreeMap<Day, Vec<String>>,
    /// Days that are unlike their day of the week.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<Holiday>,
}

/// A day that has only the hours that are named here, from midnight to midnight: a shift that began the day before ends
/// at midnight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// `2026-12-25` for once, `12-25` for every year.
    pub date: String,
    /// What visitors are told; may be left out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The shifts of that day; none if it is closed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<String>,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "they are the days of the week")]
pub enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}
