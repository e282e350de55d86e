use crate::html::{Base, Reading};
use crate::markdown::read;
use crate::richtext::plain_text;

fn reading(markdown: &str) -> Reading {
    read(markdown, &Base::at("https://x.example/"), "")
}

/// What is shown, what was told, and blocks that are in it.
fn check(markdown: &str, expected: &str, told: &[&str], blocks: &[&str]) {
    let reading = reading(markdown);
    let json = serde_json::to_string(&reading.blocks).unwrap();
    let remarks: Vec<String> = reading.remarks.iter().map(|remark| format!("{:?}", remark.what)).collect();
    assert_eq!(plain_text(&reading.blocks), expected, "{markdown}\n{json}");
    assert_eq!(remarks, told, "{markdown}\n{json}");
    for block in blocks {
        assert!(json.contains(block), "{markdown}\nhas no {block}\n{json}");
    }
}

#[test]
fn tabs_and_callouts_of_mkdocs() {
    check(
        "=== \"macOS\"\n\n    Use ++cmd+c++.\n\n=== \"Windows\"\n\n    Use **Ctrl**.\n\nAfter",
        "macOS Use Cmd+C. Windows Use Ctrl. After",
        &[],
        &[r#"{"strong":"macOS"}"#, r#"{"key":"Cmd"}"#, r#"{"strong":"Ctrl"}"#],
    );
    check("!!! tip inline end \"Inline\"\n    a", "Inline a", &[], &[r#""kind":"tip","title":[{"text":"Inline"}]"#]);
    check("!!! custom\n    a", "Custom a", &[], &[r#"{"callout":{"kind":"note""#]);
    check("!!! failure\n    a", "a", &[], &[r#"{"callout":{"kind":"warning""#]);
    check("!!! Do not unplug it\n\nrest", "!!! Do not unplug it rest", &[], &[]);
    check("/// note | T\na\n///\nb", "T a b", &[], &[r#"{"callout":{"kind":"note""#]);
    check(
        "Press :material-menu: ==now== and [Go](/go){ .md-button target=_blank } or ![P](/p.png){ width=\"3\" }.",
        "Press now and Go or P.",
        &["Mark(\":material-menu:\")"],
        &[],
    );
    check(
        "a\n\n*[HTML]: Hyper Text\n--8<-- \"x.md\"",
        "a",
        &["Mark(\"*[HTML]: Hyper Text\")", "Mark(\"--8<-- \\\"x.md\\\"\")"],
        &[],
    );
    check("a == b and c == d, 1 ++ 2 ++ 3", "a == b and c == d, 1 ++ 2 ++ 3", &[], &[]);
}

#[test]
fn words_in_a_mark_that_is_unknown_are_shown() {
    check("::: Only some text\na\n:::", "Only some text a", &["Mark(\":::Only\")"], &[]);
    check("Text\n\n:warning: Be careful", "Text :warning: Be careful", &[], &[]);
    check("Term\n: Meaning", "Term Meaning", &[], &["terms"]);
    check("**注意：**请看", "注意：请看", &[], &[r#"{"strong":"注意："}"#]);
    check(":::(Warning) (T)\na\n:::", "T a", &[], &[r#""kind":"warning""#]);
    check(":::{tip} T\na\n:::", "T a", &[], &[r#""kind":"tip""#]);
    check(":::image source=\"/a.png\" alt-text=\"Where\":::", "Where", &[], &["picture"]);
    check("[](https://x.example/v \"@embed\")", "https://x.example/v", &[], &["link"]);
    check(
        "See {{ version }} and {% include \"x\" %}.",
        "See {{ version }} and .",
        &["Unfilled(\"{{ version }}\")", "Mark(\"{% include \\\"x\\\" %}\")"],
        &[],
    );
}

#[test]
fn a_callout_in_a_list_stays_there() {
    for markdown in [
        "1. one\n\n   :::note\n   a\n   :::\n\n2. two",
        "1. one\n\n    !!! note\n        a\n\n2. two",
        "1. one\n\n   {% hint style=\"info\" %}\n   a\n   {% endhint %}\n\n2. two",
        "1. one\n\n   > [!info] \n   > a\n\n2. two",
        "1. one\n\n   <Note>\n     a\n   </Note>\n\n2. two",
    ] {
        check(
            markdown,
            "one a two",
            &[],
            &[r#"[{"list":{"ordered":true,"items":[[{"paragraph":[{"text":"one"}]},{"callout""#],
        );
    }
    check("- > [!NOTE]\n  > a", "a", &[], &[r#"[{"list":{"ordered":false,"items":[[{"callout""#]);
    check("- one\n\n      code\n- two", "one code two", &[], &[r#"{"code":{"text":"code"}}"#]);
}

#[test]
fn quotations_of_obsidian() {
    check("> [!danger]- Take *care*\n> a", "Take care a", &[], &[r#"{"callout":{"kind":"warning","title""#]);
    check("> [!unknown] T\n> a", "T a", &[], &[r#"{"callout":{"kind":"note","title""#]);
    check("a [[Page|words]] b %% hidden %% c\n\n%%\nsecret\n%%", "a words b c", &["Link(\"[[Page|words]]\")"], &[]);
}

#[test]
fn tags_of_templates() {
    check(
        "{% tabs %}\n{% tab title=\"Mac\" %}\na\n{% endtab %}\n{% endtabs %}\n{% code title=\"a.js\" %}\n```js\ngo()\n```\n{% endcode %}",
        "Mac a a.js go()",
        &[],
        &[r#"{"strong":"Mac"}"#, r#"{"code":{"language":"js","text":"go()"}}"#],
    );
    check("{% hint icon=\"leaf\" style=\"warning\" %}\na\n{% endhint %}", "a", &[], &[r#""kind":"warning""#]);
    check(
        "{% comment %}\nsecret\n{% endcomment %}\n{% highlight js %}\n  go()\n{% endhighlight %}",
        "  go()",
        &[],
        &["code"],
    );
    check(
        "{{< alert color=\"warning\" title=\"T\" >}}\na\n{{< /alert >}}\n{{< note >}}b{{< /note >}}\n{{< thing x >}}\n[c]({{< ref \"d\" >}})",
        "T a b c",
        &["Mark(\"{{< thing >}}\")"],
        &[r#""kind":"warning""#, r#""kind":"note""#, "https://x.example/d"],
    );
    check("{: .warning }\nText\n\nAfter", "Text After", &[], &[r#"[{"callout":{"kind":"warning""#]);
    check("<pre>\n{% if x %}\n:::tip\n</pre>", "{% if x %}\n:::tip", &[], &["code"]);
}

#[test]
fn components_of_mdx() {
    check(
        "import Tabs from '@theme/Tabs';\nimport X from \"x\";\n\nexport const Red = ({a}) => (\n  <b>\n\n  </b>\n);\n\n# Install",
        "Install",
        &[
            "Program(\"import Tabs from '@theme/Tabs';\")",
            "Program(\"import X from \\\"x\\\";\")",
            "Program(\"export const Red = ({a}) => (\")",
        ],
        &[],
    );
    check(
        "Import your contacts from a file.\n\nimport them from Google",
        "Import your contacts from a file. import them from Google",
        &[],
        &[],
    );
    check(
        "<Steps>\n  <Step title=\"First step\">\n    Do **this**\n    ```bash\n    npm i\n      x\n    ```\n  </Step>\n  <Step title=\"Second\" icon=\"check\">\n    b\n  </Step>\n</Steps>",
        "First step Do this npm i\n  x Second b",
        &[],
        &[r#"{"strong":"First step"}"#, r#"{"strong":"this"}"#, r#"{"code":{"language":"bash","text":"npm i\n  x"}}"#],
    );
    check("<Tip>a</Tip>\n<Warning>b</Warning>", "a b", &[], &[r#""kind":"tip""#, r#""kind":"warning""#]);
    check(
        "<Accordion title=\"Can I?\" icon=\"lock\">\n  Yes\n</Accordion>",
        "Can I? Yes",
        &[],
        &[r#"[{"details":{"summary":[{"text":"Can I?"}],"blocks":[{"paragraph":[{"text":"Yes"}]}]}}]"#],
    );
    check(
        "<Tabs groupId=\"os\" values={[{label: 'macOS', value: 'mac'}]}>\n  <TabItem value=\"win\" label=\"Windows\" default>Use choco.</TabItem>\n</Tabs>",
        "Windows Use choco.",
        &[],
        &[],
    );
    check(
        "<Card\n  title=\"One\"\n  href=\"/quick\"\n>\n  Body\n</Card>",
        "One Body",
        &[],
        &["https://x.example/quick"],
    );
    check("<img src={require('./a.png').default} alt=\"JSX\" />", "JSX", &[], &["https://x.example/a.png"]);
    check(
        "<ParamField path=\"id\" type=\"string\" required>\n  The id\n</ParamField>",
        "id string (required) The id",
        &[],
        &[],
    );
    check(
        "See <Tooltip tip=\"x\">API</Tooltip> and <Icon icon=\"flag\" size={32} />.\n\n<DocCardList />\n\n{/* a\ncomment */}\nend",
        "See API and . end",
        &["Mark(\"<Icon>\")", "Mark(\"<DocCardList>\")"],
        &[],
    );
    check("```js title=\"src/index.js\"\na\n```", "src/index.js a", &[], &[r#""language":"js""#]);
    check(
        "Use `<Tabs>` and\n\n```\n<Step title=\"x\">\nimport a from 'b';\n```",
        "Use <Tabs> and <Step title=\"x\">\nimport a from 'b';",
        &[],
        &[],
    );
}

#[test]
fn blocks_of_readme() {
    check(
        "[block:callout]\n{\n  \"type\": \"warning\",\n  \"title\": \"Careful\",\n  \"body\": \"This **deletes** it.\"\n}\n[/block]\nAfter",
        "Careful This deletes it. After",
        &[],
        &[r#"{"callout":{"kind":"warning","title""#, r#"{"strong":"deletes"}"#],
    );
    check(
        "[block:parameters]\n{\"data\": {\"h-0\": \"A\", \"h-1\": \"B\", \"0-0\": \"1\", \"0-1\": \"`2`\"}, \"cols\": 2}\n[/block]",
        "A B 1 2",
        &[],
        &[r#""head":true"#, r#"{"code":"2"}"#],
    );
    check(
        "[block:image]\n{\"images\": [{\"image\": [\"https://f.example/a.png\", \"P\"], \"caption\": \"Cap\"}]}\n[/block]\n[block:code]\n{\"codes\": [{\"code\": \"curl x\", \"language\": \"shell\"}]}\n[/block]\n[block:odd]\n{}\n[/block]",
        "Cap curl x",
        &["NoDescription(\"https://f.example/a.png\")", "Mark(\"[block:odd]\")"],
        &[r#""language":"shell""#],
    );
}
