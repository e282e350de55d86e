//! Proven rules, and the first of them that holds.

use super::case::{Case, Read};
use super::check::problems;
use super::condition::{Condition, Evidence, conditions};
use super::rule::{Assign, Priority, Rule};
use super::team::Team;
use crate::ids::{AgentId, TeamId};
use crate::problem::Problem;
use crate::protocol::{Destination, Placement};
use serde::{Deserialize, Serialize};

/// Where a conversation goes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The rule that said so; none if no rule held.
    pub rule: Option<String>,
    /// The team; none means escalations.
    pub team: Option<TeamId>,
    /// Who in the team.
    pub assign: Assignment,
    /// How soon.
    pub priority: Priority,
    /// Labels.
    pub tags: Vec<String>,
    /// Whether people get it at once, before the assistant answers.
    #[serde(default)]
    pub before_assistant: bool,
}

impl Decision {
    /// Where the conversation lies by this, with the agent that `settle` has chosen.
    pub fn placement(self, assignee: Option<AgentId>) -> Placement {
        let to = self.team.map_or(Destination::Escalations, Destination::Team);
        Placement { to, assignee, priority: self.priority, tags: self.tags }
    }
}

/// How the team's agent for it is chosen. `settle` makes a person of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assignment {
    /// Nobody yet.
    #[default]
    Queue,
    /// The agent with the most room.
    Balance,
    /// This agent; while they cannot, the one with the most room.
    Agent(AgentId),
}

/// Rules and teams that were checked.
#[derive(Debug, Clone)]
pub struct Router {
    pub(super) rules: Vec<Ready>,
    teams: Vec<Team>,
}

/// A rule whose conditions are ready.
#[derive(Debug, Clone)]
pub(super) struct Ready {
    pub(super) rule: Rule,
    pub(super) conditions: Vec<Condition>,
}

impl Router {
    /// The rules, ready to use, with the warnings; or everything that is wrong with them.
    pub fn new(rules: Vec<Rule>, teams: Vec<Team>) -> Result<(Self, Vec<Problem>), Vec<Problem>> {
        let found = problems(&rules, &teams);
        if !found.iter().all(Problem::is_warning) {
            return Err(found);
        }
        let ready = |rule: Rule| Ready { conditions: conditions(&rule.when).0, rule };
        Ok((Self { rules: rules.into_iter().map(ready).collect(), teams }, found))
    }

    /// Where the case goes: what the first rule says whose conditions all hold, else escalations.
    pub fn route(&self, case: &Case) -> Decision {
        let read = Read::new(case);
        let first = self.rules.iter().find(|ready| ready.holds(&read));
        first.map(|ready| self.decision(&ready.rule, case)).unwrap_or_default()
    }

    /// What follows if this rule is the one.
    pub(super) fn decision(&self, rule: &Rule, case: &Case) -> Decision {
        let then = &rule.then;
        let assign = match (&then.team, &then.assign) {
            (None, _) | (_, Assign::Queue) => Assignment::Queue,
            (_, Assign::Balance) => Assignment::Balance,
            (_, Assign::Agent(agent)) => Assignment::Agent(agent.clone()),
            (Some(team), Assign::Previous) => {
                let previous = case.helped_by.iter().map(|helped| &helped.agent).find(|agent| self.is_in(team, agent));
                previous.map_or(Assignment::Balance, |agent| Assignment::Agent(agent.clone()))
            }
        };
        Decision {
            rule: Some(rule.id.clone()),
            team: then.team.clone(),
            assign,
            priority: then.priority.unwrap_or_default(),
            tags: then.tags.clone(),
            before_assistant: then.is_before_assistant(),
        }
    }

    fn is_in(&self, team: &TeamId, agent: &AgentId) -> bool {
        let team = self.teams.iter().find(|known| known.id == *team);
        team.is_some_and(|team| team.members.iter().any(|member| member.agent == *agent))
    }
}

impl Ready {
    fn holds(&self, read: &Read<'_>) -> bool {
        self.conditions.iter().all(|condition| condition.look(read).is_some())
    }

    /// What each condition found.
    pub(super) fn evidence(&self, read: &Read<'_>) -> Vec<(&Condition, Option<Evidence>)> {
        self.conditions.iter().map(|condition| (condition, condition.look(read))).collect()
    }
}
