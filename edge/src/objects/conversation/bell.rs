//! Wakes whoever waits for something new in this object.

use crate::platform::now;
use futures_util::future::{Either, select};
use shared::protocol::Millis;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::pin;
use std::task::{Poll, Waker};
use std::time::Duration;
use worker::Delay;

/// Rings for everybody who waits at that moment.
#[derive(Default)]
pub(super) struct Bell {
    rung: Cell<u64>,
    wakers: RefCell<Vec<Waker>>,
    waiting: Cell<usize>,
}

impl Bell {
    /// Something is new.
    pub(super) fn ring(&self) {
        self.rung.set(self.rung.get().wrapping_add(1));
        // Taken out first: a waker may run at once and wait again.
        let wakers = self.wakers.take();
        wakers.into_iter().for_each(Waker::wake);
    }

    /// How many wait.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.get()
    }

    /// Waits for the next ring; false if the deadline came first.
    pub(super) async fn wait(&self, deadline: Millis) -> bool {
        let before = self.rung.get();
        let rang = poll_fn(|context| {
            if self.rung.get() != before {
                return Poll::Ready(());
            }
            self.wakers.borrow_mut().push(context.waker().clone());
            Poll::Pending
        });
        let _counted = Counted::new(&self.waiting);
        let late = Delay::from(Duration::from_millis(deadline.saturating_sub(now())));
        matches!(select(pin!(rang), pin!(late)).await, Either::Left(_))
    }
}

/// One who waits, for as long as they do, whatever ends it.
struct Counted<'a>(&'a Cell<usize>);

impl<'a> Counted<'a> {
    fn new(count: &'a Cell<usize>) -> Self {
        count.set(count.get() + 1);
        Self(count)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get().saturating_sub(1));
    }
}
