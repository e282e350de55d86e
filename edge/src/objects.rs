//! The Durable Objects, one class for each noun. Their questions are in `calls`; they do not know each other.

mod address;
mod agents;
mod alarm;
mod allowance;
mod conversation;
mod devices;
mod documents;
mod dump;
mod guesses;
mod inbox;
mod invitations;
mod library;
mod operations;
mod pulse;
mod purge;
mod secrets;
mod shell;
mod sign_in;
mod sockets;
mod spare;
mod visitor;
mod workspace;
