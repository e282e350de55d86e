//! WebDriver (<https://www.w3.org/TR/webdriver2/>): JSON over HTTP, one session for each browser.

use crate::{Client, Reply};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::fmt;

/// A session; ending it closes the browser.
pub(super) struct Session {
    client: Client,
    base: String,
}

/// An element as WebDriver names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ElementId {
    #[serde(rename = "element-6066-11e4-a52e-4f735466cecf")]
    pub(super) id: String,
}

/// Why a command failed, in WebDriver's words.
#[derive(Debug, Deserialize)]
pub(super) struct Failure {
    pub(super) error: String,
    pub(super) message: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The rest of the message is chromedriver's own stack.
        write!(f, "{}: {}", self.error, self.message.lines().next().unwrap_or_default())
    }
}

impl Session {
    /// Opens a browser; gives the capabilities that it has.
    pub(super) fn new(port: u16, options: &Value) -> (Self, Value) {
        let client = Client::new(&format!("http://127.0.0.1:{port}"));
        let wanted = json!({ "capabilities": { "alwaysMatch": { "goog:chromeOptions": options } } });
        let reply: Value = serde_json::from_slice(&client.post("/session").json(&wanted).send().body).unwrap();
        let Some(id) = reply["value"]["sessionId"].as_str() else { panic!("no browser: {reply:#}") };
        (Self { client, base: format!("/session/{id}") }, reply["value"]["capabilities"].clone())
    }

    /// A name of this session that is not another's.
    pub(super) fn id(&self) -> &str {
        self.base.get("/session/".len()..).unwrap_or_default()
    }

    pub(super) fn get(&self, command: &str) -> Result<Value, Failure> {
        result(&self.client.get(&format!("{}/{command}", self.base)).send())
    }

    pub(super) fn post(&self, command: &str, parameters: &Value) -> Result<Value, Failure> {
        result(&self.client.post(&format!("{}/{command}", self.base)).json(parameters).send())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.client.request("DELETE", &self.base).try_send();
    }
}

fn result(reply: &Reply) -> Result<Value, Failure> {
    let mut answer: Value = serde_json::from_slice(&reply.body).unwrap();
    let value = answer["value"].take();
    if reply.status == 200 { Ok(value) } else { Err(serde_json::from_value(value).unwrap()) }
}
