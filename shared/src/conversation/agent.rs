//! What an agent's command makes happen.

use super::check::{message, placement, snooze_until};
use super::{Draft, State};
use crate::ids::{AgentId, EventId};
use crate::protocol::{
    AgentAction, AgentCommand, ApiError, Author, ErrorCode, HandOffReason, Millis, Placement, Resurface, Seq, Status,
    What,
};

/// What an agent's command makes happen, in order. A command that changes nothing makes nothing happen, since two agents may do
/// the same; nor does `Read`, because read marks are no events.
pub fn on_agent(state: &State, command: &AgentCommand, agent: &Author, now: Millis) -> Result<Vec<Draft>, ApiError> {
    let draft = |id: EventId, what: What| Draft { id, by: agent.clone(), what };
    let id = &command.id;
    if !state.is_open() {
        return Err(ApiError::new(ErrorCode::UnknownConversation));
    }
    let solved = state.status == Status::Resolved;
    let one = |what: What| Ok(vec![draft(id.clone(), what)]);
    let has_seen = |seen: Option<Seq>| {
        let Author::Agent { id: me, .. } = agent else { return Err(ApiError::new(ErrorCode::NotSignedIn)) };
        let is_behind = seen.is_some_and(|seen| seen < state.words_of_others(me));
        if is_behind { Err(ApiError::new(ErrorCode::Unseen)) } else { Ok(me) }
    };
    match &command.action {
        AgentAction::Reply { text, seen } => {
            let text = message(text)?;
            let me = has_seen(*seen)?;
            let reopened = solved.then(|| draft(id.derived("o"), What::Reopened));
            let taken = take(state, me).map(|what| draft(id.derived("t"), what));
            let said = draft(id.clone(), What::Said { text });
            Ok(reopened.into_iter().chain(taken).chain([said]).collect())
        }
        AgentAction::Resolve if !solved => {
            has_seen(command.seen)?;
            one(What::Resolved)
        }
        AgentAction::Reopen if solved => {
            // What an agent picks up again is people's, not the assistant's.
            let place = Placement::default();
            let taken = What::HandedOff { reason: HandOffReason::PersonJoined, place };
            let taken = state.assistant_may_speak().then(|| draft(id.derived("h"), taken));
            Ok([draft(id.clone(), What::Reopened)].into_iter().chain(taken).collect())
        }
        AgentAction::Assign { place } => {
            placement(place)?;
            if solved && state.hand_off.is_none() {
                return Err(ApiError::new(ErrorCode::AlreadySolved));
            }
            // What follows from something else, such as beginning to write, overrides nobody who has put it elsewhere since.
            if command.seen.is_some_and(|seen| seen < state.placed_at) {
                return Err(ApiError::new(ErrorCode::Unseen));
            }
            Ok(assign(state, place).into_iter().map(|what| draft(id.clone(), what)).collect())
        }
        AgentAction::Snooze { .. } if solved => Err(ApiError::new(ErrorCode::AlreadySolved)),
        AgentAction::Snooze { until } => {
            snooze_until(*until, now)?;
            has_seen(command.seen)?;
            one(What::Snoozed { until: *until })
        }
        AgentAction::Wake if state.snooze.is_some() => one(What::Resurfaced { because: Resurface::Woken }),
        AgentAction::Resolve | AgentAction::Reopen | AgentAction::Wake | AgentAction::Read { .. } => Ok(Vec::new()),
    }
}

/// An agent who replies to what is nobody's takes it.
fn take(state: &State, me: &AgentId) -> Option<What> {
    let place = state.hand_off.as_ref().map(|hand_off| hand_off.place.clone()).unwrap_or_default();
    if place.assignee.is_some() {
        return None;
    }
    assign(state, &Placement { assignee: Some(me.clone()), ..place })
}

/// Where there was no hand-off, an agent's assignment is one: the assistant is silent from then on.
fn assign(state: &State, place: &Placement) -> Option<What> {
    match &state.hand_off {
        Some(hand_off) if hand_off.place == *place => None,
        Some(_) => Some(What::Assigned { place: place.clone() }),
        None => Some(What::HandedOff { reason: HandOffReason::PersonJoined, place: place.clone() }),
    }
}
