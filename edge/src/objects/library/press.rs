//! The press: one thing is published at a time. Long work is done in turns, and nobody else may change meanwhile what it is
//! made of. Reading needs no press: until a change is whole, what was there before is served.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::{Poll, Waker};

/// Whether something is being published.
#[derive(Default)]
pub(super) struct Press {
    is_taken: Cell<bool>,
    waiting: RefCell<Vec<Waker>>,
}

/// The press, while it is one's own. It is given back with this, also if the work is cut short.
pub(super) struct Taken<'a>(&'a Press);

impl Press {
    /// Whether something is being published now.
    pub(super) fn is_taken(&self) -> bool {
        self.is_taken.get()
    }

    /// Waits until it is free, and takes it.
    pub(super) async fn take(&self) -> Taken<'_> {
        poll_fn(|context| {
            if self.is_taken.replace(true) {
                self.waiting.borrow_mut().push(context.waker().clone());
                Poll::Pending
            } else {
                Poll::Ready(Taken(self))
            }
        })
        .await
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        self.0.is_taken.set(false);
        // Each of them looks again, and the first one takes it.
        self.0.waiting.take().into_iter().for_each(Waker::wake);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;
    use std::task::Context;

    #[test]
    fn it_is_ones_own_until_it_is_given_back() {
        let press = Press::default();
        let mut context = Context::from_waker(Waker::noop());
        let first = press.take().now_or_never();
        assert!(first.is_some());
        let mut second = Box::pin(press.take());
        let mut third = Box::pin(press.take());
        assert!(second.poll_unpin(&mut context).is_pending() && third.poll_unpin(&mut context).is_pending());
        drop(first);
        let second = second.poll_unpin(&mut context);
        assert!(second.is_ready() && third.poll_unpin(&mut context).is_pending());
        drop(second);
        assert!(third.poll_unpin(&mut context).is_ready());
    }
}
