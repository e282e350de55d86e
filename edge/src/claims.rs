//! The claims of an identity, after its signature was checked. What would be a mistake for everybody is refused, and the sentence names
//! the claim; what is only too long or written oddly is put right, so that no customer stands outside because of a long name.

use serde::Deserialize;
use serde_json::Value;
use shared::conversation::SiteProfile;
use shared::protocol::{ApiError, ErrorCode, Millis, Profile};
use shared::publishing::is_object;
use shared::readership::{MAX_AUDIENCE_CHARS, MAX_AUDIENCES};
use shared::visible::visible;

/// A month: a user who has left the site, or lost a device, is not let in for longer than that.
const LONGEST_LIFE_MS: Millis = 31 * 24 * 60 * 60 * 1_000;
/// How far a site's clock may be ahead when it says since when a user is a customer.
const CLOCKS_DIFFER_MS: Millis = 24 * 60 * 60 * 1_000;
/// How far it may be ahead when it says from when a token holds.
const EARLY_MS: Millis = 60 * 1_000;
/// Sites name their users by a number, a UUID or an address of mail.
const MAX_SUBJECT_CHARS: usize = 200;
/// What fits the line of a list.
const MAX_NAME_CHARS: usize = 60;
/// Plans, products and companies have names that rules repeat.
const MAX_LABEL_CHARS: usize = 100;
/// More tell nothing about what somebody asks.
const MAX_PRODUCTS: usize = 20;
/// What programs write for nobody. A site that signs one of these for everybody who is signed out would make one person of them all.
const NOBODY: [&str; 13] = [
    "undefined",
    "null",
    "none",
    "nil",
    "nan",
    "false",
    "true",
    "0",
    "-1",
    "[object object]",
    "{}",
    "anonymous",
    "guest",
];

/// The claims that mean something here; sites' libraries add others. One that comes twice is refused while it is read.
#[derive(Deserialize)]
pub(crate) struct Claims {
    sub: Option<Value>,
    exp: Option<Value>,
    nbf: Option<Value>,
    name: Option<Value>,
    plan: Option<Value>,
    trial: Option<Value>,
    customer_since: Option<Value>,
    products: Option<Value>,
    company_type: Option<Value>,
    at_risk: Option<Value>,
    audience: Option<Value>,
}

impl Claims {
    /// The claims in a text.
    pub(crate) fn parse(text: &str) -> Result<Self, ApiError> {
        // serde reads a list as a struct, too, and then each value is what its place says.
        if !is_object(text) {
            return Err(bad("the claims are no JSON object"));
        }
        serde_json::from_str(text).map_err(|error| {
            bad(&["the claims are no JSON object, or one is there twice (", &error.to_string(), ")"].concat())
        })
    }

    /// The site's name for its user, and what it says of them.
    pub(crate) fn read(self, now: Millis) -> Result<(String, SiteProfile), ApiError> {
        let until =
            millis("exp", self.exp)?.ok_or_else(|| bad("exp is missing: it says when the token ends, in seconds"))?;
        if until <= now {
            return Err(ApiError::new(ErrorCode::IdentityExpired));
        }
        if until > now.saturating_add(LONGEST_LIFE_MS) {
            return Err(bad("exp is in seconds, and at most 31 days away"));
        }
        if millis("nbf", self.nbf)?.is_some_and(|from| from > now.saturating_add(EARLY_MS)) {
            return Err(bad("nbf is in the future: the token does not hold yet"));
        }
        let customer_since = millis("customer_since", self.customer_since)?;
        if customer_since.is_some_and(|since| since > now.saturating_add(CLOCKS_DIFFER_MS)) {
            return Err(bad("customer_since is in seconds, and not in the future"));
        }
        let profile = Profile {
            name: label("name", self.name, MAX_NAME_CHARS)?,
            plan: label("plan", self.plan, MAX_LABEL_CHARS)?,
            trial: flag("trial", self.trial)?,
            customer_since,
            products: labels("products", self.products)?,
            company_type: label("company_type", self.company_type, MAX_LABEL_CHARS)?,
            at_risk: flag("at_risk", self.at_risk)?,
            audience: audience(self.audience)?,
        };
        Ok((subject(self.sub)?, SiteProfile { profile, until }))
    }
}

/// A number is taken as its decimal text, which is what other libraries sign for the same user.
fn subject(claim: Option<Value>) -> Result<String, ApiError> {
    let subject = match claim {
        None | Some(Value::Null) => return Err(bad("sub is missing: it is your name for the user")),
        Some(Value::String(text)) => text,
        Some(Value::Number(number)) if number.is_i64() || number.is_u64() => number.to_string(),
        Some(_) => return Err(bad("sub is neither a text nor a whole number")),
    };
    if !(1..=MAX_SUBJECT_CHARS).contains(&subject.chars().count()) {
        return Err(bad("sub has 1 to 200 characters"));
    }
    let seen = visible(&subject, MAX_SUBJECT_CHARS);
    if seen.is_empty() || NOBODY.contains(&seen.to_ascii_lowercase().as_str()) {
        return Err(bad(&[
            "sub is \"",
            &seen,
            "\", which names nobody: sign a token only for somebody who is signed in",
        ]
        .concat()));
    }
    Ok(subject)
}

fn label(name: &str, claim: Option<Value>, most: usize) -> Result<Option<String>, ApiError> {
    match claim {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(visible(&text, most)).filter(|text| !text.is_empty())),
        Some(_) => Err(bad(&[name, " is no text"].concat())),
    }
}

fn labels(name: &str, claim: Option<Value>) -> Result<Vec<String>, ApiError> {
    let list = match claim {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(list)) => list,
        Some(_) => return Err(bad(&[name, " is no list of texts"].concat())),
    };
    let read = |value| match value {
        Value::String(text) => Ok(visible(&text, MAX_LABEL_CHARS)),
        _ => Err(bad(&[name, " is no list of texts"].concat())),
    };
    let texts = list.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(texts.into_iter().filter(|text| !text.is_empty()).take(MAX_PRODUCTS).collect())
}

/// Sites write one audience as a text, and several as a list. A name that is not exactly one of the published ones opens nothing, so
/// none is put right.
fn audience(claim: Option<Value>) -> Result<Vec<String>, ApiError> {
    let wrong = || bad("audience is at most 20 names of 1 to 60 characters");
    let names: Vec<String> = match claim {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::String(name)) => vec![name],
        Some(list) => serde_json::from_value(list).map_err(|_| wrong())?,
    };
    let fits = |name: &String| (1..=MAX_AUDIENCE_CHARS).contains(&name.chars().count());
    if names.len() <= MAX_AUDIENCES && names.iter().all(fits) { Ok(names) } else { Err(wrong()) }
}

fn flag(name: &str, claim: Option<Value>) -> Result<bool, ApiError> {
    match claim {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(flag)) => Ok(flag),
        Some(_) => Err(bad(&[name, " is neither true nor false"].concat())),
    }
}

/// Times are seconds, as in every JWT, and not always whole. A negative time is 1970, and one that is too large is never reached: a
/// conversion of floating point stays in its bounds.
fn millis(name: &str, claim: Option<Value>) -> Result<Option<Millis>, ApiError> {
    match claim {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Number(number)) => Ok(number.as_f64().map(|seconds| (seconds * 1_000.0) as Millis)),
        Some(_) => Err(bad(&[name, " is no number of seconds since 1970"].concat())),
    }
}

fn bad(why: &str) -> ApiError {
    ApiError::with(ErrorCode::WrongToken, ["The signed identity is not valid: ", why, "."].concat())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: Millis = 1_760_000_000_000;
    const EXP: u64 = NOW / 1_000 + 3_600;

    fn read(claims: &Value) -> Result<(String, SiteProfile), ApiError> {
        Claims::parse(&claims.to_string())?.read(NOW)
    }

    fn with(name: &str, value: Value) -> Value {
        let mut claims = json!({ "sub": "17", "exp": EXP });
        claims[name] = value;
        claims
    }

    fn profile(name: &str, value: Value) -> Profile {
        read(&with(name, value)).unwrap().1.profile
    }

    #[test]
    fn a_number_is_the_same_user_as_its_text() {
        for (sub, subject) in [
            (json!(17), "17"),
            (json!("17"), "17"),
            (json!(-5), "-5"),
            (json!(u64::MAX), "18446744073709551615"),
            (json!("ana@mail.example"), "ana@mail.example"),
            (json!("nobody"), "nobody"),
            (json!("x".repeat(200)), &"x".repeat(200)),
        ] {
            assert_eq!(read(&with("sub", sub.clone())).unwrap().0, subject, "{sub}");
        }
    }

    #[test]
    fn nobody_is_no_user() {
        for sub in
            [" ", "\t", "\u{200b}", "undefined", "null", "NULL", " None ", "NaN", "[object Object]", "0", "guest"]
        {
            let error = read(&with("sub", json!(sub))).unwrap_err();
            assert_eq!(error.code, ErrorCode::WrongToken, "{sub:?}");
            assert!(error.message.contains("sub is \""), "{}", error.message);
        }
        assert!(read(&with("sub", json!(0))).is_err());
    }

    #[test]
    fn the_sentence_names_the_claim_that_is_wrong() {
        for (claims, named) in [
            (json!({ "exp": EXP }), "sub"),
            (json!({ "sub": "17" }), "exp"),
            (with("sub", Value::Null), "sub"),
            (with("sub", json!("")), "sub"),
            (with("sub", json!(1.5)), "sub"),
            (with("sub", json!(1e300)), "sub"),
            (with("sub", json!(true)), "sub"),
            (with("sub", json!(["17"])), "sub"),
            (with("sub", json!("x".repeat(201))), "sub"),
            (with("exp", json!(EXP.to_string())), "exp"),
            (with("exp", json!(EXP * 1_000)), "exp"),
            (with("nbf", json!(EXP)), "nbf"),
            (with("nbf", json!("now")), "nbf"),
            (with("name", json!(17)), "name"),
            (with("plan", json!(["pro"])), "plan"),
            (with("trial", json!("yes")), "trial"),
            (with("products", json!("Dot")), "products"),
            (with("products", json!([17])), "products"),
            (with("customer_since", json!(NOW)), "customer_since"),
            (with("customer_since", json!("2020-01-01")), "customer_since"),
            (with("company_type", json!({})), "company_type"),
            (with("at_risk", json!(1)), "at_risk"),
            (with("audience", json!(vec!["staff"; 21])), "audience"),
            (with("audience", json!("x".repeat(61))), "audience"),
            (with("audience", json!("")), "audience"),
            (with("audience", json!([17])), "audience"),
            (with("audience", json!({ "staff": true })), "audience"),
        ] {
            let error = read(&claims).unwrap_err();
            assert_eq!(error.code, ErrorCode::WrongToken, "{claims}");
            assert!(error.message.contains(&[": ", named, " "].concat()), "{claims}: {}", error.message);
        }
        let twice = Claims::parse(r#"{"sub":"17","sub":"18","exp":1}"#).err().unwrap();
        assert!(twice.message.contains("`sub`"), "{}", twice.message);
    }

    #[test]
    fn what_is_too_long_is_cut_and_the_person_is_let_in() {
        assert_eq!(profile("name", json!("x".repeat(200))).name, Some("x".repeat(60)));
        assert_eq!(profile("name", json!("Ana\u{0}\u{202e} \t Maria")).name.as_deref(), Some("Ana Maria"));
        assert_eq!(profile("name", json!(" \u{200b} ")).name, None);
        assert_eq!(profile("plan", json!("p".repeat(5_000))).plan, Some("p".repeat(100)));
        assert_eq!(profile("company_type", json!("c".repeat(101))).company_type, Some("c".repeat(100)));
        let products: Vec<String> = (0..30).map(|number| format!("Product {number}\u{202e}")).collect();
        let kept = profile("products", json!(products)).products;
        assert_eq!((kept.len(), kept[0].as_str(), kept[19].as_str()), (20, "Product 0", "Product 19"));
    }

    #[test]
    fn a_token_holds_from_when_it_says_and_for_a_month_at_most() {
        let month = 31 * 24 * 60 * 60;
        assert!(read(&with("exp", json!(NOW / 1_000 + month))).is_ok());
        assert!(read(&with("exp", json!(NOW / 1_000 + month + 1))).is_err());
        assert!(read(&with("exp", json!(1e300))).is_err());
        for exp in [json!(NOW / 1_000), json!(-1), json!(0)] {
            assert_eq!(read(&with("exp", exp)).unwrap_err().code, ErrorCode::IdentityExpired);
        }
        for (nbf, holds) in [(NOW / 1_000, true), (NOW / 1_000 + 59, true), (NOW / 1_000 + 120, false)] {
            assert_eq!(read(&with("nbf", json!(nbf))).is_ok(), holds, "{nbf}");
        }
    }
}
