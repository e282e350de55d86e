//! The host pages: what a site owner's pages look like. Their main parts are templates without values.

use super::Page;
use super::help_centre::HelpCentre;
use super::theme::{Frame, Theme};

struct HostPage {
    /// The template and the folder of the page.
    name: &'static str,
    area: &'static str,
    title: &'static str,
    description: &'static str,
    script: Option<&'static str>,
    /// Further addresses at which the same page lies: the views of the single-page app, so that a reload finds them.
    also_at: &'static [&'static str],
}

const HOST_PAGES: [HostPage; 4] = [
    HostPage {
        name: "plain",
        area: "shop",
        title: "Lumen Dot, a table lamp",
        description: "A globe of opal glass on an oak foot. Dims from candle to reading light.",
        script: None,
        also_at: &[],
    },
    HostPage {
        name: "app",
        area: "app",
        title: "All lamps",
        description: "Lamps and sensors for every room.",
        script: Some("app"),
        also_at: &[
            "app/basket",
            "app/orders",
            "app/lamps/arc",
            "app/lamps/dot",
            "app/lamps/drop",
            "app/lamps/fold",
            "app/lamps/glow",
            "app/lamps/sense",
        ],
    },
    HostPage {
        name: "strict",
        area: "account",
        title: "Your account",
        description: "Your orders, addresses and membership at Lumen.",
        script: None,
        also_at: &[],
    },
    HostPage {
        name: "contact",
        area: "shop",
        title: "Write to us",
        description: "The contact form of Lumen.",
        script: None,
        also_at: &[],
    },
];

pub(super) fn render(help_centre: &HelpCentre, theme: &Theme) -> Result<Vec<Page>, String> {
    let Some(language) = help_centre.languages.first() else { return Ok(Vec::new()) };
    let mut pages = Vec::new();
    for page in &HOST_PAGES {
        let html = theme.frame(&Frame {
            language,
            title: page.title,
            description: page.description,
            area: page.area,
            script: page.script,
            main: &theme.template(page.name)?,
        })?;
        for folder in [page.name].iter().chain(page.also_at) {
            pages.push(Page { path: format!("{folder}/index.html"), html: html.clone() });
        }
    }
    Ok(pages)
}
