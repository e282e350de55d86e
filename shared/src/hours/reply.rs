//! When a reply will come, from the schedule and from how long the last ones took.

use super::office::Office;
use super::spoken::{Away, Expected, Spoken};
use super::spoken_at::{by_clock, by_round_clock, by_span};
use super::working::{Change, WorkingTime};
use super::zone::Zone;
use crate::protocol::Millis;

/// With fewer replies than this, one long lunch would be the whole truth.
const ENOUGH_REPLIES: usize = 5;
/// The newest so many replies count: how it was last month is not how it is.
const RECENT_REPLIES: usize = 50;
/// So many of a hundred replies came sooner. A median would be broken to every second visitor.
const PROMISED_PERCENT: usize = 80;

/// When a reply is to be expected. `replies` are the working times of the last first replies, the newest first;
/// `viewer` is the zone of whoever is told.
pub fn expected_reply(working: &dyn WorkingTime, replies: &[Millis], now: Millis, viewer: &Zone) -> Expected {
    let open = working.is_open(now);
    let by = usual(replies).and_then(|usual| working.after(now, usual));
    let Some(at) = by else { return Expected { open, by: None, spoken: Spoken::Unknown } };
    let closes = match working.next_change(now) {
        Some(Change::Closes(closes)) => closes,
        _ => Millis::MAX,
    };
    // A span is said only if somebody is there all through it: "8 hours" at closing time would not be true.
    let span = if open && at <= closes { by_span(at - now) } else { None };
    Expected { open, by, spoken: span.unwrap_or_else(|| by_round_clock(at, now, viewer)) }
}

/// What to say while nobody is there; none while somebody is.
pub fn away(office: &Office, now: Millis, viewer: &Zone) -> Option<Away> {
    if office.is_open(now) {
        return None;
    }
    let back_at = office.opens_at(now);
    let spoken = back_at.map_or(Spoken::Unknown, |at| by_clock(at, now, viewer));
    Some(Away { back_at, spoken, holiday: office.holiday(now).map(String::from) })
}

/// How long all but the slowest of the last replies took.
fn usual(replies: &[Millis]) -> Option<Millis> {
    let mut recent: Vec<Millis> = replies.iter().take(RECENT_REPLIES).copied().collect();
    if recent.len() < ENOUGH_REPLIES {
        return None;
    }
    recent.sort_unstable();
    let rank = (recent.len() * PROMISED_PERCENT).div_ceil(100);
    recent.get(rank.saturating_sub(1)).copied()
}
