//! What the widget shows by itself, for host pages whose tag asks for it.

use super::{Answer, wanted_locale};
use crate::arrivals;
use crate::calls::{Workspace, workspace};
use crate::http::{compressed, json};
use shared::ids::WorkspaceId;
use shared::languages::{panel_tongue, panel_words};
use shared::protocol::{MessageText, Messages};
use shared::settings::{ProactiveMessage, of_language};
use std::collections::BTreeMap;
use worker::{Env, Request};

/// The words that stand beside a message.
const WORDS: [&str; 3] = ["automatic", "close", "messages_off"];
/// A message that was taken back is not to be shown for long.
const CACHE: &str = "public, max-age=60";

/// `GET messages?locale=`: they are for everybody, on every page that may hold the panel or not.
pub(super) async fn messages(request: &Request, env: &Env, workspace: &WorkspaceId) -> Answer {
    arrivals::knock(request, env)?;
    let wanted = wanted_locale(request)?;
    let facts = Workspace::of(env, workspace)?.ask(workspace::Boot).await?;
    let tongue = String::from(panel_tongue(&wanted, &wanted));
    let mut words: BTreeMap<String, String> = facts.words.over(serde_json::from_str(panel_words(&tongue))?, &tongue);
    words.retain(|name, _| WORDS.contains(&name.as_str()));
    let in_language = |ProactiveMessage { id, text, when }: ProactiveMessage| {
        let text = of_language(&text, &wanted).filter(|text| !text.trim().is_empty())?.clone();
        Some(MessageText { id, text, when })
    };
    let messages = facts.messages.into_iter().filter_map(in_language).collect();
    let response = json(&Messages { name: facts.panel.name, tongue, words, messages })?;
    response.headers().set("cache-control", CACHE)?;
    // The script on the host page asks, whose origin is any.
    response.headers().set("access-control-allow-origin", "*")?;
    response.headers().set("cross-origin-resource-policy", "cross-origin")?;
    compressed(response, request)
}
