use super::*;
use crate::richtext::plain_text;

/// A short way to write down blocks: each in brackets with its name, marks with a sign.
fn sketch(blocks: &[Block]) -> String {
    let json = serde_json::to_string(blocks).unwrap();
    json.replace("{\"text\":", "").replace("{\"paragraph\":", "(p ").replace('"', "").replace('}', ")")
}

fn check(html: &str, expected: &str) {
    let reading = read(html, &Base::at("https://help.example.com/a"), "");
    assert_eq!(serde_json::to_string(&reading.blocks).unwrap(), expected, "{html}\n{}", sketch(&reading.blocks));
}

fn remarks(html: &str, expected: &[(&str, u32)]) {
    let reading = read(html, &Base::at("https://help.example.com/a"), "");
    let found: Vec<(String, u32)> =
        reading.remarks.iter().map(|remark| (format!("{:?}", remark.what), remark.line)).collect();
    let found: Vec<(&str, u32)> = found.iter().map(|(what, line)| (what.as_str(), *line)).collect();
    assert_eq!(found, expected, "{html}");
}

#[test]
fn paragraphs_lists_and_marks() {
    check(
        "<p>To reset your password:</p><ul><li>Open Settings</li><li>Choose <b>Security</b></li></ul>",
        r#"[{"paragraph":[{"text":"To reset your password:"}]},{"list":{"ordered":false,"items":[[{"paragraph":[{"text":"Open Settings"}]}],[{"paragraph":[{"text":"Choose "},{"strong":"Security"}]}]]}}]"#,
    );
    check(
        "2<sup>10</sup> H<sub>2</sub>O <kbd>Ctrl</kbd>+<kbd>K</kbd> <s>old</s>",
        r#"[{"paragraph":[{"text":"2"},{"raised":"10"},{"text":" H"},{"lowered":"2"},{"text":"O "},{"key":"Ctrl"},{"text":"+"},{"key":"K"},{"text":" "},{"struck":"old"}]}]"#,
    );
    check(
        "<ol start=3><li>c<ul><li>d</ul><li>e</ol>",
        r#"[{"list":{"ordered":true,"start":3,"items":[[{"paragraph":[{"text":"c"}]},{"list":{"ordered":false,"items":[[{"paragraph":[{"text":"d"}]}]]}}],[{"paragraph":[{"text":"e"}]}]]}}]"#,
    );
}

#[test]
fn tags_that_are_crossed_or_missing_lose_no_text() {
    check(
        "<b><p>one</b> two<p>three",
        r#"[{"paragraph":[{"strong":"one"},{"text":" two"}]},{"paragraph":[{"text":"three"}]}]"#,
    );
    check(
        "<a href=/x>a <b>b</a> c</b>",
        r#"[{"paragraph":[{"link":{"text":[{"text":"a "},{"strong":"b"}],"url":"https://help.example.com/x"}},{"text":" "},{"strong":"c"}]}]"#,
    );
    check(
        "<ul>lost<li>a</li><ul><li>b</li></ul></ul></div>c",
        r#"[{"list":{"ordered":false,"items":[[{"paragraph":[{"text":"lost"}]}],[{"paragraph":[{"text":"a"}]},{"list":{"ordered":false,"items":[[{"paragraph":[{"text":"b"}]}]]}}]]}},{"paragraph":[{"text":"c"}]}]"#,
    );
    check(
        "<table><tr><td>a<td>b<tr><td>c</table>d",
        r#"[{"table":[[{"blocks":[{"paragraph":[{"text":"a"}]}]},{"blocks":[{"paragraph":[{"text":"b"}]}]}],[{"blocks":[{"paragraph":[{"text":"c"}]}]}]]},{"paragraph":[{"text":"d"}]}]"#,
    );
}

#[test]
fn line_breaks_part_words() {
    let text = |html: &str| plain_text(&read(html, &Base::default(), "").blocks);
    assert_eq!(text("Address:<br>12 Harbour Street<br/>Galway"), "Address: 12 Harbour Street Galway");
    assert_eq!(text("<p>one</p>two<div>three</div>"), "one two three");
    assert_eq!(text("  a \n\n b&nbsp;c &amp; &lt;d&gt; &euro;"), "a b\u{a0}c & <d> \u{20ac}");
    assert_eq!(text("返品は\n三十日以内に\nお願いします。OK\nです"), "返品は三十日以内にお願いします。OK です");
    assert_eq!(text("한국어\n문장"), "한국어 문장");
}

#[test]
fn what_is_no_text_is_not_shown_and_named() {
    check("<style>p{}</style>a<script>alert('<p>')</script>b<!-- c -->", r#"[{"paragraph":[{"text":"ab"}]}]"#);
    remarks(
        "<p>a</p>\n<script>x</script>\n<form><input name=q><select><option>1</select></form>\n<x-tabs>t</x-tabs><script></script>",
        &[
            ("Dropped(\"script\")", 2),
            ("Dropped(\"input\")", 3),
            ("Dropped(\"select\")", 3),
            ("Unknown(\"x-tabs\")", 4),
        ],
    );
    remarks("<a href='javascript:x'>a</a>\n<a href=#c>b</a><a name=c>c</a>", &[("Link(\"javascript:x\")", 1)]);
    remarks(
        "<ol type=a><li>a</ol><ol reversed><li>a</ol>\n<math><mi>x</mi></math>",
        &[("Counting", 1), ("Formula", 2)],
    );
    remarks("<img src='data:image/png;base64,aaaa' alt=x>", &[("Picture(\"data:image/png;base64,aaaa\")", 1)]);
    remarks("<img src=a.png>\n<img src=b.png alt=''>", &[("NoDescription(\"a.png\")", 1)]);
}

#[test]
fn pictures_videos_and_figures() {
    check(
        "<figure><img data-src='/p.png' src='data:,' alt='Where' width=40 height=20><figcaption>Here</figcaption></figure>",
        r#"[{"figure":{"blocks":[{"paragraph":[{"picture":{"src":"https://help.example.com/p.png","alt":"Where","size":[40,20]}}]}],"caption":[{"text":"Here"}]}}]"#,
    );
    for (html, url, text) in [
        ("<iframe src='https://player.vimeo.com/video/1?h=ab&x=1'></iframe>", "https://vimeo.com/1/ab", "vimeo.com"),
        (
            "<iframe src='https://www.youtube.com/embed/videoseries?list=PL1'></iframe>",
            "https://www.youtube.com/playlist?list=PL1",
            "youtube.com",
        ),
        ("<iframe src='https://video.example/embed/abc'></iframe>", "https://video.example/embed/abc", "video.example"),
        (
            "<video title=T><source src=/v.mp4><source src=/v.webm>No video.</video>",
            "https://help.example.com/v.mp4",
            "T",
        ),
    ] {
        check(html, &format!(r#"[{{"paragraph":[{{"link":{{"text":"▶ {text}","url":"{url}"}}}}]}}]"#));
    }
    for (html, still, url) in [
        (
            "<iframe src='//www.youtube-nocookie.com/embed/abc?x=1' title='Set up'></iframe>",
            "https://i.ytimg.com/vi/abc/hqdefault.jpg",
            "https://www.youtube.com/watch?v=abc",
        ),
        (
            "<video title='Set up' poster=/p.jpg><source src=/v.mp4></video>",
            "https://help.example.com/p.jpg",
            "https://help.example.com/v.mp4",
        ),
    ] {
        let still = format!(r#"{{"paragraph":[{{"picture":{{"src":"{still}","alt":""}}}}]}}"#);
        check(html, &format!(r#"[{still},{{"paragraph":[{{"link":{{"text":"▶ Set up","url":"{url}"}}}}]}}]"#));
    }
}

#[test]
fn a_page_may_say_from_where_its_links_go_out() {
    check(
        "<html><head><base href='/en/'></head><body><a href=x>a</a> <a href='#b'>b</a><p id=b><img alt='' src=c.png>",
        r#"[{"paragraph":[{"link":{"text":"a","url":"https://help.example.com/en/x"}},{"text":" "},{"jump":{"text":"b","to":"b"}}]},{"anchor":"b"},{"paragraph":[{"picture":{"src":"https://help.example.com/en/c.png","alt":""}}]}]"#,
    );
}

#[test]
fn callouts_of_many_tools() {
    for html in [
        "<div class='admonition warning'><p class='admonition-title'>T</p><p>a</p></div>",
        "<div class='callout callout-danger'><h4>T</h4>a</div>",
        "<aside class='callouts callouts--warning'><div class='title'>T</div>a</aside>",
        "<div class='note warning'><div class='inner'><p>a</p></div></div>",
        "<blockquote class='is-warning alert'>a</blockquote>",
        "<p class='warning'>a</p>",
    ] {
        let blocks = read(html, &Base::default(), "").blocks;
        let json = serde_json::to_string(&blocks).unwrap();
        assert!(json.starts_with(r#"[{"callout":{"kind":"warning","#), "{html}: {json}");
        assert_eq!(json.contains("title"), html.contains('T'), "{html}: {json}");
        assert!(plain_text(&blocks).ends_with('a'), "{html}: {json}");
    }
    for html in ["<div class='footnote'>a</div>", "<div class='author-info'>a</div>", "<span class='note'>a</span>"] {
        check(html, r#"[{"paragraph":[{"text":"a"}]}]"#);
    }
}

#[test]
fn details_terms_tasks_and_code() {
    check(
        "<details><summary>Q</summary>A</details><dl><dt>T<dd>M</dl>",
        r#"[{"details":{"summary":[{"text":"Q"}],"blocks":[{"paragraph":[{"text":"A"}]}]}},{"terms":[{"named":[{"text":"T"}]},{"means":[{"paragraph":[{"text":"M"}]}]}]}]"#,
    );
    check(
        "<ul><li><input type=checkbox checked> done</ul><pre><code class=language-sh>\na  b\n<b>c</b>\n</code></pre>x<hr>",
        r#"[{"list":{"ordered":false,"items":[[{"paragraph":[{"task":true},{"text":" done"}]}]]}},{"code":{"language":"sh","text":"a  b\nc"}},{"paragraph":[{"text":"x"}]},"rule"]"#,
    );
}

#[test]
fn headings_have_places_and_levels_from_the_top() {
    check(
        "<h1>One</h1><h1>One</h1><h3 id=x>Two</h3><p id=y>a <a href=#y>b</a><p id=z>c",
        r#"[{"heading":{"level":2,"id":"one","text":[{"text":"One"}]}},{"heading":{"level":2,"id":"one-1","text":[{"text":"One"}]}},{"heading":{"level":4,"id":"x","text":[{"text":"Two"}]}},{"anchor":"y"},{"paragraph":[{"text":"a "},{"jump":{"text":"b","to":"y"}}]},{"paragraph":[{"text":"c"}]}]"#,
    );
    let reading = read("<h1>Reset</h1>x", &Base::default(), "Reset");
    assert_eq!(serde_json::to_string(&reading.blocks).unwrap(), r#"[{"paragraph":[{"text":"x"}]}]"#);
}

#[test]
fn tables_keep_their_heads_sides_and_joined_cells() {
    check(
        "<table><caption>C</caption><thead><tr><td>H<th style='text-align: right'>I</thead><tr><td colspan=2 rowspan=9999>x</table>",
        r#"[{"figure":{"blocks":[{"table":[[{"head":true,"blocks":[{"paragraph":[{"text":"H"}]}]},{"head":true,"align":"end","blocks":[{"paragraph":[{"text":"I"}]}]}],[{"more_columns":1,"more_rows":99,"blocks":[{"paragraph":[{"text":"x"}]}]}]]}],"caption":[{"text":"C"}]}}]"#,
    );
    check("<pre><span class=linenos>1</span>import os</pre>", r#"[{"code":{"text":"import os"}}]"#);
    check(
        "<table><tr><td class=linenos><pre>1</pre></td><td><pre class='json hljs'>{}</pre></td></tr></table>",
        r#"[{"code":{"language":"json","text":"{}"}}]"#,
    );
    check("<table><tr><td>only</td></tr></table>", r#"[{"paragraph":[{"text":"only"}]}]"#);
}

#[test]
fn an_element_that_is_left_out_takes_nothing_with_it() {
    let text = |html: &str| plain_text(&read(html, &Base::default(), "").blocks);
    assert_eq!(text("<svg viewBox='0 0 1 1'/>after"), "after");
    assert_eq!(text("<script src=x /><p>after</p><style/><iframe src='' /><title/>end"), "after end");
    assert_eq!(text("<table><caption>C<tr><td>a</td><td>b</td></tr></table>"), "a b C");
    assert_eq!(text("<table><caption>C</caption></table>"), "C");
    assert_eq!(text("<p>a<p class=note>b<p>c<h2>d</h2>"), "a b c d");
    let blocks = read("<p class=note>b<p>c<h2>d</h2>", &Base::default(), "").blocks;
    assert_eq!(blocks.len(), 3, "a paragraph that is a callout ends at the next block: {blocks:?}");
    let many = "<p>a".repeat(200) + "<h2>b</h2><pre>c\n d</pre><ul><li>e</ul>";
    let blocks = read(&many, &Base::default(), "").blocks;
    assert_eq!(blocks.len(), 203, "{:?}", blocks.last());
    remarks("a<select><option>b", &[("Dropped(\"select\")", 1)]);
    check(
        "<pre><div>a</div><div>b</div><script>c</script></pre>d",
        r#"[{"code":{"text":"a\nb"}},{"paragraph":[{"text":"d"}]}]"#,
    );
}

#[test]
fn places_in_headings_are_theirs_and_links_to_none_are_named() {
    check(
        "<h2><a name=refunds></a>Money back</h2><a href='#refunds'>a</a>",
        r#"[{"heading":{"level":2,"id":"refunds","text":[{"text":"Money back"}]}},{"paragraph":[{"jump":{"text":"a","to":"refunds"}}]}]"#,
    );
    check(
        "a <b><a href='#nowhere'>b</a></b><table><caption>C</caption><tr id=x><td>1</td><td id=y>2</td></tr></table><a href=#y>c</a>",
        r##"[{"paragraph":[{"text":"a "},{"strong":"b"}]},{"figure":{"blocks":[{"table":[[{"blocks":[{"paragraph":[{"text":"1"}]}]},{"blocks":[{"anchor":"y"},{"paragraph":[{"text":"2"}]}]}]]}],"caption":[{"text":"C"}]}},{"paragraph":[{"jump":{"text":"c","to":"y"}}]}]"##,
    );
    remarks("<dl><dt id=f>f<dd>a</dl><a href='#f'>a</a><a id=end></a>\n<a href='#end'>b</a><p>&nbsp;</p>", &[]);
    remarks("<a href='#nowhere'>a</a>", &[("Link(\"#nowhere\")", 1)]);
    remarks(&format!("<a href='#{}'>a</a>", "x".repeat(3_000)), &[(&format!("Link(\"#{}…\")", "x".repeat(119)), 1)]);
}

/// Text of the length of an article costs about the same, whatever it is made of: twice as long takes about twice the time.
#[test]
fn no_nesting_is_deep_or_slow() {
    for piece in [
        "<b>",
        "<div>",
        "<ul><li>",
        "<blockquote>",
        "<table><tr><td>",
        "<p><b>",
        "<a href=x>",
        "</b>",
        "<details>",
        "<h1>a</h1>",
        "<b></i>",
        "<dl><dt>",
        "<pre>",
        "<script>",
        "&amp;",
        "<!--",
        "<q>",
        "<h1 id=a>",
        "<![CDATA[",
        "<span style=\"font-weight:bold\">",
        "<span hidden>",
        "<div class=callout-title>",
        "<main><article>",
        "<a href=#x>x</a>",
    ] {
        let html = piece.repeat(100_000 / piece.len()) + "end";
        let reading = read(&html, &Base::default(), "");
        let json = serde_json::to_string(&reading.blocks).unwrap();
        let read_again = serde_json::from_str::<Vec<Block>>(&json);
        assert!(read_again.is_ok_and(|blocks| blocks == reading.blocks), "{piece}");
        if !["<script>", "<!--"].contains(&piece) {
            assert!(plain_text(&reading.blocks).ends_with("end"), "{piece}");
        }
    }
}
