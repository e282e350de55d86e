//! Finds what is wrong with rules and teams before they are used.

use super::condition::{Kind, conditions};
use super::rule::{Assign, Helper, Rule, Then, When};
use super::team::Team;
use crate::ids::TeamId;
use crate::problem::{Problem, ProblemCode};
use std::collections::BTreeSet;

/// Everything that is wrong, in the order of the settings.
pub(super) fn problems(rules: &[Rule], teams: &[Team]) -> Vec<Problem> {
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    for (place, team) in teams.iter().enumerate() {
        check_team(team, &format!("teams[{place}]"), &mut out);
        if !seen.insert(&team.id) {
            let sentence = format!("Two teams are called {}. Give each an id of its own.", team.id);
            out.push(Problem::new(ProblemCode::DuplicateId, format!("teams[{place}].id"), sentence));
        }
    }
    let mut seen = BTreeSet::new();
    for (place, rule) in rules.iter().enumerate() {
        let at = format!("rules[{place}]");
        if rule.id.trim().is_empty() {
            out.push(Problem::new(ProblemCode::MissingId, format!("{at}.id"), "Give the rule an id."));
        } else if !seen.insert(rule.id.as_str()) {
            let sentence = format!("Two rules are called {}. Give each an id of its own.", rule.id);
            out.push(Problem::new(ProblemCode::DuplicateId, format!("{at}.id"), sentence));
        }
        check_when(rule, &at, teams, &mut out);
        check_then(&rule.then, &at, teams, &mut out);
        check_reach(rule, rules.get(..place).unwrap_or_default(), &at, &mut out);
    }
    out
}

fn check_team(team: &Team, at: &str, out: &mut Vec<Problem>) {
    if team.members.is_empty() {
        let sentence = format!("Nobody is in team {}: what goes there waits in its list.", team.id);
        out.push(Problem::new(ProblemCode::EmptyTeam, format!("{at}.members"), sentence));
    }
    let mut seen = BTreeSet::new();
    for (place, member) in team.members.iter().enumerate().filter(|(_, member)| !seen.insert(&member.agent)) {
        let sentence = format!("Agent {} is in team {} twice.", member.agent, team.id);
        out.push(Problem::new(ProblemCode::DuplicateId, format!("{at}.members[{place}]"), sentence));
    }
}

fn check_when(rule: &Rule, at: &str, teams: &[Team], out: &mut Vec<Problem>) {
    let id = &rule.id;
    let (good, bad) = conditions(&rule.when);
    for (kind, place, entry) in bad {
        let place = format!("{at}.when.{}[{place}]", kind.name());
        let sentence = match kind {
            Kind::Words => format!("\"{entry}\" has no word in it, so that no message could match."),
            Kind::Tenure => format!("No customer can be one for {entry}: set from_days below under_days."),
            Kind::Language => format!("\"{entry}\" is not a language tag such as en or pt-BR."),
            _ => format!("\"{entry}\" is blank, so that nothing could match."),
        };
        out.push(Problem::new(ProblemCode::EmptyCondition, place, sentence));
    }
    for (place, helper) in rule.when.helped_by.iter().enumerate() {
        if let Helper::Team(team) = helper
            && !is_known(team, teams)
        {
            out.push(unknown_team(id, team, format!("{at}.when.helped_by[{place}]")));
        }
    }
    if rule.when.everything && !good.is_empty() {
        let sentence = format!("Rule {id} is for everything and has conditions. Remove the one or the other.");
        out.push(Problem::new(ProblemCode::CatchAllWithConditions, format!("{at}.when"), sentence));
    }
    if !rule.when.everything && good.is_empty() {
        let sentence = format!("Rule {id} has no condition. Write \"everything\": true if it is for all the rest.");
        out.push(Problem::new(ProblemCode::EmptyRule, format!("{at}.when"), sentence));
    }
}

fn check_then(then: &Then, at: &str, teams: &[Team], out: &mut Vec<Problem>) {
    if *then == Then::default() {
        let sentence = "Nothing follows from this rule. Name a team, a priority or a tag.";
        out.push(Problem::new(ProblemCode::EmptyRule, format!("{at}.then"), sentence));
    }
    if let Some(team) = &then.team
        && !is_known(team, teams)
    {
        out.push(unknown_team("This rule", team, format!("{at}.then.team")));
        return;
    }
    if let Assign::Agent(agent) = &then.assign {
        let team = teams.iter().find(|team| Some(&team.id) == then.team.as_ref());
        if !team.is_some_and(|team| team.members.iter().any(|member| member.agent == *agent)) {
            let sentence = format!("Agent {agent} is not in the team that this rule gives to.");
            out.push(Problem::new(ProblemCode::UnknownAgent, format!("{at}.then.assign"), sentence));
        }
    }
}

/// A rule that can never be reached is most often one in the wrong place.
fn check_reach(rule: &Rule, earlier: &[Rule], at: &str, out: &mut Vec<Problem>) {
    let takes_all = |earlier: &&Rule| {
        let same = rule.when != When::default() && earlier.when == rule.when;
        earlier.when.everything || same
    };
    let Some(first) = earlier.iter().find(takes_all) else { return };
    let why = if first.when.everything { "takes everything" } else { "has the same conditions" };
    let sentence = format!("Rule {} is never asked: rule {} before it {why}.", rule.id, first.id);
    out.push(Problem::new(ProblemCode::UnreachableRule, at, sentence));
}

fn is_known(team: &TeamId, teams: &[Team]) -> bool {
    teams.iter().any(|known| known.id == *team)
}

fn unknown_team(who: &str, team: &TeamId, at: String) -> Problem {
    Problem::new(ProblemCode::UnknownTeam, at, format!("{who} names team {team}, which does not exist."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rules: &str, expected: &[(&str, &str)]) {
        let teams = r#"[{"id":"billing","name":"Billing","members":[{"agent":"aaaaaaaaaaaaaaaaaaaaaa"}]},
            {"id":"tech","name":"Tech","members":[{"agent":"bbbbbbbbbbbbbbbbbbbbbb"}]}]"#;
        let found = problems(
            &serde_json::from_str::<Vec<Rule>>(rules).unwrap(),
            &serde_json::from_str::<Vec<Team>>(teams).unwrap(),
        );
        let codes: Vec<(String, &str)> =
            found.iter().map(|problem| (serde_json::to_string(&problem.code).unwrap(), problem.at.as_str())).collect();
        let found: Vec<(&str, &str)> = codes.iter().map(|(code, at)| (code.trim_matches('"'), *at)).collect();
        assert_eq!(found, expected, "{rules}");
    }

    #[test]
    fn good_rules_have_no_problem() {
        check(
            r#"[{"id":"a","when":{"words":["refund"]},"then":{"team":"billing","assign":{"agent":"aaaaaaaaaaaaaaaaaaaaaa"}}},
                {"id":"b","when":{"everything":true},"then":{"tags":["rest"]}}]"#,
            &[],
        );
    }

    #[test]
    fn a_team_or_an_agent_who_is_not_there_is_told() {
        check(
            r#"[{"id":"a","when":{"words":["x"]},"then":{"team":"sales"}}]"#,
            &[("unknown_team", "rules[0].then.team")],
        );
        check(
            r#"[{"id":"a","when":{"helped_by":["anyone",{"team":"sales"}]},"then":{"tags":["x"]}}]"#,
            &[("unknown_team", "rules[0].when.helped_by[1]")],
        );
        check(
            r#"[{"id":"a","when":{"words":["x"]},"then":{"team":"billing","assign":{"agent":"bbbbbbbbbbbbbbbbbbbbbb"}}}]"#,
            &[("unknown_agent", "rules[0].then.assign")],
        );
    }

    #[test]
    fn a_rule_that_says_nothing_is_told() {
        check(r#"[{"id":"a","when":{},"then":{"team":"tech"}}]"#, &[("empty_rule", "rules[0].when")]);
        check(r#"[{"id":"a","when":{"words":["x"]},"then":{}}]"#, &[("empty_rule", "rules[0].then")]);
        check(r#"[{"id":" ","when":{"words":["x"]},"then":{"team":"tech"}}]"#, &[("missing_id", "rules[0].id")]);
        check(
            r#"[{"id":"a","when":{"everything":true,"plan":["pro"]},"then":{"team":"tech"}}]"#,
            &[("catch_all_with_conditions", "rules[0].when")],
        );
    }

    #[test]
    fn an_entry_that_could_never_match_is_told_with_its_place() {
        check(
            r#"[{"id":"a","when":{"words":["x","?"]},"then":{"team":"tech"}}]"#,
            &[("empty_condition", "rules[0].when.words[1]")],
        );
        check(
            r#"[{"id":"a","when":{"tenure":[{"from_days":9,"under_days":9}],"language":["klingon!"],"page":[" "]},"then":{"team":"tech"}}]"#,
            &[
                ("empty_condition", "rules[0].when.page[0]"),
                ("empty_condition", "rules[0].when.tenure[0]"),
                ("empty_condition", "rules[0].when.language[0]"),
            ],
        );
    }

    #[test]
    fn an_id_is_used_once() {
        check(
            r#"[{"id":"a","when":{"words":["x"]},"then":{"team":"tech"}},{"id":"a","when":{"words":["y"]},"then":{"team":"tech"}}]"#,
            &[("duplicate_id", "rules[1].id")],
        );
    }

    #[test]
    fn a_rule_that_is_never_asked_is_a_warning() {
        let rules = r#"[{"id":"all","when":{"everything":true},"then":{"team":"tech"}},{"id":"b","when":{"words":["x"]},"then":{"team":"tech"}}]"#;
        check(rules, &[("unreachable_rule", "rules[1]")]);
        assert!(ProblemCode::UnreachableRule.is_warning());
        check(
            r#"[{"id":"a","when":{"words":["x"]},"then":{"team":"tech"}},{"id":"b","when":{"words":["x"]},"then":{"team":"billing"}}]"#,
            &[("unreachable_rule", "rules[1]")],
        );
    }

    #[test]
    fn an_unknown_field_is_refused() {
        let wrong = r#"{"id":"a","when":{"word":["x"]},"then":{"team":"tech"}}"#;
        assert!(serde_json::from_str::<Rule>(wrong).unwrap_err().to_string().contains("unknown field `word`"));
    }
}
