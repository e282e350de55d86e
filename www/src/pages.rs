//! The help centre's pages: a home for each language and a page for each article.

use super::Page;
use super::help_centre::{Article, HelpCentre};
use super::language::Language;
use super::markdown;
use super::template::{escape, fill};
use super::theme::{Frame, Theme};

/// What most people come for, first on the home page. They exist in every language.
const POPULAR: [&str; 6] =
    ["track-a-parcel", "change-delivery-address", "return-an-item", "refund-times", "set-up-lamp", "connect-wifi"];

/// At the side of an article; more would be a list to read instead of a hint.
const MOST_RELATED: usize = 5;

pub(super) fn render(help_centre: &HelpCentre, theme: &Theme) -> Result<Vec<Page>, String> {
    let mut pages = Vec::new();
    for language in &help_centre.languages {
        let html = home(help_centre, theme, language)?;
        if pages.is_empty() {
            pages.push(Page { path: "index.html".to_owned(), html: html.clone() });
        }
        let locale = &language.locale;
        pages.push(Page { path: format!("help/{locale}/index.html"), html });
        for article in help_centre.articles.iter().filter(|article| article.locale == *locale) {
            let slug = &article.slug;
            let html = article_page(help_centre, theme, language, article)
                .map_err(|error| format!("{locale}/{slug}.md: {error}"))?;
            pages.push(Page { path: format!("help/{locale}/{slug}/index.html"), html });
        }
    }
    Ok(pages)
}

fn home(help_centre: &HelpCentre, theme: &Theme, language: &Language) -> Result<String, String> {
    let locale = &language.locale;
    let popular: String =
        POPULAR.iter().filter_map(|slug| help_centre.find_exactly(locale, slug)).map(list_item).collect();
    let sections: String =
        help_centre.sections.iter().map(|section| section_card(help_centre, language, section)).collect();
    let switch = language_switch(help_centre, language, None);

    let mut values = language.values();
    values.extend([("popular", popular.as_str()), ("sections", &sections), ("switch", &switch)]);
    let main = fill(&theme.template("home")?, &values).map_err(|error| format!("home.html: {error}"))?;
    theme.frame(&Frame {
        language,
        title: language.word("help_centre"),
        description: language.word("help_description"),
        area: "help",
        script: None,
        main: &main,
    })
}

fn article_page(
    help_centre: &HelpCentre,
    theme: &Theme,
    language: &Language,
    article: &Article,
) -> Result<String, String> {
    let locale = &language.locale;
    let body = markdown::to_html(&article.markdown, |slug| help_centre.find(locale, slug).map(Article::address))?;
    let related: String = help_centre
        .in_section(locale, &article.section)
        .filter(|other| other.slug != article.slug)
        .take(MOST_RELATED)
        .map(list_item)
        .collect();
    let switch = language_switch(help_centre, language, Some(&article.slug));
    let (title, section) = (escape(&article.title), escape(language.section(&article.section)));
    let home = format!("/help/{locale}/");

    let related = if related.is_empty() {
        String::new()
    } else {
        format!(
            "<nav class=\"related\" aria-labelledby=\"related\">\n<h2 id=\"related\">{}</h2>\n<ul>{related}</ul>\n</nav>",
            language.word("related")
        )
    };
    let mut values = language.values();
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
        language,
        title: &title,
        description: &escape(&markdown::summary(&article.markdown)),
        area: "help",
        script: None,
        main: &main,
    })
}

fn section_card(help_centre: &HelpCentre, language: &Language, section: &str) -> String {
    let items: String = help_centre.in_section(&language.locale, section).map(list_item).collect();
    if items.is_empty() {
        return String::new();
    }
    format!(
        "<section class=\"topic\" aria-labelledby=\"{section}\">\n<h3 id=\"{section}\">{title}</h3>\n<ul>{items}</ul>\n</section>\n",
        title = escape(language.section(section)),
    )
}

fn list_item(article: &Article) -> String {
    format!("<li><a href=\"{}\">{}</a></li>\n", article.address(), escape(&article.title))
}

/// Links to the same article in the other languages, or to their home pages where it is not translated.
fn language_switch(help_centre: &HelpCentre, current: &Language, slug: Option<&str>) -> String {
    let mut out = String::new();
    for other in &help_centre.languages {
        let locale = &other.locale;
        let address = slug
            .and_then(|slug| help_centre.find_exactly(locale, slug))
            .map_or_else(|| format!("/help/{locale}/"), Article::address);
        let mark = if *locale == current.locale { r#" aria-current="true""# } else { "" };
        out.push_str(&format!(
            "<li><a href=\"{address}\" lang=\"{locale}\" hreflang=\"{locale}\"{mark}>{}</a></li>\n",
            other.word("language"),
        ));
    }
    format!(
        "<nav class=\"languages\" aria-labelledby=\"languages\">\n<h2 id=\"languages\">{}</h2>\n<ul>{out}</ul>\n</nav>",
        current.word("languages")
    )
}
