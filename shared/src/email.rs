//! E-mail addresses, as far as both ends check them: whether one can be reached is known when something is sent to it.

/// The longest address (RFC 5321, section 4.5.3.1.3, without its brackets).
pub const MAX_CHARS: usize = 254;

/// Whether a text looks like an address: a name, an @ and a domain with a dot, and nothing that could not be in a mail's head.
pub fn is_address(text: &str) -> bool {
    let is_odd = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';' | ':' | '(' | ')' | '"' | '\\')
    };
    let Some((name, domain)) = text.split_once('@') else { return false };
    let is_label = |label: &str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-');
    !name.is_empty()
        && text.len() <= MAX_CHARS
        && !text.contains(is_odd)
        && !domain.contains('@')
        && domain.contains('.')
        && domain.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_domain() {
        for address in ["a@b.co", "mara.lindqvist+shop@mail.example.com", "用户@例え.jp", "o'neil@example.ie"] {
            assert!(is_address(address), "{address}");
        }
        for wrong in [
            "",
            "mara",
            "mara@",
            "@example.com",
            "mara@localhost",
            "mara@example.",
            "mara@.com",
            "a@b@c.de",
            "a b@c.de",
            "a@c.de\r\nBcc: x@y.z",
            "<a@c.de>",
            "a@-c.de",
            "a,b@c.de",
        ] {
            assert!(!is_address(wrong), "{wrong}");
        }
        assert!(!is_address(&[&"a".repeat(MAX_CHARS), "@b.co"].concat()));
    }
}
