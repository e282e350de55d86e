//! Helpers of the tests that need the real things: workerd, Chromium, crashes and hostile callers.
//!
//! `cargo xtask test` builds the product, finds the tools and names them in the environment (`tools.rs`); the tests start
//! and stop everything else themselves, each with a folder and a port of its own.

pub mod browser;
pub mod caller;
pub mod chance;
pub mod chaos;
pub mod courier;
pub mod criteria;
pub mod document;
pub mod edge;
pub mod folder;
pub mod front;
pub mod http;
pub mod identity;
pub mod line;
pub mod models;
pub mod package;
pub mod people;
pub mod pictures;
pub mod porter;
pub mod proxy;
pub mod publisher;
pub mod raw;
pub mod screens;
pub mod seed;
pub mod site;
pub mod socket;
pub mod stand_in;
pub mod states;
pub mod stored;
pub mod tools;
pub mod tunnel;
pub mod waiting;
pub mod world;
pub mod wrangler;

pub use browser::Browser;
pub use edge::Edge;
pub use http::{Client, Reply};
pub use package::Package;
pub use people::{Agent, Visitor, id, secret};
pub use screens::{Host, InboxPage};
pub use socket::Socket;
pub use stored::Stored;
pub use waiting::eventually;
pub use world::World;
