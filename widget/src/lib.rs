//! The panel: what a visitor sees when the launcher is opened. It runs in a frame on the edge's origin.
//!
//! `model` holds state and rules and knows no browser; `io` is the browser; `panel` binds the two; `view` only wires. All that
//! is not needed for the first answer is in `more`, which comes as a second module. Leptos's
//! reactive core says what to draw again. Its generic views are not used, for their weight; `view::element` says more.

mod io;
mod live;
pub mod model;
pub mod more;
mod panel;
mod view;

pub use io::{json, wire};
pub use panel::{Bring, More, Panel};
pub use view::element::mount;
pub use view::{El, app, composer, suggestions};

/// Draws the panel into the page and starts it from the page's address.
pub fn start() {
    react();
    let panel = Panel::new(io::place::of_page(), more::bring);
    mount(app(panel));
    panel.start();
}

/// Lets what is drawn follow what is live from now on. It must come before anything is drawn.
pub fn react() {
    // It fails if it was done before, and then all is well.
    let _ = any_spawner::Executor::init_wasm_bindgen();
    // The owner of all effects, for as long as the page lives.
    let owner = reactive_graph::owner::Owner::new();
    owner.set();
    std::mem::forget(owner);
}
