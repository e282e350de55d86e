//! What a site's server says of who a visitor is: a JWT that it has signed with HS256 and the workspace's key.
//!
//! Nothing in a token is believed before its signature is checked, and the algorithm is not the token's to choose: the two
//! ways in which libraries for JWTs were tricked.

use crate::claims::Claims;
use hmac::{Hmac, Mac};
use serde::Deserialize;
use serde::de::IgnoredAny;
use sha2::Sha256;
use shared::conversation::SiteProfile;
use shared::ids::{VisitorToken, WorkspaceId, from_base64url};
use shared::protocol::{ApiError, ErrorCode, Millis};
use shared::publishing::is_object;

/// A key that is as long as what it signs (RFC 7518, section 3.2); one that people think up can be guessed from one token.
const SHORTEST_KEY: usize = 32;

/// Who a visitor is and what the site knows of them, proven.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Identity {
    /// The site's name for its user.
    pub(crate) subject: String,
    pub(crate) said: SiteProfile,
}

/// The only header that is taken. Other fields say nothing that changes what is checked, but for `crit`.
#[derive(Deserialize)]
struct Header {
    alg: String,
    crit: Option<IgnoredAny>,
}

/// The keys of a workspace in the binding `IDENTITY_SECRET`: entries `workspace:key` with spaces between them. A key is
/// valid for one workspace only. Otherwise a site could sign in to another workspace as the user with the same `sub` there. With
/// two entries for a workspace both are valid, so that a key can be changed while tokens of the old one are out.
pub(crate) fn keys<'a>(binding: &'a str, workspace: &'a WorkspaceId) -> impl Iterator<Item = &'a str> {
    let entries = binding.split_ascii_whitespace().filter_map(|entry| entry.split_once(':'));
    entries.filter(|(of, key)| *of == workspace.as_str() && key.len() >= SHORTEST_KEY).map(|(_, key)| key)
}

/// Checks a token that has the shape of a JWT. A caller who could sign them is told what is wrong with the claims.
pub(crate) fn check<'a>(
    token: &VisitorToken,
    mut keys: impl Iterator<Item = &'a str>,
    now: Millis,
) -> Result<Identity, ApiError> {
    let wrong = || ApiError::new(ErrorCode::WrongToken);
    let (signed, signature) = token.as_str().rsplit_once('.').ok_or_else(wrong)?;
    let (header, claims) = signed.split_once('.').ok_or_else(wrong)?;
    let header = text(header).filter(|text| is_object(text)).and_then(|text| serde_json::from_str(&text).ok());
    let Header { alg, crit } = header.ok_or_else(wrong)?;
    if alg != "HS256" || crit.is_some() {
        return Err(wrong());
    }
    let signature = from_base64url(signature).ok_or_else(wrong)?;
    if !keys.any(|key| is_signed(signed, &signature, key)) {
        return Err(wrong());
    }
    let (subject, said) = Claims::parse(&text(claims).ok_or_else(wrong)?)?.read(now)?;
    Ok(Identity { subject, said })
}

/// Compares in a time that does not tell where the signatures differ.
fn is_signed(signed: &str, signature: &[u8], key: &str) -> bool {
    let Ok(mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else { return false };
    mac.chain_update(signed).verify_slice(signature).is_ok()
}

/// The text of a part, which is UTF-8 in base64url.
fn text(part: &str) -> Option<String> {
    String::from_utf8(from_base64url(part)?).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use shared::ids::base64url;
    use shared::protocol::Profile;

    const KEY: &str = "a key of the tests, long enough!";
    const NOW: Millis = 1_760_000_000_000;
    const EXP: u64 = NOW / 1_000 + 3_600;

    fn signed(header: &Value, claims: &Value, key: &str) -> VisitorToken {
        let part = |value: &Value| base64url(value.to_string().as_bytes());
        let signed = [part(header), part(claims)].join(".");
        let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap().chain_update(&signed);
        VisitorToken::parse(&[signed, base64url(&mac.finalize().into_bytes())].join(".")).unwrap()
    }

    fn checked(token: &VisitorToken) -> Result<Identity, ErrorCode> {
        check(token, [KEY].into_iter(), NOW).map_err(|error| error.code)
    }

    fn of_claims(claims: &Value) -> Result<Identity, ErrorCode> {
        checked(&signed(&json!({ "alg": "HS256", "typ": "JWT" }), claims, KEY))
    }

    /// The one in RFC 7515, appendix A.1, whose key is bytes that are no text, is replaced by the one that jwt.io shows.
    #[test]
    fn a_token_of_another_library_is_verified() {
        let token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c";
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let signature = from_base64url(signature).unwrap();
        assert!(is_signed(signed, &signature, "your-256-bit-secret"));
        assert!(!is_signed(signed, &signature, "your-256-bit-secreT"));
        assert!(!is_signed(signed, &signature[..16], "your-256-bit-secret"), "half a signature");
        assert!(!is_signed(signed, &[], "your-256-bit-secret"));
    }

    #[test]
    fn what_the_site_says_is_read() {
        let all = json!({
            "sub": "17", "exp": EXP, "iat": 1, "iss": "https://shop.example", "name": " Grace Hopper ", "plan": "pro",
            "trial": true, "customer_since": 1_700_000_000, "products": ["Dot"], "company_type": "school", "at_risk": true,
            "audience": ["staff", "partners"],
        });
        let profile = Profile {
            name: Some("Grace Hopper".into()),
            plan: Some("pro".into()),
            trial: true,
            customer_since: Some(1_700_000_000_000),
            products: vec!["Dot".into()],
            company_type: Some("school".into()),
            at_risk: true,
            audience: vec!["staff".into(), "partners".into()],
        };
        let expected = Identity { subject: "17".into(), said: SiteProfile { profile, until: EXP * 1_000 } };
        assert_eq!(of_claims(&all), Ok(expected));
        let one = of_claims(&json!({ "sub": "17", "exp": EXP, "audience": "staff" })).unwrap();
        assert_eq!(one.said.profile.audience, ["staff"]);
        let least = of_claims(&json!({ "sub": "x".repeat(200), "exp": EXP as f64 + 0.5, "name": null })).unwrap();
        assert_eq!(least.said, SiteProfile { profile: Profile::default(), until: EXP * 1_000 + 500 });
    }

    #[test]
    fn a_list_is_neither_a_header_nor_claims() {
        let claims = json!({ "sub": "17", "exp": EXP });
        assert_eq!(checked(&signed(&json!(["HS256", null]), &claims, KEY)), Err(ErrorCode::WrongToken));
        let mut list = vec![Value::Null; 11];
        (list[0], list[1]) = (json!("17"), json!(EXP));
        assert!(of_claims(&json!(list)).is_err());
    }

    #[test]
    fn the_algorithm_is_not_the_tokens_to_choose() {
        let claims = json!({ "sub": "17", "exp": EXP });
        for header in [
            json!({ "alg": "none" }),
            json!({ "alg": "hs256" }),
            json!({ "alg": "HS512" }),
            json!({ "alg": "RS256" }),
            json!({ "typ": "JWT" }),
            json!({ "alg": ["HS256"] }),
            json!({ "alg": "HS256", "crit": ["b64"], "b64": false }),
            json!("HS256"),
        ] {
            assert_eq!(checked(&signed(&header, &claims, KEY)), Err(ErrorCode::WrongToken), "{header}");
        }
    }

    #[test]
    fn a_key_is_good_for_its_own_workspace() {
        let (acme, other) = (WorkspaceId::parse("acme").unwrap(), WorkspaceId::parse("other").unwrap());
        let [one, two] = ["1".repeat(32), "2".repeat(32)];
        let binding = format!("acme:{one} other:{two}\nacme:{two}: nobody:{one} acme:short {one} ");
        let of = |workspace| keys(&binding, workspace).collect::<Vec<_>>();
        assert_eq!(of(&acme), [one.clone(), format!("{two}:")]);
        assert_eq!(of(&other), [two]);
        assert_eq!(keys("", &acme).count(), 0);
        let token = signed(&json!({ "alg": "HS256" }), &json!({ "sub": "17", "exp": EXP }), &one);
        assert!(check(&token, keys(&binding, &acme), NOW).is_ok());
        assert!(check(&token, keys(&binding, &other), NOW).is_err());
    }
}
