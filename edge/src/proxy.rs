//! What a proxy before the edge leaves out, told to the operator in the log. Each kind is told once: a flood of requests is no
//! flood of lines.

use crate::failure::Failure;
use serde::Serialize;
use shared::protocol::{ApiError, ErrorCode};
use std::cell::RefCell;
use worker::{Request, console_error};

/// What browsers send with every WebSocket, and proxies pass on whatever they do with `Upgrade`.
const SOCKET_SIGN: &str = "sec-websocket-key";
/// The headers in which proxies usually tell who has asked.
const USUAL: [&str; 5] = ["x-forwarded-for", "x-real-ip", "forwarded", "cf-connecting-ip", "true-client-ip"];

/// A kind of fault. Its name is the line's `event`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    /// Whom a request is from.
    Address,
    /// At which address the browser has reached the edge.
    Origin,
    /// That a connection is to become a WebSocket.
    Upgrade,
}

thread_local! {
    /// The kinds of which the log has a line already.
    static TOLD: RefCell<Vec<Missing>> = const { RefCell::new(Vec::new()) };
}

/// A line of the log.
#[derive(Serialize)]
struct Line<'a> {
    event: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    header: Option<&'a str>,
    detail: &'a str,
}

/// Writes a line of this kind, unless there is one. `header` is the one that is looked for, if it is one. Nothing of the caller may
/// stand in `detail` but what the operator has to compare.
pub(crate) fn tell(missing: Missing, header: Option<&str>, detail: &str) {
    let is_new = TOLD.try_with(|told| {
        let mut told = told.borrow_mut();
        let is_new = !told.contains(&missing);
        if is_new {
            told.push(missing);
        }
        is_new
    });
    if is_new.unwrap_or(false) {
        let line = Line { event: missing.event(), header, detail };
        console_error!("{}", serde_json::to_string(&line).unwrap_or_default());
    }
}

/// The refusal of a request for a WebSocket that does not ask for one. A browser's own request was changed on its
/// way.
pub(crate) fn upgrade_missing(request: &Request) -> Result<Failure, Failure> {
    if !request.headers().has(SOCKET_SIGN)? {
        return Ok(ErrorCode::UpgradeNeeded.into());
    }
    let refusal = ApiError::upgrade_lost();
    tell(Missing::Upgrade, None, &refusal.message);
    Ok(refusal.into())
}

/// The headers by which a proxy may have told the visitor's address in this request, with commas between them.
pub(crate) fn usual_headers(request: &Request) -> Result<String, Failure> {
    let mut found = Vec::new();
    for name in USUAL {
        if request.headers().has(name)? {
            found.push(name);
        }
    }
    Ok(found.join(", "))
}

impl Missing {
    fn event(self) -> &'static str {
        match self {
            Missing::Address => "address_unknown",
            Missing::Origin => "origin_unknown",
            Missing::Upgrade => "upgrade_lost",
        }
    }
}
