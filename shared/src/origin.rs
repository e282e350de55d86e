//! Origins of web pages, as browsers write them (<https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin>).

/// Whether a text is the origin of a page as a browser writes it: `http` or `https`, a host in lower-case ASCII and perhaps a
/// port that is not the scheme's own. An origin stands in a page's policy, so it can hold no space, star or semicolon.
pub fn is_origin(text: &str) -> bool {
    let (own_port, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(rest), _) => ("443", rest),
        (None, Some(rest)) => ("80", rest),
        (None, None) => return false,
    };
    // The colons inside of an IPv6 address are no port's.
    let (host, port) = match rest.rsplit_once(':').filter(|_| !rest.ends_with(']')) {
        Some((host, port)) => (host, Some(port)),
        None => (rest, None),
    };
    is_host(host) && port.is_none_or(|port| port != own_port && is_port(port))
}

/// Whether a text stands for the origins of all that is before a domain: `https://*.lumen.example`, where the domain has a dot and is no
/// number. The domain itself is not among them. A page's policy reads it in the same way
/// (<https://www.w3.org/TR/CSP3/#match-hosts>).
pub fn is_wildcard(text: &str) -> bool {
    let Some((scheme, domain)) = text.split_once("*.") else { return false };
    let host = domain.split(':').next().unwrap_or_default();
    let is_number = host.rsplit('.').next().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
    scheme.ends_with("://")
        && host.contains('.')
        && !is_number
        && !is_everybodys(host)
        && is_origin(&[scheme, domain].concat())
}

/// Domains under which strangers have their sites. The whole list of them is as long as all of this program (<https://publicsuffix.org>):
/// here are those that a shop is likeliest to be on.
const EVERYBODYS: [&str; 15] = [
    "github.io",
    "gitlab.io",
    "myshopify.com",
    "vercel.app",
    "netlify.app",
    "pages.dev",
    "workers.dev",
    "web.app",
    "firebaseapp.com",
    "herokuapp.com",
    "wordpress.com",
    "blogspot.com",
    "webflow.io",
    "squarespace.com",
    "wixsite.com",
];
/// What stands before a country's two letters where names are given out to everybody.
const GIVEN_OUT: [&str; 8] = ["co", "com", "net", "org", "ac", "gov", "edu", "ne"];

/// Whether strangers have their sites under a domain.
fn is_everybodys(host: &str) -> bool {
    let is_country = |(kind, country): (&str, &str)| GIVEN_OUT.contains(&kind) && country.len() == 2;
    EVERYBODYS.contains(&host) || host.split_once('.').is_some_and(is_country)
}

/// Whether the page with the origin `host` is one of those for which `origins` stand.
pub fn may_hold(origins: &[String], host: &str) -> bool {
    let is_one = |origin: &String| match origin.split_once('*') {
        None => origin == host,
        Some((scheme, domain)) => {
            let before = host.strip_prefix(scheme).and_then(|rest| rest.strip_suffix(domain));
            before.is_some_and(|before| !before.is_empty())
        }
    };
    is_origin(host) && origins.iter().any(is_one)
}

/// Whether a text is the address of a page that a link may lead to: `http` or `https`, a host that can be, perhaps a port, and no name or
/// password of a user, behind which another host would hide. Hosts may be written in any script.
pub fn is_page_address(text: &str) -> bool {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| text.get(..scheme.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(scheme)));
    let Some(rest) = scheme.and_then(|scheme| text.get(scheme.len()..)) else { return false };
    if text.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') {
        return false;
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let (host, port) = match authority.rsplit_once(':').filter(|_| !authority.ends_with(']')) {
        Some((host, port)) => (host, Some(port)),
        None => (authority.as_str(), None),
    };
    let is_in_script = |host: &str| !host.is_ascii() && host.chars().all(|c| c.is_alphanumeric() || "-._".contains(c));
    let has_host = is_host(host) || host.strip_suffix('.').is_some_and(is_host) || is_in_script(host);
    has_host && port.is_none_or(|port| port.is_empty() || is_port(port))
}

fn is_port(text: &str) -> bool {
    is_number(text) && text.parse::<u16>().is_ok()
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse::<std::net::Ipv6Addr>().is_ok_and(|parsed| parsed.to_string() == address);
    }
    let labels: Vec<&str> = host.split('.').collect();
    // Browsers read a host whose last label is a number as an IPv4 address, and write that with four numbers.
    if labels.last().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x")) {
        return host.parse::<std::net::Ipv4Addr>().is_ok();
    }
    host.len() <= MAX_HOST && labels.iter().all(|label| is_label(label))
}

/// The longest name that DNS can hold, written with dots.
const MAX_HOST: usize = 253;
/// The longest part of a name in DNS.
const MAX_LABEL: usize = 63;

/// Names inside of a company may have an underscore.
fn is_label(label: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_';
    (1..=MAX_LABEL).contains(&label.len()) && label.bytes().all(allowed)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_page_has_a_host_and_no_user() {
        for good in [
            "https://www.lumen.example/help/",
            "HTTPS://Lumen.example",
            "http://localhost:8787/a?b=c@d#e",
            "https://lumen.example:443/",
            "https://[2001:db8::1]/x",
            "https://münchen.example/straße",
            "https://例え.jp/ヘルプ",
            "https://lumen.example./x",
        ] {
            assert!(is_page_address(good), "{good}");
        }
        for bad in [
            "",
            "https://",
            "http:///x",
            "http://[::1",
            "http://user:pw@host/",
            "https://bank.example@evil.example/",
            "https://@x",
            "https://*",
            "https://a b.example/",
            "https://a.example/\n",
            "https://a.example\\@evil.example/",
            "https://a.example:99999/",
            "https://.../",
            "mailto:a@b.example",
            "javascript:alert(1)",
            "//lumen.example",
            "/help",
            " https://lumen.example",
        ] {
            assert!(!is_page_address(bad), "{bad:?}");
        }
    }

    #[test]
    fn a_star_stands_for_what_is_before_a_domain_and_for_nothing_else() {
        for good in ["https://*.lumen.example", "http://*.shop.lumen.example:8443"] {
            assert!(is_wildcard(good), "{good}");
        }
        for bad in [
            "*",
            "https://*",
            "*.lumen.example",
            "https://*.example",
            "https://*.localhost:3000",
            "https://*lumen.example",
            "https://www.*.example",
            "https://*.*.lumen.example",
            "https://*.10.0.0.1",
            "https://*.co.uk",
            "https://*.myshopify.com",
            "https://*.lumen.example/",
            "https://*.lumen.example:443",
            "https://*.lumen.example; script-src x",
        ] {
            assert!(!is_wildcard(bad), "{bad}");
        }
    }

    #[test]
    fn a_page_may_hold_the_panel_if_its_origin_is_named_or_meant_by_a_star() {
        let origins =
            ["https://lumen.example", "https://*.lumen.example", "http://*.lumen.example:8443"].map(String::from);
        for (host, may) in [
            ("https://lumen.example", true),
            ("https://www.lumen.example", true),
            ("https://a.b.lumen.example", true),
            ("http://a.lumen.example:8443", true),
            ("http://www.lumen.example", false),
            ("https://www.lumen.example:8443", false),
            ("https://evillumen.example", false),
            ("https://.lumen.example", false),
            ("https://evil.example/.lumen.example", false),
            ("https://evil.example?.lumen.example", false),
            ("https://*.lumen.example", false),
            ("null", false),
            ("", false),
        ] {
            assert_eq!(may_hold(&origins, host), may, "{host}");
        }
    }

    #[test]
    fn an_origin_is_what_a_browser_writes_and_nothing_else() {
        for good in [
            "https://www.lumen.example",
            "http://localhost:8787",
            "http://127.0.0.1:8080",
            "https://[2001:db8::1]",
            "http://[::1]:3000",
            "https://xn--mnchen-3ya.example",
            "https://my_shop.internal",
            "https://1.example",
            "http://lumen.example:443",
        ] {
            assert!(is_origin(good), "{good}");
        }
        for bad in [
            "",
            "*",
            "null",
            "https://",
            "https://*",
            "https://*.lumen.example",
            "lumen.example",
            "//lumen.example",
            "ftp://lumen.example",
            "javascript://lumen.example",
            "https://lumen.example/",
            "https://lumen.example/shop",
            "https://lumen.example?x",
            "https://lumen.example#x",
            "https://ada@lumen.example",
            "https://Lumen.example",
            "HTTPS://lumen.example",
            "https://münchen.example",
            "https://lumen..example",
            "https://lumen.example.",
            "https://lumen.example:443",
            "http://lumen.example:80",
            "https://lumen.example:0",
            "https://lumen.example:080",
            "https://lumen.example:65536",
            "https://lumen.example:",
            "https://lumen.example:80:80",
            "http://127.1",
            "http://127.0.0.0x1",
            "http://256.0.0.1",
            "https://[::1",
            "https://[0:0:0:0:0:0:0:1]",
            "https://a.example; script-src *",
            "https://a.example https://b.example",
            " https://a.example",
            "https://a.example\n",
        ] {
            assert!(!is_origin(bad), "{bad:?}");
        }
        assert!(!is_origin(&["https://", &"a".repeat(64), ".example"].concat()));
        assert!(!is_origin(&["https://", &"abcdefgh.".repeat(30), "example"].concat()));
    }
}
