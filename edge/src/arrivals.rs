//! The requests of each address, counted in the isolate's memory before any object is woken.

use crate::address;
use crate::failure::Failure;
use crate::names::AddressName;
use crate::platform::now;
use shared::limits::Arrivals;
use shared::protocol::ApiError;
use std::cell::RefCell;
use worker::{Env, Request};

thread_local! {
    /// An isolate has one thread. workerd has one isolate for the worker and all of its objects; elsewhere each counts for itself.
    static ARRIVALS: RefCell<Arrivals> = RefCell::default();
}

/// Counts a visitor's request and gives the name of its address. Refused to one that sends too many.
pub(crate) fn knock(request: &Request, env: &Env) -> Result<AddressName, Failure> {
    let from = address::of(request, env)?;
    with(|all| all.knock(from.as_str(), now())).map_err(ApiError::too_many)?;
    Ok(from)
}

/// Counts a guess at the operator's token.
pub(crate) fn guess(request: &Request, env: &Env) -> Result<(), Failure> {
    let from = address::of(request, env)?;
    Ok(with(|all| all.guess(from.as_str(), now())).map_err(ApiError::too_many)?)
}

/// Counts a question for something that may not be there; true if it is known to be.
pub(crate) fn seek(from: &AddressName, name: &str) -> Result<bool, Failure> {
    Ok(with(|all| all.seek(from.as_str(), name, now())).map_err(ApiError::too_many)?)
}

/// It is there.
pub(crate) fn found(from: &AddressName, name: &str) {
    with(|all| all.found(from.as_str(), name));
}

/// It may not be there any more.
pub(crate) fn lost(name: &str) {
    with(|all| all.lost(name));
}

/// Counts a socket that has not greeted.
pub(crate) fn open(from: &AddressName) -> Result<(), Failure> {
    Ok(with(|all| all.open(from.as_str(), now())).map_err(ApiError::too_many)?)
}

/// It has greeted, or has gone before it did.
pub(crate) fn greeted(from: &AddressName) {
    with(|all| all.greeted(from.as_str()));
}

fn with<T>(work: impl FnOnce(&mut Arrivals) -> T) -> T {
    ARRIVALS.with_borrow_mut(work)
}
