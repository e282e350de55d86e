//! The site's brand as values of the style sheet (`styles/theme.css`).

use shared::palette::{Palette, Rgb, THEMES, parse};
use shared::settings::{Look, MAX_RADIUS, Theme};

/// What the host page says of the look. It comes before what is published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageLook {
    /// A colour such as `#3b55d9`.
    pub accent: Option<String>,
    /// `light` or `dark`; anything else is as the visitor's system wants it.
    pub theme: Option<String>,
    /// How round corners are, in pixels.
    pub radius: Option<u32>,
    /// A list of fonts as in CSS.
    pub font: Option<String>,
}

/// The theme that is asked for; none where the visitor's system decides.
pub fn theme(page: &PageLook, published: &Look) -> Option<&'static str> {
    match (page.theme.as_deref(), published.theme) {
        (Some("light"), _) | (None, Theme::Light) => Some("light"),
        (Some("dark"), _) | (None, Theme::Dark) => Some("dark"),
        _ => None,
    }
}

/// The custom properties with their values; an empty one is taken away.
pub fn properties(page: &PageLook, published: &Look) -> Vec<(&'static str, String)> {
    const NAMES: [[&str; 4]; 2] =
        [["--fill-l", "--on-fill-l", "--accent-l", "--soft-l"], ["--fill-d", "--on-fill-d", "--accent-d", "--soft-d"]];
    let accent = page.accent.as_deref().and_then(parse).or_else(|| published.accent.as_deref().and_then(parse));
    let mut out = Vec::new();
    for (names, surfaces) in NAMES.into_iter().zip(THEMES) {
        let colors = accent.map(|accent| {
            let Palette { fill, on_fill, text, soft } = Palette::of(accent, surfaces);
            [fill, on_fill, text, soft]
        });
        for (place, name) in names.into_iter().enumerate() {
            out.push((name, colors.and_then(|colors| colors.get(place).copied()).map(written).unwrap_or_default()));
        }
    }
    let radius = page.radius.or(published.radius.map(u32::from)).map(|radius| radius.min(u32::from(MAX_RADIUS)));
    out.push(("--radius", radius.map(|radius| [&radius.to_string(), "px"].concat()).unwrap_or_default()));
    out.push(("--font", page.font.clone().or_else(|| published.font.clone()).unwrap_or_default()));
    out
}

fn written(color: Rgb) -> String {
    let [red, green, blue] = color.map(|part| part.to_string());
    ["rgb(", &red, " ", &green, " ", &blue, ")"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(page: &PageLook, published: &Look, name: &str) -> String {
        properties(page, published).into_iter().find(|(own, _)| *own == name).unwrap().1
    }

    #[test]
    fn the_page_comes_before_what_is_published_and_nothing_is_left_of_neither() {
        let published =
            Look { accent: Some("#3b55d9".into()), radius: Some(4), font: Some("Inter".into()), ..Look::default() };
        let silent = PageLook::default();
        assert_eq!(value(&silent, &published, "--fill-l"), "rgb(59 85 217)");
        assert_eq!(value(&silent, &published, "--on-fill-l"), "rgb(255 255 255)");
        assert_eq!(value(&silent, &published, "--radius"), "4px");
        assert_eq!(value(&silent, &published, "--font"), "Inter");
        let page = PageLook { accent: Some("#ffd400".into()), radius: Some(99), ..silent.clone() };
        assert_eq!(value(&page, &published, "--fill-l"), "rgb(255 212 0)");
        assert_eq!(value(&page, &published, "--radius"), "24px");
        let wrong = PageLook { accent: Some("tomato".into()), ..silent.clone() };
        assert_eq!(value(&wrong, &published, "--fill-l"), "rgb(59 85 217)");
        assert!(properties(&silent, &Look::default()).iter().all(|(_, value)| value.is_empty()));
    }

    #[test]
    fn a_theme_is_asked_for_by_the_page_or_by_the_owner() {
        let page = |theme: Option<&str>| PageLook { theme: theme.map(Into::into), ..PageLook::default() };
        let look = |theme| Look { theme, ..Look::default() };
        assert_eq!(theme(&page(None), &look(Theme::Auto)), None);
        assert_eq!(theme(&page(None), &look(Theme::Dark)), Some("dark"));
        assert_eq!(theme(&page(Some("light")), &look(Theme::Dark)), Some("light"));
        assert_eq!(theme(&page(Some("auto")), &look(Theme::Dark)), None);
        assert_eq!(theme(&page(Some("dark")), &look(Theme::Page)), Some("dark"));
    }

    /// The colours of a theme stand in two rules: for the system's wish, and for the owner's.
    #[test]
    fn a_theme_that_is_asked_for_is_the_same_as_the_systems() {
        let tokens = include_str!("../../../kit/styles/tokens.css");
        let own = include_str!("../../styles/theme.css");
        let rule = |css: &str, head: &str| -> Vec<String> {
            let body = css.split_once(head).unwrap().1.split_once('}').unwrap().0;
            let mut lines: Vec<String> =
                body.lines().map(|line| line.trim().to_owned()).filter(|line| line.starts_with("--")).collect();
            lines.sort();
            lines
        };
        // Sizes are the same in both, and what follows from the site's own colour is this program's.
        const OTHERS: [&str; 15] = [
            "--accent",
            "--on-accent",
            "--mine",
            "--on-mine",
            "--fill",
            "--on-fill",
            "--t1",
            "--t2",
            "--t4",
            "--t6",
            "--t7",
            "--sans",
            "--mono",
            "--r1",
            "--r2",
        ];
        const TIMES: [&str; 4] = ["--quick", "--slow", "--warn", "--mark"];
        let shared = |css: &str, head: &str| -> Vec<String> {
            let is_other = |line: &String| OTHERS.iter().chain(&TIMES).any(|name| line.starts_with(name));
            rule(css, head).into_iter().filter(|line| !is_other(line)).collect()
        };
        let dark = shared(own, ":root[data-theme=\"dark\"] {");
        assert!(dark.len() > 5, "{dark:?}");
        assert_eq!(dark, shared(tokens, "(prefers-color-scheme: dark) {\n  :root {"));
        assert_eq!(shared(own, ":root[data-theme=\"light\"] {"), shared(tokens, ":root {"));
    }
}
