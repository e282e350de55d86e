//! Connections and who gives way: a newcomer takes the place of the one that has said nothing for longest. If all are in use, an address
//! that has more than its share gives one away.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use tokio::sync::watch;

/// An address that has more than one of these parts of all places has too many, once there is none left.
const SHARES: usize = 4;

/// The state of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doing {
    /// Nothing: it has asked nothing yet, or was answered, or its socket has not greeted.
    Nothing,
    /// Something is asked for, or its socket is in use.
    Something,
}

/// All places.
pub(crate) struct Places {
    most: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    next: u64,
    places: BTreeMap<u64, Seat>,
}

struct Seat {
    doing: Doing,
    since: Instant,
    /// The network address, where connections tell it: behind a proxy they are all the proxy's.
    address: Option<String>,
    leave: watch::Sender<bool>,
}

/// One place, which is free again when this is dropped.
pub(crate) struct Place {
    all: Arc<Places>,
    number: u64,
    leave: watch::Receiver<bool>,
}

impl Places {
    pub(crate) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most, taken: Mutex::default() })
    }

    /// How many there are.
    pub(crate) fn most(&self) -> usize {
        self.most
    }

    /// How many are taken.
    pub(crate) fn taken(&self) -> usize {
        self.lock().places.len()
    }

    /// Takes a place; none if all are in use, by many.
    pub(crate) fn take(self: &Arc<Self>, address: Option<String>, now: Instant) -> Option<Place> {
        let mut taken = self.lock();
        if taken.places.len() >= self.most {
            let number = taken.silent().or_else(|| taken.of_the_greediest(self.most / SHARES, address.as_deref()))?;
            let seat = taken.places.remove(&number)?;
            seat.leave.send_replace(true);
        }
        taken.next += 1;
        let (number, (leave, left)) = (taken.next, watch::channel(false));
        taken.places.insert(number, Seat { doing: Doing::Nothing, since: now, address, leave });
        Some(Place { all: Arc::clone(self), number, leave: left })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    /// The one that has said nothing for longest.
    fn silent(&self) -> Option<u64> {
        let idle = self.places.iter().filter(|(_, seat)| seat.doing == Doing::Nothing);
        idle.min_by_key(|(_, seat)| seat.since).map(|(number, _)| *number)
    }

    /// The oldest one of the address that has the most, if those are more than a share and it is not the newcomer's.
    fn of_the_greediest(&self, share: usize, newcomer: Option<&str>) -> Option<u64> {
        let mut sums: BTreeMap<&str, usize> = BTreeMap::new();
        for address in self.places.values().filter_map(|seat| seat.address.as_deref()) {
            *sums.entry(address).or_default() += 1;
        }
        let (greediest, most) = sums.into_iter().max_by_key(|(_, sum)| *sum)?;
        if most <= share || newcomer == Some(greediest) {
            return None;
        }
        let theirs = self.places.iter().filter(|(_, seat)| seat.address.as_deref() == Some(greediest));
        theirs.min_by_key(|(_, seat)| seat.since).map(|(number, _)| *number)
    }
}

impl Place {
    /// Says what the connection is doing from now on.
    pub(crate) fn is(&self, doing: Doing) {
        if let Some(seat) = self.all.lock().places.get_mut(&self.number) {
            (seat.doing, seat.since) = (doing, Instant::now());
        }
    }

    /// Returns when somebody else has the place.
    pub(crate) async fn given_away(&self) {
        let mut leave = self.leave.clone();
        // An error is the same: the seat is gone.
        let _gone = leave.wait_for(|left| *left).await.map(drop);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.all.lock().places.remove(&self.number);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn has_left(place: &Place) -> bool {
        *place.leave.borrow()
    }

    #[test]
    fn the_longest_silent_gives_way_and_who_is_busy_does_not() {
        let places = Places::new(3);
        let now = Instant::now();
        let [first, second, third] = [0, 1, 2].map(|_| places.take(None, now).unwrap());
        first.is(Doing::Something);
        second.is(Doing::Nothing);
        let fourth = places.take(None, now).unwrap();
        assert!(has_left(&third) && !has_left(&first) && !has_left(&second));
        fourth.is(Doing::Something);
        let fifth = places.take(None, now).unwrap();
        assert!(has_left(&second));
        fifth.is(Doing::Something);
        assert!(places.take(None, now).is_none());
        drop((second, third));
        assert_eq!(places.taken(), 3, "who has given way frees nobody else's place");
        drop(first);
        assert!(places.take(None, now).is_some());
    }

    #[test]
    fn an_address_that_holds_more_than_its_share_gives_one_to_others_and_none_to_itself() {
        let places = Places::new(8);
        let now = Instant::now();
        let take = |address: &str| {
            let place = places.take(Some(address.to_owned()), now)?;
            place.is(Doing::Something);
            Some(place)
        };
        let greedy: Vec<_> = (0..5).map(|_| take("a").unwrap()).collect();
        let others: Vec<_> = ["b", "c", "d"].map(|address| take(address).unwrap()).into();
        assert!(take("a").is_none());
        let newcomer = take("e").unwrap();
        assert!(has_left(&greedy[0]) && greedy[1..].iter().chain(&others).all(|place| !has_left(place)));
        let more = [take("f").unwrap(), take("g").unwrap()];
        assert!(take("h").is_none(), "two of eight are a share");
        drop((newcomer, more));
    }
}
