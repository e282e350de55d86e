//! What the porter can see of a proxy before it, told to the operator once.

use crate::log::say;
use crate::settings::ADDRESS_BINDING;
use hyper::header::{CONNECTION, HeaderMap, HeaderValue, UPGRADE};
use hyper::{Request, Version};
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};

/// The headers in which proxies tell who has asked.
const SIGNS: [&str; 4] = ["x-forwarded-for", "x-real-ip", "forwarded", "cf-connecting-ip"];

/// Lines that were written.
#[derive(Default)]
pub(crate) struct Told {
    address: AtomicBool,
    upgrade: AtomicBool,
}

impl Told {
    /// Looks at a request as it has come, where nobody has named the header of the visitor's address. A line is written if it came through a
    /// proxy.
    pub(crate) fn of_address(&self, headers: &HeaderMap, peer: IpAddr) {
        let sign = SIGNS.iter().find(|sign| headers.contains_key(**sign));
        let Some(sign) = sign.filter(|_| is_near(peer)) else { return };
        if !self.address.swap(true, Ordering::Relaxed) {
            say(&format!(
                "requests come from {peer} with the header {sign}, so a proxy stands before this process, and {ADDRESS_BINDING} is \
                 not set: all visitors are counted as that one address and share its limits. If the proxy writes the header \
                 itself, set {ADDRESS_BINDING}={sign} (docs/proxy.md)"
            ));
        }
    }

    /// Whether a proxy has made another request of one for a WebSocket: it spoke a version of HTTP that has none, as nginx does unless it
    /// is told otherwise, or kept `Connection` for itself.
    pub(crate) fn of_upgrade<B>(&self, request: &Request<B>) -> bool {
        let headers = request.headers();
        if !headers.get(UPGRADE).is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"websocket")) {
            return false;
        }
        let lost = if request.version() < Version::HTTP_11 {
            "over HTTP/1.0: the proxy has to speak HTTP/1.1 (nginx: proxy_http_version 1.1)"
        } else if !headers.get_all(CONNECTION).iter().any(names_upgrade) {
            "without Connection: upgrade, which the proxy has to set (nginx: proxy_set_header Connection \"upgrade\")"
        } else {
            return false;
        };
        if !self.upgrade.swap(true, Ordering::Relaxed) {
            say(&format!("a request for a WebSocket came {lost}; see docs/proxy.md"));
        }
        true
    }
}

/// What the operator has to take care of, where anybody can connect and write the visitor's address.
pub(crate) fn warning(listen: &str, address_is_told: bool) -> Option<String> {
    let is_open = listen.parse::<SocketAddr>().is_ok_and(|address| !address.ip().is_loopback());
    (address_is_told && is_open).then(|| {
        format!(
            "{listen} is open to other machines, and {ADDRESS_BINDING} is believed: a caller who reaches this port past the proxy \
             can write any address. Let only the proxy reach it, or listen at 127.0.0.1"
        )
    })
}

/// Whether one of a header's words is `upgrade`.
fn names_upgrade(connection: &HeaderValue) -> bool {
    connection.as_bytes().split(|byte| *byte == b',').any(|word| word.trim_ascii().eq_ignore_ascii_case(b"upgrade"))
}

/// Whether it is an address of this machine or of its own network, as a proxy's is. Anybody else may write any header.
fn is_near(peer: IpAddr) -> bool {
    match peer.to_canonical() {
        IpAddr::V4(address) => address.is_loopback() || address.is_private() || address.is_link_local(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_connection_that_is_to_be_upgraded_says_so_among_other_words() {
        for (connection, names) in [
            ("Upgrade", true),
            ("keep-alive, Upgrade", true),
            ("upgrade,close", true),
            ("close", false),
            ("upgrades", false),
            ("", false),
        ] {
            assert_eq!(names_upgrade(&HeaderValue::from_static(connection)), names, "{connection}");
        }
    }

    #[test]
    fn a_proxy_is_looked_for_nearby() {
        for (peer, near) in [
            ("127.0.0.1", true),
            ("::1", true),
            ("::ffff:10.0.0.7", true),
            ("172.18.0.2", true),
            ("fd00::2", true),
            ("203.0.113.9", false),
            ("2001:db8::1", false),
        ] {
            assert_eq!(is_near(peer.parse().unwrap()), near, "{peer}");
        }
    }
}
