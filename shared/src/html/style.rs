//! What the style of an element says of the text in it. Editors and word processors mark text by style as often as by elements.

use super::inline::Mark;

/// From this weight on, letters are bold.
const BOLD: u32 = 600;

/// Marks that begin and that end with an element.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Style {
    pub(super) on: Vec<Mark>,
    /// Marks of what is around it, which its text has not.
    pub(super) off: Vec<Mark>,
}

/// Reads the declarations of a style.
pub(super) fn of(declarations: &str) -> Style {
    let mut style = Style::default();
    for declaration in declarations.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let value = value.trim().to_ascii_lowercase();
        let value = value.trim_end_matches("!important").trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "font-weight" => match is_bold(value) {
                Some(true) => style.on.push(Mark::Strong),
                Some(false) => style.off.push(Mark::Strong),
                None => {}
            },
            "font-style" => match value {
                "italic" | "oblique" => style.on.push(Mark::Emphasis),
                "normal" => style.off.push(Mark::Emphasis),
                _ => {}
            },
            "text-decoration" | "text-decoration-line" if value.contains("line-through") => style.on.push(Mark::Struck),
            "vertical-align" if value == "super" => style.on.push(Mark::Raised),
            "vertical-align" if value == "sub" => style.on.push(Mark::Lowered),
            _ => {}
        }
    }
    style
}

fn is_bold(weight: &str) -> Option<bool> {
    match weight {
        "bold" | "bolder" => Some(true),
        "normal" | "lighter" => Some(false),
        number => number.parse().ok().map(|number: u32| number >= BOLD),
    }
}

#[cfg(test)]
mod tests {
    use super::super::link::Base;
    use super::super::read;

    #[test]
    fn text_is_marked_as_its_style_says() {
        for (html, expected) in [
            ("<span style='font-weight:700'>a</span>b", r#"{"strong":"a"},{"text":"b"}"#),
            ("<b style='font-weight: normal' id=docs>a <b>b</b></b>", r#"{"text":"a "},{"strong":"b"}"#),
            ("<b>a <span style='font-weight:400'>b</span> c</b>", r#"{"strong":"a"},{"text":" b "},{"strong":"c"}"#),
            ("<i><em style='FONT-STYLE: normal'>a</em></i>", r#"{"text":"a"}"#),
            ("<span style='text-decoration:line-through red'>9</span> 7", r#"{"struck":"9"},{"text":" 7"}"#),
            ("10<span style='font-size:8pt;vertical-align:super'>2</span>", r#"{"text":"10"},{"raised":"2"}"#),
            (
                "<span>a<span style='font-weight:bold!important'>b</span>c</span>d",
                r#"{"text":"a"},{"strong":"b"},{"text":"cd"}"#,
            ),
            ("<span style='font-weight:bold'>a<p>b", r#"{"text":"a"}]},{"paragraph":[{"text":"b"}"#),
        ] {
            let blocks = serde_json::to_string(&read(html, &Base::default(), "").blocks).unwrap();
            assert_eq!(blocks, format!(r#"[{{"paragraph":[{expected}]}}]"#), "{html}");
        }
    }
}
