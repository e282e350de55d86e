//! Everything that touches the browser or the network.

pub(crate) mod browser;
pub(crate) mod http;
pub(crate) mod intl;
pub(crate) mod language;
pub(crate) mod numbers;
pub(crate) mod socket;
pub(crate) mod times;
