//! Finds the web addresses in a message, so that they can be followed. Anything that is not surely an address stays text.

use crate::matching::is_letter;
use crate::richtext::is_safe_url;

/// A part of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text.
    Text(&'a str),
    /// An http or https address that may be followed.
    Link(&'a str),
}

/// The schemes that become links. `mailto:` does not: it is seldom written on purpose.
const SCHEMES: [&str; 2] = ["https://", "http://"];
/// What both schemes begin with: only there an address is looked for.
const BEGINNING: &str = "http";

/// The parts of a message in order; together they are the message, but for the marks that turn the direction of what follows
/// them: with one of those an address or a name reads as another one.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(start) = beginning(rest, from) {
        let (before, tail) = rest.split_at_checked(start).unwrap_or((rest, ""));
        let link = if before.ends_with(|c: char| c.is_ascii_alphanumeric()) { "" } else { address(tail) };
        if link.is_empty() {
            from = start + BEGINNING.len();
            continue;
        }
        out.extend(unturned(before));
        out.push(Piece::Link(link));
        rest = tail.get(link.len()..).unwrap_or("");
        from = 0;
    }
    out.extend(unturned(rest));
    out
}

/// A text in pieces between the marks that turn the direction: embeddings, overrides, isolates.
fn unturned(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.split(turns).filter(|part| !part.is_empty()).map(Piece::Text)
}

/// Whether an address may be the target of a link to a page.
pub fn is_page(url: &str) -> bool {
    // A name before the host is there to be taken for it: `https://bank.example@evil.example`.
    let host = scheme_of(url).and_then(|scheme| url.get(scheme.len()..)?.split(['/', '?', '#', '\\']).next());
    is_safe_url(url) && host.is_some_and(|host| !host.contains('@'))
}

/// The host in an address, as it is told beside a link: where it leads. The address itself if there is none.
pub fn host_of(url: &str) -> &str {
    let host = scheme_of(url).and_then(|scheme| url.get(scheme.len()..)?.split(['/', '?', '#', '\\']).next());
    host.map_or(url, |host| host.strip_prefix("www.").unwrap_or(host))
}

/// Where the next address may begin.
fn beginning(text: &str, from: usize) -> Option<usize> {
    let is_here = |bytes: &[u8]| bytes.eq_ignore_ascii_case(BEGINNING.as_bytes());
    text.as_bytes().get(from..)?.windows(BEGINNING.len()).position(is_here).map(|found| from + found)
}

fn scheme_of(text: &str) -> Option<&'static str> {
    SCHEMES.into_iter().find(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// The address that the text begins with; nothing if it is none.
fn address(text: &str) -> &str {
    let word = text.split(ends).next().unwrap_or("");
    let link = without_tail(word);
    let host = scheme_of(link).and_then(|scheme| link.get(scheme.len()..)).unwrap_or("");
    if host.starts_with(|c: char| is_letter(c) || c == '[') && is_page(link) { link } else { "" }
}

/// What no address contains. Chinese and Japanese have no spaces: their punctuation ends an address, too.
fn ends(c: char) -> bool {
    c.is_whitespace()
        || is_unseen(c)
        || matches!(c, '<' | '>' | '"' | '`' | '\\' | '“' | '”')
        || matches!(
            c,
            '，' | '。' | '、' | '；' | '：' | '！' | '？' | '（' | '）' | '「' | '」' | '『' | '』' | '【' | '】'
        )
}

/// Whether a character is not seen: a control, a mark of direction, a joint between letters, or a space without width.
pub(crate) fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether nothing of a text would be seen.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace() || is_unseen(c) || matches!(c, '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}')
    })
}

/// A sentence's punctuation after an address is not part of it; a closing bracket is, if it was opened inside.
fn without_tail(word: &str) -> &str {
    // How many more of a closing bracket there are than of the opening one.
    let excess = |open, close| word.matches(close).count().saturating_sub(word.matches(open).count());
    let mut round = excess('(', ')');
    let mut square = excess('[', ']');
    let mut link = word;
    while let Some(last) = link.chars().next_back() {
        let belongs = match last {
            ')' => round == 0,
            ']' => square == 0,
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '…' | '’' => false,
            _ => true,
        };
        if belongs {
            break;
        }
        round -= usize::from(last == ')');
        square -= usize::from(last == ']');
        link = link.get(..link.len() - last.len_utf8()).unwrap_or_default();
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces with the links in braces.
    fn shown(text: &str) -> String {
        let found = pieces(text);
        let plain = |piece: &Piece<'_>| match piece {
            Piece::Text(part) | Piece::Link(part) => String::from(*part),
        };
        assert_eq!(found.iter().map(plain).collect::<String>(), text, "nothing is lost");
        found
            .iter()
            .map(|piece| if let Piece::Link(url) = piece { format!("{{{url}}}") } else { plain(piece) })
            .collect()
    }

    #[test]
    fn web_addresses_become_links_and_the_sentence_around_them_does_not() {
        for (text, expected) in [
            ("see https://a.example/x?y=1#z.", "see {https://a.example/x?y=1#z}."),
            (
                "see https://a.example/a?b=c. Or (http://x.example)",
                "see {https://a.example/a?b=c}. Or ({http://x.example})",
            ),
            ("(http://a.example/b_(c))!", "({http://a.example/b_(c)})!"),
            ("[http://[::1]:8080/x]", "[{http://[::1]:8080/x}]"),
            ("HTTPS://A.example and Http://b.example", "{HTTPS://A.example} and {Http://b.example}"),
            ("https://a.example,https://b.example", "{https://a.example,https://b.example}"),
            ("**https://a.example** _http://b.example_", "**{https://a.example}** _{http://b.example}_"),
            ("'https://a.example' “https://b.example”", "'{https://a.example}' “{https://b.example}”"),
            ("<https://a.example>", "<{https://a.example}>"),
            ("링크 https://예시.example/길 입니다", "링크 {https://예시.example/길} 입니다"),
            ("여기https://예시.example/ㄱ", "여기{https://예시.example/ㄱ}"),
            (
                "请看https://a.example/x，谢谢（http://b.example）。",
                "请看{https://a.example/x}，谢谢（{http://b.example}）。",
            ),
            ("https://a.example/\"onclick=x", "{https://a.example/}\"onclick=x"),
            ("http http://a.example http", "http {http://a.example} http"),
            ("nothing here", "nothing here"),
            ("", ""),
        ] {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn what_turns_the_direction_ends_an_address_and_is_not_shown() {
        for turn in ["\u{202e}", "\u{202a}", "\u{2067}", "\u{2069}"] {
            let text = ["see https://evil.example", turn, "gnp.exe ok"].concat();
            let link = Piece::Link("https://evil.example");
            assert_eq!(pieces(&text), [Piece::Text("see "), link, Piece::Text("gnp.exe ok")], "{turn:?}");
        }
        let unseen = ["\u{200b}", "\u{200f}", "\u{feff}", "\u{2060}", "\u{ad}"];
        for unseen in unseen {
            let text = ["https://a.example/", unseen, "x"].concat();
            assert_eq!(pieces(&text).first(), Some(&Piece::Link("https://a.example/")), "{unseen:?}");
        }
    }

    #[test]
    fn an_address_with_the_name_of_a_user_is_no_link() {
        for text in
            ["https://bank.example@evil.example/", "https://a:b@evil.example", "https://a.example:443@evil.example/x"]
        {
            assert_eq!(shown(text), text);
            assert!(!is_page(text), "{text}");
        }
        for text in ["https://a.example/@ana", "https://a.example/?to=a@b.example"] {
            assert_eq!(shown(text), ["{", text, "}"].concat());
        }
    }

    #[test]
    fn a_text_of_what_is_not_seen_is_blank() {
        for text in ["", " \n", "\0", "\u{200b}", "\u{202e} \u{feff}", "\u{3164}", "\u{2800}", "\u{e0041}"] {
            assert!(is_blank(text), "{text:?}");
        }
        for text in [".", "é", "\u{200b}a", "👍", "ㅠ"] {
            assert!(!is_blank(text), "{text:?}");
        }
    }

    #[test]
    fn what_is_not_surely_a_web_address_stays_text() {
        let long = String::from("https://a.example/") + &"x".repeat(3_000);
        for text in [
            "javascript:alert(1) //x data:text/html,x",
            "javascript://https:/x",
            "http https:// http:/x httpx",
            "https://.",
            "https://-a.example",
            "xhttps://a.example",
            "mailto:a@b.example",
            "<img src=x onerror=alert(1)>",
            "ht\u{0}tps://x",
            &long,
        ] {
            assert_eq!(shown(text), text);
        }
        for (url, is_link) in
            [("https://a.example", true), ("HTTP://a.example", true), ("mailto:a@b.example", false), ("/x", false)]
        {
            assert_eq!(is_page(url), is_link, "{url}");
        }
    }
}
