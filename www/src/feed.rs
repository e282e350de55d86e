//! The content document: what a site owner would import, and the body of the edge's content door.

use super::help_centre::{Article, HelpCentre};
use super::language::{DEFAULT_LOCALE, Language};
use serde_json::{Value, json};

/// Who answers at Lumen.
const FACES: [&str; 3] = ["Maya Lind", "Ivo Brandt", "Noor Haddad"];

/// The settings, the articles with their Markdown, the answers and the team's operations, as JSON. `{{site}}` stands for the demo's origin.
pub(super) fn document(help_centre: &HelpCentre) -> String {
    json!({
        "settings": {
            "panel": { "name": "Lumen help", "look": { "accent": "#b45309", "faces": FACES.map(|name| json!({ "name": name })) } },
            "origins": ["{{site}}"],
            "default_locale": DEFAULT_LOCALE,
        },
        "articles": help_centre.articles.iter().map(|one| article(one, &help_centre.languages)).collect::<Vec<_>>(),
        "answers": help_centre.languages.iter().flat_map(answers).collect::<Vec<_>>(),
        "operations": help_centre.operations,
    })
    .to_string()
}

fn article(article: &Article, languages: &[Language]) -> Value {
    let own = languages.iter().find(|language| language.locale == article.locale);
    json!({
        "id": article.slug,
        "locale": article.locale,
        "title": article.title,
        "markdown": article.markdown,
        "keywords": article.keywords,
        "section": own.map_or("", |language| language.section(&article.section)),
        "url": format!("{{{{site}}}}{}", article.address()),
    })
}

/// The answers of a language, which do not say themselves which one it is.
fn answers(language: &Language) -> impl Iterator<Item = Value> {
    language.answers.iter().cloned().map(|mut answer| {
        if let Some(fields) = answer.as_object_mut() {
            fields.insert("locale".to_owned(), json!(language.locale));
        }
        answer
    })
}
