//! The content document: what a site owner would import, and the body of the edge's content door.

use serde_json::{Value, json};

use super::content::{Content, DEFAULT_LOCALE};

/// The articles with their Markdown and the answers, as JSON. `{{site}}` stands for the demo's origin.
pub(super) fn document(content: &Content) -> String {
    let articles: Vec<Value> = content
        .articles
        .iter()
        .map(|article| {
            json!({
                "id": article.slug,
                "locale": article.locale,
                "title": article.title,
                "markdown": article.markdown,
                "keywords": article.keywords,
                "section": article.section,
                "url": format!("{{{{site}}}}{}", article.address()),
            })
        })
        .collect();
    json!({
        "name": "Lumen help",
        "origins": ["{{site}}"],
        "default_locale": DEFAULT_LOCALE,
        "articles": articles,
        "answers": content.answers,
        "operations": content.operations,
    })
    .to_string()
}
