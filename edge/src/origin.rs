//! The edge's own origin, and the pages that may ask with a caller's rights.
//!
//! Behind a proxy the connection says nothing of the address that a browser shows. `ORIGIN` says it, where it is set, and
//! else the headers `Host` and `X-Forwarded-Proto`. Nobody gains by writing them: they have to agree with `Origin`, which a page
//! cannot choose, and a page of another origin can send none of them without asking first.

use crate::failure::Failure;
use crate::platform;
use crate::proxy::{self, Missing};
use shared::protocol::{ApiError, ErrorCode};
use std::net::IpAddr;
use worker::{Env, Request, Url};

/// The binding with the origins at which browsers reach the edge, with spaces between them. They count in the place of what a
/// request says of itself.
const BINDING: &str = "ORIGIN";
/// The header in which a proxy writes the scheme of the browser's own connection.
const SCHEME_HEADER: &str = "x-forwarded-proto";
/// The longest origin that a sentence repeats: no name in DNS is longer.
const MAX_SHOWN: usize = 260;

/// Whether the edge was told its public address. A developer's machine has none.
pub(crate) fn is_configured(env: &Env) -> bool {
    platform::text(env, BINDING).is_some()
}

/// Refuses what a page of another origin asks with the caller's rights. A missing `Origin` is refused as well: browsers
/// send it with every request that changes something and with every WebSocket.
pub(crate) fn require_own(request: &Request, env: &Env) -> Result<(), Failure> {
    let given = request.headers().get("origin")?;
    let own = own(request, env)?;
    if given.as_ref().is_some_and(|given| own.contains(given)) {
        return Ok(());
    }
    let host = request.headers().get("host")?.unwrap_or_default();
    Err(foreign(given.as_deref(), &own, &host, is_configured(env)))
}

/// Refuses a page of another origin, but takes programs, which send no `Origin`: for doors where the proof is a secret
/// in the request that no browser adds by itself.
pub(crate) fn refuse_foreign(request: &Request, env: &Env) -> Result<(), Failure> {
    if request.headers().has("origin")? { require_own(request, env) } else { Ok(()) }
}

/// Whether the browser has reached the edge by https. The request comes from a page of the edge's own, so it has an `Origin`.
pub(crate) fn is_secure(request: &Request) -> Result<bool, Failure> {
    Ok(request.headers().get("origin")?.is_some_and(|origin| origin.starts_with("https://")))
}

/// Whether browsers reach the edge by https and in no other way.
pub(crate) fn is_always_secure(request: &Request, env: &Env) -> Result<bool, Failure> {
    Ok(own(request, env)?.iter().all(|origin| origin.starts_with("https://")))
}

fn own(request: &Request, env: &Env) -> Result<Vec<String>, Failure> {
    if let Some(configured) = platform::text(env, BINDING) {
        return Ok(configured.split([' ', '\t', '\n', ',']).filter(|one| !one.is_empty()).map(written).collect());
    }
    let forwarded = request.headers().get(SCHEME_HEADER)?;
    Ok(vec![addressed(request.url()?, forwarded.as_deref())])
}

/// An origin as browsers write it. One that is no address at all is kept, and no page has it.
fn written(configured: &str) -> String {
    // What a browser writes for a page without an origin of its own, `null`, is nobody's address.
    let origin = Url::parse(configured).ok().map(|url| url.origin()).filter(|origin| origin.is_tuple());
    origin.map_or_else(
        || [configured, " (no address with https:// or http://)"].concat(),
        |origin| origin.ascii_serialization(),
    )
}

/// The origin that the caller has addressed. Of several proxies the first has met the browser. The header makes https of http and
/// nothing else: what came by https did so whatever it says.
fn addressed(mut url: Url, forwarded: Option<&str>) -> String {
    let first = forwarded.and_then(|schemes| schemes.split(',').next()).unwrap_or_default();
    if first.trim().eq_ignore_ascii_case("https") {
        // An address of http can be made one of https, and keeps a port that is not the scheme's own.
        let _is_http = url.set_scheme("https");
    }
    url.origin().ascii_serialization()
}

/// The refusal, with both sides of the comparison: who has set up a proxy sees what is missing. The operator has it in the log where it
/// is the proxy, or the setting, that is wrong.
fn foreign(given: Option<&str>, own: &[String], host: &str, is_configured: bool) -> Failure {
    let origin: String = given.unwrap_or_default().chars().take(MAX_SHOWN).collect();
    let compared = match given {
        Some(_) => ["its Origin is ", &origin].concat(),
        None => String::from("it has no Origin"),
    };
    let fault = given.and_then(|given| fault(given, own, host, is_configured));
    let advice = match (fault, is_configured) {
        (Some(fault), _) => fault,
        (None, true) => " by its setting ORIGIN.",
        (None, false) => UNKNOWN_CAUSE,
    };
    let compared = ["It was compared: ", &compared, ", and this edge is ", &own.join(" "), advice].concat();
    if fault.is_some() {
        proxy::tell(Missing::Origin, None, &compared);
    }
    let message = [ErrorCode::ForeignOrigin.sentence(), " ", &compared].concat();
    Failure::Refused(ApiError::with(ErrorCode::ForeignOrigin, message))
}

/// What the operator may have to change. Any page of another origin brings it about, too.
const UNKNOWN_CAUSE: &str =
    ". A proxy before the edge has to pass Host and X-Forwarded-Proto on, or the edge needs the setting ORIGIN.";

/// What the operator has to change, if it looks so: none if it is just a page of another origin. `host` is what `Host` says.
fn fault(given: &str, own: &[String], host: &str, is_configured: bool) -> Option<&'static str> {
    let (given_scheme, given_host) = given.split_once("://")?;
    if is_configured {
        // A browser has asked for the host of its own page, which no other page can do.
        let is_own = given_host.eq_ignore_ascii_case(host);
        return is_own.then_some(" by its setting ORIGIN, which has to name each address at which browsers reach it.");
    }
    let (own_scheme, own_host) = own.first()?.split_once("://")?;
    if given_host == own_host {
        return (given_scheme == "https" && own_scheme == "http").then_some(
            ". The proxy that ends TLS has to set X-Forwarded-Proto to https, or the edge needs the setting ORIGIN.",
        );
    }
    let without_port = |host: &str| host.rsplit_once(':').map_or(host, |(name, _)| name).to_owned();
    if without_port(given_host) == own_host {
        return Some(
            ". The proxy has passed Host on without its port (nginx: $http_host has it, $host does not), or the edge needs \
             the setting ORIGIN.",
        );
    }
    is_inside(&without_port(own_host)).then_some(
        ". The proxy has asked for its own name of the edge: it has to pass Host on as the browser has written it (nginx: \
         proxy_set_header Host $http_host) and to set X-Forwarded-Proto, or the edge needs the setting ORIGIN.",
    )
}

/// Whether a host is one that only machines nearby reach: an address that is not public, or a name without a dot.
fn is_inside(host: &str) -> bool {
    match host.trim_matches(['[', ']']).parse() {
        Ok(IpAddr::V4(address)) => address.is_loopback() || address.is_private() || address.is_unspecified(),
        Ok(IpAddr::V6(address)) => address.is_loopback() || address.is_unique_local() || address.is_unspecified(),
        Err(_) => !host.contains('.'),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_that_ends_tls_makes_https_of_http() {
        for (url, forwarded, origin) in [
            ("http://help.example.com/api", None, "http://help.example.com"),
            ("http://help.example.com/api", Some("https"), "https://help.example.com"),
            ("http://help.example.com/api", Some(" HTTPS , http"), "https://help.example.com"),
            ("http://help.example.com/api", Some("http, https"), "http://help.example.com"),
            ("http://help.example.com/api", Some("http"), "http://help.example.com"),
            ("http://help.example.com/api", Some("javascript"), "http://help.example.com"),
            ("http://help.example.com:443/api", Some("https"), "https://help.example.com"),
            ("http://help.example.com:8443/api", Some("https"), "https://help.example.com:8443"),
            ("http://[2001:db8::1]:8787/api", Some("https"), "https://[2001:db8::1]:8787"),
            ("https://help.example.com/api", Some("http"), "https://help.example.com"),
        ] {
            assert_eq!(addressed(Url::parse(url).unwrap(), forwarded), origin, "{url} {forwarded:?}");
        }
    }

    #[test]
    fn a_configured_origin_is_read_as_browsers_write_it() {
        for (configured, origin) in [
            ("https://help.example.com", "https://help.example.com"),
            ("https://Help.Example.com/", "https://help.example.com"),
            ("https://help.example.com:443/inbox", "https://help.example.com"),
            ("http://10.0.0.7:8787", "http://10.0.0.7:8787"),
            ("help.example.com", "help.example.com (no address with https:// or http://)"),
            ("help.example.com:8443", "help.example.com:8443 (no address with https:// or http://)"),
            ("data:text/html,x", "data:text/html,x (no address with https:// or http://)"),
            ("null", "null (no address with https:// or http://)"),
        ] {
            assert_eq!(written(configured), origin, "{configured}");
        }
    }
    #[test]
    fn a_refusal_names_what_the_proxy_has_left_out() {
        let public = "https://help.example.com";
        for (given, own, host, is_configured, advice) in [
            (public, "http://help.example.com", "help.example.com", false, Some("X-Forwarded-Proto to https")),
            (public, "https://127.0.0.1:8787", "127.0.0.1:8787", false, Some("Host $http_host")),
            (public, "http://beforehand:8787", "beforehand:8787", false, Some("Host $http_host")),
            (public, "http://[::1]:8787", "[::1]:8787", false, Some("Host $http_host")),
            (&[public, ":8443"].concat(), public, "help.example.com", false, Some("without its port")),
            (public, "https://help.example.org", "help.example.com", true, Some("ORIGIN, which has to name")),
            ("https://evil.example", public, "help.example.com", false, None),
            ("https://evil.example", public, "help.example.com", true, None),
            ("http://help.example.com", public, "help.example.com", false, None),
            ("null", public, "help.example.com", false, None),
        ] {
            let found = fault(given, &[own.into()], host, is_configured);
            let fits = found.map_or(advice.is_none(), |found| advice.is_some_and(|advice| found.contains(advice)));
            assert!(fits, "{given} {own}: {found:?}");
        }
    }
}
