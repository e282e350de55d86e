//! A clock that was ahead: what was stored meanwhile is dated in the time to come, and would wait until then.
//!
//! The log keeps the times that were told. Beside it is kept when the clock was found to be behind it: nothing up to then
//! happened later. So waits, deadlines and lists go by what has passed since, at least.

use super::{Feed, Machine, RETRY_MS, begun};
use crate::conversation::store::{ClockSet, Store, Write};
use crate::protocol::Millis;

/// By less than this a clock is adjusted every day. The log then goes on at its last time.
const SLIGHT_MS: Millis = 1_000;

impl<F: Feed> Machine<F> {
    /// Notes that the clock was ahead, if it was, and has the mirrors learn the right times.
    pub(super) fn look_at_clock<S: Store<Feed = F>>(&mut self, store: &S, now: Millis) -> Result<(), S::Error> {
        let state = self.state(store)?;
        if state.updated_at <= now.saturating_add(SLIGHT_MS) {
            return Ok(());
        }
        let set = ClockSet { up_to: state.last_seq, as_of: now };
        let meta = begun(store)?;
        let changed = Write::Changed { revision: meta.revision + 1, granted: self.grants.left(&meta) };
        store.arm(now.saturating_add(RETRY_MS))?;
        store.write(&[Write::ClockSet(set), changed])?;
        if let Some(fold) = &mut self.folded {
            fold.state.date_back(now);
        }
        // A mirror that was told lately needs the right times all the same.
        self.mirrors.clear();
        Ok(())
    }
}
