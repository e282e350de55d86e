//! The sums of a day and a topic, or of many.

use super::fact::{By, Fact, Survey};
use super::histogram::Histogram;
use super::load::Load;
use super::scores::Scores;
use crate::ids::{AgentId, ArticleId, TeamId};
use crate::routing::Priority;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counters {
    /// Questions.
    pub asked: u64,
    /// Of these, counted under another name since: `settle` takes them off.
    pub asked_elsewhere: u64,
    /// Solved, by what.
    pub solved: Means,
    /// Of these, not solved after all.
    pub reopened: Means,
    /// Conversations that were given to people.
    pub handed_off: u64,
    /// Of these, to escalations.
    pub escalations: u64,
    /// Of these, to which team.
    pub teams: BTreeMap<TeamId, u64>,
    /// Conversations that went to a wrong team first.
    pub misrouted: u64,
    /// Conversations that were given to people and that somebody of the team has done something about.
    pub looked_at: u64,
    /// Of these, which somebody has moved to another team.
    pub looked_wrong: u64,
    /// Satisfaction where no person was in it.
    pub csat_automated: Scores,
    /// Satisfaction where one was.
    pub csat_people: Scores,
    /// Ease where no person was in it.
    pub ces_automated: Scores,
    /// Ease where one was.
    pub ces_people: Scores,
    /// Working time until the first reply.
    pub first_reply: Histogram,
    /// Working time until each reply after it.
    pub next_reply: Histogram,
    /// Promises of a first reply, by priority.
    pub first_kept: BTreeMap<Priority, Kept>,
    /// Promises of a reply after it, by priority.
    pub next_kept: BTreeMap<Priority, Kept>,
    /// Time that an agent worked on a conversation at a stretch, of all agents.
    pub active: Histogram,
    /// The same in all, by agent, in milliseconds.
    pub active_by: BTreeMap<AgentId, u64>,
    /// Conversations at once, by agent.
    pub at_once: BTreeMap<AgentId, Load>,
    /// What became of suggestions, by article.
    pub suggestions: BTreeMap<ArticleId, Funnel>,
}

/// Counts by what solved a question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Means {
    /// By an article that was suggested.
    pub suggestion: u64,
    /// By a curated answer.
    pub answer: u64,
    /// By a flow.
    pub flow: u64,
    /// By a person.
    pub person: u64,
}

/// Promises.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Kept.
    pub kept: u64,
    /// Broken.
    pub broken: u64,
}

/// The way of a suggestion.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Funnel {
    /// Suggested.
    pub shown: u64,
    /// Of these, counted under another name since: `Counters::settle` takes them off.
    pub shown_elsewhere: u64,
    /// Opened from there.
    pub opened: u64,
    /// Solved it.
    pub solved: u64,
    /// Did not: a person was wanted.
    pub escalated: u64,
}

impl Counters {
    /// Counts a fact.
    pub fn record(&mut self, fact: &Fact) {
        match fact {
            Fact::Asked => add(&mut self.asked, 1),
            Fact::AskedElsewhere => add(&mut self.asked_elsewhere, 1),
            Fact::ShownElsewhere { article } => add(&mut self.suggestion(article).shown_elsewhere, 1),
            Fact::Shown { article } => add(&mut self.suggestion(article).shown, 1),
            Fact::Opened { article } => add(&mut self.suggestion(article).opened, 1),
            Fact::Escalated { article } => add(&mut self.suggestion(article).escalated, 1),
            Fact::Solved { by } => {
                if let By::Suggestion(article) = by {
                    add(&mut self.suggestion(article).solved, 1);
                }
                add(self.solved.of(by), 1);
            }
            Fact::Reopened { by } => add(self.reopened.of(by), 1),
            Fact::HandedOff { first: false, .. } | Fact::Reassigned { first: false } => {}
            Fact::HandedOff { team, first: true } => {
                add(&mut self.handed_off, 1);
                match team {
                    Some(team) => add(self.teams.entry(team.clone()).or_default(), 1),
                    None => add(&mut self.escalations, 1),
                }
            }
            Fact::LookedAt => add(&mut self.looked_at, 1),
            Fact::Reassigned { first: true } => {
                add(&mut self.misrouted, 1);
                add(&mut self.looked_wrong, 1);
            }
            Fact::Late { priority, first } => {
                let kept = if *first { &mut self.first_kept } else { &mut self.next_kept };
                record_promise(kept, *priority, Some(false));
            }
            Fact::Rated { survey, score, instead_of, automated } => {
                self.scores(*survey, *automated).record(*score, *instead_of);
            }
            Fact::FirstReply { after, priority, kept } => {
                self.first_reply.record(*after);
                record_promise(&mut self.first_kept, *priority, *kept);
            }
            Fact::NextReply { after, priority, kept } => {
                self.next_reply.record(*after);
                record_promise(&mut self.next_kept, *priority, *kept);
            }
            Fact::Active { agent, span } => {
                self.active.record(*span);
                add(self.active_by.entry(agent.clone()).or_default(), *span);
            }
            Fact::AtOnce { agent, open, span } => {
                self.at_once.entry(agent.clone()).or_default().record(*open, *span);
            }
        }
    }

    /// Takes off what is counted under another name.
    pub fn settle(&mut self) {
        self.asked = self.asked.saturating_sub(std::mem::take(&mut self.asked_elsewhere));
        for way in self.suggestions.values_mut() {
            way.shown = way.shown.saturating_sub(std::mem::take(&mut way.shown_elsewhere));
        }
        self.suggestions.retain(|_, way| *way != Funnel::default());
    }

    /// Adds what was counted elsewhere. The other is taken apart by name, so that a new counter cannot be left out.
    pub fn merge(&mut self, other: &Self) {
        let Self {
            asked,
            asked_elsewhere,
            solved,
            reopened,
            handed_off,
            escalations,
            teams,
            misrouted,
            looked_at,
            looked_wrong,
            csat_automated,
            csat_people,
            ces_automated,
            ces_people,
            first_reply,
            next_reply,
            first_kept,
            next_kept,
            active,
            active_by,
            at_once,
            suggestions,
        } = other;
        add(&mut self.asked, *asked);
        add(&mut self.asked_elsewhere, *asked_elsewhere);
        self.solved.merge(solved);
        self.reopened.merge(reopened);
        add(&mut self.handed_off, *handed_off);
        add(&mut self.escalations, *escalations);
        merge_maps(&mut self.teams, teams, |sum, more| add(sum, *more));
        add(&mut self.misrouted, *misrouted);
        add(&mut self.looked_at, *looked_at);
        add(&mut self.looked_wrong, *looked_wrong);
        self.csat_automated.merge(csat_automated);
        self.csat_people.merge(csat_people);
        self.ces_automated.merge(ces_automated);
        self.ces_people.merge(ces_people);
        self.first_reply.merge(first_reply);
        self.next_reply.merge(next_reply);
        merge_maps(&mut self.first_kept, first_kept, Kept::merge);
        merge_maps(&mut self.next_kept, next_kept, Kept::merge);
        self.active.merge(active);
        merge_maps(&mut self.active_by, active_by, |sum, more| add(sum, *more));
        merge_maps(&mut self.at_once, at_once, Load::merge);
        merge_maps(&mut self.suggestions, suggestions, Funnel::merge);
    }

    fn suggestion(&mut self, article: &ArticleId) -> &mut Funnel {
        self.suggestions.entry(article.clone()).or_default()
    }

    fn scores(&mut self, survey: Survey, automated: bool) -> &mut Scores {
        match (survey, automated) {
            (Survey::Csat, true) => &mut self.csat_automated,
            (Survey::Csat, false) => &mut self.csat_people,
            (Survey::Ces, true) => &mut self.ces_automated,
            (Survey::Ces, false) => &mut self.ces_people,
        }
    }
}

impl Means {
    fn of(&mut self, by: &By) -> &mut u64 {
        match by {
            By::Suggestion(_) => &mut self.suggestion,
            By::Answer => &mut self.answer,
            By::Flow => &mut self.flow,
            By::Person => &mut self.person,
        }
    }

    fn merge(&mut self, Self { suggestion, answer, flow, person }: &Self) {
        add(&mut self.suggestion, *suggestion);
        add(&mut self.answer, *answer);
        add(&mut self.flow, *flow);
        add(&mut self.person, *person);
    }
}

impl Kept {
    fn merge(&mut self, Self { kept, broken }: &Self) {
        add(&mut self.kept, *kept);
        add(&mut self.broken, *broken);
    }
}

impl Funnel {
    /// Adds what was counted elsewhere.
    pub fn merge(&mut self, Self { shown, shown_elsewhere, opened, solved, escalated }: &Self) {
        add(&mut self.shown, *shown);
        add(&mut self.shown_elsewhere, *shown_elsewhere);
        add(&mut self.opened, *opened);
        add(&mut self.solved, *solved);
        add(&mut self.escalated, *escalated);
    }
}

fn record_promise(sums: &mut BTreeMap<Priority, Kept>, priority: Priority, kept: Option<bool>) {
    let Some(kept) = kept else { return };
    let sum = sums.entry(priority).or_default();
    add(if kept { &mut sum.kept } else { &mut sum.broken }, 1);
}

fn merge_maps<K: Ord + Clone, V: Default>(sums: &mut BTreeMap<K, V>, other: &BTreeMap<K, V>, merge: fn(&mut V, &V)) {
    for (key, more) in other {
        merge(sums.entry(key.clone()).or_default(), more);
    }
}

/// Adds without an overflow; sums of what is never negative stay associative under it.
fn add(sum: &mut u64, more: u64) {
    *sum = sum.saturating_add(more);
}
