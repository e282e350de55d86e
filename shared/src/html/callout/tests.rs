use super::super::link::Base;
use super::super::read;
use crate::richtext::plain_text;

/// `kind «title» text`, for a text that is one callout.
fn told(html: &str) -> String {
    let json = serde_json::to_value(read(html, &Base::default(), "").blocks).unwrap();
    let all = json.as_array().unwrap();
    let callout = &all.first().unwrap_or(&serde_json::Value::Null)["callout"];
    assert_eq!((all.len(), callout.is_object()), (1, true), "{html}: {json}");
    assert!(!callout["blocks"].to_string().contains("callout"), "{html}: {json}");
    let title: Vec<_> = serde_json::from_value(callout.get("title").cloned().unwrap_or("[]".parse().unwrap())).unwrap();
    let blocks: Vec<_> = serde_json::from_value(callout["blocks"].clone()).unwrap();
    format!("{} «{}» {}", callout["kind"].as_str().unwrap(), super::text_of(&title), plain_text(&blocks))
}

#[test]
fn a_part_of_a_callout_is_no_second_one() {
    for (html, expected) in [
        (
            "<div class='confluence-information-macro confluence-information-macro-warning'><p class=title>T</p><span class='aui-icon confluence-information-macro-icon'></span><div class='confluence-information-macro-body'><p>a</div></div>",
            "warning «T» a",
        ),
        (
            "<div class='kg-card kg-callout-card'><div class='kg-callout-emoji'>💡</div><div class='kg-callout-text'>a</div></div>",
            "tip «» a",
        ),
        ("<div class='callout-wrapper'><div class='callout callout-danger'>a</div></div>", "warning «» a"),
        (
            "<div class='message is-warning'><div class='message-header'>T</div><div class='message-body'>a</div></div>",
            "warning «T» a",
        ),
    ] {
        assert_eq!(told(html), expected, "{html}");
    }
}

#[test]
fn the_kind_is_told_by_words_colours_and_signs() {
    for (html, expected) in [
        ("<div class='note note-warning'><h3 class=note-title>T</h3>a</div>", "warning «T» a"),
        ("<section class='callout-red'>a</section>", "warning «» a"),
        ("<section class='callout-green'>a</section>", "tip «» a"),
        ("<div class='x-callout' style='background-color: #feedaf80'>a</div>", "warning «» a"),
        ("<div class='x-callout' style='background-color: #e3e7fa80'>a</div>", "note «» a"),
        ("<div class='x-callout' style='background-color: #d7efdc80'>a</div>", "tip «» a"),
        ("<div class='fd-callout fd-callout--idea'>a</div>", "tip «» a"),
        ("<figure class='callout'><div><span class=icon>⚠️</span></div><div>a</div></figure>", "warning «» a"),
        ("<div class='slds-scoped-notification slds-theme_warning'>a</div>", "warning «» a"),
        ("<blockquote><p>📘 T</p><p>a</p></blockquote>", "note «T» a"),
        ("<blockquote><p>❗️ a</p></blockquote>", "warning «» a"),
        ("<blockquote><p><b>Warning:</b> a</p></blockquote>", "warning «» Warning: a"),
    ] {
        assert_eq!(told(html), expected, "{html}");
    }
}

#[test]
fn a_table_may_be_drawn_around_a_callout() {
    for (html, expected) in [
        (
            "<div class='admonitionblock note'><table><tr><td class=icon><div class=title>Note</div></td><td class=content>a</td></tr></table></div>",
            "note «Note» a",
        ),
        (
            "<div class='admonitionblock caution'><table><tr><td><img src='https://x.example/c.png' alt=Caution></td><td>a</td></tr></table></div>",
            "warning «» a",
        ),
        (
            "<div class=note><table><tr><td rowspan=2><img alt='[Note]' src='https://x.example/n.png'></td><th>Note</th></tr><tr><td>a</td></tr></table></div>",
            "note «Note» a",
        ),
        ("<div class=note><table><tr><td>Plan</td><td>Price</td></tr></table></div>", "note «» Plan Price"),
    ] {
        assert_eq!(told(html), expected, "{html}");
    }
}

#[test]
fn a_quotation_without_a_sign_is_one() {
    for html in ["<blockquote>a</blockquote>", "<blockquote><b>Jo</b> said</blockquote>"] {
        let json = serde_json::to_string(&read(html, &Base::default(), "").blocks).unwrap();
        assert!(json.starts_with(r#"[{"quote""#), "{json}");
    }
}
