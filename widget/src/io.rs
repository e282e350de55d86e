//! The browser: everything that the model is kept from.
//!
//! **Invariant:** no failure here stops the panel. Storage may be forbidden, the network may be away, the host page may be
//! hostile; each door gives an `Option` or an error to act on.

pub(crate) mod clock;
pub(crate) mod digest;
pub(crate) mod focus;
pub(crate) mod form;
pub(crate) mod host;
pub(crate) mod http;
pub mod json;
pub(crate) mod lines;
pub(crate) mod page;
pub(crate) mod place;
pub(crate) mod plural;
pub(crate) mod random;
#[cfg(two_modules)]
pub(crate) mod second;
pub(crate) mod size;
pub(crate) mod socket;
pub(crate) mod storage;
pub(crate) mod task;
pub mod wire;
pub(crate) mod written;

/// The window of the panel; it is always there, for the panel runs nowhere else.
pub(crate) fn window() -> Option<web_sys::Window> {
    web_sys::window()
}
