//! Finds what people write as an address without its scheme: `www.example.com` and `ana@example.com`. Everything else stays
//! text.

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Contact<'a> {
    /// Text.
    Text(&'a str),
    /// A page without its scheme.
    Page(&'a str),
    /// An e-mail address.
    Mail(&'a str),
}

/// What a page without a scheme begins with.
const WWW: &str = "www.";
/// The longest address of either kind (RFC 5321 allows 254 characters for mail).
const MOST: usize = 254;

/// The parts of a text in order; together they are the text.
pub(crate) fn contacts(text: &str) -> Vec<Contact<'_>> {
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    for word in text.split_inclusive(parts_words) {
        let bare = word.trim_end_matches(parts_words).trim_end_matches(['.', '!', '?', '…', '\'', '’']);
        let found = match () {
            () if is_www(bare) => Some(Contact::Page(bare)),
            () if is_mail(bare) => Some(Contact::Mail(bare)),
            () => None,
        };
        if let Some(found) = found {
            parts.extend(text.get(from..at).filter(|before| !before.is_empty()).map(Contact::Text));
            parts.push(found);
            from = at + bare.len();
        }
        at += word.len();
    }
    parts.extend(text.get(from..).filter(|rest| !rest.is_empty()).map(Contact::Text));
    parts
}

/// What stands between words, and in no address of a person.
fn parts_words(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || matches!(
            c,
            '<' | '>'
                | '('
                | ')'
                | '['
                | ']'
                | '{'
                | '}'
                | '"'
                | '“'
                | '”'
                | '„'
                | '«'
                | '»'
                | ','
                | ';'
                | ':'
                | '|'
                | '\\'
                | '`'
                | '*'
        )
        || matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '（' | '）' | '「' | '」' | '【' | '】')
}

fn begins_with_www(word: &str) -> bool {
    word.get(..WWW.len()).is_some_and(|start| start.eq_ignore_ascii_case(WWW))
}

fn is_www(word: &str) -> bool {
    let host = word.get(WWW.len()..).and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    begins_with_www(word) && word.len() <= MOST && is_host(host)
}

fn is_mail(word: &str) -> bool {
    let Some((name, host)) = word.split_once('@') else { return false };
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    // A name that looks like a page is there to be taken for one.
    let is_whole = !name.starts_with('.') && !name.ends_with('.') && !name.is_empty() && !begins_with_www(name);
    word.len() <= MOST && is_whole && name.chars().all(is_name) && is_host(host)
}

/// At least two labels, the last one a word.
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        let is_inner = |c: char| c.is_ascii_alphanumeric() || c == '-';
        !label.is_empty() && !label.starts_with('-') && !label.ends_with('-') && label.chars().all(is_inner)
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.contains('.')
        && host.split('.').all(is_label)
        && last.len() > 1
        && last.chars().all(|c| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts, with pages in braces and mail in brackets.
    fn shown(text: &str) -> String {
        let part = |contact: Contact<'_>| match contact {
            Contact::Text(text) => text.to_owned(),
            Contact::Page(page) => format!("{{{page}}}"),
            Contact::Mail(mail) => format!("[{mail}]"),
        };
        contacts(text).into_iter().map(part).collect()
    }

    #[test]
    fn pages_without_a_scheme_and_mail_are_found_and_the_sentence_around_them_is_not() {
        for (text, expected) in [
            ("see www.example.com.", "see {www.example.com}."),
            ("(www.example.com/a?b=c)!", "({www.example.com/a?b=c})!"),
            ("WWW.Example.com, please", "{WWW.Example.com}, please"),
            ("write to ana.b+c@mail.example.com, or call", "write to [ana.b+c@mail.example.com], or call"),
            ("<ana@example.com>", "<[ana@example.com]>"),
            ("메일 ana@example.com 으로", "메일 [ana@example.com] 으로"),
            ("请写ana@example.com。谢谢", "请写ana@example.com。谢谢"),
            ("a@b.co b@c.co", "[a@b.co] [b@c.co]"),
        ] {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn everything_else_stays_text() {
        for text in [
            "",
            "www",
            "www.",
            "www.x",
            "www.-a.example",
            "www.bank.example@evil.example",
            "user@host",
            "@ana",
            "a@b@c.example",
            ".a@b.example",
            "a@b.1",
            "1@2.3",
            "ana@exam\u{202e}ple.com",
            "www.exam\u{200b}ple",
        ] {
            assert_eq!(shown(text), text);
        }
        let long = format!("{}@example.com", "a".repeat(300));
        assert_eq!(shown(&long), long);
    }
}
