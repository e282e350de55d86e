//! Parts of XML that are text as it stands, `<![CDATA[...]]>`. HTML takes them for comments, so that their words would be lost.

use std::borrow::Cow;

const BEGIN: &str = "<![CDATA[";
const END: &str = "]]>";

/// The same HTML with such parts as text. No line moves to another number.
pub(crate) fn as_text(html: &str) -> Cow<'_, str> {
    if !html.contains(BEGIN) {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(BEGIN) {
        out.push_str(before);
        let Some((inside, next)) = after.split_once(END) else {
            // Without an end, the marks alone are taken away. None that follows has one either, so that it is looked for once.
            out.push_str(&after.replace(BEGIN, ""));
            return Cow::Owned(out);
        };
        out.push_str(&inside.replace('&', "&amp;").replace('<', "&lt;"));
        rest = next;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::super::link::Base;
    use super::super::read;
    use super::*;
    use crate::richtext::plain_text;

    #[test]
    fn its_words_are_text() {
        for (html, expected) in [
            ("a <![CDATA[b <i> & ]] c]]> d", "a b <i> & ]] c d"),
            ("<pre><![CDATA[echo \"<hi>\" && ls]]></pre>", "echo \"<hi>\" && ls"),
            ("a <![CDATA[b <i>c</i>", "a b c"),
            ("<![CDATA[a]]> <![CDATA[b <![CDATA[c", "a b c"),
            ("<style>/*<![CDATA[*/ p{} /*]]>*/</style>a", "a"),
            ("<script>//<![CDATA[\nif (a < b) {}\n//]]></script>a", "a"),
        ] {
            assert_eq!(plain_text(&read(html, &Base::default(), "").blocks), expected, "{html}");
        }
        assert!(matches!(as_text("<p>a</p>"), Cow::Borrowed(_)));
    }
}
