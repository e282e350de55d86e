//! Sets up what is missing, and knows where each program is then.

pub(crate) mod browser;
pub(crate) mod debian;
pub(crate) mod frameworks;
pub(crate) mod node;
pub(crate) mod programs;
pub(crate) mod toolchain;
pub(crate) mod unpacked;
