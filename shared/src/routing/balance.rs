//! Chooses who in a team gets the next conversation.

use super::router::Assignment;
use crate::ids::AgentId;
use crate::protocol::Millis;
use std::cmp::Ordering;

/// How one agent of the team is placed now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Who.
    pub agent: AgentId,
    /// Whether they are there to answer.
    pub present: bool,
    /// At how many conversations they are, of any team: what was answered and is quiet does not count.
    pub at_once: u32,
    /// How many they are given at most.
    pub capacity: u32,
    /// When they were last given one.
    pub last_given: Option<Millis>,
}

/// The agent who gets it: the one it is for if they can, else the one with the most room; nobody if it waits in the list.
pub fn settle(assign: &Assignment, seats: &[Seat]) -> Option<AgentId> {
    match assign {
        Assignment::Queue => None,
        Assignment::Balance => pick(seats),
        Assignment::Agent(agent) => {
            let theirs = seats.iter().find(|seat| seat.agent == *agent && seat.has_room());
            theirs.map(|seat| seat.agent.clone()).or_else(|| pick(seats))
        }
    }
}

/// Who has the most room: of those present and not full, the least part of their capacity in use, then the longest
/// without a new conversation, then the first by id. The order of the seats does not matter.
pub fn pick(seats: &[Seat]) -> Option<AgentId> {
    let best = seats.iter().filter(|seat| seat.has_room()).min_by(|a, b| a.compare(b));
    best.map(|seat| seat.agent.clone())
}

impl Seat {
    fn has_room(&self) -> bool {
        self.present && self.at_once < self.capacity
    }

    /// Who comes first. Shares are compared by products: no rounding, so that equal shares are equal.
    fn compare(&self, other: &Self) -> Ordering {
        let product = |at_once: u32, capacity: u32| u64::from(at_once) * u64::from(capacity);
        product(self.at_once, other.capacity)
            .cmp(&product(other.at_once, self.capacity))
            .then_with(|| self.last_given.cmp(&other.last_given))
            .then_with(|| self.agent.cmp(&other.agent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agent(letter: char) -> AgentId {
        AgentId::parse(&letter.to_string().repeat(22)).unwrap()
    }

    /// `(letter, present, at once, capacity, last given)`.
    fn seats(rows: &[(char, bool, u32, u32, Option<Millis>)]) -> Vec<Seat> {
        let seat = |&(letter, present, at_once, capacity, last_given): &(char, bool, u32, u32, Option<Millis>)| Seat {
            agent: agent(letter),
            present,
            at_once,
            capacity,
            last_given,
        };
        rows.iter().map(seat).collect()
    }

    fn check(rows: &[(char, bool, u32, u32, Option<Millis>)], expected: Option<char>) {
        let mut seats = seats(rows);
        assert_eq!(pick(&seats), expected.map(agent), "{rows:?}");
        seats.reverse();
        assert_eq!(pick(&seats), expected.map(agent), "{rows:?} in another order");
    }

    #[test]
    fn the_least_part_of_a_capacity_in_use_comes_first() {
        check(&[('a', true, 2, 4, None), ('b', true, 3, 10, None)], Some('b'));
        check(&[('a', true, 0, 1, None), ('b', true, 1, 100, None)], Some('a'));
        check(&[('a', true, u32::MAX - 1, u32::MAX, None), ('b', true, 1, 2, None)], Some('b'));
    }

    #[test]
    fn of_equals_the_one_who_waited_longest_comes_first_and_then_the_id() {
        check(&[('a', true, 1, 2, Some(9)), ('b', true, 2, 4, Some(5))], Some('b'));
        check(&[('a', true, 1, 2, Some(9)), ('b', true, 1, 2, None)], Some('b'));
        check(&[('b', true, 1, 2, Some(9)), ('a', true, 1, 2, Some(9))], Some('a'));
    }

    #[test]
    fn who_is_away_or_full_gets_nothing() {
        check(&[('a', false, 0, 5, None), ('b', true, 4, 5, None)], Some('b'));
        check(&[('a', true, 5, 5, None), ('b', true, 6, 5, None), ('c', true, 0, 0, None)], None);
        check(&[], None);
    }

    #[test]
    fn a_wanted_agent_gets_it_unless_they_cannot() {
        let wanted = Assignment::Agent(agent('a'));
        assert_eq!(settle(&wanted, &seats(&[('a', true, 4, 5, None), ('b', true, 0, 5, None)])), Some(agent('a')));
        assert_eq!(settle(&wanted, &seats(&[('a', false, 0, 5, None), ('b', true, 0, 5, None)])), Some(agent('b')));
        assert_eq!(settle(&Assignment::Queue, &seats(&[('b', true, 0, 5, None)])), None);
    }

    #[test]
    fn a_day_of_conversations_is_shared_by_capacity() {
        let mut team = seats(&[('a', true, 0, 2, None), ('b', true, 0, 4, None), ('c', true, 0, 6, None)]);
        for now in 0..12 {
            let chosen = pick(&team).unwrap();
            let seat = team.iter_mut().find(|seat| seat.agent == chosen).unwrap();
            seat.at_once += 1;
            seat.last_given = Some(now);
            // At no time is anybody more than one conversation ahead of their share.
            let given: u32 = team.iter().map(|seat| seat.at_once).sum();
            assert!(team.iter().all(|seat| seat.at_once * 12 <= given * seat.capacity + 12), "{team:?}");
        }
        assert_eq!(pick(&team), None);
    }
}
