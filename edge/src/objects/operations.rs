//! How the workspace's team works, as its owner has published it: teams, routing rules, office hours and promises.

use super::agents;
use super::content::settings;
use crate::failure::Failure;
use crate::platform::now;
use serde::{Deserialize, Serialize};
use shared::deadlines::{self, Promises};
use shared::hours::{AroundTheClock, Office, Schedule, expected_reply};
use shared::protocol::{Colleague, DEFAULT_RETENTION_DAYS, ErrorCode, Expected, Millis, Roster, TeamLine};
use shared::routing::{Case, Decision, Explanation, Member};
use std::sync::Arc;
use worker::Storage;

/// Where a conversation belongs by the rules, and among whom a person of the team is chosen.
#[derive(Serialize, Deserialize)]
pub(crate) struct Routed {
    pub(crate) decision: Decision,
    pub(crate) members: Vec<Member>,
}

/// What holds for every conversation of a workspace.
#[derive(Serialize, Deserialize)]
pub(crate) struct Terms {
    /// For how many days a quiet conversation is kept.
    pub(crate) retention_days: u32,
    /// How soon people are answered.
    pub(crate) promises: Promises,
    /// When people are there; always, if none.
    pub(crate) hours: Option<Schedule>,
}

impl Terms {
    /// What waiting is measured by. A schedule is proven before it is published; one that cannot be read all the same
    /// counts as being there always, so that nobody's wait is hidden.
    pub(crate) fn of_waiting(&self) -> deadlines::Terms {
        let office = self.hours.as_ref().and_then(|schedule| Office::new(schedule).ok());
        let promises = self.promises.clone();
        match office {
            Some((office, _)) => deadlines::Terms { promises, working: Arc::new(office) },
            None => deadlines::Terms { promises, working: Arc::new(AroundTheClock) },
        }
    }

    /// When a reply is to be expected, after the last replies took so long, the newest first.
    pub(crate) fn expected(&self, replies: &[Millis]) -> Expected {
        expected_reply(self.of_waiting().working.as_ref(), replies, now())
    }
}

/// What holds for every conversation.
pub(super) fn terms(storage: &Storage) -> Result<Terms, Failure> {
    let settings = settings(storage)?;
    let operations = settings.operations.unwrap_or_default();
    Ok(Terms {
        retention_days: settings.retention_days.unwrap_or(DEFAULT_RETENTION_DAYS),
        promises: operations.deadlines,
        hours: operations.hours,
    })
}

/// Where a conversation belongs; escalations if no rule says so or none can be used.
pub(super) fn route(storage: &Storage, case: &Case) -> Result<Routed, Failure> {
    let operations = settings(storage)?.operations.unwrap_or_default();
    let decision = match operations.ready() {
        Ok((ready, _)) => ready.router.route(case),
        Err(_) => Decision::default(),
    };
    let team = operations.teams.into_iter().find(|team| Some(&team.id) == decision.team.as_ref());
    Ok(Routed { decision, members: team.map(|team| team.members).unwrap_or_default() })
}

/// Why a case goes where it goes, rule by rule.
pub(super) fn explain(storage: &Storage, case: &Case) -> Result<Explanation, Failure> {
    let operations = settings(storage)?.operations.unwrap_or_default();
    match operations.ready() {
        Ok((ready, _)) => Ok(ready.router.explain(case)),
        // What cannot be used is not published.
        Err(_) => Err(ErrorCode::Internal.into()),
    }
}

/// Everybody who can be given a conversation. Who is there now is the inbox's to say.
pub(super) fn roster(storage: &Storage) -> Result<Roster, Failure> {
    let agents = agents::all(storage)?.into_iter();
    let teams = settings(storage)?.operations.unwrap_or_default().teams.into_iter().map(|team| TeamLine {
        id: team.id,
        name: team.name,
        members: team.members.into_iter().map(|member| member.agent).collect(),
    });
    Ok(Roster {
        agents: agents.map(|me| Colleague { id: me.id, name: me.name, present: false, open: 0 }).collect(),
        teams: teams.collect(),
    })
}
