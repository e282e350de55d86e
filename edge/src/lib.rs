//! The edge: HTTP and WebSocket at the door, one Durable Object class for each noun behind it.
//!
//! **Invariant:** nothing here panics. A panic resets every object of the isolate, so there is no `unwrap`, `expect` or
//! indexing, and every failure is an answer.

mod address;
mod arrivals;
mod calls;
mod claims;
mod cookies;
mod doors;
mod during;
mod failure;
mod hash;
mod http;
mod identity;
mod keys;
mod names;
mod objects;
mod origin;
mod outside;
mod password;
mod platform;
mod proof;
mod proxy;
mod sql;
mod tables;

use worker::{Context, Env, Request, Response, event};

#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> worker::Result<Response> {
    doors::answer(request, env).await
}
