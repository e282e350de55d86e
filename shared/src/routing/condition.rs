//! The conditions of a rule, ready to be looked at, and what they found.

use super::case::Read;
use super::label::label;
use super::page::Pattern;
use super::rule::{Helper, Tenure, When};
use crate::locale;
use crate::phrase::{Alone, Phrase};
use serde::{Deserialize, Serialize};

/// What a condition is about; called as in the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Words of the message.
    Words,
    /// The page's address.
    Page,
    /// Products in use.
    Products,
    /// The kind of company.
    Company,
    /// Days as a customer.
    Tenure,
    /// The plan.
    Plan,
    /// The language.
    Language,
    /// Who helped before.
    HelpedBy,
}

impl Kind {
    /// As it is called in the rule.
    pub fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Page => "page",
            Self::Products => "products",
            Self::Company => "company",
            Self::Tenure => "tenure",
            Self::Plan => "plan",
            Self::Language => "language",
            Self::HelpedBy => "helped_by",
        }
    }
}

/// A condition with its entries, each as written and as it is compared.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    pub(super) kind: Kind,
    entries: Vec<(String, Test)>,
}

#[derive(Debug, Clone)]
enum Test {
    Phrase(Phrase),
    Page(Pattern),
    Label(String),
    Language(String),
    Tenure(Tenure),
    Helper(Helper),
}

/// The entries of a condition as written, each with what it compares; none where nothing could match.
type Entries = Vec<(String, Option<Test>)>;

/// The entry that held, and what it held for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Evidence {
    pub(super) entry: String,
    pub(super) found: String,
}

/// The conditions that a rule has, and the entries that can never match.
pub(super) fn conditions(when: &When) -> (Vec<Condition>, Vec<(Kind, usize, String)>) {
    let label_test =
        |text: &String| (text.clone(), Some(label(text)).filter(|label| !label.is_empty()).map(Test::Label));
    let tag = |text: &String| (text.clone(), locale::is_tag(text).then(|| Test::Language(hyphened(text))));
    let all: [(Kind, Entries); 8] = [
        (
            Kind::Words,
            when.words.iter().map(|text| (text.clone(), Phrase::new(text, Alone::Glued).map(Test::Phrase))).collect(),
        ),
        (Kind::Page, when.page.iter().map(|text| (text.clone(), Pattern::new(text).map(Test::Page))).collect()),
        (Kind::Products, when.products.iter().map(label_test).collect()),
        (Kind::Company, when.company.iter().map(label_test).collect()),
        (Kind::Tenure, when.tenure.iter().map(|span| (span.words(), span.possible().map(Test::Tenure))).collect()),
        (Kind::Plan, when.plan.iter().map(label_test).collect()),
        (Kind::Language, when.language.iter().map(tag).collect()),
        (Kind::HelpedBy, when.helped_by.iter().map(|who| (who.words(), Some(Test::Helper(who.clone())))).collect()),
    ];
    let mut good = Vec::new();
    let mut bad = Vec::new();
    for (kind, entries) in all.into_iter().filter(|(_, entries)| !entries.is_empty()) {
        let mut kept = Vec::new();
        for (place, (entry, test)) in entries.into_iter().enumerate() {
            match test {
                Some(test) => kept.push((entry, test)),
                None => bad.push((kind, place, entry)),
            }
        }
        good.push(Condition { kind, entries: kept });
    }
    (good, bad)
}

impl Condition {
    /// The first entry that holds.
    pub(super) fn look(&self, read: &Read<'_>) -> Option<Evidence> {
        self.entries.iter().find_map(|(entry, test)| {
            let found = test.found(self.kind, read)?;
            Some(Evidence { entry: entry.clone(), found })
        })
    }

    /// The entries as they are written.
    pub(super) fn wanted(&self) -> Vec<String> {
        self.entries.iter().map(|(entry, _)| entry.clone()).collect()
    }
}

impl Test {
    fn found(&self, kind: Kind, read: &Read<'_>) -> Option<String> {
        let case = read.case;
        match self {
            Self::Phrase(phrase) => phrase.find(&read.message).map(String::from),
            Self::Page(pattern) => case.page.clone().filter(|page| pattern.fits(page)),
            Self::Label(wanted) => labels(kind, read).find(|have| label(have) == *wanted).cloned(),
            Self::Language(tag) => case.language.clone().filter(|language| locale::takes(tag, language)),
            Self::Tenure(span) => case.tenure_days.filter(|days| span.has(*days)).map(|days| format!("{days} days")),
            Self::Helper(helper) => {
                let helped = case.helped_by.iter().find(|helped| match helper {
                    Helper::Anyone => true,
                    Helper::Team(team) => helped.team.as_ref() == Some(team),
                    Helper::Agent(agent) => helped.agent == *agent,
                })?;
                Some(match &helped.team {
                    Some(team) => format!("agent {} of team {team}", helped.agent),
                    None => format!("agent {}", helped.agent),
                })
            }
        }
    }
}

/// What the case has of a kind that is compared by name.
fn labels<'a>(kind: Kind, read: &Read<'a>) -> impl Iterator<Item = &'a String> {
    let case = read.case;
    let (many, one): (&[String], &Option<String>) = match kind {
        Kind::Products => (&case.products, &None),
        Kind::Company => (&[], &case.company),
        Kind::Plan => (&[], &case.plan),
        _ => (&[], &None),
    };
    many.iter().chain(one)
}

fn hyphened(tag: &str) -> String {
    tag.replace('_', "-")
}

impl Tenure {
    fn has(&self, days: u32) -> bool {
        self.from_days.is_none_or(|from| days >= from) && self.under_days.is_none_or(|under| days < under)
    }

    /// Itself, unless no number of days is in it or it says nothing.
    fn possible(&self) -> Option<Self> {
        match (self.from_days, self.under_days) {
            (None, None) | (_, Some(0)) => None,
            (Some(from), Some(under)) if from >= under => None,
            _ => Some(*self),
        }
    }

    fn words(&self) -> String {
        match (self.from_days, self.under_days) {
            (Some(from), Some(under)) => format!("{from} to under {under} days"),
            (Some(from), None) => format!("at least {from} days"),
            (None, Some(under)) => format!("under {under} days"),
            (None, None) => String::from("any number of days"),
        }
    }
}

impl Helper {
    fn words(&self) -> String {
        match self {
            Self::Team(team) => format!("team {team}"),
            Self::Agent(agent) => format!("agent {agent}"),
            Self::Anyone => String::from("anyone"),
        }
    }
}
