//! Times as data that can be said in any language.

use super::schedule::Day;
use crate::protocol::Millis;
use serde::{Deserialize, Serialize};

/// What the clock on a visitor's wall shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
}

/// A time to come, as one would say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spoken {
    /// Within so many minutes.
    Minutes(u32),
    /// Within so many hours.
    Hours(u32),
    /// Later on the same day.
    TodayAt(Clock),
    /// On the next day.
    TomorrowAt(Clock),
    /// Within the week.
    DayAt(Day, Clock),
    /// Later: year, month and day.
    DateAt(i16, u8, u8, Clock),
    /// Nobody can say. To be said as such, not left out.
    Unknown,
}

/// When a reply is to be expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// Whether somebody is there now.
    pub open: bool,
    /// The instant by which four of five replies would be here; none if too few were measured.
    pub by: Option<Millis>,
    /// The same, never sooner, to be said.
    pub spoken: Spoken,
}

/// What a visitor is told while nobody is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    /// When somebody is back; none if no day is known.
    pub back_at: Option<Millis>,
    /// The same, to be said.
    pub spoken: Spoken,
    /// The holiday that is the reason.
    pub holiday: Option<String>,
}
