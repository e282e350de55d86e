//! A conversation as it is shown: its events and what is still on its way, as bubbles, offers and notices.

use super::placing::{Change, differences};
use shared::client::{Outbox, Progress, Transcript};
use shared::ids::{ConversationId, EventId};
use shared::protocol::{
    AgentAction, AgentCommand, ArticleRef, Author, ErrorCode, Event, HandOffReason, Millis, Placement, Resurface, What,
};
use std::hash::{Hash, Hasher};

/// One thing to show. Two equal entries look the same, so an entry is its own key in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Which event or command.
    pub(crate) id: EventId,
    /// When.
    pub(crate) at: Millis,
    /// Whether it is the first of its day.
    pub(crate) new_day: bool,
    /// Whether somebody else spoke before: then the name is shown.
    pub(crate) leads: bool,
    /// Who.
    pub(crate) by: Speaker,
    /// What.
    pub(crate) body: Body,
}

/// Lists ask for a hash; the id alone tells almost all entries apart and equality does the rest.
impl Hash for Entry {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.id.hash(hasher);
    }
}

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Speaker {
    /// The person on the site.
    Visitor,
    /// The automation; always shown as such.
    Assistant,
    /// A person of the team; none while the edge has not said which: then it is this agent.
    Agent(Option<String>),
}

/// What is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Body {
    /// A message.
    Said {
        /// Plain text.
        text: String,
        /// How far it has come; only for the team's own, and only for the last of them or in trouble.
        delivery: Option<Delivery>,
    },
    /// The assistant's answer or suggestions.
    Offered {
        /// What it said; none for suggestions.
        text: Option<String>,
        /// The titles of the articles.
        articles: Vec<String>,
        /// What the visitor said of it.
        helped: Option<bool>,
    },
    /// The assistant found nothing.
    FoundNothing,
    /// It went to people.
    HandedOff(HandOffReason),
    /// It was put elsewhere, given to somebody or sorted.
    Placed(Vec<Change>),
    /// It was put out of sight until a time.
    Snoozed(Millis),
    /// It came back into sight.
    Resurfaced(Resurface),
    /// The visitor rated it.
    Rated {
        /// From 1 to 5.
        score: u8,
        /// In the visitor's words.
        comment: String,
    },
    /// The visitor has left an e-mail address.
    AddressLeft(String),
    /// Solved.
    Resolved,
    /// Picked up again.
    Reopened,
    /// The visitor went to another page.
    Moved(String),
}

/// How far a reply has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// On its way.
    Waiting,
    /// Stored by the edge.
    Sent,
    /// On the visitor's screen.
    Seen,
    /// The edge could not be reached; it is tried again.
    Offline,
    /// The edge refused it.
    Refused(ErrorCode),
}

/// What to show of a conversation, from its beginning. `day` gives the day of a moment where the agent is.
pub(crate) fn entries(
    id: &ConversationId,
    transcript: &Transcript,
    outbox: &Outbox<AgentCommand>,
    day: impl Fn(Millis) -> u64,
) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let stored = transcript.events().iter().filter_map(|event| stored(event, transcript));
    for mut entry in stored.chain(on_the_way(id, transcript, outbox)) {
        let before = entries.last();
        entry.new_day = before.is_none_or(|before| day(before.at) != day(entry.at));
        entry.leads = entry.new_day || before.is_none_or(|before| !before.body.is_speech() || before.by != entry.by);
        entries.push(entry);
    }
    quieten(&mut entries);
    entries
}

impl Body {
    /// Whether somebody speaks, as opposed to a notice of what happened.
    pub(crate) fn is_speech(&self) -> bool {
        matches!(self, Self::Said { .. } | Self::Offered { .. } | Self::FoundNothing)
    }
}

fn stored(event: &Event, transcript: &Transcript) -> Option<Entry> {
    let body = match &event.what {
        What::Context(context) => {
            let is_first = transcript.events().first().is_some_and(|first| first.seq == event.seq);
            let text = if context.title.is_empty() { &context.url } else { &context.title };
            (!is_first && !text.is_empty()).then(|| Body::Moved(text.clone()))?
        }
        What::Said { text } => Body::Said { text: text.clone(), delivery: delivery(event, transcript) },
        What::Answered { text, article, .. } => offered(event, transcript, Some(text), article.as_slice()),
        What::Suggested { articles } => offered(event, transcript, None, articles),
        What::FoundNothing => Body::FoundNothing,
        What::Helped { .. } | What::Unseen => return None,
        What::Assigned { place } => {
            let changes = differences(&place_before(event, transcript), place);
            (!changes.is_empty()).then_some(Body::Placed(changes))?
        }
        What::Snoozed { until } => Body::Snoozed(*until),
        What::Resurfaced { because } => Body::Resurfaced(*because),
        What::Rated { score, comment, .. } => Body::Rated { score: *score, comment: comment.clone() },
        What::AddressLeft { address } => Body::AddressLeft(address.clone()),
        What::HandedOff { reason, .. } => Body::HandedOff(*reason),
        What::Resolved => Body::Resolved,
        What::Reopened => Body::Reopened,
    };
    Some(Entry { id: event.id.clone(), at: event.at, new_day: false, leads: false, by: speaker(&event.by), body })
}

fn place_before(event: &Event, transcript: &Transcript) -> Placement {
    let earlier = transcript.events().iter().take_while(|earlier| earlier.seq < event.seq);
    let place = |earlier: &Event| {
        let (What::HandedOff { place, .. } | What::Assigned { place }) = &earlier.what else { return None };
        Some(place.clone())
    };
    earlier.filter_map(place).last().unwrap_or_default()
}

fn offered(event: &Event, transcript: &Transcript, text: Option<&String>, articles: &[ArticleRef]) -> Body {
    let answer = |later: &Event| {
        let What::Helped { about, yes, .. } = &later.what else { return None };
        (*about == event.id).then_some(*yes)
    };
    let helped = transcript.events().iter().find_map(answer);
    Body::Offered {
        text: text.cloned(),
        articles: articles.iter().map(|article| article.title.clone()).collect(),
        helped,
    }
}

fn delivery(event: &Event, transcript: &Transcript) -> Option<Delivery> {
    matches!(event.by, Author::Agent { .. })
        .then(|| if transcript.read().visitor >= event.seq { Delivery::Seen } else { Delivery::Sent })
}

fn on_the_way<'a>(
    id: &'a ConversationId,
    transcript: &'a Transcript,
    outbox: &'a Outbox<AgentCommand>,
) -> impl Iterator<Item = Entry> + 'a {
    // What waits behind a command that could not reach the edge could not reach it either.
    let mut is_cut_off = false;
    outbox.of(id).filter(|pending| !transcript.knows(&pending.command.id)).filter_map(move |pending| {
        is_cut_off |= matches!(pending.progress, Progress::Unreached(_));
        let text = match &pending.command.action {
            AgentAction::Reply { text, .. } => text.clone(),
            // The effect of these commands is shown where it happens, once it has happened.
            AgentAction::Resolve
            | AgentAction::Reopen
            | AgentAction::Assign { .. }
            | AgentAction::Snooze { .. }
            | AgentAction::Wake
            | AgentAction::Read { .. } => return None,
        };
        let delivery = match &pending.progress {
            Progress::Refused(error) => Delivery::Refused(error.code),
            _ if is_cut_off => Delivery::Offline,
            _ => Delivery::Waiting,
        };
        Some(Entry {
            id: pending.command.id.clone(),
            at: pending.at,
            new_day: false,
            leads: false,
            by: Speaker::Agent(None),
            body: Body::Said { text, delivery: Some(delivery) },
        })
    })
}

fn speaker(author: &Author) -> Speaker {
    match author {
        Author::Visitor => Speaker::Visitor,
        Author::Assistant | Author::System => Speaker::Assistant,
        Author::Agent { name, .. } => Speaker::Agent(Some(name.clone())),
    }
}

/// One "seen" under the last reply says it for all before it.
fn quieten(entries: &mut [Entry]) {
    let mut told = false;
    for entry in entries.iter_mut().rev() {
        let Body::Said { delivery, .. } = &mut entry.body else { continue };
        if matches!(delivery, Some(Delivery::Sent | Delivery::Seen)) {
            if told {
                *delivery = None;
            }
            told = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::{ada, agent, article, conversation, event, event_id, reply, said};
    use shared::client::{Pending, Side};
    use shared::protocol::{ApiError, Context, Events, ReadMarks, Seq};

    fn thread(events: Vec<Event>, visitor: Seq) -> Transcript {
        let mut transcript = Transcript::new(conversation('a'), Side::Agent);
        transcript.take(Events { events, read: ReadMarks { visitor, agent: 0 }, base: None });
        transcript
    }

    fn shown(transcript: &Transcript, outbox: &Outbox<AgentCommand>) -> Vec<Entry> {
        entries(&conversation('a'), transcript, outbox, |at| at / 10_000)
    }

    fn deliveries(entries: &[Entry]) -> Vec<Option<Delivery>> {
        let delivery =
            |entry: &Entry| if let Body::Said { delivery, .. } = &entry.body { Some(*delivery) } else { None };
        entries.iter().filter_map(delivery).collect()
    }

    #[test]
    fn one_mark_says_how_far_the_replies_have_come() {
        let events = vec![said(1, Author::Visitor, "hi"), said(2, ada(), "hello"), said(3, ada(), "how can I help?")];
        assert_eq!(
            deliveries(&shown(&thread(events.clone(), 2), &Outbox::default())),
            [None, None, Some(Delivery::Sent)]
        );
        assert_eq!(deliveries(&shown(&thread(events, 3), &Outbox::default())), [None, None, Some(Delivery::Seen)]);
    }

    #[test]
    fn what_is_on_its_way_comes_last_and_is_never_shown_twice() {
        let mut outbox = Outbox::default();
        outbox.add(Pending::new(conversation('a'), 9_000, reply("e2", "hello")));
        outbox.add(Pending::new(conversation('b'), 9_000, reply("x", "elsewhere")));
        let before = thread(vec![said(1, Author::Visitor, "hi")], 0);
        assert_eq!(deliveries(&shown(&before, &outbox)), [None, Some(Delivery::Waiting)]);
        let after = thread(vec![said(1, Author::Visitor, "hi"), said(2, ada(), "hello")], 0);
        assert_eq!(deliveries(&shown(&after, &outbox)), [None, Some(Delivery::Sent)]);
    }

    #[test]
    fn a_reply_says_how_far_it_is_until_the_edge_has_it() {
        let check = |trouble: &dyn Fn(&mut Outbox<AgentCommand>), expected| {
            let mut outbox = Outbox::restored(vec![Pending::new(conversation('a'), 1, reply("r", "hello"))]);
            outbox.next(None, 5);
            trouble(&mut outbox);
            assert_eq!(deliveries(&shown(&thread(vec![], 0), &outbox)), [Some(expected)]);
        };
        let refuse = |outbox: &mut Outbox<AgentCommand>, code| {
            outbox.refused(&event_id("r"), ApiError::new(code), 5, 0);
        };
        check(&|_| {}, Delivery::Waiting);
        check(&|outbox| outbox.unreached(&event_id("r"), 5, 0), Delivery::Offline);
        check(&|outbox| refuse(outbox, ErrorCode::TooMany), Delivery::Waiting);
        check(&|outbox| refuse(outbox, ErrorCode::MessageTooLong), Delivery::Refused(ErrorCode::MessageTooLong));
    }

    #[test]
    fn what_waits_behind_a_command_that_did_not_get_through_is_not_sent_either() {
        let pending = |command, at| Pending::new(conversation('a'), at, command);
        let taken = AgentAction::Assign { place: Placement::default() };
        let take = AgentCommand { id: event_id("t"), action: taken, seen: None };
        let mut outbox = Outbox::restored(vec![pending(take, 1), pending(reply("r", "hello"), 2)]);
        outbox.next(None, 5);
        assert_eq!(deliveries(&shown(&thread(vec![], 0), &outbox)), [Some(Delivery::Waiting)]);
        outbox.unreached(&event_id("t"), 5, 0);
        assert_eq!(deliveries(&shown(&thread(vec![], 0), &outbox)), [Some(Delivery::Offline)]);
    }

    #[test]
    fn an_offer_carries_what_the_visitor_said_of_it() {
        let events = vec![
            said(1, Author::Visitor, "where is it"),
            event(2, Author::Assistant, What::Suggested { articles: vec![article("track")] }),
            event(3, Author::Visitor, What::Helped { about: event_id("e2"), yes: false, article: None }),
            event(
                4,
                Author::Visitor,
                What::HandedOff { reason: HandOffReason::NotHelped, place: Placement::default() },
            ),
        ];
        let shown = shown(&thread(events, 0), &Outbox::default());
        let bodies: Vec<_> = shown.into_iter().skip(1).map(|entry| entry.body).collect();
        let offer = Body::Offered { text: None, articles: vec!["About track".into()], helped: Some(false) };
        assert_eq!(bodies, [offer, Body::HandedOff(HandOffReason::NotHelped)]);
    }

    #[test]
    fn the_first_place_is_not_news_and_the_next_one_is() {
        let context = |title: &str| What::Context(Context { title: title.into(), ..Context::default() });
        let events = vec![
            event(1, Author::Visitor, context("Cart")),
            said(2, Author::Visitor, "hi"),
            event(3, Author::Visitor, context("Checkout")),
            said(4, Author::Visitor, "still here"),
        ];
        let shown = shown(&thread(events, 0), &Outbox::default());
        assert_eq!(shown.iter().map(|entry| entry.leads).collect::<Vec<_>>(), [true, false, true]);
        assert_eq!(shown.get(1).unwrap().body, Body::Moved("Checkout".into()));
    }

    #[test]
    fn of_an_assignment_only_what_is_new_is_told() {
        let place = |assignee: Option<char>| Placement { assignee: assignee.map(agent), ..Placement::default() };
        let assigned = |seq, assignee| event(seq, ada(), What::Assigned { place: place(assignee) });
        let hand_off = What::HandedOff { reason: HandOffReason::Asked, place: place(None) };
        let events = vec![
            event(1, Author::Visitor, hand_off),
            assigned(2, Some('C')),
            assigned(3, Some('C')),
            assigned(4, None),
        ];
        let shown = shown(&thread(events, 0), &Outbox::default());
        let bodies: Vec<_> = shown.into_iter().skip(1).map(|entry| entry.body).collect();
        assert_eq!(bodies, [Body::Placed(vec![Change::Give(agent('C'))]), Body::Placed(vec![Change::Free])]);
    }

    #[test]
    fn names_lead_a_group_and_a_new_day_starts_one() {
        let events = (1..=12).map(|seq| said(seq, Author::Visitor, "hi")).collect();
        let shown = shown(&thread(events, 0), &Outbox::default());
        let leading: Vec<_> = shown.iter().filter(|entry| entry.leads).map(|entry| (entry.at, entry.new_day)).collect();
        assert_eq!(leading, [(1_000, true), (10_000, true)]);
    }
}
