//! A sample to explain: what a visitor writes, where they are, and what they have seen.

use super::visitor::VisitorContext;
use crate::conversation::State;
use crate::ids::{AnswerId, ArticleId, EventId};
use crate::matching::page_path;
use crate::protocol::{ArticleRef, Author, Context, Event, HandOffReason, Millis, Placement, Shown, What};
use serde::{Deserialize, Serialize};

/// What the assistant is to be explained for. A field that is left out is false or not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AssistantCase {
    /// What the visitor has typed so far, or sends. A space at its end closes the last word while typing.
    pub text: String,
    /// The language of the panel.
    pub locale: String,
    /// The address or the path of the page where it is written.
    pub page: String,
    /// What the site and earlier conversations say of the visitor.
    pub visitor: VisitorContext,
    /// The articles that stand above the composer before the last letter.
    pub showing: Vec<ArticleId>,
    /// The answer that stands there before the last letter.
    pub showing_answer: Option<AnswerId>,
    /// The articles that stand there when it is sent; those that the text so far has, if none are named.
    pub shown: Vec<ArticleId>,
    /// The articles that were opened in the panel.
    pub opened: Vec<ArticleId>,
    /// The articles of which the visitor said that they did not help.
    pub dismissed: Vec<ArticleId>,
    /// The answers that were opened while typing and did not help.
    pub dismissed_answers: Vec<AnswerId>,
    /// The articles that were read in the help centre in the last 15 minutes.
    pub read: Vec<ArticleId>,
    /// The articles that the assistant has suggested in the conversation.
    pub suggested: Vec<ArticleId>,
    /// The answers that the assistant has given in the conversation.
    pub answered: Vec<AnswerId>,
    /// Whether the assistant has said that it found nothing.
    pub found_nothing: bool,
    /// Whether a person was asked for or has joined.
    pub with_people: bool,
    /// Articles to tell about in any case.
    pub about: Vec<ArticleId>,
}

impl AssistantCase {
    /// The path of the page.
    pub(super) fn path(&self) -> &str {
        page_path(&self.page)
    }

    /// The conversation as it stands when the message comes: a replay of what the case says has happened.
    pub(super) fn state(&self, now: Millis) -> State {
        let shown = |ids: &[ArticleId], opened: bool, helped: Option<bool>| -> Vec<Shown> {
            ids.iter().map(|id| Shown { opened, helped, standing: !opened, ..Shown::new(named(id)) }).collect()
        };
        let context = Context {
            url: self.page.clone(),
            title: String::new(),
            locale: self.locale.clone(),
            // The surest reason comes first, because an article may be in more than one list.
            shown: [
                shown(&self.dismissed, true, Some(false)),
                shown(&self.opened, true, None),
                shown(&self.shown, false, None),
            ]
            .concat(),
            recent: self.read.clone(),
            answers: self.dismissed_answers.clone(),
            told: Vec::new(),
        };
        let mut whats = vec![(Author::Visitor, What::Context(context))];
        if !self.suggested.is_empty() {
            let articles = self.suggested.iter().map(named).collect();
            whats.push((Author::Assistant, What::Suggested { articles }));
        }
        for answer in &self.answered {
            let what = What::Answered { answer: answer.clone(), text: String::new(), article: None };
            whats.push((Author::Assistant, what));
        }
        if self.found_nothing {
            whats.push((Author::Assistant, What::FoundNothing));
        }
        if self.with_people {
            let what = What::HandedOff { reason: HandOffReason::Asked, place: Placement::default() };
            whats.push((Author::Visitor, what));
        }
        let mut state = State::default();
        for (seq, (by, what)) in (1u32..).zip(whats) {
            if let Ok(id) = EventId::parse(&seq.to_string()) {
                state.apply(&Event { seq, id, at: now, by, what });
            }
        }
        state
    }
}

/// Nobody reads the titles of a sample.
fn named(id: &ArticleId) -> ArticleRef {
    ArticleRef { id: id.clone(), title: String::new() }
}
