//! What a site's server says of who a visitor is: a JWT that it has signed with HS256 and the workspace's key.
//!
//! Nothing in a token is believed before its signature is checked, and the algorithm is not the token's to choose: the two
//! ways in which libraries for JWTs were tricked.

use hmac::{Hmac, Mac};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use sha2::Sha256;
use shared::conversation::SiteProfile;
use shared::ids::{VisitorToken, WorkspaceId, from_base64url};
use shared::protocol::{ApiError, ErrorCode, Millis, Profile};
use shared::readership::{MAX_AUDIENCE_CHARS, MAX_AUDIENCES};

/// A key that is as long as what it signs (RFC 7518, section 3.2); one that people think up can be guessed from one token.
const SHORTEST_KEY: usize = 32;
/// A month: a user who has left the site, or lost a device, is not let in for longer than that.
const LONGEST_LIFE_MS: Millis = 31 * 24 * 60 * 60 * 1_000;
/// How far a site's clock may be ahead when it says since when a user is a customer.
const CLOCKS_DIFFER_MS: Millis = 24 * 60 * 60 * 1_000;
/// Sites name their users by a number, a UUID or an address of mail.
const MAX_SUBJECT_CHARS: usize = 200;
/// What fits the line of a list.
const MAX_NAME_CHARS: usize = 60;
/// More tell nothing about what somebody asks.
const MAX_PRODUCTS: usize = 20;

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

/// The claims that mean something here; sites' libraries add others. Times are seconds, as in every JWT, and not always whole.
#[derive(Deserialize)]
struct Claims {
    sub: String,
    exp: f64,
    name: Option<String>,
    plan: Option<String>,
    trial: Option<bool>,
    customer_since: Option<f64>,
    products: Option<Vec<String>>,
    company_type: Option<String>,
    at_risk: Option<bool>,
    audience: Option<Audience>,
}

/// Sites write one audience as a text, and several as a list.
#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    fn names(self) -> Vec<String> {
        match self {
            Audience::One(name) => vec![name],
            Audience::Several(names) => names,
        }
    }
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
    let Header { alg, crit } = parsed(header).ok_or_else(wrong)?;
    if alg != "HS256" || crit.is_some() {
        return Err(wrong());
    }
    let signature = from_base64url(signature).ok_or_else(wrong)?;
    if !keys.any(|key| is_signed(signed, &signature, key)) {
        return Err(wrong());
    }
    let claims = parsed(claims).ok_or_else(|| bad("a claim is missing or of another type"))?;
    read(claims, now)
}

/// Compares in a time that does not tell where the signatures differ.
fn is_signed(signed: &str, signature: &[u8], key: &str) -> bool {
    let Ok(mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else { return false };
    mac.chain_update(signed).verify_slice(signature).is_ok()
}

fn read(claims: Claims, now: Millis) -> Result<Identity, ApiError> {
    let Claims { sub: subject, exp, name, plan, trial, customer_since, products, company_type, at_risk, audience } =
        claims;
    let products = products.unwrap_or_default();
    let name = name.map(|name| String::from(name.trim())).filter(|name| !name.is_empty());
    let customer_since = customer_since.map(millis);
    let until = millis(exp);
    if subject.is_empty() || subject.chars().count() > MAX_SUBJECT_CHARS {
        return Err(bad("sub has 1 to 200 characters"));
    }
    if until <= now {
        return Err(ApiError::new(ErrorCode::IdentityExpired));
    }
    if until > now.saturating_add(LONGEST_LIFE_MS) {
        return Err(bad("exp is in seconds, and at most 31 days away"));
    }
    let is_name = |name: &String| name.chars().count() <= MAX_NAME_CHARS && !name.chars().any(char::is_control);
    if !name.iter().all(is_name) {
        return Err(bad("name has at most 60 characters"));
    }
    if products.len() > MAX_PRODUCTS {
        return Err(bad("products are at most 20"));
    }
    if customer_since.is_some_and(|since| since > now.saturating_add(CLOCKS_DIFFER_MS)) {
        return Err(bad("customer_since is in seconds, and not in the future"));
    }
    let audience = audience.map(Audience::names).unwrap_or_default();
    let is_audience = |name: &String| (1..=MAX_AUDIENCE_CHARS).contains(&name.chars().count());
    if audience.len() > MAX_AUDIENCES || !audience.iter().all(is_audience) {
        return Err(bad("audience is at most 20 names of 1 to 60 characters"));
    }
    let (trial, at_risk) = (trial.unwrap_or_default(), at_risk.unwrap_or_default());
    let profile = Profile { name, plan, trial, customer_since, products, company_type, at_risk, audience };
    Ok(Identity { subject, said: SiteProfile { profile, until } })
}

fn parsed<T: DeserializeOwned>(part: &str) -> Option<T> {
    serde_json::from_str(str::from_utf8(&from_base64url(part)?).ok()?).ok()
}

/// A negative time is 1970, and one that is too large is never reached: a conversion of floating point stays in its bounds.
fn millis(seconds: f64) -> Millis {
    (seconds * 1_000.0) as Millis
}

fn bad(why: &str) -> ApiError {
    ApiError::with(ErrorCode::WrongToken, ["The signed identity is not valid: ", why, "."].concat())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use shared::ids::base64url;

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
    fn claims_that_cannot_be_are_refused() {
        let with = |name: &str, value: Value| {
            let mut claims = json!({ "sub": "17", "exp": EXP });
            claims[name] = value;
            claims
        };
        let month = 31 * 24 * 60 * 60;
        assert!(of_claims(&with("exp", json!(NOW / 1_000 + month))).is_ok());
        for (claims, code) in [
            (json!({ "sub": "17" }), ErrorCode::WrongToken),
            (json!({ "exp": EXP }), ErrorCode::WrongToken),
            (json!(["17", EXP]), ErrorCode::WrongToken),
            (with("sub", json!("")), ErrorCode::WrongToken),
            (with("sub", json!(17)), ErrorCode::WrongToken),
            (with("sub", json!("x".repeat(201))), ErrorCode::WrongToken),
            (with("exp", json!(NOW / 1_000)), ErrorCode::IdentityExpired),
            (with("exp", json!(-1)), ErrorCode::IdentityExpired),
            (with("exp", json!(EXP.to_string())), ErrorCode::WrongToken),
            (with("exp", json!(EXP * 1_000)), ErrorCode::WrongToken),
            (with("exp", json!(NOW / 1_000 + month + 1)), ErrorCode::WrongToken),
            (with("exp", json!(1e300)), ErrorCode::WrongToken),
            (with("name", json!("x".repeat(61))), ErrorCode::WrongToken),
            (with("name", json!("Ada\u{1b}[2J")), ErrorCode::WrongToken),
            (with("trial", json!("yes")), ErrorCode::WrongToken),
            (with("products", json!("Dot")), ErrorCode::WrongToken),
            (with("products", json!(vec!["Dot"; 21])), ErrorCode::WrongToken),
            (with("audience", json!(vec!["staff"; 21])), ErrorCode::WrongToken),
            (with("audience", json!("x".repeat(61))), ErrorCode::WrongToken),
            (with("audience", json!("")), ErrorCode::WrongToken),
            (with("audience", json!([17])), ErrorCode::WrongToken),
            (with("audience", json!({ "staff": true })), ErrorCode::WrongToken),
            (with("customer_since", json!(NOW)), ErrorCode::WrongToken),
        ] {
            assert_eq!(of_claims(&claims), Err(code), "{claims}");
        }
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
