//! What a visitor's command makes happen.

use super::check::{message, new_context};
use super::survey::check_rating;
use super::{Draft, State, hand_off_to_escalations};
use crate::email::is_address;
use crate::protocol::{
    ApiError, Author, ErrorCode, HandOffReason, Millis, Status, VisitorAction, VisitorCommand, What,
};

/// What a visitor's command makes happen, in order. `Read` makes nothing happen: read marks are no events.
///
/// The event that stands for the command has the command's id; what comes with it has ids derived from that.
pub fn on_visitor(state: &State, command: &VisitorCommand, now: Millis) -> Result<Vec<Draft>, ApiError> {
    let id = &command.id;
    let visitor = |suffix: &str, what: What| Draft { id: id.derived(suffix), by: Author::Visitor, what };
    let mut drafts = Vec::new();
    match &command.action {
        VisitorAction::Say { text, context } => {
            let text = message(text)?;
            drafts.extend(new_context(state, id, context)?);
            if state.status == Status::Resolved {
                drafts.push(visitor("o", What::Reopened));
            }
            drafts.push(Draft { id: id.clone(), by: Author::Visitor, what: What::Said { text } });
        }
        VisitorAction::AskPerson { context } => {
            drafts.extend(new_context(state, id, context)?);
            if state.status == Status::Resolved {
                drafts.push(visitor("o", What::Reopened));
            }
            // Who asks again stays with those who have the conversation.
            let place = state.hand_off.as_ref().map(|hand_off| hand_off.place.clone()).unwrap_or_default();
            let what = What::HandedOff { reason: HandOffReason::Asked, place };
            drafts.push(Draft { id: id.clone(), by: Author::Visitor, what });
        }
        VisitorAction::Helped { about, yes, article } => {
            if !state.open_questions.contains(about) {
                return Err(ApiError::new(ErrorCode::UnknownEvent));
            }
            drafts.push(Draft {
                id: id.clone(),
                by: Author::Visitor,
                what: What::Helped { about: about.clone(), yes: *yes, article: article.clone() },
            });
            // "No" leads to a person at once, never to a second guess.
            drafts.push(if *yes {
                visitor("r", What::Resolved)
            } else {
                visitor("h", hand_off_to_escalations(HandOffReason::NotHelped))
            });
        }
        VisitorAction::Rate { survey, score, comment } => {
            check_rating(state, *survey, *score, comment, now)?;
            let what = What::Rated { survey: *survey, score: *score, comment: comment.clone() };
            drafts.push(Draft { id: id.clone(), by: Author::Visitor, what });
        }
        VisitorAction::LeaveAddress { address } => {
            if state.last_seq == 0 {
                return Err(ApiError::new(ErrorCode::UnknownConversation));
            }
            let address = address.trim();
            if !is_address(address) {
                let sentence = "This is not an e-mail address. Nothing was stored.";
                return Err(ApiError::with(ErrorCode::InvalidRequest, sentence));
            }
            // The same address once more says nothing.
            if state.address.as_deref() != Some(address) {
                let what = What::AddressLeft { address: address.into() };
                drafts.push(Draft { id: id.clone(), by: Author::Visitor, what });
            }
        }
        VisitorAction::Read { .. } => {}
    }
    Ok(drafts)
}

#[cfg(test)]
mod tests {
    use super::super::on_agent;
    use super::*;
    use crate::ids::{AgentId, EventId};
    use crate::protocol::{AgentAction, AgentCommand, Context, Event, MAX_MESSAGE_CHARS};

    /// A conversation without storage: numbers what a command makes happen and folds it.
    struct World {
        state: State,
        next: u32,
    }

    impl World {
        fn new() -> Self {
            Self { state: State::default(), next: 0 }
        }

        fn id(&mut self) -> EventId {
            self.next += 1;
            EventId::parse(&self.next.to_string()).unwrap()
        }

        fn append(&mut self, drafts: Vec<Draft>) -> Vec<What> {
            for Draft { id, by, what } in &drafts {
                let seq = self.state.last_seq + 1;
                self.state.apply(&Event {
                    seq,
                    id: id.clone(),
                    at: u64::from(seq) * 1000,
                    by: by.clone(),
                    what: what.clone(),
                });
            }
            drafts.into_iter().map(|draft| draft.what).collect()
        }

        fn visitor(&mut self, action: VisitorAction) -> Result<Vec<What>, ErrorCode> {
            let command = VisitorCommand { id: self.id(), action };
            let drafts = on_visitor(&self.state, &command, 0).map_err(|error| error.code)?;
            Ok(self.append(drafts))
        }

        fn agent(&mut self, action: AgentAction) -> Result<Vec<What>, ErrorCode> {
            let agent = Author::Agent { id: AgentId::parse("abcdefghij0123456789-_").unwrap(), name: "Ada".into() };
            let command = AgentCommand { id: self.id(), action, seen: None };
            let drafts = on_agent(&self.state, &command, &agent, 0).map_err(|error| error.code)?;
            Ok(self.append(drafts))
        }
    }

    fn context() -> Context {
        Context {
            url: "https://shop.example/cart".into(),
            title: "Cart".into(),
            locale: "en".into(),
            ..Context::default()
        }
    }

    fn say(text: &str) -> VisitorAction {
        VisitorAction::Say { text: text.into(), context: context() }
    }

    #[test]
    fn the_first_message_opens_with_its_context_and_the_next_does_not_repeat_it() {
        let mut world = World::new();
        assert_eq!(
            world.visitor(say(" hello ")).unwrap(),
            [What::Context(context()), What::Said { text: "hello".into() }]
        );
        assert_eq!(world.visitor(say("again")).unwrap(), [What::Said { text: "again".into() }]);
        assert_eq!(world.state.title, "hello");
        assert_eq!(world.state.status, Status::Automatic);
    }

    #[test]
    fn a_person_is_one_action_away_even_before_anything_was_said() {
        let mut world = World::new();
        world.visitor(VisitorAction::AskPerson { context: context() }).unwrap();
        assert_eq!(world.state.status, Status::Waiting);
        assert!(!world.state.assistant_may_speak());
        assert_eq!(world.state.waiting_since, Some(2000));
    }

    #[test]
    fn messages_without_text_or_far_too_long_are_refused() {
        let mut world = World::new();
        assert_eq!(world.visitor(say(" \n ")), Err(ErrorCode::EmptyMessage));
        assert_eq!(world.visitor(say(&"x".repeat(MAX_MESSAGE_CHARS + 1))), Err(ErrorCode::MessageTooLong));
        assert_eq!(world.state, State::default());
        let about = EventId::parse("nothing").unwrap();
        assert_eq!(
            world.visitor(VisitorAction::Helped { about, yes: true, article: None }),
            Err(ErrorCode::UnknownEvent)
        );
    }

    #[test]
    fn no_hands_off_at_once_and_yes_resolves() {
        for (yes, expected) in [(true, Status::Resolved), (false, Status::Waiting)] {
            let mut world = World::new();
            world.visitor(say("where is my parcel")).unwrap();
            let about = world.id();
            world.append(vec![Draft {
                id: about.clone(),
                by: Author::Assistant,
                what: What::Suggested { articles: Vec::new() },
            }]);
            world.visitor(VisitorAction::Helped { about: about.clone(), yes, article: None }).unwrap();
            assert_eq!(world.state.status, expected);
            assert_eq!(
                world.visitor(VisitorAction::Helped { about, yes, article: None }),
                Err(ErrorCode::UnknownEvent),
                "asked once, answered once"
            );
        }
    }

    #[test]
    fn the_turn_passes_between_visitor_and_person() {
        let mut world = World::new();
        world.visitor(VisitorAction::AskPerson { context: context() }).unwrap();
        world.agent(AgentAction::Reply { text: "Hi, Ada here".into(), seen: None }).unwrap();
        assert_eq!((world.state.status, world.state.waiting_since), (Status::Replied, None));
        world.visitor(say("thanks, one more")).unwrap();
        assert_eq!(world.state.status, Status::Waiting);
        world.agent(AgentAction::Resolve).unwrap();
        assert_eq!(world.agent(AgentAction::Resolve).unwrap(), [], "resolving twice changes nothing");
        assert_eq!(world.state.status, Status::Resolved);
        world.visitor(say("it is back")).unwrap();
        assert_eq!(world.state.status, Status::Waiting, "what a person resolved comes back to a person");
    }
}
