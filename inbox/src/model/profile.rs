//! What the site says of a visitor, as it stands beside a conversation.

use shared::protocol::{Millis, Profile};

/// A line: the key of what it is called, and what it says.
pub(crate) type Line = (&'static str, Value);

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// As the site has it.
    Text(String),
    /// A key of the words.
    Word(&'static str),
    /// A day.
    Day(Millis),
}

/// The lines, without those that nothing is known for.
pub(crate) fn lines(profile: &Profile) -> Vec<Line> {
    let text = |text: &Option<String>| text.clone().map(Value::Text);
    let flag = |flag: bool, word: &'static str| flag.then_some(Value::Word(word));
    let products = (!profile.products.is_empty()).then(|| Value::Text(profile.products.join(", ")));
    [
        ("profile_name", text(&profile.name)),
        ("profile_plan", text(&profile.plan)),
        ("profile_trial", flag(profile.trial, "profile_yes")),
        ("profile_risk", flag(profile.at_risk, "profile_yes")),
        ("profile_since", profile.customer_since.map(Value::Day)),
        ("profile_products", products),
        ("profile_company", text(&profile.company_type)),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_known_has_a_line() {
        assert_eq!(lines(&Profile::default()), []);
        let profile = Profile {
            name: Some("Grace".into()),
            products: vec!["Arc".into(), "Dot".into()],
            at_risk: true,
            ..Profile::default()
        };
        let expected = [
            ("profile_name", Value::Text("Grace".into())),
            ("profile_risk", Value::Word("profile_yes")),
            ("profile_products", Value::Text("Arc, Dot".into())),
        ];
        assert_eq!(lines(&profile), expected);
    }
}
