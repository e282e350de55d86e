//! The head of an article's file: `key: value` lines between two lines of `---`.

/// What an article says of itself, and the Markdown that follows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FrontMatter<'a> {
    pub(super) title: &'a str,
    pub(super) section: &'a str,
    /// Words that visitors use and the text does not.
    pub(super) keywords: Vec<&'a str>,
    pub(super) body: &'a str,
}

/// Splits a file into its head and its body. An unknown key is an error, so that a misspelt one is not lost.
pub(super) fn parse(text: &str) -> Result<FrontMatter<'_>, String> {
    let Some((head, body)) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) else {
        return Err("the file does not begin with front matter between two lines of ---".to_owned());
    };

    let (mut title, mut section, mut keywords) = (None, None, Vec::new());
    for line in head.lines() {
        let Some((key, value)) = line.split_once(':') else {
            return Err(format!("not a `key: value` line: {line}"));
        };
        match (key.trim(), value.trim()) {
            ("title", value) => title = Some(value),
            ("section", value) => section = Some(value),
            ("keywords", value) => keywords = split_keywords(value),
            (key, _) => return Err(format!("unknown key: {key}")),
        }
    }
    Ok(FrontMatter {
        title: title.filter(|title| !title.is_empty()).ok_or("no title")?,
        section: section.filter(|section| !section.is_empty()).ok_or("no section")?,
        keywords,
        body: body.trim(),
    })
}

fn split_keywords(value: &str) -> Vec<&str> {
    value.split(',').map(str::trim).filter(|keyword| !keyword.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<FrontMatter<'_>, &str>) {
        assert_eq!(parse(text), expected.map_err(str::to_owned), "{text:?}");
    }

    #[test]
    fn a_head_gives_its_values_and_the_trimmed_body() {
        check(
            "---\ntitle: What: a title\nsection: orders\nkeywords: one two, three,\n---\n\nText.\n",
            Ok(FrontMatter {
                title: "What: a title",
                section: "orders",
                keywords: vec!["one two", "three"],
                body: "Text.",
            }),
        );
        check(
            "---\nsection: orders\ntitle: No keywords\n---\nA\n\n---\n\nB\n",
            Ok(FrontMatter { title: "No keywords", section: "orders", keywords: vec![], body: "A\n\n---\n\nB" }),
        );
    }

    #[test]
    fn a_faulty_head_is_named() {
        check("Text.", Err("the file does not begin with front matter between two lines of ---"));
        check("---\ntitle: A\nsection: b\n", Err("the file does not begin with front matter between two lines of ---"));
        check("---\ntitle: A\n---\nText.", Err("no section"));
        check("---\ntitle:\nsection: b\n---\nText.", Err("no title"));
        check("---\ntitle: A\nsection: b\nkeyword: c\n---\nText.", Err("unknown key: keyword"));
        check("---\ntitle A\n---\nText.", Err("not a `key: value` line: title A"));
    }
}
