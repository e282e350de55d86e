//! Whether a page's address is one that a rule means.

/// What a rule says about pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    /// Lower-case host, if the rule names one.
    host: Option<String>,
    /// Begins with `/`, and does not end with one unless it is all there is.
    path: String,
}

impl Pattern {
    /// The pattern, unless it is blank.
    pub(super) fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        if text.starts_with('/') || text.starts_with('*') {
            return Some(Self { host: None, path: trimmed(text) });
        }
        let (host, path) = split(text);
        Some(Self { host: Some(host), path })
    }

    /// Whether the address is meant. Scheme, query and fragment are not looked at.
    pub(super) fn fits(&self, address: &str) -> bool {
        let (host, path) = if address.starts_with('/') { (String::new(), trimmed(address)) } else { split(address) };
        self.host.as_ref().is_none_or(|wanted| fits_whole(wanted, &host)) && self.fits_path(&path)
    }

    fn fits_path(&self, path: &str) -> bool {
        if self.path.contains('*') {
            return fits_whole(&self.path, path);
        }
        // A host alone is the whole site, but `/` alone is its first page: nobody writes it to say "everywhere".
        if self.path == "/" {
            return self.host.is_some() || path == "/";
        }
        path.strip_prefix(self.path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// The host in lower case and the path of an address.
fn split(address: &str) -> (String, String) {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    (host.to_ascii_lowercase(), trimmed(path))
}

/// A path without query, fragment and last slash.
fn trimmed(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    String::from(if path.is_empty() { "/" } else { path })
}

/// Whether a text fits a pattern in which a star stands for anything. It goes back to the last star only, so that no
/// pattern takes longer than pattern times text.
fn fits_whole(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while let Some(byte) = text.get(t) {
        match (pattern.get(p), retry) {
            (Some(b'*'), _) => {
                retry = Some((p + 1, t));
                p += 1;
            }
            (Some(wanted), _) if wanted == byte => {
                p += 1;
                t += 1;
            }
            (_, Some((after_star, from))) => {
                retry = Some((after_star, from + 1));
                p = after_star;
                t = from + 1;
            }
            _ => return false,
        }
    }
    pattern.get(p..).unwrap_or_default().iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, address: &str, expected: bool) {
        assert_eq!(Pattern::new(pattern).unwrap().fits(address), expected, "{pattern} and {address}");
    }

    #[test]
    fn a_path_means_itself_and_what_is_below_it() {
        check("/billing", "https://example.com/billing", true);
        check("/billing/", "https://example.com/billing?tab=2#top", true);
        check("/billing", "https://example.com/billing/invoices/3", true);
        check("/billing", "https://example.com/billing-old", false);
        check("/billing", "https://example.com/help/billing", false);
        check("/billing", "/billing/2", true);
        check("/", "https://example.com", true);
        check("/", "https://example.com/?a=/b", true);
        check("/", "https://example.com/a", false);
    }

    #[test]
    fn a_star_stands_for_anything_and_the_whole_path_has_to_fit() {
        check("/*/checkout", "https://example.com/de/checkout", true);
        check("/*/checkout", "https://example.com/de/checkout/pay", false);
        check("/docs/*.html", "https://example.com/docs/a/b.html", true);
        check("*checkout*", "https://example.com/tr/checkout-2", true);
        check("/a*b*c", "https://example.com/aXbXbXc", true);
        check("/a*b*c", "https://example.com/aXc", false);
    }

    #[test]
    fn a_host_can_be_named() {
        check("shop.example.com", "https://Shop.Example.com/any", true);
        check("shop.example.com/cart", "https://shop.example.com/cart/1", true);
        check("shop.example.com/cart", "https://example.com/cart", false);
        check("https://*.example.com/cart", "http://a.example.com/cart", true);
        check("example.com", "https://example.com.evil.test/", false);
    }

    #[test]
    fn a_pattern_of_many_stars_is_still_fast() {
        check(&format!("/{}z", "a*".repeat(200)), &format!("/{}", "a".repeat(20_000)), false);
    }
}
