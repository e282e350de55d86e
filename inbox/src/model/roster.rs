//! Who is in the team, as the inbox names them.

use super::lists::{List, Lists};
use shared::ids::{AgentId, TeamId};
use shared::protocol::{Destination, Roster};

/// An agent's name; none if the roster has not come, or if they have left.
pub(crate) fn agent_name<'a>(roster: &'a Roster, id: &AgentId) -> Option<&'a str> {
    roster.agents.iter().find(|colleague| colleague.id == *id).map(|colleague| colleague.name.as_str())
}

/// A team's name, or its id where nothing better is known.
pub(crate) fn team_name<'a>(roster: &'a Roster, id: &'a TeamId) -> &'a str {
    roster.teams.iter().find(|team| team.id == *id).map_or(id.as_str(), |team| &team.name)
}

/// Whether somebody is in the team that a place is of. Escalations are everybody's.
pub(crate) fn is_in(roster: &Roster, id: &AgentId, place: &Destination) -> bool {
    match place {
        Destination::Escalations => true,
        Destination::Team(team) => roster.teams.iter().any(|line| line.id == *team && line.members.contains(id)),
    }
}

/// Every list, in the order in which they are shown. A team that is no longer published keeps its list for as long as
/// something lies in it: nothing may be outside.
pub(crate) fn every_list(roster: &Roster, lists: &Lists) -> Vec<List> {
    let mut teams: Vec<TeamId> = roster.teams.iter().map(|team| team.id.clone()).collect();
    for team in lists.teams() {
        if !teams.contains(&team) {
            teams.push(team);
        }
    }
    let teams = teams.into_iter().map(List::Team);
    List::BEFORE_TEAMS.into_iter().chain(teams).chain(List::AFTER_TEAMS).collect()
}

/// The names of a team's members, in the roster's order.
pub(crate) fn members(roster: &Roster, members: &[AgentId]) -> Vec<String> {
    let is_member = |id: &AgentId| members.contains(id);
    roster.agents.iter().filter(|agent| is_member(&agent.id)).map(|agent| agent.name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::{ada_id, agent, roster, team, whole};

    #[test]
    fn a_team_that_is_no_longer_published_is_shown_while_something_lies_in_it() {
        let mut lists = Lists::default();
        let names = |lists: &Lists| -> Vec<String> {
            every_list(&roster(), lists).iter().map(List::slug).skip(4).take_while(|slug| slug != "automatic").collect()
        };
        assert_eq!(names(&lists), ["team/billing", "team/eu.delivery"]);
        lists.take(whole(&[(List::Team(team("old")), 1)]));
        assert_eq!(names(&lists), ["team/billing", "team/eu.delivery", "team/old"]);
    }

    #[test]
    fn who_is_not_known_has_no_name_and_a_team_at_least_its_id() {
        let roster = roster();
        assert_eq!(agent_name(&roster, &ada_id()), Some("Ada"));
        assert_eq!(agent_name(&roster, &agent('Z')), None);
        assert_eq!(team_name(&roster, &team("billing")), "Billing");
        assert_eq!(team_name(&roster, &team("old")), "old");
        assert_eq!(members(&roster, &[agent('C'), ada_id(), agent('Z')]), ["Ada", "Ben"]);
    }

    #[test]
    fn escalations_are_everybodys_and_a_team_is_its_members() {
        let roster = roster();
        for (id, place, expected) in [
            (ada_id(), Destination::Escalations, true),
            (ada_id(), Destination::Team(team("billing")), true),
            (agent('C'), Destination::Team(team("billing")), false),
            (ada_id(), Destination::Team(team("old")), false),
        ] {
            assert_eq!(is_in(&roster, &id, &place), expected, "{place:?}");
        }
    }
}
