//! The two ways in which a request can fail, and how each is answered.

use crate::during::{self, Task};
use serde::Serialize;
use shared::problem::Problem;
use shared::protocol::{ApiError, ErrorBody, ErrorCode, Millis};
use std::panic::Location;
use worker::{Response, console_error};

/// Why a request got no result.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The caller did something that cannot be done; it is told what.
    Refused(ApiError),
    /// A document cannot be taken; the caller is told everything that is wrong with it. Only doors make it.
    Problems(Vec<Problem>),
    /// Something of ours failed; details go to the log, the caller learns only that.
    Broken(Box<Broken>),
}

/// The texts of SQLite's trouble with its files, after any statement (`sqlite3.h`, result codes). And the runtime's own for an object
/// that it has reset because a write did not become durable: the caller is told no more than a number in the log.
const STORE_SIGNS: [&str; 7] = [
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_CANTOPEN",
    "SQLITE_BUSY",
    "SQLITE_READONLY",
    "SQLITE_NOMEM",
    "internal error; reference = ",
];
/// A disk is not made room on, nor a flood over, in less.
const STORE_AGAIN_MS: Millis = 5_000;

/// What the operator learns of something that failed.
#[derive(Debug)]
pub(crate) struct Broken {
    detail: String,
    /// The line of code in which it was noticed.
    place: &'static Location<'static>,
    /// The call to another object that got no answer, if it was that.
    call: Option<Task>,
}

/// A line of the log: JSON, so that it can be searched by each of its parts.
#[derive(Serialize)]
struct Line<'a> {
    event: &'static str,
    /// The object in which it was noticed, and what it was doing.
    object: &'static str,
    question: &'static str,
    /// The object that was called from there, and what it was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    called: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<&'static str>,
    place: &'a str,
    detail: &'a str,
}

impl Failure {
    /// Something of ours failed here.
    #[track_caller]
    pub(crate) fn broken(detail: impl Into<String>) -> Self {
        Self::Broken(Box::new(Broken { detail: detail.into(), place: Location::caller(), call: None }))
    }

    /// The same failure, which came of a call to another object at that place.
    pub(crate) fn of_call(self, call: Task, place: &'static Location<'static>) -> Self {
        match self {
            Failure::Broken(broken) => {
                Failure::Broken(Box::new(Broken { call: Some(call), place, detail: broken.detail }))
            }
            refused => refused,
        }
    }

    /// What the caller is told.
    pub(crate) fn into_api_error(self) -> ApiError {
        self.log();
        match self {
            Failure::Refused(error) => error,
            Failure::Problems(problems) => ErrorBody::from(problems).error,
            Failure::Broken(broken) if broken.is_of_store() => ApiError::unavailable(STORE_AGAIN_MS),
            Failure::Broken(_) => ApiError::new(ErrorCode::Internal),
        }
    }

    /// Writes what only the operator may see.
    pub(crate) fn log(&self) {
        if let Failure::Broken(broken) = self {
            console_error!("{}", broken.line(during::current()));
        }
    }

    /// The answer to the caller.
    pub(crate) fn into_response(self) -> worker::Result<Response> {
        let body = match self {
            Failure::Problems(problems) => ErrorBody::from(problems),
            other => ErrorBody::from(other.into_api_error()),
        };
        let status = body.error.code.status();
        let wait = body.error.retry_after_ms;
        let response = Response::from_json(&body)?.with_status(status);
        response.headers().set("cache-control", "no-store")?;
        response.headers().set("x-content-type-options", "nosniff")?;
        if let Some(wait) = wait {
            // The header counts in seconds; coming back a little late is right, a little early is in vain.
            response.headers().set("retry-after", &wait.div_ceil(1_000).to_string())?;
        }
        Ok(response)
    }
}

impl Broken {
    /// Whether the store could not be read or written: a full disk, no more open files, or another process on it. Another try is
    /// worth it once that has passed.
    fn is_of_store(&self) -> bool {
        STORE_SIGNS.iter().any(|sign| self.detail.contains(sign))
    }

    fn line(&self, task: Option<Task>) -> String {
        const NONE: Task = Task { object: "none", question: "none" };
        let Task { object, question } = task.unwrap_or(NONE);
        let place = [self.place.file(), ":", &self.place.line().to_string()].concat();
        let line = Line {
            event: "broken",
            object,
            question,
            called: self.call.map(|call| call.object),
            asked: self.call.map(|call| call.question),
            place: &place,
            detail: &self.detail,
        };
        serde_json::to_string(&line).unwrap_or(place)
    }
}

impl From<ErrorCode> for Failure {
    fn from(code: ErrorCode) -> Self {
        Failure::Refused(ApiError::new(code))
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Failure::Refused(error)
    }
}

impl From<worker::Error> for Failure {
    #[track_caller]
    fn from(error: worker::Error) -> Self {
        Failure::broken(error.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    #[track_caller]
    fn from(error: serde_json::Error) -> Self {
        Failure::broken(error.to_string())
    }
}

impl From<std::str::Utf8Error> for Failure {
    #[track_caller]
    fn from(error: std::str::Utf8Error) -> Self {
        Failure::broken(error.to_string())
    }
}

impl From<wasm_bindgen::JsValue> for Failure {
    #[track_caller]
    fn from(error: wasm_bindgen::JsValue) -> Self {
        Failure::broken(worker::Error::from(error).to_string())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const ANSWERING: Task = Task { object: "Conversation", question: "AsVisitor" };

    fn written(failure: Failure, task: Option<Task>) -> Value {
        let Failure::Broken(broken) = failure else { panic!("{failure:?} is an answer") };
        let line = broken.line(task);
        assert!(!line.contains('\n'), "{line}");
        serde_json::from_str(&line).unwrap()
    }

    #[test]
    fn a_question_mark_leaves_its_line_in_the_log() {
        let fails = || -> Result<u32, Failure> { Ok(serde_json::from_str("\"one\n")?) };
        let place = format!("{}:{}", file!(), line!() - 1);
        let detail = serde_json::from_str::<u32>("\"one\n").unwrap_err().to_string();
        let expected = json!({
            "event": "broken", "object": "Conversation", "question": "AsVisitor", "place": place, "detail": detail,
        });
        assert_eq!(written(fails().unwrap_err(), Some(ANSWERING)), expected);
    }

    #[test]
    fn a_call_without_an_answer_says_who_was_asked_what_and_where() {
        let here = Location::caller();
        let call = Task { object: "Inbox", question: "Seat" };
        let failure = Failure::broken("the network \"broke\"\nin two").of_call(call, here);
        let expected = json!({
            "event": "broken", "object": "Conversation", "question": "AsVisitor", "called": "Inbox", "asked": "Seat",
            "place": format!("{}:{}", here.file(), here.line()), "detail": "the network \"broke\"\nin two",
        });
        assert_eq!(written(failure, Some(ANSWERING)), expected);
    }

    #[test]
    fn what_breaks_outside_of_any_task_says_so() {
        assert_eq!(written(Failure::broken("early"), None)["object"], "none");
    }

    #[test]
    fn trouble_with_the_store_says_when_to_come_back_and_no_more_than_any_other() {
        for detail in ["Error: database or disk is full: SQLITE_FULL", "Error: internal error; reference = abc"] {
            let Failure::Broken(broken) = Failure::broken(detail) else { panic!("{detail}") };
            assert!(broken.is_of_store(), "{detail}");
        }
        let Failure::Broken(other) = Failure::broken("there is no question Seek") else { panic!() };
        assert!(!other.is_of_store());
    }

    #[test]
    fn what_is_refused_stays_refused() {
        let call = Task { object: "Inbox", question: "Seat" };
        let failure = Failure::from(ErrorCode::UnknownWorkspace).of_call(call, Location::caller());
        assert!(matches!(failure, Failure::Refused(error) if error.code == ErrorCode::UnknownWorkspace));
    }
}
