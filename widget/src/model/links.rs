//! Finds the addresses in a message, so that they can be followed.

use shared::richtext::is_safe_url;

/// A part of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text.
    Text(&'a str),
    /// An address that may be followed.
    Link(&'a str),
}

/// The parts of a message in order; together they are the message. Only whole web addresses become links.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(found) =
        rest.get(from..).and_then(|tail| tail.as_bytes().windows(4).position(|bytes| bytes == b"http"))
    {
        let start = from + found;
        let length = address(rest.get(start..).unwrap_or(""));
        if length == 0 {
            from = start + "http".len();
            continue;
        }
        let (before, link) = (rest.get(..start).unwrap_or(""), rest.get(start..start + length).unwrap_or(""));
        if !before.is_empty() {
            out.push(Piece::Text(before));
        }
        out.push(Piece::Link(link));
        rest = rest.get(start + length..).unwrap_or("");
        from = 0;
    }
    if !rest.is_empty() {
        out.push(Piece::Text(rest));
    }
    out
}

/// The length of the address that the text begins with, without the stop or bracket after it; 0 if it is none.
fn address(text: &str) -> usize {
    let word = text.split(char::is_whitespace).next().unwrap_or("");
    let word = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '"', '\'', '>', '…', '。', '、']);
    let host = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://")).unwrap_or("");
    if is_safe_url(word) && !host.is_empty() { word.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_links_and_nothing_is_lost() {
        let check = |text: &str, links: &[&str]| {
            let found = pieces(text);
            let texts: String = found
                .iter()
                .map(|piece| match piece {
                    Piece::Text(part) | Piece::Link(part) => *part,
                })
                .collect();
            assert_eq!(texts, text);
            let found: Vec<&str> = found
                .iter()
                .filter_map(|piece| if let Piece::Link(link) = piece { Some(*link) } else { None })
                .collect();
            assert_eq!(found, links, "{text}");
        };
        check(
            "see https://lumen.example/a?b=c. Or (http://x.example)",
            &["https://lumen.example/a?b=c", "http://x.example"],
        );
        check("http https:// http:/x httpx", &[]);
        check("javascript:alert(1) //x data:text/html,x", &[]);
        check("여기 https://예시.example/ㄱ 보세요", &["https://예시.example/ㄱ"]);
        check("", &[]);
    }
}
