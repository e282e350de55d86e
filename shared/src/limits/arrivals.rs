//! The requests of each network address, counted before any object is woken for them.
//!
//! Sans-IO, and in memory alone: it costs no write and no call, and a restart, after which nothing is awake, may forget it. Counts that
//! have to outlast a restart are in storage (`Kind`).

use super::{Bucket, Rate};
use crate::protocol::Millis;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Requests of visitors, of every kind. A page with an open panel makes some ten at its start and one for each message after that, and
/// an address stands for some hundred people.
pub const KNOCKS: Rate = Rate { burst: 3_000, refill_ms: 20 };
/// Questions for what nobody has seen to be there. An honest visitor asks so once a page, and gets it back with the answer; only who
/// invents names runs out of them.
pub const MISSES: Rate = Rate { burst: 240, refill_ms: 1_000 };
/// Guesses at a secret of the whole edge. An operator who has the wrong one at hand makes a few.
pub const GUESSES: Rate = Rate { burst: 20, refill_ms: 30_000 };
/// Sockets that have not greeted yet. A greeting follows the opening at once, and gives the place back.
pub const SILENT: usize = 64;
/// How long a socket may stay silent before its greeting.
pub const GREETING_MS: Millis = 10_000;

/// Past this many addresses, those that have nothing to be remembered for are forgotten. Each takes some hundred bytes.
const MANY_ADDRESSES: usize = 10_000;
/// Past this many names that were found, all are forgotten and found again. Each takes some sixty bytes.
const MANY_FOUND: usize = 20_000;

/// Everybody who has come lately.
#[derive(Debug, Default)]
pub struct Arrivals {
    callers: BTreeMap<String, Caller>,
    found: BTreeSet<String>,
}

/// What has come from one address.
#[derive(Debug)]
struct Caller {
    knocks: Bucket,
    misses: Bucket,
    guesses: Bucket,
    /// When each of the sockets was opened that have not greeted.
    silent: VecDeque<Millis>,
}

impl Arrivals {
    /// Counts a request. The error is in how many milliseconds it may come again.
    pub fn knock(&mut self, address: &str, now: Millis) -> Result<(), Millis> {
        KNOCKS.take(&mut self.caller(address, now).knocks, 1, now)
    }

    /// Counts a question for something that may not be there. True if it is known to be; otherwise the caller says with `found` that
    /// it was.
    pub fn seek(&mut self, address: &str, name: &str, now: Millis) -> Result<bool, Millis> {
        if self.found.contains(name) {
            return Ok(true);
        }
        MISSES.take(&mut self.caller(address, now).misses, 1, now).map(|()| false)
    }

    /// The thing that was sought is there: this search was none in vain.
    pub fn found(&mut self, address: &str, name: &str) {
        if self.found.len() >= MANY_FOUND {
            self.found.clear();
        }
        if self.found.insert(String::from(name))
            && let Some(caller) = self.callers.get_mut(address)
        {
            caller.misses.left = MISSES.burst.min(caller.misses.left + 1);
        }
    }

    /// A thing that was found may not be there any more.
    pub fn lost(&mut self, name: &str) {
        self.found.remove(name);
    }

    /// Counts a guess at a secret.
    pub fn guess(&mut self, address: &str, now: Millis) -> Result<(), Millis> {
        GUESSES.take(&mut self.caller(address, now).guesses, 1, now)
    }

    /// Counts a socket that has not greeted. The error is in how many milliseconds it may come again.
    pub fn open(&mut self, address: &str, now: Millis) -> Result<(), Millis> {
        let silent = &mut self.caller(address, now).silent;
        // One that has not greeted by then is closed. And one from before the clock stepped back must not stay for ever.
        silent.retain(|at| (now.saturating_sub(GREETING_MS)..=now).contains(at));
        match silent.front() {
            Some(first) if silent.len() >= SILENT => Err((first + GREETING_MS).saturating_sub(now).max(1)),
            _ => {
                silent.push_back(now);
                Ok(())
            }
        }
    }

    /// A socket has greeted, or has gone before it did.
    pub fn greeted(&mut self, address: &str) {
        if let Some(caller) = self.callers.get_mut(address) {
            caller.silent.pop_front();
        }
    }

    fn caller(&mut self, address: &str, now: Millis) -> &mut Caller {
        if self.callers.len() >= MANY_ADDRESSES && !self.callers.contains_key(address) {
            self.callers.retain(|_, caller| caller.matters(now));
            // This many at once are one flood from many places. To forget them gives each a new count and a place in the next flood.
            if self.callers.len() >= MANY_ADDRESSES {
                self.callers.clear();
            }
        }
        self.callers.entry(String::from(address)).or_insert_with(|| Caller {
            knocks: KNOCKS.full(now),
            misses: MISSES.full(now),
            guesses: GUESSES.full(now),
            silent: VecDeque::new(),
        })
    }
}

impl Caller {
    /// Whether a new one would be let do more.
    fn matters(&self, now: Millis) -> bool {
        let full = KNOCKS.full_at(self.knocks).max(MISSES.full_at(self.misses)).max(GUESSES.full_at(self.guesses));
        full > now || self.silent.iter().any(|at| at + GREETING_MS > now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many tries were let in, and the last refusal's wait.
    fn let_in(tries: u32, mut attempt: impl FnMut(u32) -> Result<(), Millis>) -> (u32, Option<Millis>) {
        let mut last = None;
        let taken = (0..tries).filter(|number| attempt(*number).map_err(|wait| last = Some(wait)).is_ok()).count();
        (u32::try_from(taken).unwrap(), last)
    }

    #[test]
    fn one_address_knocks_so_often_and_is_in_nobodys_way() {
        let mut arrivals = Arrivals::default();
        assert_eq!(let_in(5_000, |_| arrivals.knock("a", 1_000)), (KNOCKS.burst, Some(KNOCKS.refill_ms)));
        assert_eq!(arrivals.knock("b", 1_000), Ok(()));
        assert_eq!(arrivals.knock("a", 1_000 + KNOCKS.refill_ms), Ok(()));
    }

    #[test]
    fn a_secret_is_guessed_at_so_often() {
        let mut arrivals = Arrivals::default();
        assert_eq!(let_in(100, |_| arrivals.guess("a", 5)), (GUESSES.burst, Some(GUESSES.refill_ms)));
        assert_eq!(arrivals.guess("b", 5), Ok(()));
    }

    #[test]
    fn what_is_invented_is_sought_so_often_and_what_is_there_for_ever() {
        let mut arrivals = Arrivals::default();
        for number in 0..2 * MISSES.burst {
            let name = format!("there {number}");
            assert_eq!(arrivals.seek("a", &name, 5), Ok(false), "{number}");
            arrivals.found("a", &name);
            assert_eq!(arrivals.seek("a", &name, 5), Ok(true));
        }
        let mut invent = |number| arrivals.seek("a", &format!("no {number}"), 5).map(|known| assert!(!known));
        assert_eq!(let_in(5_000, &mut invent), (MISSES.burst, Some(MISSES.refill_ms)));
        assert_eq!(arrivals.seek("a", "there 1", 5), Ok(true), "who has a conversation goes on");
        assert_eq!(arrivals.seek("b", "other", 5), Ok(false));
        arrivals.lost("there 1");
        assert!(arrivals.seek("a", "there 1", 5).is_err());
    }

    #[test]
    fn silent_sockets_are_few_until_they_greet_or_are_closed() {
        let mut arrivals = Arrivals::default();
        assert_eq!(let_in(1_000, |_| arrivals.open("a", 70)), (64, Some(GREETING_MS)));
        assert_eq!(arrivals.open("b", 70), Ok(()));
        arrivals.greeted("a");
        assert_eq!(arrivals.open("a", 70), Ok(()));
        assert!(arrivals.open("a", 70).is_err());
        assert_eq!(arrivals.open("a", 71 + GREETING_MS), Ok(()), "they are closed by then");
        assert_eq!(let_in(1_000, |_| arrivals.open("a", 3)).0, 64, "a clock that stepped back shuts nobody out");
    }

    #[test]
    fn a_flood_from_everywhere_takes_no_memory_without_end() {
        let mut arrivals = Arrivals::default();
        for number in 0..3 * MANY_ADDRESSES {
            let name = number.to_string();
            arrivals.knock(&name, 9).unwrap();
            arrivals.seek(&name, &name, 9).unwrap();
            arrivals.found(&name, &name);
        }
        assert!(arrivals.callers.len() <= MANY_ADDRESSES && arrivals.found.len() <= MANY_FOUND);
    }
}
