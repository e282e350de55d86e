//! A conversation with its storage, and what happens to it.

use crate::memory::{Archive, Memory};
use shared::assistant::Found;
use shared::conversation::*;
use shared::deadlines::Terms;
use shared::ids::*;
use shared::protocol::*;

pub(crate) const NOW: Millis = 1_000_000;

pub(crate) struct Object {
    pub(crate) machine: Machine<Archive>,
    pub(crate) memory: Memory,
}

impl Object {
    /// One that has begun.
    pub(crate) fn new() -> Self {
        Self::with(Tuning::default())
    }

    pub(crate) fn with(tuning: Tuning) -> Self {
        let mut object = Self { machine: Machine::new(tuning, NOW), memory: Memory::default() };
        let meta = Meta {
            workspace: WorkspaceId::parse("demo").unwrap(),
            conversation: ConversationId::parse(&"c".repeat(22)).unwrap(),
            visitor: VisitorId::parse(&"v".repeat(43)).unwrap(),
            revision: 0,
            read: ReadMarks::default(),
            attended: None,
            granted: 0,
        };
        object.take(Input::Begin { meta, agreement: agreement(), introduction: None }, NOW).unwrap();
        object.take(Input::Watchers { visitors: true }, NOW).unwrap();
        object
    }

    pub(crate) fn take(&mut self, input: Input<'_, Archive>, now: Millis) -> Result<Option<Events>, ErrorCode> {
        self.machine.handle(&self.memory, input, now).map_err(|error| error.code)
    }

    pub(crate) fn answer(&mut self, answer: Answer<Archive>) -> Option<Events> {
        self.take(Input::Answer(answer), NOW).unwrap()
    }

    pub(crate) fn visitor(&mut self, command: &VisitorCommand) -> Result<Option<Events>, ErrorCode> {
        self.take(Input::Visitor { command, digest: "digest", from: "here" }, NOW)
    }

    pub(crate) fn agent(&mut self, name: &str, action: AgentAction) {
        let command = AgentCommand { id: id(name), action, seen: None };
        self.take(Input::Agent { command: &command, agent: &ada(), digest: "digest" }, NOW).unwrap();
    }

    pub(crate) fn poll(&mut self, aim: Aim, now: Millis) -> Step<Archive> {
        self.machine.poll(&self.memory, &aim, now).unwrap()
    }

    /// All that a loop is given to do at once.
    pub(crate) fn works(&mut self, aim: Aim, now: Millis) -> Vec<Work<Archive>> {
        let mut works = Vec::new();
        while let Step::Do(work) = self.poll(aim.clone(), now) {
            works.push(work);
        }
        works
    }

    /// Which mirrors a loop tells. They have it, and no debt is in the way.
    pub(crate) fn told(&mut self, aim: Aim, now: Millis) -> Vec<Mirror> {
        let mut told = Vec::new();
        for work in self.works(aim, now) {
            let (mirror, revision) = match work {
                Work::TellInbox(update) => (Mirror::Inbox, update.summary.version),
                Work::TellVisitor(update) => (Mirror::Visitor, update.revision),
                other => panic!("{other:?}"),
            };
            self.take(Input::Answer(Answer::Told { mirror, revision, answer: Ok(Held::taken(revision)) }), now)
                .unwrap();
            told.push(mirror);
        }
        told
    }

    /// The first debt is routed to nobody.
    pub(crate) fn route(&mut self, about: &str) {
        self.poll(Aim::Soon, NOW);
        self.answer(Answer::Placed { about: id(about), place: Ok(None) });
    }

    pub(crate) fn deadline(&mut self, now: Millis) -> Option<(Millis, &'static str)> {
        self.machine.deadline(&self.memory, now).unwrap()
    }
}

pub(crate) fn agreement() -> Agreement {
    Agreement { kept_ms: 365 * 24 * 60 * 60 * 1_000, terms: Terms::default(), rules_come_first: false }
}

pub(crate) fn id(text: &str) -> EventId {
    EventId::parse(text).unwrap()
}

pub(crate) fn ada() -> Author {
    Author::Agent { id: AgentId::parse(&"a".repeat(22)).unwrap(), name: "Ada".into() }
}

pub(crate) fn say(text: &str) -> VisitorCommand {
    let url = "https://lumen.example/cart?a=1#b".into();
    let context = Context { url, locale: "en".into(), ..Context::default() };
    VisitorCommand { id: id(text), action: VisitorAction::Say { text: text.into(), context } }
}

pub(crate) fn ask_person() -> VisitorCommand {
    let context = Context { locale: "en".into(), ..Context::default() };
    VisitorCommand { id: id("p"), action: VisitorAction::AskPerson { context } }
}

pub(crate) fn list(name: &str) -> Placement {
    Placement { to: Destination::Team(TeamId::parse(name).unwrap()), ..Placement::default() }
}

pub(crate) fn found(looked: Result<Vec<Found>, Lost>) -> Answer<Archive> {
    let looked = looked.map(|found| Box::new(Looked { found, ..Looked::default() }));
    Answer::Found { about: id("m"), looked }
}
