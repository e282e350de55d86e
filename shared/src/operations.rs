//! How a workspace's team works: its teams, rules, hours and promises, as the site owner publishes them in one document.
//!
//! `Operations` is what was written; `Operations::ready` proves it and gives what the edge works with.

use crate::deadlines::Promises;
use crate::hours::Schedule;
use crate::routing::{Rule, Team};
use serde::{Deserialize, Serialize};

#[cfg(feature = "hours")]
use crate::{
    hours::{AroundTheClock, Office, WorkingTime},
    problem::Problem,
    routing::Router,
};

/// The body of `PUT /api/w/{workspace}/operations`, and a part of `Content`. All of it may be left out: then everything goes to escalations, somebody is said to be
/// there always, and nothing is promised.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Operations {
    /// Who answers for what.
    pub teams: Vec<Team>,
    /// What goes to whom; the first rule that holds decides.
    pub rules: Vec<Rule>,
    /// When people are there; always, if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Schedule>,
    /// How soon people are answered.
    pub deadlines: Promises,
}

/// Operations that were proven.
#[cfg(feature = "hours")]
#[derive(Debug, Clone)]
pub struct Ready {
    /// Says what goes to whom.
    pub router: Router,
    /// When people are there; none is always.
    pub office: Option<Office>,
    /// How soon people are answered.
    pub promises: Promises,
}

#[cfg(feature = "hours")]
impl Operations {
    /// What the edge works with, and the warnings; or everything that is wrong, warnings too.
    pub fn ready(&self) -> Result<(Ready, Vec<Problem>), Vec<Problem>> {
        let mut problems = Vec::new();
        let router = collect_problems(Router::new(self.rules.clone(), self.teams.clone()), &mut problems);
        let mut of_hours = Vec::new();
        let office = self.hours.as_ref().map(|schedule| collect_problems(Office::new(schedule), &mut of_hours));
        problems.extend(of_hours.into_iter().map(|problem| problem.inside("hours")));
        problems.extend(self.deadlines.problems().into_iter().map(|problem| problem.inside("deadlines")));
        match (router, office) {
            (Some(router), None) if usable(&problems) => {
                Ok((Ready { router, office: None, promises: self.deadlines.clone() }, problems))
            }
            (Some(router), Some(Some(office))) if usable(&problems) => {
                Ok((Ready { router, office: Some(office), promises: self.deadlines.clone() }, problems))
            }
            _ => Err(problems),
        }
    }

    /// Everything that is wrong, and what is probably not meant.
    pub fn validate(&self) -> Vec<Problem> {
        match self.ready() {
            Ok((_, problems)) | Err(problems) => problems,
        }
    }
}

#[cfg(feature = "hours")]
impl Ready {
    /// The time that counts.
    pub fn working(&self) -> &dyn WorkingTime {
        match &self.office {
            Some(office) => office,
            None => &AroundTheClock,
        }
    }
}

/// The proven thing, if it can be used. Its problems and warnings are added to `problems`.
#[cfg(feature = "hours")]
fn collect_problems<T>(result: Result<(T, Vec<Problem>), Vec<Problem>>, problems: &mut Vec<Problem>) -> Option<T> {
    match result {
        Ok((proven, warnings)) => {
            problems.extend(warnings);
            Some(proven)
        }
        Err(found) => {
            problems.extend(found);
            None
        }
    }
}

#[cfg(feature = "hours")]
fn usable(problems: &[Problem]) -> bool {
    problems.iter().all(Problem::is_warning)
}

#[cfg(test)]
#[cfg(feature = "hours")]
mod tests {
    use super::*;
    use crate::routing::Case;

    const PAGE: &str = include_str!("../../docs/routing.md");

    /// The blocks of a language in the page, in order.
    fn blocks(language: &str) -> Vec<&'static str> {
        let fence = format!("```{language}\n");
        PAGE.split(fence.as_str()).skip(1).filter_map(|rest| rest.split("```").next()).collect()
    }

    fn check(text: &str, expected: &[(&str, bool)]) {
        let operations: Operations = serde_json::from_str(text).unwrap();
        let problems = operations.validate();
        let found: Vec<(&str, bool)> =
            problems.iter().map(|problem| (problem.at.as_str(), problem.is_warning())).collect();
        assert_eq!(found, expected, "{text}");
        assert_eq!(operations.ready().is_ok(), expected.iter().all(|(_, warning)| *warning), "{text}");
    }

    #[test]
    fn with_nothing_written_everything_is_taken_and_goes_to_escalations() {
        check("{}", &[]);
        let (ready, _) = Operations::default().ready().unwrap();
        assert_eq!(ready.router.route(&Case { text: "refund".into(), ..Case::default() }).team, None);
        assert!(ready.working().is_open(0));
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once_with_its_place() {
        check(
            r#"{"rules": [{"id": "a", "when": {}, "then": {"team": "x"}}], "hours": {"zone": "Moon", "week": {"mon": ["9-5"]}},
                "deadlines": {"targets": {"high": {"first": {"share": 0, "within": 1}}}}}"#,
            &[
                ("rules[0].when", false),
                ("rules[0].then.team", false),
                ("hours.zone", false),
                ("hours.week.mon[0]", false),
                ("deadlines.targets.high.first", false),
            ],
        );
    }

    #[test]
    fn a_warning_stops_nobody() {
        check(
            r#"{"teams": [{"id": "x", "name": "X"}], "hours": {"zone": "UTC"}}"#,
            &[("teams[0].members", true), ("hours.week", true)],
        );
    }

    #[test]
    fn the_page_about_routing_shows_what_is_so() {
        let [operations, case] = blocks("json").try_into().unwrap();
        check(operations, &[]);
        let (ready, _) = serde_json::from_str::<Operations>(operations).unwrap().ready().unwrap();
        let explanation = ready.router.explain(&serde_json::from_str(case).unwrap());
        let mut said = format!("{}\n", explanation.sentence);
        for rule in &explanation.rules {
            said.push_str(&format!("  {}\n", rule.sentence));
            rule.conditions.iter().for_each(|condition| said.push_str(&format!("    {}\n", condition.sentence)));
        }
        assert_eq!(blocks("text"), [said]);
    }
}
