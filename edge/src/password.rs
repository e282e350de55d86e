//! Passwords: how they are made slow to guess, and how many are worked on at once.
//!
//! The platform gives 100,000 rounds of PBKDF2 in one call, and OWASP asks for 600,000. So the key of one call is the password of
//! the next, which costs a guesser as many rounds as one long call.

use crate::failure::Failure;
use crate::platform::derive_key;
use shared::protocol::{ApiError, Millis};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::time::Duration;
use worker::Delay;

/// How many calls of 100,000 rounds make a key.
pub(crate) const CALLS: u32 = 6;
/// How many may wait for their turn in one lane, and how many of them from one network: a team that comes back at once, and nobody
/// for longer than some seconds. A few networks that guess do not fill it.
const MOST_WAITING: u32 = 64;
const MOST_OF_NETWORK: u32 = 6;
/// By then several of those that wait are through.
const TRY_AGAIN_MS: Millis = 2_000;
/// How soon one that waits looks again.
const LOOK: Duration = Duration::from_millis(20);

/// Derives the key of a password. `calls` are those after which the stored key was made; the work is that of `CALLS` all the same,
/// so that the time tells nothing of the account. Gives the key after that many calls, and the one after all.
pub(crate) async fn keys(password: &str, salt: &str, calls: u32) -> Result<(String, String), Failure> {
    let mut key = String::from(password);
    let mut asked = String::new();
    for call in 1..=CALLS {
        key = derive_key(&key, salt).await?;
        if call == calls {
            asked.clone_from(&key);
        }
        // The next call takes the isolate for some hundredths of a second: everybody else has a turn before it.
        Delay::from(Duration::ZERO).await;
    }
    Ok((asked, key))
}

/// Where the passwords of a workspace are worked on. Browsers in which an agent has signed in before have a lane of their own: a
/// flood of strangers does not stand before them.
#[derive(Default)]
pub(crate) struct Desk {
    pub(crate) strangers: Lane,
    pub(crate) known: Lane,
}

/// One at a time is worked on: what others do in the same isolate goes on between the calls.
#[derive(Default)]
pub(crate) struct Lane {
    busy: Cell<bool>,
    /// How many wait of each network.
    waiting: RefCell<BTreeMap<String, u32>>,
}

/// The right to derive a key; it ends when this is dropped.
pub(crate) struct Turn<'a>(&'a Lane);

impl Lane {
    /// Waits for a turn. Refused where too many wait already, before anything was worked on.
    pub(crate) async fn turn(&self, network: &str) -> Result<Turn<'_>, Failure> {
        self.queue(network)?;
        while self.busy.get() {
            Delay::from(LOOK).await;
        }
        self.leave(network);
        self.busy.set(true);
        Ok(Turn(self))
    }

    fn queue(&self, network: &str) -> Result<(), Failure> {
        let mut waiting = self.waiting.borrow_mut();
        let of_network = waiting.get(network).copied().unwrap_or_default();
        if of_network >= MOST_OF_NETWORK || waiting.values().sum::<u32>() >= MOST_WAITING {
            return Err(ApiError::too_many(TRY_AGAIN_MS).into());
        }
        waiting.insert(String::from(network), of_network + 1);
        Ok(())
    }

    fn leave(&self, network: &str) {
        let mut waiting = self.waiting.borrow_mut();
        if let Some(count) = waiting.get_mut(network) {
            *count = count.saturating_sub(1);
        }
        waiting.retain(|_, count| *count > 0);
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.busy.set(false);
    }
}
