//! The settings of a workspace, as the site owner publishes them in one document.

mod look;
mod messages;
mod words;

pub use look::{
    Face, Icon, Launcher, Look, MAX_FACES, MAX_OFFSET, MAX_PICTURE_CHARS, MAX_RADIUS, Side, Theme, picture,
};
pub use messages::{MAX_MESSAGES, ProactiveMessage, Visits, When};
pub use words::{MAX_OWN_CHARS, Outage, OwnWords, Texts, of_language};

use crate::assistant::Rules;
use crate::locale::is_tag;
use crate::origin::{is_origin, is_wildcard};
use crate::problem::{Problem, ProblemCode};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The body of `PUT /api/w/{workspace}/settings`, and a part of `Content`. The edge keeps it, too: a field that is added later
/// has a default, so that settings published without it are still read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// What visitors see.
    pub panel: PanelSettings,
    /// The origins whose pages may hold the panel, such as `https://www.lumen.example`.
    pub origins: Vec<String>,
    /// The language to fall back to.
    pub default_locale: String,
    /// What the assistant may do and what it leaves to people; the defaults if it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assistant: Option<Rules>,
    /// For how many days a quiet conversation is kept; `DEFAULT_RETENTION_DAYS` if it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention_days: Option<u32>,
    /// Whether questions that were sent become proposals.
    #[serde(default, skip_serializing_if = "Learning::is_on")]
    pub learning: Learning,
    /// Words of the panel that are said in another way here.
    #[serde(default, skip_serializing_if = "OwnWords::is_empty")]
    pub words: OwnWords,
    /// A problem that is known, until this is left out again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outage: Option<Outage>,
    /// Messages that are shown before a visitor asks, on pages whose tag lets them in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<ProactiveMessage>,
}

/// Whether the library learns from conversations. The texts stay in the workspace's own storage, so that it does by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Learning {
    /// What was asked and solved, and what nobody could answer, is gathered.
    #[default]
    On,
    /// Nothing new is.
    Off,
}

impl Learning {
    /// Whether it does.
    pub fn is_on(&self) -> bool {
        *self == Self::On
    }
}

/// What the panel shows as the site owner wrote it. The edge passes it on as one value: from the document into storage, into
/// `Boot`, into the panel. A new field is added here and where the panel reads and shows it, and has a default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PanelSettings {
    /// What the help is called, such as "Lumen help".
    pub name: String,
    /// The site's brand.
    #[serde(default, skip_serializing_if = "is_default")]
    pub look: Look,
    /// The button on the host page.
    #[serde(default, skip_serializing_if = "is_default")]
    pub launcher: Launcher,
    /// Whether a reply is neither heard nor marked in the title of the host page.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub silent: bool,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// How long a quiet conversation is kept if the site owner does not say: a year covers a guarantee's questions and a
/// yearly order, and is easy to justify to a visitor who asks.
pub const DEFAULT_RETENTION_DAYS: u32 = 365;
/// The longest that a site owner can choose: ten years, the longest that commercial law asks for anywhere near.
pub const MAX_RETENTION_DAYS: u32 = 3_660;
/// The longest name of the help: it stands in the panel's head, and every start of a panel carries it.
pub const MAX_HELP_NAME_CHARS: usize = 120;
/// How many origins may hold the panel: more do not fit into a header.
pub const MAX_ORIGINS: usize = 50;

impl Settings {
    /// Settings with nothing but what has to be there.
    pub fn new(panel: PanelSettings, origins: Vec<String>, default_locale: String) -> Self {
        Self {
            panel,
            origins,
            default_locale,
            assistant: None,
            retention_days: None,
            learning: Learning::On,
            words: OwnWords::default(),
            outage: None,
            messages: Vec::new(),
        }
    }

    /// Everything that is wrong, and what is probably not meant. Places are paths into the document.
    pub fn problems(&self) -> Vec<Problem> {
        let mut out: Vec<Problem> = self.panel.problems().into_iter().map(|problem| problem.inside("panel")).collect();
        let rules = self.assistant.as_ref().map(Rules::problems).unwrap_or_default();
        out.extend(rules.into_iter().map(|problem| problem.inside("assistant")));
        out.extend(self.words.problems(&english()).into_iter().map(|problem| problem.inside("words")));
        let outage = self.outage.as_ref().map(Outage::problems).unwrap_or_default();
        out.extend(outage.into_iter().map(|problem| problem.inside("outage")));
        let messages = messages::problems(&self.messages).into_iter();
        out.extend(messages.map(|problem| Problem { at: ["messages", &problem.at].concat(), ..problem }));
        let is_known = |origin: &str| is_origin(origin) || is_wildcard(origin);
        for (place, origin) in self.origins.iter().enumerate().filter(|(_, origin)| !is_known(origin)) {
            let advice = match origin.contains('*') {
                true => {
                    "A star can stand for all that is before a domain, as in https://*.lumen.example, and for nothing else."
                }
                false => "Write a scheme, a host and perhaps a port, such as https://www.lumen.example.",
            };
            let sentence = format!("\"{origin}\" is not an origin. {advice}");
            out.push(Problem::new(ProblemCode::InvalidOrigin, format!("origins[{place}]"), sentence));
        }
        if self.origins.len() > MAX_ORIGINS {
            let sentence = format!("These are {} origins, and {MAX_ORIGINS} are possible.", self.origins.len());
            out.push(Problem::new(ProblemCode::TooManyOrigins, "origins", sentence));
        }
        if !is_tag(&self.default_locale) {
            let sentence = format!("\"{}\" is not a language tag such as en or pt-BR.", self.default_locale);
            out.push(Problem::new(ProblemCode::InvalidLocale, "default_locale", sentence));
        }
        if self.retention_days.is_some_and(|days| !(1..=MAX_RETENTION_DAYS).contains(&days)) {
            let sentence = format!("Conversations can be kept for 1 to {MAX_RETENTION_DAYS} days.");
            out.push(Problem::new(ProblemCode::InvalidRetention, "retention_days", sentence));
        }
        out
    }
}

impl PanelSettings {
    /// Nothing but a name.
    pub fn named(name: String) -> Self {
        Self { name, ..Self::default() }
    }

    /// As `Settings::problems`.
    pub fn problems(&self) -> Vec<Problem> {
        let mut out = Vec::new();
        if self.name.trim().is_empty() {
            let sentence = "The help has no name, so that the panel's head is empty.";
            out.push(Problem::new(ProblemCode::EmptyName, "name", sentence));
        }
        let length = self.name.chars().count();
        if length > MAX_HELP_NAME_CHARS {
            let sentence = format!("The name has {length} characters, and {MAX_HELP_NAME_CHARS} are possible.");
            out.push(Problem::new(ProblemCode::TooLong, "name", sentence));
        }
        out.extend(self.look.problems().into_iter().map(|problem| problem.inside("look")));
        out.extend(self.launcher.problems(&self.look).into_iter().map(|problem| problem.inside("launcher")));
        out
    }
}

/// The panel's words in English by their names.
fn english() -> BTreeMap<String, String> {
    serde_json::from_str(crate::languages::ENGLISH_PANEL_WORDS).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        let origins = vec!["https://www.lumen.example".into()];
        Settings::new(PanelSettings::named("Lumen help".into()), origins, "en".into())
    }

    fn check(settings: &Settings, expected: &[(ProblemCode, &str)]) {
        let problems = settings.problems();
        let found: Vec<(ProblemCode, &str)> =
            problems.iter().map(|problem| (problem.code, problem.at.as_str())).collect();
        assert_eq!(found, expected, "{settings:?}");
    }

    #[test]
    fn settings_that_can_be_used_have_no_problem() {
        check(&settings(), &[]);
        for days in [1, MAX_RETENTION_DAYS] {
            check(&Settings { retention_days: Some(days), ..settings() }, &[]);
        }
        check(&Settings { origins: vec!["https://a.example".into(); MAX_ORIGINS], ..settings() }, &[]);
    }

    #[test]
    fn everything_that_is_wrong_is_found_at_once_with_its_place() {
        let mut origins = vec![String::from("https://a.example"); MAX_ORIGINS];
        origins.push("https://a.example; script-src *".into());
        check(
            &Settings { origins, default_locale: "".into(), retention_days: Some(0), ..settings() },
            &[
                (ProblemCode::InvalidOrigin, "origins[50]"),
                (ProblemCode::TooManyOrigins, "origins"),
                (ProblemCode::InvalidLocale, "default_locale"),
                (ProblemCode::InvalidRetention, "retention_days"),
            ],
        );
        check(
            &Settings { retention_days: Some(MAX_RETENTION_DAYS + 1), ..settings() },
            &[(ProblemCode::InvalidRetention, "retention_days")],
        );
    }

    #[test]
    fn a_help_without_a_name_is_a_warning() {
        check(
            &Settings { panel: PanelSettings::named(" ".into()), ..settings() },
            &[(ProblemCode::EmptyName, "panel.name")],
        );
        assert!(ProblemCode::EmptyName.is_warning());
        check(
            &Settings { panel: PanelSettings::named("x".repeat(MAX_HELP_NAME_CHARS + 1)), ..settings() },
            &[(ProblemCode::TooLong, "panel.name")],
        );
    }
}
