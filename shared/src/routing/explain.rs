//! The dry run: why a sample conversation goes where, rule by rule and condition by condition.

use super::case::{Case, Read};
use super::condition::{Condition, Evidence, Kind};
use super::router::{Assignment, Decision, Ready, Router};
use serde::{Deserialize, Serialize};

/// Why a case goes where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The same as `Router::route` says.
    pub decision: Decision,
    /// Every rule, in order, also those that were not asked.
    pub rules: Vec<RuleTrace>,
    /// The decision in one sentence.
    pub sentence: String,
}

/// What came of one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleTrace {
    /// Its id.
    pub rule: String,
    /// What came of it.
    pub outcome: Outcome,
    /// Each of its conditions.
    pub conditions: Vec<ConditionTrace>,
    /// In one sentence.
    pub sentence: String,
}

/// What came of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It decides.
    Decides,
    /// Not all of its conditions hold.
    Fails,
    /// All of its conditions hold, but an earlier rule decided.
    TooLate,
}

/// What came of one condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionTrace {
    /// What it is about.
    pub kind: Kind,
    /// Its entries: any one of them is enough.
    pub wanted: Vec<String>,
    /// Whether it holds.
    pub holds: bool,
    /// The entry that held, if one did.
    pub entry: Option<String>,
    /// What it held for, as the case has it.
    pub found: Option<String>,
    /// In one sentence.
    pub sentence: String,
}

impl Router {
    /// What `route` decides for the case, and why. All rules are looked at, so that one in the wrong place is seen.
    pub fn explain(&self, case: &Case) -> Explanation {
        let read = Read::new(case);
        let mut decision: Option<Decision> = None;
        let mut rules = Vec::new();
        for ready in &self.rules {
            let evidence = ready.evidence(&read);
            let holds = evidence.iter().all(|(_, evidence)| evidence.is_some());
            let outcome = match (&decision, holds) {
                (_, false) => Outcome::Fails,
                (None, true) => Outcome::Decides,
                (Some(_), true) => Outcome::TooLate,
            };
            if outcome == Outcome::Decides {
                decision = Some(self.decision(&ready.rule, case));
            }
            let decided_by = decision.as_ref().and_then(|decision| decision.rule.as_deref()).unwrap_or_default();
            let sentence = rule_sentence(ready, outcome, &evidence, decided_by);
            let conditions =
                evidence.into_iter().map(|(condition, evidence)| condition_trace(condition, evidence, &read));
            rules.push(RuleTrace { rule: ready.rule.id.clone(), outcome, conditions: conditions.collect(), sentence });
        }
        let decision = decision.unwrap_or_default();
        Explanation { sentence: decision_sentence(&decision), decision, rules }
    }
}

fn decision_sentence(decision: &Decision) -> String {
    let Some(rule) = &decision.rule else {
        return String::from("No rule holds, so it goes to escalations.");
    };
    let when = if decision.before_assistant { " at once, before the assistant answers" } else { "" };
    let Some(team) = &decision.team else {
        return format!("Rule {rule} sends it to escalations{when}.");
    };
    let who = match &decision.assign {
        Assignment::Queue => String::from("where it waits in the team's list"),
        Assignment::Balance => String::from("to whoever there has the most room"),
        Assignment::Agent(agent) => format!("to agent {agent}, or to whoever has the most room while they cannot"),
    };
    format!("Rule {rule} sends it to team {team}{when}, {who}.")
}

fn rule_sentence(
    ready: &Ready,
    outcome: Outcome,
    evidence: &[(&Condition, Option<Evidence>)],
    decided_by: &str,
) -> String {
    let id = &ready.rule.id;
    match outcome {
        Outcome::Decides if evidence.is_empty() => format!("Rule {id} is for everything, so it decides."),
        Outcome::Decides => format!("Rule {id} decides: all of its conditions hold."),
        Outcome::TooLate => format!("Rule {id} would hold as well, but rule {decided_by} comes first."),
        Outcome::Fails => {
            let failed = evidence.iter().filter(|(_, evidence)| evidence.is_none());
            let names: Vec<&str> = failed.map(|(condition, _)| condition.kind.name()).collect();
            format!("Rule {id} does not hold, because of {}.", names.join(" and "))
        }
    }
}

fn condition_trace(condition: &Condition, evidence: Option<Evidence>, read: &Read<'_>) -> ConditionTrace {
    let wanted = condition.wanted();
    let sentence = match &evidence {
        Some(evidence) => holds_sentence(condition.kind, evidence),
        None => format!("{}, and the rule wants {}.", have_sentence(condition.kind, read.case), one_of(&wanted)),
    };
    let (entry, found) = evidence.map(|evidence| (evidence.entry, evidence.found)).unzip();
    ConditionTrace { kind: condition.kind, wanted, holds: entry.is_some(), entry, found, sentence }
}

fn holds_sentence(kind: Kind, Evidence { entry, found }: &Evidence) -> String {
    match kind {
        Kind::Words => format!("The message has \"{found}\", which the rule wants as \"{entry}\"."),
        Kind::Page => format!("The page {found} fits {entry}."),
        Kind::Products => format!("They use {found}."),
        Kind::Company => format!("Their company is of the kind {found}."),
        Kind::Tenure => format!("They have been a customer for {found}, which is {entry}."),
        Kind::Plan => format!("They are on the plan {found}."),
        Kind::Language => format!("Their language is {found}, which {entry} takes."),
        Kind::HelpedBy => format!("They were helped before by {found}."),
    }
}

/// What the case has instead. The explanation names unknown fields: they are the usual reason for a rule that never holds.
fn have_sentence(kind: Kind, case: &Case) -> String {
    let known = |what: &str, value: Option<String>| match value {
        Some(value) => format!("{what} is {value}"),
        None => format!("{what} is not known"),
    };
    match kind {
        Kind::Words => String::from("The message has none of the words"),
        Kind::Page => known("The page", case.page.clone()),
        Kind::Products if case.products.is_empty() => String::from("No product of theirs is known"),
        Kind::Products => format!("They use {}", case.products.join(", ")),
        Kind::Company => known("The kind of their company", case.company.clone()),
        Kind::Tenure => known("Their time as a customer", case.tenure_days.map(|days| format!("{days} days"))),
        Kind::Plan => known("Their plan", case.plan.clone()),
        Kind::Language => known("Their language", case.language.clone()),
        Kind::HelpedBy if case.helped_by.is_empty() => String::from("Nobody helped them before"),
        Kind::HelpedBy => String::from("Others helped them before"),
    }
}

fn one_of(wanted: &[String]) -> String {
    match wanted {
        [only] => only.clone(),
        many => format!("one of {}", many.join(", ")),
    }
}
