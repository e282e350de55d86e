//! Who publishes for the demo's workspace.

use crate::edge::PUBLISH_TOKEN;
use crate::{Edge, Reply};
use serde_json::{Value, json};

/// Asks a door of the workspace with the publisher's token.
pub fn request(edge: &Edge, method: &str, door: &str, body: Option<&Value>) -> Reply {
    let request = edge.client().request(method, &format!("/api/w/demo/{door}")).bearer(PUBLISH_TOKEN);
    match body {
        Some(body) => request.json(body).send(),
        None => request.send(),
    }
}

/// An English article with an address of its own.
pub fn article(id: &str, title: &str, text: &str) -> Value {
    json!({ "id": id, "locale": "en", "title": title, "markdown": text, "url": format!("https://www.lumen.example/{id}") })
}
