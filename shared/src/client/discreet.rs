//! The address of a page without what looks like a secret in it. It travels with a message and is shown to agents, kept and
//! exported; a link that resets a password or signs somebody in must do none of that. So it is cut on the visitor's device.
//!
//! A cut too many costs an agent a parameter. So a name or a value is cut when in doubt.

use std::slice::Split;

/// What stands for a part of a path that was taken out.
const HIDDEN: &[u8] = "…".as_bytes();
/// Names, or parts of names, whose values are nobody's business, in one text, which is smaller than a table.
const SECRET: &[u8] = b"access account address bearer birthday card clave confirm cookie csrf customer dob guid hash hmac iban invite key \
    license login magic name nonce oob patient pin private pw reset saml samlresponse senha sid sifre sig sign signed ssn state surname \
    tan tel ticket uid user username uuid verify";
/// Parts of names that tell a secret wherever they stand in them.
const STEMS: &[u8] =
    b"token secret pass session mail apikey signature credential phone code codigo auth otp pwd jwt kennwort contras";
/// Parts of paths after which a secret stands.
const BEFORE_SECRET: &[u8] = b"activate auth confirm einladung invitation invite invites join key link login magic oauth optout password reset \
    recover recovery resetpassword secret session share sign signin signup sso ticket token unlock unsubscribe validate verification verify";
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
    // It is cut at plain characters only, so what stays is text.
    String::from_utf8(within(address.trim().as_bytes(), DEPTH)).unwrap_or_default()
}

// All marks of an address are plain characters, and bytes need less code than letters.

fn within(address: &[u8], depth: u32) -> Vec<u8> {
    let (address, _) = cut(address, address.iter().position(|byte| *byte == b'#'));
    let (address, query) = cut(address, address.iter().position(|byte| *byte == b'?'));
    let mut out = Vec::new();
    let mut path = address;
    if let Some(at) = position(address, b"://") {
        let (origin, rest) = address.split_at_checked(at + 3).unwrap_or_default();
        let slash = rest.iter().position(|byte| *byte == b'/').unwrap_or(rest.len());
        let (host, after) = rest.split_at_checked(slash).unwrap_or_default();
        out.extend_from_slice(origin);
        out.extend_from_slice(parts(host, |byte| *byte == b'@').next_back().unwrap_or_default());
        path = after;
    } else if let Some(at) = address.iter().position(|byte| matches!(byte, b':' | b'/'))
        && address.get(at) == Some(&b':')
    {
        return address.get(..=at).unwrap_or_default().to_vec();
    }
    let mut announced = false;
    for (number, part) in parts(path, |byte| *byte == b'/').enumerate() {
        // What follows a semicolon in a path are parameters, among them old servers' sessions.
        let (part, _) = cut(part, part.iter().position(|byte| *byte == b';'));
        let plain = decoded(part);
        let is_word = parts(&plain, |byte| *byte == b'-')
            .all(|word| word.len() <= WORD && word.iter().all(u8::is_ascii_lowercase));
        if number > 0 {
            out.push(b'/');
        }
        out.extend_from_slice(if is_secret(&plain, depth) || (announced && !is_word) { HIDDEN } else { part });
        announced = announces(&plain) || (announced && !plain.is_empty() && is_word);
    }
    let mut mark = b'?';
    for pair in parts(query, |byte| matches!(byte, b'&' | b';')) {
        let equals = pair.iter().position(|byte| *byte == b'=');
        let (name, value) = cut(pair, equals);
        let (name, value) = if equals.is_some() { (name, value) } else { (value, name) };
        if pair.is_empty() || is_secret_name(&decoded(name)) || is_secret(&decoded(value), depth) {
            continue;
        }
        out.push(mark);
        out.extend_from_slice(pair);
        mark = b'&';
    }
    out
}

/// What stands before a mark and behind it; all and nothing if it is not there.
fn cut(text: &[u8], mark: Option<usize>) -> (&[u8], &[u8]) {
    let (before, after) = text.split_at_checked(mark.unwrap_or(text.len())).unwrap_or_default();
    (before, after.get(1..).unwrap_or_default())
}

/// The parts of a text between marks. Of one type, so that there is one copy of it.
fn parts(text: &[u8], is_mark: fn(&u8) -> bool) -> Split<'_, u8, fn(&u8) -> bool> {
    text.split(is_mark)
}

fn is_space(byte: &u8) -> bool {
    *byte == b' '
}

fn is_between_runs(byte: &u8) -> bool {
    !byte.is_ascii_alphanumeric()
}

/// Whether a secret may stand after a part of a path, such as `reset` or `verify-email`.
fn announces(part: &[u8]) -> bool {
    let lower = part.to_ascii_lowercase();
    let words = || parts(&lower, |byte| matches!(byte, b'-' | b'_'));
    // A longer part is the title of something.
    words().count() <= 2 && words().any(|word| is_among(BEFORE_SECRET, word))
}

/// Whether the value of a parameter with this name is to be cut. Names are made by programs, so their letters are plain.
fn is_secret_name(name: &[u8]) -> bool {
    let lower = name.to_ascii_lowercase();
    // `orderKey` in words is `order key`, and `SAMLResponse` is a word as it is.
    let mut in_words = Vec::new();
    for byte in name {
        if byte.is_ascii_uppercase() {
            in_words.push(b' ');
        }
        in_words.push(byte.to_ascii_lowercase());
    }
    parts(STEMS, is_space).any(|stem| position(&lower, stem).is_some())
        || [&lower, &in_words].iter().any(|text| parts(text, is_between_runs).any(|part| is_among(SECRET, part)))
        || is_secret(name, 0)
}

/// Whether a text looks like something that only one person should have.
fn is_secret(text: &[u8], depth: u32) -> bool {
    let digits = text.iter().filter(|byte| byte.is_ascii_digit()).count();
    // An address of mail, a UUID, what a machine has made, and a long number, however it is grouped.
    if text.contains(&b'@')
        || (text.len() >= 2 * MIXED && digits > 0 && text.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'-'))
        || parts(text, is_between_runs).any(is_random)
        || (digits >= DIGITS && text.iter().all(|byte| byte.is_ascii_digit() || b"+-. ()".contains(byte)))
    {
        return true;
    }
    // What programs say to each other is no word for people.
    if text.starts_with(b"{") || text.starts_with(b"[") {
        return true;
    }
    let holds_address = text.iter().any(|byte| matches!(byte, b'/' | b'=' | b'%'));
    holds_address && (depth == 0 || within(text, depth - 1) != text)
}

/// Whether a run of letters and digits was made by a machine.
fn is_random(run: &[u8]) -> bool {
    if run.len() >= MIXED && run.iter().any(u8::is_ascii_digit) {
        return true;
    }
    let jumps =
        run.iter().zip(run.iter().skip(1)).filter(|(a, b)| a.is_ascii_lowercase() && b.is_ascii_uppercase()).count();
    run.len() >= LETTERS && (jumps * 5 >= run.len() || run.iter().all(u8::is_ascii_uppercase))
}

fn is_among(words: &[u8], word: &[u8]) -> bool {
    !word.is_empty() && parts(words, is_space).any(|other| other == word)
}

/// Where a text has another one in it. The library's own search is made for long texts, and weighs more than all of this file.
fn position(text: &[u8], part: &[u8]) -> Option<usize> {
    (0..text.len()).find(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(part)))
}

/// The text with its escapes (`%40`, `+`) undone, also those of escapes.
fn decoded(text: &[u8]) -> Vec<u8> {
    let once = decoded_once(text);
    if once.contains(&b'%') { decoded_once(&once) } else { once }
}

fn decoded_once(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let [byte, after @ ..] = rest {
        rest = after;
        out.push(match (byte, after) {
            (b'%', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                rest = after;
                digit(*high) * 16 + digit(*low)
            }
            (b'+', _) => b' ',
            _ => *byte,
        });
    }
    // Escapes that make no text are nobody's words: what is left of them says that something was hidden there.
    if std::str::from_utf8(&out).is_err() { b"%".to_vec() } else { out }
}

/// The value of a hexadecimal digit.
fn digit(byte: u8) -> u8 {
    if byte.is_ascii_digit() { byte - b'0' } else { (byte | 0x20) - b'a' + 10 }
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
            "otp1",
            "pwd2",
            "jwt1",
            "smsCode",
            "pincode",
            "authcode",
            "passphrase",
            "kennwort",
            "contrasena",
            "contrase%C3%B1a",
            "clave",
            "senha",
            "sifre",
            "codigo",
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
            "%7B%22token%22%3A%22abc%22%7D",
            "%5B%22abc%22%5D",
            "reset%2FAbCdEf",
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
            ("https://shop.example/einladung/AbCdEf", "https://shop.example/einladung/…"),
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
