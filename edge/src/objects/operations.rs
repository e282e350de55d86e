//! How the workspace's team works, as its owner has published it: teams, routing rules, office hours and promises.

use super::agents;
use super::documents::{operations, settings};
use crate::calls::workspace::{Routed, WorkspaceTerms};
use crate::failure::Failure;
use shared::protocol::{Colleague, ErrorCode, Roster, TeamLine};
use shared::routing::{Case, Decision, Explanation};
use shared::settings::DEFAULT_RETENTION_DAYS;
use worker::Storage;

/// What holds for every conversation.
pub(super) fn terms(storage: &Storage) -> Result<WorkspaceTerms, Failure> {
    let operations = operations(storage)?;
    Ok(WorkspaceTerms {
        retention_days: settings(storage)?.retention_days.unwrap_or(DEFAULT_RETENTION_DAYS),
        rules_come_first: operations.rules.iter().any(|rule| rule.then.is_before_assistant()),
        promises: operations.deadlines,
        hours: operations.hours,
    })
}

/// Where a conversation belongs; escalations if no rule says so or none can be used.
pub(super) fn route(storage: &Storage, case: &Case) -> Result<Routed, Failure> {
    let operations = operations(storage)?;
    let decision = match operations.ready() {
        Ok((ready, _)) => ready.router.route(case),
        Err(_) => Decision::default(),
    };
    let team = operations.teams.into_iter().find(|team| Some(&team.id) == decision.team.as_ref());
    Ok(Routed { decision, members: team.map(|team| team.members).unwrap_or_default() })
}

/// Why a case goes where it goes, rule by rule.
pub(super) fn explain(storage: &Storage, case: &Case) -> Result<Explanation, Failure> {
    let operations = operations(storage)?;
    match operations.ready() {
        Ok((ready, _)) => Ok(ready.router.explain(case)),
        // Operations that cannot be used are not published.
        Err(_) => Err(ErrorCode::Internal.into()),
    }
}

/// Everybody who can be given a conversation. The inbox knows who is present.
pub(super) fn roster(storage: &Storage) -> Result<Roster, Failure> {
    let agents = agents::all(storage)?.into_iter();
    let teams = operations(storage)?.teams.into_iter().map(|team| TeamLine {
        id: team.id,
        name: team.name,
        members: team.members.into_iter().map(|member| member.agent).collect(),
    });
    Ok(Roster {
        agents: agents.map(|me| Colleague { id: me.id, name: me.name, present: false, away: false, open: 0 }).collect(),
        teams: teams.collect(),
    })
}
