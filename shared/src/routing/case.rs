//! What routing looks at: one message and what is known about who sent it.

use crate::ids::{AgentId, TeamId};
use crate::phrase::{Alone, Text};
use crate::protocol::{Millis, Profile};
use serde::{Deserialize, Serialize};

/// A conversation as rules see it. Unknown fields stay empty, and no condition on them holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Case {
    /// What the visitor wrote.
    pub text: String,
    /// The address of the page where they wrote it.
    pub page: Option<String>,
    /// Products that they use.
    pub products: Vec<String>,
    /// The kind of company they are from.
    pub company: Option<String>,
    /// Days since they became a customer.
    pub tenure_days: Option<u32>,
    /// Their plan.
    pub plan: Option<String>,
    /// Their language, as a tag.
    pub language: Option<String>,
    /// Who helped them before, the latest first.
    pub helped_by: Vec<Helped>,
}

/// In a span of time; the days of a calendar depend on where one is.
const DAY_MS: Millis = 24 * 60 * 60 * 1_000;

impl Case {
    /// The same, with what the site has said of the visitor.
    pub fn knowing(self, profile: Profile, now: Millis) -> Self {
        let days = |since: Millis| u32::try_from(now.saturating_sub(since) / DAY_MS).unwrap_or(u32::MAX);
        Self {
            products: profile.products,
            company: profile.company_type,
            tenure_days: profile.customer_since.map(days),
            plan: profile.plan,
            ..self
        }
    }
}

/// Somebody who helped before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Helped {
    /// In which team.
    pub team: Option<TeamId>,
    /// Who.
    pub agent: AgentId,
}

/// A case whose message was cut into words, once for all rules.
pub(super) struct Read<'a> {
    pub(super) case: &'a Case,
    pub(super) message: Text<'a>,
}

impl<'a> Read<'a> {
    pub(super) fn new(case: &'a Case) -> Self {
        Self { case, message: Text::new(&case.text, Alone::Glued) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_site_says_is_added_to_what_the_visitor_wrote() {
        let asked = Case { text: "refund".into(), language: Some("en".into()), ..Case::default() };
        let profile = Profile {
            plan: Some("pro".into()),
            customer_since: Some(10 * DAY_MS),
            products: vec!["lamps".into()],
            company_type: Some("school".into()),
            ..Profile::default()
        };
        let known = asked.clone().knowing(profile.clone(), 13 * DAY_MS - 1);
        assert_eq!((known.text.as_str(), known.language.as_deref()), ("refund", Some("en")));
        assert_eq!((known.plan.as_deref(), known.company.as_deref()), (Some("pro"), Some("school")));
        assert_eq!((known.products.as_slice(), known.tenure_days), (&[String::from("lamps")][..], Some(2)));
        assert_eq!(asked.clone().knowing(profile, 0).tenure_days, Some(0), "whoever comes tomorrow is new");
        assert_eq!(asked.clone().knowing(Profile::default(), 0), asked, "what is not said stays unknown");
    }
}
