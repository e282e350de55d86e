//! What a signed identity says, as the panel reads it. The edge checks the signature; here it only orders the suggestions on the
//! visitor's own device, so that a false one harms nobody.

use shared::ids::{VisitorToken, from_base64url};

/// The claims of an identity as JSON; none for a secret of the browser's own, which has none.
pub fn claims(token: &VisitorToken) -> Option<String> {
    let (_, rest) = token.as_str().split_once('.')?;
    let (claims, _) = rest.split_once('.')?;
    String::from_utf8(from_base64url(claims)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::base64url;

    fn check(token: &str, expected: Option<&str>) {
        assert_eq!(claims(&VisitorToken::parse(token).unwrap()).as_deref(), expected, "{token}");
    }

    #[test]
    fn the_middle_part_of_an_identity_is_what_it_says() {
        let said = r#"{"sub":"7","products":["plus","ürün"]}"#;
        check(&["eyJhbGciOiJIUzI1NiJ9.", &base64url(said.as_bytes()), ".c2ln"].concat(), Some(said));
        check("eyJhbGciOiJIUzI1NiJ9._w.c2ln", None);
        check(&base64url(&[7; 32]), None);
    }
}
