use super::*;
use crate::html::What;
use crate::richtext::plain_text;

fn check(markdown: &str, expected: &str) {
    assert_eq!(serde_json::to_string(&parse(markdown)).unwrap(), expected, "{markdown}");
}

fn remarks(markdown: &str) -> Vec<(What, u32)> {
    let reading = read(markdown, &Base::at("https://x.example/"), "");
    reading.remarks.into_iter().map(|remark| (remark.what, remark.line)).collect()
}

#[test]
fn markdown_becomes_blocks() {
    check("Hi **you** and `x`", r#"[{"paragraph":[{"text":"Hi "},{"strong":"you"},{"text":" and "},{"code":"x"}]}]"#);
    check("## A\ntext", r#"[{"heading":{"level":2,"id":"a","text":[{"text":"A"}]}},{"paragraph":[{"text":"text"}]}]"#);
    check(
        "1. a\n2. b",
        r#"[{"list":{"ordered":true,"items":[[{"paragraph":[{"text":"a"}]}],[{"paragraph":[{"text":"b"}]}]]}}]"#,
    );
    check("[t](article:track-a-parcel)", r#"[{"paragraph":[{"article":{"text":"t","id":"track-a-parcel"}}]}]"#);
    check("```rust\nfn a() {}\n\nb\n```", r#"[{"code":{"language":"rust","text":"fn a() {}\n\nb"}}]"#);
}

#[test]
fn dangerous_links_and_scripts_do_not_survive() {
    check("[x](javascript:alert(1))", r#"[{"paragraph":[{"text":"x"}]}]"#);
    check("<script>alert(1)</script>", "[]");
    check("a <svg onload=alert(1)></svg> b", r#"[{"paragraph":[{"text":"a b"}]}]"#);
}

#[test]
fn what_stands_in_a_link_is_its_text() {
    check(
        "Run [`npm install`](https://d.example) first",
        r#"[{"paragraph":[{"text":"Run "},{"link":{"text":[{"code":"npm install"}],"url":"https://d.example/"}},{"text":" first"}]}]"#,
    );
    check("[**Settings**](article:s)", r#"[{"paragraph":[{"article":{"text":[{"strong":"Settings"}],"id":"s"}}]}]"#);
    check(
        "[![Logo](https://c.example/l.png)](https://x.example)",
        r#"[{"paragraph":[{"link":{"text":[{"picture":{"src":"https://c.example/l.png","alt":"Logo"}}],"url":"https://x.example/"}}]}]"#,
    );
}

#[test]
fn tables_tasks_footnotes_and_addresses() {
    check(
        "| Plan | Price |\n|---|--:|\n| Pro | 9 |",
        r#"[{"table":[[{"head":true,"blocks":[{"paragraph":[{"text":"Plan"}]}]},{"head":true,"align":"end","blocks":[{"paragraph":[{"text":"Price"}]}]}],[{"blocks":[{"paragraph":[{"text":"Pro"}]}]},{"align":"end","blocks":[{"paragraph":[{"text":"9"}]}]}]]}]"#,
    );
    check(
        "~~old~~ https://status.example/a_b.",
        r#"[{"paragraph":[{"struck":"old"},{"text":" "},{"link":{"text":"https://status.example/a_b","url":"https://status.example/a_b"}},{"text":"."}]}]"#,
    );
    check("- [x] done", r#"[{"list":{"ordered":false,"items":[[{"paragraph":[{"task":true},{"text":"done"}]}]]}}]"#);
    check(
        "Text[^1]\n\n[^1]: Note",
        r#"[{"paragraph":[{"text":"Text"},{"raised":[{"jump":{"text":"1","to":"fn:1"}}]}]},"rule",{"list":{"ordered":true,"items":[[{"anchor":"fn:1"},{"paragraph":[{"text":"Note"}]}]]}}]"#,
    );
}

#[test]
fn html_stands_in_markdown() {
    check(
        "<details><summary>Can I pay by invoice?</summary>\n\nYes, from the **Pro** plan.\n\n</details>\n\nAfter.",
        r#"[{"details":{"summary":[{"text":"Can I pay by invoice?"}],"blocks":[{"paragraph":[{"text":"Yes, from the "},{"strong":"Pro"},{"text":" plan."}]}]}},{"paragraph":[{"text":"After."}]}]"#,
    );
    let text = |markdown: &str| plain_text(&parse(markdown));
    assert_eq!(text("Address:<br>12 Harbour Street<br/>Galway"), "Address: 12 Harbour Street Galway");
    assert_eq!(text("|a|\n|-|\n|Monday<br>Tuesday|\n|b|"), "a Monday Tuesday b");
    assert_eq!(text("Press <kbd>Ctrl</kbd>+<kbd>K</kbd>"), "Press Ctrl+K");
    assert_eq!(text("![Where the button is](https://c.example/a.png)"), "Where the button is");
}

#[test]
fn callouts_of_every_dialect() {
    for markdown in [
        "> [!WARNING]\n> a",
        ":::warning\na\n:::",
        "::: danger\n\na\n\n:::",
        ":::caution[T]\na\n:::",
        ":::warning T\na\n:::\n",
        "{% hint style=\"danger\" %}\na\n{% endhint %}",
        "!!! warning \"T\"\n    a\n",
        "!!! danger\n\n    a",
    ] {
        let reading = read(markdown, &Base::default(), "");
        let json = serde_json::to_string(&reading.blocks).unwrap();
        assert!(json.starts_with(r#"[{"callout":{"kind":"warning","#), "{markdown}: {json}");
        assert_eq!(json.contains("title"), markdown.contains('T'), "{markdown}: {json}");
        assert!(plain_text(&reading.blocks).ends_with('a') && reading.remarks.is_empty(), "{markdown}: {reading:?}");
    }
    check(
        "::::note\nb\n:::tip\nc\n:::\n::::\nd",
        r#"[{"callout":{"kind":"note","blocks":[{"paragraph":[{"text":"b"}]},{"callout":{"kind":"tip","blocks":[{"paragraph":[{"text":"c"}]}]}}]}},{"paragraph":[{"text":"d"}]}]"#,
    );
    check("```\n:::note\n!!! tip\n```", r#"[{"code":{"text":":::note\n!!! tip"}}]"#);
}

#[test]
fn what_stands_before_the_text_is_no_text() {
    for markdown in [
        "---\ntitle: Reset\nslug: reset\ndraft: false\n---\n# Reset\n\nText",
        "+++\ntitle = \"Reset\"\n+++\n# Reset\n\nText",
        "\u{feff}---\r\ntitle: Reset\r\n---\r\n# Reset\r\n\r\nText",
    ] {
        let reading = read(markdown, &Base::default(), "Reset");
        assert_eq!(plain_text(&reading.blocks), "Text", "{markdown:?}");
        assert_eq!(reading.remarks.first().map(|remark| &remark.what), Some(&What::FrontMatter));
    }
    assert_eq!(plain_text(&parse("\u{feff}# Title")), "Title");
    assert_eq!(plain_text(&parse("---\n\nA line above\n\n---\n\nb")), "A line above b");
}

#[test]
fn what_is_lost_is_named_with_its_line() {
    assert_eq!(
        remarks("a\n\n<script>x</script>\n\n- b <my-tab>c</my-tab>"),
        [(What::Dropped("script".into()), 3), (What::Unknown("my-tab".into()), 5),]
    );
    assert_eq!(
        remarks("---\na: b\n---\n\n[c](javascript:d)\n\n[[toc]]\n\n:::zork\ne\n:::"),
        [
            (What::FrontMatter, 1),
            (What::Link("javascript:d".into()), 5),
            (What::Mark("[[toc]]".into()), 7),
            (What::Mark(":::zork".into()), 9),
        ]
    );
    assert_eq!(
        remarks("# A\n\n**b** `c` [d](/d) [e](article:f) [g](tel:112)\n\n> i\n\n1. j\n\n```\n<div>\n```\na < b"),
        []
    );
}

#[test]
fn no_text_is_lost_with_what_is_left_out() {
    let text = |markdown: &str| plain_text(&parse(markdown));
    assert_eq!(text("Put it in the <title> of the page.\n\nRest"), "Put it in the Rest");
    assert_eq!(remarks("Put it in the <title> of it.\n\nRest"), [(What::Dropped("title".into()), 1)]);
    assert_eq!(text("<iframe src=\"https://v.example/a\" />\n\nRest"), "\u{25b6} v.example Rest");
    assert_eq!(text("{% hint style=\"info\" %} Text. {% endhint %}\n\nRest"), "Text. Rest");
    assert_eq!(text("{% if x %}Visible{% endif %}"), "Visible");
    assert_eq!(text("{% embed url=\"https://v.example/a\" %}"), "https://v.example/a");
    assert_eq!(text("## Send to {.customer}\n\n## Named {#here}"), "Send to {.customer} Named");
    assert_eq!(text("---\n# Welcome\n\nImportant text\n\n---\nmore"), "Welcome Important text more");
    assert_eq!(text("!!! note\n    a\n    !!! tip\n        b\n    c\n\nd"), "a b c d");
    assert_eq!(text("```npm i``` installs\n\n:::note\na\n:::"), "npm i installs a");
}

#[test]
fn a_line_that_looks_like_a_mark_is_text() {
    let text = |markdown: &str| plain_text(&parse(markdown));
    assert_eq!(text("!!! Do not unplug it\n\nNext"), "!!! Do not unplug it Next");
    assert_eq!(text("??? What now, you may ask"), "??? What now, you may ask");
    assert_eq!(text(":::steps How to pay\na\n:::"), "How to pay a");
    assert_eq!(text("Text\n\n:warning: Be careful\n\nWord\n: meaning"), "Text :warning: Be careful Word meaning");
    assert!(text("| a |\n:-:\n| b |").contains('b'));
}

#[test]
fn no_dialect_is_slow() {
    let clock = std::time::Instant::now();
    for line in [":::tip\n", "!!! tip\n", "::::::\n", "{% hint %}\n", "{% endhint %}\n", ":::x y\n"] {
        assert!(!line.is_empty() && read(&line.repeat(200_000 / line.len()), &Base::default(), "").remarks.len() < 100);
    }
    assert!(clock.elapsed().as_secs() < 20, "{:?}", clock.elapsed());
}

#[test]
fn many_footnotes_cost_what_they_are_long() {
    let text: String = (0..4_000).map(|number| format!("[^n{number}]")).collect::<String>() + "\n\n";
    let notes: String = (0..4_000).rev().map(|number| format!("[^n{number}]: x\n")).collect();
    assert!(!parse(&(text + &notes)).is_empty());
}

#[test]
fn nesting_without_end_is_flattened() {
    for piece in
        ["> ", "- ", "1. ", "**a ", "[", "<div>\n\n", ":::note\n", "!!! note\n", "| a |\n|-|\n", "[^a]: ", "~~~\n"]
    {
        let text = piece.repeat(20_000 / piece.len()) + "x";
        let blocks = parse(&text);
        let json = serde_json::to_string(&blocks).unwrap();
        assert!(serde_json::from_str::<Vec<Block>>(&json).is_ok_and(|read| read == blocks), "{piece}");
    }
}

/// What a text says, and what was left out of it.
fn said(markdown: &str) -> (String, Vec<String>) {
    let reading = read(markdown, &Base::at("https://x.example/"), "");
    let marks = reading.remarks.iter().map(|remark| match &remark.what {
        What::Mark(mark) => mark.clone(),
        other => format!("{other:?}"),
    });
    (plain_text(&reading.blocks), marks.collect())
}

#[track_caller]
fn says(markdown: &str, text: &str, left: &[&str]) {
    let expected = (String::from(text), left.iter().map(|mark| String::from(*mark)).collect::<Vec<_>>());
    assert_eq!(said(markdown), expected, "{markdown}");
}

#[test]
fn components_say_what_is_in_their_attributes() {
    says(
        "import Tabs from '@theme/Tabs';\n\n<Tabs>\n  <TabItem value=\"mac\" label=\"macOS\">\n\n  Use `brew`.\n\n  </TabItem>\n</Tabs>\n\n{/* unseen */}\nEnd",
        "macOS Use brew. End",
        &["Program(\"import Tabs from '@theme/Tabs';\")"],
    );
    says("<Note>A note</Note>\n<Warning>\n  With **bold**\n</Warning>", "A note With bold", &[]);
    let json = |markdown: &str| serde_json::to_string(&parse(markdown)).unwrap();
    assert_eq!(json("<Tip>a</Tip>\n<Info>b</Info>").matches("callout").count(), 2);
    let steps = json(
        "<Steps>\n  <Step title=\"First\">\n    Do\n    ```bash\n    npm i\n    ```\n  </Step>\n  <Step title=\"Second\">x</Step>\n</Steps>",
    );
    assert!(
        steps.contains("\"ordered\":true") && steps.contains("{\"language\":\"bash\",\"text\":\"npm i\"}"),
        "{steps}"
    );
    assert!(json("<Accordion title=\"Can I?\">\n  Yes\n</Accordion>").contains("\"summary\":[{\"text\":\"Can I?\"}]"));
    says(
        "<Card title=\"One\" href=\"https://y.example/a\" />\n\n<DocCardList />\n\nEnd",
        "One End",
        &["<DocCardList>"],
    );
    says(
        "import your contacts from a file\n\nexport them again",
        "import your contacts from a file export them again",
        &[],
    );
}

#[test]
fn templates_and_shortcodes_keep_the_words_of_readers() {
    says("{% tabs %}\n{% tab title=\"Mac\" %}\nText\n{% endtab %}\n{% endtabs %}", "Mac Text", &[]);
    says("{% comment %}Not for readers{% endcomment %}\n\nEnd", "End", &[]);
    says("{% comment %}\nNot for readers\n{% endcomment %}\nEnd", "End", &[]);
    says("See {% include \"x\" %} here", "See here", &["{% include \"x\" %}"]);
    says("[Ref]({{< ref \"x\" >}}) and {{< param \"v\" >}}.", "Ref and .", &["{{< param \"v\" >}}"]);
    check(
        "{% highlight ruby %}\nputs \"a < b\"\n{% endhighlight %}",
        r#"[{"code":{"language":"ruby","text":"puts \"a < b\""}}]"#,
    );
    says("Use {{first_name}} in it", "Use {{first_name}} in it", &["Unfilled(\"{{first_name}}\")"]);
    says("{% raw %}{{ x | y }}{% endraw %}", "{{ x | y }}", &[]);
}

#[test]
fn callouts_of_more_dialects() {
    for markdown in [
        "> [!danger]- T\n> a",
        "> \u{1f6a7} T\n>\n> a",
        "[block:callout]\n{\"type\": \"warning\", \"title\": \"T\", \"body\": \"a\"}\n[/block]",
        ":::(Warning) (T)\na\n:::",
        ":::{warning} T\na\n:::",
        "```{warning} T\na\n```",
        "/// warning | T\na\n///",
        "<Callout type=\"warning\" title=\"T\">\n  a\n</Callout>",
        "{{< alert type=\"warning\" title=\"T\" >}}\na\n{{< /alert >}}",
        "{: .warning-title }\n> T\n>\n> a",
        "- x\n\n  !!! warning \"T\"\n      a",
    ] {
        let reading = read(markdown, &Base::default(), "");
        let json = serde_json::to_string(&reading.blocks).unwrap();
        assert!(
            json.contains(
                r#"{"callout":{"kind":"warning","title":[{"text":"T"}],"blocks":[{"paragraph":[{"text":"a"}]}]}}"#
            ),
            "{markdown}: {json}"
        );
        assert!(reading.remarks.is_empty(), "{markdown}: {reading:?}");
    }
    says("{% hint icon=\"bulb\" style=\"warning\" %}\na\n{% endhint %}", "a", &[]);
    says("text\n{: .note }\n\nafter", "text after", &[]);
    says("=== \"macOS\"\n\n    Use it.\n\nEnd", "macOS Use it. End", &[]);
}

#[test]
fn marks_keep_their_place() {
    check(
        "1. a\n\n   :::tip\n   b\n   :::\n2. c",
        r#"[{"list":{"ordered":true,"items":[[{"paragraph":[{"text":"a"}]},{"callout":{"kind":"tip","blocks":[{"paragraph":[{"text":"b"}]}]}}],[{"paragraph":[{"text":"c"}]}]]}}]"#,
    );
    check("<pre>{% if x %}\n  :::tip\n{% endif %}</pre>", r#"[{"code":{"text":"{% if x %}\n  :::tip\n{% endif %}"}}]"#);
    check("a\n\n    {% code %}", r#"[{"paragraph":[{"text":"a"}]},{"code":{"text":"{% code %}"}}]"#);
    says("`{% a %}` and `[[b]]`", "{% a %} and [[b]]", &[]);
}

#[test]
fn marks_in_a_line() {
    says(
        "[[Other note#Head|shown]] ==high== %% private %% end ^block-1",
        "shown high end",
        &["Link(\"[[Other note#Head|shown]]\")"],
    );
    says("Press ++ctrl+c++ :material-menu: :smile:", "Press Ctrl+C :smile:", &[":material-menu:"]);
    says("C++ and C++, a == b == c, 5 %% of", "C++ and C++, a == b == c, 5 %% of", &[]);
    check(
        "**\u{6ce8}\u{610f}\u{ff1a}**\u{8bf7}\u{770b}",
        "[{\"paragraph\":[{\"strong\":\"\u{6ce8}\u{610f}\u{ff1a}\"},{\"text\":\"\u{8bf7}\u{770b}\"}]}]",
    );
    says("[a][unknown] and list[a][b]", "a and list[a][b]", &["Link(\"[unknown]\")"]);
    says("\n---\ntitle: x\n---\n\nbody", "body", &["FrontMatter"]);
    says("---\ntitle: \"x\n  y\nz\"\n---\nbody", "body", &["FrontMatter"]);
    says("---\nImportant: read this first\n---\n\nx", "Important: read this first x", &[]);
}
#[test]
fn a_line_ends_where_its_writer_broke_it() {
    for (markdown, expected) in [
        ("a  \nb", r#"[{"paragraph":[{"text":"a"},"break",{"text":"b"}]}]"#),
        ("a\\\nb", r#"[{"paragraph":[{"text":"a"},"break",{"text":"b"}]}]"#),
        ("- a  \n  b", r#"[{"list":{"ordered":false,"items":[[{"paragraph":[{"text":"a"},"break",{"text":"b"}]}]]}}]"#),
        ("> a  \n> b", r#"[{"quote":[{"paragraph":[{"text":"a"},"break",{"text":"b"}]}]}]"#),
        (
            "x\n\n> > a  \n> > b",
            r#"[{"paragraph":[{"text":"x"}]},{"quote":[{"quote":[{"paragraph":[{"text":"a"},"break",{"text":"b"}]}]}]}]"#,
        ),
        (
            ":::tip\na  \nb\n:::",
            r#"[{"callout":{"kind":"tip","blocks":[{"paragraph":[{"text":"a"},"break",{"text":"b"}]}]}}]"#,
        ),
        (
            "!!! tip\n    a  \n    b",
            r#"[{"callout":{"kind":"tip","blocks":[{"paragraph":[{"text":"a"},"break",{"text":"b"}]}]}}]"#,
        ),
        ("a {/* x */}  \nb", r#"[{"paragraph":[{"text":"a"},"break",{"text":"b"}]}]"#),
        ("a  ", r#"[{"paragraph":[{"text":"a"}]}]"#),
    ] {
        check(markdown, expected);
    }
}
