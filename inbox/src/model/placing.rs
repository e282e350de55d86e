//! Where a conversation lies, whose it is, and what an agent changes about that.

use super::order::in_order;
use super::roster::is_in;
use shared::client::Outbox;
use shared::conversation::State;
use shared::ids::{AgentId, ConversationId};
use shared::protocol::{AgentAction, AgentCommand, Destination, Placement, Priority, Roster, Summary};

/// One thing that an agent changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    /// Give it to somebody.
    Give(AgentId),
    /// Make it nobody's.
    Free,
    /// Put it into another list.
    Move(Destination),
    /// Sort it.
    Rank(Priority),
}

/// The most urgent first: who changes it wants it sooner more often than later.
pub(crate) const PRIORITIES: [Priority; 4] = [Priority::Urgent, Priority::High, Priority::Normal, Priority::Low];

/// The key of a priority's name in the locale file.
pub(crate) fn priority_key(priority: Priority) -> &'static str {
    match priority {
        Priority::Low => "priority_low",
        Priority::Normal => "priority_normal",
        Priority::High => "priority_high",
        Priority::Urgent => "priority_urgent",
    }
}

/// Where a conversation lies: as the last command on its way says, for a second change builds on the first; else as the
/// log says, else as the lists do. None while the assistant answers, and while nothing is known.
pub(crate) fn current(
    id: &ConversationId,
    outbox: &Outbox<AgentCommand>,
    state: Option<&State>,
    summary: Option<&Summary>,
) -> Option<Placement> {
    let on_its_way = outbox.of(id).filter_map(|item| match &item.command.action {
        AgentAction::Assign { place } => Some(place.clone()),
        _ => None,
    });
    on_its_way.last().or_else(|| match state {
        Some(state) if state.assistant_may_speak() => None,
        Some(state) => Some(state.hand_off.as_ref().map(|hand_off| hand_off.place.clone()).unwrap_or_default()),
        None => summary.and_then(Summary::placement),
    })
}

/// The place after a change; none if it changes nothing. A conversation that goes to another team keeps its agent only if they
/// are in that team: else nobody there would see that it is theirs to take.
pub(crate) fn changed(place: &Placement, change: &Change, roster: &Roster) -> Option<Placement> {
    let mut next = place.clone();
    match change {
        Change::Give(agent) => next.assignee = Some(agent.clone()),
        Change::Free => next.assignee = None,
        Change::Rank(priority) => next.priority = *priority,
        Change::Move(to) if *to != place.to => {
            next.to = to.clone();
            let is_theirs = |agent: &AgentId| *to != Destination::Escalations && is_in(roster, agent, to);
            next.assignee = next.assignee.filter(is_theirs);
        }
        Change::Move(_) => {}
    }
    (next != *place).then_some(next)
}

/// What is different about a place, for people to read.
pub(crate) fn differences(before: &Placement, after: &Placement) -> Vec<Change> {
    let moved = (before.to != after.to).then(|| Change::Move(after.to.clone()));
    let whose = (before.assignee != after.assignee).then(|| after.assignee.clone().map_or(Change::Free, Change::Give));
    let rank = (before.priority != after.priority).then_some(Change::Rank(after.priority));
    moved.into_iter().chain(whose).chain(rank).collect()
}

/// What can be changed about a place, the likeliest first: whose it is (who is there and has least comes first), where it lies,
/// how soon it wants an answer. A change that changes nothing is left out.
pub(crate) fn offers(place: Option<&Placement>, roster: &Roster, me: &AgentId) -> Vec<Change> {
    let has = |agent: &AgentId| place.is_some_and(|place| place.assignee.as_ref() == Some(agent));
    let others: Vec<_> = roster.agents.iter().filter(|other| other.id != *me).collect();
    let others = in_order(others, |other| (u64::from(!other.present), u64::from(other.open)));
    let people = std::iter::once(me).chain(others.into_iter().map(|other| &other.id));
    let give = people.filter(|agent| !has(agent)).cloned().map(Change::Give);
    let free = place.is_some_and(|place| place.assignee.is_some()).then_some(Change::Free);
    let teams = roster.teams.iter().map(|team| Destination::Team(team.id.clone()));
    let lists = teams.chain([Destination::Escalations]).filter(|to| place.is_none_or(|place| place.to != *to));
    let ranks =
        PRIORITIES.into_iter().filter(|priority| *priority != place.map(|place| place.priority).unwrap_or_default());
    give.chain(free).chain(lists.map(Change::Move)).chain(ranks.map(Change::Rank)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::{ada_id, agent, conversation, event_id, placed, roster, summary, team};
    use shared::client::Pending;
    use shared::protocol::Status;

    fn check(place: &Placement, change: &Change, to: &str, assignee: Option<AgentId>) {
        let next = changed(place, change, &roster()).unwrap();
        let list = match &next.to {
            Destination::Escalations => "",
            Destination::Team(team) => team.as_str(),
        };
        assert_eq!((list, next.assignee), (to, assignee), "{change:?}");
    }

    fn move_to(id: &str) -> Change {
        Change::Move(Destination::Team(team(id)))
    }

    #[test]
    fn what_goes_to_another_team_stays_only_with_one_of_its_own() {
        let of = |assignee| Placement { assignee: Some(assignee), ..Placement::default() };
        check(&of(ada_id()), &move_to("billing"), "billing", Some(ada_id()));
        check(&of(agent('C')), &move_to("billing"), "billing", None);
        let in_billing = Placement { to: Destination::Team(team("billing")), ..of(ada_id()) };
        check(&in_billing, &Change::Move(Destination::Escalations), "", None);
        check(&in_billing, &Change::Give(agent('C')), "billing", Some(agent('C')));
        check(&in_billing, &Change::Free, "billing", None);
        check(&in_billing, &Change::Rank(Priority::High), "billing", Some(ada_id()));
    }

    #[test]
    fn what_changes_nothing_is_not_sent_and_tags_are_kept() {
        let place = Placement { assignee: Some(ada_id()), tags: vec!["vat".into()], ..Placement::default() };
        for change in [Change::Give(ada_id()), Change::Move(Destination::Escalations), Change::Rank(Priority::Normal)] {
            assert_eq!(changed(&place, &change, &roster()), None, "{change:?}");
        }
        assert_eq!(changed(&place, &Change::Free, &roster()).unwrap().tags, ["vat"]);
    }

    #[test]
    fn a_second_change_builds_on_the_one_that_is_on_its_way() {
        let id = conversation('a');
        let (mut outbox, summary) =
            (Outbox::default(), placed(summary('a', 1, Status::Waiting, Some(1), 1), "old", None));
        let now = |outbox: &Outbox<AgentCommand>| current(&id, outbox, None, Some(&summary));
        assert_eq!(now(&outbox).unwrap().to, Destination::Team(team("old")));
        for (command, priority) in [("p1", Priority::High), ("p2", Priority::Urgent)] {
            let place = changed(&now(&outbox).unwrap(), &Change::Rank(priority), &roster()).unwrap();
            let command = AgentCommand { id: event_id(command), action: AgentAction::Assign { place }, seen: None };
            outbox.add(Pending::new(id.clone(), 1, command));
        }
        assert_eq!(now(&outbox).unwrap().priority, Priority::Urgent);
        assert_eq!(now(&outbox).unwrap().to, Destination::Team(team("old")));
    }

    #[test]
    fn what_is_different_is_what_was_changed() {
        let before = Placement { assignee: Some(ada_id()), ..Placement::default() };
        assert_eq!(differences(&before, &before), []);
        for change in [Change::Give(agent('C')), Change::Free, Change::Rank(Priority::Low)] {
            let after = changed(&before, &change, &roster()).unwrap();
            assert_eq!(differences(&before, &after), [change]);
        }
        let after = changed(&before, &move_to("eu/delivery"), &roster()).unwrap();
        assert_eq!(differences(&before, &after), [move_to("eu/delivery"), Change::Free]);
    }

    #[test]
    fn what_is_so_already_is_not_offered() {
        let roster = roster();
        let place = Placement {
            to: Destination::Team(team("billing")),
            assignee: Some(agent('C')),
            priority: Priority::Urgent,
            tags: Vec::new(),
        };
        let expected = [
            Change::Give(ada_id()),
            Change::Free,
            move_to("eu/delivery"),
            Change::Move(Destination::Escalations),
            Change::Rank(Priority::High),
            Change::Rank(Priority::Normal),
            Change::Rank(Priority::Low),
        ];
        assert_eq!(offers(Some(&place), &roster, &ada_id()), expected);
    }

    #[test]
    fn who_is_there_and_has_least_is_offered_first() {
        let mut roster = roster();
        for (letter, present, open) in [('D', true, 5), ('E', true, 0)] {
            let colleague =
                shared::protocol::Colleague { id: agent(letter), name: "X".into(), present, away: false, open };
            roster.agents.push(colleague);
        }
        let gives: Vec<_> = offers(None, &roster, &ada_id()).into_iter().take(4).collect();
        assert_eq!(gives, [ada_id(), agent('E'), agent('D'), agent('C')].map(Change::Give));
    }

    #[test]
    fn what_the_assistant_answers_lies_with_nobody() {
        let id = conversation('a');
        let automatic = summary('a', 1, Status::Automatic, None, 1);
        assert_eq!(current(&id, &Outbox::default(), None, Some(&automatic)), None);
        assert_eq!(current(&id, &Outbox::default(), Some(&State::default()), None), None);
        let joined = State { person_joined: true, ..State::default() };
        assert_eq!(current(&id, &Outbox::default(), Some(&joined), Some(&automatic)), Some(Placement::default()));
    }
}
