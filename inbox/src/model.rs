//! What the inbox knows and which rules it follows, without a browser: every rule here is tested natively.

pub(crate) mod company;
pub(crate) mod contacts;
pub(crate) mod cursor;
pub(crate) mod drafts;
pub(crate) mod entries;
pub(crate) mod fetched;
pub(crate) mod forms;
pub(crate) mod keys;
pub(crate) mod language;
pub(crate) mod lists;
pub(crate) mod news;
pub(crate) mod order;
pub(crate) mod picker;
pub(crate) mod place;
pub(crate) mod placing;
pub(crate) mod profile;
pub(crate) mod reason;
pub(crate) mod report;
pub(crate) mod roster;
pub(crate) mod snooze;
pub(crate) mod tape;
pub(crate) mod wait;
pub(crate) mod window;

#[cfg(test)]
pub(crate) mod samples;
