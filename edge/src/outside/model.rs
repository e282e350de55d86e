//! The language model that the operator has chosen, if any: one of the platform, or any server that speaks OpenAI's chat API.
//!
//! Its server may be on a private network on purpose. So the rule is not that the address is public, but that it is exactly the one that
//! the operator has set: no article and no answer leads to another one, and a redirect is not followed.

use super::{Missing, body};
use crate::failure::Failure;
use crate::platform;
use futures_util::future::{Either, select};
use serde::{Deserialize, Serialize};
use shared::written::{Prompt, Wanted, wanted};
use std::pin::pin;
use std::time::Duration;
use worker::{Delay, Env, Fetch, Headers, Method, Request, RequestInit, RequestRedirect, Response, Url};

/// The name of the model.
const NAME: &str = "MODEL";
/// The address of its server, up to `/v1`.
const URL: &str = "MODEL_URL";
/// What the server wants to be shown.
const KEY: &str = "MODEL_KEY";
/// How many tokens a day are spent on a workspace.
const TOKENS: &str = "MODEL_TOKENS";
/// Some hundred articles.
const USUAL_TOKENS: u64 = 300_000;
/// The way to the server on one's own machine; on Cloudflare there is none, and the address is public.
const SERVER: &str = "MODEL_SERVER";
/// The platform's models.
const PLATFORM: &str = "AI";
/// A model on a slow machine writes for a minute.
const PATIENCE: Duration = Duration::from_secs(120);
/// A longer answer is none.
const MOST_BYTES: usize = 256_000;
/// Twenty phrases are some hundred tokens.
const MOST_TOKENS: u32 = 1_500;

/// A model, and how it is reached.
pub(crate) struct Model {
    name: String,
    /// None if it is the platform's.
    server: Option<Url>,
    key: Option<String>,
}

/// What a model said.
pub(crate) struct Said {
    pub(crate) text: String,
    pub(crate) tokens: u64,
}

#[derive(Serialize)]
struct Chat<'a> {
    model: &'a str,
    messages: [Message<'a>; 2],
    response_format: Format<Named>,
    max_tokens: u32,
    temperature: f32,
    stream: bool,
}

/// The same for a model of the platform, which is named beside it.
#[derive(Serialize)]
struct PlatformChat<'a> {
    messages: [Message<'a>; 2],
    response_format: Format<Wanted>,
    max_tokens: u32,
}

#[derive(Serialize)]
struct Message<'a> {
    role: &'static str,
    content: &'a str,
}

#[derive(Serialize)]
struct Format<S> {
    r#type: &'static str,
    json_schema: S,
}

#[derive(Serialize)]
struct Named {
    name: &'static str,
    strict: bool,
    schema: Wanted,
}

#[derive(Deserialize)]
struct Reply {
    choices: Vec<Choice>,
    usage: Option<Usage>,
}

#[derive(Deserialize)]
struct Choice {
    message: Content,
}

#[derive(Deserialize)]
struct Content {
    /// None if it refuses.
    content: Option<String>,
}

#[derive(Deserialize)]
struct Usage {
    total_tokens: Option<u64>,
}

/// A model of the platform gives what it said as a text, or as what the text stands for.
#[derive(Deserialize)]
struct PlatformReply {
    response: serde_json::Value,
    usage: Option<Usage>,
}

impl Model {
    /// The model that the operator has set; none if there is none.
    pub(crate) fn of(env: &Env) -> Result<Option<Self>, Failure> {
        let Some(name) = platform::text(env, NAME) else { return Ok(None) };
        let server = match platform::text(env, URL) {
            None if platform::has(env, PLATFORM) => None,
            None => return Err(Failure::broken("MODEL is set, and neither MODEL_URL nor a binding AI is")),
            Some(url) => {
                Some(address(&url).ok_or_else(|| Failure::broken("MODEL_URL is no address of http or https"))?)
            }
        };
        Ok(Some(Self { name, server, key: platform::text(env, KEY) }))
    }

    /// How many tokens a day may be spent.
    pub(crate) fn tokens_a_day(env: &Env) -> Result<u64, Failure> {
        let Some(text) = platform::text(env, TOKENS) else { return Ok(USUAL_TOKENS) };
        text.parse().map_err(|_| Failure::broken("MODEL_TOKENS is no number of tokens"))
    }

    /// Asks it.
    pub(crate) async fn ask(&self, env: &Env, prompt: &Prompt) -> Result<Said, Missing> {
        // Where a test's days are short, so is everything that takes a part of one.
        let patience = PATIENCE.min(Duration::from_millis(platform::day_ms(env)));
        match select(pin!(self.said(env, prompt)), pin!(Delay::from(patience))).await {
            Either::Left((said, _)) => said,
            Either::Right(_) => Err(Missing::for_now(String::from("it did not answer in time"))),
        }
    }

    async fn said(&self, env: &Env, prompt: &Prompt) -> Result<Said, Missing> {
        match &self.server {
            Some(server) => self.of_server(env, server, prompt).await,
            None => self.of_platform(env, prompt).await,
        }
    }

    async fn of_server(&self, env: &Env, server: &Url, prompt: &Prompt) -> Result<Said, Missing> {
        let chat = Chat {
            model: &self.name,
            messages: messages(prompt),
            response_format: Format {
                r#type: "json_schema",
                json_schema: Named { name: "proposals", strict: true, schema: wanted() },
            },
            max_tokens: MOST_TOKENS,
            temperature: 0.0,
            stream: false,
        };
        let away = |_| Missing::for_now(String::from("its server cannot be reached"));
        let body_text = serde_json::to_string(&chat).map_err(|_| unreadable())?;
        let response = self.sent(env, server, &body_text).await.map_err(away)?;
        match response.status_code() {
            200 => {}
            // It cannot take this article: too long for it, or not allowed.
            status @ (400 | 413 | 422) => return Err(Missing::for_good(answers(status))),
            status => return Err(Missing::for_now(answers(status))),
        }
        let bytes = body(response, MOST_BYTES).await?;
        let text = str::from_utf8(&bytes).map_err(|_| unreadable())?;
        let reply: Reply = serde_json::from_str(text).map_err(|_| unreadable())?;
        let said = reply.choices.into_iter().next().and_then(|choice| choice.message.content).ok_or_else(unreadable)?;
        Ok(Said::of(said, reply.usage, prompt))
    }

    async fn sent(&self, env: &Env, server: &Url, text: &str) -> worker::Result<Response> {
        let headers = Headers::new();
        headers.set("content-type", "application/json")?;
        headers.set("accept", "application/json")?;
        headers.set("user-agent", "Beforehand")?;
        if let Some(key) = &self.key {
            headers.set("authorization", &["Bearer ", key].concat())?;
        }
        let mut init = RequestInit::new();
        init.with_method(Method::Post).with_headers(headers).with_redirect(RequestRedirect::Manual);
        init.with_body(Some(text.into()));
        if platform::has(env, SERVER) {
            return env.service(SERVER)?.fetch(server.as_str(), Some(init)).await;
        }
        Fetch::Request(Request::new_with_init(server.as_str(), &init)?).send().await
    }

    async fn of_platform(&self, env: &Env, prompt: &Prompt) -> Result<Said, Missing> {
        let away = |_| Missing::for_now(String::from("the platform's model does not answer"));
        let chat = PlatformChat {
            messages: messages(prompt),
            response_format: Format { r#type: "json_schema", json_schema: wanted() },
            max_tokens: MOST_TOKENS,
        };
        let ai = env.ai(PLATFORM).map_err(away)?;
        let PlatformReply { response, usage } = ai.run(&self.name, chat).await.map_err(away)?;
        let text = response.as_str().map_or_else(|| response.to_string(), String::from);
        if text.len() > MOST_BYTES {
            return Err(unreadable());
        }
        Ok(Said::of(text, usage, prompt))
    }
}

impl Said {
    fn of(text: String, usage: Option<Usage>, prompt: &Prompt) -> Self {
        let told = usage.and_then(|usage| usage.total_tokens);
        // A server that tells nothing, or less than it was sent, is not believed.
        Self { text, tokens: told.unwrap_or_default().max(prompt.tokens()) }
    }
}

fn messages(prompt: &Prompt) -> [Message<'_>; 2] {
    [Message { role: "system", content: &prompt.task }, Message { role: "user", content: &prompt.article }]
}

fn answers(status: u16) -> String {
    ["its server answers ", &status.to_string()].concat()
}

fn unreadable() -> Missing {
    Missing::for_good(String::from("its server answers with something else than a chat"))
}

/// Where a chat is asked for, of a server whose address the operator has written up to `/v1`.
fn address(base: &str) -> Option<Url> {
    let url = Url::parse(&[base.trim_end_matches('/'), "/chat/completions"].concat()).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chat_is_asked_for_at_the_address_that_was_set() {
        let check = |base: &str, wanted: Option<&str>| {
            assert_eq!(address(base).as_ref().map(Url::as_str), wanted, "{base}");
        };
        check("http://localhost:11434/v1/", Some("http://localhost:11434/v1/chat/completions"));
        check("https://models.example/openai/v1", Some("https://models.example/openai/v1/chat/completions"));
        check("file:///etc/passwd", None);
        check("localhost:11434", None);
    }
}
