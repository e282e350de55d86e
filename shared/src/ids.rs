//! Identifiers as types that cannot hold anything else: each is checked when it is parsed, also by serde.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a text is not an identifier of the wanted kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidId;

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a valid identifier")
    }
}

impl std::error::Error for InvalidId {}

/// 128 random bits in base64url without padding.
const RANDOM_ID_CHARS: usize = 22;
/// 256 bits in base64url without padding: a visitor's secret and what is derived from it.
const SECRET_CHARS: usize = 43;
/// An identity with every claim has an eighth of it. A plan of some thousand characters is cut; what is longer passes no proxy.
const IDENTITY_MAX: usize = 8_192;
/// Room for a client's 22 characters and the suffixes that the edge appends for what follows from a command.
const EVENT_ID_MAX: usize = 40;
/// Long enough for a readable slug, short enough for a URL and an index.
const SLUG_MAX: usize = 96;

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident, $valid:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Takes the text if it has the shape of this identifier.
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                let valid: fn(&str) -> bool = $valid;
                if valid(text) { Ok(Self(String::from(text))) } else { Err(InvalidId) }
            }

            /// The identifier as it travels.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id_type! {
    /// A site owner's tenant, as in `data-workspace`: lower-case letters, digits and `-`, 1 to 40 characters.
    WorkspaceId, |text| (1..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
id_type! {
    /// One conversation; made at random by the visitor's panel, so that a repeated first message meets itself.
    ConversationId, |text| text.len() == RANDOM_ID_CHARS && text.bytes().all(is_base64url)
}
id_type! {
    /// One event of a conversation. Commands carry 22 random characters; the edge appends `.a`, `.h` and so on.
    EventId, |text| (1..=EVENT_ID_MAX).contains(&text.len()) && text.bytes().all(|b| is_base64url(b) || b == b'.')
}
id_type! {
    /// What proves who a visitor is, never in a URL: a secret of 256 random bits made in the visitor's browser, or an
    /// identity that the site has signed, which has the shape of a JWT.
    VisitorToken, |text| is_secret(text) || is_jwt(text)
}
id_type! {
    /// The public name of a visitor: the SHA-256 of the secret, or of whom an identity names, so that knowing it proves
    /// nothing.
    VisitorId, is_secret
}
id_type! {
    /// One agent of a workspace.
    AgentId, |text| text.len() == RANDOM_ID_CHARS && text.bytes().all(is_base64url)
}
id_type! {
    /// A help-centre page's slug; the same in every language.
    ArticleId, is_slug
}
id_type! {
    /// A curated answer's slug.
    AnswerId, is_slug
}
id_type! {
    /// A team's slug, as routing rules name it.
    TeamId, is_slug
}

impl VisitorToken {
    /// Whether the site has made it. Whether the site has made it right is for the edge to say.
    pub fn is_identity(&self) -> bool {
        self.0.bytes().any(|byte| byte == b'.')
    }
}

impl EventId {
    /// Whether a client may have made it: ids with a dot, and any without room for one, are for what the edge derives.
    pub fn is_original(&self) -> bool {
        self.0.len() <= RANDOM_ID_CHARS && !self.0.contains('.')
    }

    /// The id of what follows from this event, such as the assistant's answer to a message. The same event always
    /// gives the same id: deciding twice cannot say a thing twice.
    pub fn derived(&self, suffix: &str) -> Self {
        let mut text = self.0.clone();
        text.push('.');
        text.push_str(suffix);
        Self(text)
    }
}

fn is_secret(text: &str) -> bool {
    text.len() == SECRET_CHARS && text.bytes().all(is_base64url)
}

/// Byte by byte, because the panel loads this: what splits a text is ten times as large.
fn is_jwt(text: &str) -> bool {
    let (mut dots, mut after_dot) = (0, true);
    for byte in text.bytes() {
        let is_dot = byte == b'.';
        if !is_base64url(byte) && (!is_dot || after_dot) {
            return false;
        }
        dots += usize::from(is_dot);
        after_dot = is_dot;
    }
    text.len() <= IDENTITY_MAX && dots == 2 && !after_dot
}

fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

fn is_slug(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_' || b == b'/';
    (1..=SLUG_MAX).contains(&text.len()) && text.bytes().all(allowed)
}

/// Writes bytes as base64url without padding (RFC 4648, section 5).
pub fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: [u8; 64] = *b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let word = at(0) << 16 | at(1) << 8 | at(2);
        for sextet in 0..=chunk.len() {
            let index = (word >> (18 - 6 * sextet)) & 63;
            out.push(char::from(ALPHABET.get(index as usize).copied().unwrap_or(b'A')));
        }
    }
    out
}

/// Reads base64url without padding; none if it is not that, or not as `base64url` would write it.
pub fn from_base64url(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let (mut word, mut bits) = (0_u32, 0);
    for byte in text.bytes() {
        let sextet = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        word = word << 6 | u32::from(sextet);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((word >> bits) as u8);
            word &= (1 << bits) - 1;
        }
    }
    // A whole sextet too many, or bits that stand for nothing: another text for the same bytes.
    (bits < 6 && word == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64url_agrees_with_the_rfc() {
        for (bytes, text) in
            [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("\u{fb}\u{ff}", "w7vDvw")]
        {
            assert_eq!(base64url(bytes.as_bytes()), text);
            assert_eq!(from_base64url(text).as_deref(), Some(bytes.as_bytes()));
        }
        for bad in ["Z", "Zh", "Zm9", "Zm9vY", "Zg==", "Zm+v", "Zm/v", "Zm 9", "Zm9v\n"] {
            assert_eq!(from_base64url(bad), None, "{bad:?}");
        }
        assert_eq!(base64url(&[0xfb, 0xff]), "-_8");
        assert_eq!(base64url(&[7; 16]).len(), RANDOM_ID_CHARS);
        assert_eq!(base64url(&[7; 32]).len(), SECRET_CHARS);
    }

    #[test]
    fn ids_refuse_what_is_not_of_their_shape() {
        assert!(WorkspaceId::parse("demo-2").is_ok());
        for bad in ["", "Demo", "a/b", "a b", &"x".repeat(41)] {
            assert_eq!(WorkspaceId::parse(bad), Err(InvalidId), "{bad}");
        }
        assert!(ConversationId::parse("abcdefghij0123456789-_").is_ok());
        for bad in ["", "short", "abcdefghij0123456789-.", "abcdefghij0123456789-_x", "../../etc/passwd/xxxxxx"] {
            assert!(ConversationId::parse(bad).is_err(), "{bad}");
        }
        assert!(serde_json::from_str::<ArticleId>("\"Not A Slug\"").is_err());
    }

    #[test]
    fn a_visitors_token_is_a_secret_or_has_the_shape_of_a_jwt() {
        let secret = base64url(&[7; 32]);
        let longest = ["e30.", &"a".repeat(IDENTITY_MAX - 6), ".a"].concat();
        for (token, is_identity) in
            [(secret.as_str(), false), ("e30.e30.c2ln", true), ("-_.a.b", true), (&longest, true)]
        {
            assert_eq!(VisitorToken::parse(token).map(|token| token.is_identity()), Ok(is_identity), "{token}");
            assert_eq!(VisitorId::parse(token).is_ok(), !is_identity, "{token}");
        }
        let too_long = ["a", &longest].concat();
        let bad =
            ["", "a", "..", "a..b", ".a.b", "a.b.", "a.b", "a.b.c.d", "a.b.c=", "a.b.c\n", "a.b.\u{e9}", &too_long];
        for bad in bad.into_iter().chain([&secret[1..], &[&secret, "A"].concat()]) {
            assert!(VisitorToken::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_derived_id_is_a_valid_id_and_always_the_same() {
        let id = EventId::parse("abcdefghij0123456789-_").unwrap();
        assert_eq!(id.derived("a"), id.derived("a"));
        assert!(EventId::parse(id.derived("a").as_str()).is_ok());
        assert!(id.is_original() && !id.derived("a").is_original());
    }
}
