//! Finds the links in a plain text. What is not surely a web address stays text.

use shared::richtext::is_safe_url;

/// A run of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Plain text.
    Text(String),
    /// An http or https address, shown as it is.
    Link(String),
}

/// The schemes that become links in a message. `mailto:` does not: what people write is seldom an address on purpose.
const SCHEMES: [&str; 2] = ["https://", "http://"];

/// Cuts a text into plain runs and links. Joined together, the pieces are the text.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let at_word = !plain.ends_with(char::is_alphanumeric);
        let link = if at_word { link_at(rest) } else { None };
        let (taken, after) = rest.split_at(link.map_or(c.len_utf8(), str::len));
        if link.is_some() {
            if !plain.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
            }
            pieces.push(Piece::Link(String::from(taken)));
        } else {
            plain.push_str(taken);
        }
        rest = after;
    }
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    pieces
}

/// Whether an address may be the `href` of a link to a page.
pub(crate) fn is_page(url: &str) -> bool {
    is_safe_url(url) && scheme_of(url).is_some()
}

fn scheme_of(text: &str) -> Option<&'static str> {
    SCHEMES.into_iter().find(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

fn link_at(text: &str) -> Option<&str> {
    let scheme = scheme_of(text)?;
    let ends = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`' | '\\');
    let word = text.get(..text.find(ends).unwrap_or(text.len()))?;
    let link = without_tail(word);
    let host = link.get(scheme.len()..)?;
    (host.starts_with(|c: char| c.is_alphanumeric() || c == '[') && is_page(link)).then_some(link)
}

/// A sentence's punctuation after an address is not part of it; a closing bracket is, if it was opened inside.
fn without_tail(word: &str) -> &str {
    let mut link = word;
    while let Some(last) = link.chars().next_back() {
        let opens = |open| link.matches(open).count() >= link.matches(last).count();
        let belongs = match last {
            ')' => opens('('),
            ']' => opens('['),
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '…' | '”' | '’' => false,
            _ => true,
        };
        if belongs {
            break;
        }
        link = link.get(..link.len() - last.len_utf8()).unwrap_or_default();
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes the pieces with the links in braces.
    fn check(text: &str, expected: &str) {
        let pieces = pieces(text);
        let shown: String = pieces
            .iter()
            .map(|piece| if let Piece::Link(url) = piece { format!("{{{url}}}") } else { plain(piece) })
            .collect();
        assert_eq!(shown, expected);
        assert_eq!(pieces.iter().map(plain).collect::<String>(), text);
    }

    fn plain(piece: &Piece) -> String {
        match piece {
            Piece::Text(text) | Piece::Link(text) => text.clone(),
        }
    }

    #[test]
    fn web_addresses_become_links_and_the_sentence_around_them_does_not() {
        check("see https://a.example/x?y=1#z.", "see {https://a.example/x?y=1#z}.");
        check("(http://a.example/b_(c))!", "({http://a.example/b_(c)})!");
        check("HTTPS://A.example", "{HTTPS://A.example}");
        check("https://a.example,https://b.example", "{https://a.example,https://b.example}");
        check("링크 https://예시.example/길 입니다", "링크 {https://예시.example/길} 입니다");
        check("nothing here", "nothing here");
    }

    #[test]
    fn what_is_not_surely_a_web_address_stays_text() {
        for text in [
            "javascript:alert(1)",
            "javascript://https:/x",
            "https://",
            "http:// x",
            "xhttps://a.example",
            "mailto:a@b.example",
            "<img src=x onerror=alert(1)>",
            "ht\u{0}tps://x",
        ] {
            check(text, text);
        }
        check("https://a.example/\"onclick=x", "{https://a.example/}\"onclick=x");
        let long = String::from("https://a.example/") + &"x".repeat(3_000);
        check(&long, &long);
    }
}
