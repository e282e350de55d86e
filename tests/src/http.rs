//! The edge's HTTP doors from outside: nothing is added to a request that the test did not ask for.

use crate::waiting::DEADLINE;
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::protocol::{ErrorBody, ErrorCode};
use std::time::Duration;
use ureq::config::AutoHeaderValue;
use ureq::http::{HeaderMap, Request as HttpRequest, request::Builder};

/// Makes requests to one origin.
#[derive(Clone)]
pub struct Client {
    agent: ureq::Agent,
    origin: String,
}

impl Client {
    pub fn new(origin: &str) -> Self {
        Self::patient(origin, DEADLINE)
    }

    /// One that waits for so long.
    pub fn patient(origin: &str, deadline: Duration) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .max_redirects(0)
            .proxy(None)
            .accept(AutoHeaderValue::None)
            .accept_encoding(AutoHeaderValue::None)
            .timeout_global(Some(deadline))
            // A pooled connection does not outlive a killed edge.
            .max_idle_connections(0)
            .build();
        Self { agent: config.new_agent(), origin: String::from(origin) }
    }

    pub fn get(&self, path: &str) -> Request {
        self.request("GET", path)
    }

    pub fn post(&self, path: &str) -> Request {
        self.request("POST", path)
    }

    pub fn request(&self, method: &str, path: &str) -> Request {
        let builder = HttpRequest::builder().method(method).uri(format!("{}{path}", self.origin));
        Request { agent: self.agent.clone(), builder, body: None, chunked: false }
    }
}

/// A request that is being put together.
pub struct Request {
    agent: ureq::Agent,
    builder: Builder,
    body: Option<Vec<u8>>,
    chunked: bool,
}

impl Request {
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.builder = self.builder.header(name, value);
        self
    }

    pub fn bearer(self, token: &str) -> Self {
        self.header("Authorization", &format!("Bearer {token}"))
    }

    pub fn json(self, body: &impl Serialize) -> Self {
        self.header("Content-Type", "application/json").body(serde_json::to_vec(body).unwrap())
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// As `body`, but without telling its length beforehand.
    pub fn chunked(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.chunked = true;
        self.body(body)
    }

    /// The reply, or why there is none.
    pub fn try_send(self) -> Result<Reply, ureq::Error> {
        let sent = match self.body {
            Some(body) if self.chunked => {
                let body = ureq::SendBody::from_owned_reader(std::io::Cursor::new(body));
                self.agent.run(self.builder.body(body)?)
            }
            Some(body) => self.agent.run(self.builder.body(body)?),
            None => self.agent.run(self.builder.body(())?),
        };
        let (head, mut body) = sent?.into_parts();
        let body = body.with_config().limit(u64::MAX).read_to_vec()?;
        Ok(Reply { status: head.status.as_u16(), headers: head.headers, body })
    }

    pub fn send(self) -> Reply {
        let what = format!("{:?} {:?}", self.builder.method_ref(), self.builder.uri_ref());
        self.try_send().unwrap_or_else(|error| panic!("{what}: {error}"))
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    /// A header's value; an empty text if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The body of a success.
    pub fn ok<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        assert!(self.header("content-type").starts_with("application/json"), "{:?}", self.headers);
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The status and the code of a refusal, which is always JSON.
    pub fn refusal(&self) -> (u16, ErrorCode) {
        let text = String::from_utf8_lossy(&self.body);
        assert!(self.status >= 400, "not refused: {} {text}", self.status);
        assert!(
            self.header("content-type").starts_with("application/json"),
            "{} {:?} {text}",
            self.status,
            self.headers
        );
        let body: ErrorBody = serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {text}"));
        (self.status, body.error.code)
    }
}
