//! How much one visitor and one network address may do, so that a flood of one is no trouble to the others.
//!
//! Sans-IO: a bucket holds what is left and when that was; `Rate::take` says yes, or how long to wait. The edge keeps the
//! buckets in storage, so that a restart gives nothing back.

mod arrivals;

pub use arrivals::{Arrivals, GREETING_MS, GUESSES, KNOCKS, MISSES, SILENT};

use crate::protocol::Millis;
use serde::{Deserialize, Serialize};

/// Something that costs the edge work or room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A conversation is begun.
    Conversation,
    /// A command that is stored beyond those that come with a conversation: a message, an answer, the wish for a person.
    Message,
    /// A socket is opened, or a held request is made in its place.
    Socket,
    /// A name and a password are tried.
    SignIn,
    /// An article is said to have helped or not.
    Resolution,
    /// Everything about a visitor is asked for, or is to be erased.
    Privacy,
}

/// Who is held to a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// One person.
    Visitor,
    /// Everybody behind one network address: an office, a school, a phone network's gateway.
    Address,
}

/// A burst that is free, and the time that gives one back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many at once.
    pub burst: u32,
    /// One is given back in this time.
    pub refill_ms: Millis,
}

/// What is left of a burst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket {
    /// How many may still come.
    pub left: u32,
    /// As of this time.
    pub at: Millis,
}

/// Messages that come with a new conversation, and are counted with it. To ask for more costs two objects a call and a write,
/// and they have to wake for it.
pub const INCLUDED: u32 = 80;
/// How many more a conversation asks for at once. The address gives the first of these with the conversation, and later two at
/// once; so at once it may say 240 messages for each conversation that it may begin, and its own burst beyond that.
pub const GRANT: u32 = 160;
/// The next grant is asked for when this many messages are left, so that no message waits for it.
pub const GRANT_AHEAD: u32 = 8;

const SECOND: Millis = 1_000;
const MINUTE: Millis = 60 * SECOND;

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 6] =
        [Kind::Conversation, Kind::Message, Kind::Socket, Kind::SignIn, Kind::Resolution, Kind::Privacy];

    /// Its name in storage.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Conversation => "conversation",
            Kind::Message => "message",
            Kind::Socket => "socket",
            Kind::SignIn => "sign_in",
            Kind::Resolution => "resolution",
            Kind::Privacy => "privacy",
        }
    }

    /// The rate for one visitor or address.
    pub fn rate(self, scope: Scope) -> Rate {
        let rate = |burst, refill_ms| Rate { burst, refill_ms };
        match (scope, self) {
            // Nobody has thirty new concerns in an hour, and a visitor over the limit can still write on in one of them.
            (Scope::Visitor, Kind::Conversation) => rate(30, 2 * MINUTE),
            // A day offline or a pasted log, in several conversations at once; then as fast as one types.
            (Scope::Visitor, Kind::Message) => rate(1_200, SECOND),
            // Reloads, tabs and a train's tunnels.
            (Scope::Visitor, Kind::Socket) => rate(120, 5 * SECOND),
            // Nobody needs their data more often; it costs a call to each of their conversations.
            (_, Kind::Privacy) => rate(10, MINUTE),
            // An address stands for up to some hundred people who ask at the same time.
            (Scope::Address, Kind::Conversation) => rate(120, 10 * SECOND),
            (Scope::Address, Kind::Message) => rate(6_000, SECOND / 10),
            (Scope::Address, Kind::Socket) => rate(1_200, SECOND / 2),
            // A team that comes back from a restart signs in at once; guessing takes years at one a minute.
            (_, Kind::SignIn) => rate(30, MINUTE),
            (_, Kind::Resolution) => rate(120, 5 * SECOND),
        }
    }
}

impl Rate {
    /// A full bucket.
    pub fn full(self, now: Millis) -> Bucket {
        Bucket { left: self.burst, at: now }
    }

    /// Takes `count`, or says after how many milliseconds that many are there. More than the burst is never there at
    /// once; the wait is then until the bucket is full.
    pub fn take(self, bucket: &mut Bucket, count: u32, now: Millis) -> Result<(), Millis> {
        // A clock that stepped back gives nothing, and must not stop time until it has caught up.
        bucket.at = bucket.at.min(now);
        let refill = self.refill_ms.max(1);
        let given = (now - bucket.at) / refill;
        bucket.left = self.burst.min(bucket.left.saturating_add(u32::try_from(given).unwrap_or(u32::MAX)));
        bucket.at += given * refill;
        match bucket.left.checked_sub(count) {
            Some(left) => {
                bucket.left = left;
                Ok(())
            }
            None => {
                let missing = count.min(self.burst) - bucket.left.min(count.min(self.burst));
                Err((Millis::from(missing) * refill).saturating_sub(now - bucket.at).max(1))
            }
        }
    }

    /// When the bucket is as good as a new one, and need not be kept any longer.
    pub fn full_at(self, bucket: Bucket) -> Millis {
        bucket.at.saturating_add(Millis::from(self.burst.saturating_sub(bucket.left)) * self.refill_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { burst: 3, refill_ms: 100 };

    /// Takes one at each of these times and gives the waits that were answered; 0 stands for yes.
    fn check(bucket: &mut Bucket, times: &[Millis], waits: &[Millis]) {
        let answered: Vec<Millis> =
            times.iter().map(|now| RATE.take(bucket, 1, *now).err().unwrap_or_default()).collect();
        assert_eq!(answered, waits);
    }

    #[test]
    fn a_burst_passes_and_a_flood_is_told_when_to_come_back() {
        let mut bucket = RATE.full(1_000);
        check(&mut bucket, &[1_000, 1_000, 1_000, 1_000, 1_040], &[0, 0, 0, 100, 60]);
        check(&mut bucket, &[1_100, 1_100], &[0, 100]);
        check(&mut bucket, &[9_000, 9_000, 9_000, 9_000], &[0, 0, 0, 100]);
    }

    #[test]
    fn who_waits_as_long_as_told_is_let_in() {
        for count in 1..=5 {
            let mut bucket = Bucket { left: 0, at: 500 };
            let wait = RATE.take(&mut bucket, count, 530).unwrap_err();
            let taken = RATE.take(&mut bucket, count.min(RATE.burst), 530 + wait);
            assert_eq!(taken, Ok(()), "{count}");
        }
    }

    #[test]
    fn a_clock_that_steps_back_neither_gives_nor_stops_time() {
        let mut bucket = RATE.full(10_000);
        check(&mut bucket, &[10_000, 10_000, 10_000, 50, 150], &[0, 0, 0, 100, 0]);
    }

    #[test]
    fn a_bucket_is_forgotten_when_it_is_full_again() {
        let mut bucket = RATE.full(1_000);
        assert_eq!(RATE.full_at(bucket), 1_000);
        RATE.take(&mut bucket, 2, 1_000).unwrap();
        assert_eq!(RATE.full_at(bucket), 1_200);
    }

    #[test]
    fn a_visitors_burst_holds_many_grants() {
        for scope in [Scope::Visitor, Scope::Address] {
            assert!(Kind::Message.rate(scope).burst >= 6 * GRANT, "{scope:?}");
        }
    }
}
