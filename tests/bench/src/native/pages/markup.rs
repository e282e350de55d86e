//! Text out of HTML and of Mallard.

/// The text without tags and what only machines read, each run of spaces one.
pub(super) fn text(markup: &str) -> String {
    let mut out = String::new();
    let mut rest = markup;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        let hidden = ["script", "style"].into_iter().find(|name| tag.starts_with(name));
        let end = hidden.map_or_else(|| String::from(">"), |name| format!("</{name}>"));
        rest = tag.split_once(end.as_str()).map_or("", |(_, after)| after);
        if ["/p", "/h", "/li", "/td", "/title", "br"].into_iter().any(|name| tag.starts_with(name)) {
            out.push(' ');
        }
    }
    out.push_str(rest);
    unescaped(&out).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is between two texts, the first time, and what comes after it.
pub(super) fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<(&'a str, &'a str)> {
    text.split_once(start)?.1.split_once(end)
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, entity)) = rest.split_once('&') {
        out.push_str(before);
        let known = entity.split_once(';').and_then(|(name, after)| Some((character(name)?, after)));
        match known {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = entity;
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let number = entity.strip_prefix('#')?;
            let hexadecimal = number.strip_prefix('x').map(|digits| u32::from_str_radix(digits, 16));
            char::from_u32(hexadecimal.unwrap_or_else(|| number.parse()).ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_scripts_and_entities_leave_text() {
        let check = |markup: &str, expected: &str| assert_eq!(text(markup), expected, "{markup}");
        check("<p>A &amp;\n <b>b</b>c</p><p>d</p>", "A & bc d");
        check("a<script>x < y</script>b<style>p>q</style>", "ab");
        check("&#65;&#x42;&nbsp;&unknown; & 1 &lt; 2", "AB &unknown; & 1 < 2");
        check("a < b", "a");
        assert_eq!(between("x<t>y</t>z", "<t>", "</t>"), Some(("y", "z")));
    }
}
