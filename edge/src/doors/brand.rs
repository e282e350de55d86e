//! The pictures of a site's brand, each under the hash of its bytes. They are in the settings, and the panel gets their addresses: a
//! browser keeps what it has loaded once.

use super::{Answer, sought};
use crate::arrivals;
use crate::calls::{Workspace, workspace};
use crate::hash::hash;
use shared::ids::{WorkspaceId, from_base64url};
use shared::protocol::ErrorCode;
use shared::settings::{PanelSettings, picture as parts};
use worker::{Env, Request, Response};

/// A picture never changes under its address.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// The settings with the addresses of the pictures in the place of the pictures.
pub(super) fn addressed(workspace: &WorkspaceId, mut panel: PanelSettings) -> PanelSettings {
    panel.look =
        panel.look.with_pictures(|picture| ["/w/", workspace.as_str(), "/brand/", &hash(picture.as_bytes())].concat());
    panel
}

/// `GET /w/{workspace}/brand/{hash}`.
pub(super) async fn picture(request: &Request, env: &Env, workspace: &WorkspaceId, name: &str) -> Answer {
    arrivals::knock(request, env)?;
    sought::workspace(request, env, workspace).await?;
    let look = Workspace::of(env, workspace)?.ask(workspace::Boot).await?.panel.look;
    let found = look.pictures().find(|picture| hash(picture.as_bytes()) == name).and_then(parts);
    let (kind, bytes) = found.ok_or(ErrorCode::UnknownDoor)?;
    // The settings have the alphabet of `data:` addresses.
    let bytes: String = bytes.trim_end_matches('=').replace('+', "-").replace('/', "_");
    let response = Response::from_bytes(from_base64url(&bytes).ok_or(ErrorCode::UnknownDoor)?)?;
    let headers = response.headers();
    headers.set("content-type", &["image/", kind].concat())?;
    headers.set("cache-control", IMMUTABLE)?;
    headers.set("x-content-type-options", "nosniff")?;
    // Opened by itself, it is a picture and can do nothing.
    headers.set("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")?;
    // The launcher on the host page shows the logo.
    headers.set("cross-origin-resource-policy", "cross-origin")?;
    Ok(response)
}
