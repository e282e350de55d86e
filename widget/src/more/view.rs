//! What is on the screen after the first answer.

mod address;
pub(super) mod article;
mod blocks;
pub(super) mod menu;
pub(super) mod peek;
pub(super) mod recent;
pub(super) mod sections;
pub(super) mod thread;
mod thread_row;
