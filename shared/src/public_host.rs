//! Which hosts belong to everybody's network, by their name or number. A name says too little to be sure: the
//! program that connects has to look at the number as well.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Names that lead to a machine itself or to a network around it.
const NEAR: [&str; 6] = ["localhost", "local", "internal", "home.arpa", "lan", "intranet"];

/// Whether a host may be one of a public server. It is written as browsers write it, a number of version 6 in brackets.
pub fn is_public_host(host: &str) -> bool {
    let host = host.trim_end_matches('.');
    let number = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    if let Ok(number) = number.parse() {
        return match number {
            IpAddr::V4(number) => is_public_v4(number),
            IpAddr::V6(number) => is_public_v6(number),
        };
    }
    let is_near = |name: &str| host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    // A name without a dot is one of the network around.
    host.contains('.') && !NEAR.into_iter().any(is_near)
}

/// IANA's registry of special addresses (RFC 6890).
fn is_public_v4(number: Ipv4Addr) -> bool {
    let [a, b, c, _] = number.octets();
    let is_special = match a {
        0 | 10 | 127 | 224.. => true,
        100 => (64..128).contains(&b),
        169 => b == 254,
        172 => (16..32).contains(&b),
        192 => matches!((b, c), (168, _) | (0, 0 | 2) | (88, 99)),
        198 => matches!((b, c), (18 | 19, _) | (51, 100)),
        203 => (b, c) == (0, 113),
        _ => false,
    };
    !is_special
}

/// Only 2000::/3 is given out, and some of that holds an address of version 4 or is for documents.
fn is_public_v6(number: Ipv6Addr) -> bool {
    if let Some(inside) = number.to_ipv4_mapped() {
        return is_public_v4(inside);
    }
    let [first, second, third, ..] = number.segments();
    let v4 = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match (first, second) {
        (0x64, 0xff9b) => {
            let [.., high, low] = number.segments();
            is_public_v4(v4(high, low))
        }
        (0x2002, _) => is_public_v4(v4(second, third)),
        (0x2001, 0xdb8 | 0..=0x1ff) | (0x3fff, 0..=0xfff) => false,
        _ => (0x2000..0x4000).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_this_machine_and_of_the_network_around_are_not_public() {
        for host in [
            "localhost",
            "a.localhost",
            "printer",
            "nas.local",
            "metadata.google.internal",
            "router.lan.",
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "[::1]",
            "[::]",
            "[fe80::1]",
            "[fd00::1]",
            "[ff02::1]",
            "[::ffff:10.0.0.1]",
            "[64:ff9b::a9fe:a9fe]",
            "[2002:7f00:1::]",
            "[2001:db8::1]",
            "[::127.0.0.1]",
            "",
        ] {
            assert!(!is_public_host(host), "{host}");
        }
        for host in [
            "cdn.example.com",
            "localhost.example",
            "8.8.8.8",
            "172.32.0.1",
            "192.0.1.1",
            "100.128.0.1",
            "[2606:4700::1111]",
            "[::ffff:8.8.8.8]",
            "internal.example.com",
        ] {
            assert!(is_public_host(host), "{host}");
        }
    }
}
