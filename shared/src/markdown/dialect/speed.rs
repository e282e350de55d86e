//! No marks cost more than they are long.

use super::plain;
use crate::html::{Base, Reading, What};
use crate::markdown::read;
use crate::richtext::plain_text;

fn reading(markdown: &str) -> Reading {
    read(markdown, &Base::default(), "")
}

/// Beginnings, ends and wholes of the marks of each dialect.
const PIECES: &[&str] = &[
    ":::tip\n",
    ":::x y\n",
    ":::\n",
    "!!! tip\n",
    "!!! a b\n    c\n",
    "??? \"a\"\n",
    "=== \"",
    "=== \"a\"\n",
    "=== \"a\"\n\n    b\n",
    "/// note\n",
    "///\n",
    "<A ",
    "<A {",
    "<A \"",
    "<A b={\"}\" {",
    "<a {",
    "<a b={",
    "<Note>",
    "</Note>",
    "<Note>\n",
    "<Note/>",
    "<Note>a</Note>",
    "<Note>a</Note> b\n",
    "<Note>{/* a</Note>",
    "<Note>[a</Note>",
    "<Note>{% a</Note>",
    "<Step",
    "<Step\n",
    "<Step {\n",
    "<Step title=\"",
    "<Steps><Step>",
    "<Foo/>a ",
    "a <Badge>b</Badge> ",
    "- <Note>\n",
    "1. <Note/>",
    "{",
    "{ {} ",
    "{.a ",
    "){.a ",
    "{{",
    "{{ a }}",
    "{%",
    "{% a ",
    "{% a %}",
    "{% a %}\n",
    "{% hint %}",
    "{% hint %}a{% endhint %}",
    "{% endhint %}",
    "{{< a ",
    "{{< a >}}",
    "{{< note >}}a{{< /note >}}",
    "{% comment %}",
    "{% comment %}\n",
    "{% raw %}",
    "{% highlight a %}",
    "{% endcomment %}",
    "endcomment %}",
    "{/*",
    "{/*\n",
    "{/* a */}",
    "{::comment}",
    "{: .note }\n",
    "a\n{: .note }\n",
    "[",
    "[[",
    "[[a",
    "[[a]]",
    "![[a]]",
    "[a ",
    "[a=\"",
    "[/a",
    "[note]",
    "[note]\n",
    "[note]a[/note]",
    "[details=x]",
    "[block:callout]",
    "[block:callout]\n",
    "[block:callout]\n{\n",
    "[!INCLUDE [a](b",
    "==",
    "==a ",
    "++a",
    "++a+",
    "++a++ ",
    "%%",
    "%% ",
    "%%\n",
    "^[",
    "^^a ",
    ":a:",
    ":material-a",
    "**\u{ff1a}",
    "**\u{ff1a}a",
    "`",
    "` `` ",
    "```\n",
    "``` a=\"\n",
    "~~~{note}\n",
    "> ",
    "> [!note]\n>",
    "> [!note]\n\n",
    "- - ",
    "export const a = (\n",
    "export const a = (\n\n",
    "export const a = 1\n",
    "import a from 'b'\n",
    "--8<--\n",
    "*[a]: b\n",
    "<!--",
    "<!-- theme: note -->\n",
    "<pre>",
    "<pre>\n",
    "    ",
    " \n",
];

/// A text of this length, of one piece, in each of the places in which its ends may be looked for.
fn texts(piece: &str, bytes: usize) -> [String; 3] {
    let text = piece.repeat(bytes / piece.len());
    let ends = "}\">*/}]]}}%}==++%%\n[/note][/block]\n{% endcomment %}{% endraw %}{% endhighlight %}\n:::\n///\n%%\n</Note>\n-->\n</pre>";
    [text.clone(), [&text, ends].concat(), ["import a from 'b'\n\n<Note>\nx {% hint %}", &text, "\"}>"].concat()]
}

/// The time of reading is in proportion to the length, with any marks in it: one long text takes as long as eight short ones. If each
/// mark were looked for in all of the rest, it would take eight times as long.
#[test]
fn marks_take_as_long_as_they_are() {
    const TIMES: usize = 8;
    const SHORT: usize = 5_000;
    let took = |text: &str, times: usize| {
        let clock = std::time::Instant::now();
        (0..times).for_each(|_| assert!(plain(text).lines.len() < 100 * text.len()));
        clock.elapsed()
    };
    for piece in PIECES {
        for (short, long) in texts(piece, SHORT).iter().zip(texts(piece, TIMES * SHORT).iter()) {
            // The machine may do something else in between: the shortest of a few turns counts.
            let mut least = (took(short, TIMES), took(long, 1));
            let bound = |shorts: std::time::Duration| 3 * shorts + std::time::Duration::from_millis(10);
            for _ in 0..20 {
                if least.1 <= bound(least.0) {
                    break;
                }
                least = (least.0.min(took(short, TIMES)), least.1.min(took(long, 1)));
            }
            assert!(least.1 <= bound(least.0), "{piece:?} in {} bytes: {least:?}", long.len());
        }
    }
}

#[test]
fn tags_that_never_end_are_text_and_told() {
    let text = "a\n\n<A {\n".repeat(10_000);
    let long = reading(&text);
    assert!(long.remarks.iter().any(|remark| remark.what == What::ManyMarks && remark.line > 1), "{:?}", long.remarks);
    assert!(plain_text(&long.blocks).matches("<A {").count() > 9_000);
    assert!(reading("<A {\n\n<Note title={'b'}>\n  c\n</Note>\n").remarks.is_empty());
}
