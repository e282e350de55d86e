//! Fills `{{name}}` placeholders.

/// Left as it is: the edge puts its own origin there when it serves the page.
const FOR_THE_EDGE: &str = "edge";

/// Replaces each placeholder by its value, in one pass: a value is never looked into. Values are HTML already; text
/// goes through [`escape`] first. A placeholder without a value is an error.
pub(super) fn fill(template: &str, values: &[(&str, &str)]) -> Result<String, String> {
    let mut out = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, after)) = after.split_once("}}") else {
            return Err("a placeholder is not closed".to_owned());
        };
        out.push_str(before);
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => out.push_str(value),
            None if name == FOR_THE_EDGE => out.push_str("{{edge}}"),
            None => return Err(format!("no value for {{{{{name}}}}}")),
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// Makes text safe as the content of an element and as a quoted attribute.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_once_and_none_is_forgotten() {
        for (template, expected) in [
            ("<h1>{{title}}</h1>", Ok("<h1>Lamps & light</h1>")),
            ("{{odd}} {{title}}", Ok("{{title}} Lamps & light")),
            ("{{edge}}/beforehand.js", Ok("{{edge}}/beforehand.js")),
            ("{{unknown}}", Err("no value for {{unknown}}")),
            ("{{title", Err("a placeholder is not closed")),
        ] {
            let filled = fill(template, &[("title", "Lamps & light"), ("odd", "{{title}}")]);
            assert_eq!(filled.as_deref().map_err(String::as_str), expected, "{template}");
        }
    }

    #[test]
    fn escaped_text_cannot_leave_its_place() {
        assert_eq!(escape(r#"<a href="x" title='y'>&"#), "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;");
    }
}
