//! The two ways in which a request can fail, and how each is answered.

use shared::problem::Problem;
use shared::protocol::{ApiError, ErrorBody, ErrorCode};
use worker::{Response, console_error};

/// Why a request got no result.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The caller did something that cannot be done; it is told what.
    Refused(ApiError),
    /// A document cannot be taken; the caller is told everything that is wrong with it. Only doors make it.
    Problems(Vec<Problem>),
    /// Something of ours failed; details go to the log, the caller learns only that.
    Broken(String),
}

impl Failure {
    /// What the caller is told.
    pub(crate) fn into_api_error(self) -> ApiError {
        self.log();
        match self {
            Failure::Refused(error) => error,
            Failure::Problems(problems) => ErrorBody::from(problems).error,
            Failure::Broken(_) => ApiError::new(ErrorCode::Internal),
        }
    }

    /// Writes what only the operator may see.
    pub(crate) fn log(&self) {
        if let Failure::Broken(detail) = self {
            console_error!("internal: {detail}");
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
    fn from(error: worker::Error) -> Self {
        Failure::Broken(error.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Failure::Broken(error.to_string())
    }
}

impl From<wasm_bindgen::JsValue> for Failure {
    fn from(error: wasm_bindgen::JsValue) -> Self {
        Failure::Broken(worker::Error::from(error).to_string())
    }
}
