//! Network addresses, as the platform or a proxy writes them, and the names under which they are counted.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// Why a header tells no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It has this many entries, and there are more proxies.
    TooFew(usize),
    /// The proxy's entry is no address.
    NoAddress,
}

/// The name of the address from which a request came, by a header to which each proxy adds whom it has heard: `X-Forwarded-For`,
/// `Forwarded` (RFC 7239), or one with a single address. `proxies` are those that can be trusted, 1 if there is one: what stands
/// before their entries is the caller's own invention.
pub fn forwarded_name(header: &str, proxies: usize) -> Result<String, Unread> {
    let entries = || header.split(',').filter(|entry| !entry.trim().is_empty()).count();
    let entry = proxies.checked_sub(1).and_then(|before| header.rsplit(',').nth(before));
    let entry = entry.ok_or_else(|| Unread::TooFew(entries()))?;
    address_name(said_for(entry).unwrap_or(entry)).ok_or(Unread::NoAddress)
}

/// The name of a network address for counting, without the port that some platforms append. An IPv6 address counts as its
/// /64, which is what one subscriber is given: otherwise each would have 2^64 names.
pub fn address_name(text: &str) -> Option<String> {
    Some(match parse(text)?.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            let mut network = Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string();
            network.push_str("/64");
            network
        }
    })
}

/// An address with or without quotes, brackets, a port and the interface on which it was heard.
fn parse(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"').trim();
    if let Ok(with_port) = text.parse::<SocketAddr>() {
        return Some(with_port.ip());
    }
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let bare = bare.split_once('%').map_or(bare, |(address, _interface)| address);
    bare.parse().ok()
}

/// What `for` says in one entry of `Forwarded`.
fn said_for(entry: &str) -> Option<&str> {
    let pairs = entry.split(';').filter_map(|pair| pair.split_once('='));
    pairs.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("for")).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_counts_without_its_port_and_an_ipv6_address_as_its_network() {
        for (text, name) in [
            ("203.0.113.9", Some("203.0.113.9")),
            (" 203.0.113.9:50884 ", Some("203.0.113.9")),
            ("::ffff:203.0.113.9", Some("203.0.113.9")),
            ("[::ffff:203.0.113.9]:443", Some("203.0.113.9")),
            ("2001:db8:1:2:3:4:5:6", Some("2001:db8:1:2::/64")),
            ("[2001:db8:1:2::9]:443", Some("2001:db8:1:2::/64")),
            ("[2001:db8:1:2::9]", Some("2001:db8:1:2::/64")),
            ("\"[2001:db8:1:2::9]:443\"", Some("2001:db8:1:2::/64")),
            ("fe80::1%eth0", Some("fe80::/64")),
            ("", None),
            ("203.0.113.9, 10.0.0.1", None),
            ("203.0.113.256", None),
            ("unknown", None),
            ("_hidden", None),
            ("localhost", None),
        ] {
            assert_eq!(address_name(text).as_deref(), name, "{text}");
        }
    }

    #[test]
    fn the_entry_counts_that_the_nearest_proxy_has_written() {
        for (header, proxies, name) in [
            ("203.0.113.9", 1, Some("203.0.113.9")),
            ("10.0.0.1, 203.0.113.9", 1, Some("203.0.113.9")),
            ("10.0.0.1,203.0.113.9:4711", 1, Some("203.0.113.9")),
            ("unknown, \"[2001:db8::1]:443\"", 1, Some("2001:db8::/64")),
            ("203.0.113.9, unknown", 1, None),
            ("203.0.113.9,", 1, None),
            ("", 1, None),
            ("1.1.1.1, 203.0.113.9, 10.0.0.1", 2, Some("203.0.113.9")),
            ("203.0.113.9", 2, None),
            ("203.0.113.9", 0, None),
            ("for=192.0.2.60;proto=https;by=203.0.113.43", 1, Some("192.0.2.60")),
            ("for=192.0.2.43, For=\"[2001:db8:cafe::17]:4711\"", 1, Some("2001:db8:cafe::/64")),
            ("proto=https; for = 192.0.2.60", 1, Some("192.0.2.60")),
            ("for=unknown", 1, None),
        ] {
            assert_eq!(forwarded_name(header, proxies).ok().as_deref(), name, "{header} {proxies}");
        }
    }
    #[test]
    fn a_header_without_the_address_says_what_it_lacks() {
        for (header, proxies, why) in [
            ("203.0.113.9", 2, Unread::TooFew(1)),
            ("203.0.113.9, 10.0.0.1", 3, Unread::TooFew(2)),
            ("203.0.113.9", 0, Unread::TooFew(1)),
            ("203.0.113.9, unknown", 1, Unread::NoAddress),
            ("", 1, Unread::NoAddress),
            ("for=_hidden", 1, Unread::NoAddress),
        ] {
            assert_eq!(forwarded_name(header, proxies), Err(why), "{header} {proxies}");
        }
    }
}
