//! What is being done just now, for the log: which object answers which question.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;

/// What an object, or the worker, is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Task {
    /// The class of the object; `Worker` at the doors.
    pub(crate) object: &'static str,
    /// The name of the question, or what else has woken it, such as `alarm`.
    pub(crate) question: &'static str,
}

thread_local! {
    /// An isolate has one thread, which runs many requests in turns: set while one of them runs, and not while it waits.
    static CURRENT: Cell<Option<Task>> = const { Cell::new(None) };
}

/// Does the work. What fails in it is logged with the task.
pub(crate) async fn during<T>(task: Task, work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    let mut task = Some(task);
    poll_fn(|context| {
        let before = CURRENT.replace(task);
        let poll = work.as_mut().poll(context);
        task = CURRENT.replace(before);
        poll
    })
    .await
}

/// Says what the current task is, once that is known.
pub(crate) fn rename(question: &'static str) {
    CURRENT.set(CURRENT.get().map(|task| Task { question, ..task }));
}

/// The task that runs now; none outside of any.
pub(crate) fn current() -> Option<Task> {
    CURRENT.get()
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;
    use futures_util::future::pending;
    use std::task::{Context, Poll, Waker};

    const ONE: Task = Task { object: "Inbox", question: "Seat" };
    const TWO: Task = Task { object: "Visitor", question: "List" };

    #[test]
    fn renaming_outside_of_any_task_names_nothing() {
        rename("List");
        assert_eq!(current(), None);
    }

    #[test]
    fn a_task_is_current_while_it_runs_and_not_while_it_waits() {
        let mut context = Context::from_waker(Waker::noop());
        let mut one = Box::pin(during(Task { question: "read", ..ONE }, async {
            assert_eq!(current(), Some(Task { question: "read", ..ONE }));
            rename(ONE.question);
            // Yields once, as a call to another object does.
            let mut polls = 0;
            poll_fn(|_| {
                polls += 1;
                if polls == 1 { Poll::Pending } else { Poll::Ready(()) }
            })
            .await;
            assert_eq!(current(), Some(ONE), "after a wait it has its name still");
            during(TWO, async { assert_eq!(current(), Some(TWO)) }).await;
            assert_eq!(current(), Some(ONE), "the inner task is over");
        }));
        assert!(one.poll_unpin(&mut context).is_pending());
        assert_eq!(current(), None, "it waits");
        let mut other = Box::pin(during(TWO, async {
            assert_eq!(current(), Some(TWO));
            pending::<()>().await;
        }));
        assert!(other.poll_unpin(&mut context).is_pending());
        assert!(one.poll_unpin(&mut context).is_ready());
        assert_eq!(current(), None);
    }
}
