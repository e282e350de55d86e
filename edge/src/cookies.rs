//! The cookies of agents' browsers: the session, and the mark of a browser in which somebody has signed in before.

use crate::failure::Failure;
use crate::names::SessionToken;
use crate::origin;
use shared::ids::WorkspaceId;
use shared::protocol::ErrorCode;
use worker::{Env, Request};

/// Of a cookie with this name, browsers promise that no other host has set it and that it came by https.
const HOST_PREFIX: &str = "__Host-";
/// A site that sets many cookies of one name makes the edge look up no more than these.
const MOST: usize = 4;

/// What a cookie is for.
#[derive(Clone, Copy)]
pub(crate) enum Cookie {
    /// Who is signed in.
    Session,
    /// In which browser somebody has signed in before.
    Browser,
}

impl Cookie {
    fn name(self) -> &'static str {
        match self {
            Self::Session => "bh_session",
            Self::Browser => "bh_browser",
        }
    }

    /// Its name where the edge is reached by https. It is sent to every path, so it names the workspace itself.
    fn host_name(self, workspace: &WorkspaceId) -> String {
        [HOST_PREFIX, self.name(), ".", workspace.as_str()].concat()
    }

    /// The value of `Set-Cookie`: out of reach of scripts and of other sites, only for this workspace, and only encrypted where the
    /// edge is reached by https. The request comes from a page of the edge's own.
    pub(crate) fn written(
        self,
        request: &Request,
        workspace: &WorkspaceId,
        value: &str,
        seconds: u64,
    ) -> Result<String, Failure> {
        let (name, place) = if origin::is_secure(request)? {
            (self.host_name(workspace), String::from("; Path=/; Secure"))
        } else {
            (String::from(self.name()), ["; Path=/api/w/", workspace.as_str()].concat())
        };
        Ok([&name, "=", value, &place, "; HttpOnly; SameSite=Strict; Max-Age=", &seconds.to_string()].concat())
    }

    /// Its values in a request, at most `MOST`. Where the edge is reached by https, only those count for which the browser vouches:
    /// a neighbour's host may have set others. Elsewhere, either of two may be the right one.
    pub(crate) fn read(self, request: &Request, env: &Env, workspace: &WorkspaceId) -> Result<Vec<String>, Failure> {
        let sent = request.headers().get("cookie")?.unwrap_or_default();
        let vouched = values(&sent, &self.host_name(workspace));
        let is_enough = !vouched.is_empty() || origin::is_always_secure(request, env)?;
        Ok(if is_enough { vouched } else { values(&sent, self.name()) })
    }
}

/// The sessions that a request may be of.
pub(crate) fn sessions(request: &Request, env: &Env, workspace: &WorkspaceId) -> Result<Vec<SessionToken>, Failure> {
    let values = Cookie::Session.read(request, env, workspace)?;
    if values.is_empty() {
        Err(ErrorCode::NotSignedIn.into())
    } else {
        Ok(values.into_iter().map(SessionToken::new).collect())
    }
}

fn values(sent: &str, name: &str) -> Vec<String> {
    let value = |cookie: &str| cookie.trim().strip_prefix(name)?.strip_prefix('=').map(String::from);
    sent.split(';').filter_map(value).take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name_and_twice() {
        let sent = "a=1; bh_session=one; xbh_session=no; bh_session_=no;bh_session=two; bh_session=";
        assert_eq!(values(sent, "bh_session"), ["one", "two", ""]);
        assert_eq!(values(sent, "bh"), Vec::<String>::new());
        assert_eq!(values(&"b=1;".repeat(100), "b").len(), MOST);
    }
}
