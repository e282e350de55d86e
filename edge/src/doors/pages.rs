//! The two pages of the edge's own origin: the panel, which only the workspace's sites may frame, and the inbox, which
//! nobody may.

use super::{Answer, assets, query, refusal, sought};
use crate::arrivals;
use crate::calls::Workspace;
use crate::calls::workspace::ListOrigins;
use crate::failure::Failure;
use crate::http::compressed;
use shared::ids::WorkspaceId;
use shared::origin::may_hold;
use shared::protocol::{ApiError, ErrorCode};
use worker::{Env, Request, Response};

/// What both pages may do: run our own script and WebAssembly, use our own styles, talk to the edge.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors ";

/// `GET /panel?workspace=&host=`. A loader, which names its host, gets each refusal as a page that tells it.
pub(super) async fn panel(request: &Request, env: &Env) -> Answer {
    let host = query(request, "host")?;
    match panel_for(request, env, host.as_deref()).await {
        Err(Failure::Refused(error)) if host.is_some() && !error.passes() => refusal::page(&error),
        answer => answer,
    }
}

async fn panel_for(request: &Request, env: &Env, host: Option<&str>) -> Answer {
    let name = query(request, "workspace")?.unwrap_or_default();
    let workspace = WorkspaceId::parse(&name).map_err(|_| ErrorCode::UnknownWorkspace)?;
    arrivals::knock(request, env)?;
    sought::workspace(request, env, &workspace).await?;
    let origins = Workspace::of(env, &workspace)?.ask(ListOrigins).await?;
    if let Some(host) = host.filter(|host| !may_hold(&origins, host)) {
        let sentence = ["add ", host, " to the origins in the settings of the workspace ", workspace.as_str()].concat();
        return Err(ApiError::with(ErrorCode::ForeignOrigin, sentence).into());
    }
    let response = page(request, env, "panel.html", &origins.join(" ")).await?;
    // A host page that isolates itself from others can hold only what agrees to that, and does the same.
    response.headers().set("cross-origin-embedder-policy", "require-corp")?;
    response.headers().set("cross-origin-resource-policy", "cross-origin")?;
    Ok(response)
}

/// `GET /inbox`.
pub(super) async fn inbox(request: &Request, env: &Env) -> Answer {
    page(request, env, "inbox.html", "").await
}

async fn page(request: &Request, env: &Env, file: &str, ancestors: &str) -> Answer {
    let response = Response::from_bytes(assets::fetch(env, file).await?)?;
    let headers = response.headers();
    let ancestors = if ancestors.is_empty() { "'none'" } else { ancestors };
    headers.set("content-security-policy", &[POLICY, ancestors].concat())?;
    headers.set("content-type", "text/html; charset=utf-8")?;
    headers.set("cache-control", "no-cache")?;
    headers.set("referrer-policy", "no-referrer")?;
    headers.set("x-content-type-options", "nosniff")?;
    headers.set("permissions-policy", "camera=(), geolocation=(), microphone=()")?;
    compressed(response, request)
}
