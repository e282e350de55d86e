//! The edge's HTTP doors, as xtask uses them.

use super::WORKSPACE;
use crate::Outcome;
use crate::places::{Places, at, read_text};
use serde_json::Value;
use std::time::Duration;
use ureq::Agent;
use ureq::http::StatusCode;

/// Publishing compiles the index; everything else is answered at once.
const PATIENCE: Duration = Duration::from_secs(60);

/// The host of the demo's pages, which is another one than the edge's.
pub(super) const SITE_HOST: &str = "localhost";

/// One running edge.
pub(crate) struct Door {
    agent: Agent,
    port: u16,
}

impl Door {
    pub(crate) fn new(port: u16) -> Self {
        let config = Agent::config_builder().timeout_global(Some(PATIENCE)).http_status_as_error(false).build();
        Self { agent: config.new_agent(), port }
    }

    /// The edge's own origin.
    pub(crate) fn edge(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The origin of the demo's host pages.
    pub(crate) fn site(&self) -> String {
        format!("http://{SITE_HOST}:{}", self.port)
    }

    pub(super) fn answers(&self) -> bool {
        self.get("/beforehand.js").is_ok()
    }

    /// Makes a workspace, with these secrets in the place of random ones. None if it is there already.
    pub(crate) fn make(&self, workspace: &str, token: &str, given: &Value) -> Outcome<Option<Value>> {
        let url = format!("{}/api/w/{workspace}", self.edge());
        let request = self.agent.put(&url).header("authorization", format!("Bearer {token}"));
        let reply = request.header("content-type", "application/json").send(given.to_string());
        if reply.as_ref().is_ok_and(|reply| reply.status() == StatusCode::CONFLICT) {
            return Ok(None);
        }
        serde_json::from_slice(&body(&url, reply)?).map(Some).map_err(|error| format!("{url}: {error}"))
    }

    /// Publishes the demo and says in a few words what that was.
    pub(super) fn publish(&self, places: &Places, token: &str) -> Outcome<String> {
        let path = places.dist().join("content.json");
        let content = read_text(&path)?.replace("{{site}}", &self.site());
        let articles = serde_json::from_str::<Value>(&content).map_err(|error| at(&path, error))?;
        let articles = articles.get("articles").and_then(Value::as_array).map_or(0, Vec::len);

        let url = format!("{}/api/w/{WORKSPACE}/content", self.edge());
        let request = self.agent.put(&url).header("authorization", format!("Bearer {token}"));
        let reply = request.header("content-type", "application/json").send(content);
        body(&url, reply)?;
        Ok(format!("{articles} articles"))
    }

    /// Whether there is no agent yet.
    pub(super) fn needs_setup(&self) -> Outcome<bool> {
        let reply = self.get_json(&format!("/api/w/{WORKSPACE}/setup"))?;
        Ok(reply.get("needed").and_then(Value::as_bool).unwrap_or(false))
    }

    /// The secret is behind `#`, so it is sent to nobody and stands in no log.
    pub(crate) fn setup_link(&self, workspace: &str, token: &str) -> String {
        format!("{}/inbox?workspace={workspace}#setup={token}", self.edge())
    }

    /// What a panel asks first.
    pub(crate) fn boot(&self, locale: &str) -> Outcome<Vec<u8>> {
        self.get(&format!("/api/w/{WORKSPACE}/boot?own=en&locale={locale}"))
    }

    /// The search index of a language, as a panel loads it.
    pub(crate) fn index(&self, locale: &str) -> Outcome<Vec<u8>> {
        self.named_at_start(locale, "index")
    }

    /// The curated answers of a language, as a panel loads them.
    pub(crate) fn curated(&self, locale: &str) -> Outcome<Vec<u8>> {
        self.named_at_start(locale, "answers")
    }

    /// The file whose address a panel starts with, under this name.
    fn named_at_start(&self, locale: &str, name: &str) -> Outcome<Vec<u8>> {
        let boot: Value = serde_json::from_slice(&self.boot(locale)?).map_err(|error| format!("boot: {error}"))?;
        let path = boot.get(name).and_then(Value::as_str).ok_or_else(|| format!("the edge has no {name}"))?;
        self.get(path)
    }

    fn get_json(&self, path: &str) -> Outcome<Value> {
        serde_json::from_slice(&self.get(path)?).map_err(|error| format!("{path}: {error}"))
    }

    fn get(&self, path: &str) -> Outcome<Vec<u8>> {
        let url = format!("{}{path}", self.edge());
        let reply = self.agent.get(&url).call();
        body(&url, reply)
    }
}

fn body(url: &str, reply: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Outcome<Vec<u8>> {
    let mut reply = reply.map_err(|error| format!("{url}: {error}"))?;
    let status = reply.status();
    let bytes = reply.body_mut().read_to_vec().map_err(|error| format!("{url}: {error}"))?;
    if status.is_success() {
        return Ok(bytes);
    }
    Err(format!("{url} answers {status}: {}", String::from_utf8_lossy(&bytes)))
}
