//! State that views follow.

use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use std::cell::RefCell;

/// A value, and Leptos's trigger that tells who follows it. A `RwSignal` is the same for the reader, but is compiled again for
/// each type that it holds, and every visitor would load all of these copies.
///
/// **Invariant:** what is given to `with`, `peek` and `change` does not change the same value.
pub(crate) struct Live<T> {
    value: RefCell<T>,
    changed: ArcTrigger,
}

impl<T> Live<T> {
    pub(crate) fn new(value: T) -> Self {
        Self { value: RefCell::new(value), changed: ArcTrigger::new() }
    }

    /// Reads it; the view or effect that does runs again when it changes.
    pub(crate) fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.changed.track();
        self.peek(read)
    }

    /// Reads it as it is now.
    pub(crate) fn peek<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.value.borrow())
    }

    /// Changes it and tells who follows it, when what is running now is done.
    pub(crate) fn change<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        let result = change(&mut self.value.borrow_mut());
        self.changed.notify();
        result
    }

    /// Replaces it.
    pub(crate) fn set(&self, value: T) {
        // The old value is dropped after the borrow has ended: dropping may run anything.
        let old = self.value.replace(value);
        self.changed.notify();
        drop(old);
    }
}

impl<T: Clone> Live<T> {
    /// A copy of it; follows it like `with`.
    pub(crate) fn get(&self) -> T {
        self.with(T::clone)
    }

    /// A copy of it as it is now.
    pub(crate) fn now(&self) -> T {
        self.peek(T::clone)
    }
}
