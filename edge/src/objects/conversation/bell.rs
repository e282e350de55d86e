//! Wakes those who wait for something new in this object.

use crate::platform::now;
use event_listener::Event;
use futures_util::future::{Either, select};
use shared::protocol::Millis;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;
use worker::Delay;

/// Rings for everybody who waits at that moment.
#[derive(Default)]
pub(super) struct Bell(Event);

impl Bell {
    /// Something is new.
    pub(super) fn ring(&self) {
        self.0.notify(usize::MAX);
    }

    /// How many wait.
    pub(super) fn waiting(&self) -> usize {
        self.0.total_listeners()
    }

    /// Waits for the next ring; false if the deadline came first.
    pub(super) async fn wait(&self, deadline: Millis) -> bool {
        self.wait_unless(Delay::from(Duration::from_millis(deadline.saturating_sub(now())))).await
    }

    /// Waits for the next ring; false if something else came first.
    async fn wait_unless(&self, late: impl Future) -> bool {
        matches!(select(self.0.listen(), pin!(late)).await, Either::Left(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;
    use futures_util::future::{pending, ready};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::{Context, Poll, Wake, Waker};

    /// Counts how often it was woken.
    #[derive(Default)]
    struct Sleeper(AtomicUsize);

    impl Wake for Sleeper {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    #[test]
    fn a_ring_wakes_those_who_wait_and_nobody_else() {
        let (bell, sleeper) = (Bell::default(), Arc::new(Sleeper::default()));
        let waker = Waker::from(Arc::clone(&sleeper));
        let mut context = Context::from_waker(&waker);
        // Nobody hears it.
        bell.ring();
        let mut waits = [0; 3].map(|_| Box::pin(bell.wait_unless(pending::<()>())));
        for wait in &mut waits {
            assert!(wait.poll_unpin(&mut context).is_pending());
        }
        assert_eq!((bell.waiting(), sleeper.0.load(Ordering::Relaxed)), (3, 0));
        bell.ring();
        assert_eq!(sleeper.0.load(Ordering::Relaxed), 3);
        for wait in &mut waits {
            assert_eq!(wait.poll_unpin(&mut context), Poll::Ready(true));
        }
        assert_eq!(bell.waiting(), 0);
    }

    #[test]
    fn nothing_stays_of_those_who_have_left() {
        let (bell, sleeper) = (Bell::default(), Arc::new(Sleeper::default()));
        let waker = Waker::from(Arc::clone(&sleeper));
        let before = Arc::strong_count(&sleeper);
        let mut context = Context::from_waker(&waker);
        for _ in 0..100 {
            // A caller who goes away, and one whose time is up.
            let mut wait = Box::pin(bell.wait_unless(pending::<()>()));
            assert!(wait.poll_unpin(&mut context).is_pending());
            drop(wait);
            let mut wait = Box::pin(bell.wait_unless(ready(())));
            assert_eq!(wait.poll_unpin(&mut context), Poll::Ready(false));
        }
        assert_eq!((bell.waiting(), Arc::strong_count(&sleeper)), (0, before));
        bell.ring();
        assert_eq!(sleeper.0.load(Ordering::Relaxed), 0);
    }
}
