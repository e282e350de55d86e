//! Wraps closures, so that Leptos's machinery is compiled once for what they give and not once for each of them: the inbox
//! would be a fifth larger without.

use leptos::prelude::*;

/// A memo of what a closure gives. A part of the page that reads a memo and also something that this memo reads has to read
/// the latter first: else it is not drawn anew where that has changed and the memo has not (`reactive_graph` 0.2.16 asks the
/// sources of an effect in order, and takes the first one's asking for its own).
pub(crate) fn memo<T: PartialEq + Send + Sync + 'static>(give: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    boxed_memo(Box::new(give))
}

fn boxed_memo<T: PartialEq + Send + Sync + 'static>(give: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| give())
}

/// Something that changes, for attributes and texts.
pub(crate) fn live<T: Send + Sync + 'static>(give: impl Fn() -> T + Send + Sync + 'static) -> Signal<T> {
    Signal::derive(give)
}

/// A part of the page that is drawn anew with whatever it reads.
pub(crate) fn part(draw: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    boxed_part(Box::new(draw))
}

fn boxed_part(draw: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    (move || draw()).into_any()
}

/// A part of the page that is only there at times.
pub(crate) fn at_times(draw: impl Fn() -> Option<AnyView> + Send + 'static) -> AnyView {
    part(move || draw().unwrap_or_else(nothing))
}

/// No part at all.
pub(crate) fn nothing() -> AnyView {
    ().into_any()
}

/// What listens to an event.
pub(crate) fn on<E>(hear: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(hear)
}
