//! What runs later or again. Everything is boxed, so that it is compiled once.

use gloo::timers::callback::Timeout;
use reactive_graph::effect::RenderEffect;
use std::pin::Pin;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Event, EventTarget};

/// Runs a future in the background.
pub(crate) fn go(future: impl Future<Output = ()> + 'static) {
    let boxed: Pin<Box<dyn Future<Output = ()>>> = Box::pin(future);
    wasm_bindgen_futures::spawn_local(boxed);
}

/// Runs something after a time in milliseconds, unless the timer is dropped before.
pub(crate) fn later(wait: u64, run: impl FnOnce() + 'static) -> Timeout {
    later_boxed(u32::try_from(wait).unwrap_or(u32::MAX), Box::new(run))
}

fn later_boxed(wait: u32, run: Box<dyn FnOnce()>) -> Timeout {
    Timeout::new(wait, run)
}

/// Runs something now, and again whenever something changes that it has read, as long as the page lives.
pub(crate) fn follow(run: impl FnMut() + 'static) {
    let mut run: Box<dyn FnMut()> = Box::new(run);
    std::mem::forget(RenderEffect::new(move |_: Option<()>| run()));
}

/// Hears an event as long as the page lives.
pub(crate) fn hear(target: &EventTarget, event: &str, heard: impl Fn(Event) + 'static) {
    let heard: Box<dyn FnMut(Event)> = Box::new(heard);
    let listener = Closure::wrap(heard);
    let _ = target.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
    listener.forget();
}
