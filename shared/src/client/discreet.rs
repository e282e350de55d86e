//! The address of a page without what looks like a secret in it. It travels with a message and is shown to agents, kept and
//! exported; a link that resets a password or signs somebody in must do none of that. So it is cut on the visitor's device.
//!
//! A cut too many costs an agent a parameter. So a name or a value is cut when in doubt.

/// What stands for a part of a path that was taken out.
const HIDDEN: &str = "…";
/// Names, or parts of names, whose values are nobody's business, in one text, which is smaller than a table.
const SECRET: &str = " access account address auth authorization bearer birthday card code confirm cookie csrf customer dob guid hash hmac \
    iban invite jwt key license login magic name nonce oauth oob otp pass patient phone pin private pw pwd reset saml samlresponse sid sig \
    sign signed ssn state surname tan tel ticket uid user username uuid verify ";
/// Parts of names that tell a secret wherever they stand in them.
const STEMS: [&str; 9] = ["token", "secret", "passw", "session", "mail", "apikey", "signature", "credential", "phone"];
/// Parts of paths after which a secret stands.
const BEFORE_SECRET: &str = " activate auth confirm invitation invite invites join key link login magic oauth optout password reset \
    recover recovery resetpassword secret session share sign signin signup sso ticket token unlock unsubscribe validate verification verify ";
/// A run of letters and digits of this length with both in it was made by a machine.
const MIXED: usize = 12;
/// A run of letters alone of this length is no word if its case jumps.
const LETTERS: usize = 20;
/// The most letters that a word of a path has after a part that announces a secret.
const WORD: usize = 12;
/// A number of this length is a card, an account or a telephone, and not a page.
const DIGITS: usize = 12;
/// An address within an address within an address is looked into; deeper than that it is cut.
const DEPTH: u32 = 2;

/// The address without its fragment, without user names and passwords, and without what looks like a secret in its path and its
/// parameters. Of an address that is no page's, such as `data:`, only the scheme stays.
pub fn discreet(address: &str) -> String {
    within(address.trim(), DEPTH)
}

fn within(address: &str, depth: u32) -> String {
    let address = address.split('#').next().unwrap_or_default();
    let (address, query) = address.split_once('?').unwrap_or((address, ""));
    let (origin, path) = match address.split_once("://") {
        Some((scheme, rest)) => {
            let (host, path) = rest.split_at_checked(rest.find('/').unwrap_or(rest.len())).unwrap_or_default();
            let host = host.rsplit('@').next().unwrap_or_default();
            ([scheme, "://", host].concat(), path)
        }
        None => match address.find([':', '/']) {
            Some(at) if address.get(at..).is_some_and(|rest| rest.starts_with(':')) => {
                return String::from(address.get(..=at).unwrap_or_default());
            }
            _ => (String::new(), address),
        },
    };
    let mut out = origin;
    let mut announced = false;
    for (number, part) in path.split('/').enumerate() {
        // What follows a semicolon in a path are parameters, among them old servers' sessions.
        let part = part.split(';').next().unwrap_or_default();
        let plain = decoded(part);
        if number > 0 {
            out.push('/');
        }
        out.push_str(if is_secret(&plain, depth) || (announced && !is_word(&plain)) { HIDDEN } else { part });
        announced = announces(&plain) || (announced && !plain.is_empty() && is_word(&plain));
    }
    let mut mark = '?';
    for pair in query.split(['&', ';']) {
        let (name, value) = pair.split_once('=').unwrap_or(("", pair));
        if pair.is_empty() || is_secret_name(&decoded(name)) || is_secret(&decoded(value), depth) {
            continue;
        }
        out.push(mark);
        out.push_str(pair);
        mark = '&';
    }
    out
}

/// Whether a secret may stand after a part of a path, such as `reset` or `verify-email`.
fn announces(part: &str) -> bool {
    // A longer part is the title of something.
    let lower = part.to_ascii_lowercase();
    lower.split(['-', '_']).count() <= 2 && lower.split(['-', '_']).any(|word| is_among(BEFORE_SECRET, word))
}

/// Whether the value of a parameter with this name is to be cut. Names are made by programs, so their letters are plain.
fn is_secret_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    // `orderKey` in words is `order key`, and `SAMLResponse` is a word as it is.
    let in_words = |text: &str| -> String {
        text.chars()
            .flat_map(|c| c.is_ascii_uppercase().then_some(' ').into_iter().chain([c.to_ascii_lowercase()]))
            .collect()
    };
    let has_secret = |text: &str| text.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| is_among(SECRET, part));
    STEMS.iter().any(|stem| has(&lower, stem))
        || has_secret(&lower)
        || has_secret(&in_words(name))
        || is_secret(name, 0)
}

/// Whether a text looks like something that only one person should have.
fn is_secret(text: &str, depth: u32) -> bool {
    let mut runs = text.split(|c: char| !c.is_ascii_alphanumeric());
    let is_hex = |c: char| c.is_ascii_hexdigit() || c == '-';
    let digits = text.chars().filter(char::is_ascii_digit).count();
    // An address of mail, a UUID, what a machine has made, and a long number, however it is grouped.
    if text.contains('@')
        || (text.len() >= 2 * MIXED && digits > 0 && text.chars().all(is_hex))
        || runs.any(is_random)
        || (digits >= DIGITS && text.chars().all(|c| c.is_ascii_digit() || "+-. ()".contains(c)))
    {
        return true;
    }
    let holds_address = text.starts_with('/') || text.contains(['=', '%']) || has(text, "://");
    holds_address && (depth == 0 || within(text, depth - 1) != *text)
}

/// Whether a run of letters and digits was made by a machine.
fn is_random(run: &str) -> bool {
    let has_digit = run.chars().any(|c| c.is_ascii_digit());
    if run.len() >= MIXED && has_digit {
        return true;
    }
    let jumps =
        run.chars().zip(run.chars().skip(1)).filter(|(a, b)| a.is_ascii_lowercase() && b.is_ascii_uppercase()).count();
    run.len() >= LETTERS && (jumps * 5 >= run.len() || run.chars().all(|c| c.is_ascii_uppercase()))
}

/// Whether a part of a path is a word that people gave it.
fn is_word(part: &str) -> bool {
    part.split('-').all(|word| word.len() <= WORD && word.chars().all(|c| c.is_ascii_lowercase()))
}

fn is_among(words: &str, word: &str) -> bool {
    !word.is_empty() && words.split(' ').any(|other| other == word)
}

/// Whether a text has another one in it. The library's own search is made for long texts, and weighs more than all of this file.
fn has(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len()).any(|window| window == part.as_bytes())
}

/// The text with its escapes (`%40`, `+`) undone, also those of escapes.
fn decoded(text: &str) -> String {
    let once = decoded_once(text);
    if once.contains('%') { decoded_once(&once) } else { once }
}

fn decoded_once(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    loop {
        rest = match rest {
            [b'%', high, low, rest @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16).unwrap_or_default() as u8;
                out.push(digit(high) * 16 + digit(low));
                rest
            }
            [b'+', rest @ ..] => {
                out.push(b' ');
                rest
            }
            [byte, rest @ ..] => {
                out.push(*byte);
                rest
            }
            // Escapes that make no text are nobody's words: what is left of them says that something was hidden there.
            [] => return String::from_utf8(out).unwrap_or_else(|_| String::from("%")),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, expected: &str) {
        assert_eq!(discreet(address), expected, "{address}");
    }

    #[test]
    fn what_tells_where_somebody_is_stays() {
        for address in [
            "https://shop.example",
            "https://shop.example/",
            "https://shop.example/lamps/dot?lang=en",
            "https://shop.example/lamps/dot?utm_source=mail&utm_campaign=black-friday-2026-newsletter",
            "https://shop.example/orders/4711?page=2&sort=price",
            "https://shop.example/blog/2026/11/how-to-reset-a-lamp",
            "https://shop.example/reset",
            "https://shop.example/login/help",
            "https://shop.example/how-to-reset-a-lamp/Part2",
            "https://shop.example/password/reset/done",
            "https://shop.example/search?q=wall+lamp&color=warm%20white",
            "https://shop.example/search?q=does%20it%20dim%3F",
            "http://localhost:8787/plain/?from=mail",
            "https://shop.example/%D9%85%D8%B1%D8%AD%D8%A8%D8%A7/",
            "https://shop.example/caf%C3%A9?size=XL",
            "/cart/2?step=address",
            "",
        ] {
            check(address, address);
        }
    }

    #[test]
    fn parameters_whose_name_tells_a_secret_are_taken_out() {
        check("https://shop.example/reset?token=abc123&lang=en", "https://shop.example/reset?lang=en");
        check("https://shop.example/cb?code=4/0AX&state=xyz", "https://shop.example/cb");
        check("https://shop.example/?email=ana%40mail.example", "https://shop.example/");
        for name in [
            "access_token",
            "id_token",
            "resetToken",
            "reset_token",
            "apiKey",
            "api-key",
            "key",
            "sig",
            "X-Amz-Signature",
            "session",
            "PHPSESSIONID",
            "sid",
            "password",
            "pwd",
            "pass",
            "otp",
            "pin",
            "magic",
            "invite",
            "jwt",
            "auth",
            "oobCode",
            "SAMLResponse",
            "ticket",
            "hash",
            "user_email",
            "e-mail",
            "phone",
            "customerName",
            "csrf",
            "secret",
            "user%5Bpassword%5D",
            "user.name",
        ] {
            check(&["https://shop.example/x?a=1&", name, "=hi&b=2"].concat(), "https://shop.example/x?a=1&b=2");
        }
    }

    #[test]
    fn values_that_look_like_a_secret_are_taken_out_whatever_they_are_called() {
        for value in [
            "ana@mail.example",
            "ana%40mail.example",
            "ana%2540mail.example",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.c2lnbmF0dXJl",
            "3f2b8c1e-9d4a-4e0f-8a7b-1c2d3e4f5a6b",
            "9f86d081884c7d659a2feaa0c55ad015",
            "Zm9vYmFyYmF6cXV4MTIzNDU2",
            "sk_live_51H8xYz2eZvKYlo2C",
            "4111111111111111",
            "4111-1111-1111-1111",
            "%2B49%20170%201234%205678",
            "https%3A%2F%2Fshop.example%2Freset%3Ftoken%3Dabc",
            "%2Freset%3Ftoken%3Dabc",
            "aBcDeFgHiJkLmNoPqRsT",
        ] {
            check(&["https://shop.example/x?z=", value, "&b=2"].concat(), "https://shop.example/x?b=2");
        }
        check("https://shop.example/x?9f86d081884c7d659a2feaa0c55ad015", "https://shop.example/x");
        check("https://shop.example/x?next=%2Fcart%3Fstep%3D2", "https://shop.example/x?next=%2Fcart%3Fstep%3D2");
    }

    #[test]
    fn secrets_in_paths_names_of_users_and_fragments_are_taken_out() {
        for (address, expected) in [
            ("https://shop.example/a?b#token=secret", "https://shop.example/a?b"),
            ("https://user:pw@intra.example/x", "https://intra.example/x"),
            ("https://ana%40mail.example@intra.example:8443/x?a=1", "https://intra.example:8443/x?a=1"),
            ("https://shop.example/reset/abc123", "https://shop.example/reset/…"),
            ("https://shop.example/reset/AbCdEf/form", "https://shop.example/reset/…/form"),
            ("https://shop.example/reset/password/Xy7-q", "https://shop.example/reset/password/…"),
            ("https://shop.example/verify-email/Ab1", "https://shop.example/verify-email/…"),
            ("https://shop.example/sign-in/K7", "https://shop.example/sign-in/…"),
            ("https://shop.example/verify/482913?lang=en", "https://shop.example/verify/…?lang=en"),
            ("https://shop.example/invite/xkqjzptwabcdefgh", "https://shop.example/invite/…"),
            ("https://shop.example/users/ana@mail.example/orders", "https://shop.example/users/…/orders"),
            ("https://shop.example/u/ana%40mail.example", "https://shop.example/u/…"),
            (
                "https://shop.example/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit",
                "https://shop.example/d/…/edit",
            ),
            ("https://shop.example/o/3f2b8c1e-9d4a-4e0f-8a7b-1c2d3e4f5a6b", "https://shop.example/o/…"),
            ("https://shop.example/cart;jsessionid=ABC?x=1", "https://shop.example/cart?x=1"),
            ("data:text/html,secret", "data:"),
            ("blob:https://shop.example/3f2b8c1e-9d4a-4e0f-8a7b-1c2d3e4f5a6b", "blob:https://shop.example/…"),
            ("mailto:ana@mail.example", "mailto:"),
            ("//user:pw@shop.example/x", "//…/x"),
        ] {
            check(address, expected);
        }
    }

    #[test]
    fn what_is_no_address_breaks_nothing() {
        for text in ["%", "%zz", "?", "?&&=;", "://", "a://b@@c?%%%25=%", "é?ü=ß%C3", "////", ":"] {
            let once = discreet(text);
            assert_eq!(discreet(&once), once, "{text}");
        }
    }
}
