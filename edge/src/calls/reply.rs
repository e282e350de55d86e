//! How an object answers.

use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use shared::protocol::ApiError;
use std::marker::PhantomData;

/// An answer as it travels.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome<T> {
    Done(T),
    Refused(ApiError),
}

/// The way to answer one question: it takes the answer to that question and to no other.
pub(crate) struct Reply<T>(PhantomData<fn(T)>);

impl<T: Serialize> Reply<T> {
    pub(crate) fn with(self, result: Result<T, Failure>) -> Answer {
        Answer(result.and_then(|value| Ok(serde_json::to_string(&Outcome::Done(value))?)))
    }
}

impl<T> Reply<T> {
    /// Only a question that has come makes one: `Asked` is the only caller.
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

/// An answer, written out; or why there is none.
pub(crate) struct Answer(Result<String, Failure>);

impl Answer {
    /// The question, whichever it is, cannot be answered now.
    pub(crate) fn failed(failure: Failure) -> Self {
        Self(Err(failure))
    }

    /// The written answer, for the way back.
    pub(crate) fn into_result(self) -> Result<String, Failure> {
        self.0
    }
}
