//! The two pages of the edge's own origin: the panel, which only the workspace's sites may frame, and the inbox, which
//! nobody may.

use super::{Answer, assets, query, sought};
use crate::arrivals;
use crate::calls::Workspace;
use crate::calls::workspace::ListOrigins;
use crate::http::compressed;
use shared::ids::WorkspaceId;
use shared::protocol::ErrorCode;
use worker::{Env, Request, Response};

/// What both pages may do: run our own script and WebAssembly, use our own styles, talk to the edge.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors ";

/// `GET /panel?workspace=`.
pub(super) async fn panel(request: &Request, env: &Env) -> Answer {
    let workspace = query(request, "workspace")?.unwrap_or_default();
    let workspace = WorkspaceId::parse(&workspace).map_err(|_| ErrorCode::UnknownWorkspace)?;
    arrivals::knock(request, env)?;
    sought::workspace(request, env, &workspace).await?;
    let origins = Workspace::of(env, &workspace)?.ask(ListOrigins).await?;
    page(request, env, "panel.html", &origins.join(" ")).await
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
