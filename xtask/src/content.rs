//! `cargo xtask content ORIGIN`: the demo's help centre as one document, for a site of the reader's own.

use crate::Outcome;
use crate::places::Places;

/// Prints the document. Nothing else is on the standard output, so that it can be sent to a file.
pub(crate) fn content(places: &Places, site: &str) -> Outcome {
    println!("{}", www::content(&places.root.join("www"), &origin(site)?)?);
    Ok(())
}

/// An origin as browsers write it.
fn origin(site: &str) -> Outcome<String> {
    let lower = site.trim_end_matches('/').to_ascii_lowercase();
    let host = ["https://", "http://"].iter().find_map(|scheme| lower.strip_prefix(scheme)).unwrap_or_default();
    let is_odd = |character: char| !character.is_ascii_alphanumeric() && !"-.:[]".contains(character);
    if host.is_empty() || host.contains(is_odd) {
        return Err(format!(
            "{site} is not the origin of a site: write scheme and host, without a path, as in \
             cargo xtask content https://www.example.com"
        ));
    }
    Ok(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_and_a_host() {
        for (site, expected) in [
            ("https://www.example.com", Some("https://www.example.com")),
            ("https://WWW.Example.com/", Some("https://www.example.com")),
            ("http://localhost:8787", Some("http://localhost:8787")),
            ("http://[::1]:8787", Some("http://[::1]:8787")),
            ("www.example.com", None),
            ("https://", None),
            ("https://www.example.com/help", None),
            ("https://*.example.com", None),
            ("ftp://www.example.com", None),
            ("", None),
        ] {
            assert_eq!(origin(site).ok().as_deref(), expected, "{site}");
        }
    }
}
