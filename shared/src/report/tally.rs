//! What the events of one conversation count for.

use super::counters::Funnel;
use super::fact::{By, Fact, Score, Survey};
use crate::conversation::{Reminded, State};
use crate::deadlines::{Kind, Terms};
use crate::ids::{AnswerId, ArticleId, EventId, TeamId};
use crate::protocol::{self, Author, Context, Destination, Event, Millis, Placement, Priority, Resurface, Shown, What};
use std::collections::BTreeMap;

/// A fold over a conversation's events, like its state: it holds what is needed to report each fact once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// What the assistant asked about, by the event that asks.
    asked_about: BTreeMap<EventId, Subject>,
    /// What the conversation is about, by what was given or suggested first.
    first_subject: Option<String>,
    /// What has solved it, as long as it is solved.
    solved_by: Option<By>,
    /// What the visitor said that helped.
    helped_by: Option<By>,
    /// What was counted of each article, so that a device that forgets what it has told counts nothing twice.
    counted: BTreeMap<ArticleId, Funnel>,
    /// The topic in which the visitor's scores are counted, whatever the conversation is called later.
    rated_in: Option<String>,
    reassigned: bool,
    /// What the conversation is called from here on.
    named: Option<String>,
    /// When the question was asked: it is counted on that day, whatever it is called later.
    asked_at: Millis,
    /// Whether somebody of the team has done something since people have it.
    looked_at: bool,
}

/// The most articles of a conversation that are counted: nobody looks at more, and made-up articles cannot fill the report.
const MAX_ARTICLES: usize = 50;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Subject {
    Answer(AnswerId),
    Articles(Vec<ArticleId>),
}

/// The topic of what nothing is known about.
pub const OTHER: &str = "other";

impl Tally {
    /// Takes the next event, before which the state was `before`, and tells what it counts for.
    pub fn take(&mut self, before: &State, event: &Event, terms: &Terms) -> Vec<Fact> {
        let mut facts = Vec::new();
        let suggested: Vec<ArticleId> = self.counted.keys().cloned().collect();
        if event.seq == 1 {
            self.asked_at = event.at;
            facts.push(Fact::Asked);
        }
        facts.extend(self.looked(before, &event.by));
        match &event.what {
            What::Context(context) => facts.extend(self.tried(context)),
            What::Said { .. } => facts.extend(reply(before, event, terms)),
            What::Answered { answer, .. } => self.asks_about(&event.id, Subject::Answer(answer.clone())),
            What::Suggested { articles } => {
                let articles: Vec<ArticleId> = articles.iter().map(|article| article.id.clone()).collect();
                facts.extend(articles.iter().filter_map(|article| self.shown(article)));
                self.asks_about(&event.id, Subject::Articles(articles));
            }
            What::Helped { about, yes, .. } => facts.extend(self.helped(about, *yes)),
            What::HandedOff { place, .. } => facts.extend(self.handed_off(before, place, &event.by)),
            What::Assigned { place } => facts.extend(self.assigned(before, place, &event.by)),
            What::Resolved => {
                let by = if event.by == Author::Visitor { self.helped_by.take() } else { None }.unwrap_or(By::Person);
                self.solved_by = Some(by.clone());
                facts.push(Fact::Solved { by });
            }
            What::Reopened => facts.extend(self.solved_by.take().map(|by| Fact::Reopened { by })),
            What::Rated { survey, score, .. } => {
                self.rated_in = Some(self.topic_of_scores(before));
                facts.extend(rated(before, *survey, *score));
            }
            What::Resurfaced { because: Resurface::ReplyLate } => facts.extend(late(before)),
            What::FoundNothing | What::Snoozed { .. } | What::Resurfaced { .. } => {}
            What::AddressLeft { .. } | What::Unseen => {}
        }
        self.name(event, suggested, facts)
    }

    /// Calls the conversation by what was offered first, or as the rules have labelled it. What was counted before, which is the
    /// question and what was suggested, is counted under that name instead. A count under another name can only be moved
    /// once: from there on the name stays.
    fn name(&mut self, event: &Event, suggested: Vec<ArticleId>, facts: Vec<Fact>) -> Vec<Fact> {
        if self.named.is_some() {
            return facts;
        }
        let label = match &event.what {
            What::HandedOff { place, .. } => place.tags.first(),
            What::Assigned { place } if event.by == Author::System => place.tags.first(),
            _ => None,
        };
        self.named = self.first_subject.clone().or_else(|| label.cloned());
        if self.named.is_none() {
            let is_open = |fact: &Fact| matches!(fact, Fact::Asked | Fact::Shown { .. });
            self.named = (!facts.iter().all(is_open)).then(|| String::from(OTHER));
        }
        let moves = event.seq > 1 && self.named.as_ref().is_some_and(|name| name != OTHER);
        if !moves {
            return facts;
        }
        let mut moved = vec![Fact::AskedElsewhere, Fact::Asked];
        for article in suggested {
            moved.extend([Fact::ShownElsewhere { article: article.clone() }, Fact::Shown { article }]);
        }
        moved.into_iter().chain(facts).collect()
    }

    /// When a fact of an event is counted.
    pub fn counted_at(&self, fact: &Fact, at: Millis) -> Millis {
        if matches!(fact, Fact::Asked | Fact::AskedElsewhere | Fact::ShownElsewhere { .. }) {
            self.asked_at
        } else {
            at
        }
    }

    fn looked(&mut self, before: &State, by: &Author) -> Option<Fact> {
        let looks = before.hand_off.is_some() && matches!(by, Author::Agent { .. }) && !self.looked_at;
        self.looked_at |= looks;
        looks.then_some(Fact::LookedAt)
    }

    /// Where a hand-off has come to lie that the routing rules have looked at and no event tells of.
    pub fn stays(&self, place: &Placement) -> Fact {
        Fact::HandedOff { team: team(place), first: true }
    }

    /// What a fact is about: the answer or article that was given or suggested first, else the conversation's first label.
    pub fn topic(&self, state: &State, fact: &Fact) -> String {
        match fact {
            Fact::Rated { .. } => self.topic_of_scores(state),
            Fact::AskedElsewhere | Fact::ShownElsewhere { .. } => String::from(OTHER),
            _ => self.topic_now(state),
        }
    }

    fn topic_of_scores(&self, state: &State) -> String {
        self.rated_in.clone().unwrap_or_else(|| self.topic_now(state))
    }

    fn topic_now(&self, state: &State) -> String {
        let label = || state.hand_off.as_ref().and_then(|hand_off| hand_off.place.tags.first().cloned());
        let name = self.named.clone().or_else(|| self.first_subject.clone());
        name.or_else(label).unwrap_or_else(|| String::from(OTHER))
    }

    /// The articles that were suggested before the message was sent. What helped then was counted then, with the resolution.
    fn tried(&mut self, now: &Context) -> Vec<Fact> {
        let mut facts = Vec::new();
        for shown in now.shown.iter().filter(|shown| shown.helped != Some(true)) {
            let article = &shown.article.id;
            facts.extend(self.shown(article));
            if shown.opened
                && let Some(funnel) = self.counted.get_mut(article)
                && funnel.opened == 0
            {
                funnel.opened = 1;
                self.first_subject.get_or_insert_with(|| String::from(article.as_str()));
                facts.push(Fact::Opened { article: article.clone() });
            }
        }
        facts
    }

    fn shown(&mut self, article: &ArticleId) -> Option<Fact> {
        if self.counted.contains_key(article) || self.counted.len() >= MAX_ARTICLES {
            return None;
        }
        self.counted.insert(article.clone(), Funnel { shown: 1, ..Funnel::default() });
        Some(Fact::Shown { article: article.clone() })
    }

    fn escalated(&mut self, article: &ArticleId) -> Option<Fact> {
        let funnel = self.counted.get_mut(article).filter(|funnel| funnel.escalated == 0)?;
        funnel.escalated = 1;
        Some(Fact::Escalated { article: article.clone() })
    }

    fn asks_about(&mut self, event: &EventId, subject: Subject) {
        let first = match &subject {
            Subject::Answer(answer) => Some(answer.as_str()),
            Subject::Articles(articles) => articles.first().map(ArticleId::as_str),
        };
        if let (None, Some(first)) = (&self.first_subject, first) {
            self.first_subject = Some(String::from(first));
        }
        self.asked_about.insert(event.clone(), subject);
    }

    fn helped(&mut self, about: &EventId, yes: bool) -> Vec<Fact> {
        match (self.asked_about.get(about).cloned(), yes) {
            (Some(Subject::Articles(articles)), true) => self.helped_by = articles.first().cloned().map(By::Suggestion),
            (Some(Subject::Answer(_)), true) => self.helped_by = Some(By::Answer),
            (Some(Subject::Articles(articles)), false) => {
                return articles.iter().filter_map(|article| self.escalated(article)).collect();
            }
            (Some(Subject::Answer(_)), false) | (None, _) => {}
        }
        Vec::new()
    }

    /// A conversation is handed off once; who asks again stays where it lies. The routing rules look at a hand-off that nobody
    /// placed, and it is counted when they have.
    fn handed_off(&mut self, before: &State, place: &Placement, by: &Author) -> Vec<Fact> {
        if before.hand_off.is_some() {
            return Vec::new();
        }
        let in_vain: Vec<&Shown> = before.context.shown.iter().filter(|shown| is_in_vain(shown)).collect();
        let mut facts: Vec<Fact> = in_vain.into_iter().filter_map(|shown| self.escalated(&shown.article.id)).collect();
        if team(place).is_some() || matches!(by, Author::Agent { .. }) {
            facts.push(self.stays(place));
        }
        facts
    }

    fn assigned(&mut self, before: &State, place: &Placement, by: &Author) -> Option<Fact> {
        if *by == Author::System {
            // From a team's list to somebody of it is no hand-off: that was counted when it came there.
            let comes = before.hand_off.as_ref().is_none_or(|hand_off| team(&hand_off.place).is_none());
            return comes.then(|| self.stays(place));
        }
        let from = before.hand_off.as_ref().and_then(|hand_off| team(&hand_off.place))?;
        let first = !self.reassigned;
        (team(place) != Some(from)).then(|| {
            self.reassigned = true;
            Fact::Reassigned { first }
        })
    }
}

/// An article that was read and did not end the matter.
fn is_in_vain(shown: &Shown) -> bool {
    shown.opened && shown.helped != Some(true)
}

fn team(place: &Placement) -> Option<TeamId> {
    match &place.to {
        Destination::Team(team) => Some(team.clone()),
        Destination::Escalations => None,
    }
}

/// A promise that was not kept.
fn late(before: &State) -> Option<Fact> {
    before.waiting_since?;
    Some(Fact::Late { priority: priority(before), first: before.awaited() == Kind::First })
}

fn priority(state: &State) -> Priority {
    state.hand_off.as_ref().map(|hand_off| hand_off.place.priority).unwrap_or_default()
}

/// A person's answer to a visitor who waits.
fn reply(before: &State, event: &Event, terms: &Terms) -> Option<Fact> {
    let (Author::Agent { .. }, Some(since)) = (&event.by, before.waiting_since) else { return None };
    let after: Millis = terms.working.between(since, event.at);
    let due = before.appointment(terms).and_then(|appointment| appointment.due);
    // A promise that has passed was counted when it did.
    let kept = due.filter(|_| before.waiting_told != Reminded::Late).map(|due| event.at <= due);
    let priority = priority(before);
    Some(match before.awaited() {
        Kind::First => Fact::FirstReply { after, priority, kept },
        Kind::Next => Fact::NextReply { after, priority, kept },
    })
}

fn rated(before: &State, survey: protocol::Survey, score: u8) -> Option<Fact> {
    let old = before.ratings.iter().find(|rating| rating.survey == survey);
    Some(Fact::Rated {
        survey: match survey {
            protocol::Survey::Satisfaction => Survey::Csat,
            protocol::Survey::Effort => Survey::Ces,
        },
        score: Score::new(score)?,
        instead_of: old.and_then(|old| Score::new(old.score)),
        automated: !before.person_joined,
    })
}
