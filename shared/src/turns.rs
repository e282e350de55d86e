//! Long work that lets others have their turn. One thread serves everybody, so work of seconds is done in pieces, and between two
//! of them those who wait are served.

use std::cell::Cell;
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// What waits until the others had their turn.
pub type Turn = Pin<Box<dyn Future<Output = ()>>>;

/// How much is done in one turn, in bytes of text that are cut into words: some hundredths of a second.
const PIECE: usize = 48 * 1024;

/// Counts what was done since the others had their turn.
pub struct Turns {
    give: Option<fn() -> Turn>,
    done: Cell<usize>,
}

impl Turns {
    /// Gives a turn to the others by waiting for this.
    pub const fn giving(give: fn() -> Turn) -> Self {
        Self { give: Some(give), done: Cell::new(0) }
    }

    /// Gives none: nobody else is there.
    pub const fn none() -> Self {
        Self { give: None, done: Cell::new(0) }
    }

    /// So much was done, in bytes of text that are cut into words or what costs as much. Waits if it is the others' turn.
    pub async fn did(&self, work: usize) {
        let done = self.done.get() + work;
        self.done.set(done);
        if done >= PIECE
            && let Some(give) = self.give
        {
            self.done.set(0);
            give().await;
        }
    }
}

/// What comes of work that gives no turn to anybody, which is done when it is asked for first.
pub fn at_once<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(done) = work.as_mut().poll(&mut context) {
            return done;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    thread_local! {
        static GIVEN: RefCell<usize> = const { RefCell::new(0) };
    }

    fn count() -> Turn {
        GIVEN.with_borrow_mut(|given| *given += 1);
        Box::pin(std::future::ready(()))
    }

    #[test]
    fn the_others_have_their_turn_after_each_piece() {
        let work = async |turns: &Turns| {
            for _ in 0..100 {
                turns.did(PIECE / 10).await;
            }
        };
        at_once(work(&Turns::giving(count)));
        assert_eq!(GIVEN.with_borrow(|given| *given), 9, "a tenth of a piece is left over each time");
        at_once(work(&Turns::none()));
        assert_eq!(GIVEN.with_borrow(|given| *given), 9);
    }
}
