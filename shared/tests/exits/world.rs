//! One conversation, what can happen to it, and the ghost that watches.

use shared::assistant::{Found, Message, Rules, VisitorContext, decide};
use shared::conversation::{Draft, State, next_time, on_agent, on_time, on_visitor, open_survey};
use shared::deadlines::Terms;
use shared::ids::{AgentId, AnswerId, ArticleId, EventId, TeamId};
use shared::protocol::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static RULES: LazyLock<Rules> = LazyLock::new(Rules::default);
/// With promises, so that a wait has all of its states: back before it is late, and late.
static TERMS: LazyLock<Terms> = LazyLock::new(|| {
    let promises =
        r#"{"targets": {"normal": {"first": {"share": 90, "within": 3600}, "next": {"share": 90, "within": 7200}}}}"#;
    Terms { promises: serde_json::from_str(promises).unwrap(), ..Terms::default() }
});

const HOUR: Millis = 60 * 60 * 1_000;

/// Everything that can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Move {
    SayKnown,
    SayHours,
    SayBoth,
    SayUnknown,
    SayPerson,
    SayCancel,
    SayNo,
    SayFromHelpCentre,
    SayAfterReading,
    AskPerson,
    Helped,
    NotHelped,
    NotHelpedByFirst,
    Rate,
    Reply,
    Resolve,
    Reopen,
    AssignTeam,
    AssignBack,
    Snooze,
    Wake,
    Assist,
    AssistInVain,
    RouteToTeam,
    Time,
    QuarterHour,
}

pub(crate) const MOVES: &[Move] = &[
    Move::SayKnown,
    Move::SayHours,
    Move::SayBoth,
    Move::SayUnknown,
    Move::SayPerson,
    Move::SayCancel,
    Move::SayNo,
    Move::SayFromHelpCentre,
    Move::SayAfterReading,
    Move::AskPerson,
    Move::Helped,
    Move::NotHelped,
    Move::NotHelpedByFirst,
    Move::Rate,
    Move::Reply,
    Move::Resolve,
    Move::Reopen,
    Move::AssignTeam,
    Move::AssignBack,
    Move::Snooze,
    Move::Wake,
    Move::Assist,
    Move::AssistInVain,
    Move::RouteToTeam,
    Move::Time,
    Move::QuarterHour,
];

/// Two messages on their way to the assistant show every order of things; more only repeat it.
const MAX_OWED: usize = 2;

/// One conversation.
#[derive(Debug, Clone, Default)]
pub(crate) struct World {
    pub(crate) state: State,
    pub(crate) events: Vec<Event>,
    pub(crate) ghost: Ghost,
    /// Messages that the assistant has not looked at.
    pub(crate) owed: Vec<(EventId, &'static str)>,
    now: Millis,
    ids: u32,
}

/// Remembers on its own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ghost {
    /// Whether a person was asked for or has joined.
    pub(crate) human: bool,
    /// What was automatically said or shown, or read by the visitor.
    said: BTreeSet<String>,
}

impl Ghost {
    pub(crate) fn sees(&mut self, event: &Event) {
        match &event.what {
            What::HandedOff { .. } => self.human = true,
            What::Said { .. } => self.human |= matches!(event.by, Author::Agent { .. }),
            What::Context(context) => {
                let shown = context.shown.iter().map(|shown| &shown.article.id);
                self.said.extend(shown.chain(&context.recent).map(|id| format!("article {id}")));
            }
            what => self.said.extend(names(what)),
        }
    }

    /// What is wrong with the assistant saying this now.
    pub(crate) fn objection(&self, state: &State, what: &What) -> Option<String> {
        if self.human {
            return Some(format!("{what:?} after a human; the state thinks {}", state.assistant_may_speak()));
        }
        let again = names(what).into_iter().find(|name| self.said.contains(name))?;
        Some(format!("{again} again"))
    }
}

fn names(what: &What) -> Vec<String> {
    match what {
        What::Answered { answer, article, .. } => {
            let article = article.iter().map(|article| format!("article {}", article.id));
            article.chain([format!("answer {answer}")]).collect()
        }
        What::Suggested { articles } => articles.iter().map(|article| format!("article {}", article.id)).collect(),
        What::FoundNothing => vec![String::from("nothing")],
        _ => Vec::new(),
    }
}

impl World {
    /// Does it; none if it cannot be done now.
    pub(crate) fn play(&mut self, one: Move) -> Option<()> {
        self.now += 1_000;
        match one {
            Move::SayKnown => self.say("known", Context::default()),
            Move::SayHours => self.say("hours", Context::default()),
            Move::SayBoth => self.say("both", Context::default()),
            Move::SayUnknown => self.say("unknown", Context::default()),
            Move::SayPerson => self.say("let me talk to a person", Context::default()),
            Move::SayCancel => self.say("cancel my subscription", Context::default()),
            Move::SayNo => self.say("no", Context::default()),
            Move::SayFromHelpCentre => self.say("both", Context { recent: vec![slug("a")], ..Context::default() }),
            Move::SayAfterReading => {
                let shown = Shown { opened: true, helped: Some(false), ..Shown::new(reference("b")) };
                self.say("known", Context { shown: vec![shown], ..Context::default() })
            }
            Move::AskPerson => self.visitor(VisitorAction::AskPerson { context: context(Context::default()) }),
            Move::Helped => self.helped(self.state.open_questions.last().cloned()?, true),
            Move::NotHelped => self.helped(self.state.open_questions.last().cloned()?, false),
            Move::NotHelpedByFirst => self.helped(self.state.open_questions.first().cloned()?, false),
            Move::Rate => {
                let survey = open_survey(&self.state, self.now)?;
                self.visitor(VisitorAction::Rate { survey, score: 3, comment: String::new() })
            }
            Move::Reply => self.agent(AgentAction::Reply { text: "hello".into(), seen: None }),
            Move::Resolve => self.agent(AgentAction::Resolve),
            Move::Reopen => self.agent(AgentAction::Reopen),
            Move::AssignTeam => self.agent(AgentAction::Assign { place: billing() }),
            Move::AssignBack => self.agent(AgentAction::Assign { place: Placement::default() }),
            Move::Snooze => self.agent(AgentAction::Snooze { until: self.now + HOUR }),
            Move::Wake => self.agent(AgentAction::Wake),
            Move::Assist => self.assist(true),
            Move::AssistInVain => self.assist(false),
            Move::RouteToTeam => {
                let place = &self.state.hand_off.as_ref()?.place;
                let what = (*place == Placement::default()).then(|| What::Assigned { place: billing() })?;
                let id = self.id();
                self.append(vec![Draft { id, by: Author::System, what }])
            }
            Move::Time => {
                let (at, _) = self.next_time()?;
                self.now = self.now.max(at);
                let draft = on_time(&self.state, &TERMS, self.now);
                self.append(draft.into_iter().collect())
            }
            Move::QuarterHour => {
                let was_fresh = self.is_fresh();
                self.now += 15 * 60_000;
                was_fresh.then_some(())
            }
        }
    }

    pub(crate) fn next_time(&self) -> Option<(Millis, &'static str)> {
        next_time(&self.state, &TERMS)
    }

    /// All that a rule can look at.
    pub(crate) fn abstracted(&self) -> String {
        let state = &self.state;
        let tried: BTreeSet<&str> = state.tried.iter().map(ArticleId::as_str).collect();
        let answered: BTreeSet<&str> = state.answered.iter().map(AnswerId::as_str).collect();
        let owed: Vec<&str> = self.owed.iter().map(|(_, text)| *text).collect();
        let place = state.hand_off.as_ref().map(|hand_off| &hand_off.place.to);
        format!(
            "{:?} {place:?} {} {:?} {:?} {} {} {tried:?} {answered:?} {} {} {} {:?} {} {owed:?} {:?} {} {}",
            state.status,
            state.person_joined,
            state.resurfaced,
            state.waiting_told,
            state.snooze.is_some(),
            state.stuck.is_some(),
            state.open_questions.len().min(2),
            state.told_nothing,
            state.assistant_spoke,
            state.ratings.len(),
            state.context.shown.len() + 2 * state.context.recent.len(),
            open_survey(state, self.now),
            self.is_fresh(),
            self.ghost.human,
        )
    }

    /// What happened so far, a line for each event.
    pub(crate) fn story(&self) -> String {
        self.events.iter().map(|event| format!("{} {:?}: {:?}\n", event.at, event.by, event.what)).collect()
    }

    fn is_fresh(&self) -> bool {
        !self.state.context.recent.is_empty() && self.now < self.state.context_at + 15 * 60_000
    }

    fn id(&mut self) -> EventId {
        self.ids += 1;
        EventId::parse(&self.ids.to_string()).unwrap()
    }

    fn append(&mut self, drafts: Vec<Draft>) -> Option<()> {
        (!drafts.is_empty()).then_some(())?;
        for Draft { id, by, what } in drafts {
            let event = Event { seq: self.state.last_seq + 1, id, at: self.now, by, what };
            assert!(self.events.iter().all(|other| other.id != event.id), "{event:?} after\n{}", self.story());
            self.state.apply(&event);
            self.events.push(event);
        }
        Some(())
    }

    fn visitor(&mut self, action: VisitorAction) -> Option<()> {
        let command = VisitorCommand { id: self.id(), action };
        let drafts = on_visitor(&self.state, &command, self.now).ok()?;
        self.append(drafts)
    }

    fn helped(&mut self, about: EventId, yes: bool) -> Option<()> {
        self.visitor(VisitorAction::Helped { about, yes, article: None })
    }

    fn say(&mut self, text: &'static str, with: Context) -> Option<()> {
        let may = self.state.assistant_may_speak();
        if may && self.owed.len() >= MAX_OWED {
            return None;
        }
        self.visitor(VisitorAction::Say { text: text.into(), context: context(with) })?;
        if may {
            self.owed.push((self.events.last()?.id.clone(), text));
        }
        Some(())
    }

    fn agent(&mut self, action: AgentAction) -> Option<()> {
        let agent = Author::Agent { id: AgentId::parse(&"a".repeat(22)).unwrap(), name: "Ada".into() };
        let command = AgentCommand { id: self.id(), action, seen: None };
        let drafts = on_agent(&self.state, &command, &agent, self.now).ok()?;
        self.append(drafts)
    }

    fn assist(&mut self, finds: bool) -> Option<()> {
        (!self.owed.is_empty()).then_some(())?;
        let (id, text) = self.owed.remove(0);
        let found = if finds { found(text) } else { Vec::new() };
        let about = Message { id: &id, text };
        let decision = decide(&self.state, &about, &found, &RULES, &VisitorContext::default(), self.now);
        self.append(decision.draft(&id).into_iter().collect());
        Some(())
    }
}

fn found(text: &str) -> Vec<Found> {
    let article = |id: &str| Found::Article { article: reference(id), confidence: 0.9 };
    let answer = |id: &str, article: Option<&str>| Found::Answer {
        id: AnswerId::parse(id).unwrap(),
        text: id.into(),
        article: article.map(reference),
        confidence: 0.9,
    };
    match text {
        "known" => vec![article("a"), article("b")],
        "hours" => vec![answer("hours", None), article("c")],
        "both" => vec![answer("both", Some("a")), article("b"), article("c")],
        _ => Vec::new(),
    }
}

fn context(with: Context) -> Context {
    Context { locale: "en".into(), ..with }
}

fn slug(id: &str) -> ArticleId {
    ArticleId::parse(id).unwrap()
}

fn reference(id: &str) -> ArticleRef {
    ArticleRef { id: slug(id), title: id.into() }
}

fn billing() -> Placement {
    Placement { to: Destination::Team(TeamId::parse("billing").unwrap()), ..Placement::default() }
}
