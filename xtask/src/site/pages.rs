//! The help centre's pages: a home for each language and a page for each article.

use super::Page;
use super::content::{Article, Content, DEFAULT_LOCALE, Section};
use super::markdown;
use super::template::{escape, fill};
use super::theme::{Frame, Theme};

/// What most people come for, first on the home page. They exist in every language.
const POPULAR: [&str; 6] =
    ["track-a-parcel", "change-delivery-address", "return-an-item", "refund-times", "set-up-lamp", "connect-wifi"];

/// At the side of an article; more would be a list to read instead of a hint.
const MOST_RELATED: usize = 5;

pub(super) fn render(content: &Content, theme: &Theme) -> Result<Vec<Page>, String> {
    let mut pages = vec![Page { path: "index.html".to_owned(), html: home(content, theme, DEFAULT_LOCALE)? }];
    for locale in &content.locales {
        pages.push(Page { path: format!("help/{locale}/index.html"), html: home(content, theme, locale)? });
    }
    for article in &content.articles {
        let html = article_page(content, theme, article)
            .map_err(|error| format!("{}/{}.md: {error}", article.locale, article.slug))?;
        pages.push(Page { path: format!("help/{}/{}/index.html", article.locale, article.slug), html });
    }
    Ok(pages)
}

fn home(content: &Content, theme: &Theme, locale: &str) -> Result<String, String> {
    let popular: String = POPULAR.iter().filter_map(|slug| content.find_exactly(locale, slug)).map(list_item).collect();
    let sections: String = content.sections.iter().map(|section| section_card(content, section, locale)).collect();
    let switch = language_switch(content, theme, locale, None)?;

    let mut values = theme.words.of(locale)?;
    values.extend([("popular", popular.as_str()), ("sections", &sections), ("switch", &switch)]);
    let main = fill(&theme.template("home")?, &values).map_err(|error| format!("home.html: {error}"))?;
    theme.frame(&Frame {
        locale,
        title: word(&values, "help_centre"),
        description: word(&values, "help_description"),
        area: "help",
        script: None,
        main: &main,
    })
}

fn article_page(content: &Content, theme: &Theme, article: &Article) -> Result<String, String> {
    let locale = article.locale;
    let body = markdown::to_html(&article.markdown, |slug| content.find(locale, slug).map(Article::address))?;
    let section = content
        .sections
        .iter()
        .find(|section| section.id == article.section)
        .map_or("", |section| section.title(locale));
    let related: String = content
        .in_section(locale, &article.section)
        .filter(|other| other.slug != article.slug)
        .take(MOST_RELATED)
        .map(list_item)
        .collect();
    let switch = language_switch(content, theme, locale, Some(&article.slug))?;
    let (title, section) = (escape(&article.title), escape(section));
    let home = format!("/help/{locale}/");

    let mut values = theme.words.of(locale)?;
    let related_title = word(&values, "related");
    let related = if related.is_empty() {
        String::new()
    } else {
        format!(
            "<nav class=\"related\" aria-labelledby=\"related\">\n<h2 id=\"related\">{related_title}</h2>\n<ul>{related}</ul>\n</nav>"
        )
    };
    values.extend([
        ("article_title", title.as_str()),
        ("body", &body),
        ("section", &section),
        ("section_id", &article.section),
        ("home_address", &home),
        ("related_articles", &related),
        ("switch", &switch),
    ]);
    let main = fill(&theme.template("article")?, &values).map_err(|error| format!("article.html: {error}"))?;
    theme.frame(&Frame {
        locale,
        title: &title,
        description: &escape(&markdown::summary(&article.markdown)),
        area: "help",
        script: None,
        main: &main,
    })
}

fn section_card(content: &Content, section: &Section, locale: &str) -> String {
    let items: String = content.in_section(locale, &section.id).map(list_item).collect();
    if items.is_empty() {
        return String::new();
    }
    format!(
        "<section class=\"topic\" aria-labelledby=\"{id}\">\n<h3 id=\"{id}\">{title}</h3>\n<ul>{items}</ul>\n</section>\n",
        id = section.id,
        title = escape(section.title(locale)),
    )
}

fn list_item(article: &Article) -> String {
    format!("<li><a href=\"{}\">{}</a></li>\n", article.address(), escape(&article.title))
}

/// Links to the same article in the other languages, or to their home pages where it is not translated.
fn language_switch(content: &Content, theme: &Theme, locale: &str, slug: Option<&str>) -> Result<String, String> {
    let mut out = String::new();
    for other in &content.locales {
        let words = theme.words.of(other)?;
        let address = slug
            .and_then(|slug| content.find_exactly(other, slug))
            .map_or_else(|| format!("/help/{other}/"), Article::address);
        let current = if *other == locale { r#" aria-current="true""# } else { "" };
        out.push_str(&format!(
            "<li><a href=\"{address}\" lang=\"{other}\" hreflang=\"{other}\"{current}>{}</a></li>\n",
            word(&words, "language"),
        ));
    }
    Ok(out)
}

fn word<'a>(words: &[(&str, &'a str)], key: &str) -> &'a str {
    words.iter().find(|(known, _)| *known == key).map_or("", |(_, value)| *value)
}
